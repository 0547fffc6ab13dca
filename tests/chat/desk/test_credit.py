"""What the desk's money commands promise."""

from __future__ import annotations

import pytest

from bot.base.money import ZERO
from bot.chat.money.commands import list_meanings
from bot.money import requests
from bot.money.ledger import Wallet
from tests.human import Human
from tests.small_shop import SmallShop
from tests.stored_shop import ALICE, usd


async def has(shop: SmallShop, free: str) -> None:
    """Alice has so much credit."""
    assert await shop.books.wallet() == Wallet(usd(free) if free else ZERO, ZERO)


async def test_a_top_up_shows_before_and_after(olga: Human, shop: SmallShop) -> None:
    await olga.sends("/topup @alice 12.50 thank you")
    await has(shop, "12.50")
    olga.sees("$0.00 → $12.50")
    olga.sees_button("↩ Undo")


async def test_credit_is_another_word_for_topup(olga: Human, shop: SmallShop) -> None:
    await olga.sends(f"/credit {ALICE} ١٢٫٥")
    await has(shop, "12.5")


async def test_a_redelivered_command_counts_once_and_says_the_same(
    olga: Human, shop: SmallShop
) -> None:
    typed = olga.person.sends(f"/topup {ALICE} 5")
    await olga.brings(typed)
    first = olga.card

    olga.dispatcher = shop.another_process()
    await olga.brings(typed)

    await has(shop, "5")
    assert (olga.card.text, olga.card is first) == (first.text, False)


async def test_a_redelivered_command_that_is_asked_back_counts_once(
    olga: Human, shop: SmallShop
) -> None:
    typed = olga.person.sends(f"/topup {ALICE} 1.000")
    await olga.brings(typed)
    await olga.taps("$1.00")
    await has(shop, "1")

    olga.dispatcher = shop.another_process()
    await olga.brings(typed)
    await olga.taps("$1.00")
    await has(shop, "1")
    olga.sees("$1.00 of credit given")
    await olga.brings(typed)
    await has(shop, "1")


@pytest.mark.parametrize("typed", ["0", "-5", "abc", "1.0000001", "1e3", "1_000", "", "٠"])
async def test_an_amount_that_is_none_changes_nothing_and_is_explained(
    olga: Human, shop: SmallShop, typed: str
) -> None:
    await olga.sends(f"/topup {ALICE} {typed}")
    await has(shop, "")
    olga.sees("Nothing was changed", "/topup @alice 12.50")


async def test_a_stranger_has_to_start_the_bot_first(olga: Human, shop: SmallShop) -> None:
    await olga.sends("/topup 999 5")
    olga.sees("press Start first")
    assert await shop.books.sql("SELECT id FROM transfers") == []


async def test_more_than_the_customer_balance_is_not_taken(olga: Human, shop: SmallShop) -> None:
    await shop.books.has(ALICE, "3")
    await olga.sends(f"/debit {ALICE} 5")
    await has(shop, "3")
    olga.sees("has $3.00 of free credit")


async def test_undo_takes_a_second_tap_and_works_once(olga: Human, shop: SmallShop) -> None:
    await olga.sends(f"/topup {ALICE} 5")
    await olga.taps("↩ Undo")
    await has(shop, "5")
    stale = olga.button("↩ Undo")

    await olga.taps("↩ Undo")
    await has(shop, "")
    olga.sees("$5.00 → $0.00")

    await olga.forges(stale)
    await has(shop, "")
    olga.sees("undone before")


async def test_undoing_what_was_spent_takes_nothing(olga: Human, shop: SmallShop) -> None:
    await olga.sends(f"/topup {ALICE} 5")
    await shop.books.buys(total="4")
    await olga.taps("↩ Undo")
    await olga.taps("↩ Undo")
    assert await shop.books.wallet() == Wallet(usd("1"), usd("4"))
    olga.sees("Nothing was taken")


async def test_a_wish_for_credit_is_approved_once(olga: Human, shop: SmallShop) -> None:
    await shop.books.db.write(requests.ask_topup, ALICE, usd("9"))
    await olga.sends("/desk")
    await olga.forges("rv:1:1:0")
    await has(shop, "9")
    olga.sees("Approved")

    await olga.forges("rd:1:")
    await has(shop, "9")
    olga.sees("Approved")


@pytest.mark.parametrize(
    "command", [f"/topup {ALICE} 5", "/desk", f"/user {ALICE}", "/order 12", "/suppliers"]
)
async def test_for_a_customer_the_desk_does_not_exist(
    alice: Human, shop: SmallShop, command: str
) -> None:
    await alice.sends(command)
    alice.sees("I did not understand that.")
    await alice.forges(f"du:{ALICE}:1:1")
    assert alice.toast == "This button is out of date."
    await has(shop, "")


def test_the_words_of_a_money_command() -> None:
    [found] = list_meanings("@alice 5   for   the first")
    assert (found.who, found.amount, found.note) == ("@alice", usd("5"), "for the first")
    assert list_meanings("@alice") == ()
    assert list_meanings(None) == ()


@pytest.mark.parametrize(
    ("typed", "group", "meant"),
    [
        ("1.000 tea", ",", [("1000", "tea"), ("1", "tea")]),
        ("1,000 tea", ",", [("1000", "tea")]),
        ("1,000", ".", [("1000", ""), ("1", "")]),
        ("1 000 tea", ",", [("1000", "tea"), ("1", "000 tea")]),
        ("10 000.50", ",", [("10000.50", ""), ("10", "000.50")]),
        ("1 000 000", ",", []),
        ("1.5 000", ",", []),
        ("5 12 pieces", ",", [("5", "12 pieces")]),
        ("0 500", ",", []),
    ],
)
def test_what_a_money_command_may_mean(
    typed: str, group: str, meant: list[tuple[str, str]]
) -> None:
    found = [(one.amount, one.note) for one in list_meanings(f"@alice {typed}", group)]

    assert found == [(usd(amount), note) for amount, note in meant]
