"""Columns hold the domain's values exactly, alike on both databases."""

from decimal import Decimal

import pytest
from sqlalchemy import insert, select

from bot.db.tx import Tx
from bot.orders.tables import readings
from tests.stored_shop import Books


@pytest.mark.parametrize("number", ["0.1", "1E+3", "0.000000000000000000000001", "-0", "12.340"])
async def test_a_number_of_a_supplier_is_kept_digit_by_digit(rich: Books, number: str) -> None:
    order = await rich.buys()

    def keep(tx: Tx) -> str:
        line = {"order_id": order, "attempt": 1, "at": rich.now, "balance": Decimal(number)}
        tx.execute(insert(readings).values(line))
        return str(tx.execute(select(readings.c.balance)).scalar_one())

    assert await rich.db.write(keep) == str(Decimal(number))
