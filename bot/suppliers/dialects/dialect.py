"""What may differ between suppliers of one API family, as plain values."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Final, TypeVar

from bot.base.basis import Basis
from bot.suppliers.errors import RefusalKind
from bot.suppliers.progress import RentalWord, Stage
from bot.suppliers.words import DEFAULT_TYPE, PRODUCT_ENTITY, Kind
from bot.suppliers.words import fold as fold_name

M = TypeVar("M")
_LONGEST: Final = 64
_VISIBLE: Final = re.compile(r"[!-~]{1,64}")
_DIGITS: Final = re.compile(r"[1-9][0-9]{0,63}")
"""Without zeros in front: 023 may be 23 over there, and be somebody else's."""
_HEX: Final = re.compile(r"(?!0{24})[0-9a-fA-F]{24}")
_PLACE: Final = re.compile(r"[0-9]{1,9}")
_SIGNED: Final = re.compile(r"[-+]?[0-9]+")
EMPTY_WORDS: Final = frozenset({"null", "none", "nil", "undefined", "nan", "true", "false"})
"""What programs write where there is nothing, in small letters."""
_ROWS: Final = frozenset({"categories", "countries", "orders", "projects", "services"})
"""Fields of the family whose value is a list of rows with fields of their own."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Dialect:
    """One supplier's way of speaking.

    `url` and `rate_per` are the defaults that the settings may replace; a `rate_per` of None is
    not for sale until the operator says it. `languages` maps what one may send, lower case, to
    the supplier's own code, sent as `language_field` with the actions in `translated`. Where only
    newer servers translate, `categories` asked in the language of `probe` tell whether this does.
    `is_order_id` judges the `order` of an answer to `add`.
    `rents_numbers` tells of the five SMS actions.

    `statuses` are whole status texts by their meaning, written as `fold` leaves them, and
    `number_statuses` the same for rented numbers. `refusals` are words, lower case, that stand
    anywhere in a refusal, by what it is about then; the first that fit count. `refusal_codes` are
    the HTTP statuses that say it by themselves.

    `default_types` and `product_entities` are what a row's `type` and `entityType` say, in small
    letters, where an order takes a quantity and a link alone, and where accounts are delivered.

    `fields` maps the family's name of a field in an answer to this supplier's own, where they
    differ; one of its own may stand for several of the family's.
    """

    name: str
    url: str
    is_order_id: Callable[[object], bool]
    default_types: tuple[str, ...]
    product_entities: tuple[str, ...]
    statuses: Mapping[Stage, tuple[str, ...]]
    refusals: Mapping[RefusalKind, tuple[str, ...]]
    refusal_codes: Mapping[int, RefusalKind]
    number_statuses: Mapping[RentalWord, tuple[str, ...]] = field(default_factory=dict)
    fields: Mapping[str, str] = field(default_factory=dict)
    languages: Mapping[str, str] = field(default_factory=dict)
    language_field: str = "language"
    translated: frozenset[str] = frozenset({"services"})
    probe: str = ""
    reads_one_service: bool = False
    rents_numbers: bool = False
    unmarked_kind: Kind | None = None
    rate_per: Basis | None = None

    @property
    def settings(self) -> Mapping[str, object]:
        """What an operator need not write about a supplier of this name."""
        return {"url": self.url, "dialect": self.name, "rate_per": self.rate_per}

    def language(self, wanted: str) -> str | None:
        """The `language` to send; None for English and for what the supplier does not speak."""
        code = self.languages.get(wanted.lower())
        return None if code == "en" else code

    def language_fields(self, action: str, wanted: str) -> dict[str, str]:
        """What asks for the answer to an action in a language; nothing for English."""
        spoken = self.language(wanted) if action in self.translated else None
        return {self.language_field: spoken} if spoken else {}

    def own_name(self, name: str) -> str:
        """What this supplier calls a field of the family."""
        return self.fields.get(name, name)

    def named(self, answer: object) -> object:
        """An answer whose fields, and those of its rows, have the family's names.

        A field that only happens to have a name of the family's is kept under another one, and
        goods are left as they are.
        """
        if not self.fields:
            return answer
        bare = as_list(answer)
        if bare is not None:
            return [self._renamed(row) for row in bare]
        whole = self._renamed(answer)
        if isinstance(whole, dict):
            lists = {name: as_list(whole[name]) for name in _ROWS & whole.keys()}
            whole |= {
                name: [self._renamed(row) for row in rows]
                for name, rows in lists.items()
                if rows is not None
            }
        return whole

    def _renamed(self, row: object) -> object:
        if not isinstance(row, dict):
            return row
        own = set(self.fields.values())
        others = {
            f"their {name}" if name in self.fields else name: said
            for name, said in row.items()
            if name not in own
        }
        return others | {name: row[said] for name, said in self.fields.items() if said in row}

    def row_type(self, said: str) -> str:
        """The type of a row; DEFAULT_TYPE in every spelling of it, and where none is said."""
        is_default = not said or fold_name(said) in self.default_types
        return DEFAULT_TYPE if is_default else said

    def row_entity(self, said: str) -> str:
        """The entity type of a row; PRODUCT_ENTITY in every spelling of it."""
        return PRODUCT_ENTITY if fold_name(said) in self.product_entities else said

    def stage(self, status: str) -> Stage:
        """What a status text means for an order; exact spellings once folded."""
        return _meaning(status, self.statuses) or Stage.UNKNOWN

    def rental_word(self, status: str) -> RentalWord:
        """What a status text means for a rented number; exact spellings once folded."""
        return _meaning(status, self.number_statuses) or RentalWord.UNKNOWN

    def refusal(self, code: int, said: str) -> RefusalKind:
        """What a refusal is about: its HTTP status counts before its words."""
        if code in self.refusal_codes:
            return self.refusal_codes[code]
        lower = said.lower()
        fitting = (
            kind for kind, texts in self.refusals.items() if any(text in lower for text in texts)
        )
        return next(fitting, RefusalKind.OTHER)


def as_list(raw: object) -> list[object] | None:
    """A list, also one that lost a row and came as an object with numbers for names."""
    if isinstance(raw, list):
        return raw
    if isinstance(raw, dict) and raw and all(map(_PLACE.fullmatch, raw)):
        return [raw[place] for place in sorted(raw, key=int)]
    return None


def _meaning(status: str, spellings: Mapping[M, tuple[str, ...]]) -> M | None:
    folded = fold(status)
    return next((meaning for meaning, texts in spellings.items() if folded in texts), None)


def fold(status: str) -> str:
    """A status text as it is compared: case does not matter, nor do blanks, `_` and `-`."""
    return " ".join(status.lower().replace("_", " ").replace("-", " ").split())


def is_positive_number(order: object) -> bool:
    """Whether `order` is an id: a whole number above 0, as a JSON number or its digits as text."""
    if isinstance(order, str):
        return _DIGITS.fullmatch(order) is not None
    return type(order) is int and 0 < order < 10**_LONGEST


def is_word_or_number(order: object) -> bool:
    """The same, or up to 64 visible ASCII characters other than a program's word for nothing.

    Ids of 24 hexadecimal digits may begin with zeros.
    """
    if isinstance(order, str) and _HEX.fullmatch(order):
        return True
    if not isinstance(order, str) or _SIGNED.fullmatch(order):
        return is_positive_number(order)
    return _VISIBLE.fullmatch(order) is not None and order.lower() not in EMPTY_WORDS
