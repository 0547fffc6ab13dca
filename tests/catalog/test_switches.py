"""Switches in the database: one more cause among the pauses, for every process and every sale."""

from __future__ import annotations

from dataclasses import replace
from itertools import permutations

import pytest

from bot.base.acts import Role
from bot.base.errors import NotYours
from bot.base.ids import SupplierName
from bot.base.keys import supplier_cause
from bot.catalog import standing
from bot.catalog.errors import NotForSale, NotForSaleReason
from bot.catalog.switches import outage
from bot.catalog.switches import switch as switches
from bot.catalog.switches.names import NUMBERS, SHOP
from bot.money.ledger import Wallet
from bot.outbox import tell
from bot.outbox.notices import SupplierAlert, SupplierCause
from bot.people.texts import store as texts
from bot.people.texts.own import EVERY, OwnText, TextName
from tests.numbers.renting import sells_numbers
from tests.races import all_at_once
from tests.stored_shop import ACC, ALICE, HSTOCK, Books, usd

WORDS = {EVERY: OwnText("Back on Monday"), "de": OwnText("Ab Montag wieder")}


async def off(books: Books, what: SupplierName) -> bool:
    return await books.db.write(switches.switch_off, books.act(), what, WORDS)


async def on(books: Books, what: SupplierName) -> bool:
    return await books.db.write(switches.switch_on, books.act(), what)


async def pauses(books: Books, what: SupplierName = ACC) -> tuple[SupplierCause, ...]:
    return (await books.db.read(standing.state, what)).pauses


async def falls(books: Books, supplier: SupplierName = ACC) -> None:
    alert = SupplierAlert(supplier, SupplierCause.DOWN)
    await books.db.write(tell.begin_alert, supplier_cause(SupplierCause.DOWN, supplier), alert)


async def rises(books: Books, supplier: SupplierName = ACC) -> None:
    await books.db.write(tell.end_alert, supplier_cause(SupplierCause.DOWN, supplier), None)


@pytest.mark.parametrize("what", [SHOP, ACC])
async def test_neither_a_quote_nor_a_purchase_passes_a_switch_of_another_process(
    rich: Books, what: SupplierName
) -> None:
    quote = await rich.quote()
    assert await off(await rich.another(), what)

    for sale in (rich.confirms(quote), rich.quote()):
        with pytest.raises(NotForSale) as refused:
            await sale
        assert refused.value.reason is NotForSaleReason.SUPPLIER_PAUSED
        assert refused.value.said == WORDS
    assert await rich.wallet() == Wallet(usd("10"), usd("0"))
    assert await rich.faults() == ()

    assert await on(rich, what)
    await rich.confirms(quote)


async def test_another_supplier_is_sold_while_one_is_off(rich: Books) -> None:
    await off(rich, HSTOCK)
    await rich.buys()
    assert await rich.db.read(standing.list_paused) == {HSTOCK}


async def test_numbers_are_off_and_what_else_their_supplier_lists_is_sold(rich: Books) -> None:
    [number] = await sells_numbers(rich)
    service = await rich.stocks(supplier=HSTOCK)
    quote = await rich.quote(service=number)
    await off(rich, NUMBERS)

    for sale in (rich.confirms(quote), rich.quote(service=number)):
        with pytest.raises(NotForSale) as refused:
            await sale
        assert refused.value.said == WORDS
    await rich.buys(service=service)
    paused = await rich.db.read(standing.list_paused)
    assert number.is_paused(paused)
    assert not number.is_on_sale(paused)
    assert not service.is_paused(paused)
    await on(rich, NUMBERS)
    await rich.confirms(quote)


async def test_a_supplier_that_comes_while_the_shop_is_off_is_not_sold(rich: Books) -> None:
    await off(rich, SHOP)
    service = await rich.stocks(supplier=HSTOCK)
    assert HSTOCK in await rich.db.read(standing.list_paused)
    with pytest.raises(NotForSale):
        await rich.quote(service=service)
    with pytest.raises(NotForSale):
        await rich.db.read(standing.check_not_paused, HSTOCK, service.kind)


async def test_orders_in_the_queue_go_on_while_sales_are_off(rich: Books) -> None:
    await rich.buys()
    await off(rich, SHOP)
    await off(rich, ACC)
    await falls(rich)
    assert await rich.db.write(outage.pause_for_outage, ACC)
    assert not await rich.db.read(standing.holds_orders, ACC)
    await rich.sends()
    await rich.db.write(standing.pause, ACC, SupplierCause.KEY)
    assert await rich.db.read(standing.holds_orders, ACC)


