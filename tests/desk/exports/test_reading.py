"""An export reads each row once, however it is cut, and what it says equals the ledger."""

from __future__ import annotations

import asyncio
import csv
from dataclasses import replace
from datetime import UTC, date, datetime
from decimal import Decimal
from io import StringIO
from zoneinfo import ZoneInfo

import pytest

from bot.base.ids import CustomerId
from bot.base.subjects import export_subject
from bot.desk.exports import ask, store
from bot.desk.exports.ask import ExportRequest
from bot.desk.exports.days import ALL_DAYS, Days
from bot.desk.exports.job import Export, Stretch
from bot.desk.exports.make import LISTINGS
from bot.desk.exports.tables import ExportFailure, ExportKind, ExportState
from bot.safety.leases import release_claims
from tests.desk.plans import plans_of
from tests.stored_shop import ALICE, BOB, BY, Books, says

_EVERYTHING = -1
SORTS = ("TEMP B-TREE FOR ORDER", "Sort Key")


async def asked(books: Books, kind: ExportKind, days: Days = ALL_DAYS) -> Export:
    number = await books.db.write(ask.ask_export, books.act(), ExportRequest(kind, days))
    found = await books.db.read(ask.find_export, number)
    assert found is not None
    return found


async def rows(books: Books, export: Export, piece: int = 1000) -> list[dict[str, str]]:
    """All rows, read piece by piece."""
    listing, lines, after = LISTINGS[export.kind], b"", _EVERYTHING
    while True:
        stretch = Stretch(after, None, piece)
        read = await books.db.read_long(listing.read, export, stretch)
        if not read.count:
            break
        lines, after = lines + read.lines, read.last
    reader = csv.reader(StringIO(lines.decode(), newline=""))
    return [dict(zip(listing.columns, row, strict=True)) for row in reader]


@pytest.fixture
async def sold(books: Books) -> Books:
    """Orders that ended in different ways, and money that went both ways."""
    await books.has(ALICE, "50")
    await books.has(BOB, "20")
    await books.takes(ALICE, "1.25")
    for status, goods, remains in (("Completed", ("a", "b"), 0), ("Partial", ("c",), 1)):
        due = await books.has_active(quantity=2, total="2")
        await books.hears(due, says(status, *goods, remains=remains))
        books.wait(days=1)
    due = await books.has_active(BOB, total="1")
    await books.hears(due, says("Canceled"))
    await books.buys(BOB, total="1.5")
    return books


@pytest.mark.parametrize("kind", ExportKind)
async def test_each_row_is_read_once_however_it_is_cut(sold: Books, kind: ExportKind) -> None:
    export = await asked(sold, kind)
    whole = await rows(sold, export)
    assert len(whole) == await sold.db.read(LISTINGS[kind].count, export) > 0
    for piece in (1, 2, 3):
        assert await rows(sold, export, piece) == whole


async def test_the_ledger_and_the_customers_say_what_the_books_say(sold: Books) -> None:
    ledger = await rows(sold, await asked(sold, ExportKind.LEDGER))
    customers = await rows(sold, await asked(sold, ExportKind.CUSTOMERS))
    for who in (ALICE, BOB):
        name = f"customer:{who}"
        came = sum(Decimal(row["Amount"]) for row in ledger if row["To"] == name)
        left = sum(Decimal(row["Amount"]) for row in ledger if row["From"] == name)
        wallet = await sold.wallet(who)
        [mine] = [row for row in customers if row["Customer id"] == str(who)]
        assert came - left == wallet.free.decimal == Decimal(mine["Balance"])
        assert Decimal(mine["Set aside"]) == wallet.held.decimal
    orders = await rows(sold, await asked(sold, ExportKind.ORDERS))
    paid = sum(Decimal(row["Paid"]) for row in orders)
    captured = sum(Decimal(row["Amount"]) for row in ledger if row["Kind"] == "capture")
    assert paid == captured == sum(Decimal(row["Paid"]) for row in customers)
    assert [row["State"] for row in orders] == ["completed", "partial", "canceled", "queued"]


async def test_what_comes_after_it_was_asked_for_is_not_in_it(sold: Books) -> None:
    exports = [await asked(sold, kind) for kind in ExportKind]
    before = [len(await rows(sold, one)) for one in exports]
    sold.wait(seconds=1)
    await sold.has(CustomerId(7), "5")  # a lower id than the others have
    await sold.buys(BOB, total="1")
    assert [len(await rows(sold, one)) for one in exports] == before


