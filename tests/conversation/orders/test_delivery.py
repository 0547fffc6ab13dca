"""What was delivered reaches the chat, whatever Telegram says, and exactly as it came."""

import pytest

from bot.orders.rules.moves import State
from sandbox.suppliers.timelines import completes, grows
from sandbox.telegram.faults import BLOCKED, LostAfter, LostBefore, Refuse, RetryAfter, ServerError
from tests.conversation.human import ALICE, BORIS, Human
from tests.conversation.opening import on_sqlite
from tests.conversation.shop import Shop

pytestmark = on_sqlite

GOODS = ["ann:1", "ben:2", "cid:3"]


async def orders(shop: Shop, alice: Human, goods: list[str] | None = None) -> None:
    """An order that is in progress and completes in two seconds."""
    shop.accplanet.plan(completes(2), goods or GOODS)
    await alice.buys(quantity=str(len(goods or GOODS)))
    await shop.works()


async def test_goods_wait_for_somebody_who_blocked_the_bot(shop: Shop, alice: Human) -> None:
    await orders(shop, alice)
    await alice.does(lambda who: who.blocks_bot())
    await shop.passes(seconds=5)
    assert await shop.state() is State.COMPLETED
    alice.sees_nothing_of("ann:1")

    await alice.does(lambda who: who.unblocks_bot())
    await shop.works()
    alice.sees("ann:1", "ben:2", "cid:3")
    assert alice.chat.count("ann:1") == 1
    assert await shop.proof() == ()


async def test_goods_that_were_refused_come_when_the_customer_writes_again(
    shop: Shop, alice: Human
) -> None:
    await orders(shop, alice)
    shop.telegram.faults.keep("sendMessage", BLOCKED, chat_id=ALICE)
    await shop.passes(seconds=5)
    shop.telegram.faults.clear()
    await shop.leaps(2, minutes=10)
    alice.sees_nothing_of("ann:1")

    await alice.sends("/start")
    await shop.works()
    assert alice.chat.count("ann:1") == 1


async def test_whoever_writes_within_a_minute_of_a_refusal_gets_the_goods_as_well(
    shop: Shop, alice: Human
) -> None:
    await orders(shop, alice)
    shop.telegram.faults.keep("sendMessage", BLOCKED, chat_id=ALICE)
    await shop.passes(seconds=4)
    shop.telegram.faults.clear()

    await alice.sends("/orders")
    await shop.works()
    assert alice.chat.count("ann:1") == 1


async def test_a_chat_that_has_to_wait_does_not_hold_up_the_others(
    shop: Shop, alice: Human, boris: Human, olga: Human
) -> None:
    await olga.sends(f"/topup {BORIS} 5")
    await shop.works()
    await orders(shop, alice)
    await orders(shop, boris, ["dan:4"])
    shop.telegram.faults.next("sendMessage", RetryAfter(30), chat_id=ALICE)
    await shop.passes(seconds=5)
    boris.sees("dan:4")
    alice.sees_nothing_of("ann:1")

    await shop.passes(seconds=22)
    alice.sees_nothing_of("ann:1")
    await shop.passes(seconds=8)
    assert alice.chat.count("ann:1") == 1


@pytest.mark.parametrize(
    "fault", [ServerError(500), ServerError(502, html=True), LostBefore()], ids=str
)
async def test_trouble_at_telegram_delays_goods_and_repeats_nothing(
    shop: Shop, alice: Human, fault: ServerError | LostBefore
) -> None:
    await orders(shop, alice)
    shop.telegram.faults.next("sendMessage", fault, times=3, chat_id=ALICE)
    await shop.passes(seconds=40)

    assert [alice.chat.count(one) for one in GOODS] == [1, 1, 1]
    assert await shop.proof() == ()
    assert not shop.trouble()


async def test_a_lost_answer_of_telegram_repeats_goods_at_most_once(
    shop: Shop, alice: Human
) -> None:
    await orders(shop, alice)
    shop.telegram.faults.next("sendMessage", LostAfter(), chat_id=ALICE)
    await shop.passes(seconds=40)

    delivered = [message for message in alice.person.messages if "ann:1" in message.text]
    assert len(delivered) == 2
    assert all("Order #1" in one.text for one in delivered)


async def test_goods_that_telegram_will_not_show_come_as_a_file(shop: Shop, alice: Human) -> None:
    await orders(shop, alice)
    refusal = Refuse(400, "Bad Request: can't parse entities: whatever")
    shop.telegram.faults.next("sendMessage", refusal, chat_id=ALICE)
    await shop.passes(seconds=5)

    assert files(alice) == ["ann:1\nben:2\ncid:3\n"]


