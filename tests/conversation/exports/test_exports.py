"""Owners take the shop's orders, ledger and customers away as files for their spreadsheet."""

from __future__ import annotations

import asyncio
from dataclasses import replace
from datetime import timedelta
from decimal import Decimal

from bot.desk.exports import files as export_files
from bot.desk.exports.make import MakeExport
from sandbox.suppliers.timelines import completes
from sandbox.telegram import faults
from tests.conversation.desk.test_roles import becomes
from tests.conversation.exports.reading import content, files, table
from tests.conversation.human import ALICE, BORIS, Human, person
from tests.conversation.opening import on_sqlite
from tests.conversation.shop import Shop

EVIL = '=HYPERLINK("http://evil.example";"Click")'


async def has_bought(shop: Shop, alice: Human, times: int = 1) -> None:
    for _ in range(times):
        await alice.buys_unseen(quantity=1)
        await shop.works()
        await shop.passes(seconds=30)


async def test_an_owner_gets_the_orders_as_a_file(shop: Shop, alice: Human, olga: Human) -> None:
    shop.accplanet.plan(completes(1), ["secret:goods"])
    await has_bought(shop, alice)
    await olga.sends("/export orders")
    olga.sees_last("Orders", "all days", "being made")
    await shop.works()

    [file] = files(olga)
    assert file.document is not None
    assert file.document.name == "orders-all.csv"
    assert "1 row" in file.text
    assert content(file).startswith(b"\xef\xbb\xbfOrder,Placed at,")
    [row] = table(file)
    assert (row["Order"], row["State"], row["Quantity"]) == ("1", "completed", "1")
    assert row["Placed at"] == "2026-03-01T12:00:00+00:00"
    assert Decimal(row["Total"]) == Decimal(row["Paid"]) > 0
    assert row["Currency"] == "USD"
    assert b"secret" not in content(file)
    olga.sees("✅ Here it is: 1 row.")
    assert (str(olga.id), "export", "shop") in await shop.acts_audited()
    assert not shop.trouble()


async def test_the_ledger_adds_up_and_customers_have_their_balances(
    shop: Shop, alice: Human, olga: Human
) -> None:
    person(shop, BORIS, EVIL)
    shop.telegram.people[BORIS].sends("/start")
    await shop.hears()
    await has_bought(shop, alice)
    for kind in ("ledger", "customers"):
        await olga.sends(f"/export {kind}")
        await shop.works()

    ledger, customers = map(table, files(olga))
    kinds = [row["Kind"] for row in ledger]
    assert kinds == ["topup", "hold", "capture"]
    assert ledger[0]["From"] == "world:manual"
    assert Decimal(ledger[0]["Amount"]) == 10
    by_id = {row["Customer id"]: row for row in customers}
    spent = Decimal(ledger[2]["Amount"])
    assert Decimal(by_id[str(ALICE)]["Balance"]) == 10 - spent
    assert Decimal(by_id[str(ALICE)]["Paid"]) == spent
    assert by_id[str(BORIS)]["Name"].startswith("'=HYPERLINK")
    assert not shop.trouble()


@on_sqlite
async def test_buttons_lead_from_the_desk_to_a_month(
    shop: Shop, alice: Human, olga: Human
) -> None:
    await has_bought(shop, alice)
    await olga.sends("/desk")
    await olga.taps("📤 Export")
    await olga.taps("Orders")
    olga.sees_last("Orders", "/export orders 2026-11-01..2026-11-27")
    month = olga.button("March 2026")
    await olga.taps("March 2026")
    await olga.forges(month)  # an impatient second tap
    await shop.works()
    [file] = files(olga)
    assert file.document is not None
    assert file.document.name == "orders-2026-03.csv"

    await olga.sends("/desk")
    await olga.taps("📤 Export")
    await olga.taps("Orders")
    await olga.taps("February 2026")
    await shop.works()
    empty = files(olga)[-1]
    assert "Nothing happened in these days" in empty.text
    assert table(empty) == []
    assert content(empty).count(b"\r\n") == 1
    assert not shop.trouble()


@on_sqlite
async def test_days_that_cannot_be_meant_are_answered_with_an_example(
    shop: Shop, olga: Human
) -> None:
    for typed, words in (
        ("orders yesterday", "no days that I can read"),
        ("orders 2026-03-02..2026-03-01", "comes before the first"),
        ("orders 2026-04", "have not begun yet"),
        ("secrets", "Write it like this"),
    ):
        await olga.sends(f"/export {typed}")
        olga.sees_last(words, "/export orders 2026-11-01..2026-11-27")
    await shop.works()
    assert files(olga) == []
    assert not shop.trouble()


@on_sqlite
async def test_only_owners_have_it_and_not_once_they_are_none(
    shop: Shop, alice: Human, boris: Human, olga: Human
) -> None:
    for role in ("viewer", "support", "cashier"):
        await becomes(olga, BORIS, role)
        await boris.sends("/export orders")
        await shop.works()
        assert files(boris) == []
    await alice.sends("/export orders")
    await becomes(olga, BORIS, "owner")
    await boris.sends("/export orders")
    await becomes(olga, BORIS, "viewer")
    await shop.works()
    assert files(boris) == files(alice) == []
    boris.sees("only owners may have it")
    assert not shop.trouble()


