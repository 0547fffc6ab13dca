"""What was told of an order is put right where it stands, once that is settled."""

from bot.orders.rules.moves import State
from sandbox.suppliers import wire_faults
from sandbox.suppliers.timelines import completes
from sandbox.telegram.messages import BotMessage
from tests.conversation.desk.decisions.parked import THREE, in_doubt
from tests.conversation.human import Human
from tests.conversation.opening import on_sqlite
from tests.conversation.shop import Shop


def _message(human: Human, words: str) -> BotMessage:
    """The message in which this stood."""
    (found,) = [message for message in human.person.messages if words in message.text]
    return found


def _now(human: Human, message: BotMessage) -> BotMessage:
    (found,) = [one for one in human.person.messages if one.message_id == message.message_id]
    return found


async def test_after_the_doubt_nobody_reads_that_the_money_is_held(
    shop: Shop, alice: Human, olga: Human, otto: Human
) -> None:
    await in_doubt(shop, alice)
    told = _message(alice, "is being checked. You don't need to do anything")
    alert = _message(otto, "An order is in doubt")
    await olga.taps("Send again")
    shop.accplanet.plan(completes(2), THREE)
    await olga.taps("Yes: send again")
    await shop.passes(seconds=6)

    assert await shop.state() is State.COMPLETED
    assert "✅ Order #1 is settled." in _now(alice, told).text
    assert "Paid: $0.36" in _now(alice, told).text
    assert "is set aside" not in _now(alice, told).text
    assert "✅ Settled: this order was in doubt." in _now(otto, alert).text
    assert _now(otto, alert).find_button("Send again") is None
    assert otto.times("An order is in doubt") == 0
    assert not shop.trouble()


@on_sqlite
async def test_what_an_operator_reads_in_an_alerts_place_stays(
    shop: Shop, alice: Human, olga: Human, otto: Human
) -> None:
    await in_doubt(shop, alice)
    alert = _message(otto, "An order is in doubt")
    await otto.taps("👤 Customer", alert.message_id)
    reads = _now(otto, alert).text
    await olga.taps("Not placed: refund")
    await olga.taps("Yes: not placed, refund")
    await shop.works()

    assert await shop.state() is State.FAILED
    assert _now(otto, alert).text == reads
    olga.sees_last("✅ Done")
    olga.sees_nothing_of("✅ Settled")


@on_sqlite
async def test_an_order_that_waited_says_how_it_went_on(shop: Shop, alice: Human) -> None:
    shop.accplanet.plan(completes(2), THREE)
    await shop.sites["accplanet"].refuse_newcomers()
    await alice.buys()
    await shop.leaps(2, minutes=1)
    told = _message(alice, "is waiting: we can't place it right now")
    await shop.sites["accplanet"].come_back()
    await shop.leaps(4, minutes=1)

    assert await shop.state() is State.COMPLETED
    assert "✅ Order #1 is settled." in _now(alice, told).text
    assert _now(alice, told).find_button("Cancel the order") is None


@on_sqlite
async def test_an_order_that_a_person_looks_at_says_when_it_goes_on(
    shop: Shop, alice: Human, olga: Human
) -> None:
    shop.accplanet.plan(completes(2), THREE)
    shop.accplanet.faults.next("add", wire_faults.lost_reply())
    await alice.buys()
    await shop.works()
    told = _message(alice, "is being checked. You don't need to do anything")
    await shop.sites["accplanet"].refuse_newcomers()
    await olga.taps("Send again")
    await olga.taps("Yes: send again")
    await shop.works()
    assert await shop.state() is State.QUEUED
    assert "is set aside for this order" in _now(alice, told).text
    assert "is being checked" not in _now(alice, told).text
