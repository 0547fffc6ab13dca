"""The shelf: categories, and what lies in one of them."""

from __future__ import annotations

from collections.abc import Sequence, Set

from aiogram.filters.callback_data import CallbackData

from bot.base.ids import SupplierName
from bot.base.page import Page
from bot.catalog.listing import Sort
from bot.catalog.places.tree import Category
from bot.catalog.rules import Offer
from bot.chat.catalog.icons import with_icon
from bot.chat.catalog.taps import OpenCatalog, OpenCategory, OpenService
from bot.chat.kit.locale import Locale
from bot.chat.kit.names import IN_BUTTON, IN_ROW, fit
from bot.chat.kit.richtext import Rich, bold, fill, join
from bot.chat.kit.screen import (
    Button,
    Row,
    Screen,
    choice,
    footer,
    label,
    named,
    pager,
    share_button,
)
from bot.chat.search.taps import OpenFoundCategory


def catalog_screen(
    _: Locale,
    page: Page[Category],
    paused: Set[SupplierName] = frozenset(),
    top: Rich | str = "",
) -> Screen:
    """The top categories, eight a page; nothing of `paused` suppliers is counted.

    `top` is what the operator says above them.
    """
    rows = [(_category_button(_, category, paused),) for category in page.rows]
    pages = pager(page.number, page.pages, OpenCatalog())
    empty = _("Nothing is for sale right now. Please come back later.")
    text = join([bold(_("Catalog")), _("Choose a category.") if rows else empty])
    return Screen(join([top, text], "\n\n"), (*rows, *pages, footer(_)))


def category_screen(
    _: Locale,
    path: Sequence[Category],
    page: Page[Category | Offer],
    opened: OpenCategory | OpenFoundCategory,
    paused: Set[SupplierName] = frozenset(),
    share: str = "",
    *,
    back: CallbackData | None = None,
    said: Rich | None = None,
) -> Screen:
    """Subcategories first, then services; `path` leads to this category, the top first.

    `back` need not be the last but one of the path. What is paused,
    and all of `paused` suppliers, says so where others have their stock or count; `said` is what
    is said where all is. `share` is the
    address that sends a link to this category on.
    """
    here = path[-1]
    rows = [(row_button(_, row, paused),) for row in page.rows]
    at = opened.model_copy(update={"category": here.id, "page": 0})
    pages = pager(page.number, page.pages, at)
    services = sum(isinstance(row, Offer) for row in page.rows)
    sorts = (_sorts(_, at),) if services > 1 or page.pages > 1 else ()
    stands = said if said and here.is_paused(paused) else counted(_, here, paused)
    text = join([bold(path_line(_, path)), stands])
    foot = (*footer(_, back or OpenCatalog()), *share_button(_, share))
    return Screen(text, (*sorts, *rows, *pages, foot))


def path_line(_: Locale, path: Sequence[Category]) -> Rich:
    """`Accounts › Mail`."""
    return join([named(_, category.name, IN_BUTTON) for category in path[-3:]], " › ")


def counted(_: Locale, here: Category, paused: Set[SupplierName] = frozenset()) -> Rich:
    """How many services can be bought here, or why none can."""
    on_sale = here.count(paused)
    if here.is_paused(paused):
        return Rich(_("⏸ Paused, we expect it back soon"))
    if not on_sale:
        return Rich(_("Everything here is sold out."))
    said = _.n("{count} item for sale", "{count} items for sale", on_sale)
    return fill(said, count=_.number(on_sale))


def _sorts(_: Locale, opened: OpenCategory | OpenFoundCategory) -> Row:
    names = {Sort.PRICE: _("Price"), Sort.NAME: _("Name"), Sort.STOCK: _("Stock")}
    return tuple(
        choice(name, opened.model_copy(update={"sort": sort}), chosen=sort is opened.sort)
        for sort, name in names.items()
    )


def row_button(
    _: Locale, row: Category | Offer, paused: Set[SupplierName] = frozenset()
) -> Button:
    """A category with its count, or a service with price and stock."""
    if isinstance(row, Category):
        return _category_button(_, row, paused)
    return offer_button(_, row, paused)


def _category_button(_: Locale, category: Category, paused: Set[SupplierName]) -> Button:
    name = named(_, category.name, IN_BUTTON)
    english = category.english or category.name
    name = f"{category.icon} {name}" if category.icon else with_icon(english, name)
    count = _.number(category.count(paused)) if category.count(paused) else _("❌ sold out")
    said = _("⏸ paused") if category.is_paused(paused) else count
    shown = label(_("{name} ({count})"), name=name, count=said)
    return Button(shown, OpenCategory(category=category.id))


def offer_button(_: Locale, offer: Offer, paused: Set[SupplierName], sign: str = "") -> Button:
    """The way to a service's card, with its price and stock; a `sign` stands before its name."""
    listed = offer.service.listed.name
    shown = _.iso(fit(listed, IN_ROW))
    name = sign + shown if sign else with_icon(offer.english or listed, shown)
    row = label(
        _("{name} · {price} · {stock}"),
        name=name,
        price=short_price(_, offer),
        stock=_("⏸ paused") if offer.service.is_paused(paused) else short_stock(_, offer),
    )
    return Button(row, OpenService(service=offer.service.id))


def short_price(_: Locale, offer: Offer) -> str:
    """`$9.99`, or `$1.20 / 1,000`."""
    price = _.money(offer.price)
    if offer.unit == 1:
        return price
    return label(_("{price} / {count}"), price=price, count=_.number(offer.unit))


def short_stock(_: Locale, offer: Offer) -> str:
    """`100 in stock`, `in stock`, or `sold out`."""
    stock = offer.service.listed.stock
    if offer.service.is_sold_out:
        return _("❌ sold out")
    if stock is None:
        return _("in stock")
    return label(_.n("{count} in stock", "{count} in stock", stock), count=_.number(stock))
