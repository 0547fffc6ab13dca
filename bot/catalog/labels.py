"""What categories are called in another language, out of what a supplier says in it."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Final

from bot.base.ids import CategoryId, RemoteId
from bot.catalog.rules import Service
from bot.catalog.shelf import Shelf
from bot.suppliers.words import CatalogRow, NumberId

Names = Mapping[str, tuple[str, ...]]
Path = tuple[str, str]

_NO_CATEGORY: Final = "Other"
"""What a row without a category is read as; no category is translated by it."""


@dataclass(frozen=True, slots=True)
class Labels:
    """Categories are named row by row: the name that most rows give a category is its own."""

    shelf: Shelf
    votes: dict[CategoryId, Counter[str]] = field(default_factory=lambda: defaultdict(Counter))

    def note(self, service: Service, row: CatalogRow) -> None:
        """Take note of what one row calls its category and subcategory."""
        english = service.listed
        leaf = service.category
        if not english.subcategory:
            self._vote(leaf, row.category, english.category)
            return
        self._vote(leaf, row.subcategory, english.subcategory)
        above = self.shelf.find_parent(leaf)
        if above is not None:
            self._vote(above, row.category, english.category)

    def _vote(self, category: CategoryId, name: str, english: str) -> None:
        if name not in {"", english, _NO_CATEGORY}:
            self.votes[category][name] += 1

    def note_countries(
        self, services: Mapping[RemoteId, Service], names: Mapping[str, str]
    ) -> None:
        """Take note of the names of countries, by their ids, where no row has named them."""
        for remote_id, service in services.items():
            number = NumberId.find(remote_id)
            if number is not None and service.category not in self.votes:
                name = names.get(number.country, "")
                self._vote(service.category, name, service.listed.subcategory)

    def note_categories(self, english: Names, said: Names) -> None:
        """Take note of a list of categories: only its order says which is which.

        Nothing of it is believed where it does not match the English list name by name, or where
        rows call one of them something else.
        """
        known = self._ids()
        named = {known[path]: name for path, name in _paired(english, said) if path in known}
        if all(self._agrees(category, name) for category, name in named.items()):
            for category, name in named.items():
                self.votes[category][name] += 1

    def _agrees(self, category: CategoryId, name: str) -> bool:
        return category not in self.votes or _most_named(self.votes[category]) == name

    def _ids(self) -> dict[Path, CategoryId]:
        labels = {label.id: label for label in self.shelf.labels()}
        return {
            (labels[one.parent].name, one.name) if one.parent in labels else (one.name, ""): one.id
            for one in labels.values()
        }

    def chosen(self) -> dict[CategoryId, str]:
        """One name for each category that has any."""
        return {category: _most_named(names) for category, names in sorted(self.votes.items())}


def _most_named(names: Counter[str]) -> str:
    return min(names, key=lambda name: (-names[name], name))


def _paired(english: Names, said: Names) -> Iterator[tuple[Path, str]]:
    """Paths with their names in the other list; nothing where the two are not of one shape."""
    if [len(below) for below in english.values()] != [len(below) for below in said.values()]:
        return
    pairs = [
        pair
        for (top, below), (named, under) in zip(english.items(), said.items(), strict=True)
        for pair in (((top, ""), named), *zip([(top, one) for one in below], under, strict=True))
    ]
    own = {below or top for (top, below), _ in pairs}
    changed = [(path, name) for path, name in pairs if name != (path[1] or path[0])]
    if own.isdisjoint(name for _, name in changed):  # otherwise it is in another order
        yield from changed
