"""What differs between kinds of order is asked of the kind, and nowhere else."""

from dataclasses import replace
from datetime import UTC, datetime
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.app.kinds import KINDS
from bot.base.ids import CategoryId, OrderId, RemoteId, ServiceId
from bot.base.money import Money
from bot.base.topics import poll_topic
from bot.catalog.pricing import Pricing
from bot.catalog.rules import Offer, Service
from bot.db.tx import Tx
from bot.orders import attempts
from bot.orders.kinds import OrderKind, Submission
from bot.orders.rules.links import BadLink
from bot.suppliers.errors import Refused
from bot.suppliers.port import Accepted, at_any_time
from bot.suppliers.words import Kind
from tests.stored_shop import ACC, Books, listed, usd
from tests.suppliers.fake import FakeSupplier

NOW = datetime(2026, 3, 1, tzinfo=UTC)
CENT = Money(10_000)
PRICING = Pricing(Decimal(10), CENT)
ORDINARY = [KINDS[Kind.PRODUCT], KINDS[Kind.SOCIAL]]
each_kind = pytest.mark.parametrize("kind", list(KINDS), ids=lambda kind: kind.kind)
ordinary = pytest.mark.parametrize("kind", ORDINARY, ids=lambda kind: kind.kind)


def service(kind: OrderKind, rate: str = "0.0111", most: int = 1_000) -> Service:
    row = replace(listed(rate=Decimal(rate)), most=most, stock=None)
    return Service(ServiceId(1), ACC, row, kind.kind, 1, CategoryId(1), NOW)


def offer(kind: OrderKind, rate: str = "0.0111", most: int = 1_000) -> Offer:
    sold = service(kind, rate, most)
    return Offer(sold, PRICING.total(sold.listed.rate, 1, 1), 1, PRICING)


def test_every_kind_there_is_is_sold_under_its_own_name() -> None:
    assert {kind.kind for kind in KINDS} == set(Kind)
    assert all(KINDS[kind].kind is kind for kind in Kind)


@pytest.mark.parametrize(
    ("kind", "brings_goods", "goods_tell", "mark"),
    [
        (Kind.PRODUCT, True, True, "goods"),
        (Kind.SOCIAL, False, False, "goods"),
        (Kind.NUMBER, False, False, "code"),
    ],
)
def test_what_comes_of_a_kind_and_how_its_deliveries_are_called(
    kind: Kind, brings_goods: bool, goods_tell: bool, mark: str
) -> None:
    its = KINDS[kind]

    assert (its.brings_goods, its.goods_tell, its.delivery_mark) == (
        brings_goods,
        goods_tell,
        mark,
    )


@ordinary
def test_a_purchase_is_one_order_rounded_once_on_the_whole(kind: OrderKind) -> None:
    assert kind.parts(7) == 1
    assert kind.total(PRICING, service(kind), 7) == usd("0.09")  # 0.08547
    assert kind.cost(service(kind), 1, 7) == usd("0.0777")


@each_kind
@given(credit=st.integers(0, 10**8).map(Money), most=st.integers(1, 1_000))
def test_what_can_be_afforded_is_covered_and_one_more_would_not_be(
    kind: OrderKind, credit: Money, most: int
) -> None:
    shown = offer(kind, most=most)

    quantity = kind.affordable(PRICING, shown, credit)

    assert 0 <= quantity <= most
    assert not quantity or kind.total(PRICING, shown.service, quantity) <= credit
    assert quantity == most or kind.total(PRICING, shown.service, quantity + 1) > credit


def test_a_link_is_asked_for_where_something_is_done_to_it_and_nowhere_else() -> None:
    typed = " HTTPS://Example.com/p "

    assert [kind.link(typed) for kind in KINDS if kind.kind is not Kind.SOCIAL] == ["", ""]
    assert KINDS[Kind.SOCIAL].link(typed) == "https://example.com/p"
    with pytest.raises(BadLink):
        KINDS[Kind.SOCIAL].link("")


@ordinary
async def test_an_ordinary_order_is_added_and_asked_about_by_its_status(
    kind: OrderKind, supplier: FakeSupplier
) -> None:
    supplier.sells(listed())
    sent = Submission(OrderId(1), ACC, RemoteId("r1"), 3, "a link", kind.kind, 0, NOW)

    answer = await kind.submit(supplier, sent, at_any_time)
    await kind.ask(supplier, answer.order)

    assert supplier.asked == [("add", "r1", 3, "a link"), ("status", answer.order)]
    with pytest.raises(Refused):
        await kind.ask(supplier, RemoteId("a stranger"))


@ordinary
async def test_an_ordinary_order_that_was_taken_is_read_at_once(
    rich: Books, kind: OrderKind
) -> None:
    sold = replace(await rich.stocks(), kind=kind.kind)
    order = await rich.buys(service=sold)
    sent, woken = await rich.sends(), set[str]()

    def takes(tx: Tx) -> None:
        attempts.accepted(tx, sent, Accepted(RemoteId("r9"), "taken"))
        woken.update(tx.woken)

    await rich.db.write(takes)

    assert poll_topic(ACC) in woken
    assert (await rich.polls_one()).order == order
    assert (await rich.order(order)).rental is None


@ordinary
def test_an_ordinary_order_reuses_no_number(kind: OrderKind) -> None:
    assert kind.reuse(5, OrderId(3)) is None
