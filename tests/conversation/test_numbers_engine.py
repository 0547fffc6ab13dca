"""Numbers from the quote to the code or the refund, without a chat; money proved each time."""

from collections.abc import AsyncIterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from decimal import Decimal

import pytest

from bot.base.errors import NotYours
from bot.base.ids import CustomerId, OrderId, QuoteId, RemoteId, ServiceId, SupplierName
from bot.base.quantity import BadQuantity
from bot.catalog.errors import NotForSale
from bot.chat.facade import Storefront
from bot.money.errors import NotEnoughCredit
from bot.money.ledger import Wallet
from bot.numbers.rows import last_used, list_codes, load_rental
from bot.orders.quote import load_quote
from bot.orders.read import orders_of_quote
from bot.orders.rules.errors import PriceRose
from bot.orders.rules.moves import Reason, State
from bot.orders.views import RentalState
from bot.people import customers
from bot.people.customers import Customer
from bot.suppliers.words import Code, NumberId
from sandbox.suppliers import reply_faults, wire_faults
from sandbox.suppliers.numbers import (
    SmsPlan,
    SmsProject,
    canceled_by_supplier,
    code_after,
    code_at_expiry,
    codes_after,
    expired,
    late_code,
    no_code,
    stays_active,
)
from tests.conversation.human import ALICE, AS_OLGA, BORIS, Human
from tests.conversation.opening import on_sqlite
from tests.conversation.shop import Shop
from tests.stored_shop import usd

HSTOCK = SupplierName("hstockplus")
CODE = Code("123456", "Your verification code is 123456")
PRICE = "0.60"
"""Half a dollar with twenty percent on it."""
PROJECTS = [
    SmsProject(
        project_id="65f1",
        name="Chat",
        price=Decimal("0.5"),
        country_id="us",
        country_title="United States",
    ),
    SmsProject(
        project_id="65f1",
        name="Chat",
        price=Decimal("0.25"),
        country_id="gb",
        country_title="United Kingdom",
    ),
    SmsProject(
        project_id="77a",
        name="Mail",
        price=Decimal("0.105"),
        country_id="us",
        country_title="United States",
    ),
]


