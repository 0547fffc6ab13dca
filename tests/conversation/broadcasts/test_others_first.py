"""A broadcast waits for whatever else is to be sent, and never goes on after a restore."""

from datetime import timedelta

from sqlalchemy import delete, insert

from bot.base.ids import CustomerId
from bot.broadcasts.choose import CHOSEN_AT_ONCE, choose_some
from bot.broadcasts.claims import Nobody, Taken, others_wait, take_next
from bot.db.meta import SAFE_MODE, facts
from bot.db.tx import Tx
from bot.outbox.notices import RoleChanged
from bot.outbox.tell import tell
from bot.people.tables import customers
from sandbox.telegram.faults import RetryAfter
from tests.conversation.broadcasts.mailing import fates, got, many, starts, state
from tests.conversation.human import ALICE, Human
from tests.conversation.opening import on_sqlite
from tests.conversation.shop import Shop


def _tell_alice(tx: Tx) -> None:
    """Any notice."""
    tell(tx, CustomerId(ALICE), "any", RoleChanged(None))


async def test_nobody_is_taken_while_anything_else_could_leave(
    shop: Shop, alice: Human, boris: Human, olga: Human
) -> None:
    db = shop.kiosk.db
    await starts(olga)
    while await db.write(choose_some):
        continue
    while await shop.kiosk.sender.step():
        continue
    await db.write(_tell_alice)
    assert await db.read(others_wait)
    assert await db.write(take_next) is Nobody.OTHERS
    shop.telegram.faults.next("sendMessage", RetryAfter(60), chat_id=ALICE)
    await shop.kiosk.sender.step()
    assert not await db.read(others_wait), "what has to wait itself holds up nobody"
    assert isinstance(await db.write(take_next), Taken)


async def test_recipients_are_chosen_some_at_a_time(shop: Shop, alice: Human, olga: Human) -> None:
    db = shop.kiosk.db

    def fill(tx: Tx) -> None:
        seen = {"language": "en", "created_at": tx.now, "seen_at": tx.now, "first_name": "Guest"}
        ids = range(10_000, 10_000 + CHOSEN_AT_ONCE)
        tx.execute(insert(customers), [{"id": one, **seen} for one in ids])

    await db.write(fill)
    await starts(olga)
    assert await db.write(choose_some) == CHOSEN_AT_ONCE
    assert await state(shop) == "choosing"
    shop.clock.turn(timedelta(seconds=1))
    boris = shop.telegram.person(20_000, "Late", username="late", language_code="en")
    boris.sends("/start")
    await shop.hears()
    while await db.write(choose_some):
        continue
    assert await state(shop) == "running"
    chosen = await fates(shop)
    assert len(chosen) == CHOSEN_AT_ONCE + 2
    assert boris.user_id not in chosen


@on_sqlite
async def test_the_card_says_how_far_it_is_and_when_it_will_be_through(
    shop: Shop, alice: Human, olga: Human
) -> None:
    await many(shop, 58)
    await starts(olga)
    news, sender = shop.kiosk.broadcasts, shop.kiosk.sender
    while await state(shop) != "running":
        await news.step()
    for _ in range(3):
        while await sender.step():
            continue
        assert await news.step()
        shop.clock.turn(timedelta(seconds=4))
    await olga.sends("/broadcast")
    await olga.taps("under way")
    olga.sees_last("✅ Sent:", "⏳ Left:", "Done at about")
    await shop.looks()
    olga.sees("✅ Sent: 60", "Ended:")
    assert not shop.trouble()


@on_sqlite
async def test_after_a_restore_it_rests_until_an_owner_stands_for_it(
    shop: Shop, alice: Human, boris: Human, olga: Human
) -> None:
    db = shop.kiosk.db
    await starts(olga)
    while await db.write(choose_some):
        continue
    while await shop.kiosk.sender.step():
        continue
    await db.write(lambda tx: tx.execute(insert(facts).values(name=SAFE_MODE, value="1")))
    await shop.looks()
    assert await state(shop) == "paused"
    assert not got(alice)
    await db.write(lambda tx: tx.execute(delete(facts).where(facts.c.name == SAFE_MODE)))
    await shop.passes(minutes=1)
    olga.sees("the shop was restored from a copy")
    await olga.taps("Continue")
    olga.sees_last("Continue it?", "would get it twice")
    await olga.taps("Yes, continue")
    await shop.works()
    await shop.looks()
    assert got(alice) == got(boris) == 1
