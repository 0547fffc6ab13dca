"""What a service brought is one figure, whoever delivered it; each supplier has its own."""

from __future__ import annotations

from bot.orders.sales.keep import KeepSales
from bot.orders.sales.sums import Sums
from tests.orders.sales.reading import reads, today
from tests.orders.standins.tied import Tied, tied
from tests.stored_shop import ACC, ALICE, HSTOCK, Books, listed, says, usd


async def delivers(books: Books, charge: str) -> None:
    """The stand-in and the one whose service it is each deliver an order of it."""
    alices = await tied(books, "0.7")
    await alices.is_refused(ACC)
    assert await books.accepts(await books.sends(HSTOCK))
    await books.hears(await books.polls_one(HSTOCK), says("Completed", "a", charge=charge))
    await sells(books, alices, total="5")


async def sells(books: Books, alices: Tied, total: str) -> None:
    await books.buys(service=alices.services[0], total=total)
    assert await books.accepts(await books.sends())
    await books.hears(await books.polls_one(), says("Completed", "b", charge="0.9"))


async def test_a_service_that_had_a_stand_in_is_one_line_with_its_name(rich: Books) -> None:
    await delivers(rich, charge="0.7")

    for _ in ("counted at once", "kept"):
        stats = await reads(rich, today(rich) - 6, today(rich))
        [line] = stats.services
        assert (line.name, line.supplier) == ("Mail account", ACC)
        assert (line.sums.orders, line.sums.revenue) == (2, usd("6"))
        assert line.sums.cost == usd("1.6")
        assert sum(line.times.values()) == 2
        found = [(one.supplier, one.sums.revenue) for one in stats.suppliers]
        assert found == [(ACC, usd("5")), (HSTOCK, usd("1"))]
        assert stats.now == sum((one.sums for one in stats.suppliers), Sums()) == line.sums
        rich.wait(days=2)
        await KeepSales(rich.db)()


async def test_it_stands_where_all_that_it_brought_belongs(rich: Books) -> None:
    await rich.has(ALICE, "90")
    await delivers(rich, charge="0.7")
    other = await rich.stocks(listed("other", name="Other"))
    await rich.buys(service=other, total="5.5")
    assert await rich.accepts(await rich.sends())
    await rich.hears(await rich.polls_one(), says("Completed", "c", charge="0.9"))

    stats = await reads(rich, today(rich), today(rich))

    assert [one.name for one in stats.services] == ["Mail account", "Other"]
