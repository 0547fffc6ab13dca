"""Telegram at its worst: nothing lost, doubled only by a lost answer, in order in each chat."""

import asyncio
from datetime import timedelta
from functools import partial

from aiogram.utils.backoff import BackoffConfig

from bot.app.running import run
from bot.chat.kit.telegram.polling import poll
from bot.chat.orders.taps import Confirm
from bot.money.ledger import Wallet
from bot.orders.rules.moves import State
from sandbox.suppliers.timelines import completes, grows
from sandbox.telegram.faults import (
    BLOCKED,
    Fault,
    LostAfter,
    LostBefore,
    Refuse,
    RetryAfter,
    ServerError,
    WaitFor,
)
from tests.conversation.human import ALICE, BORIS, Human
from tests.conversation.opening import on_sqlite
from tests.conversation.replicas import (
    acts,
    at_once,
    makers_of,
    reach,
    two_processes,
    work_at_once,
)
from tests.conversation.shop import Shop
from tests.stored_shop import usd

THREE = ["ann:1", "ben:2", "cid:3"]
TROUBLES: dict[str, Fault] = {
    "too fast": RetryAfter(3),
    "500": ServerError(),
    "a page": ServerError(502, html=True),
    "lost on the way there": LostBefore(),
    "lost on the way back": LostAfter(),
}
NOT_EDITED: dict[str, Fault] = {
    "deleted": Refuse(400, "Bad Request: message to edit not found"),
    "too old": Refuse(400, "Bad Request: message can't be edited"),
    "a file": Refuse(400, "Bad Request: there is no text in the message to edit"),
    "unknown": Refuse(400, "Bad Request: MESSAGE_ID_INVALID"),
}
NOT_ANSWERED: dict[str, Fault] = {
    "too old": Refuse(400, "Bad Request: query is too old and response timeout expired"),
    "forgotten": Refuse(400, "Bad Request: QUERY_ID_INVALID"),
    "a new refusal": Refuse(400, "Bad Request: whatever"),
    "blocked": BLOCKED,
    "not found": Refuse(404, "Not Found"),
    "another poller": Refuse(409, "Conflict"),
    **TROUBLES,
}


async def test_deliveries_of_two_processes_through_every_trouble_keep_their_order(
    shop: Shop, alice: Human
) -> None:
    shop.accplanet.plan(grows(2), THREE)
    await alice.buys_unseen()
    for trouble in (*TROUBLES.values(), BLOCKED):
        shop.telegram.faults.next("sendMessage", trouble, chat_id=ALICE)
    async with two_processes(shop) as both:
        for _ in range(7):
            shop.clock.turn(timedelta(seconds=1))
            await at_once(*(step() for kiosk in both for step in makers_of(kiosk)))
        for _ in range(6):
            shop.clock.turn(timedelta(seconds=32))
            await work_at_once(*both)
        alice.sees_nothing_of("ben:2")
        await alice.does(lambda who: who.blocks_bot())
        await alice.does(lambda who: who.unblocks_bot())
        await work_at_once(*both)

    lines = [message.text.rpartition("\n")[2] for message in alice.person.messages]
    # One answer was lost, so one repeat is allowed.
    assert [line for line in lines if line in THREE] == ["ann:1", *THREE]
    assert await shop.proof() == ()


@on_sqlite
async def test_a_tap_does_what_it_says_whatever_becomes_of_its_spinner(
    shop: Shop, alice: Human
) -> None:
    for kind, fault in NOT_ANSWERED.items():
        await alice.sends("/wallet")
        shop.telegram.faults.next("answerCallbackQuery", fault)
        await alice.taps("Home")
        assert alice.card.text.startswith("Welcome to Kiosk!"), kind
    await alice.goes_to_confirm()
    shop.telegram.faults.next("answerCallbackQuery", NOT_ANSWERED["forgotten"])
    await alice.taps("Pay")
    alice.sees_last("Order #1")
    assert await alice.wallet() == Wallet(free=usd("9.64"), held=usd("0.36"))


@on_sqlite
async def test_a_purchase_whose_card_cannot_be_shown_is_made_once_and_shown_in_the_end(
    shop: Shop, alice: Human
) -> None:
    shop.accplanet.default_timeline = completes(2)
    faults = {kind: fault for kind, fault in TROUBLES.items() if "lost" in kind} | NOT_EDITED
    for order, (kind, fault) in enumerate(faults.items(), 1):
        await alice.sends("/start")
        card = alice.card.message_id
        shop.telegram.faults.next("editMessageText", fault)
        await alice.buys_unseen(quantity=1)
        assert alice.times(f"Order #{order}\n") == (kind != "lost on the way there"), kind
        await alice.forges(Confirm(quote=order).pack(), card)
        await shop.works()
        assert alice.times(f"Order #{order}\n") >= 1, kind
    await shop.leaps(4, seconds=10)

    assert shop.accplanet.adds_received == len(faults)
    for order in range(1, len(faults) + 1):
        assert await shop.state(order) is State.COMPLETED
        assert alice.times(f"📦 Order #{order}\n") == 1
        cards = [
            message
            for message in alice.person.messages
            if message.text.startswith(f"Order #{order}\n")
        ]
        assert any("✅ Completed" in card.text for card in cards), order
    assert await shop.proof() == ()


