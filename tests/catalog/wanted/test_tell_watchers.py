"""A watch is told once, while it is true, whoever tells it and wherever they fall."""

import asyncio

import pytest

from bot.base.ids import CustomerId
from bot.base.money import ZERO
from bot.catalog import standing
from bot.catalog.errors import TooManyWatches
from bot.catalog.wanted.reasons import WatchReason
from bot.catalog.wanted.watches import MOST_WATCHES, Watch, start_watch, stop_watch
from bot.outbox import store, tell
from bot.outbox.notices import SupplierCause
from bot.people import customers
from tests.catalog.wanted.watchers import Watchers
from tests.outbox.queued import CREDITED
from tests.stored_shop import ACC, ALICE, BOB, BY, Books, usd

CROWD = tuple(CustomerId(10_000 + nth) for nth in range(250))


@pytest.fixture
async def watchers(books: Books) -> Watchers:
    await books.meets(ALICE, BOB)
    return Watchers(books)


async def test_each_of_many_is_told_once_in_bounded_batches(watchers: Watchers) -> None:
    await watchers.books.meets(*CROWD)
    mail = await watchers.stock("mail", 0)
    await watchers.wait_for(mail, *CROWD)
    assert await watchers.tell() == 0
    await watchers.stock("mail", 5)

    told = [await watchers.telling.step() for _ in range(4)]
    await watchers.send_all()

    assert told == [100, 100, 50, 0]
    assert watchers.read == dict.fromkeys([(one, mail) for one in CROWD], 1)
    assert await watchers.count() == 0


async def test_processes_at_once_tell_each_person_in_one_message(watchers: Watchers) -> None:
    await watchers.books.meets(*CROWD)
    mail, other = await watchers.stock("mail", 0), await watchers.stock("other", 0)
    for service in (mail, other):
        await watchers.wait_for(service, *CROWD)
    processes = [watchers.beside(await watchers.books.another()) for _ in range(3)]
    for name in ("mail", "other"):
        await watchers.stock(name, 5)

    async with asyncio.TaskGroup() as tasks:
        for one in processes:
            tasks.create_task(one.tell())
    await watchers.send_all()

    assert set(watchers.read.values()) == set(watchers.messages.values()) == {1}
    assert len(watchers.read) == 2 * len(CROWD)


async def test_who_has_waited_longest_is_told_first(watchers: Watchers) -> None:
    await watchers.books.meets(*CROWD)
    mail = await watchers.stock("mail", 0)
    await watchers.wait_for(mail, *reversed(CROWD))
    await watchers.stock("mail", 5)

    await watchers.telling.step()

    assert {row.chat for row in await watchers.claim()} <= set(CROWD[-100:])


async def test_whatever_concerns_one_customer_alone_goes_first(watchers: Watchers) -> None:
    mail = await watchers.stock("mail", 0)
    await watchers.wait_for(mail, ALICE)
    await watchers.stock("mail", 5)
    await watchers.tell()
    await watchers.books.db.write(tell.tell, BOB, "credit", CREDITED)

    first, second = await watchers.books.db.write(store.claim, 50)

    assert (first.chat, second.chat) == (BOB, ALICE)


async def test_a_price_is_told_to_those_who_saw_a_higher_one(watchers: Watchers) -> None:
    mail = await watchers.stock("mail", 5)
    price = WatchReason.PRICE
    await watchers.wait_for(mail, ALICE, reason=price, price=usd("1000"))
    await watchers.wait_for(mail, BOB, reason=price, price=usd("800"))
    await watchers.stock("mail", 5, rate="0.9")
    await watchers.tell()
    await watchers.send_all()
    assert watchers.read == {(ALICE, mail): 1}

    await watchers.stock("mail", 5, rate="0.7")
    await watchers.tell()
    await watchers.send_all()
    assert watchers.read == {(ALICE, mail): 1, (BOB, mail): 1}


