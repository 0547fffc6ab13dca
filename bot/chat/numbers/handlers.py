"""SMS numbers: what the code is for, the country, how many, and the same phone again."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from bot.base.ids import CustomerId, OrderId, ServiceId
from bot.base.page import page_of
from bot.catalog.errors import NotForSale, SoldOut
from bot.catalog.projects import Project, key_of
from bot.catalog.standing import list_paused
from bot.chat.catalog.taps import OpenService
from bot.chat.facade import Storefront
from bot.chat.kit.context import Context
from bot.chat.kit.routes import MenuCommand, Routes
from bot.chat.numbers.confirm import number_gone_screen
from bot.chat.numbers.countries import numbers_screen
from bot.chat.numbers.kind import ask_numbers, gone_text, show_countries, show_number_quote
from bot.chat.numbers.taps import (
    CountrySearchForm,
    ListOffers,
    NumbersSearchForm,
    OpenCountries,
    OpenNumbers,
    RentNumber,
    ReuseNumber,
)
from bot.chat.orders.kinds import ChatKind
from bot.chat.own_words import off_numbers
from bot.numbers.rows import last_used
from bot.orders.read import load_order
from bot.suppliers.words import Kind

_LONGEST_SEARCH = 100
NUMBERS: Final = MenuCommand("numbers", lambda _: _("Receive a code by SMS"))


@dataclass(frozen=True, slots=True)
class NumberPages:
    """Finds a service and a country, and asks for the price of numbers."""

    store: Storefront
    kinds: Mapping[Kind, ChatKind]

    def add_to(self, routes: Routes) -> None:
        """Register the handlers."""
        routes.on_command(self.open_numbers, OpenNumbers(), NUMBERS)
        routes.on_tap(self.open_numbers, OpenNumbers, keeps_form=True)
        routes.on_tap(self.open_countries, OpenCountries)
        routes.on_tap(self.list_offers, ListOffers, keeps_form=True)
        routes.on_typed(self.search_countries, CountrySearchForm)
        routes.on_tap(self.rent_number, RentNumber, keeps_form=True)
        routes.on_tap(self.reuse_number, ReuseNumber)
        routes.on_typed(self.search_numbers, NumbersSearchForm)

    async def open_numbers(self, context: Context, tap: OpenNumbers) -> None:
        """Show a page of the services that codes are received for."""
        form = await context.find_form() if tap.found else None
        words = form.words if isinstance(form, NumbersSearchForm) else ""
        await self._show_numbers(context, words, tap.page)

    async def search_numbers(self, context: Context, form: NumbersSearchForm, text: str) -> None:
        """Show the services that have the typed words in their name."""
        await self._show_numbers(context, text)

    async def open_countries(self, context: Context, tap: OpenCountries) -> None:
        """Show where a number can be had, and for how much."""
        await show_countries(self.store, context, tap)

    async def list_offers(self, context: Context, tap: ListOffers) -> None:
        """Show a page of what a typed name left, or of what is dearer."""
        form = await context.find_form() if tap.found else None
        of_this = isinstance(form, CountrySearchForm) and form.project == tap.project
        words = form.words if isinstance(form, CountrySearchForm) and of_this else ""
        await show_countries(self.store, context, tap, words)

    async def search_countries(self, context: Context, form: CountrySearchForm, text: str) -> None:
        """Show the countries that have the typed words in their name."""
        words = " ".join(text.split())[:_LONGEST_SEARCH]
        tap = ListOffers(project=form.project, found=True)
        await show_countries(self.store, context, tap, words)

    async def rent_number(self, context: Context, tap: RentNumber) -> None:
        """Show the price of so many numbers; a service that has none shows its own card."""
        offer = self.store.shelf.now.find_offer(ServiceId(tap.service))
        if offer is None or self.kinds[offer.service.kind].rents_numbers:
            await ask_numbers(self.store, context, tap)
            return
        await context.close_form()
        card = OpenService(service=offer.service.id)
        await self.kinds[offer.service.kind].show_service(self.store, context, offer, card)

    async def reuse_number(self, context: Context, tap: ReuseNumber) -> None:
        """Lock the price for the phone of an earlier order and show it. Raises NotYours."""
        _, customer, order = context.locale, context.customer, OrderId(tap.order)
        before = await self.store.db.read(load_order, customer.id, order)
        try:
            quote = await self.store.ask_quote(customer, before.service, 1, reuse=order)
        except (NotForSale, SoldOut) as gone:
            why = gone_text(_, gone)
            await context.show(number_gone_screen(_, why, before.service_name))
        else:
            await show_number_quote(self.store, context, quote)

    async def _show_numbers(self, context: Context, words: str = "", page: int = 0) -> None:
        """Show a page of services for codes; a name may be typed next."""
        mine, words = context.customer.id, " ".join(words.split())[:_LONGEST_SEARCH]
        shelf = self.store.shelf.now
        rows = shelf.projects(words) if words else await self._last_used_first(mine)
        await context.open_form(NumbersSearchForm(words=words))
        shown = await self.store.translate.projects(context.locale.code, page_of(rows, page))
        paused = await self.store.db.recall(list_paused)
        off = off_numbers(self.store, context.locale, paused)
        await context.show(numbers_screen(context.locale, shown, words, paused, off))

    async def _last_used_first(self, customer: CustomerId) -> tuple[Project, ...]:
        rows = self.store.shelf.now.projects()
        used = [key_of(it.service_name) for it in await self.store.db.read(last_used, customer)]
        return tuple(sorted(rows, key=lambda project: _rank(used, project.key)))


def _rank(used: list[str], key: str) -> int:
    return used.index(key) if key in used else len(used)
