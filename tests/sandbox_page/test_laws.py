"""The laws on top of the page are read from the shop's own books, and red when one is broken."""

import sqlite3
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack, closing
from dataclasses import replace
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from bot.chat.orders.taps import Confirm
from bot.orders import attempts, decide
from bot.orders.rules.moves import Reason
from sandbox.page.books import Books as ReadBooks
from sandbox.page.tours_api import CONFIRM
from sandbox.suppliers import HstockPlusWorld
from sandbox.suppliers.services import SandboxService
from sandbox.world import ALICE, World, serve_world
from tests.clock import TurnableClock as ShopClock
from tests.numbers.renting import CHAT, rents
from tests.sandbox_page.conftest import Page, opened_page
from tests.stored_shop import ACC, HSTOCK, Books
from tests.stored_shop import ALICE as CUSTOMER


@pytest.fixture
async def shop(sqlite_books_url: str) -> AsyncIterator[Books]:
    """Where alice has ten dollars."""
    async with AsyncExitStack() as stack:
        books = await Books.open(sqlite_books_url, ShopClock(), stack)
        await books.has(CUSTOMER, "10")
        yield books


@pytest.fixture
async def page(shop: Books, sqlite_folder: Path, world: World) -> AsyncIterator[Page]:
    """The page beside that shop."""
    async with (
        serve_world(world, database=sqlite_folder / "kiosk.db") as served,
        opened_page(served) as page,
    ):
        yield page


async def judged(page: Page, **wanted: str) -> dict[str, Any]:
    """Listen until the strip says what is wanted."""
    stream = await page.opens()
    while True:
        told = await stream.hears("judged")
        says = {law["id"]: law["says"] for law in told["laws"]}
        if wanted.items() <= says.items():
            return told


def broken(told: dict[str, Any]) -> list[str]:
    return [law["id"] for law in told["laws"] if not law["holds"]]


def harms(file: Path, *statements: str) -> None:
    with closing(sqlite3.connect(file)) as database, database:
        for statement in statements:
            database.execute(statement)


async def placed(page: Page, service: str, quantity: int) -> None:
    """A supplier takes an order, whoever sent it."""
    world = page.served.stalls[ACC].world
    world.put(SandboxService(id=service, name="It", rate=Decimal("0.1"), category="Any"))
    await page.bot_buys(ACC, action="add", service=service, quantity=quantity)


async def test_a_shop_that_works_breaks_no_law(page: Page, shop: Books) -> None:
    await shop.buys()
    sent = await shop.sends()
    await placed(page, sent.service, sent.quantity)
    told = await judged(page, orders="1", sent="0", negative="0", sum="0.00")
    assert broken(told) == []
    assert told["people"][str(CUSTOMER)]["orders"] == 1
    assert [one["supplier"] for one in told["unknown"]] == [ACC]


async def test_an_order_that_a_supplier_has_twice_is_told(page: Page, shop: Books) -> None:
    await shop.buys()
    sent = await shop.sends()
    for _ in range(2):
        await placed(page, sent.service, sent.quantity)
    assert broken(await judged(page, sent="1")) == ["sent"]


async def test_what_an_operator_sends_again_is_not_sent_twice(page: Page, shop: Books) -> None:
    order = await shop.buys()
    sent = await shop.sends()
    await shop.db.write(attempts.in_doubt, sent, Reason.ANSWER_LOST, "nothing came")
    await shop.db.write(decide.send_again, shop.act(), order)
    again = await shop.sends()
    for _ in range(2):
        await placed(page, again.service, again.quantity)
    told = await judged(page, sent="0", orders="1")
    assert told["facts"]["doubts"] == 1
    assert broken(told) == []


async def test_a_balance_that_no_transfer_made_is_told(
    page: Page, shop: Books, sqlite_folder: Path
) -> None:
    await shop.buys()
    harms(
        sqlite_folder / "kiosk.db",
        "DROP TRIGGER balances_follow_transfers",
        "UPDATE accounts SET balance = balance + 1000000 WHERE kind = 'customer'",
    )
    assert broken(await judged(page, sum="1.00")) == ["sum"]


async def test_a_customer_below_zero_is_told(page: Page, sqlite_folder: Path) -> None:
    harms(
        sqlite_folder / "kiosk.db",
        "PRAGMA ignore_check_constraints = ON",
        "DROP TRIGGER balances_follow_transfers",
        "UPDATE accounts SET balance = -1 WHERE kind = 'customer'",
    )
    assert "negative" in broken(await judged(page, negative="1"))


async def test_without_a_shop_there_is_nothing_to_judge(world: World, tmp_path: Path) -> None:
    async with (
        serve_world(world, database=tmp_path / "none.db") as served,
        opened_page(served) as page,
    ):
        assert (await page.state())["judged"] is None


def test_the_page_cannot_write_into_the_books(opened_sqlite: Path) -> None:
    with ReadBooks(opened_sqlite).opened() as database:
        assert database.execute("SELECT count(*) FROM accounts").fetchone()
        with pytest.raises(sqlite3.OperationalError, match="readonly"):
            database.execute("DELETE FROM accounts")


async def test_one_answer_is_lost_whichever_supplier_is_asked(page: Page) -> None:
    await page.posts("tours/lose")
    stalls = page.served.stalls
    assert [stall.armed for stall in stalls.values()] == [["lose"], ["lose"]]
    with pytest.raises(Exception, match="disconnected"):
        await page.bot_buys("accplanet", action="add", service="10042", quantity=1)
    assert (await judged(page))["facts"]["lost"] == 1
    assert [stall.armed for stall in stalls.values()] == [[], []]
    shown = await page.bot_buys("hstockplus", action="add", service="501", quantity=1)
    assert shown["order"]


async def test_a_hundred_taps_are_a_hundred_updates(page: Page) -> None:
    await page.posts(f"people/{ALICE}/text", text="/start")
    keyboard = {"inline_keyboard": [[{"text": "Confirm", "callback_data": "y:7"}]]}
    sent = await page.bot_calls("sendMessage", chat_id=ALICE, text="x", reply_markup=keyboard)
    burst = {"message": sent["message_id"], "tapped": "y:7", "taps": 100}
    assert (await page.posts(f"tours/burst/{ALICE}", **burst)).said == {"taps": 100}
    updates = await page.bot_calls("getUpdates")
    assert sum("callback_query" in update for update in updates) >= 99
    assert (await judged(page))["burst"] == {"chat": ALICE, "taps": 100, "orders": 0}
    other = await page.posts(f"tours/burst/{ALICE}", **burst | {"tapped": "x:7"})
    assert other.status == 400
    assert (await page.posts("tours/burst/5", **burst)).status == 404


def test_the_button_that_is_tapped_is_the_shops_confirm() -> None:
    found = CONFIRM.fullmatch(Confirm(quote=12).pack())
    assert found is not None
    assert found[1] == "12"


async def test_a_rented_number_is_sent_once_too(page: Page, shop: Books) -> None:
    await rents(shop)
    world = page.served.stalls[HSTOCK].world
    assert isinstance(world, HstockPlusWorld)
    project = replace(world.projects[0], project_id=CHAT.project, country_id=CHAT.country)
    world.projects.append(project)
    await page.bot_buys(HSTOCK, action="add_sms", project_id=CHAT.project)
    assert broken(await judged(page, orders="1", sent="0")) == []
    await page.bot_buys(HSTOCK, action="add_sms", project_id=CHAT.project)
    assert broken(await judged(page, orders="1", sent="1")) == ["sent"]
