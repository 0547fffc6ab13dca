"""The conversation of the API v2 family: what the shop asks, put into actions and answers."""

from __future__ import annotations

import asyncio
import re
from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import Final, TypeVar

from bot.base.ids import RemoteId, SupplierName
from bot.suppliers.api_v2.exchange import Exchange, Question, postpone_garbage
from bot.suppliers.api_v2.failures import Judge
from bot.suppliers.api_v2.limits import Bound
from bot.suppliers.api_v2.listing import CatalogPage, find_rows, merge, read_page
from bot.suppliers.api_v2.masking import parts_of
from bot.suppliers.api_v2.pace import RequestPace
from bot.suppliers.api_v2.reasons import FailureReason
from bot.suppliers.api_v2.replies import read_balance, read_category_names, read_status, read_stock
from bot.suppliers.api_v2.sms_replies import (
    lacks_titles,
    read_code,
    read_countries,
    read_number,
    read_projects,
)
from bot.suppliers.api_v2.wire import Reply, Wire
from bot.suppliers.dialects.dialect import Dialect
from bot.suppliers.errors import Malformed, RefusalKind, Refused
from bot.suppliers.port import (
    Accepted,
    Balance,
    Catalog,
    MayLeave,
    NumberAnswer,
    Rented,
    StatusAnswer,
    Stock,
    SupplierHealth,
    at_any_time,
)
from bot.suppliers.words import CatalogRow, Code, NumberId

T = TypeVar("T")
_CATALOGUES_WORTH_OF_TIME: Final = 5
_GOOD: Final = range(200, 300)
_BARE_LIST: Final = re.compile(rb"(\xef\xbb\xbf)?\s*(\[|\{\s*\"[0-9]+\")")


