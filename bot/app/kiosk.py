"""One running shop: opened whole, recovered from the run before, and closed in the end."""

from __future__ import annotations

import os
import socket
import time
from collections.abc import AsyncIterator, Callable
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass, field
from datetime import timedelta
from functools import partial
from pathlib import Path
from typing import Final

import structlog
from aiogram import Bot

from bot.app.keys import find_tx_settings
from bot.app.monitoring import Monitoring, TimeDeliveries
from bot.app.shop import Shop, build_shop
from bot.app.timetable import build_timetable
from bot.app.token_watch import token_entries
from bot.base.clock import Clock
from bot.base.ids import CustomerId, SupplierName
from bot.base.keys import CUSTOMER_CHANGE
from bot.base.topics import LATE_SCREENS
from bot.broadcasts.send import SendBroadcasts
from bot.chat.broadcasts.deliver import DeliverBroadcast
from bot.chat.dispatcher import build_dispatcher
from bot.chat.exports.send import SendExport
from bot.chat.kinds import CHAT_KINDS
from bot.chat.kit.conversation import Conversation
from bot.chat.kit.late_screens import LateScreens
from bot.chat.kit.locale import Locales
from bot.chat.kit.present import Presenter
from bot.chat.kit.telegram.connection import build_bot
from bot.chat.middlewares import InFlight
from bot.chat.outbox.render import RenderNotice
from bot.chat.outbox.send_notice import SendNotice
from bot.db import jobs
from bot.db.budgets import Budgets
from bot.db.database import Database, open_database
from bot.db.heartbeat import Heartbeat, HeartbeatLimits
from bot.db.opening import open_schema
from bot.db.replicas import list_replicas
from bot.db.updates import TakenUpdates
from bot.desk.exports.files import ExportFiles
from bot.desk.exports.make import MakeExport
from bot.desk.exports.run import RunExports
from bot.i18n.texts import Texts
from bot.numbers.poll import NumberPoller
from bot.ops.secrets import Secrets
from bot.ops.timetable import Timetable
from bot.orders import orphaned_orders
from bot.orders.fence import Fence
from bot.orders.poll import Poller
from bot.orders.submit import SubmitQueue
from bot.outbox.notice import Notice
from bot.outbox.notices import CodeArrived, GoodsArrived
from bot.outbox.sender import Delivered, Sender, SendingLimits
from bot.outbox.watch_notices import WatchedCame
from bot.people.operators import seed_operators
from bot.safety import safe_mode
from bot.safety.leases import release_claims
from bot.safety.rekey import note_keys
from bot.settings import Settings, SettingsError
from bot.suppliers import DIALECTS, RequestLimits, build_supplier
from bot.suppliers.api_v2 import ApiV2
from bot.suppliers.port import Supplier

log = structlog.stdlib.get_logger(__name__)

LOCALES: Final = Path(__file__).parent.parent.parent / "locales"


@dataclass(frozen=True, slots=True)
class Overrides:
    """What stands in the place of the usual in tests: a clock that turns, shorter waits."""

    clock: Clock
    wire: RequestLimits | None = None
    sending: SendingLimits | None = None
    texts: Texts | None = None
    secrets: Secrets = field(default_factory=Secrets)
    """What no log may show; a key that is found on the way is added."""
    steady: Callable[[], float] = time.monotonic
    """Seconds that nobody can set, by which the clock is judged."""
    heartbeat: HeartbeatLimits = field(default_factory=HeartbeatLimits)


@dataclass(frozen=True, slots=True)
class Kiosk:
    """A shop with its chat and its workers, not yet running."""

    settings: Settings
    shop: Shop
    bot: Bot
    dispatcher: Conversation
    in_flight: InFlight
    locales: Locales
    db: Database
    monitoring: Monitoring
    sender: Sender
    broadcasts: SendBroadcasts
    screens: LateScreens
    submit_queues: tuple[SubmitQueue, ...]
    pollers: tuple[Poller, ...]
    number_pollers: tuple[NumberPoller, ...]
    timetable: Timetable
    heartbeat: Heartbeat
    taken: TakenUpdates
    exports: RunExports

    async def recover(self) -> None:
        """Join the shop's processes, and finish what one that is gone has left.

        Where there can be no other, whatever was being sent is parked at once; among replicas
        those whose hearts have stopped are found by all. Orphaned orders end.
        """
        if not self.heartbeat.id:
            await self.heartbeat.join()
            await self.heartbeat.until_seen()
        await self.db.write(note_keys)
        if await self.db.write(safe_mode.announce):
            log.warning("safe_mode", note="restored from a copy: an operator has to open the shop")
        if self.db.is_alone:
            await self.heartbeat.recover_alone()
            # Also what a version that made no claims was sending.
            await self.db.write(orphaned_orders.park_interrupted, timedelta(0))
        if len(await self.db.read(list_replicas)) == 1:
            await self.db.write(jobs.reset)
        names = tuple(SupplierName(name) for name in self.settings.suppliers)
        adopted = await self.db.write(orphaned_orders.take_over_orphaned_orders, names)
        if adopted:
            log.warning("orders_of_forgotten_suppliers", orders=adopted)


