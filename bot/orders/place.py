"""Place an order: the quote used, the order made and the money held, all or nothing."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, Final, NamedTuple

from sqlalchemy import bindparam, func, select

from bot.base.clock import is_over
from bot.base.errors import Banned, NotYours, ShopClosed
from bot.base.ids import CustomerId, OrderId, QuoteId, RemoteId, SupplierName
from bot.base.money import ZERO, Money
from bot.base.topics import submit_topic
from bot.catalog.errors import NotForSale, NotForSaleReason
from bot.catalog.hiding.decide import HIDES_ANYTHING, check_not_hidden
from bot.catalog.standing import is_switched_off, paused_now
from bot.catalog.tables import price_rises, services, suppliers
from bot.db.tx import IN_SAFE_MODE, Tx
from bot.money import ledger, post
from bot.money.errors import NotEnoughCredit
from bot.money.ledger import customer_account
from bot.money.tables import accounts
from bot.orders.kinds import Kinds
from bot.orders.quote import QuoteRow
from bot.orders.read import UNDER_WAY_BESIDE, orders_of_quote
from bot.orders.rows import write_order
from bot.orders.rules.errors import OverLimit, QuoteExpired, TooManyOpen
from bot.orders.rules.moves import State
from bot.orders.standins.confirm import Instead, load_seller, note_instead
from bot.orders.standins.rows import Handover
from bot.orders.tables import orders, quotes
from bot.outbox.tell import refresh_card
from bot.people.tables import customers
from bot.suppliers.words import Kind


@dataclass(frozen=True, slots=True)
class Purchase:
    """A confirmed quote.

    `card` is the message that is to be edited as the order goes on; `cost` is what the supplier
    should charge at a rate read after the quote was made, `instead` what is bought in its place.
    """

    customer: CustomerId
    quote: QuoteId
    card: int | None = None
    cost: Money | None = None
    instead: Instead | None = None


@dataclass(frozen=True, slots=True)
class Placed:
    """The first of the orders that a quote became, and all; `fresh` when it was unused before."""

    order: OrderId
    fresh: bool
    orders: tuple[OrderId, ...] = ()


class _LockedQuote(NamedTuple):
    """A locked quote, and everything that may have come between it and its order."""

    quote: QuoteRow
    supplier: SupplierName
    remote_service: RemoteId
    service_name: str
    gone: bool
    paused: bool
    rise: int | None
    banned: bool
    pauses: str | None
    is_off: bool
    balance: Money | None
    is_safe: bool
    orders_per_hour: int | None
    spend_per_day: Money | None
    most_open: int | None
    under_way: int
    hides: bool

    @classmethod
    def of(cls, *columns: Any) -> _LockedQuote:
        return cls(QuoteRow(*columns[:_QUOTED]), *columns[_QUOTED:])


_HOUR: Final = timedelta(hours=1)
_DAY: Final = timedelta(days=1)
_QUOTED: Final = len(QuoteRow._fields)
_LOCKED_QUOTE: Final = (
    select(
        quotes,
        services.c.supplier,
        services.c.remote_id,
        services.c.name.label("service_name"),
        services.c.gone,
        services.c.paused,
        price_rises.c.id.label("rise"),
        customers.c.banned,
        suppliers.c.pauses,
        is_switched_off(quotes.c.kind).label("is_off"),
        accounts.c.balance,
        IN_SAFE_MODE.label("is_safe"),
        customers.c.orders_per_hour,
        customers.c.spend_per_day,
        customers.c.most_open,
        UNDER_WAY_BESIDE.label("under_way"),
        HIDES_ANYTHING.label("hides"),
    )
    .join(services, services.c.id == quotes.c.service)
    .join(customers, customers.c.id == quotes.c.customer)
    .outerjoin(price_rises, price_rises.c.service == quotes.c.service)
    .outerjoin(suppliers, suppliers.c.name == services.c.supplier)
    .outerjoin(accounts, accounts.c.account == bindparam("account"))
    .where(quotes.c.id == bindparam("quote"), quotes.c.customer == bindparam("customer"))
    .with_for_update(of=quotes, key_share=True)
)
"""Built once: Confirm is where everybody waits."""


def place(tx: Tx, asked: Purchase) -> Placed:
    """Use the quote, make the order and hold the money: all or nothing.

    A quote that was used before gives the orders that it became. Raises NotYours, QuoteExpired,
    NotEnoughCredit, TooManyOpen, OverLimit, Banned, NotForSale or ShopClosed.
    """
    locked = _lock_quote(tx, asked)
    if locked.quote.used_at is not None:
        already = orders_of_quote(tx, asked.customer, asked.quote)
        return Placed(already[0], fresh=False, orders=already)
    if locked.is_safe:
        raise ShopClosed
    quote = locked.quote
    holds_for = quote.expires_at - quote.created_at
    if not holds_for or is_over(quote.created_at, holds_for, tx.now):
        raise QuoteExpired
    bought = locked
    if asked.instead is not None:
        seller = load_seller(tx, quote.service, asked.instead.service)
        bought = locked._replace(**seller._asdict())
    _check_for_sale(tx, bought)
    if locked.hides:
        check_not_hidden(tx, quote.service)
        if asked.instead is not None:
            check_not_hidden(tx, asked.instead.service)
    parts = tx.part(Kinds)[locked.quote.kind].parts(locked.quote.quantity)
    _check_room(tx, locked, parts)
    _check_limits(tx, locked, parts)
    made = tuple(_place_part(tx, bought, asked, part, parts) for part in range(1, parts + 1))
    if asked.instead is not None:
        left = Handover(quote.service, locked.supplier, quote.cost, asked.instead.reason, 0)
        note_instead(tx, made, left, (bought.supplier, bought.remote_service))
    tx.wake(submit_topic(bought.supplier))
    return Placed(made[0], fresh=True, orders=made)


def _place_part(tx: Tx, locked: _LockedQuote, asked: Purchase, part: int, parts: int) -> OrderId:
    """One order of several, with a hold of its own."""
    share = Money(locked.quote.total.micros // parts)
    cost = locked.quote.cost if asked.cost is None else asked.cost
    row = {
        "part": part,
        "total": share,
        "cost": Money(cost.micros // parts),
        "quantity": locked.quote.quantity // parts,
        "card": asked.card if part == 1 else None,
    }
    order = write_order(tx, _as_ordered(locked, tx.now) | row, str(asked.customer))
    post.post(tx, ledger.hold(asked.customer, order, share))
    if part > 1:  # the tap shows the first one; each of the others gets a card of its own
        refresh_card(tx, asked.customer, order)
    return order


def _lock_quote(tx: Tx, asked: Purchase) -> _LockedQuote:
    account = customer_account(asked.customer)
    which = {"quote": asked.quote, "customer": asked.customer, "account": account}
    found = tx.find(_LockedQuote.of, _LOCKED_QUOTE, which)
    if found is None:
        raise NotYours
    return found


def _check_for_sale(tx: Tx, locked: _LockedQuote) -> None:
    """Let a purchase pass that nothing has stopped since its quote, and that the credit covers."""
    if locked.banned:
        raise Banned
    if locked.gone:
        raise NotForSale(NotForSaleReason.GONE)
    if locked.paused:
        raise NotForSale(NotForSaleReason.SERVICE_PAUSED)
    if locked.rise is not None:
        raise NotForSale(NotForSaleReason.PRICE_JUMPED)
    if locked.pauses or locked.is_off:
        raise paused_now(tx, locked.supplier, locked.quote.kind)
    # What is missing of the whole is said, and not of the part at which the credit ran out.
    short_by = locked.quote.total - (locked.balance or ZERO)
    if short_by > ZERO:
        raise NotEnoughCredit(short_by, locked.quote.total)


def _check_room(tx: Tx, locked: _LockedQuote, parts: int) -> None:
    """Let a customer order who has room for so many more. Raises TooManyOpen."""
    numbers = locked.quote.kind is Kind.NUMBER
    most = tx.settings.most_numbers if numbers else tx.settings.most_orders
    if locked.most_open is not None:
        most = min(most, locked.most_open)
    if locked.under_way + parts > most:
        raise TooManyOpen(locked.under_way, most, numbers=numbers)


def _check_limits(tx: Tx, locked: _LockedQuote, parts: int) -> None:
    """Let a purchase pass that an operator's limits for this customer allow. Raises OverLimit."""
    most, spend = locked.orders_per_hour, locked.spend_per_day
    mine = orders.c.customer == locked.quote.customer
    if most is not None:
        lately = select(func.count()).where(mine, orders.c.created_at > tx.now - _HOUR)
        if tx.execute(lately).scalar_one() + parts > most:
            raise OverLimit(orders=most)
    if spend is not None:
        lately = select(
            func.sum(orders.c.total).label("ordered"), func.sum(orders.c.released).label("back")
        )
        sums = tx.execute(lately.where(mine, orders.c.created_at > tx.now - _DAY)).one()
        spent = (sums.ordered or ZERO) - (sums.back or ZERO)
        if spent + locked.quote.total > spend:
            raise OverLimit(spend=spend)


def _as_ordered(locked: _LockedQuote, now: datetime) -> dict[str, object]:
    """What all orders of a quote have in common."""
    return {
        "quote": locked.quote.id,
        "customer": locked.quote.customer,
        "service": locked.quote.service,
        "supplier": locked.supplier,
        "remote_service": locked.remote_service,
        "service_name": locked.service_name,
        "kind": locked.quote.kind,
        "link": locked.quote.link,
        "reuse": locked.quote.reuse,
        "state": State.QUEUED,
        "due_at": now,
        "created_at": now,
        "queued_at": now,
    }
