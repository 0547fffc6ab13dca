"""What a link or an old card opens when its goods are gone: it says so, and offers the nearest."""

from __future__ import annotations

from collections.abc import Sequence, Set

from bot.base.ids import SupplierName
from bot.catalog.errors import NotForSaleReason
from bot.catalog.places.tree import Category
from bot.catalog.rules import Offer, Service
from bot.chat.catalog.categories import row_button
from bot.chat.catalog.errors import GONE_FOR_GOOD
from bot.chat.catalog.taps import OpenCatalog
from bot.chat.kit.locale import Locale
from bot.chat.kit.richtext import Rich, bold, join
from bot.chat.kit.screen import Button, Screen, footer, named


def gone_service_screen(
    _: Locale,
    service: Service | None,
    name: str,
    near: Sequence[Offer],
    paused: Set[SupplierName] = frozenset(),
) -> Screen:
    """A service that is not sold; None for one that nobody knows, whose `name` is empty."""
    hidden = NotForSaleReason.GONE if service is None else service.hidden
    if hidden in GONE_FOR_GOOD:
        said = _("This item is no longer sold.")
    else:
        said = _("This item is not for sale right now.")
    title = bold(named(_, name)) if name else Rich()
    return _with_nearest(_, join([title, said]), near, paused)


def gone_category_screen(
    _: Locale, near: Sequence[Category], paused: Set[SupplierName] = frozenset()
) -> Screen:
    """A category in which nothing is shown any more, or that never was."""
    return _with_nearest(_, Rich(_("What this link led to is no longer sold.")), near, paused)


def lost_link_screen(_: Locale) -> Screen:
    """A link that names nothing of the shop."""
    said = Rich(_("This link does not open anything here. You are welcome to look around:"))
    return Screen(said, (_catalog(_), footer(_)))


def _with_nearest(
    _: Locale, said: Rich, near: Sequence[Category | Offer], paused: Set[SupplierName]
) -> Screen:
    rows = [(row_button(_, one, paused),) for one in near]
    hint = _("Perhaps one of these will do:") if rows else _("Please choose something else.")
    return Screen(join([said, hint], "\n\n"), (*rows, _catalog(_), footer(_)))


def _catalog(_: Locale) -> tuple[Button, ...]:
    return (Button(_("🛍 Catalog"), OpenCatalog()),)
