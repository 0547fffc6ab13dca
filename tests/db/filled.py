"""A shop with everything in it that a step of the migrations may meet, written down as SQL.

`python -m tests.db.filled` writes such a shop (`versions/v0001.sql`) and a copy of it
(`v0001.copy.gz`), named after the version of the code that runs. That is done once for each
version, before the next step is written: the code that makes them is gone afterwards.
"""

import asyncio
import gzip
import sqlite3
import tempfile
from contextlib import AsyncExitStack, closing
from dataclasses import replace
from datetime import timedelta
from decimal import Decimal
from pathlib import Path

from bot.storage.number_adapters import SqlRentals

from bot.base.ids import CustomerId, OrderId, RemoteId
from bot.catalog.recent_words import SqlTranslations
from bot.catalog.rules import Service
from bot.catalog.translation import Translation
from bot.catalog.translation_store import Translated, Turn
from bot.db.migrations import newest
from bot.orders.rules.moves import Reason
from bot.orders.settle import Due
from bot.outbox.notices import SupplierAlert
from bot.people.forms import SqlForms
from bot.safety.copies import make_copy
from bot.safety.purge import Purge
from bot.suppliers.port import Balance, Catalog, NumberAnswer, Rented
from bot.suppliers.words import Code, Kind, NumberId
from tests.books import open_empty_books
from tests.clock import TurnableClock
from tests.stored_shop import ACC, ALICE, BOB, HOUSE, HSTOCK, OLGA, Books, listed, says, usd

VERSIONS = Path(__file__).with_name("versions")
CARL, DORA = CustomerId(503), CustomerId(504)
CODE = Code("123456", "Your code is 123456")


async def fill(books: Books) -> None:
    """Bring orders, numbers, money, people and messages into every state that they can have."""
    await _people_and_money(books)
    await _what_is_forgotten(books)
    await _people_who_are_gone(books)
    await _numbers(books)
    await _orders(books)
    await _words(books)


async def _people_and_money(books: Books) -> None:
    await books.has(ALICE, "500")
    await books.has(BOB, "50")
    await books.has(CARL, "50")
    await books.meets(DORA, OLGA)
    await books.customers.set_banned(DORA, "olga", books.now, banned=True)
    await books.customers.set_language(BOB, "ar")
    await books.takes(ALICE, "3.25")
    change = await books.has(ALICE, "7")
    await books.credit.undo(change.transfer, "olga", books.now)
    for person, approve in ((ALICE, True), (BOB, False)):
        asked, _ = await books.credit.ask_topup(person, usd("2.5"), books.now)
        await books.credit.decide_topup(asked, "olga", books.now, approve=approve)
    await books.credit.ask_topup(CARL, usd("40"), books.now)
    service = await books.stocks()
    await books.quotes.remember_wish(DORA, service.id, 3, books.now)
    await books.quote(DORA)


async def _sends_all(books: Books) -> None:
    while rows := await books.outbox.claim(books.now, 50):
        for row in rows:
            await books.outbox.sent(row, 1000 + row.id, books.now)


async def _bought(books: Books, customer: CustomerId, quantity: int, *accounts: str) -> OrderId:
    """An order that the supplier completed at once."""
    order = await books.buys(customer, str(quantity), quantity)
    assert await books.accepts(await books.sends())
    await books.hears(await books.polls_one(), says("Completed", *accounts, charge="0.9"))
    return order


async def _what_is_forgotten(books: Books) -> None:
    """An order so old that its goods are purged already."""
    await _bought(books, ALICE, 1, "old:1")
    await _sends_all(books)
    books.wait(days=100)
    await Purge(books.db, books.clock, timedelta(days=90))()


async def _people_who_are_gone(books: Books) -> None:
    """Both stopped the bot while goods were on their way to them."""
    for person in (CARL, BOB):
        await _bought(books, person, 2, f"{person}:a", f"{person}:b")
        for row in await books.outbox.claim(books.now, 50):
            if row.chat == person:
                await books.outbox.unreachable(row, books.now)
        await _sends_all(books)
        books.wait(minutes=5)


async def _numbers(books: Books) -> None:
    """Closed with and without a code, expired, called off, and two that still live."""
    rents = SqlRentals(books.db, HOUSE)
    paid, _ = await _rents(books, 2)
    await _look(books, "active", {paid: (CODE, Code("7", ""))})
    for minutes in (22, 11):
        books.wait(minutes=minutes)
        await rents.end_overdue(books.now)
    (expired,) = await _rents(books, 1)
    books.wait(minutes=22)
    await rents.end_overdue(books.now)
    books.wait(seconds=20)
    await _look(books, "expired", {expired: (Code("9", "late"),)})
    await _rents(books, 1)
    await _look(books, "canceled", {})
    received, waiting = await _rents(books, 2)
    await _look(books, "active", {received: (CODE,)})
    books.wait(seconds=30)
    for due in await rents.claim(HSTOCK, books.now, 9):
        if due.order == waiting:
            await rents.missed(due, books.now + timedelta(seconds=5))


