"""What operators read of price rules: all of them, and what holds for one part of the shelf."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Final

from bot.base.ids import CategoryId, ServiceId
from bot.catalog.places.named import path_of
from bot.catalog.prices.rules import NO_RULE, PriceRule, Prices, Rules
from bot.catalog.pricing import Pricing
from bot.catalog.rules import Service
from bot.catalog.selection.find import list_selected
from bot.catalog.selection.selection import SHOP, Scope, Selection
from bot.catalog.shelf import Shelf

_SCOPES: Final = tuple(Scope)


@dataclass(frozen=True, slots=True)
class NamedRule:
    """A rule and what it is for; `path` is a name, of a category with those above it first.

    The path of the whole shop is empty, and of what is known no more.
    """

    selection: Selection
    path: tuple[str, ...]
    rule: PriceRule


@dataclass(frozen=True, slots=True)
class PriceCard:
    """What holds for one part of the shelf.

    `named` has the rule of its own, which may say nothing; `wider` are those from which the rest
    comes, the nearest first, and `settings` what comes last. `services` counts those it is for.
    """

    named: NamedRule
    wider: tuple[NamedRule, ...]
    settings: Pricing
    services: int

    @property
    def selection(self) -> Selection:
        """What it is about."""
        return self.named.selection


def list_rules(shelf: Shelf, rules: Rules) -> tuple[NamedRule, ...]:
    """Every rule, the widest first, then by name."""
    named = (NamedRule(one, path_to(shelf, one), rule) for one, rule in rules.items())
    return tuple(sorted(named, key=lambda it: (_SCOPES.index(it.selection.scope), it.path)))


def price_card(shelf: Shelf, rules: Rules, selection: Selection) -> PriceCard:
    """The card of a part of the shelf, by the stored rules."""
    prices = Prices(shelf.prices.settings, rules, shelf.tree)
    kept = prices.find_stored(selection) or selection
    services = list_selected(shelf, selection)
    wider = tuple(
        NamedRule(one, path_to(shelf, one), rules[one])
        for one in _ways(shelf, prices, selection, services)
        if one != kept
    )
    own = NamedRule(kept, path_to(shelf, selection), rules.get(kept, NO_RULE))
    return PriceCard(own, wider, shelf.prices.settings, len(services))


def _ways(
    shelf: Shelf, prices: Prices, selection: Selection, services: Iterable[Service]
) -> Iterator[Selection]:
    """The rules for a part of the shelf that holds these services, the narrowest first."""
    suppliers = sorted({service.supplier for service in services})
    match selection.scope:
        case Scope.CATEGORY:
            return prices.ways(shelf.tree.home(CategoryId(selection.id)), *suppliers)
        case Scope.SERVICE:
            homes = {shelf.category_of(service) for service in services}
            return (one for home in homes for one in prices.ways(home, *suppliers))
    return (one for one in (SHOP,) if one in prices.rules)


def path_to(shelf: Shelf, selection: Selection) -> tuple[str, ...]:
    """The English name of a part of the shelf."""
    match selection.scope:
        case Scope.SUPPLIER:
            return (selection.name,)
        case Scope.CATEGORY:
            return path_of(shelf.tree, shelf.tree.home(CategoryId(selection.id)))
        case Scope.SERVICE:
            service = shelf.find_service(ServiceId(selection.id))
            return () if service is None else (service.listed.name,)
    return ()
