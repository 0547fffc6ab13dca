"""What became of an order is said to operators in words, never in names of our code."""

import re
from dataclasses import replace
from datetime import timedelta

import pytest

from bot.orders.rules.moves import State
from sandbox.suppliers import wire_faults
from sandbox.suppliers.faults import Fault
from tests.clock import TurnableClock
from tests.conversation.crew import QUICK
from tests.conversation.human import OLGA, Human, person
from tests.conversation.opening import on_sqlite, open_shop
from tests.conversation.shop import Shop

OURS = re.compile(r"[a-z]_[a-z]|Error\b|Disconnected|Timeout|InDoubt|NotSent|Malformed")
BROKE_OFF = "the connection broke off"
LOST: dict[str, tuple[Fault, str, str]] = {
    "hang-up": (wire_faults.lost_reply(), BROKE_OFF, "соединение оборвалось"),
    "cut": (wire_faults.cut_midway(), BROKE_OFF, "соединение оборвалось"),
    "silence": (
        wire_faults.hang(timedelta(minutes=1)),
        "it did not answer in time",
        "он не ответил вовремя",
    ),
    "a page": (
        wire_faults.html_page(502),
        "its answer cannot be read",
        "его ответ не удалось прочитать",
    ),
}


@on_sqlite
@pytest.mark.parametrize("kind", LOST)
async def test_a_lost_answer_is_said_in_the_operators_words(
    shop: Shop, alice: Human, olga: Human, kind: str
) -> None:
    fault, english, russian = LOST[kind]
    shop.accplanet.faults.next("add", fault)
    await alice.buys()
    await shop.works()
    assert await shop.state() is State.IN_DOUBT

    olga.sees_last("Order #1: in doubt\nWhy: it was sent and no answer came back")
    olga.sees_last(f"Attempt 1: outcome unknown · {english}")
    assert not OURS.search(olga.card.text), olga.card.text
    assert "expandable_blockquote" in {entity["type"] for entity in olga.card.entities}

    await olga.taps("Full history")
    assert olga.card.document is not None
    file = olga.card.document.content.decode()
    assert english in file
    assert not OURS.search(file), file

    await olga.sends("/language")
    await olga.taps("Русский")
    await olga.sends("/order 1")
    olga.sees_last(f"исход неизвестен · {russian}")
    assert not OURS.search(olga.card.text), olga.card.text
    assert not shop.trouble()


@on_sqlite
async def test_why_a_supplier_is_down_is_said_in_words(
    database_url: str, clock: TurnableClock
) -> None:
    wire = replace(QUICK, failures_to_open=2)
    async with open_shop(database_url, clock, wire=wire) as shop:
        olga = person(shop, OLGA, "Olga")
        await olga.sends("/start")
        await shop.sites["accplanet"].go_down()
        await shop.leaps(3, minutes=6)
        olga.sees("🔴 accplanet does not answer.", "Why: its address could not be reached")

        await olga.sends("/suppliers")
        olga.sees_last("🔴 Stopped answering", ": its address could not be reached")
        assert not OURS.search(olga.chat), olga.chat
