"""What the desk's money commands promise."""

from __future__ import annotations

import pytest

from bot.chat.routers.desk_credit import find_money_command
from bot.domain.errors import NotEnoughCredit
from tests.chat_desk.conftest import World
from tests.chat_desk.telegram import Reader
from tests.chat_desk.world import ALICE, usd


async def test_a_top_up_shows_before_and_after(olga_types: Reader, world: World) -> None:
    await olga_types.types("/topup @alice 12.50 thank you")
    assert world.books.free == usd("12.50")
    assert "$0.00 → $12.50" in olga_types.sees.text
    assert "↩ Undo" in olga_types.sees.labels


async def test_credit_is_another_word_for_topup(olga_types: Reader, world: World) -> None:
    await olga_types.types("/credit 11 ١٢٫٥")
    assert world.books.free == usd("12.5")


async def test_a_redelivered_command_counts_once_and_says_the_same(
    olga_types: Reader, world: World
) -> None:
    await olga_types.types("/topup 11 5", update=7)
    first = olga_types.sees.text
    await olga_types.types("/topup 11 5", update=7)
    assert world.books.free == usd("5")
    assert olga_types.sees.text == first


@pytest.mark.parametrize("typed", ["0", "-5", "abc", "1.0000001", "1e3", "1_000", "", "٠"])
async def test_an_amount_that_is_none_changes_nothing_and_is_explained(
    olga_types: Reader, world: World, typed: str
) -> None:
    await olga_types.types(f"/topup 11 {typed}")
    assert not world.books.free
    assert "Nothing was changed" in olga_types.sees.text
    assert "/topup @alice 12.50" in olga_types.sees.text


async def test_a_stranger_has_to_start_the_bot_first(olga_types: Reader, world: World) -> None:
    await olga_types.types("/topup 999 5")
    assert "press Start first" in olga_types.sees.text
    assert not world.books.free


async def test_more_than_the_free_credit_is_not_taken(olga_types: Reader, world: World) -> None:
    world.books.free = usd("3")
    await olga_types.types("/debit 11 5")
    assert world.books.free == usd("3")
    assert "has $3.00 of free credit" in olga_types.sees.text


async def test_undo_takes_a_second_tap_and_works_once(olga_types: Reader, world: World) -> None:
    await olga_types.types("/topup 11 5")
    await olga_types.taps("↩ Undo")
    assert world.books.free == usd("5")
    stale = olga_types.sees.callback("↩ Undo")

    await olga_types.taps("↩ Undo")
    assert not world.books.free
    assert "$5.00 → $0.00" in olga_types.sees.text

    await olga_types.sends_tap(stale)
    assert not world.books.free
    assert "undone before" in olga_types.sees.text


async def test_undoing_what_was_spent_takes_nothing(olga_types: Reader, world: World) -> None:
    world.books.refuses_undo = NotEnoughCredit(usd("4"), usd("5"))
    await olga_types.types("/topup 11 5")
    await olga_types.taps("↩ Undo")
    await olga_types.taps("↩ Undo")
    assert world.books.free == usd("5")
    assert "Nothing was taken" in olga_types.sees.text


async def test_a_wish_for_credit_is_approved_once(olga_types: Reader, world: World) -> None:
    await world.desk.credit.ask(ALICE, usd("9"))
    await olga_types.types("/desk")
    await olga_types.sends_tap("dc:1:1")
    assert world.books.free == usd("9")
    assert "Approved" in olga_types.sees.text

    await olga_types.sends_tap("dc:1:0")
    assert world.books.free == usd("9")
    assert "Approved" in olga_types.sees.text


@pytest.mark.parametrize(
    "command", ["/topup 11 5", "/desk", "/user 11", "/order 12", "/suppliers"]
)
async def test_for_a_customer_the_desk_does_not_exist(
    alice_types: Reader, world: World, command: str
) -> None:
    await alice_types.types(command)
    await alice_types.sends_tap("du:11:1:1")
    assert world.lost == [command, "du:11:1:1"]
    assert not world.books.free


def test_the_words_of_a_money_command() -> None:
    found = find_money_command("@alice 5   for   the first")
    assert found is not None
    assert (found.who, found.amount, found.note) == ("@alice", usd("5"), "for the first")
    assert find_money_command("@alice") is None
    assert find_money_command(None) is None
