"""A quote is used once, by its own customer, in time, and only while the credit covers it."""

from datetime import timedelta

import pytest

from bot.base.errors import Banned, NotYours
from bot.base.ids import QuoteId
from bot.base.money import ZERO
from bot.catalog import standing, store
from bot.catalog.errors import NotForSale, NotForSaleReason
from bot.money.errors import NotEnoughCredit
from bot.money.ledger import Wallet
from bot.orders import place, read
from bot.orders.claims.report import ClaimDraft, make_claim
from bot.orders.place import Placed, Purchase
from bot.orders.quote import load_quote
from bot.orders.rules.claims import ClaimReason
from bot.orders.rules.errors import IllegalMove, QuoteExpired
from bot.orders.rules.moves import Reason, State
from bot.outbox.notices import SupplierCause
from bot.people import customers
from bot.suppliers.port import Catalog
from tests.races import all_at_once
from tests.stored_shop import ACC, ALICE, BOB, BY, Books, says, usd


async def count(books: Books, table: str) -> int:
    ((rows,),) = await books.sql(f"SELECT count(*) FROM {table}")  # noqa: S608 - our own words
    return int(rows)


async def test_a_confirmed_quote_is_an_order_with_its_money_held(rich: Books) -> None:
    quote = await rich.quote(total="2.50", quantity=2)

    placed = await rich.confirms(quote)

    order = await rich.order(placed.order)
    assert (order.state, order.total, order.quantity) == (State.QUEUED, usd("2.50"), 2)
    assert await rich.wallet() == Wallet(free=usd("7.50"), held=usd("2.50"))
    assert (await rich.db.read(load_quote, ALICE, quote)).order == placed.order
    assert await rich.faults() == ()


async def test_a_hundred_confirms_of_one_quote_are_one_order_and_one_hold(rich: Books) -> None:
    quote = await rich.quote(total="2")
    other = await rich.another()

    placed = await all_at_once(*((rich, other)[turn % 2].confirms(quote) for turn in range(100)))

    orders = [one for one in placed if isinstance(one, Placed)]
    assert len(orders) == 100
    assert len({order.order for order in orders}) == 1
    assert sum(order.fresh for order in orders) == 1
    assert await count(rich, "orders") == 1
    assert await rich.wallet() == Wallet(free=usd("8"), held=usd("2"))


async def test_credit_for_one_buys_one_of_a_hundred_quotes(rich: Books) -> None:
    service = await rich.stocks()
    quotes = [await rich.quote(total="10", service=service) for _ in range(100)]
    other = await rich.another()

    placed = await all_at_once(
        *((rich, other)[turn % 2].confirms(quote) for turn, quote in enumerate(quotes))
    )

    assert sum(isinstance(one, Placed) for one in placed) == 1
    assert sum(isinstance(one, NotEnoughCredit) for one in placed) == 99
    assert await rich.wallet() == Wallet(free=ZERO, held=usd("10"))
    assert await count(rich, "orders") == 1
    assert await rich.faults() == ()


async def test_a_used_quote_still_answers_with_its_order_after_it_expired(rich: Books) -> None:
    quote = await rich.quote()
    placed = await rich.confirms(quote)
    rich.wait(hours=1)

    assert await rich.confirms(quote) == Placed(placed.order, fresh=False, orders=placed.orders)


async def test_nobody_can_read_or_use_anothers_quote(rich: Books) -> None:
    quote = await rich.quote()
    await rich.has(BOB, "10")

    for wanted in (quote, QuoteId(quote + 99)):
        with pytest.raises(NotYours):
            await rich.confirms(wanted, BOB)
        with pytest.raises(NotYours):
            await rich.db.read(load_quote, BOB, wanted)
    assert await rich.wallet(BOB) == Wallet(usd("10"), ZERO)


@pytest.mark.parametrize(("minutes", "in_time"), [(9.99, True), (10, False), (600, False)])
async def test_a_quote_holds_for_its_ten_minutes(
    rich: Books, minutes: float, in_time: bool
) -> None:
    quote = await rich.quote()
    rich.wait(minutes=minutes)

    if in_time:
        assert (await rich.confirms(quote)).fresh
        return
    with pytest.raises(QuoteExpired):
        await rich.confirms(quote)
    assert await rich.wallet() == Wallet(usd("10"), ZERO)


