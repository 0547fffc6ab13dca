"""Alerts in the operators' group: told once, settled there, tapped by operators alone."""

from __future__ import annotations

from collections.abc import AsyncIterator

import pytest

from sandbox.suppliers import wire_faults
from sandbox.telegram import BotMessage
from sandbox.telegram.faults import Refuse
from tests.clock import TurnableClock
from tests.conversation.desk.claiming import came, reports
from tests.conversation.desk.test_roles import becomes
from tests.conversation.human import ALICE, BORIS, OLGA, Human
from tests.conversation.opening import on_sqlite, open_shop
from tests.conversation.shop import Shop

GROUP, TOPIC = -1001234, 7
STRANGER = "These buttons are for those who run the shop."


@pytest.fixture
async def shop(database_url: str, clock: TurnableClock) -> AsyncIterator[Shop]:
    """A shop whose operators have a group with a topic for alerts."""
    chat = f"{GROUP}/{TOPIC}"
    async with open_shop(database_url, clock, stocked=True, alert_chat=chat) as opened:
        opened.telegram.group(GROUP)
        yield opened


def alerts(shop: Shop) -> tuple[BotMessage, ...]:
    return shop.telegram.group(GROUP).bot_messages


async def in_doubt(shop: Shop, alice: Human) -> BotMessage:
    """The answer to Alice's order is lost; what the group reads of it."""
    shop.accplanet.faults.next("add", wire_faults.lost_reply())
    await alice.buys()
    await shop.works()
    return alerts(shop)[-1]


async def taps_in_group(who: Human, label: str, message: BotMessage) -> None:
    who.person.taps(label, message_id=message.message_id, chat_id=GROUP)
    await who.shop.hears()


async def test_a_doubt_is_told_in_the_topic_once_and_settled_there(
    shop: Shop, alice: Human, olga: Human
) -> None:
    alert = await in_doubt(shop, alice)
    assert (len(alerts(shop)), alert.topic) == (1, TOPIC)
    assert "An order is in doubt" in alert.text
    for secret in ("Alice", "alice", "acc-key-canary"):
        assert secret not in alert.text
    assert [label for row in alert.labels for label in row] == [
        "Attach id",
        "Not placed: refund",
        "Send again",
        "Write off",
        "📦 Order #1",
    ]

    await taps_in_group(olga, "Not placed: refund", alert)
    assert olga.toast == "You will find it in your private chat with the bot."
    olga.sees_last("goes back to the customer's credit")
    await olga.taps("Yes: not placed, refund")
    await shop.works()
    [settled] = alerts(shop)
    assert "✅ Settled: this order was in doubt." in settled.text
    assert settled.labels == (("📦 Order #1",),)
    assert (await alice.wallet()).free.micros == 10_000_000
    assert not shop.trouble()


@on_sqlite
async def test_a_claim_is_told_without_a_word_of_the_customers_and_settled(
    shop: Shop, alice: Human, olga: Human
) -> None:
    await came(shop, alice)
    await reports(shop, alice, words="my secret words")
    alert = alerts(shop)[-1]
    assert "⚠️ A customer reports a problem." in alert.text
    assert "Order #1: completed" in alert.text
    for secret in ("secret", "Alice", "acc0", "pw"):
        assert secret not in alert.text
    await taps_in_group(olga, "Claims", alert)
    olga.sees_last("Claim about order #1: open", "my secret words")
    await olga.taps("Refund all 3")
    await olga.taps("Yes: refund")
    await shop.works()
    assert "✅ Settled" in alerts(shop)[-1].text
    await olga.sends("/desk")
    olga.sees_last("Revenue: $0.00", "Given back: $0.36", "Cost: $0.30", "Margin: −$0.30")
    assert not shop.trouble()


@on_sqlite
async def test_a_strangers_tap_in_the_group_does_nothing(
    shop: Shop, alice: Human, boris: Human, olga: Human
) -> None:
    alert = await in_doubt(shop, alice)
    seen = len(boris.person.messages)
    for label in ("Write off", "📦 Order #1"):
        await taps_in_group(boris, label, alert)
        assert boris.toast == STRANGER
    boris.person.taps_raw("da:1:w:1:0:1", alert.message_id, chat_id=GROUP)
    await shop.hears()
    assert boris.toast == STRANGER
    assert len(boris.person.messages) == seen
    assert (await shop.details()).order.state == "in_doubt"
    assert not shop.trouble()