async def test_goods_that_cannot_be_sent_at_all_are_told_to_the_operators_and_kept(
    shop: Shop, alice: Human, olga: Human
) -> None:
    await orders(shop, alice)
    refusal = Refuse(400, "Bad Request: whatever")
    for method in ("sendMessage", "sendDocument"):
        shop.telegram.faults.next(method, refusal, chat_id=ALICE)
    await shop.passes(seconds=5)
    olga.sees("Order #1: the goods cannot be sent into the customer's chat.")

    await alice.sends("/orders")
    await alice.taps("#1")
    await alice.taps("Show goods")
    alice.sees_last("ann:1", "ben:2", "cid:3")


def files(human: Human) -> list[str]:
    """The texts of the files in a chat."""
    found = (message.document for message in human.person.messages)
    return [file.content.decode() for file in found if file is not None]


async def test_many_goods_come_as_one_file_with_all_of_them(shop: Shop, alice: Human) -> None:
    goods = [f"account-{nth:03}@example.com:{'p' * 80}" for nth in range(80)]
    await orders(shop, alice, goods)
    await shop.passes(seconds=4)

    assert files(alice) == ["\n".join(goods) + "\n"]
    file = next(message for message in alice.person.messages if message.document)
    assert file.document is not None
    assert file.document.name == "order-1.txt"
    assert "Order #1\nAged account\n80 pieces" in file.text
    assert not shop.trouble()


UGLY = {
    "html": "<b>user</b>&amp;:<script>alert('x')</script>",
    "entities": "`user`:*pass*_[x](tg://user?id=1)",
    "places": "{name}:{0}:%s:%(x)d",
    "emoji": "👩‍👩‍👧‍👦🏳️‍🌈:🔑" * 20,
    "rtl": "\u202eمستخدم:كلمة\u202c",
    "long": "x" * 2900,
    "too long": "x" * 9000,
    "spaces": "  user : pass  ",
    "lines": "user: ann\npass: 1\n2fa: JBSW",
    "controls": "user\x07\x1b[31m:pass\t1",
    "marks": "a\u030angstro\u0308m:x\u0333\u033f",
    "directions": "user\u200f\u200e:pass",
    "one direction": "user\u200e:pass",
    "empty lines": "user: ann\n\n\n\n\npass: 1",
    "unseen ends": "user:pass\u200b",
    "commands": "/start@bot #tag $TAG @alice https://example.com +15550100",
}


async def test_ugly_goods_arrive_unchanged(shop: Shop, alice: Human) -> None:
    for kind, ugly in UGLY.items():
        await orders(shop, alice, [ugly])
        await shop.passes(seconds=3)

        delivery = alice.card
        copied = [button.copy_text for button in delivery.buttons if button.copy_text]
        in_text = delivery.document is None and delivery.text.endswith(f"\n{ugly}")
        assert in_text or files(alice)[-1] == f"{ugly}\n", kind
        assert copied in ([], [ugly]), kind
    assert not shop.trouble()


async def test_goods_keep_their_order_through_trouble(shop: Shop, alice: Human) -> None:
    shop.accplanet.plan(grows(2), GOODS)
    await alice.buys()
    await shop.works()
    shop.telegram.faults.next("sendMessage", RetryAfter(9), chat_id=ALICE)
    await shop.passes(seconds=25)

    places = [alice.chat.index(one) for one in GOODS]
    assert places == sorted(places)
    assert [alice.chat.count(one) for one in GOODS] == [1, 1, 1]


async def test_the_order_card_lives_and_does_not_disturb_what_is_open(
    shop: Shop, alice: Human
) -> None:
    shop.accplanet.plan(grows(2), GOODS)
    await alice.buys()
    card = alice.card
    await shop.works()
    await alice.taps("Home")
    home = alice.card
    assert home.message_id != card.message_id
    await alice.taps("Wallet")
    await shop.passes(seconds=3)
    assert "1 of 3 delivered" in card.text
    await shop.passes(seconds=5)

    assert "Completed" in card.text
    assert "3 of 3 delivered" in card.text
    assert home.text.startswith("Balance: $9.64")
    assert not shop.trouble()


async def test_many_changes_of_a_card_are_one_edit_while_telegram_is_slow(
    shop: Shop, alice: Human
) -> None:
    shop.accplanet.plan(grows(2), GOODS)
    await alice.buys()
    edits = len(shop.telegram.calls_of("editMessageText"))
    shop.telegram.faults.next("editMessageText", RetryAfter(20), chat_id=ALICE)
    await shop.works()
    await shop.passes(seconds=8)
    alice.sees_nothing_of("ann:1")
    await shop.passes(seconds=15)

    alice.sees("ann:1", "ben:2", "cid:3", "3 of 3 delivered")
    assert len(shop.telegram.calls_of("editMessageText")) == edits + 2


async def test_after_a_restart_what_waited_is_sent_once(shop: Shop, alice: Human) -> None:
    await orders(shop, alice)
    shop.telegram.faults.keep("sendMessage", ServerError(502), chat_id=ALICE)
    await shop.passes(seconds=5)
    shop.telegram.faults.clear()
    async with shop.restarted():
        await shop.leaps(2, minutes=2)
        assert alice.chat.count("ann:1") == 1
        assert await shop.proof() == ()
