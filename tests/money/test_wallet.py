"""A wallet's lines: one an order, and together the balance."""

from random import Random

import pytest

from bot.money import wallet
from bot.money.ledger import TransferKind
from bot.money.wallet import HoldEnd
from tests.stored_shop import ALICE, Books, says, usd

_ENDS = (("Completed", "ab"), ("Canceled", ""), ("Partial", "a"))
_AS_MANY = 40


@pytest.mark.parametrize("seed", range(3))
async def test_the_lines_add_up_to_the_balance(rich: Books, seed: int) -> None:
    chance = Random(seed)  # noqa: S311 - only the course of a test
    for _ in range(_AS_MANY):
        await _something_happens(rich, chance)

    lines = await rich.db.read(wallet.list_lines, ALICE, _AS_MANY + 1)
    view = await rich.db.read(wallet.wallet, ALICE)

    assert sum(one.amount.micros for one in lines) == view.wallet.free.micros
    assert view.lines == lines[:10]
    orders = [one.order for one in lines if one.order is not None]
    assert len(orders) == len(set(orders))


async def _something_happens(rich: Books, chance: Random) -> None:
    free = (await rich.wallet()).free
    rich.wait(seconds=1)
    if free < usd("2") or chance.random() < 0.3:
        await rich.has(ALICE, str(chance.randint(1, 5)))
    elif chance.random() < 0.2:
        await rich.takes(ALICE, "1")
    else:
        due = await rich.has_active(quantity=2, total="2")
        status, accounts = chance.choice(_ENDS)
        await rich.hears(due, says(status, *accounts))


async def test_an_order_under_way_is_one_line_too(rich: Books) -> None:
    before = len((await rich.db.read(wallet.wallet, ALICE)).lines)
    await rich.has_active(quantity=2, total="2")

    first, *rest = (await rich.db.read(wallet.wallet, ALICE)).lines

    assert (first.kind, first.ended, first.amount) == (
        TransferKind.HOLD,
        HoldEnd.HELD,
        -usd("2"),
    )
    assert len(rest) == before
