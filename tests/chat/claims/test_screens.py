"""Every screen about a claim fits Telegram's limits, whatever was written and however many."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

import pytest

from bot.base.ids import OrderId
from bot.base.money import CENT, LARGEST, Money
from bot.base.page import Page
from bot.chat.claims import card, decisions, goodwill, own, report, taps
from bot.chat.claims.taps import ClaimForm, RefundClaim, ReplaceClaim, Share
from bot.chat.kit.locale import Locale
from bot.chat.kit.screen import Screen
from bot.chat.orders.order import orders_screen
from bot.desk.claims import ClaimDetails, ClaimLine, OrderRemedies
from bot.orders.claims.read import ClaimView
from bot.orders.claims.rows import File, RemedyRow
from bot.orders.rules.claims import ClaimReason, ClaimState, Paid, Units
from bot.orders.rules.moves import State
from bot.orders.views import ClaimSummary, OrderView
from bot.people.letters import Letter
from tests.chat.desk.samples import NOW, alice
from tests.chat.kinds import order_screen
from tests.chat.limits import HUGE, UGLY, fits
from tests.chat.samples import order_view
from tests.stored_shop import ACC, ALICE

MOST = Money(LARGEST)
EVERY_OTHER = Units(tuple((number, number) for number in range(1, 400, 2)))


def an_order(name: str, **changes: object) -> OrderView:
    summary = ClaimSummary(HUGE, ClaimReason.LESS, EVERY_OTHER, ClaimState.OPEN, NOW)
    facts = {"id": OrderId(HUGE), "quantity": 10**9, "state": State.COMPLETED, "claim": summary}
    return order_view(service_name=name, total=MOST, captured=MOST, **{**facts, **changes})


def a_claim(name: str, state: ClaimState = ClaimState.OPEN) -> ClaimView:
    letters = tuple(
        Letter(HUGE - number, "claim:1", NOW, sender, name * 2, "AgAC", "photo")
        for number, sender in enumerate(("", "900") * 6)
    )
    made = [
        RemedyRow(OrderId(HUGE), number, NOW, "900", 1, str(EVERY_OTHER), amount, new, name)
        for number, (amount, new) in enumerate(((MOST, None), (Money(0), OrderId(HUGE))))
    ]
    return ClaimView(
        HUGE, OrderId(HUGE), ALICE, ClaimReason.WRONG_ITEM, EVERY_OTHER, name,
        File("AgAC", "document"), state, NOW, "900", letters, tuple(made),
    )  # fmt: skip


def details(name: str, state: ClaimState = ClaimState.OPEN) -> ClaimDetails:
    everything = Units.all(10**9)
    return ClaimDetails(
        claim=a_claim(name, state),
        order=an_order(name, batches=2, goods_kept=False),
        customer=replace(alice, first_name=name or "x"),
        supplier=ACC,
        remote_order=None,
        cost=MOST,
        paid=Paid(MOST, CENT, 10**9, CENT),
        left=everything,
        named=EVERY_OTHER,
        replaceable=EVERY_OTHER,
    )


def screens(_: Locale, name: str) -> Iterator[Screen]:
    order = an_order(name)
    form = ClaimForm(
        HUGE, ClaimReason.DOES_NOT_WORK, 10**6, str(EVERY_OTHER), "send", name, "A", "photo"
    )
    yield report.reasons_screen(_, order)
    yield report.units_screen(_, order, form, 10**6, "x")
    yield report.words_screen(_, order, form, "x")
    yield report.send_screen(_, order, form)
    yield order_screen(_, order)
    yield order_screen(_, an_order(name, replaces=OrderId(HUGE)), live=True)
    yield orders_screen(_, Page((order,) * 8, 1, 3, 20))
    for state in ClaimState:
        claim = a_claim(name, state)
        yield own.own_claim_screen(_, claim, order, "x", withdraws=True)
        yield own.own_claim_screen(_, claim, order)
        yield own.answered_screen(_, claim, order, claim.letters[0])
        yield card.claim_screen(_, details(name, state), NOW, "x")
    yield own.add_screen(_, a_claim(name), "x")
    yield own.closed_screen(_, a_claim(name), order, a_claim(name).letters[0])
    for done in a_claim(name).remedies:
        yield own.remedied_screen(_, order, done, settled=True)
    yield from _decisions(_, name)


def _decisions(_: Locale, name: str) -> Iterator[Screen]:
    found = details(name)
    for share in Share:
        tap = RefundClaim(claim=HUGE, share=share, seen=10**9, units=5)
        yield decisions.refund_sure_screen(_, found, tap)
    replaced = ReplaceClaim(claim=HUGE, seen=10**9)
    yield decisions.replace_sure_screen(_, found, 10**9, MOST, replaced)
    yield decisions.which_units_screen(_, HUGE, (10**6, 10**3))
    for closes in (True, False):
        yield decisions.ask_answer_screen(_, found, closes=closes, refusal="x")
    line = ClaimLine(HUGE, OrderId(HUGE), ClaimReason.OTHER, NOW, name)
    yield card.claims_screen(_, Page((line,) * 8, 10**6, 10**6 + 5, 10**7), NOW)
    yield card.claims_screen(_, Page((), 0, 1, 0), NOW)
    remedies = OrderRemedies(an_order(name), alice, found.paid, 10**9)
    yield goodwill.ask_amount_screen(_, remedies, "x")
    yield goodwill.ask_reason_screen(_, remedies, MOST, "x")
    yield goodwill.refund_order_sure_screen(_, remedies, MOST, name)
    yield goodwill.resend_sure_screen(_, remedies)
    yield goodwill.done_screen(_, remedies, "x")


@pytest.mark.long
@pytest.mark.parametrize("name", UGLY, ids=range(len(UGLY)))
def test_no_screen_breaks_a_limit(locale: Locale, name: str) -> None:
    for screen in screens(locale, name):
        fits(screen)


def test_no_screen_leaves_a_place_unfilled(locale: Locale) -> None:
    for screen in screens(locale, "Gmail"):
        assert "{" not in screen.text.text, screen.text.text
        assert not any("{" in button.label for row in screen.rows for button in row)


def test_every_tap_of_a_claim_fits_with_the_largest_numbers() -> None:
    largest = {
        "reason": ClaimReason.DOES_NOT_WORK, "share": Share.SOME, "every": True, "sure": True,
        "new": True, "meant": True, "piece": 10**9, "page": 10**9, "units": 10**9, "seen": 10**9,
    }  # fmt: skip
    kinds = [one for one in vars(taps).values() if hasattr(one, "__prefix__")]
    for kind in kinds:
        fields = {name: largest.get(name, HUGE) for name in kind.model_fields}
        assert len(kind(**fields).pack().encode()) <= 64
    assert len(kinds) > 20
