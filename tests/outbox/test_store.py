"""What is to be said reaches each chat in order, deliveries first, and nothing is lost."""

from dataclasses import replace
from datetime import timedelta

import pytest

from bot.base.ids import OrderId
from bot.outbox import store
from bot.outbox import tell as post
from bot.outbox.notices import (
    AnyNotice,
    GoodsArrived,
    OrderCard,
    OrderEnded,
    OrderWaits,
    SupplierAlert,
    SupplierCause,
)
from bot.outbox.tell import Alerts, begin_alert
from bot.people import customers
from bot.people.operators import seed_operators
from tests.outbox.queued import CREDITED, claim, sent, tell
from tests.races import all_at_once
from tests.stored_shop import ALICE, BOB, OLGA, Books

DOWN = SupplierAlert("accplanet", SupplierCause.DOWN)
UP = SupplierAlert("accplanet", SupplierCause.DOWN, over=True)


async def refresh(books: Books, order: int) -> None:
    await books.db.write(post.refresh_card, ALICE, OrderId(order))


async def all_sent(books: Books) -> list[AnyNotice]:
    """Send until nothing is due."""
    notices = []
    while rows := await claim(books):
        for row in rows:
            notices.append(row.notice)
            await sent(books, row)
    return notices


async def test_a_chat_hears_one_thing_at_a_time_deliveries_first_then_in_order(
    books: Books,
) -> None:
    await refresh(books, 1)
    await tell(books, ALICE, "a", OrderWaits(1))
    await tell(books, ALICE, "b", OrderEnded(1))
    await tell(books, ALICE, "c", GoodsArrived(1, 1))

    assert len(await claim(books)) == 1
    books.wait(minutes=1)
    assert await all_sent(books) == [
        GoodsArrived(1, 1),
        OrderWaits(1),
        OrderEnded(1),
        OrderCard(1),
    ]


async def test_the_same_key_is_one_message(books: Books) -> None:
    for _ in range(3):
        await tell(books, ALICE, "a")

    assert await all_sent(books) == [CREDITED]


async def test_a_row_is_claimed_by_one_of_many_senders(books: Books) -> None:
    for chat in (ALICE, BOB, OLGA):
        await tell(books, chat, f"a{chat}")
    other = await books.another()

    claims = await all_at_once(*(claim((books, other)[turn % 2]) for turn in range(8)))

    chats = [row.chat for rows in claims if isinstance(rows, list) for row in rows]
    assert sorted(chats) == [ALICE, BOB, OLGA]


async def test_a_claim_that_nobody_finished_is_made_again_after_its_lease(books: Books) -> None:
    await tell(books, ALICE, "a")
    first = await claim(books)
    books.wait(seconds=59)
    assert await claim(books) == []
    books.wait(seconds=1)

    again = await claim(books)
    assert [replace(row, claim=1) for row in again] == first
    assert [row.claim for row in again] == [2], "whoever holds the first one leaves the chat alone"


async def test_a_limit_keeps_the_rest_for_the_next_claim(books: Books) -> None:
    for chat in (ALICE, BOB, OLGA):
        await tell(books, chat, f"a{chat}")

    assert [len(await claim(books, 2)) for _ in range(3)] == [2, 1, 0]


async def test_a_flood_for_one_chat_does_not_hold_up_another(books: Books) -> None:
    for number in range(30):
        await tell(books, ALICE, f"a{number}")
    await tell(books, BOB, "b")

    assert {row.chat for row in await claim(books, 2)} == {ALICE, BOB}


async def test_what_steps_back_holds_up_nothing_of_its_chat(books: Books) -> None:
    await refresh(books, 1)
    (card,) = await claim(books)
    await books.db.write(store.postpone_row, card, books.now + timedelta(seconds=1))
    assert await claim(books) == []
    assert await books.db.read(store.next_due) == books.now + timedelta(seconds=1)

    await tell(books, ALICE, "goods", GoodsArrived(1, 1))
    (goods,) = await claim(books)
    assert goods.notice == GoodsArrived(1, 1)
    await sent(books, goods)
    books.wait(seconds=1)
    assert await all_sent(books) == [OrderCard(1)]


async def test_a_chat_that_must_wait_waits_whole_and_alone(books: Books) -> None:
    await tell(books, ALICE, "a")
    await tell(books, BOB, "b")
    rows = {row.chat: row for row in await claim(books)}
    await books.db.write(store.postpone_chat, rows[ALICE], books.now + timedelta(seconds=30))
    await sent(books, rows[BOB])
    await tell(books, ALICE, "goods", GoodsArrived(1, 1))
    await tell(books, BOB, "b2")

    assert [row.chat for row in await claim(books)] == [BOB]
    books.wait(seconds=30)
    (row,) = [row for row in await claim(books) if row.chat == ALICE]
    assert row.notice == GoodsArrived(1, 1)
    await sent(books, row)
    assert [(one.notice, one.tries) for one in await claim(books)] == [(CREDITED, 1)]


async def test_what_could_not_reach_a_person_waits_for_their_return(books: Books) -> None:
    await books.meets(ALICE)
    await refresh(books, 1)
    await tell(books, ALICE, "a", OrderEnded(1))
    await tell(books, ALICE, "goods", GoodsArrived(1, 1))
    (row,) = await claim(books)
    await books.db.write(store.unreachable, row)
    alice = await books.db.read(customers.find, ALICE)
    assert alice is not None
    assert not alice.reachable
    books.wait(days=30)
    assert await all_sent(books) == []

    await books.meets(ALICE)

    assert await all_sent(books) == [GoodsArrived(1, 1), OrderEnded(1)]
    alice = await books.db.read(customers.find, ALICE)
    assert alice is not None
    assert alice.reachable


