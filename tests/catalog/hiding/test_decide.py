"""An operator's rules are kept, each with its line in the log, and stop what is under way."""

from __future__ import annotations

import pytest

from bot.base.ids import ServiceId, SupplierName
from bot.catalog import store
from bot.catalog.errors import NotForSale, NotForSaleReason
from bot.catalog.hiding import decide
from bot.catalog.hiding.rows import load_rules
from bot.catalog.hiding.rules import Verdict
from bot.catalog.selection.selection import SHOP, Selection
from bot.people.audit import list_acts
from tests.races import all_at_once
from tests.stored_shop import ACC, Books, listed

GMAIL = Selection.pattern("*gmail*")


async def rules(books: Books) -> list[tuple[Selection, Verdict]]:
    return [(one.selection, one.verdict) for one in await books.db.read(load_rules)]


async def test_a_rule_takes_the_place_of_the_one_before(books: Books) -> None:
    act, before = books.act(), await books.db.read(store.version)
    assert await books.db.write(decide.hide, act, GMAIL)
    assert await books.db.read(store.version) > before
    assert not await books.db.write(decide.hide, act, GMAIL), "twice is once"
    assert await books.db.write(decide.show, act, GMAIL, over=True)
    assert await books.db.write(decide.allow, act, GMAIL)
    assert await rules(books) == [(GMAIL, Verdict.ALLOW)]
    assert await books.db.write(decide.show, act, GMAIL)
    assert await rules(books) == []
    assert not await books.db.write(decide.show, act, GMAIL)
    log = await books.db.read(list_acts, 0)
    assert [(one.before, one.after) for one in reversed(log.rows)] == [
        ("no rule", "hide"),
        ("hide", "show"),
        ("show", "allow"),
        ("allow", "off by list"),
    ]
    assert {one.subject for one in log.rows} == {"pattern:*gmail*"}


async def test_a_rule_is_taken_back_once(books: Books) -> None:
    await books.db.write(decide.hide, books.act(), SHOP)
    [rule] = await books.db.read(load_rules)
    assert await books.db.write(decide.drop_rule, books.act(), rule.id)
    assert not await books.db.write(decide.drop_rule, books.act(), rule.id)
    assert await rules(books) == []


async def test_two_operators_at_once_leave_one_rule(books: Books) -> None:
    await all_at_once(*(books.db.write(decide.hide, books.act(), GMAIL) for _ in range(4)))
    assert await rules(books) == [(GMAIL, Verdict.HIDE)]
    assert (await books.db.read(list_acts, 0)).total == 1


async def test_a_purchase_stops_before_its_shelf_knows(books: Books) -> None:
    await books.stocks(listed("r1", name="Gmail, aged", category="Mail"))
    [(first,)] = await books.sql("SELECT min(id) FROM services")
    service = ServiceId(first)
    await books.db.read(decide.check_not_hidden, service)
    for selection in (GMAIL, Selection.supplier(ACC), Selection.service(service), SHOP):
        await books.db.write(decide.hide, books.act(), selection)
        with pytest.raises(NotForSale) as stopped:
            await books.db.read(decide.check_not_hidden, service)
        assert stopped.value.reason is NotForSaleReason.HIDDEN
        await books.db.write(decide.show, books.act(), selection)
    await books.db.write(decide.hide, books.act(), Selection.supplier(SupplierName("other")))
    await books.db.read(decide.check_not_hidden, service)
