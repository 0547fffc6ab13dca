"""Suppliers' texts in a reader's language, each bound to the English that it stands for."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from hashlib import blake2b
from typing import Final

from bot.base.ids import CategoryId, ServiceId
from bot.catalog.places.tree import Category
from bot.catalog.rules import Offer

_MARK_BYTES: Final = 8


def mark_of(english: str) -> int:
    """A hash of an English text (64 bits, signed), by which the same text is known again."""
    digest = blake2b(english.encode(errors="replace"), digest_size=_MARK_BYTES).digest()
    return int.from_bytes(digest, "big", signed=True)


@dataclass(frozen=True, slots=True)
class Translation:
    """One text in another language; `mark` is of the English text that it translates.

    A supplier may rename a service: what was translated before would then call it by something
    that it no longer is, so it stands only where the English is still the same.
    """

    text: str
    mark: int

    @classmethod
    def made(cls, text: str, english: str) -> Translation | None:
        """The translation of an English text; None when it is the same text, or empty."""
        return cls(text, mark_of(english)) if text and text != english else None

    def of(self, english: str) -> str:
        """What stands in the place of this English text."""
        return self.text if self.mark == mark_of(english) else english


@dataclass(frozen=True, slots=True)
class Words:
    """The translations that one screen needs; English stands where there is none."""

    names: Mapping[ServiceId, Translation] = field(default_factory=dict)
    descriptions: Mapping[ServiceId, Translation] = field(default_factory=dict)
    labels: Mapping[CategoryId, str] = field(default_factory=dict)

    @property
    def size(self) -> int:
        """How many characters they hold."""
        told = (*self.names.values(), *self.descriptions.values())
        return sum(len(one.text) for one in told) + sum(map(len, self.labels.values()))

    def name(self, service: ServiceId, english: str) -> str:
        """What a service is called."""
        found = self.names.get(service)
        return english if found is None else found.of(english)

    def offer(self, offer: Offer) -> Offer:
        """The offer with its texts translated; its prices and ids are as they were."""
        service = offer.service
        said, english = service.listed.name, service.listed.description
        name = self.name(service.id, said)
        about = self.descriptions.get(service.id)
        description = english if about is None else about.of(english)
        listed = replace(service.listed, name=name, description=description)
        named = offer.english if name == said else said
        return replace(offer, service=replace(service, listed=listed), english=named)

    def category(self, category: Category) -> Category:
        """The category by its translated name, under whichever of its ids there is one."""
        ids = (category.id, *category.same)
        label = next((self.labels[one] for one in ids if one in self.labels), None)
        if label is None:
            return category
        return replace(category, name=label, english=category.english or category.name)

    def row(self, row: Category | Offer) -> Category | Offer:
        """Whatever lies in a category."""
        return self.category(row) if isinstance(row, Category) else self.offer(row)

    def categories(self, rows: Iterable[Category]) -> tuple[Category, ...]:
        """Categories by their translated names; those that no supplier lists by these."""
        named = map(self.category, rows)
        return tuple(sorted(named, key=lambda one: one.order))

    def offers_by_name(self, rows: Iterable[Offer]) -> tuple[Offer, ...]:
        """The same offers in the order of their translated names, those not on sale last."""
        return tuple(sorted(rows, key=self._place))

    def _place(self, offer: Offer) -> tuple[bool, str, ServiceId]:
        service = offer.service
        name = self.name(service.id, service.listed.name)
        return not service.is_on_sale(), name.casefold(), service.id
