"""SMS numbers before they are rented: the service, and the country with its price."""

from __future__ import annotations

from collections.abc import Set
from typing import Final

from bot.base.ids import SupplierName
from bot.base.page import Page
from bot.catalog.listing import Sort
from bot.catalog.projects import Project, key_of
from bot.catalog.rules import Offer
from bot.chat.catalog.icons import with_icon
from bot.chat.kit.locale import Locale
from bot.chat.kit.names import BEFORE_PRICE, IN_BUTTON, fit
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
from bot.chat.numbers.taps import ListOffers, OpenCountries, OpenNumbers, RentNumber
from bot.i18n.countries import as_read
from bot.orders.views import OrderView, QuoteView


def numbers_screen(
    _: Locale,
    page: Page[Project],
    words: str = "",
    paused: Set[SupplierName] = frozenset(),
    off: Rich | None = None,
) -> Screen:
    """What codes are received for, eight a page; `words` are what was searched for.

    `off` is said while no number at all can be rented.
    """
    rows = [(_project_button(_, project, paused),) for project in page.rows]
    pages = pager(page.number, page.pages, OpenNumbers(found=bool(words)))
    every = ((Button(_("All services"), OpenNumbers()),),) if words else ()
    about = off or _about(_, page, words)
    text = join([bold(_("📱 SMS numbers")), about], "\n\n")
    return Screen(text, (*rows, *pages, *every, footer(_)))


def _about(_: Locale, page: Page[Project], words: str) -> Rich:
    if words:
        shown = named(_, words, IN_BUTTON)
        if not page.rows:
            return fill(_("Nothing found for “{words}”. Try another name."), words=shown)
        return fill(
            _("This is what we found for “{words}”. Choose one, or type another name."),
            words=shown,
        )
    if not page.rows:
        return Rich(_("No numbers are for sale right now. Please come back later."))
    return join(
        [
            _("Rent a phone number and receive a code on it. You pay only if a code arrives."),
            _("What is the code for? Choose a service, or type its name."),
        ]
    )


def _project_button(_: Locale, project: Project, paused: Set[SupplierName]) -> Button:
    """With the lowest price of what can be rented now, or why nothing can."""
    said = _.iso(fit(service_words(_, project.name), BEFORE_PRICE))
    english = project.english or project.name
    name, cheapest = with_icon(english, said), project.find_cheapest(paused)
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
    tap: OpenCountries | ListOffers,
    paused: Set[SupplierName] = frozenset(),
    share: str = "",
    *,
    words: str = "",
    more: int = 0,
    off: Rich | None = None,
) -> Screen:
    """Where a number for this service can be had, and for how much.

    What cannot be rented, such as all of `paused` suppliers, says so instead of its price. `words`
    were typed to narrow the list; `more` dearer offers of the same countries are one tap away.
    `share` is the address that sends a link to this page on, `off` as on the page before.
    """
    rows = [(_country_button(_, offer, paused),) for offer in page.rows]
    pages = pager(page.number, page.pages, tap.model_copy(update={"page": 0}))
    sorts = (_sorts(_, tap),) if page.total > 1 else ()
    is_more = isinstance(tap, ListOffers) and tap.more
    which = off or _which(_, page, words, more=is_more)
    text = join([bold(named(_, service_words(_, name))), which])
    ways = _ways(_, tap, more, found=bool(words))
    back = OpenCountries(project=tap.project, sort=tap.sort) if is_more else OpenNumbers()
    foot = (*footer(_, back), *share_button(_, share))
    return Screen(text, (*sorts, *rows, *pages, *ways, foot))


def _which(_: Locale, page: Page[Offer], words: str, *, more: bool) -> Rich:
    if words:
        said = _("Nothing found for “{words}”. Try another name.")
        if page.rows:
            said = _("This is what we found for “{words}”. Choose one, or type another name.")
        return fill(said, words=named(_, words, IN_BUTTON))
    if more:
        return Rich(_("More offers for the same countries:"))
    return Rich(_("Which country should the number be from? Choose one, or type its name."))


def _ways(
    _: Locale, tap: OpenCountries | ListOffers, more: int, *, found: bool
) -> tuple[Row, ...]:
    """To the dearer offers, and from what was searched for to all countries."""
    dearer = ListOffers(project=tap.project, sort=tap.sort, more=True, found=found)
    said = label(_("More offers · {count}"), count=_.number(more))
    every = Button(_("🌍 All countries"), OpenCountries(project=tap.project, sort=tap.sort))
    return (*(((Button(said, dearer),),) if more else ()), *(((every,),) if found else ()))


def _sorts(_: Locale, tap: OpenCountries | ListOffers) -> Row:
    names = {Sort.PRICE: _("Price"), Sort.NAME: _("Name")}
    return tuple(
        choice(name, tap.model_copy(update={"sort": sort, "page": 0}), chosen=sort is tap.sort)
        for sort, name in names.items()
    )


def _country_button(_: Locale, offer: Offer, paused: Set[SupplierName]) -> Button:
    service, price = offer.service, _.money(offer.price)
    name = _.iso(fit(country_words(_, country_of(offer)), BEFORE_PRICE))
    stands = price if service.is_on_sale(paused) else _("❌ sold out")
    stands = _("⏸ paused") if service.is_paused(paused) else stands
    shown = label(_("{name} · {price}"), name=name, price=stands)
    return Button(shown, RentNumber(service=offer.service.id))


def project_of(view: QuoteView | OrderView) -> str:
    """The key of what the number is for, which its English name leads to."""
    return key_of(view.listed_name or view.service_name)


def country_of(offer: Offer) -> str:
    """The country's name, as the supplier gives it or as it was translated."""
    return offer.service.listed.subcategory


def country_words(_: Locale, title: str) -> str:
    """A country by its name; what suppliers call any country, in the reader's words."""
    return _("🌍 Any country") if as_read(title) in _ANY_COUNTRY else title


def service_words(_: Locale, name: str) -> str:
    """What codes are for; what suppliers call any other service, in the reader's words."""
    return _("Any other service") if as_read(name) in _ANY_SERVICE else name


def place_line(_: Locale, name: str, country: str) -> Rich:
    """`WhatsApp, 🇺🇸 United States`; the name alone where no country is known."""
    service = named(_, service_words(_, name))
    if not country.strip():
        return Rich(service)
    said = _("{name}, {country}")
    return fill(said, name=service, country=named(_, country_words(_, country), IN_BUTTON))


_ANY_COUNTRY: Final = frozenset({"any", "any country", "random", "random country", "worldwide"})
_ANY_SERVICE: Final = frozenset(
    {"any other", "any other service", "any service", "other", "others", "other service"}
)
