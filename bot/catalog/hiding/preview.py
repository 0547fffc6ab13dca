"""What hiding or showing a part of the shelf would change, before anything is changed."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Final

from bot.base.ids import SupplierName
from bot.catalog.errors import NotForSaleReason
from bot.catalog.hiding.denied import DenyReason
from bot.catalog.hiding.deny import find_denied
from bot.catalog.hiding.patterns import FoldedNames
from bot.catalog.hiding.rules import Hiding, HidingRule, Verdict
from bot.catalog.rules import Service
from bot.catalog.selection.find import list_selected
from bot.catalog.selection.selection import Scope, Selection
from bot.catalog.shelf import Shelf

_NEWEST: Final = 2**62
"""The number of a rule that is only thought of: newer than all that are stored."""


@dataclass(frozen=True, slots=True)
class HidePreview:
    """What hiding would do: `services` would vanish, `hidden` of the selection are hidden already.

    `suppliers` would have nothing left to sell, `is_all` says that nobody would.
    """

    selection: Selection
    services: tuple[Service, ...]
    hidden: int
    suppliers: tuple[SupplierName, ...]
    is_all: bool


@dataclass(frozen=True, slots=True)
class ShowPreview:
    """What showing would do: `services` come back, `kept` stay hidden by closer rules.

    `denied` are on the shipped list, and come back only when that is overruled. `over` says that
    a rule about more of the shelf would go on hiding them.
    """

    selection: Selection
    services: tuple[Service, ...]
    kept: int
    denied: tuple[Service, ...]
    over: bool
    rule: HidingRule | None

    @property
    def reasons(self) -> Counter[DenyReason]:
        """Why what is on the list is on it."""
        return count_reasons(self.denied)


def preview_hide(shelf: Shelf, selection: Selection) -> HidePreview:
    """What would be hidden of the shelf that customers see."""
    chosen = _known(shelf, selection)
    after = _reasons(shelf, selection, Verdict.HIDE, chosen)
    hidden = [
        one for one, why in zip(chosen, after, strict=True) if why is NotForSaleReason.HIDDEN
    ]
    gone = [one for one in hidden if one.hidden is not NotForSaleReason.HIDDEN]
    left = Counter(one.supplier for one in shelf.services() if one.is_shown)
    lost = Counter(one.supplier for one in gone if one.is_shown)
    suppliers = sorted(name for name, count in lost.items() if count == left[name])
    is_all = bool(lost) and lost.total() == left.total()
    return HidePreview(selection, tuple(gone), len(hidden) - len(gone), tuple(suppliers), is_all)


def preview_show(shelf: Shelf, selection: Selection) -> ShowPreview:
    """What would be shown again, and what stays away for another reason."""
    chosen = _known(shelf, selection)
    without = _reasons(shelf, selection, None, chosen)
    after = _reasons(shelf, selection, Verdict.SHOW, chosen)
    hidden = NotForSaleReason.HIDDEN
    over = any(was is hidden is not now for was, now in zip(without, after, strict=True))
    pairs = list(zip(chosen, after, strict=True))
    back = [one for one, why in pairs if why is None and one.hidden is hidden]
    kept = sum(why is hidden for _one, why in pairs)
    denied = [one for one, why in pairs if why is NotForSaleReason.DENIED]
    rule = next((one for one in shelf.hiding.rules if one.selection == selection), None)
    return ShowPreview(selection, tuple(back), kept, tuple(denied), over, rule)


def list_denied(shelf: Shelf) -> tuple[Service, ...]:
    """What the shipped list keeps off this shelf."""
    return tuple(one for one in shelf.services() if one.hidden is NotForSaleReason.DENIED)


def count_reasons(services: Sequence[Service]) -> Counter[DenyReason]:
    """How many services are on the list for each of its reasons."""
    found = (find_denied(one.listed, one.kind) for one in services)
    return Counter(reason for reason in found if reason is not None)


def count_hidden(shelf: Shelf, rule: HidingRule) -> int:
    """How many services a rule is about."""
    return len(_known(shelf, rule.selection))


def _known(shelf: Shelf, selection: Selection) -> tuple[Service, ...]:
    """The services of a selection that their suppliers still list, by name."""
    chosen: Sequence[Service]
    if selection.scope is Scope.PATTERN:
        services = tuple(shelf.services())
        found = FoldedNames(one.listed.name for one in services).find(selection.name)
        chosen = [services[place] for place in found]
    else:
        chosen = list_selected(shelf, selection)
    listed = (one for one in chosen if one.hidden is not NotForSaleReason.GONE)
    return tuple(sorted(listed, key=lambda one: (not one.is_shown, one.listed.name.casefold())))


def _reasons(
    shelf: Shelf, selection: Selection, verdict: Verdict | None, services: Sequence[Service]
) -> list[NotForSaleReason | None]:
    """Why these would be hidden, were this rule there instead of the one that is."""
    rules = [one for one in shelf.hiding.rules if one.selection != selection]
    if verdict is not None:
        now = datetime(1970, 1, 1, tzinfo=UTC)
        rules.append(HidingRule(_NEWEST, selection, verdict, "", now))
    return Hiding(rules, shelf.tree).reasons(services)
