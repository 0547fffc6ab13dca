"""What inline mode lists, and the messages that are sent by choosing from the list."""

from __future__ import annotations

from collections.abc import Set

from bot.base.ids import SupplierName
from bot.catalog.places.tree import Category
from bot.catalog.projects import Project
from bot.catalog.rules import Offer
from bot.chat.catalog.categories import counted, short_price, short_stock
from bot.chat.catalog.sharing import (
    HOME,
    category_link,
    project_words,
    service_link,
    shared_name,
)
from bot.chat.kit.locale import Locale
from bot.chat.kit.richtext import Rich, bold, fill, join
from bot.chat.kit.screen import Button, Screen, label, price_line
from bot.chat.kit.telegram.inline import InlineResult, WayIn
from bot.chat.numbers.countries import country_of
from bot.chat.translate import Found
from bot.suppliers.words import Kind


def result(_: Locale, found: Found, shop: str, paused: Set[SupplierName]) -> InlineResult:
    """One line of the list and its message; `shop` is the address of the private chat."""
    if isinstance(found, Offer):
        return _of_service(_, found, shop, paused)
    if isinstance(found, Project):
        return _of_project(_, found, shop, paused)
    return _of_category(_, found, shop, paused)


def _of_service(_: Locale, offer: Offer, shop: str, paused: Set[SupplierName]) -> InlineResult:
    service, name = offer.service, _name_of(_, offer)
    is_paused = service.is_paused(paused)
    stock = _("⏸ paused") if is_paused else short_stock(_, offer)
    price = price_line(_, offer.price, offer.unit, service.basis)
    text = join([bold(name), price, _stock(_, offer, is_paused=is_paused)])
    described = f"{short_price(_, offer)} · {stock}"
    message = _message(_, text, shop, service_link(offer))
    return _result(_, f"s{service.id}", name, described, message)


def _name_of(_: Locale, offer: Offer) -> str:
    """A number's with its country."""
    name = shared_name(_, offer.service.listed.name)
    if offer.service.kind is not Kind.NUMBER:
        return name
    return label(_("{name}, {country}"), name=name, country=shared_name(_, country_of(offer)))


def _stock(_: Locale, offer: Offer, *, is_paused: bool) -> Rich:
    stock = offer.service.listed.stock
    if is_paused:
        return Rich(_("⏸ Paused, we expect it back soon"))
    if offer.service.is_sold_out:
        return Rich(_("Sold out at the moment"))
    return Rich() if stock is None else fill(_("In stock: {count}"), count=_.number(stock))


def _of_project(_: Locale, project: Project, shop: str, paused: Set[SupplierName]) -> InlineResult:
    name, cheapest = shared_name(_, project.name), project.find_cheapest(paused)
    if cheapest is not None:
        described = project_words(_, project.name, project.offers, paused)
    else:
        described = _("⏸ paused") if project.is_paused(paused) else _("❌ sold out")
    text = join([bold(_("📱 SMS numbers")), described if cheapest else f"{name} · {described}"])
    message = _message(_, text, shop, service_link(project.offers[0]))
    return _result(_, f"n{project.key}", name, described, message)


def _of_category(
    _: Locale, category: Category, shop: str, paused: Set[SupplierName]
) -> InlineResult:
    name, count = shared_name(_, category.name), counted(_, category, paused)
    message = _message(_, join([bold(name), count]), shop, category_link(category))
    return _result(_, f"c{category.id}", name, count.text, message)


def _result(_: Locale, key: str, name: str, described: str, message: Screen) -> InlineResult:
    return InlineResult(key, _.line(name), _.line(described), message)


def _message(_: Locale, text: Rich, shop: str, link: str) -> Screen:
    button = Button(_("Open in the shop"), url=f"{shop}?start={link}")
    return Screen(text, ((button,),)).turned(rtl=_.is_rtl)


def nothing_found(_: Locale) -> WayIn:
    """Nothing fits what was typed."""
    return WayIn(_("Nothing found. Open the shop"), HOME)


def nothing_on_sale(_: Locale) -> WayIn:
    """There is nothing to offer at all."""
    return WayIn(_("Nothing is for sale right now"), HOME)


def not_for_you(_: Locale) -> WayIn:
    """Somebody who is banned may not share what the shop sells."""
    return WayIn(_("You cannot use this at the moment"), HOME)


def closed(_: Locale) -> WayIn:
    """The books cannot be read."""
    return WayIn(_("The shop is closed for a check"), HOME)
