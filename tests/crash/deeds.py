"""What customers ask of the desk in a trial, and what two operators do about it.

A customer asks while nothing is there yet, operators decide in each life once, whatever an earlier
one did. Whatever nothing came of is tapped again.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import Final

import msgspec
from aiogram.filters.callback_data import CallbackData

from bot.chat.claims.taps import (
    PickReason,
    RefundClaim,
    ReplaceClaim,
    SendClaim,
    Share,
    SkipWords,
    ToggleUnit,
)
from bot.chat.money.taps import ApproveTopup, AskAmount
from bot.orders.rules.claims import ClaimReason, Units
from bot.orders.rules.moves import State
from tests.crash.behaviour.behaviour import Deed
from tests.crash.evidence import BookedOrder, Evidence
from tests.crash.scene import Wish
from tests.crash.surroundings import Surroundings
from tests.crash.wares import ASKED, OPERATORS

_AGAIN_AFTER_S: Final = 3.0
ANY_MESSAGE: Final = 1
"""Not in the chat of who taps: the answer is a new message, and what was there stays."""


class Deeds:
    """The taps about the desk's own deeds, in one life after the other."""

    def __init__(self, around: Surroundings, wishes: tuple[Wish, ...]) -> None:
        self._around = around
        self._wishes = wishes
        self._tapped_at: dict[str, float] = {}

    def begins(self) -> None:
        """A new life, or a server that is back: everything may be tapped once more."""
        self._tapped_at.clear()

    def go_on(self, evidence: Evidence) -> None:
        """Tap what comes next."""
        for wish in self._wishes:
            if wish.behaviour.deed is Deed.APPROVE:
                self._about_credit(wish, evidence)
            elif wish.behaviour.deed is not None:
                for order in evidence.orders_of(wish.card.quote):
                    if order.state == State.COMPLETED:
                        self._about_claim(wish.behaviour.deed, order, evidence)

    def _about_credit(self, wish: Wish, evidence: Evidence) -> None:
        guest = wish.ware.guest
        requests = evidence.requests_of(guest)
        if not requests and self._is_due(f"ask {guest}", done=False):
            self._tap(guest, AskAmount(amount=ASKED))
        for request in requests:
            if self._is_due(f"approve {request.id}", done=bool(request.decision)):
                tap = ApproveTopup(request=request.id, version=1, sure=True)
                self._both_operators_tap(tap)

    def _about_claim(self, deed: Deed, order: BookedOrder, evidence: Evidence) -> None:
        claims = evidence.claims_of(order.id)
        tap = _next_of_claim(order, evidence.forms.get(order.customer))
        if not claims and self._is_due(tap.pack(), done=False):
            self._tap(order.customer, tap)
        is_done = bool(evidence.remedies_of(order.id))
        for claim in claims:
            if self._is_due(f"remedy {claim.id}", done=is_done):
                self._both_operators_tap(_REMEDIES[deed](claim.id))

    def _is_due(self, what: str, *, done: bool) -> bool:
        """Whether it is to be tapped now, which is noted."""
        now, before = time.monotonic(), self._tapped_at.get(what)
        if before is not None and (done or now - before < _AGAIN_AFTER_S):
            return False
        self._tapped_at[what] = now
        return True

    def _both_operators_tap(self, tap: CallbackData) -> None:
        for operator in OPERATORS:
            self._tap(operator, tap)

    def _tap(self, who: int, tap: CallbackData) -> None:
        self._around.telegram.people[who].taps_raw(tap.pack(), ANY_MESSAGE)


def _next_of_claim(order: BookedOrder, form: str | None) -> CallbackData:
    """The next tap of a claim for all units but the first, by what the shop has noted of it."""
    noted = msgspec.json.decode(form) if form is not None else {}
    if noted.get("form") != "claim" or noted.get("order") != order.id:
        return PickReason(order=order.id, reason=ClaimReason.DOES_NOT_WORK)
    if 1 in Units.read(noted["pieces"]):
        return ToggleUnit(order=order.id, piece=1, meant=False)
    if noted.get("asks", "words") != "send":
        return SkipWords(order=order.id)
    return SendClaim(order=order.id)


_REMEDIES: Final[dict[Deed, Callable[[int], CallbackData]]] = {
    Deed.REFUND: lambda claim: RefundClaim(claim=claim, share=Share.NAMED, seen=0, sure=True),
    Deed.REPLACE: lambda claim: ReplaceClaim(claim=claim, seen=0, sure=True),
}
"""The second tap of each, as it was on the screen when nothing had been done yet."""