async def test_a_banned_customer_buys_nothing_until_the_ban_ends(rich: Books) -> None:
    quote = await rich.quote()
    await rich.db.write(customers.set_banned, BY, ALICE, banned=True)

    with pytest.raises(Banned):
        await rich.confirms(quote)

    await rich.db.write(customers.set_banned, BY, ALICE, banned=False)
    assert (await rich.confirms(quote)).fresh
    acts = await rich.sql("SELECT action FROM audit_log WHERE action LIKE '%ban' ORDER BY id")
    assert acts == [("ban",), ("unban",)]


async def test_a_service_that_is_gone_is_not_sold(rich: Books) -> None:
    quote = await rich.quote()
    await rich.db.write(store.store, ACC, Catalog(()))

    await refuses(rich, quote, NotForSaleReason.GONE)


async def test_a_paused_supplier_sells_nothing(rich: Books) -> None:
    quote = await rich.quote()
    await rich.db.write(standing.pause, ACC, SupplierCause.WALLET)

    await refuses(rich, quote, NotForSaleReason.SUPPLIER_PAUSED)

    await rich.db.write(standing.resume, ACC, SupplierCause.WALLET)
    assert (await rich.confirms(quote)).fresh


async def test_a_service_paused_by_a_wrong_charge_is_not_sold(rich: Books) -> None:
    quote = await rich.quote()
    due = await rich.has_active()
    await rich.hears(due, says("In progress", charge="5"))

    await refuses(rich, quote, NotForSaleReason.SERVICE_PAUSED)


async def refuses(books: Books, quote: QuoteId, why: NotForSaleReason) -> None:
    before = await books.wallet()
    with pytest.raises(NotForSale) as refusal:
        await books.confirms(quote)
    assert refusal.value.reason is why
    assert await books.wallet() == before


async def test_a_queued_order_can_be_canceled_once_by_its_customer(rich: Books) -> None:
    order = await rich.buys(total="4")

    outcomes = await all_at_once(*(rich.db.write(read.cancel, ALICE, order) for _ in range(5)))

    assert sum(isinstance(outcome, IllegalMove) for outcome in outcomes) == 4
    ended = await rich.order(order)
    assert (ended.state, ended.reason) == (State.FAILED, Reason.CUSTOMER_CANCELED)
    assert await rich.wallet() == Wallet(usd("10"), ZERO)
    assert await rich.told(ALICE) == ["credited", "ended"]


async def test_an_order_that_left_cannot_be_canceled(rich: Books) -> None:
    order = await rich.buys()
    await rich.sends()

    with pytest.raises(IllegalMove):
        await rich.db.write(read.cancel, ALICE, order)
    assert (await rich.wallet()).held == usd("1")


async def test_nobody_sees_or_touches_anothers_order(rich: Books) -> None:
    due = await rich.has_active()
    await rich.hears(due, says("Completed", "secret"))
    await rich.meets(BOB)
    order = due.order

    for look in (
        rich.db.read(read.load_order, BOB, order),
        rich.db.read(read.list_goods, BOB, order),
        rich.db.write(read.cancel, BOB, order),
        rich.db.write(make_claim, BOB, ClaimDraft(order, ClaimReason.OTHER)),
    ):
        with pytest.raises(NotYours):
            await look
    assert (await rich.db.read(read.list_orders, BOB, 0, only_open=False)).total == 0
    assert (await rich.db.read(read.load_order, ALICE, order)).id == order


async def test_orders_are_listed_newest_first_eight_a_page(rich: Books) -> None:
    service = await rich.stocks()
    orders = [await rich.buys(total="0.90", service=service) for _ in range(10)]
    await rich.db.write(read.cancel, ALICE, orders[9])

    every = await rich.db.read(read.list_orders, ALICE, 0, only_open=False)
    last = await rich.db.read(read.list_orders, ALICE, 99, only_open=False)
    still_open = await rich.db.read(read.list_orders, ALICE, 0, only_open=True)

    assert [row.id for row in every.rows] == orders[:1:-1]
    assert [row.id for row in last.rows] == orders[1::-1]
    assert (every.total, every.pages, last.number) == (10, 2, 1)
    assert (still_open.total, still_open.rows[0].id) == (9, orders[8])


async def test_a_card_is_remembered_for_its_edits(rich: Books) -> None:
    quote = await rich.quote()

    placed = await rich.db.write(place.place, Purchase(ALICE, quote, card=4242))

    assert await rich.db.read(read.card_of, placed.order) == 4242
    assert (await rich.order(placed.order)).created_at == rich.now - timedelta(0)