@pytest.mark.parametrize("order", [*permutations(("falls", "off", "rises", "on"))])
async def test_two_causes_end_each_by_itself_in_any_order(
    books: Books, order: tuple[str, ...]
) -> None:
    is_down = is_off = False
    for step in order:
        match step:
            case "falls":
                await falls(books)
                is_down = await books.db.write(outage.pause_for_outage, ACC)
                assert is_down
            case "rises":
                await rises(books)
                assert await books.db.write(outage.resume_after_outage, ACC) is is_down
                is_down = False
            case "off":
                is_off = await off(books, ACC)
            case _:
                assert await on(books, ACC) is is_off
                is_off = False
        causes = {SupplierCause.OUTAGE: is_down, SupplierCause.SWITCHED: is_off}
        assert set(await pauses(books)) == {why for why, holds in causes.items() if holds}


async def test_a_pause_begins_and_ends_with_the_alert_alone(books: Books) -> None:
    assert not await books.db.write(outage.pause_for_outage, ACC)
    await falls(books)
    assert [await outage.begin(books.db, ACC) for _ in range(3)] == [True, False, False]
    assert not await outage.end(books.db, ACC)
    assert not await books.db.write(standing.resume_supplier, books.act(), ACC)
    assert await pauses(books) == (SupplierCause.OUTAGE,)
    await rises(books)
    assert [await outage.end(books.db, ACC) for _ in range(3)] == [True, False, False]
    assert await pauses(books) == ()


async def test_of_many_that_see_it_at_once_one_pauses_and_one_tells(books: Books) -> None:
    await falls(books)
    other = await books.another()
    begun = await all_at_once(*(outage.begin(one.db, ACC) for one in (books, other) * 3))
    assert sum(one is True for one in begun) == 1
    told = "SELECT rounds FROM alerts WHERE cause = 'outage:accplanet'"
    assert await books.sql(told) == [(1,)]
    await rises(books)
    ended = await all_at_once(*(outage.end(one.db, ACC) for one in (books, other) * 3))
    assert sum(one is True for one in ended) == 1


async def test_a_purchase_and_a_switch_at_once_are_one_or_the_other(rich: Books) -> None:
    other = await rich.another()
    for _ in range(5):
        quote = await rich.quote()
        before = (await rich.wallet()).held
        placed, _switched = await all_at_once(rich.confirms(quote), off(other, SHOP))
        after = (await rich.wallet()).held
        assert (after - before == usd("1")) is not isinstance(placed, NotForSale)
        await on(rich, SHOP)
    assert await rich.faults() == ()


async def test_words_are_kept_changed_and_gone_with_the_switch(books: Books) -> None:
    await off(books, ACC)
    assert not await books.db.write(switches.switch_off, books.act(), ACC)
    assert (await books.db.read(switches.find_switch, ACC)).said == WORDS
    soon = {EVERY: OwnText("Soon")}
    assert await books.db.write(switches.change_off_words, books.act(), ACC, soon)
    assert (await books.db.read(switches.find_switch, ACC)).said == soon
    assert await on(books, ACC)
    assert (await books.db.read(switches.find_switch, ACC)).said == {}
    assert not await books.db.write(switches.change_off_words, books.act(), ACC, soon)
    acts = await books.sql('SELECT action, subject, "before", "after" FROM audit_log')
    assert acts == [
        ("switch off", "supplier:accplanet", "on", "Back on Monday | de: Ab Montag wieder"),
        ("switch off", "supplier:accplanet", "Back on Monday | de: Ab Montag wieder", "Soon"),
        ("switch on", "supplier:accplanet", "Soon", "on"),
    ]


async def test_the_usual_words_are_read_where_a_switch_has_none(rich: Books) -> None:
    usual = OwnText("We are away")
    await rich.db.write(texts.save_text, rich.act(), TextName.PAUSED, EVERY, usual)
    quote = await rich.quote()
    await rich.db.write(switches.switch_off, rich.act(), SHOP)
    with pytest.raises(NotForSale) as refused:
        await rich.confirms(quote)
    assert refused.value.said == {EVERY: usual}


async def test_nobody_else_switches(rich: Books) -> None:
    await off(rich, SHOP)
    act = replace(rich.act(), who=ALICE, role=Role.OWNER)
    with pytest.raises(NotYours):
        await rich.db.write(switches.switch_on, act, SHOP)
    assert await rich.db.read(standing.list_paused)
