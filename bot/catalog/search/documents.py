"""What is found: categories, services, and what SMS numbers are for, as the shelf shows them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Final

from bot.base.ids import CategoryId, ServiceId
from bot.catalog.places.tree import Category
from bot.catalog.projects import Project
from bot.catalog.shelf import Shelf, Sort
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

    Projects are called as their first service is, whose id stands in `first`.
    """

    words: Words = field(default_factory=Words)
    first: Mapping[str, ServiceId] = field(default_factory=dict)

    def of(self, document: Document) -> str:
        """The name; English where there is no other."""
        if document.category is not None:
            return self.words.labels.get(document.category, document.name)
        service = self.first.get(document.project, document.service)
        return document.name if service is None else self.words.name(service, document.name)

    def find_label(self, category: CategoryId) -> str | None:
        """What a category is called; None where that is English."""
        return self.words.labels.get(category)


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
    document: Document, labels: Mapping[CategoryId, Category]
) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """The English name of a document, and those of what stands above it."""
    if document.project:
        return (document.name,), _NUMBERS
    return (document.name,), tuple(labels[one].name for one in document.above if one in labels)


def names_in(document: Document, names: Names) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """The same in another language, only what is called otherwise there."""
    name = names.of(document)
    own = () if name == document.name else (name,)
    labels = (names.words.labels.get(one) for one in document.above)
    return own, tuple(label for label in labels if label)


def first_services(projects: tuple[Project, ...]) -> dict[str, ServiceId]:
    """By the key of each project, the service that it has its name of."""
    return {one.key: one.offers[0].service.id for one in projects}
