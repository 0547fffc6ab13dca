"""A replacement speaks of no money to its customer, in whatever state it is."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

import pytest

from bot.base.ids import OrderId
from bot.base.money import CENT, ZERO
from bot.chat.desk.decisions import FROM, decided_words, decision_sure_screen
from bot.chat.kinds import CHAT_KINDS
from bot.chat.kit.screen import Screen
from bot.chat.orders import notices
from bot.orders.rules.moves import FINISHED, Reason, State
from bot.orders.views import OrderView
from bot.suppliers.words import Kind
from tests.chat.desk.samples import a_dossier, an_order
from tests.chat.kinds import NOW
from tests.human import ENGLISH

MONEY = ("$", "paid", "Paid", "money", "refund", "Total", "pay ")


def screens(order: OrderView) -> Iterator[Screen]:
    _, kind = ENGLISH, CHAT_KINDS[order.kind]
    yield kind.order_screen(_, order, NOW)
    yield notices.waits_screen(_, order, NOW)
    yield notices.in_doubt_screen(_, order)
    yield notices.needs_person_screen(_, order)
    yield notices.settled_screen(_, order)
    if order.state in FINISHED:
        yield kind.ended_screen(_, order)


@pytest.mark.parametrize("kind", Kind)
@pytest.mark.parametrize("state", State)
def test_a_replacement_says_nothing_of_money(kind: Kind, state: State) -> None:
    for reason in (None, Reason.NO_CODE, Reason.OUT_OF_STOCK):
        order = an_order(
            state, kind=kind, reason=reason, total=ZERO, replaces=OrderId(1), delivered=1
        )
        for screen in screens(order):
            said = screen.text.text
            assert [word for word in MONEY if word in said] == [], said


@pytest.mark.parametrize("act", FROM)
def test_a_decision_about_a_replacement_says_nothing_of_the_customers_money(act: object) -> None:
    for may_have_left in (False, True):
        order = replace(
            an_order(State.ATTENTION, total=ZERO, replaces=OrderId(1)),
            may_have_left=may_have_left,
        )
        said = decision_sure_screen(ENGLISH, a_dossier(order), act, CENT, 1).text.text  # type: ignore[arg-type]  # a decision
        assert "held" not in said
        assert "credit" not in said
        assert "{" not in said
        assert "$" not in decided_words(ENGLISH, order).text
