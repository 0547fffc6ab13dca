"""Nobody gets a broadcast twice, whatever falls, is cut off, or happens at the same instant."""

import asyncio
from collections.abc import AsyncIterator
from functools import partial

import pytest

from sandbox.telegram.faults import LostAfter, LostBefore, RetryAfter, WaitFor
from tests.clock import TurnableClock
from tests.conversation.broadcasts.mailing import WORDS, fates, got, many, starts, state
from tests.conversation.human import ALICE, BORIS, OLGA, OTTO, Human, person
from tests.conversation.opening import on_sqlite, open_shop
from tests.conversation.replicas import acts, at_once, doubled, reach, two_processes
from tests.conversation.shop import Shop


@pytest.fixture
async def shop(database_url: str, clock: TurnableClock) -> AsyncIterator[Shop]:
    operators = f"{OLGA},{OTTO}"
    async with open_shop(database_url, clock, stocked=True, admin_ids=operators) as opened:
        yield opened


async def test_an_answer_that_is_lost_after_the_message_left_sends_none_twice(
    shop: Shop, alice: Human, boris: Human, olga: Human
) -> None:
    await starts(olga)
    shop.telegram.faults.next("sendMessage", LostAfter(), chat_id=ALICE)
    await shop.works()
    await shop.passes(minutes=2)

    assert got(alice) == got(boris) == 1
    assert (await fates(shop))[ALICE] == "unsure"
    assert await state(shop) == "done"
    olga.sees("❔ Perhaps not arrived, and not sent again: 1")


async def test_a_process_that_falls_between_the_message_and_its_note_sends_none_twice(
    shop: Shop, alice: Human, boris: Human, olga: Human
) -> None:
    guests = await many(shop, 5)
    await starts(olga)
    held = WaitFor()
    shop.telegram.faults.next("sendMessage", held, chat_id=BORIS)
    async with asyncio.timeout(60), asyncio.TaskGroup() as tasks:
        working = tasks.create_task(shop.works())
        await held.reached.wait()
        working.cancel()
        shop.crew.die()
    held.event.set()
    await shop.restarts()
    await shop.looks()
    await shop.passes(minutes=3)

    assert [got(one) for one in (alice, *guests)] == [1] * 6
    assert got(boris) <= 1
    assert (await fates(shop))[BORIS] == "unsure"
    assert await state(shop) == "done"


async def test_the_network_that_is_cut_costs_one_message_at_most(
    shop: Shop, alice: Human, boris: Human, olga: Human
) -> None:
    guests = await many(shop, 10)
    await starts(olga)
    await shop.kiosk.broadcasts.step()
    shop.telegram.faults.keep("*", LostBefore())
    await shop.works()
    await shop.leaps(6, minutes=2)
    everybody = (alice, boris, *guests)
    assert sum(got(one) for one in everybody) < len(everybody)

    shop.telegram.faults.clear()
    await shop.leaps(4, minutes=10)
    counts = [got(one) for one in everybody]
    assert max(counts) == 1
    assert counts.count(0) <= 1
    assert await state(shop) == "done"


async def test_when_telegram_asks_to_wait_all_wait_and_nobody_is_lost(
    shop: Shop, alice: Human, boris: Human, olga: Human
) -> None:
    guests = await many(shop, 5)
    await starts(olga)
    shop.telegram.faults.next("sendMessage", RetryAfter(30), chat_id=ALICE)
    await shop.works()
    await shop.looks()
    assert not any(got(one) for one in (alice, boris, *guests))
    await shop.passes(seconds=20)
    assert not any(got(one) for one in (alice, boris, *guests))
    await shop.passes(seconds=40)
    assert [got(one) for one in (alice, boris, *guests)] == [1] * 7
    assert await state(shop) == "done"


async def test_two_processes_share_it_and_nobody_gets_it_twice(
    shop: Shop, alice: Human, olga: Human
) -> None:
    guests = await many(shop, 30)
    await starts(olga)
    async with two_processes(shop) as both:
        for _ in range(4):
            steps = [step for one in both for step in (one.broadcasts.step, one.sender.step)]
            await at_once(*(step() for step in steps * 2))
        await shop.works()
        await shop.looks()
    assert [got(one) for one in (alice, *guests)] == [1] * 31
    assert await state(shop) == "done"


async def test_two_operators_who_send_at_once_send_one(
    shop: Shop, alice: Human, olga: Human
) -> None:
    otto = person(shop, OTTO, "Otto")
    await otto.sends("/start")
    await olga.sends(f"/broadcast {WORDS}")
    await olga.taps("Send to")
    await otto.sends("/broadcast")
    await otto.taps("draft")
    await otto.taps("Send to")
    async with two_processes(shop) as both:
        sure = [partial(one.person.taps, "Yes, send it") for one in (olga, otto)]
        await reach(doubled(both, acts(shop, *sure)))
        await shop.works()
        await shop.looks()
    assert got(alice) == 1
    started = [act for act in await shop.acts_audited() if act[1] == "start broadcast"]
    assert len(started) == 1


@on_sqlite
async def test_it_goes_on_after_a_restart_by_itself(
    shop: Shop, alice: Human, boris: Human, olga: Human
) -> None:
    guests = await many(shop, 40)
    await starts(olga)
    await shop.kiosk.broadcasts.step()
    while not got(olga):
        await shop.kiosk.sender.step()
        await shop.kiosk.broadcasts.step()
        if any(got(one) for one in guests):
            break
    shop.crew.die()
    await shop.restarts()
    await shop.looks()
    await shop.passes(minutes=1)
    assert [got(one) for one in (alice, boris, *guests)] == [1] * 42


@on_sqlite
async def test_a_draft_that_changed_is_seen_before_it_is_sent(
    shop: Shop, alice: Human, olga: Human
) -> None:
    await olga.sends(f"/broadcast {WORDS}")
    await olga.taps("Send to")
    sure = olga.button("Yes, send it")
    card = olga.card.message_id
    await olga.taps("Back")
    await olga.taps("Buttons")
    await olga.sends("Ours | https://example.org")
    await olga.forges(sure, card)
    olga.sees_last("Send this to 2 customers now?")
    await shop.works()
    assert not got(alice)
    await olga.does(lambda one: one.edits(_command(olga), "/broadcast Something else"))
    await olga.taps("Yes, send it")
    await olga.forges(sure, card)
    await shop.works()
    await shop.looks()
    assert got(alice) == 1


def _command(olga: Human) -> int:
    """Olga's own message that began the draft."""
    return next(
        one
        for one, message in olga.person.chat.messages.items()
        if "/broadcast" in getattr(message, "wire", {}).get("text", "")
    )