async def test_a_card_renewed_while_it_is_being_sent_is_sent_again(books: Books) -> None:
    await refresh(books, 1)
    (row,) = await claim(books)
    await refresh(books, 1)
    await sent(books, row)

    (again,) = await claim(books)
    await sent(books, again)

    assert again.version == row.version + 1
    assert await claim(books) == []
    await refresh(books, 1)
    assert len(await claim(books)) == 1


async def test_many_refreshes_are_one_edit(books: Books) -> None:
    for _ in range(5):
        await refresh(books, 1)

    assert await all_sent(books) == [OrderCard(1)]


@pytest.mark.parametrize("text", ['{"kind":"from the future"}', "{}", "no json at all"])
async def test_a_notice_nobody_knows_is_dropped_and_holds_up_nothing(
    books: Books, text: str
) -> None:
    await tell(books, ALICE, "a")
    await books.sql(f"UPDATE outbox SET notice = '{text}'")  # noqa: S608 - our own words
    await tell(books, ALICE, "b", OrderEnded(1))

    assert await claim(books) == []
    assert await all_sent(books) == [OrderEnded(1)]
    assert await books.sql("SELECT state FROM outbox ORDER BY id") == [("dropped",), ("sent",)]


async def test_goods_that_can_never_be_sent_are_told_to_operators_once(books: Books) -> None:
    await tell(books, ALICE, "goods", GoodsArrived(1, 1))
    (row,) = await claim(books)

    for _ in range(2):
        await books.db.write(store.dropped, row, "too long")

    assert await books.told(OLGA) == ["a-oddity"]
    assert [row.chat for row in await claim(books)] == [OLGA]


async def test_words_that_can_never_be_sent_are_dropped_quietly(books: Books) -> None:
    await tell(books, ALICE, "a")
    (row,) = await claim(books)

    await books.db.write(store.dropped, row, "refused")

    assert await books.told(OLGA) == []
    assert await claim(books) == []


async def test_the_next_due_moment_is_known(books: Books) -> None:
    assert await books.db.read(store.next_due) is None
    await tell(books, ALICE, "a")
    assert await books.db.read(store.next_due) == books.now
    (row,) = await claim(books)
    assert await books.db.read(store.next_due) == books.now + timedelta(minutes=1)

    await books.db.write(store.postpone_chat, row, books.now + timedelta(seconds=7))

    assert await books.db.read(store.next_due) == books.now + timedelta(seconds=7)


# Alerts


async def test_a_cause_is_told_once_and_once_when_it_is_over(books: Books) -> None:
    begun = await all_at_once(*(Alerts(books.db).begin("down:accplanet", DOWN) for _ in range(6)))
    ended = await all_at_once(*(Alerts(books.db).end("down:accplanet", UP) for _ in range(6)))
    books.wait(seconds=1)
    again = await Alerts(books.db).begin("down:accplanet", DOWN)

    assert (begun.count(True), ended.count(True), again) == (1, 1, True)
    assert await all_sent(books) == [DOWN, UP, DOWN]


async def test_what_never_began_does_not_end(books: Books) -> None:
    assert not await Alerts(books.db).end("down:accplanet", UP)
    assert await all_sent(books) == []


async def test_a_silent_end_tells_nobody(books: Books) -> None:
    await Alerts(books.db).begin("down:accplanet", DOWN)

    assert await Alerts(books.db).end("down:accplanet", None)
    assert await all_sent(books) == [DOWN]


async def test_a_cause_that_returns_within_its_quiet_time_is_no_news(books: Books) -> None:
    await Alerts(books.db).begin("down:accplanet", DOWN)
    await Alerts(books.db).end("down:accplanet", UP)
    quiet = timedelta(minutes=5)
    books.wait(minutes=4)
    assert not await Alerts(books.db).begin("down:accplanet", DOWN, quiet)
    books.wait(minutes=2)

    assert await Alerts(books.db).begin("down:accplanet", DOWN, quiet)


async def test_a_cause_that_somebody_still_sees_is_ended_by_nobody_else(books: Books) -> None:
    """One process sees it all the time, the other never; once it is calm it ends once."""
    other = await books.another()
    calm = timedelta(minutes=2)
    for _ in range(40):
        await Alerts(books.db).begin("down:accplanet", DOWN, timedelta(minutes=5))
        books.wait(seconds=10)
        assert not await Alerts(other.db).end("down:accplanet", UP, books.now - calm)
    books.wait(minutes=2)
    ended = await all_at_once(
        *(Alerts(one.db).end("down:accplanet", UP, books.now - calm) for one in (books, other))
    )

    assert sorted(ended) == [False, True]  # type: ignore[type-var]  # each is a bool here
    assert await all_sent(books) == [DOWN, UP]


async def test_every_operator_is_told(books: Books) -> None:
    await books.db.write(seed_operators, (OLGA, BOB))
    await books.db.write(begin_alert, "x", DOWN)

    assert {row.chat for row in await claim(books)} == {OLGA, BOB}
