"""What a customer who rents eighty numbers for nothing costs another's ordinary order."""

from __future__ import annotations

import sqlite3
from collections.abc import AsyncIterator
from contextlib import closing
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Final

from bench.buying import confirm, welcome
from bench.crowd import Guest, button
from bench.figures import percentile
from bench.processes import running
from bot.chat.numbers.taps import RentNumber
from bot.suppliers.words import NumberId
from sandbox.bot_settings import bot_settings
from sandbox.clock import wall_clock
from sandbox.suppliers import HstockPlusWorld
from sandbox.telegram import Person
from sandbox.world import ALICE, BORIS, ServedWorld, World, demo_world, serve_world

_NUMBERS: Final = 80
_AT_ONCE: Final = 10
_ORDERS: Final = 10
_PROMISED_S: Final = 5.0
_PATIENCE_S: Final = 300.0
_GOODS: Final = "user_"


async def measure() -> AsyncIterator[str]:
    """Alice confirms eighty numbers that get no code; Bob buys one account after the other."""
    alone, beside = await _waits(0), await _waits(_NUMBERS)
    later = max(beside) - max(alone)
    yield (
        f"from Confirm to the supplier over {_ORDERS} orders at the usual cap: p50 "
        f"{percentile(beside, 0.5):.1f} s, slowest {max(beside):.1f} s beside {_NUMBERS} numbers "
        f"of somebody else that get no code, {percentile(alone, 0.5):.1f} and {max(alone):.1f} s "
        f"alone: {later:.1f} s more at the most (promised: less than {_PROMISED_S:g})"
    )


async def _waits(numbers: int) -> list[float]:
    world = _world()
    [supplier] = [one for one in world.suppliers if isinstance(one, HstockPlusWorld)]
    with TemporaryDirectory(prefix="kiosk-bench-") as folder:
        async with (
            serve_world(world) as served,
            running(("bot", "run"), bot_settings(served), Path(folder)) as bot,
        ):
            alice, bob = (_guest(served, user) for user in (ALICE, BORIS))
            await welcome(served, [alice, bob])
            await bot.until_quiet()
            if numbers:
                wanted = NumberId(supplier.projects[0].project_id, supplier.projects[0].country_id)
                service = _service(Path(folder) / "data" / "kiosk.db", wanted)
                for _ in range(numbers // _AT_ONCE):
                    await _rent(alice.person, service)
            return [await _buy(served, bob.person, supplier) for _ in range(_ORDERS)]


def _world() -> World:
    """HstockPlus alone, with one account and one number that never gets a code."""
    world = demo_world()
    for supplier in world.suppliers:
        first = [one for one in supplier.services.values() if one.category == "Email Accounts"][:1]
        is_hstock = isinstance(supplier, HstockPlusWorld)
        supplier.services = {str(one.id): one for one in first} if is_hstock else {}
        if isinstance(supplier, HstockPlusWorld):
            supplier.projects = supplier.projects[:1]
    return world


def _guest(served: ServedWorld, user: int) -> Guest:
    guest = Guest(served.world.telegram.person(user, f"Guest {user}"))
    served.world.telegram.subscribe(guest.hears)
    return guest


def _service(file: Path, wanted: NumberId) -> int:
    """The id of a number's service in the shop."""
    with closing(sqlite3.connect(f"file:{file}?mode=ro", uri=True)) as books:
        query = "SELECT id FROM services WHERE remote_id = ?"
        return int(books.execute(query, (wanted.remote_id,)).fetchone()[0])


async def _rent(person: Person, service: int) -> None:
    """Ten numbers at once, by the card of a confirm step."""
    known = person.last_message.message_id
    person.sends("/catalog")
    card = await person.waits_for(lambda said: said.message_id > known and bool(said.buttons))
    person.taps_raw(RentNumber(service=service, quantity=_AT_ONCE).pack(), card.message_id)
    card = await person.waits_for(
        lambda said: said.message_id == card.message_id and _has_confirm(said.buttons)
    )
    person.taps_raw(button(card, "y:"), card.message_id)
    await person.waits_for(
        lambda said: said.message_id == card.message_id and not _has_confirm(said.buttons)
    )


def _has_confirm(buttons: object) -> bool:
    return "callback_data='y:" in repr(buttons)


async def _buy(served: ServedWorld, person: Person, supplier: HstockPlusWorld) -> float:
    """Seconds from the tap on Confirm to its `add` at the supplier; the goods are waited for."""
    await confirm(person)
    tapped_at, known = wall_clock(), person.last_message.message_id

    def has_come() -> bool | None:
        new = (said for said in person.messages if said.message_id > known)
        return any(_GOODS in said.text for said in new) or None

    await served.world.telegram.waits_until(has_come, _PATIENCE_S)
    return (supplier.received_of("add")[-1].at - tapped_at).total_seconds()
