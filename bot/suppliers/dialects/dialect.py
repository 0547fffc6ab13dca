"""What may differ between suppliers of one API family, as plain values."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from bot.domain.catalog import Kind
from bot.domain.errors import RefusalKind
from bot.domain.pricing import Basis


@dataclass(frozen=True, slots=True, kw_only=True)
class Dialect:
    """One supplier's way of speaking.

    `url` and `rate_per` are the defaults that the settings may replace; a `rate_per` of None is
    not for sale until the operator says it. `languages` maps what one may send, lower case, to
    the supplier's own code. `is_order_id` judges the `order` of an answer to `add`.
    `rents_numbers` tells of the five SMS actions.

    `refusals` maps words, lower case, to what a refusal is about in which they stand anywhere:
    the first that fit count. `refusal_codes` are the HTTP statuses that say it by themselves.
    """

    name: str
    url: str
    is_order_id: Callable[[object], bool]
    refusals: Mapping[str, RefusalKind]
    refusal_codes: Mapping[int, RefusalKind]
    languages: Mapping[str, str] = field(default_factory=dict)
    reads_one_service: bool = False
    rents_numbers: bool = False
    unmarked_kind: Kind | None = None
    rate_per: Basis | None = None

    def language(self, wanted: str) -> str | None:
        """The `language` to send; None for English and for what the supplier does not speak."""
        code = self.languages.get(wanted.lower())
        return None if code == "en" else code

    def refusal(self, code: int, said: str) -> RefusalKind:
        """What a refusal is about: its HTTP status counts before its words."""
        if code in self.refusal_codes:
            return self.refusal_codes[code]
        folded = said.lower()
        fitting = (kind for words, kind in self.refusals.items() if words in folded)
        return next(fitting, RefusalKind.OTHER)
