"""A shop with everything in it that a step of the migrations may meet, written down as SQL.

`python -m tests.db.steps.filled` writes such a shop (`versions/v0001.sql`) and a copy of it
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

from bot.base.ids import CustomerId, OrderId
from bot.base.keys import supplier_cause
from bot.catalog import standing
from bot.catalog.recent_words import Translations
from bot.catalog.rules import Service
from bot.catalog.search.stored import store_search
from bot.catalog.translation import Translation
from bot.catalog.translation_store import Translated, Turn
from bot.catalog.wanted.come_true import TrueWatch
from bot.catalog.wanted.favourites import add_favourite
from bot.catalog.wanted.reasons import WatchReason
from bot.catalog.wanted.tell_watchers import tell_some
from bot.catalog.wanted.watches import Watch, start_watch
from bot.db.migrations import newest
from bot.money import approvals, requests, topup
from bot.money import decide as decide_request
from bot.money.decide import DenyReason
from bot.money.requests import Proof
from bot.orders import attempts, collect_evidence, decide, read
from bot.orders.claims.answer import answer_claim, solve_claim
from bot.orders.claims.remedy import refund_claimed, refund_order
from bot.orders.claims.report import ClaimDraft, make_claim, withdraw_claim
from bot.orders.claims.rows import NO_FILE
from bot.orders.poll import missed
from bot.orders.rules.claims import NO_UNITS, ClaimReason
from bot.orders.rules.moves import Reason
from bot.orders.settle import Due
from bot.outbox import store as outbox
from bot.outbox import tell
from bot.outbox.notices import SupplierAlert, SupplierCause
from bot.people import customers
from bot.safety.copies import make_copy
from bot.safety.purge import Purge
from bot.suppliers.port import Balance
from tests.books import open_empty_books
from tests.clock import TurnableClock
from tests.db.steps.desk import decides_at_the_desk
from tests.db.steps.filled_exports import fill_exports
from tests.db.steps.handed_on import is_handed_on
from tests.db.steps.news import fill_broadcasts
from tests.db.steps.priced import price_all
from tests.db.steps.prices import prices
from tests.db.steps.rented import rents_numbers
from tests.db.steps.sold import counts_days
from tests.stored_shop import ACC, ALICE, BOB, BY, HSTOCK, HUNDRED, OLGA, Books, listed, says, usd

VERSIONS = Path(__file__).with_name("versions")
CARL, DORA = CustomerId(503), CustomerId(504)


async def fill(books: Books) -> None:
    """Bring orders, numbers, money, people and messages into every state that they can have."""
    await fill_first(books)
    await is_handed_on(books)
    await prices(books)
    await fill_exports(books)
    await counts_days(books)
    await decides_at_the_desk(books)


async def fill_first(books: Books) -> None:
    """What was there from the first version on, in the order of its story, and what is beside."""
    await _people_and_money(books)
    await _sends_all(books)
    await fill_broadcasts(books)
    await _what_is_forgotten(books)
    await _people_who_are_gone(books)
    await rents_numbers(books)
    claimed = await _orders(books)
    await _words(books)
    await _claims(books, claimed)


async def _people_and_money(books: Books) -> None:
    await books.has(ALICE, "500")
    await books.has(BOB, "50")
    await books.has(CARL, "50")
    await books.meets(DORA, OLGA)
    await books.db.write(customers.set_banned, BY, DORA, banned=True)
    await books.db.write(customers.set_language, BOB, "ar")
    await books.takes(ALICE, "3.25")
    change = await books.has(ALICE, "7")
    await books.db.write(topup.undo, BY, change.transfer)
    for person, approve in ((ALICE, True), (BOB, False)):
        asked, _ = await books.db.write(requests.ask_topup, person, usd("2.5"))
        if approve:
            await books.db.write(decide_request.approve_topup, BY, asked, 1)
        else:
            await books.db.write(decide_request.deny_topup, BY, asked, DenyReason.NOT_FOUND)
    await _asks(books)
    await books.stocks(listed("r2"))
    service = await books.stocks()
    await books.db.write(customers.remember_purchase, DORA, service.id, 3)
    await books.quote(DORA)
    await _wanted(books, service)
    await price_all(books, service)


async def _wanted(books: Books, service: Service) -> None:
    """A favourite, a price that is watched, and something whose message is on its way."""
    await books.db.write(add_favourite, ALICE, service.id)
    cheaper = Watch(service.id, WatchReason.PRICE, usd("900"))
    await books.db.write(start_watch, ALICE, cheaper)
    back = Watch(service.id, WatchReason.BACK, usd("900"))
    await books.db.write(start_watch, DORA, back)
    await books.db.write(tell_some, (TrueWatch(service.id, back.reason, back.price),))


async def _asks(books: Books) -> None:
    """A request with a proof and letters, and credit that waits for a second operator."""
    asked, _ = await books.db.write(requests.ask_topup, CARL, usd("40"))
    proof = Proof("paid by card", "AgAC", "photo", message=4710)
    await books.db.write(requests.attach_proof, CARL, asked, proof)
    await books.db.write(decide_request.ask_customer, books.act(), asked, "Which card?")
    await books.db.write(requests.answer_question, CARL, asked, Proof("the blue one"), "cmd:c")
    await books.db.write(approvals.ask_second, books.act(), BOB, usd("900"), "much")


async def _sends_all(books: Books) -> None:
    while rows := await books.db.write(outbox.claim, 50):
        for row in rows:
            await books.db.write(outbox.sent, row, 1000 + row.id)


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
    await Purge(books.db, timedelta(days=90))()


async def _people_who_are_gone(books: Books) -> None:
    """Both stopped the bot while goods were on their way to them."""
    for person in (CARL, BOB):
        await _bought(books, person, 2, f"{person}:a", f"{person}:b")
        for row in await books.db.write(outbox.claim, 50):
            if row.chat == person:
                await books.db.write(outbox.unreachable, row)
        await _sends_all(books)
        books.wait(minutes=5)


async def _orders(books: Books) -> OrderId:
    """One order in each state at least; those that end come first: one leaves at a time.

    The one that something will be wrong with.
    """
    await _bought(books, ALICE, 2, "ann:1", "ann:2")
    claimed = await _bought(books, ALICE, 1, "zoe:9")
    for status, accounts, remains in (("Partial", ("ben:1",), 2), ("Canceled", (), None)):
        due = await books.has_active(quantity=3, total="3")
        await books.hears(due, says(status, *accounts, remains=remains))
    await books.buys(total="1.5")
    await books.db.write(attempts.refused, await books.sends(), Reason.OUT_OF_STOCK, "none")
    await books.db.write(read.cancel, ALICE, await books.buys())
    await _fails_to_say(books)
    await _bought(books, ALICE, 1, "still:to-be-sent")
    await _doubts(books)
    await books.needs_person()
    dear = await _active(books)
    await books.db.write(missed, await _active(books), books.now + timedelta(minutes=1))
    await books.buys(total="2")
    shown = await books.buys(BOB, total="1.25")
    await books.db.write(read.card_shown, shown, 4711, None)
    books.wait(minutes=3)
    bobs, alices = await books.claims(), await books.claims()  # she has had her turn
    await books.db.write(attempts.not_sent, alices, timedelta(minutes=1), "no route")
    await books.db.write(attempts.begin, bobs, HUNDRED)
    await books.hears(dear, says("In progress", remains=4, charge="50"))
    return claimed


async def _fails_to_say(books: Books) -> None:
    """One delivery that Telegram refused, one that has no words yet; all else was said."""
    for row in await books.db.write(outbox.claim, 1):
        await books.db.write(outbox.dropped, row, "Bad Request: message is too long")
    for row in await books.db.write(outbox.claim, 1):
        due_at = books.now + timedelta(minutes=1)
        await books.db.write(outbox.postpone_broken, row, "no words", due_at)
    await _sends_all(books)


async def _active(books: Books) -> Due:
    return await books.has_active(quantity=4, total="4")


async def _doubts(books: Books) -> None:
    """Two orders whose answers were lost: one was sent again and is lost once more."""
    sent = await books.in_doubt()
    await books.db.write(decide.send_again, BY, sent.order)
    again = await books.sends()
    await books.db.write(attempts.in_doubt, again, Reason.ANSWER_LOST, "timeout")
    wallet = Balance(Decimal("97.60"), "USD")
    due = collect_evidence.DueReading(again.order, 2, 0)
    await books.db.write(collect_evidence.note_reading, due, wallet)
    await books.in_doubt()


async def _words(books: Books) -> None:
    """Alerts, a supplier that rests, a language that is being read, a form, and a search."""
    await books.db.write(store_search, ALICE, "почта 2019")
    await books.db.write(customers.expect_form, DORA, '{"kind":"quantity","service":1}')
    for name in (ACC, HSTOCK):
        cause = supplier_cause(SupplierCause.DOWN, name)
        await books.db.write(tell.begin_alert, cause, SupplierAlert(name, SupplierCause.DOWN))
    await books.db.write(tell.end_alert, supplier_cause(SupplierCause.DOWN, HSTOCK), None)
    await books.db.write(standing.pause, ACC, SupplierCause.WALLET)
    await books.db.write(standing.note_balance, ACC, Balance(Decimal("12.50"), "USD"))
    kept, service = Translations(books.db), await books.stocks()
    russian = Translation.made("Почта 📧", service.listed.name)
    await kept.store("ru", [Translated(service.id, russian, Translation.made("", ""))])
    await kept.store_labels("ru", {service.category: "Почта"})
    turn = await kept.claim(ACC, ["ru"], books.now + timedelta(minutes=2))
    assert isinstance(turn, Turn)


async def _claims(books: Books, order: OrderId) -> None:
    """One withdrawn, one answered and closed, one refunded, and one that waits."""
    claim = await _claims_once(books, order)
    await books.db.write(withdraw_claim, ALICE, claim)
    claim = await _claims_once(books, order)
    await books.db.write(answer_claim, replace(BY, key="answer"), claim, "Try it now", NO_FILE)
    await books.db.write(solve_claim, BY, claim)
    await books.db.write(refund_order, BY, order, 0, usd("0.01"), "it came late")
    claim = await _claims_once(books, order)
    await books.db.write(refund_claimed, BY, claim, 1)
    await _claims_once(books, order)


async def _claims_once(books: Books, order: OrderId) -> int:
    draft = ClaimDraft(order, ClaimReason.DOES_NOT_WORK, NO_UNITS, "no login", message=4712)
    claim, _ = await books.db.write(make_claim, ALICE, draft)
    return claim


async def _write_down() -> None:
    clock = TurnableClock()
    with tempfile.TemporaryDirectory() as here:
        file, copy = Path(here) / "kiosk.db", Path(here) / "kiosk.copy"
        url = f"sqlite+aiosqlite:///{file}"
        await open_empty_books(url)
        async with AsyncExitStack() as stack:
            await fill(await Books.open(url, clock, stack))
        await make_copy(url, copy, clock)
        with closing(sqlite3.connect(file)) as filled:
            dump = "\n".join(filled.iterdump()) + "\n"
        (VERSIONS / f"v{newest()}.sql").write_text(dump, encoding="utf-8")
        packed = gzip.compress(copy.read_bytes(), mtime=0)
        (VERSIONS / f"v{newest()}.copy.gz").write_bytes(packed)


if __name__ == "__main__":
    asyncio.run(_write_down())
