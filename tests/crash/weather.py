"""The weather of a trial: connections that fail around an order, and come back by themselves."""

from __future__ import annotations

from contextlib import suppress
from datetime import timedelta
from typing import Final

from sandbox.suppliers import wire_faults
from sandbox.telegram import LostAfter, RetryAfter, ServerError
from tests.crash.behaviour.behaviour import Weather
from tests.crash.surroundings import Surroundings
from tests.crash.waiting import until

_SITE: Final = "accplanet"
"""The supplier whose connection fails."""
_STAYS_S: Final = 1.5
"""How long an outage lasts when nobody notices it: the process may be dead meanwhile."""
_LONG: Final = timedelta(seconds=20)


async def before_the_taps(around: Surroundings, weather: Weather) -> None:
    """What goes wrong before anybody taps."""
    if weather in {Weather.DOWN_AT_CONFIRM, Weather.DOWN_FOR_GOOD}:
        await around.sites[_SITE].go_down()
    elif weather is Weather.DOWN_AT_ADD:
        around.accplanet.faults.next("balance", wire_faults.hang(_LONG))
    elif weather is Weather.TELEGRAM_STUMBLES:
        for fault in (ServerError(502, html=True), LostAfter()):
            around.telegram.faults.next("sendMessage", fault)
        around.telegram.faults.next("editMessageText", RetryAfter(1))


async def after_the_taps(around: Surroundings, weather: Weather) -> None:
    """What goes wrong later, and how it ends; runs beside all lives of the trial."""
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