async def _rents(books: Books, quantity: int) -> tuple[OrderId, ...]:
    """Numbers that Alice confirmed and the supplier gave."""
    remote = NumberId("65f1", "us").remote_id
    row = listed(remote, name="Chat", category="SMS", subcategory="USA", stock=None)
    await books.shelves.store(HSTOCK, Catalog((row,), numbers=True), books.now)
    service: Service = replace(await books.service(remote, HSTOCK), kind=Kind.NUMBER)
    quote = await books.quote(total=str(quantity), quantity=quantity, service=service)
    placed = await books.confirms(quote)
    for order in placed.orders:
        sent = await books.sends(HSTOCK)
        answer = Rented(RemoteId(f"n{order}"), "taken", f"+1555{order:07}", "us")
        assert await books.submissions.accepted(sent, answer, books.now)
    return placed.orders


async def _look(books: Books, status: str, codes: dict[OrderId, tuple[Code, ...]]) -> None:
    rents = SqlRentals(books.db, HOUSE)
    for due in await rents.claim(HSTOCK, books.now, 9):
        seen = codes.get(due.order, ())
        answer = NumberAnswer(status, f"status: {status}")
        await rents.settle(due, answer, seen, books.now)


async def _orders(books: Books) -> None:
    """One order in each state at least; those that end come first: one leaves at a time."""
    await _bought(books, ALICE, 2, "ann:1", "ann:2")
    await books.orders.report_problem(ALICE, await _bought(books, ALICE, 1, "zoe:9"), books.now)
    for status, accounts, remains in (("Partial", ("ben:1",), 2), ("Canceled", (), None)):
        due = await books.has_active(quantity=3, total="3")
        await books.hears(due, says(status, *accounts, remains=remains))
    await books.buys(total="1.5")
    await books.submissions.refused(await books.sends(), Reason.OUT_OF_STOCK, "none", books.now)
    await books.orders.cancel(ALICE, await books.buys(), books.now)
    await _fails_to_say(books)
    await _bought(books, ALICE, 1, "still:to-be-sent")
    await _doubts(books)
    await books.needs_person()
    dear = await _active(books)
    await books.polls.missed(await _active(books), books.now + timedelta(minutes=1))
    await books.buys(total="2")
    await books.orders.card_shown(await books.buys(BOB, total="1.25"), 4711, None, books.now)
    books.wait(minutes=3)
    submission = await books.claims()
    await books.submissions.not_sent(submission, timedelta(minutes=1), "no route", books.now)
    await books.sends()
    await books.hears(dear, says("In progress", remains=4, charge="50"))


async def _fails_to_say(books: Books) -> None:
    """One delivery that Telegram refused, one that has no words yet; all else was said."""
    for row in await books.outbox.claim(books.now, 1):
        await books.outbox.dropped(row, "Bad Request: message is too long", books.now)
    for row in await books.outbox.claim(books.now, 1):
        await books.outbox.broken(row, books.now + timedelta(minutes=1), "no words", books.now)
    await _sends_all(books)


async def _active(books: Books) -> Due:
    return await books.has_active(quantity=4, total="4")


async def _doubts(books: Books) -> None:
    """Two orders whose answers were lost: one was sent again and is lost once more."""
    sent = await books.in_doubt()
    await books.decisions.send_again(sent.order, "olga", books.now)
    again = await books.sends()
    await books.submissions.in_doubt(again, Reason.ANSWER_LOST, "timeout", books.now)
    wallet = Balance(Decimal("97.60"), "USD")
    await books.submissions.note_reading(again.order, 2, wallet, books.now + timedelta(seconds=30))
    await books.in_doubt()


async def _words(books: Books) -> None:
    """Alerts, a supplier that rests, a language that is being read, and a form."""
    await SqlForms(books.db).put(DORA, '{"kind":"quantity","service":1}')
    down = SupplierAlert("accplanet", "down")
    await books.alerts.begin("down:accplanet", down, books.now)
    await books.alerts.begin("down:hstockplus", SupplierAlert("hstockplus", "down"), books.now)
    await books.alerts.end("down:hstockplus", None, books.now)
    await books.shelves.pause_supplier(ACC, "operator")
    await books.shelves.note_balance(ACC, Balance(Decimal("12.50"), "USD"), books.now)
    kept, service = SqlTranslations(books.db, books.clock), await books.stocks()
    russian = Translation.made("Почта 📧", service.listed.name)
    await kept.store("ru", [Translated(service.id, russian, Translation.made("", ""))])
    await kept.store_labels("ru", {service.category: "Почта"})
    turn = await kept.claim(ACC, ["ru"], books.now, books.now + timedelta(minutes=2))
    assert isinstance(turn, Turn)


async def _write_down() -> None:
    clock = TurnableClock()
    with tempfile.TemporaryDirectory() as here:
        file, copy = Path(here) / "kiosk.db", Path(here) / "kiosk.copy"
        url = f"sqlite+aiosqlite:///{file}"
        await open_empty_books(url)
        async with AsyncExitStack() as stack:
            await fill(await Books.open(url, clock, stack))
        await make_copy(url, copy, clock.now())
        with closing(sqlite3.connect(file)) as filled:
            dump = "\n".join(filled.iterdump()) + "\n"
        (VERSIONS / f"v{newest()}.sql").write_text(dump, encoding="utf-8")
        packed = gzip.compress(copy.read_bytes(), mtime=0)
        (VERSIONS / f"v{newest()}.copy.gz").write_bytes(packed)


if __name__ == "__main__":
    asyncio.run(_write_down())
