"""Fills the database of a shop before its bot starts, with the month that it has behind it."""

from __future__ import annotations

import gc
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from decimal import Decimal
from pathlib import Path
from typing import Any, Final

from sqlalchemy import Select, select, update

from bot.app.kinds import PARTS
from bot.base.ids import CustomerId, OrderId, SupplierName
from bot.base.money import CENT
from bot.catalog import store
from bot.catalog.pricing import Pricing
from bot.catalog.rules import Service, ShelfRules, ShopPolicy, SupplierPricing
from bot.catalog.shelf import Shelf
from bot.db.database import open_database
from bot.db.opening import open_schema
from bot.db.tx import Tx, TxSettings
from bot.ops.seal import Seal, make_key, read_keys
from bot.orders.rules.moves import State
from bot.orders.tables import orders
from bot.outbox.tables import Sending, outbox
from bot.people.operators import list_operators, seed_operators
from bot.safety.prove import prove
from bot.suppliers import DIALECTS, build_supplier
from bot.suppliers.port import Catalog
from bot.suppliers.words import Kind, NumberId, fold, is_number
from sandbox.bot_settings import BASES
from sandbox.clock import wall_clock
from sandbox.month.orders import sell
from sandbox.month.plan import DAYS, Sale, plan_month
from sandbox.month.reports import ReportEnd, give_back, report
from sandbox.month.shop import MonthShop
from sandbox.world import ServedWorld

_RATE_CAP: Final = 100.0
_PAID_IN: Final = Decimal("400.00")
"""The operator's balance at each supplier: it lasts for more than a busy day."""
_MARKUP: Final = Decimal(20)
_ALL_LINKS: Final = 1000
"""HstockPlus' own basis, as the settings of the demo have it."""


@dataclass(frozen=True, slots=True)
class After:
    """What came after a delivered order so long ago: a report that ended in this way.

    None is money that was given back out of kindness.
    """

    ago: timedelta
    way: ReportEnd | None = None


_AFTERS: Final = (
    After(timedelta(days=26), ReportEnd.REFUNDED),
    After(timedelta(days=19)),
    After(timedelta(days=13), ReportEnd.ANSWERED),
    After(timedelta(days=9)),
    After(timedelta(days=6), ReportEnd.SOLVED),
    After(timedelta(days=2), ReportEnd.OPEN),
)


class WallClock:
    """The time as it is."""

    def now(self) -> datetime:
        """In UTC."""
        return wall_clock()


async def fill_month(served: ServedWorld, database: Path, key_file: Path) -> None:
    """Make the database, its key, and a month of orders. Raises AssertionError for wrong books."""
    make_key(key_file)
    for world in served.world.suppliers:
        world.balance = _PAID_IN
    db = await open_database(f"sqlite+aiosqlite:///{database}", WallClock())
    gc.disable()  # all of it is kept, and looking through it again and again takes its time
    try:
        seal = Seal.with_keys(read_keys(key_file))
        db.settings = TxSettings(seal, list_operators, parts=PARTS)
        await db.write(open_schema)
        catalogs = await _read_catalogs(served)
        await db.write(_live, served, catalogs, wall_clock())
        faults = await db.read(prove)
        if faults:
            raise AssertionError(faults[:3])
    finally:
        gc.enable()
        await db.close()


async def _read_catalogs(served: ServedWorld) -> list[tuple[SupplierName, Catalog]]:
    """What the suppliers list, read as the shop reads it."""
    found = []
    for world in served.world.suppliers:
        name = world.name.lower()
        url, dialect = served.supplier_url(name), DIALECTS[name]
        supplier = build_supplier(
            name, url, world.key, dialect, now=wall_clock, rate_cap=_RATE_CAP
        )
        try:
            found.append((supplier.name, await supplier.list_services()))
            if supplier.rents_numbers:
                found.append((supplier.name, await supplier.list_numbers()))
        finally:
            await supplier.close()
    return found


def _live(
    tx: Tx,
    served: ServedWorld,
    catalogs: Iterable[tuple[SupplierName, Catalog]],
    now: datetime,
) -> None:
    """The whole month, in one commit."""
    [operator, *_] = operators = tuple(map(CustomerId, sorted(served.world.operators)))
    begun = MonthShop(tx, Shelf((), {}, _pricing(), {}), {}, operator).at(
        now - timedelta(days=DAYS + 1)
    )
    seed_operators(begun, operators)
    for name, catalog in catalogs:
        store.store(begun, name, catalog)
    shop = _opened(tx, operator)
    listed = {
        (world.name.lower(), str(service.id)): service
        for world in served.world.suppliers
        for service in world.services.values()
    }
    wanted = list(_AFTERS)
    for sale in plan_month(now):
        sell(shop, sale, listed.get((sale.ware.supplier, sale.ware.remote)))
        _after(shop, sale, wanted, now)
    _all_was_said(tx)


def _opened(tx: Tx, operator: CustomerId) -> MonthShop:
    stored = store.load(tx)
    rules = _rules()
    services = tuple(rules.service(kept) for kept in stored.services)
    shelf = Shelf(services, stored.categories, _pricing(), stored.read_at, stored.places)
    wares = {(str(one.supplier), _ware_name(one)): one for one in services}
    return MonthShop(tx, shelf, wares, operator)


def _ware_name(service: Service) -> str:
    """The id by which a plan names it: of a number its project's name, the id being made up."""
    remote = service.listed.remote_id
    number = NumberId.find(remote) if is_number(remote) else None
    return remote if number is None else f"sms:{service.listed.name}:{number.country}"


def _rules() -> ShelfRules:
    """How the settings of the demo price what is listed."""
    own: Mapping[str, SupplierPricing] = {
        name: SupplierPricing(
            SupplierName(name),
            basis=dialect.rate_per or _ALL_LINKS,
            overrides={fold(key): basis for key, basis in BASES.items()},
            unmarked_kind=dialect.unmarked_kind,
        )
        for name, dialect in DIALECTS.items()
    }
    pricing = {SupplierName(name): one for name, one in own.items()}
    return ShelfRules(pricing, ShopPolicy(_pricing(), sell_social=True))


def _pricing() -> Pricing:
    return Pricing(_MARKUP, CENT)


def _after(shop: MonthShop, sale: Sale, wanted: list[After], now: datetime) -> None:
    """What some customers say afterwards, and what is given back."""
    if not wanted or sale.at < now - wanted[0].ago:
        return
    row = shop.tx.execute(_newest_delivered(sale)).one_or_none()
    if row is None:
        return
    after = wanted.pop(0)
    if after.way is None:
        give_back(shop, sale, OrderId(row.id), row.captured)
    else:
        report(shop, sale, OrderId(row.id), after.way)


def _newest_delivered(sale: Sale) -> Select[Any]:
    """The order of this sale, if it was delivered and nothing was made good yet."""
    query = select(orders.c.id, orders.c.captured).where(
        orders.c.customer == sale.customer.id,
        orders.c.created_at >= sale.at,
        orders.c.state == State.COMPLETED,
        orders.c.kind == Kind.PRODUCT,
    )
    return query.order_by(orders.c.id.desc()).limit(1)


def _all_was_said(tx: Tx) -> None:
    """Whatever was told in the month is in its chat by now."""
    tx.execute(update(outbox).values(state=Sending.SENT))
