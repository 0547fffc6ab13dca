"""Phones are rented again by their own customer, and codes stay sealed."""

import pytest

from bot.base.errors import NotYours
from bot.base.ids import CustomerId
from bot.base.quantity import BadQuantity
from bot.numbers.rows import last_used, list_codes
from bot.people import customers
from bot.suppliers.words import Code
from sandbox.suppliers import reply_faults, wire_faults
from sandbox.suppliers.numbers import code_after, codes_after
from tests.conversation.human import BORIS, Human
from tests.conversation.opening import on_sqlite
from tests.conversation.rentals.counter import Counter
from tests.conversation.shop import Shop


@on_sqlite
async def test_a_phone_is_rented_again_by_its_own_customer_only(
    counter: Counter, shop: Shop, boris: Human
) -> None:
    before = await counter.rents(code_after(15))
    phone = shop.hstockplus.last_number.phone
    await counter.store.buy(counter.customer, await counter.quotes(reuse=before))
    await shop.works()

    assert shop.hstockplus.received_of("add_sms")[-1].params["phone"] == phone
    assert shop.hstockplus.last_number.phone == phone
    stranger = await shop.kiosk.shop.desk.db.read(customers.find, CustomerId(BORIS))
    assert stranger is not None
    with pytest.raises(NotYours):
        await counter.store.ask_quote(stranger, counter.service(), 1, reuse=before)
    with pytest.raises(NotYours):
        await counter.store.db.read(list_codes, stranger.id, before)
    with pytest.raises(BadQuantity):
        await counter.quotes(2, reuse=before)


@on_sqlite
async def test_what_was_rented_last_is_remembered_each_once(counter: Counter) -> None:
    await counter.rents()
    await counter.rents()
    [used] = await counter.store.db.read(last_used, counter.customer.id)
    assert (used.service_name, used.country) == ("Chat", "United States")


@on_sqlite
async def test_a_code_whose_text_cannot_be_had_goes_alone(counter: Counter, shop: Shop) -> None:
    shop.hstockplus.faults.always("sms_code", wire_faults.server_error())
    order = await counter.rents(code_after(15))
    await counter.ticks(seconds=25)
    assert await counter.codes(order) == (Code("123456"),)
    await counter.has("9.40")


@on_sqlite
async def test_a_code_that_comes_between_the_two_questions_of_a_look_hides_none(
    counter: Counter, shop: Shop
) -> None:
    """`sms_status` still tells of the first when `sms_code` tells of the second already."""
    order = await counter.rents(codes_after((15, "2")))
    await counter.ticks(seconds=14)
    shop.hstockplus.faults.next("sms_status", reply_faults.changed(code="1"))
    await counter.ticks(seconds=4)
    assert [code.code for code in await counter.codes(order)] == ["1", "2"]
    await counter.has("9.40")


async def test_phone_and_code_are_sealed_and_kept_out_of_answers(
    counter: Counter, shop: Shop
) -> None:
    order = await counter.rents(code_after(15))
    await counter.ticks(seconds=25)
    told = str(await shop.details(order))
    phone = shop.hstockplus.last_number.phone
    assert "123456" not in told
    assert all(phone not in said for _, said in (await shop.details(order)).answers)
