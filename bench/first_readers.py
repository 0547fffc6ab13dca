"""How soon the first readers of a language read it, in a fresh shop with 10,000 services."""

from __future__ import annotations

import asyncio
import time
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Final

from bench.crowd import Guest, button, taps_on
from bench.figures import percentile
from bench.heart import Heart
from bench.languages import Spoken
from bench.shops import LiveShop, until_open, world_of
from bot.i18n.language import LANGUAGES
from sandbox.suppliers import AccPlanetWorld, HstockPlusWorld
from sandbox.telegram import BotMessage
from sandbox.world import BORIS, serve_world

_SERVICES: Final = 10_000
_FIRST: Final = "ar"
_SIX: Final = ("zh", "ru", "fr", "pt-BR", "ko", "hi")
_PROMISED_S: Final = {1: 5.0, len(_SIX): 15.0}
_USUAL_TAPS: Final = 100
_LOOK_EVERY_S: Final = 0.1
_FIRST_ID: Final = 60_000
_WITHIN_S: Final = 120.0


async def measure() -> AsyncIterator[str]:
    """One reader comes, then six at once; meanwhile Boris taps on in English."""
    for supplier in (AccPlanetWorld, HstockPlusWorld):
        with TemporaryDirectory(prefix="kiosk-bench-") as folder:
            async with AsyncExitStack() as stack:
                world = world_of(_SERVICES, Spoken, f" {'Warm. ' * 40}", supplier)
                shop = LiveShop(await stack.enter_async_context(serve_world(world)), Path(folder))
                bot = await shop.start(stack)
                await until_open(shop.telegram, bot)
                await bot.until_quiet()
                boris = _guest(shop, BORIS, "en")
                await boris.says("/start")
                usual = [await _tap(boris, nth) for nth in range(_USUAL_TAPS)]
                yield f"{supplier.name}: without them, {_waits(usual)}"
                for languages in ((_FIRST,), _SIX):
                    yield f"{supplier.name}: {await _arrive(shop, boris, languages)}"
                    await bot.until_quiet()


async def _arrive(shop: LiveShop, boris: Guest, languages: tuple[str, ...]) -> str:
    """A first reader of each language says hello, and looks until the catalogue is in it."""
    came = asyncio.Event()
    beside: list[float] = []
    own: list[float] = []

    async def taps_on_meanwhile() -> None:
        while not came.is_set():
            heart = Heart()
            beside.append(await _tap(boris, len(beside)))
            own.append(await heart.stops())

    began = time.perf_counter()
    async with asyncio.TaskGroup() as tasks:
        tasks.create_task(taps_on_meanwhile())
        readers = [
            tasks.create_task(_reads(shop, _FIRST_ID + len(shop.telegram.people) + nth, language))
            for nth, language in enumerate(languages)
        ]
        seconds = [await reader for reader in readers]
        came.set()
    whole = time.perf_counter() - began
    net = [wait - stop for wait, stop in zip(beside, own, strict=True)]
    promised = _PROMISED_S[len(languages)]
    return (
        f"{len(languages)} first readers of {_SERVICES:,} services read their languages after "
        f"{', '.join(f'{one:.1f}' for one in sorted(seconds))} s (promised within "
        f"{promised:g} s); in these {whole:.0f} s Boris had {_waits(beside)}, "
        f"{max(net) * 1000:.0f} ms at most without what the sandbox stood still itself"
    )


async def _reads(shop: LiveShop, user: int, language: str) -> float:
    """Seconds from somebody's hello to the first catalogue in their language."""
    reader = _guest(shop, user, language)
    began = time.perf_counter()
    await reader.says("/start")
    async with asyncio.timeout(_WITHIN_S):
        while True:
            await reader.taps(button(reader.card, "c:"))
            if _is_in(reader.card, language):
                return time.perf_counter() - began
            await reader.taps(button(reader.card, "h:"))
            await asyncio.sleep(_LOOK_EVERY_S)


def _is_in(card: BotMessage, language: str) -> bool:
    """Whether every category on the card bears the sign of the language."""
    shown = [one.text for one in card.buttons if (one.callback_data or "").startswith("k:")]
    return bool(shown) and all(LANGUAGES[language] in text for text in shown)


def _guest(shop: LiveShop, user: int, language: str) -> Guest:
    person = shop.telegram.person(user, f"Guest {user}", language_code=language)
    guest = Guest(person)
    shop.telegram.subscribe(guest.hears)
    return guest


async def _tap(guest: Guest, nth: int) -> float:
    """The seconds of a tap: from home to the catalogue, or back."""
    prefix = "c:" if any(tap.startswith("c:") for tap in taps_on(guest.card)) else "h:"
    return await guest.taps(button(guest.card, prefix if nth % 2 == 0 else "h:"))


def _waits(waits: list[float]) -> str:
    return (
        f"{len(waits)} taps: p50 {percentile(waits, 0.5) * 1000:.0f} ms, "
        f"p99 {percentile(waits, 0.99) * 1000:.0f} ms, {max(waits) * 1000:.0f} ms at most"
    )
