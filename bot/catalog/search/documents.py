"""What is found: categories, services, and what SMS numbers are for, as the shelf shows them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Final, Self

from bot.base.ids import CategoryId, ServiceId
from bot.catalog.listing import Sort
from bot.catalog.shelf import Shelf
from bot.catalog.translation import Words

_NUMBERS: Final = ("SMS number", "phone code OTP")
"""What a project of numbers is also found by."""


@dataclass(frozen=True, slots=True)
class Document:
    """Something that has a name, and the categories above it; one of the three ids is set."""

    name: str
    above: tuple[CategoryId, ...] = ()
    service: ServiceId | None = None
    category: CategoryId | None = None
    project: str = ""


@dataclass(frozen=True, slots=True)
class Names:
    """What documents are called in one language, where that differs from English.

    Projects are called as their first service is, whose id stands in `first`; `categories` are
    those that are called otherwise.
    """

    words: Words = field(default_factory=Words)
    first: Mapping[str, ServiceId] = field(default_factory=dict)
    categories: Mapping[CategoryId, str] = field(default_factory=dict)

    @classmethod
    def on(cls, shelf: Shelf, words: Words) -> Self:
        """The names of what stands on a shelf."""
        first = {one.key: one.offers[0].service.id for one in shelf.projects()}
        shown = (shelf.find_category(label.id) for label in shelf.labels())
        named = ((one, words.category(one).name) for one in shown if one is not None)
        return cls(words, first, {one.id: name for one, name in named if name != one.name})

    def of(self, document: Document) -> str:
        """The name; English where there is no other."""
        if document.category is not None:
            return self.categories.get(document.category, document.name)
        service = self.first.get(document.project, document.service)
        return document.name if service is None else self.words.name(service, document.name)


def list_documents(shelf: Shelf) -> tuple[Document, ...]:
    """Everything that a customer may look for, categories first."""
    categories = tuple(_categories(shelf, None, ()))
    services = (
        Document(offer.service.listed.name, (*one.above, one.category), service=offer.service.id)
        for one in categories
        if one.category is not None
        for offer in shelf.offers(one.category, Sort.NAME)
    )
    projects = (Document(one.name, project=one.key) for one in shelf.projects())
    return (*categories, *services, *projects)


def _categories(
    shelf: Shelf, parent: CategoryId | None, above: tuple[CategoryId, ...]
) -> Iterator[Document]:
    for one in shelf.categories(parent):
        yield Document(one.name, above, category=one.id)
        yield from _categories(shelf, one.id, (*above, one.id))


def names_of(
    document: Document, categories: Mapping[CategoryId, str]
) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """A document's name and those of what stands above it; `categories` are named by their ids."""
    if document.project:
        return (document.name,), _NUMBERS
    above = (categories.get(one) for one in document.above)
    return (document.name,), tuple(name for name in above if name)


def names_in(document: Document, names: Names) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """The same in another language; its own name only where that is another one."""
    name = names.of(document)
    above = (names.categories.get(one) for one in document.above)
    return () if name == document.name else (name,), tuple(one for one in above if one)
