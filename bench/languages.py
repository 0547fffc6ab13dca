"""What 17 languages cost: the same 10,000 services with readers of one language and of all."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack
from dataclasses import dataclass, field
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Final

from bench.crowd import Crowd, to_and_fro
from bench.figures import Load
from bench.processes import Running
from bench.shops import LiveShop, until_open, world_of
from bot.i18n.language import ENGLISH, LANGUAGES
from sandbox.suppliers import AccPlanetWorld, HstockPlusWorld, SupplierWorld
from sandbox.suppliers.services import SandboxService
from sandbox.world import serve_world

_SERVICES: Final = 10_000
_PEOPLE: Final = 20
_TAPS: Final = 400
_ROUNDS: Final = 3
_STARTS: Final = 3
_LOOK_EVERY_S: Final = 1.0
_MOST_LOOKS: Final = 600
_TRANSLATED: Final = "ru"
_UNTRANSLATED: Final = frozenset({"th", "tr"})
"""Languages of the shop that HstockPlus does not have."""


class Spoken(SandboxService):
    """A service with words in every language, made when they are asked for."""

    def words(self, language: str) -> dict[str, str]:
        """The English ones with a sign of the language in them."""
        english = super().words(ENGLISH)
        if language == ENGLISH:
            return english
        return {
            name: f"{text} · {LANGUAGES[language]}" for name, text in english.items() if text
        } | {"subcategory": ""}


@dataclass(slots=True)
class _Shop(LiveShop):
    """One shop of the pair, and what was measured of it."""

    spoken: tuple[str, ...]
    memory_mb: list[float] = field(default_factory=list)
    starts_s: list[float] = field(default_factory=list)
    load: dict[str, Load] = field(default_factory=dict)

    def read_in(self) -> int:
        """In how many languages the catalogue has been asked for."""
        [supplier] = self.served.world.suppliers
        received = supplier.received_of("services")
        asked = {one.params.get("language") or one.params.get("lang") for one in received}
        return len(asked - {None, ENGLISH})


async def measure() -> AsyncIterator[str]:
    """The one supplier's catalogue in all its languages, then the other's."""
    for supplier in (AccPlanetWorld, HstockPlusWorld):
        async for line in _measure(supplier):
            yield f"{supplier.name}: {line}"


async def _measure(supplier: type[SupplierWorld]) -> AsyncIterator[str]:
    """First every language is read; then both start again, and are walked through by turns."""
    async with AsyncExitStack() as stack:
        folder = Path(stack.enter_context(TemporaryDirectory(prefix="kiosk-bench-")))
        worlds = [world_of(_SERVICES, Spoken, f" {'Warm. ' * 40}", supplier) for _ in range(2)]
        one, all_ = [
            _Shop(await stack.enter_async_context(serve_world(world)), folder / str(n), spoken)
            for n, (world, spoken) in enumerate(zip(worlds, _spoken(supplier), strict=True))
        ]
        async with AsyncExitStack() as first:
            bots = [(shop, await shop.start(first)) for shop in (one, all_)]
            for shop, bot in bots:
                await _reads_all(shop, bot)
            for shop, bot in bots:
                shop.memory_mb.append(bot.memory_mb())
        for _ in range(_STARTS):
            await _start_again(one)
            await _start_again(all_)
        await _tap_by_turns(one, all_)
    ratios = [more / less for less, more in zip(one.memory_mb, all_.memory_mb, strict=True)]
    yield (
        f"{_SERVICES:,} services in {len(all_.spoken)} languages: {ratios[0]:.2f} times the "
        f"memory of one language when all have just been read, {ratios[1]:.2f} times after a "
        f"start and some taps, and {min(all_.starts_s) / min(one.starts_s):.2f} times its start"
    )
    english, other = all_.load[ENGLISH], all_.load[_TRANSLATED]
    yield (
        f"a tap on a translated page takes {other.cpu_ms / english.cpu_ms:.2f} times the CPU of "
        f"an English one in the same shop, and an English one "
        f"{english.cpu_ms / one.load[ENGLISH].cpu_ms:.2f} times that of a shop without languages"
    )
    for shop in (one, all_):
        after = " and ".join(f"{mb:.0f} MB" for mb in shop.memory_mb)
        loads = "; ".join(f"{code}: {load}" for code, load in shop.load.items())
        yield f"{len(shop.spoken)}: {after}, open after {min(shop.starts_s):.1f} s; {loads}"


def _spoken(supplier: type[SupplierWorld]) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """What the people of each of both shops speak."""
    untranslated = _UNTRANSLATED if supplier is HstockPlusWorld else frozenset[str]()
    return (ENGLISH,), tuple(code for code in LANGUAGES if code not in untranslated)


async def _reads_all(shop: _Shop, bot: Running) -> None:
    """Somebody of each language says hello, and waits until their catalogue has been read."""
    await until_open(shop.telegram, bot)
    for language in shop.spoken:
        await Crowd(shop.telegram, 1, language).arrives()
    looks = 0
    while shop.read_in() < len(shop.spoken) - 1 and looks < _MOST_LOOKS:
        looks += 1
        await asyncio.sleep(_LOOK_EVERY_S)
    await bot.until_quiet()


async def _start_again(shop: _Shop) -> None:
    async with AsyncExitStack() as stack:
        bot = await shop.start(stack)
        shop.starts_s.append(await until_open(shop.telegram, bot))


async def _tap_by_turns(one: _Shop, all_: _Shop) -> None:
    async with AsyncExitStack() as stack:
        visits: list[tuple[_Shop, Running, str, Crowd]] = []
        for shop, languages in ((one, (ENGLISH,)), (all_, (ENGLISH, _TRANSLATED))):
            bot = await shop.start(stack)
            await until_open(shop.telegram, bot)
            for language in languages:
                crowd = Crowd(shop.telegram, _PEOPLE, language)
                await crowd.arrives()
                visits.append((shop, bot, language, crowd))
            await bot.until_quiet()
        for _ in range(_ROUNDS):
            for shop, bot, language, crowd in visits:
                load = shop.load.setdefault(language, Load())
                await crowd.walks(bot, _TAPS, to_and_fro, load)
        for shop, bot, language, _ in visits:
            if language == ENGLISH:
                shop.memory_mb.append(bot.memory_mb())
