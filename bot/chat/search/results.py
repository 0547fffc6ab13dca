"""What was found, eight a page, and what is said where nothing was."""

from __future__ import annotations

from collections.abc import Sequence, Set
from typing import Final

from bot.base.ids import SupplierName
from bot.base.page import Page
from bot.catalog.places.tree import Category
from bot.catalog.projects import Project
from bot.catalog.rules import Offer
from bot.catalog.search.look import Hit
from bot.catalog.shelf import Shelf
from bot.chat.catalog.categories import short_price, short_stock
from bot.chat.catalog.taps import OpenCatalog
from bot.chat.kit.locale import Locale
from bot.chat.kit.names import IN_BUTTON, IN_ROW, fit
from bot.chat.kit.richtext import bold, fill, join
from bot.chat.kit.screen import Button, Row, Screen, footer, label, pager
from bot.chat.numbers.taps import OpenCountries, RentNumber
from bot.chat.search.taps import OpenFound, OpenFoundCategory, OpenResults, OpenSearch

_IN_HALF: Final = 30
"""A category and the one above it, side by side in a row."""


def search_screen(_: Locale, *, is_forgotten: bool = False) -> Screen:
    """What to look for; `is_forgotten` where the results of an old search were asked for."""
    old = _("That search is too old to be shown again.") if is_forgotten else ""
    ask = _("What are you looking for? Type a name, or a part of it, in any language.")
    text = join([bold(_("🔍 Search")), join([old, ask])], "\n\n")
    return Screen(text, (_to_catalog(_), footer(_)))


def results_screen(
    _: Locale,
    query: str,
    page: Page[Hit],
    shelf: Shelf,
    opened: OpenResults,
    paused: Set[SupplierName] = frozenset(),
) -> Screen:
    """A page of what was found for what was typed; nothing of `paused` suppliers is sold."""
    said = _("This is what we found for “{words}”. Choose one, or type another name.")
    text = join([bold(_("🔍 Search")), fill(said, words=_typed(_, query))], "\n\n")
    at = opened.model_copy(update={"page": page.number, "new": False})
    pages = pager(page.number, page.pages, at)
    return Screen(text, (*_rows(_, page.rows, shelf, at, paused), *pages, footer(_)))


def nothing_screen(
    _: Locale,
    query: str,
    guesses: Sequence[Hit],
    shelf: Shelf,
    opened: OpenResults,
    paused: Set[SupplierName] = frozenset(),
) -> Screen:
    """Nothing is called like that; `guesses` are nearest."""
    said = fill(_("Nothing found for “{words}”."), words=_typed(_, query))
    rows = _rows(_, guesses, shelf, opened, paused)
    more = _("Did you mean one of these?") if rows else _("Try another name, or look around.")
    text = join([bold(_("🔍 Search")), join([said, more])], "\n\n")
    return Screen(text, (*rows, _to_catalog(_), footer(_, OpenSearch())))


def _to_catalog(_: Locale) -> Row:
    return (Button(_("🛍 Catalog"), OpenCatalog()),)


def _typed(_: Locale, query: str) -> str:
    """What was typed, kept from turning the sentence that it stands in."""
    return _.iso(fit(query, IN_BUTTON))


def _rows(
    _: Locale, hits: Sequence[Hit], shelf: Shelf, at: OpenResults, paused: Set[SupplierName]
) -> list[Row]:
    buttons = (_button(_, hit, shelf, at, paused) for hit in hits)
    return [(button,) for button in buttons if button is not None]


def _button(
    _: Locale, hit: Hit, shelf: Shelf, at: OpenResults, paused: Set[SupplierName]
) -> Button | None:
    """None for what has left the shelf since it was found."""
    name = _.iso(fit(hit.shown, IN_ROW))
    if hit.country:
        country = _.iso(fit(hit.country, IN_ROW))
        name = label(_("{name}, {country}"), name=name, country=country)
    if hit.service is not None:
        offer = shelf.find_shown(hit.service)
        return None if offer is None else _service(_, name, offer, at, paused)
    if hit.category is not None:
        category = shelf.find_category(hit.category)
        return None if category is None else _category(_, hit, category, at, paused)
    project = shelf.find_project(hit.project)
    return None if project is None else _numbers(_, name, hit, project, shelf, paused)


def _service(
    _: Locale, name: str, offer: Offer, at: OpenResults, paused: Set[SupplierName]
) -> Button:
    shown = label(
        _("{name} · {price} · {stock}"),
        name=name,
        price=short_price(_, offer),
        stock=_("⏸ paused") if offer.service.is_paused(paused) else short_stock(_, offer),
    )
    tap = OpenFound(service=offer.service.id, search=at.search, found=at.page)
    return Button(shown, tap)


def _category(
    _: Locale, hit: Hit, category: Category, at: OpenResults, paused: Set[SupplierName]
) -> Button:
    names = (fit(one, _IN_HALF) for one in (hit.above, hit.shown) if one)
    name = " › ".join(map(_.iso, names))
    count = category.count(paused)
    said = _.number(count) if count else _("❌ sold out")
    said = _("⏸ paused") if category.is_paused(paused) else said
    shown = label(_("{name} ({count})"), name=f"📁 {name}", count=said)
    tap = OpenFoundCategory(category=category.id, search=at.search, found=at.page)
    return Button(shown, tap)


def _numbers(
    _: Locale,
    name: str,
    hit: Hit,
    project: Project,
    shelf: Shelf,
    paused: Set[SupplierName],
) -> Button:
    """A project leads to its countries; with its country it leads to the price of a number."""
    offer = None if hit.number is None else shelf.find_offer(hit.number)
    name = f"📱 {name}"
    if offer is not None and offer.service.is_on_sale(paused):
        shown = label(_("{name} · {price}"), name=name, price=_.money(offer.price))
        return Button(shown, RentNumber(service=offer.service.id))
    cheapest, tap = project.find_cheapest(paused), OpenCountries(project=project.key)
    if cheapest is not None:
        return Button(label(_("{name} · from {price}"), name=name, price=_.money(cheapest)), tap)
    why = _("⏸ paused") if project.is_paused(paused) else _("❌ sold out")
    return Button(label(_("{name} · {price}"), name=name, price=why), tap)