@dataclass
class Counter:
    """Alice at the counter, without a chat between."""

    shop: Shop
    human: Human
    customer: Customer

    @property
    def store(self) -> Storefront:
        return self.shop.kiosk.shop.store

    def service(self, name: str = "Chat", country: str = "United States") -> ServiceId:
        [project] = self.store.shelf.now.projects(name)
        [offer] = [one for one in project.offers if one.service.listed.subcategory == country]
        return offer.service.id

    async def quotes(
        self, quantity: int = 1, name: str = "Chat", reuse: OrderId | None = None
    ) -> QuoteId:
        asked = self.store.ask_quote(self.customer, self.service(name), quantity, reuse=reuse)
        return (await asked).id

    async def rents(self, plan: SmsPlan | None = None, quantity: int = 1) -> OrderId:
        """A number, or several of the same plan, rented and looked at once."""
        for _ in range(quantity if plan else 0):
            assert plan is not None
            self.shop.hstockplus.plan_sms(plan)
        order = await self.store.buy(self.customer, await self.quotes(quantity))
        await self.shop.works()
        return order

    async def codes(self, order: OrderId) -> tuple[Code, ...]:
        return await self.store.db.read(list_codes, self.customer.id, order)

    async def rental(self, order: OrderId) -> RentalState:
        return (await self.store.db.read(load_rental, self.customer.id, order)).state

    async def end(self, order: OrderId) -> datetime:
        return (await self.store.db.read(load_rental, self.customer.id, order)).expires_at

    async def has(self, free: str, held: str = "0") -> None:
        assert await self.human.wallet() == Wallet(usd(free), usd(held))
        assert await self.shop.proof() == ()

    async def ticks(self, step_s: int = 1, **span: float) -> None:
        """Time passes in steps so short that nobody can be late unseen."""
        for _ in range(int(timedelta(**span).total_seconds()) // step_s):
            await self.shop.comes_to(timedelta(seconds=step_s))


@pytest.fixture
async def counter(shop: Shop, alice: Human) -> AsyncIterator[Counter]:
    shop.hstockplus.projects = list(PROJECTS)
    await shop.kiosk.shop.refresh.numbers(shop.kiosk.shop.suppliers[HSTOCK])
    customer = await shop.kiosk.shop.desk.db.read(customers.find, CustomerId(ALICE))
    assert customer is not None
    yield Counter(shop, alice, customer)
    assert await shop.proof() == ()


async def _state(shop: Shop, order: OrderId) -> tuple[State, Reason | None]:
    view = (await shop.dossier(order)).order
    return view.state, view.reason


def test_a_numbers_id_is_read_back_and_no_ordinary_one_is_taken_for_it() -> None:
    number = NumberId("a:b", "us")
    assert NumberId.find(number.remote_id) == number
    for other in ("10042", "sms", "sms:", "sms::us", "sms:1:", "smsx:1:us"):
        assert NumberId.find(RemoteId(other)) is None


@on_sqlite
async def test_numbers_stand_apart_from_the_catalogue(counter: Counter) -> None:
    shelf = counter.store.shelf.now
    names = [one.name for one in shelf.projects()]
    countries = [one.service.listed.subcategory for one in shelf.projects()[0].offers]

    assert names == ["Chat", "Mail"]
    assert countries == ["United Kingdom", "United States"]
    assert [one.name for one in shelf.projects("mai")] == ["Mail"]
    assert "SMS" not in [one.name for one in shelf.categories()]
    assert shelf.find_project(shelf.projects()[1].key) == shelf.projects()[1]


async def test_neither_part_of_a_catalogue_takes_the_other_off_the_shelf(
    counter: Counter, shop: Shop
) -> None:
    on_sale = counter.store.shelf.now.on_sale
    await shop.refreshes()
    assert len(counter.store.shelf.now.projects()) == 2
    shop.hstockplus.projects.pop()
    await shop.kiosk.shop.refresh.numbers(shop.kiosk.shop.suppliers[HSTOCK])
    assert len(counter.store.shelf.now.projects()) == 1
    assert counter.store.shelf.now.on_sale == on_sale


async def test_a_code_after_a_while_is_delivered_and_paid(counter: Counter, shop: Shop) -> None:
    order = await counter.rents(code_after(15))
    await counter.has("9.40", PRICE)
    assert await counter.rental(order) is RentalState.WAITING
    await counter.ticks(seconds=21)

    assert await counter.codes(order) == (CODE,)
    assert await _state(shop, order) == (State.COMPLETED, None)
    await counter.has("9.40")
    await shop.leaps(3, minutes=10)
    assert await counter.rental(order) is RentalState.CLOSED
    assert len(await counter.codes(order)) == 1


@on_sqlite
async def test_several_codes_are_delivered_once_each_and_paid_once(counter: Counter) -> None:
    order = await counter.rents(codes_after((15, "1"), (60, "2"), (300, "3")))
    await counter.ticks(step_s=6, minutes=6)

    assert [one.code for one in await counter.codes(order)] == ["1", "2", "3"]
    await counter.has("9.40")


@pytest.mark.parametrize("plan", [no_code(), stays_active()])
async def test_no_code_is_refunded_within_two_minutes_of_the_end(
    counter: Counter, shop: Shop, plan: SmsPlan
) -> None:
    order = await counter.rents(plan)
    await shop.passes(minutes=19)
    await counter.has("9.40", PRICE)
    await counter.ticks(step_s=5, minutes=3)

    assert await _state(shop, order) == (State.CANCELED, Reason.NO_CODE)
    finished = (await shop.dossier(order)).order.finished_at
    assert finished is not None
    assert finished <= await counter.end(order) + timedelta(minutes=2)
    await counter.has("10")


@on_sqlite
async def test_no_code_is_refunded_in_time_while_the_supplier_is_down(
    counter: Counter, shop: Shop
) -> None:
    order = await counter.rents(no_code())
    shop.hstockplus.faults.always("sms_status", wire_faults.server_error())
    await shop.leaps(1, minutes=20)
    await counter.has("9.40", PRICE)
    for _ in range(8):
        await shop.leaps(1, seconds=15)

    assert await _state(shop, order) == (State.CANCELED, Reason.NO_CODE)
    await counter.has("10")


async def test_no_code_is_refunded_in_time_over_a_restart(counter: Counter, shop: Shop) -> None:
    order = await counter.rents(no_code())
    shop.clock.turn(timedelta(minutes=21, seconds=30))
    await shop.restarts()
    await shop.leaps(2, seconds=15)

    assert await _state(shop, order) == (State.CANCELED, Reason.NO_CODE)
    await counter.has("10")


async def test_a_code_that_came_while_nobody_ran_is_delivered(
    counter: Counter, shop: Shop
) -> None:
    order = await counter.rents(code_after(30))
    shop.clock.turn(timedelta(minutes=3))
    await shop.restarts()
    await shop.works()

    assert await counter.codes(order) == (CODE,)
    await counter.has("9.40")


async def test_a_code_that_came_in_time_is_paid_however_long_nobody_ran(
    counter: Counter, shop: Shop
) -> None:
    order = await counter.rents(code_after(30))
    shop.clock.turn(timedelta(minutes=45))
    await shop.restarts()
    await shop.leaps(1, seconds=1)

    assert await counter.codes(order) == (CODE,)
    assert await _state(shop, order) == (State.COMPLETED, None)
    await counter.has("9.40")


@on_sqlite
async def test_no_code_is_refunded_soon_after_nobody_ran_even_while_the_supplier_is_down(
    counter: Counter, shop: Shop
) -> None:
    order = await counter.rents(no_code())
    shop.hstockplus.faults.always("sms_status", wire_faults.server_error())
    shop.clock.turn(timedelta(minutes=45))
    await shop.restarts()
    await shop.leaps(10, seconds=5)

    assert await _state(shop, order) == (State.CANCELED, Reason.NO_CODE)
    await counter.has("10")


@on_sqlite
async def test_a_number_that_expires_early_is_refunded(counter: Counter, shop: Shop) -> None:
    order = await counter.rents(expired(60))
    await counter.ticks(step_s=5, minutes=2, seconds=15)

    assert await _state(shop, order) == (State.CANCELED, Reason.NO_CODE)
    await counter.has("10")


async def test_a_number_that_the_supplier_calls_off_is_refunded_at_once(
    counter: Counter, shop: Shop
) -> None:
    order = await counter.rents(canceled_by_supplier(60))
    await counter.ticks(seconds=66)

    assert await _state(shop, order) == (State.CANCELED, Reason.NO_CODE)
    assert await counter.rental(order) is RentalState.CANCELED
    await counter.has("10")


async def test_a_code_in_the_look_that_finds_the_end_is_delivered_and_paid(
    counter: Counter, shop: Shop
) -> None:
    order = await counter.rents(code_at_expiry())
    await shop.leaps(1, minutes=20)

    assert await counter.codes(order) == (CODE,)
    await counter.has("9.40")


@on_sqlite
@pytest.mark.parametrize(
    "said", ["2023-01-01T12:00:00.000Z", "9999-12-31T00:00:00Z", "soon", "", 0, None, [], "1e400"]
)
async def test_an_absurd_end_is_twenty_minutes(counter: Counter, said: object) -> None:
    order = await counter.rents(stays_active().with_expiry(said))
    rental = await counter.store.db.read(load_rental, counter.customer.id, order)
    assert rental.expires_at - rental.rented_at == timedelta(minutes=20)


@on_sqlite
async def test_a_missing_end_is_twenty_minutes(counter: Counter, shop: Shop) -> None:
    order = await counter.rents(stays_active().without_expiry())
    await shop.leaps(1, minutes=20)
    await shop.leaps(8, seconds=15)
    assert (await _state(shop, order))[0] is State.CANCELED
    await counter.has("10")


@on_sqlite
async def test_a_phone_without_its_country_code_is_shown_as_it_came(counter: Counter) -> None:
    order = await counter.rents(no_code().with_phone("5550100001"))
    rental = await counter.store.db.read(load_rental, counter.customer.id, order)
    assert (rental.phone, rental.country) == ("5550100001", "United States")


@on_sqlite
@pytest.mark.parametrize("given", [0, 2])
async def test_no_number_or_two_leave_the_order_in_doubt(
    counter: Counter, shop: Shop, given: int
) -> None:
    shop.hstockplus.give_numbers(given)
    order = await counter.rents()

    assert (await _state(shop, order))[0] is State.IN_DOUBT
    await shop.leaps(3, hours=1)
    assert len(shop.hstockplus.received_of("add_sms")) == 1
    await counter.has("9.40", PRICE)


async def test_an_operator_attaches_the_number_of_an_order_in_doubt(
    counter: Counter, shop: Shop
) -> None:
    shop.hstockplus.faults.next("add_sms", wire_faults.hang().after_acting())
    order = await counter.rents(code_after(15))
    assert (await _state(shop, order))[0] is State.IN_DOUBT
    remote = RemoteId(str(shop.hstockplus.last_number.id))
    await shop.kiosk.shop.desk.attach(AS_OLGA, order, remote)
    await counter.ticks(seconds=25)

    assert await counter.codes(order) == (CODE,)
    rental = await counter.store.db.read(load_rental, counter.customer.id, order)
    assert rental.phone == shop.hstockplus.last_number.phone
    await counter.has("9.40")


@on_sqlite
async def test_a_late_code_is_delivered_free_and_told_to_operators(
    counter: Counter, shop: Shop, olga: Human
) -> None:
    order = await counter.rents(late_code(180))
    await shop.leaps(1, minutes=20)
    await counter.ticks(seconds=70)
    await counter.has("10")
    await shop.leaps(10, seconds=20)

    assert await counter.codes(order) == (CODE,)
    assert (await _state(shop, order))[0] is State.CANCELED
    assert ("clock", "late_code", f"order:{order}") in await shop.acts_audited()
    await shop.leaps(2, minutes=10)
    assert await counter.rental(order) is RentalState.CLOSED
    await counter.has("10")


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
    dear = Decimal("0.75")
    shop.hstockplus.projects = [
        SmsProject(
            project_id=one.project_id,
            name=one.name,
            price=dear,
            country_id=one.country_id,
            country_title=one.country_title,
        )
        for one in PROJECTS
    ]
    shop.clock.turn(timedelta(minutes=2))
    with pytest.raises(PriceRose) as rose:
        await counter.store.buy(counter.customer, quote)
    again = await counter.store.db.read(load_quote, counter.customer.id, rose.value.new_quote)
    assert again.total == usd("0.90")
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
    assert (await _state(shop, order))[0] is State.FAILED
    await counter.has("10")


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
    assert [one.code for one in await counter.codes(order)] == ["1", "2"]
    await counter.has("9.40")


async def test_phone_and_code_are_sealed_and_kept_out_of_answers(
    counter: Counter, shop: Shop
) -> None:
    order = await counter.rents(code_after(15))
    await counter.ticks(seconds=25)
    told = str(await shop.dossier(order))
    phone = shop.hstockplus.last_number.phone
    assert "123456" not in told
    assert all(phone not in said for _, said in (await shop.dossier(order)).answers)
