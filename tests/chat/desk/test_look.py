"""What looking things up at the desk promises."""

from __future__ import annotations

from decimal import Decimal

import pytest

from bot.catalog import standing
from bot.outbox.notices import SupplierCause
from bot.people import customers
from bot.suppliers.port import Balance
from tests.human import Human
from tests.small_shop import SmallShop
from tests.stored_shop import ACC, ALICE, OLGA


async def test_the_desk_lists_its_commands(olga: Human) -> None:
    await olga.sends("/help")
    olga.sees("/topup", "/debit", "/user", "/order 12", "/orders", "/suppliers")


@pytest.mark.parametrize("who", [str(ALICE), "@alice", "Alice"])
async def test_a_customer_is_found_by_id_and_name(olga: Human, shop: SmallShop, who: str) -> None:
    await olga.sends("/topup @alice 10 thank you")
    await shop.books.takes(ALICE, "5")
    await olga.sends(f"/user {who}")
    olga.sees("Alice", "$5.00", "+$10.00", "thank you")


async def test_a_ban_takes_a_second_tap(olga: Human, shop: SmallShop) -> None:
    async def is_banned() -> bool:
        known = await shop.books.db.read(customers.find, ALICE)
        return known is not None and known.banned

    await olga.sends(f"/user {ALICE}")
    await olga.taps("🚫 Ban from buying")
    assert not await is_banned()
    await olga.taps("🚫 Ban from buying")
    assert await is_banned()
    acts = "SELECT actor, action, subject FROM audit_log"
    assert await shop.books.sql(acts) == [(str(OLGA), "ban", f"customer:{ALICE}")]


async def test_orders_are_listed_by_state_and_turned(olga: Human, shop: SmallShop) -> None:
    await shop.books.has(ALICE, "21")
    for _ in range(20):
        await shop.books.in_doubt()
    await shop.books.buys()
    await olga.sends("/orders doubt")
    olga.sees("20 orders")
    await olga.taps("▶")
    olga.sees_button("2/3")


async def test_an_unknown_list_is_explained(olga: Human) -> None:
    await olga.sends("/orders everything")
    olga.sees("/orders doubt")


@pytest.mark.parametrize(
    ("command", "words"),
    [
        ("/user", "/user @alice"),
        ("/user 99", "press Start first"),
        ("/order", "/order 12"),
        ("/order x", "/order 12"),
        ("/order 99", "There is no order with this number."),
    ],
)
async def test_a_command_without_an_object_is_explained(
    olga: Human, command: str, words: str
) -> None:
    await olga.sends(command)
    olga.sees(words)


async def test_a_paused_supplier_is_resumed_by_a_second_tap(olga: Human, shop: SmallShop) -> None:
    balance = Balance(Decimal("100"), "USD")
    await shop.books.db.write(standing.note_balance, ACC, balance)
    await shop.books.db.write(standing.pause, ACC, SupplierCause.WALLET)
    await olga.sends("/suppliers")
    olga.sees("our balance at the supplier is too low", "100 USD")
    await olga.taps("▶ Resume accplanet")
    assert await shop.work.pauses() == (SupplierCause.WALLET,)
    await olga.taps("▶ Resume")
    assert await shop.work.pauses() == ()
    olga.sees("Resumed")
