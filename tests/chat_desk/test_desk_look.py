"""What looking things up at the desk promises."""

from __future__ import annotations

import pytest

from tests.chat_desk.conftest import World
from tests.chat_desk.telegram import Reader
from tests.chat_desk.world import ALICE, a_card, a_movement


async def test_the_desk_lists_its_commands(olga_types: Reader) -> None:
    await olga_types.types("/desk")
    for command in ("/topup", "/debit", "/user", "/order 12", "/orders", "/suppliers"):
        assert command in olga_types.sees.text


@pytest.mark.parametrize("who", ["11", "@alice", "Alice"])
async def test_a_customer_is_found_by_id_and_name(
    olga_types: Reader, world: World, who: str
) -> None:
    world.parked.card = a_card(movements=(a_movement(),))
    await olga_types.types(f"/user {who}")
    for words in ("Alice", "$5.00", "+$10.00", "thank you"):
        assert words in olga_types.sees.text


async def test_a_ban_takes_a_second_tap(olga_types: Reader, world: World) -> None:
    await olga_types.types("/user 11")
    await olga_types.taps("🚫 Ban from buying")
    assert world.customers.bans == []
    await olga_types.taps("🚫 Ban from buying")
    assert world.customers.bans == [(ALICE, True, "77")]


async def test_orders_are_listed_by_state_and_turned(olga_types: Reader) -> None:
    await olga_types.types("/orders doubt")
    assert "20 orders" in olga_types.sees.text
    await olga_types.taps("▶")
    assert "2/3" in olga_types.sees.labels


async def test_an_unknown_list_is_explained(olga_types: Reader) -> None:
    await olga_types.types("/orders everything")
    assert "/orders doubt" in olga_types.sees.text


@pytest.mark.parametrize("command", ["/user", "/order", "/order x", "/order 99", "/user 99"])
async def test_a_command_without_an_object_is_explained(olga_types: Reader, command: str) -> None:
    await olga_types.types(command)
    assert olga_types.sees.text


async def test_a_paused_supplier_is_resumed_by_a_second_tap(
    olga_types: Reader, world: World
) -> None:
    world.shelves.paused = "wallet"
    await olga_types.types("/suppliers")
    assert "our balance at the supplier is too low" in olga_types.sees.text
    assert "97.6 USD" in olga_types.sees.text
    await olga_types.taps("▶ Resume accplanet")
    assert world.shelves.paused == "wallet"
    await olga_types.taps("▶ Resume")
    assert world.shelves.paused == ""
    assert "Resumed" in olga_types.sees.text
