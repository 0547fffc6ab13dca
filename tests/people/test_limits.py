"""What operators note of a customer, and how much they let them buy."""

from __future__ import annotations

import pytest

from bot.base.errors import NotYours
from bot.base.ids import CustomerId
from bot.base.money import Money
from bot.money.ledger import Wallet
from bot.orders.rules.errors import OverLimit, TooManyOpen
from bot.orders.rules.moves import State
from bot.people import audit, limits
from bot.people.limits import LONGEST_NOTE, Limit, Limits
from tests.stored_shop import ALICE, BOB, Books, says, usd


async def limit(books: Books, which: Limit, most: int | Money | None) -> None:
    await books.db.write(limits.set_limit, books.act(), ALICE, which, most)


async def test_so_many_orders_in_an_hour_and_no_more(rich: Books) -> None:
    await limit(rich, Limit.ORDERS, 2)
    for _ in range(2):
        await rich.hears(await rich.has_active(), says("Canceled"))
    with pytest.raises(OverLimit) as refused:
        await rich.buys()
    assert (refused.value.orders, refused.value.spend) == (2, None)
    assert await rich.wallet() == Wallet(usd("10"), usd("0"))

    rich.wait(minutes=61)
    assert await rich.state(await rich.buys()) is State.QUEUED


async def test_so_much_money_in_a_day_and_what_came_back_counts_as_unspent(rich: Books) -> None:
    await limit(rich, Limit.SPEND, usd("3"))
    due = await rich.has_active(total="2")
    with pytest.raises(OverLimit) as refused:
        await rich.buys(total="2")
    assert (refused.value.orders, refused.value.spend) == (None, usd("3"))
    await rich.buys(total="1")
    await rich.hears(due, says("Canceled"))
    await rich.buys(total="2")
    with pytest.raises(OverLimit):
        await rich.buys(total="1")

    rich.wait(hours=25)
    await rich.buys(total="3")


async def test_so_many_at_once_where_the_shop_lets_others_have_more(rich: Books) -> None:
    await limit(rich, Limit.OPEN, 1)
    await rich.buys()
    with pytest.raises(TooManyOpen) as refused:
        await rich.buys()
    assert refused.value.most == 1
    await rich.has(BOB, "5")
    for _ in range(2):
        await rich.buys(BOB)


@pytest.mark.parametrize("which", [Limit.ORDERS, Limit.OPEN])
async def test_a_limit_of_nothing_sells_nothing_and_none_sells_again(
    rich: Books, which: Limit
) -> None:
    await limit(rich, which, 0)
    with pytest.raises((OverLimit, TooManyOpen)):
        await rich.buys()
    await limit(rich, which, None)
    await rich.buys()


async def test_limits_and_notes_are_read_back_and_written_down_once(rich: Books) -> None:
    for _ in range(2):
        await limit(rich, Limit.ORDERS, 4)
        await limit(rich, Limit.SPEND, usd("12.5"))
        await rich.db.write(limits.set_note, rich.act(), ALICE, "  pays late \n")
    assert await rich.db.read(limits.load_limits, ALICE) == (
        Limits(4, usd("12.5"), None),
        "pays late",
    )
    log = (await rich.db.read(audit.list_acts, 0)).rows
    assert [(one.action, one.before, one.after) for one in log[:3]] == [
        ("note", "", ""),
        ("limit spend_per_day", "", "12.500000"),
        ("limit orders_per_hour", "", "4"),
    ]


async def test_a_note_is_cut_and_nobody_is_noted_who_is_unknown(rich: Books) -> None:
    await rich.db.write(limits.set_note, rich.act(), ALICE, "x" * 9_999)
    assert len((await rich.db.read(limits.load_limits, ALICE))[1]) == LONGEST_NOTE
    with pytest.raises(NotYours):
        await rich.db.write(limits.set_note, rich.act(), CustomerId(4711), "who?")
    with pytest.raises(NotYours):
        await rich.db.write(limits.set_limit, rich.act(), CustomerId(4711), Limit.OPEN, 1)