class ApiV2:
    """One supplier, spoken to with the operator's key; fits `bot.suppliers.port.Supplier`.

    A reading is asked a second time when no answer came. `status` is not: the poller comes back
    anyway, and hundreds of orders must not double their load on a supplier that is failing. `add`
    never.
    """

    def __init__(
        self, name: SupplierName, dialect: Dialect, wire: Wire, pace: RequestPace, judge: Judge
    ) -> None:
        self._name = name
        self._dialect = dialect
        self._wire = wire
        self._pace = pace
        self._exchange = Exchange(wire, pace)
        self._judge = judge
        self._limits = wire.limits

    @property
    def name(self) -> SupplierName:
        """Lower case, as in the settings."""
        return self._name

    @property
    def reads_one_service(self) -> bool:
        """Whether one service can be asked for; otherwise the whole catalogue is read for it."""
        return self._dialect.reads_one_service

    @property
    def health(self) -> SupplierHealth:
        """What the circuit breaker knows now."""
        return self._pace.breaker.health

    def speaks(self, language: str) -> bool:
        """Whether its catalogue may come translated into this language; never for English."""
        return self._dialect.language(language) is not None

    @property
    def translates_categories(self) -> bool:
        """Whether `list_categories` asks for another language than English."""
        return "categories" in self._dialect.translated

    async def close(self) -> None:
        """Close the connections; nothing can be asked afterwards."""
        await self._wire.close()

    async def list_services(self, language: str = "en") -> Catalog:
        """The whole catalogue; a language the supplier does not speak is English."""
        pages = await self._list_pages(self._dialect.language_fields("services", language))
        rows, unreadable = merge(pages)
        return Catalog(rows, unreadable)

    async def list_page(self, number: int, size: int) -> Catalog:
        """One page of the catalogue, the first being 1."""
        return await self._list_part(page=str(number), limit=str(size))

    async def list_category(self, category: str, subcategory: str = "") -> Catalog:
        """The services of one category, or of one subcategory, by their English names."""
        below = {"subcategory": subcategory} if subcategory else {}
        return await self._list_part(limit="0", category=category, **below)

    async def _list_part(self, **fields: str) -> Catalog:
        page = await self._exchange.read(self._question("services", **fields), self._page)
        return Catalog(*merge([page]))

    async def translates(self) -> bool:
        """Whether it answers in other languages; asked where only newer servers do."""
        probe = self._dialect.probe
        if not probe:
            return bool(self._dialect.languages)
        english = await self.list_categories()
        try:
            return await self.list_categories(probe) != english
        except Refused as refused:
            if refused.kind is RefusalKind.BAD_KEY:
                raise
            return False

    async def list_categories(self, language: str = "en") -> Mapping[str, tuple[str, ...]]:
        """Category names to their subcategories' names, in the supplier's order."""
        question = self._question_in(language, "categories")
        return await self._ask(
            question, lambda answer: read_category_names(answer, self._wire.mask)
        )

    async def find_service(self, service: RemoteId) -> CatalogRow | None:
        """One service as it is now; None when the supplier says it does not exist."""
        if not self.reads_one_service:
            rows = (await self.list_services()).rows
            return next((row for row in rows if row.remote_id == service), None)
        # Somebody waits, so no longer than for other readings; but a supplier that overlooks the
        # filter may answer with everything.
        bound = Bound(self._limits.reading.total_s, self._limits.catalogue.most_bytes)
        form = {"action": "services", "service": service}
        question = Question(form, bound, self._limits.attempts)
        try:
            return await self._exchange.read(
                question, lambda reply: _pick(self._page(reply), service)
            )
        except Refused as refused:
            if refused.kind is RefusalKind.NO_SUCH_SERVICE:
                return None
            raise

    async def stock(self, service: RemoteId) -> Stock:
        """What is left now."""
        question = self._question("inventory", service=service)
        return await self._ask(question, lambda answer: read_stock(answer, service))

    async def status(self, order: RemoteId) -> StatusAnswer:
        """How an order stands; asked once."""
        question = _about_order("status", order, self._limits.status)
        return await self._ask(
            question, lambda answer: read_status(answer, order, self._wire.mask, self._dialect)
        )

    async def balance(self) -> Balance:
        """The operator's balance."""
        question = replace(self._question("balance"), about_one_thing=True)
        return await self._ask(question, read_balance)

    async def add(
        self, service: RemoteId, quantity: int, link: str = "", may_leave: MayLeave = at_any_time
    ) -> Accepted:
        """Place an order: one request, over a connection of its own, whatever comes of it."""
        form = {"action": "add", "service": service, "quantity": str(quantity)}
        if link:
            form["link"] = link
        placed = self._judge.besides(*parts_of(link)).placed
        return await self._exchange.order(form, placed, may_leave)

    @property
    def rents_numbers(self) -> bool:
        """Whether this supplier has numbers for codes."""
        return self._dialect.rents_numbers

    async def list_numbers(self, country: str = "", language: str = "en") -> Catalog:
        """What numbers can be rented for; country names are asked for where rows lack them."""
        fields = {"country": country} if country else {}
        question = self._question_in(language, "sms_projects", **fields)
        answer = await self._ask(question, _projects_of)
        titles = await self.list_countries(language) if lacks_titles(answer) else {}
        await asyncio.sleep(0)  # others get their turn between two long readings
        with postpone_garbage():
            return read_projects(answer, self._wire.mask, titles)

    async def list_countries(self, language: str = "en") -> Mapping[str, str]:
        """The names of the countries in which codes can be received, by id."""
        question = self._question_in(language, "sms_countries")
        return await self._ask(question, lambda answer: read_countries(answer, self._wire.mask))

    async def rent(
        self, wanted: NumberId, phone: str = "", may_leave: MayLeave = at_any_time
    ) -> Rented:
        """Rent one number: one request, over a connection of its own, whatever comes of it."""
        form = {
            "action": "add_sms",
            "project_id": wanted.project,
            "quantity": "1",
            "country": wanted.country,
        }
        if phone:
            form["phone"] = phone
        judge = self._judge.besides(*parts_of(phone))
        return await self._exchange.order(form, judge.rented, may_leave)

    async def number_status(self, order: RemoteId) -> NumberAnswer:
        """How a number stands; asked once, because somebody asks again in a few seconds."""
        question = _about_order("sms_status", order, self._limits.number)
        return await self._ask(
            question, lambda answer: read_number(answer, order, self._wire.mask, self._dialect)
        )

    async def number_code(self, order: RemoteId) -> Code | None:
        """The newest code with its text."""
        question = _about_order("sms_code", order, self._limits.number)
        return await self._ask(
            question, lambda answer: read_code(answer, self._wire.mask, self._dialect)
        )

    def _question_in(self, language: str, action: str, **fields: str) -> Question:
        return self._question(action, **self._dialect.language_fields(action, language), **fields)

    def _question(self, action: str, **fields: str) -> Question:
        whole = action in {"services", "sms_projects"}
        bound = self._limits.catalogue if whole else self._limits.reading
        return Question({"action": action, **fields}, bound, self._limits.attempts)

    async def _ask(self, question: Question, read: Callable[[object], T]) -> T:
        """What `read` makes of the JSON of the answer."""
        return await self._exchange.read(question, lambda reply: read(self._judge.reading(reply)))

    async def _list_pages(self, fields: Mapping[str, str]) -> list[CatalogPage]:
        """All there is, page by page where `limit=0` does not bring it all.

        Raises Malformed, also when the pages take too long: half a catalogue is of no use.
        """
        first = await self._exchange.read(
            self._question("services", limit="0", **fields), self._page
        )
        pages, seen = [first], set(first.ids)
        try:
            async with asyncio.timeout(self._limits.catalogue.total_s * _CATALOGUES_WORTH_OF_TIME):
                for number in range(2, min(first.pages, self._limits.most_pages) + 1):
                    cut = {"page": str(number), "limit": str(first.size)}
                    question = self._question("services", **cut, **fields)
                    page = await self._exchange.read(question, self._page)
                    if not page.rows or (page.ids and page.ids <= seen):
                        break
                    pages.append(page)
                    seen |= page.ids
        except TimeoutError:
            raise Malformed(FailureReason.SLOW_PAGES) from None
        except Malformed as nothing:
            if first.is_counted or nothing.why != FailureReason.NO_ROWS:
                raise  # otherwise the first held all there is, whatever it summed up
        return pages

    def _page(self, reply: Reply) -> CatalogPage:
        is_there = self._holds_services(reply)
        page = read_page(reply.body, self._wire.mask, self._dialect) if is_there else None
        if page is None:
            self._judge.reading(reply)
            raise Malformed(FailureReason.NO_SERVICES)
        return page

    def _holds_services(self, reply: Reply) -> bool:
        """Whether the answer may hold rows, by a quick look."""
        name = f'"{self._dialect.own_name("services")}"'
        is_there = name.encode() in reply.body or _BARE_LIST.match(reply.body) is not None
        return reply.status in _GOOD and is_there


def _projects_of(answer: object) -> object:
    """The rows, put into a list once, for all who read them; the answer where there are none."""
    return find_rows(answer, "projects") or answer


def _about_order(action: str, order: RemoteId, bound: Bound) -> Question:
    return Question({"action": action, "order": order}, bound, 1, about_one_thing=True)


def _pick(page: CatalogPage, service: RemoteId) -> CatalogRow | None:
    """The service that was asked for, None when there are no rows. Raises Malformed for others."""
    for row in page.rows:
        if row is not None and row.remote_id == service:
            return row
    if page.rows:
        raise Malformed(FailureReason.OTHER_SERVICE)
    return None
