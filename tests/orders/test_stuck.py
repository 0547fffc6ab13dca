"""Operators hear of orders that have been under way for a day: of each once, of few a day."""

from bot.orders import orphaned_orders
from tests.desk.plans import plans_of
from tests.stored_shop import ALICE, OLGA, Books


async def _has(books: Books, count: int) -> None:
    for _ in range(count):
        await books.has_active()


async def test_each_is_told_of_once_and_the_oldest_first(rich: Books) -> None:
    await _has(rich, 2)
    rich.wait(hours=23, minutes=59)
    assert await rich.db.write(orphaned_orders.alert_stuck) == 0

    rich.wait(minutes=1)
    new = [await rich.db.write(orphaned_orders.alert_stuck) for _ in range(2)]

    assert new == [2, 0]
    assert await rich.told(OLGA) == ["a-oddity"] * 2


async def test_a_supplier_that_is_away_for_a_day_floods_nobody(rich: Books) -> None:
    await rich.has(ALICE, "100")
    await _has(rich, 12)
    rich.wait(hours=24)

    new = [await rich.db.write(orphaned_orders.alert_stuck) for _ in range(3)]
    assert new == [5, 0, 0]

    rich.wait(hours=24)
    assert await rich.db.write(orphaned_orders.alert_stuck) == 5


async def test_only_those_are_read_that_nobody_was_told_of(rich: Books) -> None:
    plans = await rich.db.read(lambda tx: plans_of(tx, orphaned_orders.alert_stuck))

    counted, found = (plan for _, plan in plans)
    assert "ix_orders_stuck_told" in counted
    assert "ix_orders_untold" in found
    assert "SCAN orders\n" not in found + "\n"
    assert "TEMP B-TREE" not in found
