"""The conversation of the API v2 family: what the shop asks, put into actions and answers."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Final, TypeVar

import stamina

from bot.domain.catalog import Listed, NumberId
from bot.domain.errors import InDoubt, Malformed, Refused, SupplierError
from bot.domain.ids import RemoteId, SupplierName
from bot.domain.rental import Code
from bot.shop.suppliers import (
    Accepted,
    Balance,
    Catalog,
    Health,
    NumberAnswer,
    Rented,
    StatusAnswer,
    Stock,
)
from bot.suppliers.dialect import Dialect
from bot.suppliers.failures import Judge, lost_order, lost_reading
from bot.suppliers.limits import Bound
from bot.suppliers.listing import Page, merge, read_page
from bot.suppliers.pacing import Pace
from bot.suppliers.replies import read_balance, read_category_names, read_status, read_stock
from bot.suppliers.saying import parts_of
from bot.suppliers.sms_replies import (
    lacks_titles,
    read_code,
    read_countries,
    read_number,
    read_projects,
)
from bot.suppliers.whys import Why
from bot.suppliers.wire import Lost, Reply, Wire

T = TypeVar("T")
A = TypeVar("A", bound=Accepted)
_CATALOGUES_WORTH_OF_TIME: Final = 5
_GOOD: Final = range(200, 300)


@dataclass(frozen=True, slots=True)
class _Question:
    """One action with its fields; bounded, and asked again or not when no answer comes."""

    form: Mapping[str, str]
    bound: Bound
    attempts: int


class ApiV2:
    """One supplier, spoken to with the operator's key; fits `bot.shop.suppliers.Supplier`.

    Readings are asked a second time when no answer came, because a kept connection may have been
    closed under us and somebody waits at Confirm. `status` is not: the poller comes back anyway,
    and hundreds of orders must not double their load on a supplier that is failing. `add` never.
    """

    def __init__(
        self, name: SupplierName, dialect: Dialect, wire: Wire, pace: Pace, judge: Judge
    ) -> None:
        self._name = name
        self._dialect = dialect
        self._wire = wire
        self._pace = pace
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
    def health(self) -> Health:
        """What the circuit breaker knows now."""
        return self._pace.breaker.health

    def speaks(self, language: str) -> bool:
        """Whether its catalogue may come translated into this language; never for English."""
        return self._dialect.language(language) is not None

    async def close(self) -> None:
        """Close the connections; nothing can be asked afterwards."""
        await self._wire.close()

    async def list_services(self, language: str = "en") -> Catalog:
        """The whole catalogue; a language the supplier does not speak is English."""
        spoken = self._dialect.language(language)
        pages = await self._list_pages({"language": spoken} if spoken else {})
        rows, unreadable = merge(pages)
        return Catalog(rows, unreadable)

    async def list_categories(self) -> Mapping[str, tuple[str, ...]]:
        """Category names to their subcategories' names, English."""
        question = self._question("categories")
        return await self._read(
            question,
            lambda reply: read_category_names(self._judge.reading(reply), self._wire.mask),
        )

    async def find_service(self, service: RemoteId) -> Listed | None:
        """One service as it is now; None when the supplier says it does not exist."""
        if not self.reads_one_service:
            rows = (await self.list_services()).rows
            return next((row for row in rows if row.remote_id == service), None)
        # Somebody waits, so no longer than for other readings; but a supplier that overlooks the
        # filter may answer with everything.
        bound = Bound(self._limits.reading.total_s, self._limits.catalogue.most_bytes)
        form = {"action": "services", "service": service}
        question = _Question(form, bound, self._limits.attempts)
        try:
            return await self._read(question, lambda reply: _pick(self._page(reply), service))
        except Refused as refused:
            if self._dialect.means_no_such_service(refused.said):
                return None
            raise

    async def stock(self, service: RemoteId) -> Stock:
        """What is left now."""
        question = self._question("inventory", service=service)
        return await self._read(
            question, lambda reply: read_stock(self._judge.reading(reply), service)
        )

    async def status(self, order: RemoteId) -> StatusAnswer:
        """How an order stands; asked once."""
        form = {"action": "status", "order": order}
        return await self._read(
            _Question(form, self._limits.status, attempts=1),
            lambda reply: read_status(self._judge.reading(reply), order, self._wire.mask),
        )

    async def balance(self) -> Balance:
        """The operator's balance."""
        question = self._question("balance")
        return await self._read(question, lambda reply: read_balance(self._judge.reading(reply)))

    async def add(self, service: RemoteId, quantity: int, link: str = "") -> Accepted:
        """Place an order: one request, over a connection of its own, whatever comes of it."""
        form = {"action": "add", "service": service, "quantity": str(quantity)}
        if link:
            form["link"] = link
        return await self._ordered(form, self._judge.besides(*parts_of(link)).placed)

    async def _ordered(self, form: Mapping[str, str], understand: Callable[[Reply], A]) -> A:
        """One order out of the house; from here on every flaw of the answer is a doubt."""
        async with self._pace.turn(form["action"]):
            try:
                reply = await self._wire.ask_afresh(form, self._limits.add)
            except Lost as lost:
                raise lost_order(lost) from lost
            try:
                return understand(reply)
            except SupplierError:
                raise
            except Exception as broken:  # noqa: BLE001 - the order left; a flaw of ours must park it too
                why = f"HTTP {reply.status}: unreadable ({type(broken).__name__})"
            raise InDoubt(why)

    @property
    def rents_numbers(self) -> bool:
        """Whether this supplier has numbers for codes."""
        return self._dialect.rents_numbers

    async def list_numbers(self, country: str = "") -> Catalog:
        """What numbers can be rented for; country names are asked for where rows lack them."""
        fields = {"country": country} if country else {}
        answer = await self._read(self._question("sms_projects", **fields), self._judge.reading)
        titles = await self.list_countries() if lacks_titles(answer) else {}
        return read_projects(answer, self._wire.mask, titles)

    async def list_countries(self) -> dict[str, str]:
        """The names of the countries in which codes can be received, by id."""
        return await self._read(
            self._question("sms_countries"),
            lambda reply: read_countries(self._judge.reading(reply), self._wire.mask),
        )

    async def rent(self, wanted: NumberId, phone: str = "") -> Rented:
        """Rent one number: one request, over a connection of its own, whatever comes of it."""
        form = {
            "action": "add_sms",
            "project_id": wanted.project,
            "quantity": "1",
            "country": wanted.country,
        }
        if phone:
            form["phone"] = phone
        return await self._ordered(form, self._judge.besides(*parts_of(phone)).rented)

    async def number_status(self, order: RemoteId) -> NumberAnswer:
        """How a number stands; asked once, because somebody asks again in a few seconds."""
        question = _Question({"action": "sms_status", "order": order}, self._limits.number, 1)
        return await self._read(
            question,
            lambda reply: read_number(self._judge.reading(reply), order, self._wire.mask),
        )

    async def number_code(self, order: RemoteId) -> Code | None:
        """The newest code with its text."""
        question = _Question({"action": "sms_code", "order": order}, self._limits.number, 1)
        return await self._read(
            question, lambda reply: read_code(self._judge.reading(reply), self._wire.mask)
        )

    def _question(self, action: str, **fields: str) -> _Question:
        whole = action in {"services", "sms_projects"}
        bound = self._limits.catalogue if whole else self._limits.reading
        return _Question({"action": action, **fields}, bound, self._limits.attempts)

    async def _read(self, question: _Question, understand: Callable[[Reply], T]) -> T:
        """Ask until an answer comes, a few times at most, and understand it.

        Raises:
            NotSent, Refused, Throttled, Malformed: as the port says.
        """
        try:
            async for attempt in stamina.retry_context(
                on=Lost,
                attempts=question.attempts,
                timeout=question.bound.total_s,
                wait_initial=0.1,
                wait_jitter=0.1,
            ):
                with attempt:
                    return await self._read_once(question, understand)
        except Lost as lost:
            raise lost_reading(lost) from lost
        raise AssertionError

    async def _read_once(self, question: _Question, understand: Callable[[Reply], T]) -> T:
        async with self._pace.turn(question.form["action"]):
            reply = await self._wire.ask(question.form, question.bound)
            try:
                return understand(reply)
            except RecursionError:
                raise Malformed(Why.TOO_NESTED) from None

    async def _list_pages(self, fields: Mapping[str, str]) -> list[Page]:
        """All there is: a supplier that cuts its answer despite `limit=0` is asked for the rest.

        Raises:
            Malformed: also when the pages take too long to come, as half a catalogue is none.
        """
        first = await self._read(self._question("services", limit="0", **fields), self._page)
        pages, seen = [first], set(first.ids)
        try:
            async with asyncio.timeout(self._limits.catalogue.total_s * _CATALOGUES_WORTH_OF_TIME):
                for number in range(2, min(first.pages, self._limits.most_pages) + 1):
                    cut = {"page": str(number), "limit": str(first.size)}
                    question = self._question("services", **cut, **fields)
                    page = await self._read(question, self._page)
                    if page.ids <= seen:
                        break
                    pages.append(page)
                    seen |= page.ids
        except TimeoutError:
            raise Malformed(Why.SLOW_PAGES) from None
        except Malformed as nothing:
            if first.is_counted or nothing.why != Why.NO_ROWS:
                raise  # otherwise the first held all there is, whatever it summed up
        return pages

    def _page(self, reply: Reply) -> Page:
        page = read_page(reply.body, self._wire.mask) if _holds_services(reply) else None
        if page is None:
            self._judge.reading(reply)
            raise Malformed(Why.NO_SERVICES)
        return page


def _holds_services(reply: Reply) -> bool:
    """Whether a look at the rows is worth it; errors are short and have none."""
    return reply.status in _GOOD and b'"services"' in reply.body


def _pick(page: Page, service: RemoteId) -> Listed | None:
    """The one service that was asked for; an answer about another one is none."""
    for row in page.rows:
        if row is not None and row.remote_id == service:
            return row
    if page.rows:
        raise Malformed(Why.OTHER_SERVICE)
    return None