@on_sqlite
async def test_one_that_was_called_off_never_comes(shop: Shop, olga: Human) -> None:
    await olga.sends("/export customers")
    await olga.taps("✖ Cancel")
    olga.sees_last("You called it off")
    await shop.works()
    assert files(olga) == []
    assert (str(olga.id), "cancel export", "shop") in await shop.acts_audited()
    assert not shop.trouble()


async def test_a_restart_in_the_middle_brings_it_once(
    shop: Shop, alice: Human, olga: Human
) -> None:
    await has_bought(shop, alice)
    await olga.sends("/export orders")
    shop.telegram.faults.next("sendDocument", faults.ServerError())
    await shop.works()
    assert files(olga) == []
    await shop.restarts()
    await shop.looks()
    await shop.passes(minutes=1)
    assert len(files(olga)) == 1
    await shop.passes(minutes=20)
    assert len(files(olga)) == 1


@on_sqlite
async def test_a_packed_one_that_is_tried_again_comes_whole(
    shop: Shop, alice: Human, olga: Human
) -> None:
    await has_bought(shop, alice)
    exports = shop.kiosk.exports
    packing = replace(exports.files, packed_above=0)
    worker = replace(exports, files=packing, make=MakeExport(shop.kiosk.db, packing))
    await olga.sends("/export orders")
    for _ in range(3):
        shop.telegram.faults.next("sendDocument", faults.LostBefore())
        assert await worker.step() == 1
        shop.clock.turn(timedelta(minutes=11))
    await worker.step()
    [file] = files(olga)
    assert file.document is not None
    assert file.document.name == "orders-all.zip"
    assert [row["Order"] for row in table(file)] == ["1"]


async def test_a_large_one_comes_in_parts_that_lose_and_repeat_nothing(
    shop: Shop, alice: Human, olga: Human
) -> None:
    await has_bought(shop, alice, times=3)
    exports = shop.kiosk.exports
    row_by_row = MakeExport(shop.kiosk.db, exports.files, largest=1, piece=1)
    worker = replace(exports, make=row_by_row)
    await olga.sends("/export orders")
    shop.telegram.faults.next("sendDocument", faults.LostBefore())
    assert await worker.step() == 1
    for left in (shop.kiosk.settings.data_dir / "exports").iterdir():
        left.unlink()  # another machine goes on
    await alice.buys_unseen(quantity=1)  # and what comes meanwhile is not in it
    while len(files(olga)) < 3:
        shop.clock.turn(timedelta(minutes=1))
        await worker.step()
    names = [one.document.name for one in files(olga) if one.document]
    assert names == [f"orders-all-part-{nth}-of-3.csv" for nth in (1, 2, 3)]
    assert [row["Order"] for one in files(olga) for row in table(one)] == ["1", "2", "3"]
    assert [len(table(one)) for one in files(olga)] == [1, 1, 1]
    assert "Part 2 of 3" in files(olga)[1].text


@on_sqlite
async def test_leftovers_of_a_killed_process_are_taken_away(shop: Shop, olga: Human) -> None:
    folder = shop.kiosk.settings.data_dir / "exports"
    left = export_files.ExportFiles(folder)
    await asyncio.to_thread(left.begin, 77, 1, b"left over")
    await olga.sends("/export customers")
    await shop.works()
    assert len(files(olga)) == 1
    assert list(folder.iterdir()) == []


@on_sqlite
async def test_the_file_of_one_that_was_called_off_does_not_wait_for_another(
    shop: Shop, olga: Human
) -> None:
    folder = shop.kiosk.settings.data_dir / "exports"
    shop.telegram.faults.next("sendDocument", faults.LostBefore())
    await olga.sends("/export customers")
    assert await shop.kiosk.exports.step() == 1
    await shop.works()
    assert await shop.kiosk.exports.step() == 0
    assert [one.name for one in folder.iterdir()] == ["1-1.csv"]  # it is tried again
    await olga.taps("✖ Cancel")
    assert await shop.kiosk.exports.step() == 0
    assert list(folder.iterdir()) == []
    assert files(olga) == []


@on_sqlite
async def test_a_process_that_has_nothing_to_do_takes_leftovers_away(shop: Shop) -> None:
    files_here = shop.kiosk.exports.files
    begun = await asyncio.to_thread(files_here.begin, 77, 1, b"left over")
    await asyncio.to_thread(files_here.finish, begun)
    await asyncio.to_thread(files_here.begin, 77, 2, b"left over")
    assert await shop.kiosk.exports.step() == 0
    assert list(files_here.folder.iterdir()) == []


@on_sqlite
async def test_a_disk_without_room_is_said(shop: Shop, olga: Human) -> None:
    shop.kiosk.settings.data_dir.joinpath("exports").write_text("in the way")
    await olga.sends("/export customers")
    await shop.works()
    olga.sees("The file could not be written")
    assert files(olga) == []


@on_sqlite
async def test_the_card_is_left_alone_once_something_else_stands_on_it(
    shop: Shop, olga: Human
) -> None:
    await olga.sends("/export customers")
    await olga.taps("🏠 Home")
    card = olga.card
    await shop.works()
    assert len(files(olga)) == 1
    assert "Welcome" in next(
        one.text for one in olga.person.messages if one.message_id == card.message_id
    )
