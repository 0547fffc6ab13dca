"""The weather of a trial: connections that fail around an order, and come back by themselves."""

from __future__ import annotations

from contextlib import suppress
from datetime import timedelta
from typing import Final

from sandbox.suppliers import wire_faults
from tests.crash.behaviour.behaviour import Behaviour, Weather
from tests.crash.clock import SharedClock
from tests.crash.surroundings import Surroundings
from tests.crash.waiting import until

_SITE: Final = "accplanet"
"""The supplier whose connection fails."""
_STAYS_S: Final = 1.5
"""How long an outage lasts when nobody notices it: the process may be dead meanwhile."""
_LONG: Final = timedelta(seconds=20)
_STEPS: Final = {
    Weather.CLOCK_BACK_WHILE_SENDING: timedelta(hours=-1),
    Weather.CLOCK_AHEAD_WHILE_SENDING: timedelta(days=1),
}


async def before_the_taps(around: Surroundings, behaviour: Behaviour) -> None:
    """What goes wrong before anybody taps."""
    weather = behaviour.weather
    if weather in {Weather.DOWN_AT_CONFIRM, Weather.DOWN_FOR_GOOD}:
        await around.sites[_SITE].go_down()
    elif weather is Weather.DOWN_AT_ADD:
        around.accplanet.faults.next("balance", wire_faults.hang(_LONG))
    elif weather is Weather.BALANCE_UNREADABLE:
        around.accplanet.faults.next("balance", wire_faults.raw(b"balance: a lot"))
    for one in behaviour.stumbles:
        around.telegram.faults.next(one.method, one.fault, times=one.times, chat_id=one.chat)


async def after_the_taps(around: Surroundings, behaviour: Behaviour, clock: SharedClock) -> None:
    """What goes wrong later, and how it ends; runs beside all lives of the trial."""
    weather = behaviour.weather
    if weather in _STEPS:
        await around.accplanet.faults.somebody_hangs()
        clock.step(_STEPS[weather])
        return
    site, supplier = around.sites[_SITE], around.accplanet
    if weather is Weather.DOWN_AT_CONFIRM:
        await _until_somebody_reads(around, "is waiting")
        await site.come_back()
    elif weather is Weather.DOWN_AT_ADD:
        await supplier.faults.somebody_hangs()
        await site.refuse_newcomers()
        supplier.faults.release()
        await _until_somebody_reads(around, "is waiting")
        await site.come_back()
    elif weather is Weather.DOWN_WHILE_ACTIVE:
        await until(lambda: bool(supplier.received_of("status")), _LONG.total_seconds())
        await site.go_down()
        await _until_somebody_reads(around, "does not answer")
        await site.come_back()


async def _until_somebody_reads(around: Surroundings, words: str) -> None:
    def reads() -> bool | None:
        people = around.telegram.people.values()
        return any(words in said.text for person in people for said in person.messages) or None

    with suppress(TimeoutError):
        await around.telegram.waits_until(reads, _STAYS_S)
