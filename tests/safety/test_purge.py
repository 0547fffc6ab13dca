"""What is kept long enough is forgotten; money, orders and whatever is still to come stay."""

from datetime import timedelta

from bot.base.ids import CustomerId, OrderId
from bot.money import decide as decide_request
from bot.money import requests
from bot.money.ledger import Wallet
from bot.money.requests import Proof
from bot.orders import decide, read
from bot.orders.rules.moves import State
from bot.outbox import store
from bot.people import writing
from bot.safety.purge import NightlyPurge, Purge
from tests.stored_shop import ALICE, BOB, BY, SETTINGS, Books, says, usd

KEPT = timedelta(days=90)
LINK = SETTINGS.seal("https://example.com/alice")


def forgets(books: Books) -> Purge:
    return Purge(books.db, KEPT)


async def _has_goods(books: Books) -> OrderId:
    """An order that is done, with two accounts, a link, and words of its supplier."""
    due = await books.has_active(quantity=2, total="2")
    await books.sql(f"UPDATE orders SET link = '{LINK}'")  # noqa: S608 - base64
    await books.sql(f"UPDATE quotes SET link = '{LINK}'")  # noqa: S608 - base64
    await books.hears(due, says("Completed", "ann:1", "ben:2"))
    assert await books.state(due.order) is State.COMPLETED
    return due.order


async def _everything_arrives(books: Books) -> None:
    while rows := await books.db.write(store.claim, 10):
        for row in rows:
            await books.db.write(store.sent, row, 1)


async def _held(books: Books) -> list[tuple[object, ...]]:
    """Every text that goods, links and what was said about them may stand in."""
    columns = ("sealed FROM goods", "said FROM answers", "said FROM attempts", "link FROM quotes")
    more = ("link FROM orders", "last_said FROM orders")
    texts = [row[0] for what in (*columns, *more) for row in await books.sql(f"SELECT {what}")]
    return [text for text in texts if text]


async def test_after_its_time_an_order_keeps_its_money_and_nothing_of_its_goods(
    rich: Books,
) -> None:
    order = await _has_goods(rich)
    await _everything_arrives(rich)
    rich.wait(days=89)
    await forgets(rich)()
    assert await rich.goods(order) == [("ann:1", "ben:2")]
    assert (await rich.order(order)).goods_kept

    rich.wait(days=2)
    assert await forgets(rich)()
    view = await rich.order(order)
    assert await rich.goods(order) == []
    assert await _held(rich) == []
    assert (view.state, view.captured, view.delivered) == (State.COMPLETED, usd("2"), 2)
    assert not view.goods_kept
    assert view.link == ""
    assert await rich.wallet() == Wallet(free=usd("8"), held=usd("0"))
    assert await rich.faults() == ()
    events = await rich.sql("SELECT state FROM order_events ORDER BY id")
    assert [row[0] for row in events] == ["queued", "submitting", "active", "completed"]


async def test_a_second_night_finds_nothing_more(rich: Books) -> None:
    await _has_goods(rich)
    await _everything_arrives(rich)
    rich.wait(days=91)
    await forgets(rich)()

    assert await forgets(rich)() == 0


async def test_goods_that_never_reached_their_chat_wait_for_their_customer(rich: Books) -> None:
    order = await _has_goods(rich)
    while rows := await rich.db.write(store.claim, 10):
        for row in rows:
            await rich.db.write(store.unreachable, row)
    rich.wait(days=400)
    await forgets(rich)()
    assert await rich.goods(order) == [("ann:1", "ben:2")]

    await rich.meets(ALICE)  # she is back
    await forgets(rich)()
    assert await rich.goods(order) == [("ann:1", "ben:2")]
    await _everything_arrives(rich)
    await forgets(rich)()
    assert await rich.goods(order) == []


async def test_an_open_order_is_never_forgotten(rich: Books) -> None:
    due = await rich.has_active(quantity=3, total="3")
    await rich.hears(due, says("In progress", "ann:1"))
    await rich.hears(due, says("Error"))
    await _everything_arrives(rich)
    rich.wait(days=400)
    await forgets(rich)()

    assert await rich.state(due.order) is State.ATTENTION
    assert await rich.goods(due.order) == [("ann:1",)]
    await rich.db.write(decide.end, BY, due.order, 1)
    rich.wait(days=89)
    await forgets(rich)()
    assert await rich.goods(due.order) == [("ann:1",)]


