"""Run a shop: it takes updates, runs its workers, and stops within bounds when it is told to."""

from __future__ import annotations

import asyncio
import gc
import signal
from collections.abc import AsyncIterator, Collection
from contextlib import asynccontextmanager
from functools import partial
from typing import Final

import structlog
from aiogram.exceptions import TelegramAPIError, TelegramBadRequest
from aiohttp import web

from bot.app.health import health_app
from bot.app.kiosk import Kiosk
from bot.app.workers import Worker, heartbeat_of, workers_of
from bot.chat.home.menu import menu_calls
from bot.chat.home.publish import PublishMenus
from bot.chat.kit.telegram.connection import until_telegram_answers
from bot.chat.kit.telegram.polling import poll
from bot.chat.kit.telegram.webhook import webhook_routes
from bot.ops.loop import run_worker

log = structlog.stdlib.get_logger(__name__)

_DRAIN_S: Final = 8.0
"""Service managers kill what has not ended ten seconds after TERM."""
_HANDLERS_S: Final = 7.0
"""What the handlers of updates have of it."""
_STILL_TAKEN_S: Final = 2.0
"""Updates come for so long after the page of health has said no: balancers look every second."""


class CannotServe(Exception):
    """A port is taken or Telegram refuses the webhook; the text names the setting."""


async def run(kiosk: Kiosk, stopping: asyncio.Event) -> None:
    """Serve until `stopping` is set; whatever was begun is finished, within ten seconds.

    The heart beats on meanwhile, or other replicas would take what is finished here for left.

    Raises:
        CannotServe: alone or within an ExceptionGroup.
    """
    await kiosk.recover()
    _tune_garbage_collection()
    idle = asyncio.Event()
    async with asyncio.TaskGroup() as tasks:
        begun = [
            tasks.create_task(_repeat(kiosk, one, stopping), name=one.name)
            for one in workers_of(kiosk)
        ]
        begun.append(tasks.create_task(kiosk.db.listen(stopping), name="listen"))
        begun.append(tasks.create_task(publish_menus(kiosk, stopping), name="publish menus"))
        begun.append(tasks.create_task(_serve_updates(kiosk, stopping), name="updates"))
        tasks.create_task(_repeat(kiosk, heartbeat_of(kiosk), idle), name="heartbeat")
        tasks.create_task(_serve_health(kiosk, idle), name="health")
        await stopping.wait()
        kiosk.monitoring.stopping.set()
        kiosk.db.waker.wake_all()
        await _drain(begun)
        idle.set()
        kiosk.db.waker.wake_all()
    log.info("stopped")


async def _repeat(kiosk: Kiosk, one: Worker, stopping: asyncio.Event) -> None:
    wake = kiosk.db.waker.event(one.topic)
    ended = kiosk.monitoring.rounds.join(one.name, one.within)
    await run_worker(one.name, one.step, stopping, wake, one.idle_s, ended=ended)


async def _drain(begun: Collection[asyncio.Task[None]]) -> None:
    """Let everything end by itself; what takes too long is cut off, as a kill would do it."""
    _, late = await asyncio.wait(begun, timeout=_DRAIN_S)
    if late:
        log.warning("cut_short", tasks=sorted({one.get_name() for one in late}))
    for one in late:
        one.cancel()


async def publish_menus(kiosk: Kiosk, stopping: asyncio.Event) -> None:
    """Tell Telegram the menus and descriptions of the shop, and each change of an operator's."""
    locales, numbers = kiosk.locales, bool(kiosk.number_pollers)
    for_everybody = menu_calls(locales, kiosk.settings.shop_name, numbers=numbers)
    # On a thread, because it reads every language, and people write meanwhile.
    calls = await asyncio.to_thread(list, for_everybody)
    await PublishMenus(kiosk.bot, kiosk.db, locales, numbers).run(calls, stopping)


def _tune_garbage_collection() -> None:
    """Keep what start made out of every later collection, which would cost a third of each tap."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(50_000, 50, 1_000)


async def _serve_updates(kiosk: Kiosk, stopping: asyncio.Event) -> None:
    """Take updates by webhook when one is set, else by long polling; then let handlers finish."""
    if kiosk.settings.webhook_url:
        await _by_webhook(kiosk, stopping)
        await kiosk.in_flight.drained()
    else:
        await _by_polling(kiosk, stopping)


async def _by_polling(kiosk: Kiosk, stopping: asyncio.Event) -> None:
    try:
        await until_telegram_answers(kiosk.bot.delete_webhook, stopping)
    except TelegramAPIError as refusal:  # asking for updates will tell whether it matters
        log.warning("webhook_not_deleted", why=type(refusal).__name__)
    if stopping.is_set():
        return
    kinds = kiosk.dispatcher.resolve_used_update_types()
    try:
        async with asyncio.timeout(None) as patience, asyncio.TaskGroup() as handlers:
            polling = handlers.create_task(
                poll(kiosk.bot, kiosk.dispatcher.take, kinds, handlers), name="polling"
            )
            await stopping.wait()
            polling.cancel()
            patience.reschedule(asyncio.get_running_loop().time() + _HANDLERS_S)
    except TimeoutError:
        log.warning("updates_cut_short")


async def _by_webhook(kiosk: Kiosk, stopping: asyncio.Event) -> None:
    settings, secret = kiosk.settings, kiosk.settings.webhook_secret
    said = secret.get_secret_value() if secret else ""
    app = web.Application()
    app.add_routes(webhook_routes(kiosk.dispatcher, kiosk.bot, said))
    async with _listening(app, settings.listen_on, settings.webhook_port, "WEBHOOK_PORT"):
        hook = partial(
            kiosk.bot.set_webhook,
            str(settings.webhook_url),
            secret_token=said,
            allowed_updates=kiosk.dispatcher.resolve_used_update_types(),
        )
        try:
            await until_telegram_answers(hook, stopping)
        except TelegramBadRequest as refusal:
            message = f"WEBHOOK_URL is refused by Telegram: {refusal.message}"
            raise CannotServe(message) from refusal
        await stopping.wait()
        if settings.health_port is not None:
            await asyncio.sleep(_STILL_TAKEN_S)


async def _serve_health(kiosk: Kiosk, idle: asyncio.Event) -> None:
    host, port = kiosk.settings.listen_on, kiosk.settings.health_port
    if port is None:
        return
    async with _listening(health_app(kiosk), host, port, "HEALTH_PORT"):
        await idle.wait()


@asynccontextmanager
async def _listening(
    app: web.Application, host: str, port: int, setting: str
) -> AsyncIterator[None]:
    """An aiohttp application on a port, for as long as the block lasts."""
    runner = web.AppRunner(app, access_log=None, shutdown_timeout=_DRAIN_S)
    await runner.setup()
    try:
        await _listen(runner, host, port, setting)
        yield
    finally:
        await runner.cleanup()


async def _listen(runner: web.AppRunner, host: str, port: int, setting: str) -> None:
    try:
        await web.TCPSite(runner, host, port).start()
    except OSError as failure:
        message = f"{setting} {port} of LISTEN_ON {host} cannot be used: {failure.strerror}"
        raise CannotServe(message) from failure


def stop_on_signals(stopping: asyncio.Event) -> None:
    """Ctrl-C and a service manager's TERM ask for the same orderly end."""
    loop = asyncio.get_running_loop()
    for number in (signal.SIGINT, signal.SIGTERM):
        loop.add_signal_handler(number, stopping.set)