@on_sqlite
async def test_a_life_told_again_backwards_to_a_new_process_changes_nothing(
    shop: Shop, alice: Human, boris: Human, olga: Human
) -> None:
    """Every update comes again, the last one first, and all of them at the same time."""
    shop.accplanet.plan(completes(2), THREE)
    walk = ("/catalog", *("Social", "Aged account", "Buy"), "3", "Pay")
    life = [await _does(olga, f"/topup {BORIS} 5"), await _does(olga, f"/debit {ALICE} 1")]
    life += [await _does(boris, step) for step in ("/wallet", "Top up", "20")]
    life += [await _does(alice, step) for step in walk]
    await shop.passes(seconds=4)
    await olga.taps("Approve")
    before = await alice.wallet(), await boris.wallet(), len(await shop.acts_audited())
    goods, asked = alice.times("ann:1"), olga.times("Request for a top-up of")
    await shop.restarts()
    await reach(tuple((shop.kiosk, update) for update in reversed(life)))
    await shop.passes(seconds=4)

    after = await alice.wallet(), await boris.wallet(), len(await shop.acts_audited())
    assert after == before
    assert before[0] == Wallet(free=usd("8.64"), held=usd("0"))
    assert before[1].free == usd("25")
    assert (
        (alice.times("ann:1"), olga.times("Request for a top-up of")) == (goods, asked) == (1, 1)
    )
    assert shop.accplanet.adds_received == 1
    assert await shop.proof() == ()


async def _does(human: Human, step: str) -> dict[str, object]:
    """A command or a number is typed, anything else is a button."""
    typed = step.startswith("/") or step.isdigit()
    act = human.person.sends if typed else human.person.taps
    [update] = acts(human.shop, partial(act, step))
    await reach(((human.shop.kiosk, update),))
    return update


@on_sqlite
async def test_updates_that_get_lost_on_the_way_to_a_poller_are_handled_once(
    shop: Shop, alice: Human
) -> None:
    for fault in (*TROUBLES.values(), Refuse(409, "Conflict: terminated by other getUpdates")):
        shop.telegram.faults.next("getUpdates", fault)
    shop.telegram.faults.next("getUpdates", LostAfter(), times=2)
    said = len(alice.person.messages)
    take, kinds = shop.kiosk.dispatcher.take, shop.kiosk.dispatcher.resolve_used_update_types()
    quickly = BackoffConfig(min_delay=0.001, max_delay=0.002, factor=1.1, jitter=0.0)
    async with asyncio.timeout(60), asyncio.TaskGroup() as tasks:
        polling = tasks.create_task(poll(shop.kiosk.bot, take, kinds, tasks, quickly))
        for _ in "123":
            alice.person.sends("/start")
        await shop.telegram.waits_until(lambda: len(alice.person.messages) >= said + 3)
        await shop.telegram.updates.until_polled()
        polling.cancel()

    assert len(alice.person.messages) == said + 3
    assert not shop.telegram.updates.pending


@on_sqlite
async def test_an_update_that_cannot_be_read_stops_none_of_those_behind_it(
    shop: Shop, alice: Human
) -> None:
    said = len(alice.person.messages)
    dispatcher = shop.kiosk.dispatcher
    kinds = dispatcher.resolve_used_update_types()
    for nonsense in ({"no": "message"}, {"message_id": "x", "chat": None}):
        shop.telegram.updates.put("message", nonsense)
        shop.telegram.updates.put("callback_query", nonsense)
    alice.person.sends("/start")
    async with asyncio.timeout(60), asyncio.TaskGroup() as tasks:
        polling = tasks.create_task(poll(shop.kiosk.bot, dispatcher.take, kinds, tasks))
        await shop.telegram.waits_until(lambda: len(alice.person.messages) > said)
        await shop.telegram.updates.until_polled()
        polling.cancel()

    assert len(alice.person.messages) == said + 1
    assert not shop.telegram.updates.pending


@on_sqlite
async def test_a_stop_lets_a_tap_that_is_under_way_finish(shop: Shop, alice: Human) -> None:
    slow, stopping = WaitFor(), asyncio.Event()
    shop.telegram.faults.next("editMessageText", slow)
    async with asyncio.timeout(60), asyncio.TaskGroup() as tasks:
        running = tasks.create_task(run(shop.kiosk, stopping))
        alice.person.taps("Catalog")
        await slow.reached.wait()
        stopping.set()
        await asyncio.to_thread(lambda: None)
        assert not running.done()
        slow.event.set()

    alice.sees("Catalog")