async def test_one_customers_waiting_goods_keep_nobody_elses(rich: Books) -> None:
    first = await _has_goods(rich)
    second = await _has_goods(rich)
    await _everything_arrives(rich)
    await rich.sql(
        f"UPDATE outbox SET state = 'unreachable' WHERE dedup_key = 'goods:{first}:1'"  # noqa: S608 - a number
    )
    rich.wait(days=91)
    await forgets(rich)()

    assert await rich.goods(first) == [("ann:1", "ben:2")]
    assert await rich.goods(second) == []


async def test_many_orders_are_forgotten_in_one_night(books: Books) -> None:
    await books.has(ALICE, "1000")
    for _ in range(3):
        await _has_goods(books)
    await _everything_arrives(books)
    books.wait(days=91)
    chosen = await books.sql("SELECT id FROM orders WHERE forgotten_at IS NULL")
    await Purge(books.db, KEPT, batch=2)()

    assert len(chosen) == 3
    assert await books.sql("SELECT id FROM orders WHERE forgotten_at IS NULL") == []
    assert (
        await books.db.read(read.list_orders, CustomerId(ALICE), 0, only_open=False)
    ).total == 3


class Night:
    """The nightly purge of one process, whose seconds nobody sets."""

    def __init__(self, books: Books) -> None:
        self.books, self.seconds = books, 0.0
        self.purge = NightlyPurge(forgets(books), lambda: self.seconds)

    async def looks(self, *, after_s: float = 300) -> int:
        """It looks at its clocks, which have gone on for so long."""
        self.books.wait(seconds=after_s)
        self.seconds += after_s
        return await self.purge()


async def test_a_clock_that_is_months_ahead_for_a_moment_forgets_nothing(rich: Books) -> None:
    order = await _has_goods(rich)
    await _everything_arrives(rich)
    night = Night(rich)
    for _ in range(290):  # nearly a day since its purge
        await night.looks()

    for ahead in (100, -100, 100):
        rich.wait(days=ahead)
        for _ in range(6):
            assert await night.looks() == 0
    assert await rich.goods(order) == [("ann:1", "ben:2")]

    assert await night.looks()  # for half an hour: then the time is what it is
    assert await rich.goods(order) == []


async def test_a_process_that_begins_with_a_wrong_clock_forgets_nothing(rich: Books) -> None:
    order = await _has_goods(rich)
    await _everything_arrives(rich)
    night = Night(rich)
    rich.wait(days=100)
    assert await night.looks() == 0
    rich.wait(days=-100)
    for _ in range(20):
        await night.looks()

    assert await rich.goods(order) == [("ann:1", "ben:2")]


async def test_it_is_purged_once_a_day(rich: Books) -> None:
    await _has_goods(rich)
    await _everything_arrives(rich)
    rich.wait(days=100)
    night = Night(rich)

    forgot = [await night.looks() for _ in range(8)]
    assert [bool(count) for count in forgot] == [False] * 6 + [True, False]
    await _has_goods(rich)
    await _everything_arrives(rich)
    rich.wait(days=100)
    assert not any([await night.looks() for _ in range(280)])
    assert any([await night.looks() for _ in range(10)])


async def test_proofs_and_letters_are_forgotten_after_the_decision_and_none_before(
    rich: Books,
) -> None:
    request = 0
    for person in (ALICE, BOB):
        await rich.meets(person)
        request, _ = await rich.db.write(requests.ask_topup, person, usd("5"))
        proof = Proof("paid with 4711", "photo-1", "photo")
        await rich.db.write(requests.attach_proof, person, request, proof)
        await rich.db.write(decide_request.ask_customer, rich.act(), request, "Which bank?")
    await rich.db.write(decide_request.deny_topup, rich.act(), request)  # Bob's
    await rich.db.write(writing.write_to, rich.act(), ALICE, "Hello")
    rich.wait(days=91)

    assert await forgets(rich)()
    said = "SELECT customer, said = '', file FROM topup_requests ORDER BY id"
    assert [tuple(row) for row in await rich.sql(said)] == [
        (ALICE, False, "photo-1"),
        (BOB, True, ""),
    ]
    assert [row[0] for row in await rich.sql("SELECT subject FROM letters")] == ["request:1"]
    assert await forgets(rich)() == 0
