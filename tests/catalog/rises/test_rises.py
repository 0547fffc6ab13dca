"""Rates that rose far wait for a word, in steps, over processes, and until they return."""

from dataclasses import replace
from decimal import Decimal

import pytest

from bot.base.acts import Act, Role
from bot.base.errors import NotAllowed, TooLate
from bot.catalog import store
from bot.catalog.errors import NotForSale, NotForSaleReason
from bot.catalog.rises.decide import confirm_all, confirm_price, keep_hidden
from bot.catalog.rises.rows import PriceRise, list_all_rises
from bot.people.roles import set_role
from bot.suppliers.port import Catalog
from bot.suppliers.words import CatalogRow
from tests.races import all_at_once
from tests.stored_shop import ACC, ALICE, BOB, BY, Books, listed


@pytest.fixture
def ruled(books: Books) -> Books:
    """A shop that hides what rises by more than 30 percent."""
    books.db.settings = replace(books.db.settings, price_jump_percent=30)
    return books


def at(rate: str, remote: str = "r1") -> CatalogRow:
    return listed(remote, rate=Decimal(rate))


async def reads(books: Books, *rows: CatalogRow) -> None:
    await books.db.write(store.store, ACC, Catalog(rows))


async def rises(books: Books) -> tuple[PriceRise, ...]:
    return await books.db.read(list_all_rises)


async def test_a_rise_is_measured_from_the_rate_that_was_sold(ruled: Books) -> None:
    for rate in ("1", "1.3", "1.7"):
        await reads(ruled, at(rate))
    (row,) = await rises(ruled)
    assert (row.before, row.after) == (Decimal("1.3"), Decimal("1.7"))
    await reads(ruled, at("2"))
    (higher,) = await rises(ruled)
    assert (higher.before, higher.after) == (Decimal("1.3"), Decimal(2))
    assert higher.id > row.id
    await reads(ruled, at("1.6"))
    assert await rises(ruled) == ()


async def test_what_was_away_does_not_come_back_at_any_price(ruled: Books) -> None:
    await reads(ruled, at("1"), at("1", "r2"))
    await reads(ruled, at("1", "r2"))
    await reads(ruled, at("5"), at("1", "r2"))
    assert [row.after for row in await rises(ruled)] == [Decimal(5)]


async def test_an_open_price_is_not_charged_once_it_rose(ruled: Books) -> None:
    await ruled.has(ALICE, "10")
    service = await ruled.stocks(at("1"))
    quote = await ruled.quote(service=service)
    await reads(ruled, at("2"))
    with pytest.raises(NotForSale) as stopped:
        await ruled.confirms(quote)
    assert stopped.value.reason is NotForSaleReason.PRICE_JUMPED
    (row,) = await rises(ruled)
    await ruled.db.write(confirm_price, BY, row.id)
    assert (await ruled.confirms(quote)).fresh


async def test_nobody_agrees_to_a_rate_they_did_not_see(ruled: Books) -> None:
    await reads(ruled, at("1"))
    await reads(ruled, at("2"))
    (seen,) = await rises(ruled)
    await reads(ruled, at("20"))
    with pytest.raises(TooLate):
        await ruled.db.write(confirm_price, BY, seen.id)
    with pytest.raises(TooLate):
        await ruled.db.write(keep_hidden, BY, seen.id)
    assert await ruled.db.write(confirm_all, BY, ACC, seen.id) == 0
    assert len(await rises(ruled)) == 1


async def test_what_is_kept_hidden_is_not_agreed_to_with_the_others(ruled: Books) -> None:
    await reads(ruled, at("1"), at("1", "r2"))
    await reads(ruled, at("2"), at("2", "r2"))
    first, second = await rises(ruled)
    await ruled.db.write(keep_hidden, BY, first.id)
    assert await ruled.db.write(confirm_all, BY, ACC, second.id) == 1
    await reads(ruled, at("3"), at("2", "r2"))
    (still,) = await rises(ruled)
    assert still.kept


async def test_two_processes_agree_once(ruled: Books) -> None:
    other = await ruled.another()
    await reads(ruled, at("1"))
    await reads(ruled, at("2"))
    (row,) = await rises(ruled)
    done = await all_at_once(
        *((ruled, other)[n % 2].db.write(confirm_all, BY, ACC, row.id) for n in range(4))
    )
    assert sorted(int(str(one)) for one in done) == [0, 0, 0, 1]


async def test_without_the_rule_nothing_waits(ruled: Books) -> None:
    await reads(ruled, at("1"))
    await reads(ruled, at("2"))
    ruled.db.settings = replace(ruled.db.settings, price_jump_percent=0)
    await reads(ruled, at("4"))
    assert await rises(ruled) == ()


async def test_a_viewer_agrees_to_nothing(ruled: Books) -> None:
    await ruled.meets(BOB)
    await ruled.db.write(set_role, BY, BOB, Role.VIEWER)
    await reads(ruled, at("1"))
    await reads(ruled, at("2"))
    (row,) = await rises(ruled)
    with pytest.raises(NotAllowed):
        await ruled.db.write(confirm_price, Act(BOB, Role.VIEWER), row.id)
