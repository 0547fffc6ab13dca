"""What an operator's words mean on this shelf, and which services that is."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from bot.base.ids import CategoryId, ServiceId, SupplierName
from bot.catalog.places.named import Named, find_named
from bot.catalog.rules import Service
from bot.catalog.selection.categories import heads_above, home_of
from bot.catalog.selection.selection import (
    LONGEST,
    SHOP,
    Scope,
    Selection,
    fits,
    is_pattern,
    is_shop,
    service_id,
    unquoted,
)
from bot.catalog.shelf import Shelf
from bot.suppliers.words import fold


@dataclass(frozen=True, slots=True)
class Meant:
    """What words may mean: one selection, or several to choose from.

    Where nothing is called that, `near` are the categories whose names are most alike.
    """

    found: tuple[Selection, ...]
    near: tuple[Named, ...] = ()

    @property
    def only(self) -> Selection | None:
        """What is meant, where it is plain."""
        return self.found[0] if len(self.found) == 1 else None


def read_selection(shelf: Shelf, suppliers: Iterable[SupplierName], words: str) -> Meant:
    """All that the words may mean; quotes around them change nothing.

    `shop`, a supplier, a category by its English name or path, `#12` for one of our services, or
    a pattern with `*`. A service or category counts also while nothing of it is shown.
    """
    asked = unquoted(words)[:LONGEST]
    if (service := service_id(asked)) is not None:
        known = shelf.find_service(service)
        return Meant(() if known is None else (Selection.service(service),))
    if is_pattern(asked):
        return Meant((Selection.pattern(asked),))
    found = [SHOP] if is_shop(asked) else []
    named = (name for name in suppliers if fold(name) == fold(asked))
    found += [Selection.supplier(name) for name in named]
    categories, exact = find_named(shelf, asked)
    if exact:
        found += [Selection.category(one.id) for one in categories]
    return Meant(tuple(found), () if exact or found else categories)


def list_selected(shelf: Shelf, selection: Selection) -> tuple[Service, ...]:
    """The services of a selection, also those that are not shown, and numbers."""
    if selection.scope is Scope.SERVICE:
        known = shelf.find_service(ServiceId(selection.id))
        return () if known is None else (known,)
    belongs = _belongs(shelf, selection)
    return tuple(service for service in shelf.services() if belongs(service))


def _belongs(shelf: Shelf, selection: Selection) -> Callable[[Service], bool]:
    match selection.scope:
        case Scope.SUPPLIER:
            return lambda service: service.supplier == selection.name
        case Scope.PATTERN:
            return lambda service: fits(selection.name, service.listed.name)
        case Scope.CATEGORY:
            tree, wanted = shelf.tree, home_of(shelf.tree, CategoryId(selection.id))
            below = {one for one in tree.nodes if wanted in heads_above(tree, one)}
            return lambda service: shelf.category_of(service) in below
    return lambda _service: True