@on_sqlite
async def test_a_role_counts_in_the_group_as_in_the_private_chat(
    shop: Shop, alice: Human, boris: Human, olga: Human
) -> None:
    alert = await in_doubt(shop, alice)
    await becomes(olga, BORIS, "viewer")
    await taps_in_group(boris, "Write off", alert)
    assert boris.toast.startswith("Nothing was done: your role does not permit this.")
    await taps_in_group(boris, "📦 Order #1", alert)
    boris.sees_last("Order #1")
    await becomes(olga, BORIS, "support")
    await taps_in_group(boris, "Write off", alert)
    boris.sees_last("its cost")
    await olga.sends(f"/role {BORIS} none")
    await olga.taps("Yes, change the role")
    await taps_in_group(boris, "Write off", alert)
    assert boris.toast == STRANGER
    assert not shop.trouble()


@on_sqlite
async def test_two_operators_on_one_button_in_the_group_act_once(
    shop: Shop, alice: Human, boris: Human, olga: Human
) -> None:
    await becomes(olga, BORIS, "cashier")
    await boris.sends("/start")
    await alice.sends("/wallet")
    await alice.taps("Top up")
    await alice.sends("5")
    await shop.works()
    alert = alerts(shop)[-1]
    assert "A top-up of $5.00 is asked for" in alert.text
    assert str(ALICE) in alert.text
    assert "Alice" not in alert.text
    for one in (olga, boris):
        one.person.taps("✅ Approve", message_id=alert.message_id, chat_id=GROUP)
    await shop.hears()
    await shop.works()

    assert (await alice.wallet()).free.micros == 15_000_000
    for one in (olga, boris):
        one.sees_last("✅ Approved")
    assert "✅ Approved" in alerts(shop)[-1].text
    assert alerts(shop)[-1].labels == ()
    assert not shop.trouble()


async def test_a_group_that_refuses_the_bot_loses_nothing_and_is_said_at_the_desk(
    shop: Shop, alice: Human, olga: Human, caplog: pytest.LogCaptureFixture
) -> None:
    olga.person.removes_bot_from_group(GROUP)
    await shop.hears()
    shop.accplanet.faults.next("add", wire_faults.lost_reply())
    await alice.buys()
    await shop.works()
    for _ in range(3):
        await shop.passes(minutes=10)
    assert alerts(shop) == ()
    olga.sees("An order is in doubt")
    await olga.sends("/desk")
    olga.sees_last("The group of ALERT_CHAT takes no messages from the bot")
    assert caplog.text.count("alert_chat_closed") == 1

    olga.person.adds_bot_to_group(GROUP)
    await shop.hears()
    await shop.works()
    assert "An order is in doubt" in alerts(shop)[0].text
    await olga.sends("/desk")
    assert "ALERT_CHAT" not in olga.card.text


@on_sqlite
@pytest.mark.parametrize(
    "words", ["not enough rights to send text messages to the chat", "message thread not found"]
)
async def test_what_keeps_the_bot_from_writing_is_tried_again_by_itself(
    shop: Shop, alice: Human, olga: Human, words: str
) -> None:
    shop.telegram.faults.keep("sendMessage", Refuse(400, f"Bad Request: {words}"), chat_id=GROUP)
    shop.accplanet.faults.next("add", wire_faults.lost_reply())
    await alice.buys()
    await shop.works()
    assert alerts(shop) == ()
    shop.telegram.faults.clear()
    await shop.passes(minutes=11)
    assert "An order is in doubt" in alerts(shop)[0].text


@on_sqlite
async def test_a_topic_that_is_opened_again_gets_what_waited(
    shop: Shop, alice: Human, olga: Human
) -> None:
    shop.telegram.group(GROUP).closed_topics.add(TOPIC)
    shop.accplanet.faults.next("add", wire_faults.lost_reply())
    await alice.buys()
    await shop.works()
    assert alerts(shop) == ()
    olga.person.opens_topic(GROUP, TOPIC)
    await shop.hears()
    await shop.works()
    assert alerts(shop)[0].topic == TOPIC


@on_sqlite
async def test_what_people_say_in_the_group_is_not_answered_there(
    shop: Shop, alice: Human, olga: Human
) -> None:
    olga.person.sends_in_group(GROUP, "/desk")
    olga.person.sends_in_group(GROUP, f"/topup {ALICE} 5")
    await shop.hears()
    assert alerts(shop) == ()
    assert (await alice.wallet()).free.micros == 10_000_000
    assert OLGA in shop.telegram.people
    assert not shop.trouble()
