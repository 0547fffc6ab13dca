"""Which price rule a service is sold by: the narrowest wins, part by part."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from decimal import Decimal
from functools import reduce
from hashlib import blake2b
from typing import Final

from bot.base.ids import CategoryId, ServiceId, SupplierName
from bot.base.money import ZERO, Money
from bot.catalog.places.tree import Tree
from bot.catalog.pricing import Pricing
from bot.catalog.selection.categories import heads_above, home_of
from bot.catalog.selection.selection import SHOP, Scope, Selection


@dataclass(frozen=True, slots=True)
class PriceRule:
    """What an operator asks for one part of the shelf; None leaves a part to wider rules.

    The markup is `percent` of the rate or `added` to it, never both. `added` and `least_margin`
    are for as many units as the supplier's price is (see `Pricing`), `step` is what totals are
    rounded up to.
    """

    percent: Decimal | None = None
    added: Money | None = None
    least_margin: Money | None = None
    step: Money | None = None

    def __bool__(self) -> bool:
        """Whether it says anything."""
        return self != NO_RULE

    def over(self, wider: Pricing) -> Pricing:
        """The pricing of a wider rule, with what this one says in its place."""
        found = wider
        if self.percent is not None:
            found = replace(found, markup_percent=self.percent, added=ZERO)
        if self.added is not None:
            found = replace(found, markup_percent=Decimal(0), added=self.added)
        if self.least_margin is not None:
            found = replace(found, least_margin=self.least_margin)
        return found if self.step is None else replace(found, step=self.step)

    def spelled(self) -> str:
        """The rule as the log keeps it and `read_change` reads it: `20% min 0.1 step 0.05`."""
        parts = (
            "" if self.percent is None else f"{_plain(self.percent)}%",
            "" if self.added is None else f"+{_plain(self.added.decimal)}",
            "" if self.least_margin is None else f"min {_plain(self.least_margin.decimal)}",
            "" if self.step is None else f"step {_plain(self.step.decimal)}",
        )
        return " ".join(part for part in parts if part)


NO_RULE: Final = PriceRule()
_THOUSANDS: Final = 3
Rules = Mapping[Selection, PriceRule]
"""The stored rules, by what they are for: the shop, suppliers, categories and services."""


def _plain(number: Decimal) -> str:
    """The number without an exponent and without noughts at its end.

    But for one after three digits, which might else be read as thousands.
    """
    text = f"{number:f}"
    short = text.rstrip("0").rstrip(".") if "." in text else text
    return f"{short}0" if len(short.partition(".")[2]) == _THOUSANDS else short


def digest_of(rules: Rules) -> str:
    """A mark of all rules together, by which it is seen whether any of them changed."""
    lines = sorted(f"{one!r} {rule.spelled()}" for one, rule in rules.items())
    return blake2b("\n".join(lines).encode(errors="replace"), digest_size=6).hexdigest()


def with_rule(rules: Rules, selection: Selection, rule: PriceRule) -> Rules:
    """The rules with this one in its place; an empty one is none."""
    others = {one: kept for one, kept in rules.items() if one != selection}
    return {**others, selection: rule} if rule else others


class Prices:
    """The pricing of every service, found once for each way through the rules.

    A service's own rule wins, then that of the category in which it is shown, then those of the
    categories above it, the nearest first, then its supplier's, then the shop's, and last what the
    settings say. What a narrower rule leaves open comes from the next wider one: the markup, the
    least margin and the step are each looked for by themselves.

    A category's rule follows it where it was renamed or merged; of two rules that meet so, that of
    the category which is still shown wins.
    """

    def __init__(self, settings: Pricing, rules: Rules, tree: Tree) -> None:
        self.settings, self.rules, self.tree = settings, rules, tree
        self._by_home: dict[CategoryId, Selection] = {}
        self._found: dict[tuple[CategoryId, SupplierName], Pricing] = {}
        self._one: dict[Pricing, Pricing] = {}
        self._by_service = {
            ServiceId(one.id): rule for one, rule in rules.items() if one.scope is Scope.SERVICE
        }
        named = (one for one in rules if one.scope is Scope.CATEGORY)
        for one in sorted(named, key=lambda it: not self._is_home(it)):
            self._by_home.setdefault(home_of(tree, CategoryId(one.id)), one)

    def _is_home(self, named: Selection) -> bool:
        category = CategoryId(named.id)
        return home_of(self.tree, category) == self.tree.head(category)

    def of(self, service: ServiceId, supplier: SupplierName, category: CategoryId) -> Pricing:
        """The pricing of a service that its supplier lists in a category."""
        listed = category, supplier
        wider = self._found.get(listed)
        if wider is None:
            way = self._above(supplier, self.tree.home(category, supplier))
            wider = self._found[listed] = self._resolved(way, self.settings)
        own = self._by_service.get(service)
        return wider if own is None else self._resolved((own,), wider)

    def _above(self, supplier: SupplierName, home: CategoryId) -> Iterator[PriceRule]:
        for one in self.ways(home, supplier):
            yield self.rules[one]

    def ways(self, category: CategoryId, *suppliers: SupplierName) -> Iterator[Selection]:
        """The rules for what these suppliers have in a category, the narrowest first."""
        heads = heads_above(self.tree, category)
        yield from (self._by_home[head] for head in heads if head in self._by_home)
        whole = map(Selection.supplier, suppliers)
        yield from (one for one in (*whole, SHOP) if one in self.rules)

    def _resolved(
        self, narrowest_first: Iterator[PriceRule] | tuple[PriceRule, ...], wider: Pricing
    ) -> Pricing:
        found = reduce(
            lambda under, rule: rule.over(under), reversed(tuple(narrowest_first)), wider
        )
        return self._one.setdefault(found, found)

    def find_stored(self, selection: Selection) -> Selection | None:
        """The selection under which its rule is kept; a renamed category's is kept as it was."""
        if selection.scope is Scope.CATEGORY:
            return self._by_home.get(home_of(self.tree, CategoryId(selection.id)))
        return selection if selection in self.rules else None