async def test_days_begin_in_the_shops_zone(books: Books) -> None:
    books.db.settings = replace(books.db.settings, zone=ZoneInfo("Asia/Tokyo"))
    books.clock.turn(datetime(2026, 3, 31, 14, 59, 59, tzinfo=UTC) - books.clock.now())
    await books.has(ALICE, "10")
    books.wait(seconds=1)  # in Tokyo it is April
    await books.has(ALICE, "20")
    march = Days(date(2026, 3, 1), date(2026, 3, 31))
    april = Days(date(2026, 4, 1), date(2026, 4, 30))
    found = [
        await rows(books, await asked(books, ExportKind.LEDGER, one)) for one in (march, april)
    ]
    assert [[row["Amount"] for row in one] for one in found] == [["10.00"], ["20.00"]]
    assert found[1][0]["Made at"] == "2026-04-01T00:00:00+09:00"


@pytest.mark.parametrize("books_url", ["sqlite"], indirect=True)  # the other plans by sizes
@pytest.mark.parametrize("kind", ExportKind)
async def test_no_piece_sorts_what_came_before_it(sold: Books, kind: ExportKind) -> None:
    export = await asked(sold, kind, Days(date(2020, 1, 1), date(2026, 12, 31)))
    read = LISTINGS[kind].read
    plans = await sold.db.read(lambda tx: plans_of(tx, read, export, Stretch(0, None, 5)))
    assert not any(sort in plan for _, plan in plans[:1] for sort in SORTS), plans


# The row


async def test_one_that_is_claimed_again_is_lost_to_who_claimed_it_first(sold: Books) -> None:
    await asked(sold, ExportKind.ORDERS)
    first = await sold.db.write(store.claim)
    assert first is not None
    assert await sold.db.write(store.claim) is None
    sold.wait(minutes=11)
    second = await sold.db.write(store.claim)
    assert second is not None
    assert not await sold.db.write(store.made, first, (4,), 4)
    assert await sold.db.write(store.made, second, (2, 4), 4)
    second = replace(second, cuts=(2, 4))
    assert await sold.db.write(store.sent_one, second, 1)
    assert await sold.db.write(store.sent_one, second, 2)
    ended = await sold.db.read(ask.find_export, second.id)
    assert ended is not None
    assert (ended.state, ended.sent, ended.rows) == (ExportState.SENT, 2, 4)


async def test_of_two_processes_one_claims_it(sold: Books) -> None:
    await asked(sold, ExportKind.ORDERS)
    other = await sold.another()
    async with asyncio.TaskGroup() as both:
        claims = [both.create_task(one.db.write(store.claim)) for one in (sold, other)]
    assert [one.result() for one in claims].count(None) == 1


async def test_one_whose_process_is_gone_is_due_at_once(sold: Books) -> None:
    await asked(sold, ExportKind.ORDERS)
    first = await sold.db.write(store.claim)
    assert first is not None
    await sold.db.write(release_claims, sold.db.settings.replica)
    assert not await sold.db.write(store.hold_on, first)
    assert await sold.db.write(store.claim) is not None


async def test_one_that_never_comes_to_its_end_is_given_up(sold: Books) -> None:
    asked_for = await asked(sold, ExportKind.ORDERS)
    for _ in range(40):
        await sold.db.write(store.claim)
        sold.wait(minutes=11)
    found = await sold.db.read(ask.find_export, asked_for.id)
    assert found is not None
    assert (found.state, found.why) == (ExportState.FAILED, ExportFailure.REFUSED)
    assert await sold.db.write(store.claim) is None


async def test_the_same_message_asks_once(sold: Books) -> None:
    act, request = sold.act("cmd:1"), ExportRequest(ExportKind.ORDERS, ALL_DAYS)
    once = await sold.db.write(ask.ask_export, act, request)
    assert await sold.db.write(ask.ask_export, act, request) == once
    log = await sold.sql("SELECT action, after FROM audit_log WHERE action = 'export'")
    assert log == [("export", "orders")]


async def test_its_card_is_edited_where_it_went_on_before_it_was_shown(sold: Books) -> None:
    export = await asked(sold, ExportKind.ORDERS)
    claimed = await sold.db.write(store.claim)
    assert claimed is not None
    assert await sold.db.write(store.hold_on, claimed, rows=3)
    await sold.db.write(ask.show_export, export, 17)
    key = export_subject(export.id)
    found = f"SELECT chat, state, message FROM outbox WHERE dedup_key = '{key}'"  # noqa: S608 - ours
    assert await sold.sql(found) == [(BY.who, "pending", 17)]
