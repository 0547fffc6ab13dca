"""A Telegram that stumbles: answers to taps, screens and news are refused, lost or garbled."""

from __future__ import annotations

from dataclasses import replace
from typing import Final

from bot.orders.rules.moves import State
from sandbox.telegram import Garbage, LostAfter, LostBefore, Refuse, RetryAfter, ServerError
from sandbox.telegram.faults import Fault
from tests.crash.behaviour.behaviour import Behaviour, Stumble
from tests.crash.wares import GUESTS, LOOKER, TYPIST

_ALICE: Final = GUESTS[0]


def _meets(what: str, fault: Fault, *, repeats: int = 0) -> Behaviour:
    """The answers to a tap, its screen, a screen of its own and an order's news, each twice."""
    return Behaviour(
        name=f"Telegram {what}",
        ends=State.COMPLETED,
        stumbles=(
            Stumble("answerCallbackQuery", fault, 2),
            Stumble("editMessageText", fault, 2, _ALICE),
            Stumble("editMessageText", fault, 2, LOOKER),
            Stumble("sendMessage", fault, 2, _ALICE),
            Stumble("sendMessage", fault, 2, TYPIST),
        ),
        others_look=True,
        repeats=repeats,
        alone=True,
    )


_STUMBLES: Final = Behaviour(
    name="Telegram stumbles",
    ends=State.COMPLETED,
    stumbles=(
        Stumble("sendMessage", ServerError(502, html=True)),
        Stumble("sendMessage", LostAfter()),
        Stumble("editMessageText", RetryAfter(1)),
    ),
    repeats=1,
    alone=True,
)
_UNEDITABLE: Final = Refuse(400, "Bad Request: message can't be edited")
_ANEW: Final = replace(
    _meets("takes no edit", _UNEDITABLE),
    stumbles=(
        Stumble("editMessageText", _UNEDITABLE, 1, LOOKER),
        Stumble("sendMessage", RetryAfter(2), 2, LOOKER),
        Stumble("sendMessage", LostBefore(), 2, TYPIST),
        Stumble("answerCallbackQuery", ServerError(500), 2),
    ),
)
"""The screen is sent anew then, which fails as well at first."""

STUMBLING: Final = (
    _STUMBLES,
    _meets("asks to wait", RetryAfter(2)),
    _meets("hangs up before acting", LostBefore()),
    _meets("hangs up after acting", LostAfter(), repeats=2),
    _meets("answers 502 with a page", ServerError(502, html=True)),
    _meets("answers 200 with garbage", Garbage()),
    _ANEW,
)
