"""SMS numbers before they are rented: the service, and the country with its price."""

from __future__ import annotations

from collections.abc import Sequence, Set

from bot.base.ids import SupplierName
from bot.base.page import Page
from bot.catalog.projects import Project, key_of
from bot.catalog.rules import Offer
from bot.catalog.shelf import Sort
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
from bot.chat.numbers.taps import OpenCountries, OpenNumbers, RentNumber
from bot.orders.views import OrderView, QuoteView
from bot.suppliers.words import fold


def numbers_screen(
    _: Locale, page: Page[Project], words: str = "", paused: Set[SupplierName] = frozenset()
) -> Screen:
    """What codes are received for, eight a page; `words` are what was searched for."""
    rows = [(_project_button(_, project, paused),) for project in page.rows]
    pages = pager(page.number, page.pages, OpenNumbers(found=bool(words)))
    every = ((Button(_("All services"), OpenNumbers()),),) if words else ()
    text = join([bold(_("📱 SMS numbers")), _about(_, page, words)], "\n\n")
    return Screen(text, (*rows, *pages, *every, footer(_)))


def _about(_: Locale, page: Page[Project], words: str) -> Rich:
    if words:
        shown = named(_, words, IN_BUTTON)
        if not page.rows:
            return fill(_("Nothing here is called “{words}”. Try another name."), words=shown)
        return fill(_("Found for “{words}”. Choose one, or type another name."), words=shown)
    if not page.rows:
        return Rich(_("No numbers are on sale right now. Please come back later."))
    return join(
        [
            _("Rent a phone number and receive a code on it. You pay only if a code arrives."),
            _("What is the code for? Choose a service, or type its name."),
        ]
    )


def _project_button(_: Locale, project: Project, paused: Set[SupplierName]) -> Button:
    """With the lowest price of what can be rented now, or why nothing can."""
    name, cheapest = _.iso(fit(project.name, IN_ROW)), project.find_cheapest(paused)
    if cheapest is not None:
        shown = label(_("{name} · from {price}"), name=name, price=_.money(cheapest))
    else:
        why = _("⏸ paused") if project.is_paused(paused) else _("❌ sold out")
        shown = label(_("{name} · {price}"), name=name, price=why)
    return Button(shown, OpenCountries(project=project.key))


def countries_screen(
    _: Locale,
    name: str,
    page: Page[Offer],
    tap: OpenCountries,
    paused: Set[SupplierName] = frozenset(),
    share: str = "",
) -> Screen:
    """Where a number for this service can be had, and for how much.

    What cannot be rented, such as all of `paused` suppliers, says so instead of its price. `share`
    is the address that sends a link to this page on.
    """
    rows = [(_country_button(_, offer, paused),) for offer in page.rows]
    pages = pager(page.number, page.pages, OpenCountries(project=tap.project, sort=tap.sort))
    sorts = (_sorts(_, tap.project, tap.sort),) if page.total > 1 else ()
    text = join([bold(named(_, name)), _("Which country should the number be from?")])
    foot = (*footer(_, OpenNumbers()), *share_button(_, share))
    return Screen(text, (*sorts, *rows, *pages, foot))


def _sorts(_: Locale, project: str, chosen: Sort) -> Row:
    names = {Sort.PRICE: _("Price"), Sort.NAME: _("Name")}
    return tuple(
        choice(name, OpenCountries(project=project, sort=sort), chosen=sort is chosen)
        for sort, name in names.items()
    )


def _country_button(_: Locale, offer: Offer, paused: Set[SupplierName]) -> Button:
    service, price = offer.service, _.money(offer.price)
    name = _.iso(fit(country_of(offer), IN_ROW))
    stands = price if service.is_on_sale(paused) else _("❌ sold out")
    stands = _("⏸ paused") if service.is_paused(paused) else stands
    shown = label(_("{name} · {price}"), name=name, price=stands)
    return Button(shown, RentNumber(service=offer.service.id))


def in_order(offers: Sequence[Offer], sort: Sort) -> tuple[Offer, ...]:
    """The countries the cheapest first, or by the names that they have now."""
    if sort is Sort.NAME:
        return tuple(sorted(offers, key=lambda offer: fold(country_of(offer))))
    return tuple(sorted(offers, key=lambda offer: offer.price.micros))


def project_of(view: QuoteView | OrderView) -> str:
    """The key of what the number is for, which its English name leads to."""
    return key_of(view.listed_name or view.service_name)


def country_of(offer: Offer) -> str:
    """The country's name, as the supplier gives it or as it was translated."""
    return offer.service.listed.subcategory


def place_line(_: Locale, name: str, country: str) -> Rich:
    """`WhatsApp, United States`; the name alone where no country is known."""
    if not country.strip():
        return Rich(named(_, name))
    said = _("{name}, {country}")
    return fill(said, name=named(_, name), country=named(_, country, IN_BUTTON))
