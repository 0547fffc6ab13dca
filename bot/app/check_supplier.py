"""What `python -m bot check` says of one supplier: each action that only reads, in plain words."""

from __future__ import annotations

from collections.abc import AsyncIterator, Awaitable, Callable, Iterator
from enum import IntEnum
from typing import Final

from bot.app.kiosk import Kiosk
from bot.catalog.errors import NotForSaleReason
from bot.catalog.rules import Service
from bot.suppliers.errors import Malformed, NotSent, RefusalKind, Refused, SupplierError, Throttled
from bot.suppliers.port import Catalog, Supplier
from bot.suppliers.words import NumberId

_PAGE_SIZE: Final = 5
_LONGEST: Final = 60


class CheckResult(IntEnum):
    """How well one thing is; the worst of them is the exit code."""

    WELL = 0
    WRONG = 1
    """It may pass by itself, or is not a matter of settings."""
    WRONG_SETTING = 2


Line = tuple[CheckResult, str]
_Ask = Callable[[], Awaitable[str]]


async def check_supplier(kiosk: Kiosk, supplier: Supplier) -> AsyncIterator[Line]:
    """Balance and catalogue, as the shop reads them; then every other action, without buying."""
    name = supplier.name
    try:
        balance = await kiosk.shop.watch.read_balance(supplier)
        await kiosk.shop.refresh(supplier)
    except SupplierError as failure:
        yield _verdict(failure), f"{name}: {_in_words(name, failure)}"
        return
    found = f"{name}: balance {balance.amount:f} {balance.currency}"
    if balance.currency == kiosk.settings.currency:
        yield CheckResult.WELL, found
    else:
        yield CheckResult.WRONG_SETTING, f"{found}, but CURRENCY is {kiosk.settings.currency}"
    for action, ask in _actions(kiosk, supplier):
        try:
            yield CheckResult.WELL, f"{name}: {action}: {await ask()}"
        except SupplierError as failure:
            yield _verdict(failure), f"{name}: {action}: {_in_words(name, failure)}"


def _actions(kiosk: Kiosk, supplier: Supplier) -> Iterator[tuple[str, _Ask]]:
    """Each action with what asks it; the catalogue is on the shelf by then."""
    looks = _Looks(kiosk, supplier)
    yield "categories", looks.categories
    yield "services", looks.services
    yield "services by page", looks.page
    yield "services of a category", looks.category
    if supplier.reads_one_service:
        yield "one service", looks.one_service
    yield "inventory", looks.stock
    if supplier.rents_numbers:
        yield "sms_countries", looks.countries
        yield "sms_projects", looks.projects
        yield "sms_projects of a country", looks.projects_of_country


class _Looks:
    """The questions to one supplier, each with its answer in words. All raise SupplierError."""

    def __init__(self, kiosk: Kiosk, supplier: Supplier) -> None:
        self._kiosk = kiosk
        self._supplier = supplier

    def _listed(self, *, numbers: bool = False) -> list[Service]:
        """What the shop has read of this supplier."""
        return [
            service
            for service in self._kiosk.shop.shelf.now.services()
            if service.supplier == self._supplier.name
            and service.hidden is not NotForSaleReason.GONE
            and (NumberId.find(service.listed.remote_id) is not None) is numbers
        ]

    async def categories(self) -> str:
        names = await self._supplier.list_categories()
        below = sum(map(len, names.values()))
        return f"{len(names)} categories with {below} subcategories"

    async def services(self) -> str:
        found = await self._supplier.list_services()
        unreadable = f", {found.unreadable} more cannot be read" if found.unreadable else ""
        return f"{len(found.rows)} services{unreadable}"

    async def page(self) -> str:
        found = await self._supplier.list_page(1, _PAGE_SIZE)
        if len(found.rows) + found.unreadable > _PAGE_SIZE:
            return f"overlooked, {len(found.rows)} came where {_PAGE_SIZE} were asked for"
        return f"{len(found.rows)} came where {_PAGE_SIZE} were asked for"

    async def category(self) -> str:
        listed = next(iter(self._listed()), None)
        if listed is None:
            return "nothing is listed that could be asked for"
        category, below = listed.listed.category, listed.listed.subcategory
        found = await self._supplier.list_category(category)
        said = f"{_clip(category)}: {_of_category(found, category)}"
        if not below:
            return said
        some = await self._supplier.list_category(category, below)
        return f"{said}; {_clip(below)}: {_of_subcategory(some, below)}"

    async def one_service(self) -> str:
        listed = next(iter(self._listed()), None)
        if listed is None:
            return "nothing is listed that could be asked for"
        found = await self._supplier.find_service(listed.listed.remote_id)
        if found is None:
            return f"{_clip(listed.listed.remote_id)} is not known, although it is listed"
        return f"{_clip(found.remote_id)} is {_clip(found.name)}"

    async def stock(self) -> str:
        listed = next(iter(self._listed()), None)
        if listed is None:
            return "nothing is listed that could be asked for"
        stock = await self._supplier.stock(listed.listed.remote_id)
        units = "an unknown number" if stock.units is None else str(stock.units)
        state = "available" if stock.available else "not available"
        return f"{units} of {_clip(listed.listed.remote_id)}, {state}"

    async def countries(self) -> str:
        return f"{len(await self._supplier.list_countries())} countries"

    async def projects(self) -> str:
        await self._kiosk.shop.refresh.numbers(self._supplier)
        rows = [service.listed for service in self._listed(numbers=True)]
        names, countries = {row.name for row in rows}, {row.subcategory for row in rows}
        return f"{len(names)} services for codes in {len(countries)} countries"

    async def projects_of_country(self) -> str:
        listed = next(iter(self._listed(numbers=True)), None)
        number = None if listed is None else NumberId.find(listed.listed.remote_id)
        if number is None:
            return "none is listed that could be asked for"
        rows = (await self._supplier.list_numbers(number.country)).rows
        others = sum(not row.remote_id.endswith(f":{number.country}") for row in rows)
        overlooked = f", the filter is overlooked: {others} of other countries" if others else ""
        return f"{_clip(number.country)}: {len(rows)} numbers{overlooked}"


def _of_category(found: Catalog, category: str) -> str:
    others = sum(row.category != category for row in found.rows)
    overlooked = f", the filter is overlooked: {others} of other categories" if others else ""
    return f"{len(found.rows)} services{overlooked}"


def _of_subcategory(found: Catalog, subcategory: str) -> str:
    others = sum(row.subcategory not in {"", subcategory} for row in found.rows)
    overlooked = f", the filter is overlooked: {others} of others" if others else ""
    return f"{len(found.rows)} services{overlooked}"


def _clip(text: str) -> str:
    return text if len(text) <= _LONGEST else f"{text[: _LONGEST - 1]}…"


def _verdict(failure: SupplierError) -> CheckResult:
    is_bad_key = isinstance(failure, Refused) and failure.kind is RefusalKind.BAD_KEY
    return CheckResult.WRONG_SETTING if is_bad_key else CheckResult.WRONG


def _in_words(name: str, failure: SupplierError) -> str:
    variable = f"SUPPLIERS__{name.upper()}"
    if isinstance(failure, Refused) and failure.kind is RefusalKind.BAD_KEY:
        return f"{variable}__KEY is refused by the supplier"
    if isinstance(failure, Refused):
        return f"refused: {failure.said[:120]}"
    if isinstance(failure, NotSent):
        return f"{variable}__URL cannot be reached"
    if isinstance(failure, Throttled):
        return "asks for patience, try again later"
    why = failure.why if isinstance(failure, Malformed) else type(failure).__name__
    return f"answers something that is not its API ({why})"