async def test_nothing_of_a_paused_supplier_has_come_back(watchers: Watchers) -> None:
    mail = await watchers.stock("mail", 0)
    await watchers.wait_for(mail, ALICE)
    await watchers.books.db.write(standing.pause, ACC, SupplierCause.WALLET)
    await watchers.stock("mail", 5)
    assert await watchers.tell() == 0

    await watchers.books.db.write(standing.resume, ACC, SupplierCause.WALLET)
    assert await watchers.tell() == 1


async def test_nothing_is_told_of_a_price_that_is_too_old_to_sell_at(watchers: Watchers) -> None:
    mail = await watchers.stock("mail", 0)
    await watchers.wait_for(mail, ALICE)
    await watchers.stock("mail", 5)
    watchers.books.wait(hours=6)
    assert await watchers.tell() == 0

    await watchers.stock("mail", 5)
    assert await watchers.tell() == 1


async def test_who_is_banned_meanwhile_is_not_told(watchers: Watchers) -> None:
    mail = await watchers.stock("mail", 0)
    await watchers.wait_for(mail, ALICE)
    await watchers.stock("mail", 5)
    await watchers.tell()
    await watchers.books.db.write(customers.set_banned, BY, ALICE, banned=True)
    await watchers.send_all()
    assert watchers.messages == {}

    await watchers.books.db.write(customers.set_banned, BY, ALICE, banned=False)
    await watchers.tell()
    await watchers.send_all()
    assert watchers.read == {(ALICE, mail): 1}


async def test_what_is_stopped_on_its_way_is_not_told(watchers: Watchers) -> None:
    mail = await watchers.stock("mail", 0)
    await watchers.wait_for(mail, ALICE)
    await watchers.stock("mail", 5)
    await watchers.tell()
    await watchers.books.db.write(stop_watch, ALICE, mail, WatchReason.BACK)
    await watchers.send_all()
    assert watchers.messages == {}


async def test_fifty_are_waited_for_and_no_more(watchers: Watchers) -> None:
    services = [await watchers.stock(f"r{nth}", 0) for nth in range(MOST_WATCHES + 1)]
    for service in services[:-1]:
        await watchers.wait_for(service, ALICE)
    await watchers.wait_for(services[0], ALICE)  # waited for already

    last = Watch(services[-1], WatchReason.BACK, ZERO)
    with pytest.raises(TooManyWatches):
        await watchers.books.db.write(start_watch, ALICE, last)


async def test_a_long_list_is_told_ten_at_a_time(watchers: Watchers) -> None:
    services = [await watchers.stock(f"r{nth}", 0) for nth in range(13)]
    for service in services:
        await watchers.wait_for(service, ALICE)
    for nth in range(13):
        await watchers.stock(f"r{nth}", 5)

    for _ in range(2):
        await watchers.tell()
        watchers.books.wait(minutes=1)
        await watchers.send_all()

    assert watchers.messages == {ALICE: 2}
    assert watchers.read == {(ALICE, service): 1 for service in services}


async def test_a_message_that_can_never_be_sent_is_not_tried_for_ever(watchers: Watchers) -> None:
    mail = await watchers.stock("mail", 0)
    await watchers.wait_for(mail, ALICE)
    await watchers.stock("mail", 5)
    await watchers.tell()
    [row] = await watchers.claim()
    await watchers.books.db.write(store.dropped, row, "Bad Request")
    await watchers.sweep()
    assert await watchers.count() == 0


async def test_a_watch_whose_message_is_nowhere_waits_again(watchers: Watchers) -> None:
    mail = await watchers.stock("mail", 0)
    await watchers.wait_for(mail, ALICE)
    await watchers.stock("mail", 5)
    await watchers.tell()
    await watchers.books.sql("DELETE FROM outbox")
    await watchers.sweep()
    watchers.books.wait(minutes=1)
    await watchers.tell()
    await watchers.send_all()
    assert watchers.read == {(ALICE, mail): 1}
