"""Which services stay off the shelf: what operators said of it, and the list that is shipped."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum
from typing import Final

from bot.base.ids import CategoryId
from bot.catalog.errors import NotForSaleReason
from bot.catalog.hiding.deny import find_denied
from bot.catalog.hiding.patterns import FoldedNames
from bot.catalog.places.tree import Tree
from bot.catalog.rules import Service, StoredService
from bot.catalog.selection.selection import SHOP, Scope, Selection


class Verdict(StrEnum):
    """What an operator said of a part of the shelf."""

    HIDE = "hide"
    SHOW = "show"
    """Shown although a rule about more of the shelf hides it."""
    ALLOW = "allow"
    """Shown, even what the shipped list keeps away."""


@dataclass(frozen=True, slots=True)
class HidingRule:
    """A stored rule; `actor` is the id of the operator who made it."""

    id: int
    selection: Selection
    verdict: Verdict
    actor: str
    at: datetime


class Hiding:
    """The rules as they stand, over the tree of categories.

    The rule about the least of the shelf wins: of a service, a pattern, a category (the nearest
    one above), a supplier, the shop. Of two patterns the newer one wins. What no rule hides is
    hidden still where it is on the shipped list and no rule that fits it allows it.
    """

    def __init__(self, rules: Iterable[HidingRule], tree: Tree) -> None:
        self.rules = tuple(rules)
        self._tree = tree
        self._by = {
            one.selection: one for one in self.rules if one.selection.scope is not Scope.PATTERN
        }
        self._categories = {
            tree.head(tree.home(CategoryId(one.selection.id))): one
            for one in self.rules
            if one.selection.scope is Scope.CATEGORY
        }
        patterns = (one for one in self.rules if one.selection.scope is Scope.PATTERN)
        self._patterns = sorted(patterns, key=lambda one: -one.id)

    def judge(self, services: Iterable[Service]) -> Iterator[Service]:
        """The services, with a reason of ours where they are to be hidden."""
        known = list(services)
        for service, reason in zip(known, self.reasons(known), strict=True):
            is_ours = reason is not None and service.hidden is not NotForSaleReason.GONE
            yield replace(service, hidden=reason) if is_ours else service

    def reasons(self, services: Sequence[Service]) -> list[NotForSaleReason | None]:
        """Why each service is hidden here, whatever else may keep it off the shelf."""
        fitting = self._fitting(services)
        return [self._reason(*pair) for pair in zip(services, fitting, strict=True)]

    def hides_by_hand(self, service: StoredService) -> bool:
        """Whether an operator's rule hides it."""
        [fitting] = self._fitting([service])
        found = next(self._about(service, fitting), None)
        return found is not None and found.verdict is Verdict.HIDE

    def _fitting(self, services: Sequence[Service | StoredService]) -> list[list[HidingRule]]:
        """The rules by pattern that fit each service, the newest first."""
        fitting: list[list[HidingRule]] = [[] for _ in services]
        if self._patterns:
            names = FoldedNames(one.listed.name for one in services)
            for rule in self._patterns:
                for place in names.find(rule.selection.name):
                    fitting[place].append(rule)
        return fitting

    def _reason(self, service: Service, fitting: list[HidingRule]) -> NotForSaleReason | None:
        rules = list(self._about(service, fitting)) if self.rules else []
        if rules and rules[0].verdict is Verdict.HIDE:
            return NotForSaleReason.HIDDEN
        if any(one.verdict is Verdict.ALLOW for one in rules):
            return None
        denied = find_denied(service.listed, service.kind)
        return None if denied is None else NotForSaleReason.DENIED

    def _about(
        self, service: Service | StoredService, fitting: list[HidingRule]
    ) -> Iterator[HidingRule]:
        """The rules that fit a service, the one that wins first."""
        own = self._by.get(Selection.service(service.id))
        if own is not None:
            yield own
        yield from fitting
        if self._categories:
            yield from self._above(service)
        for selection in (Selection.supplier(service.supplier), SHOP):
            if selection in self._by:
                yield self._by[selection]

    def _above(self, service: Service | StoredService) -> Iterator[HidingRule]:
        tree = self._tree
        at = tree.nodes.get(tree.home(service.category, service.supplier))
        while at is not None:
            rule = self._categories.get(tree.head(at.id))
            if rule is not None:
                yield rule
            at = None if at.parent is None else tree.nodes.get(at.parent)


_OFF_THE_SHELF: Final = frozenset({NotForSaleReason.HIDDEN, NotForSaleReason.DENIED})


def hidden_as_before(service: Service, was: Service) -> Service | None:
    """A service that is read again, off the shelf as it was by hand or by the shipped list.

    None where that is to be judged again, because it is new, or called or listed otherwise.
    """
    is_same = (was.listed.names, was.category) == (service.listed.names, service.category)
    if was is service or not is_same:
        return None
    is_off = was.hidden in _OFF_THE_SHELF and service.hidden is not NotForSaleReason.GONE
    return replace(service, hidden=was.hidden) if is_off else service
