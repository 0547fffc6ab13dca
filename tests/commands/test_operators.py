"""Who runs the shop stands in ADMIN_IDS, at every start anew."""

import asyncio

import pytest

from bot.base.ids import CustomerId
from bot.people.operators import list_operators
from tests.books import KEY, connected
from tests.commands.conftest import Types


async def _operators(url: str) -> tuple[CustomerId, ...]:
    async with connected(url) as database:
        return await database.read(list_operators)


@pytest.mark.parametrize(
    ("named", "are"), [("900", (900,)), ("900,901", (900, 901)), ("901", (901,))]
)
def test_those_run_the_shop_whom_the_newest_start_was_told(
    books_url: str, types: Types, named: str, are: tuple[int, ...]
) -> None:
    for admins in ("900,902", named):
        assert types("audit", DATABASE_URL=books_url, GOODS_KEY=KEY, ADMIN_IDS=admins).code == 0

    assert asyncio.run(_operators(books_url)) == are