@asynccontextmanager
async def open_kiosk(settings: Settings, overrides: Overrides) -> AsyncIterator[Kiosk]:
    """Open everything that a shop needs, and close it again.

    Raises DatabaseUnavailable, SettingsError where the key of the goods is not there, and
    WrongDatabase for one that was begun with another currency or key.
    """
    async with AsyncExitStack() as stack:
        db = await open_database(settings.database_url.get_secret_value(), overrides.clock)
        stack.push_async_callback(db.close)
        db.settings = await find_tx_settings(settings, overrides.secrets, db)
        await db.write(open_schema)
        await db.write(seed_operators, tuple(map(CustomerId, settings.admin_ids)))
        limits = overrides.sending or SendingLimits()
        monitoring = Monitoring.begun(settings, overrides.clock, limits.overall_per_s)
        token = settings.bot_token.get_secret_value()
        bot = build_bot(token, settings.telegram_api_url, monitoring.telegram_called)
        stack.push_async_callback(bot.session.close)
        built: dict[SupplierName, Supplier] = {}
        budgets = Budgets()
        for name in settings.suppliers:
            supplier = _supplier(settings, name, overrides, monitoring, budgets)
            stack.push_async_callback(supplier.close)
            built[supplier.name] = supplier
        heartbeat = _heartbeat(db, overrides, budgets)
        fence = Fence(overrides.clock, overrides.steady, heartbeat.hold)
        shop = build_shop(settings, overrides.clock, db, built, fence)
        kiosk = _assemble(settings, shop, bot, overrides, monitoring, heartbeat)
        stack.push_async_callback(heartbeat.leave)
        await kiosk.shop.load_shelf()
        await kiosk.shop.store.texts.load()
        yield kiosk


def _supplier(
    settings: Settings,
    name: str,
    overrides: Overrides,
    monitoring: Monitoring,
    budgets: Budgets,
) -> ApiV2:
    own = settings.suppliers[name]
    if own.dialect not in DIALECTS:
        message = f"SUPPLIERS__{name.upper()}__DIALECT must be one of: {', '.join(DIALECTS)}"
        raise SettingsError(message)
    return build_supplier(
        name,
        own.url,
        own.key.get_secret_value(),
        DIALECTS[own.dialect],
        now=overrides.clock.now,
        rate_cap=float(own.rate_cap),
        limits=overrides.wire,
        count=partial(monitoring.supplier_called, name),
        budgets=budgets,
    )


def _heartbeat(db: Database, overrides: Overrides, budgets: Budgets) -> Heartbeat:
    return Heartbeat(
        db,
        overrides.clock,
        overrides.steady,
        f"{socket.gethostname()}:{os.getpid()}",
        release_claims,
        budgets,
        overrides.heartbeat,
    )


def _assemble(
    settings: Settings,
    shop: Shop,
    bot: Bot,
    overrides: Overrides,
    monitoring: Monitoring,
    heartbeat: Heartbeat,
) -> Kiosk:
    locales = Locales.from_texts(overrides.texts or Texts.load(LOCALES), settings.currency)
    presenter, store, db = Presenter(bot), shop.store, shop.store.db
    screens = LateScreens(presenter, overrides.clock, db.waker.event(LATE_SCREENS).set)
    watched = shop.tell_watchers.put_into_words
    figures = shop.desk.figures
    render = RenderNotice(db, shop.shelf, store.translate, CHAT_KINDS, watched, figures)
    count, in_flight = monitoring.update_handled, InFlight()
    taken = TakenUpdates(db)
    dispatcher = build_dispatcher(
        store, screens, locales, shop.desk, count=count, in_flight=in_flight, taken=taken
    )
    send_notice = SendNotice(presenter, render, locales, settings.alert_chat)
    timed = TimeDeliveries(db, monitoring.metrics)
    delivered: dict[type[Notice], Delivered] = {
        GoodsArrived: timed,
        CodeArrived: timed,
        WatchedCame: shop.tell_watchers.end_watches_of,
    }
    sender = Sender(
        db,
        send_notice.send,
        overrides.sending,
        store.customer_cache.forget,
        delivered,
        heartbeat.hold,
    )
    broadcasts = SendBroadcasts(
        db,
        DeliverBroadcast(presenter, locales),
        presenter.is_answered,
        sender.pace,
        monitoring.traffic.find_room,
        heartbeat.hold,
        store.customer_cache.forget,
    )
    db.waker.listen(CUSTOMER_CHANGE, store.customer_cache.forget_id)
    heartbeat.budgets.add("messages", sender.pace.wanted, sender.pace.set_share)
    files = ExportFiles(settings.data_dir / "exports")
    send_export = SendExport(db, presenter, locales, sender.pace.take)
    suppliers, by_webhook = shop.suppliers.values(), settings.webhook_url is not None
    token = token_entries(bot, monitoring.incoming, shop.watch_token, by_webhook=by_webhook)
    return Kiosk(
        settings=settings,
        shop=shop,
        bot=bot,
        dispatcher=dispatcher,
        in_flight=in_flight,
        locales=locales,
        db=db,
        monitoring=monitoring,
        sender=sender,
        broadcasts=broadcasts,
        screens=screens,
        submit_queues=tuple(
            SubmitQueue(
                supplier, shop.submit_order, shop.collect_evidence, shop.conclude_calibrations
            )
            for supplier in suppliers
        ),
        pollers=tuple(Poller(supplier, shop.poll_order) for supplier in suppliers),
        number_pollers=tuple(
            NumberPoller(supplier, shop.poll_number)
            for supplier in suppliers
            if supplier.rents_numbers
        ),
        timetable=build_timetable(shop, overrides.clock, overrides.steady, token),
        heartbeat=heartbeat,
        taken=taken,
        exports=RunExports(db, files, MakeExport(db, files), send_export),
    )
