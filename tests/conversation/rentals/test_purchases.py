"""What a purchase of numbers costs, holds and refuses."""

from datetime import timedelta
from decimal import Decimal

import pytest

from bot.base.errors import NotYours
from bot.base.quantity import BadQuantity
from bot.catalog.errors import NotForSale
from bot.money.errors import NotEnoughCredit
from bot.numbers.rows import load_rental
from bot.orders.quote import load_quote
from bot.orders.read import orders_of_quote
from bot.orders.rules.errors import PriceRose
from bot.orders.rules.moves import State
from sandbox.suppliers.numbers import SmsProject, code_after, no_code
from tests.conversation.human import ALICE, Human
from tests.conversation.opening import on_sqlite
from tests.conversation.rentals.counter import PROJECTS, Counter, state_of
from tests.conversation.shop import Shop
from tests.stored_shop import usd


@on_sqlite
async def test_three_numbers_are_three_orders_with_three_holds(
    counter: Counter, shop: Shop
) -> None:
    quote = await counter.quotes(3)
    for plan in (code_after(15), no_code(), code_after(15)):
        shop.hstockplus.plan_sms(plan)
    first = await counter.store.buy(counter.customer, quote)
    placed = await counter.store.db.read(orders_of_quote, counter.customer.id, quote)
    await shop.works()

    assert len(placed) == 3
    assert placed[0] == first
    await counter.has("8.20", "1.80")
    await counter.ticks(seconds=25)
    await counter.has("8.20", "0.60")
    await shop.leaps(1, minutes=20)
    await shop.leaps(8, seconds=15)
    await counter.has("8.80")


async def test_credit_for_two_of_three_numbers_rents_none_and_says_what_is_missing_of_all(
    counter: Counter, shop: Shop, olga: Human
) -> None:
    await olga.sends(f"/debit {ALICE} 8.80")
    quote = await counter.quotes(3)
    with pytest.raises(NotEnoughCredit) as short:
        await counter.store.buy(counter.customer, quote)
    assert short.value.short_by == usd("0.60")
    await shop.works()
    assert not shop.hstockplus.numbers
    await counter.has("1.20")


@on_sqlite
async def test_phones_are_forgotten_after_a_while(counter: Counter, shop: Shop) -> None:
    order = await counter.rents(code_after(15))
    await shop.leaps(3, minutes=10)
    await shop.leaps(1, days=91)
    rental = await counter.store.db.read(load_rental, counter.customer.id, order)
    assert rental.phone == ""
    with pytest.raises(NotYours):
        await counter.quotes(reuse=order)


async def test_a_second_confirm_makes_no_second_number(counter: Counter, shop: Shop) -> None:
    quote = await counter.quotes(2)
    once = await counter.store.buy(counter.customer, quote)
    assert await counter.store.buy(counter.customer, quote) == once
    await shop.works()
    assert len(shop.hstockplus.numbers) == 2
    await counter.has("8.80", "1.20")


@on_sqlite
@pytest.mark.parametrize("quantity", [0, 11, -1])
async def test_a_purchase_is_one_to_ten_numbers(counter: Counter, quantity: int) -> None:
    with pytest.raises(BadQuantity):
        await counter.quotes(quantity)


@on_sqlite
async def test_each_number_is_rounded_for_itself(counter: Counter) -> None:
    view = await counter.store.ask_quote(counter.customer, counter.service("Mail"), 3)
    assert (view.total, view.unit_price) == (usd("0.39"), usd("0.13"))


async def test_a_price_that_rose_charges_nothing(counter: Counter, shop: Shop) -> None:
    quote = await counter.quotes()
    dear = Decimal("0.60")
    shop.hstockplus.projects = [
        SmsProject(
            project_id=project.project_id,
            name=project.name,
            price=dear,
            country_id=project.country_id,
            country_title=project.country_title,
        )
        for project in PROJECTS
    ]
    shop.clock.turn(timedelta(minutes=2))
    with pytest.raises(PriceRose) as rose:
        await counter.store.buy(counter.customer, quote)
    again = await counter.store.db.read(load_quote, counter.customer.id, rose.value.new_quote)
    assert again.total == usd("0.72")
    await counter.has("10")


@on_sqlite
async def test_a_project_that_is_gone_charges_nothing(counter: Counter, shop: Shop) -> None:
    quote = await counter.quotes()
    shop.hstockplus.projects = [PROJECTS[1]]
    shop.clock.turn(timedelta(minutes=2))
    with pytest.raises(NotForSale):
        await counter.store.buy(counter.customer, quote)
    await counter.has("10")


@on_sqlite
async def test_a_project_that_goes_after_confirm_is_refunded(counter: Counter, shop: Shop) -> None:
    quote = await counter.quotes()
    shop.hstockplus.projects = []
    order = await counter.store.buy(counter.customer, quote)
    await shop.works()
    assert (await state_of(shop, order))[0] is State.FAILED
    await counter.has("10")
