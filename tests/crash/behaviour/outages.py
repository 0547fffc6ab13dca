"""Suppliers that are down for a while, or for good."""

from __future__ import annotations

from dataclasses import replace
from typing import Final

from bot.orders.rules.moves import State
from tests.crash.behaviour.behaviour import Behaviour, Weather, seconds


def _outage(weather: Weather) -> Behaviour:
    return Behaviour(name=weather.value, ends=State.COMPLETED, weather=weather, alone=True)


OUTAGES: Final = (
    _outage(Weather.DOWN_AT_CONFIRM),
    _outage(Weather.DOWN_AT_ADD),
    _outage(Weather.DOWN_WHILE_ACTIVE),
    replace(_outage(Weather.DOWN_FOR_GOOD), ends=State.FAILED, leaps=seconds(901, 60, 60)),
)
