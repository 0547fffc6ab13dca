"""Orders as their customers reach them: the owner is checked in every question."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from functools import partial
from typing import Any, Final, NamedTuple

from sqlalchemy import BindParameter, Select, bindparam, func, select, text, update

from bot.base.errors import NotYours
from bot.base.ids import CustomerId, OrderId, QuoteId, ServiceId, SupplierName
from bot.base.page import PAGE_SIZE, Page
from bot.db.tx import Tx, TxSettings
from bot.db.types import Id
from bot.orders.goods.deliver import unsealed
from bot.orders.kinds import Kinds
from bot.orders.rows import OrderRow, fail, find_row
from bot.orders.rules.claims import ClaimReason, ClaimState, Units
from bot.orders.rules.errors import IllegalMove
from bot.orders.rules.moves import OPEN, PARKED, Reason, State
from bot.orders.tables import UNDER_WAY, claims, goods, orders, quotes
from bot.orders.views import ClaimSummary, Goods, OrderView
from bot.outbox.tell import refresh_card
from bot.suppliers.words import Kind

_CLAIMED: Final = ("order_id", "id", "reason", "pieces", "state", "at")
_KEPT: Final = ("order_id", "batch", "sealed", "at")
_UNPAID: Final = (State.CANCELED, State.FAILED)
UNDER_WAY_BESIDE: Final = (
    select(func.count())
    .where(
        orders.c.customer == quotes.c.customer,
        text(UNDER_WAY),
        orders.c.replaces.is_(None),
        (orders.c.kind == Kind.NUMBER) == (quotes.c.kind == Kind.NUMBER),
    )
    .correlate(quotes)
    .scalar_subquery()
)
"""How much a quote's customer has under way; numbers and other orders are counted apart."""


def view_of(
    tx: Tx, row: OrderRow, claimed: Mapping[OrderId, ClaimSummary] | None = None
) -> OrderView:
    """The row as its customer sees it; `claimed` where the claims of several were read before."""
    claimed = _claims_of(tx, (row,)) if claimed is None else claimed
    waits = row.state is State.QUEUED and row.tries > 0
    return OrderView(
        id=row.id,
        customer=row.customer,
        service=row.service,
        service_name=row.service_name,
        kind=row.kind,
        quantity=row.quantity,
        link=tx.settings.unseal(row.link),
        total=row.total,
        captured=row.captured,
        released=row.released,
        state=row.state,
        reason=row.reason,
        delivered=row.delivered,
        batches=row.batches,
        created_at=row.created_at,
        finished_at=row.finished_at,
        waiting_until=row.queued_at + tx.settings.patience if waits else None,
        goods_kept=row.batches > 0 and row.forgotten_at is None,
        may_have_left=row.unsure,
        rental=tx.part(Kinds)[row.kind].number(tx, row),
        refunded=row.refunded,
        replaces=row.replaces,
        claim=claimed.get(row.id),
        card=row.card,
    )


def _claims_of(tx: Tx, rows: Iterable[OrderRow]) -> dict[OrderId, ClaimSummary]:
    """The newest claim of each order that has any; most have none, and are not asked for."""
    chosen = [row.id for row in rows if row.problem_at is not None]
    if not chosen:
        return {}
    query = (
        select(*(claims.c[name] for name in _CLAIMED))
        .where(claims.c.order_id.in_(chosen))
        .order_by(claims.c.id)
    )
    return dict(tx.list(_claimed, query))


def _claimed(
    order: OrderId, claim: int, reason: ClaimReason, pieces: str, state: ClaimState, at: datetime
) -> tuple[OrderId, ClaimSummary]:
    return order, ClaimSummary(claim, reason, Units.read(pieces), state, at)


def _own(tx: Tx, customer: CustomerId, order: OrderId, *, lock: bool = False) -> OrderRow:
    query = select(orders).where(orders.c.id == order, orders.c.customer == customer)
    row = tx.find(OrderRow, query.with_for_update(key_share=True) if lock else query)
    if row is None:
        raise NotYours
    return row


def load_order(tx: Tx, customer: CustomerId, order: OrderId) -> OrderView:
    """A customer's order. Raises NotYours for somebody else's and for none."""
    return view_of(tx, _own(tx, customer, order))


def load_any_order(tx: Tx, order: OrderId) -> OrderView:
    """One order, for a notice to its own customer or to operators. Raises NotYours for none."""
    row = find_row(tx, order)
    if row is None:
        raise NotYours
    return view_of(tx, row)


def orders_of_quote(tx: Tx, customer: CustomerId, quote: QuoteId) -> tuple[OrderId, ...]:
    """The orders that a customer's quote became, the first one first; none while it is unused."""
    mine = select(orders.c.id).where(orders.c.quote == quote, orders.c.customer == customer)
    return tuple(tx.execute(mine.order_by(orders.c.part)).scalars())


@dataclass(frozen=True, slots=True)
class Beginning:
    """When an order was confirmed and, for a number, when it was rented."""

    supplier: SupplierName
    confirmed_at: datetime
    rented_at: datetime | None = None


def find_beginning(tx: Tx, order: OrderId) -> Beginning | None:
    """When an order began; None when there is no such order."""
    row = find_row(tx, order)
    if row is None:
        return None
    rental = tx.part(Kinds)[row.kind].number(tx, row)
    return Beginning(row.supplier, row.created_at, None if rental is None else rental.rented_at)


def list_orders(tx: Tx, customer: CustomerId, page: int, *, only_open: bool) -> Page[OrderView]:
    """One page of a customer's orders, newest first, eight a page."""
    query = select(orders).where(orders.c.customer == customer)
    if only_open:
        query = query.where(orders.c.state.in_(sorted(OPEN)))
    return page_of_orders(tx, query, page)


def _numbers_of(query: Select[Any], first: int, total: int) -> Select[Any]:
    """The numbers of the orders on the page that begins at `first`, the newest being 0.

    They alone are counted off, not the rows, which are wide; and from the end that is nearer.
    """
    numbers = query.with_only_columns(orders.c.id)
    after = max(total - first - PAGE_SIZE, 0)
    if first <= after:
        return numbers.order_by(orders.c.id.desc()).limit(PAGE_SIZE).offset(first)
    shown = min(PAGE_SIZE, max(total - first, 0))
    return numbers.order_by(orders.c.id).limit(shown).offset(after)


def page_of_orders(tx: Tx, query: Select[Any], page: int) -> Page[OrderView]:
    """One page of a query over orders, newest first; a number beyond the ends is the nearest."""
    count = query.with_only_columns(func.count()).select_from(orders)
    total = int(tx.execute(count).scalar_one())
    pages = max(1, -(-total // PAGE_SIZE))
    at = min(max(page, 0), pages - 1)
    cut = _numbers_of(query, at * PAGE_SIZE, total)
    query = select(orders).where(orders.c.id.in_(cut)).order_by(orders.c.id.desc())
    found = tx.list(OrderRow, query)
    claimed = _claims_of(tx, found)
    rows = tuple(view_of(tx, row, claimed) for row in found)
    return Page(rows, at, pages, total)


class LastOrder(NamedTuple):
    """What was bought last."""

    id: OrderId
    service: ServiceId
    quantity: int


def last_purchase(tx: Tx, customer: CustomerId) -> LastOrder | None:
    """What a customer bought last, None for nothing; what ended without being paid is left out."""
    return tx.find(LastOrder, _LAST_BOUGHT, {"customer": customer})


def list_bought(tx: Tx, customer: CustomerId, limit: int) -> tuple[ServiceId, ...]:
    """The services that a customer bought, each once, the last bought first."""
    newest = func.max(orders.c.id)
    query = _bought(customer).with_only_columns(orders.c.service).group_by(orders.c.service)
    return tuple(tx.execute(query.order_by(newest.desc()).limit(limit)).scalars())


def _bought(customer: CustomerId | BindParameter[int]) -> Select[Any]:
    """Orders of a customer's own that were paid, or may be yet."""
    return select(orders).where(
        orders.c.customer == customer,
        orders.c.replaces.is_(None),
        orders.c.state.not_in(_UNPAID),
    )


_LAST_BOUGHT: Final = (
    _bought(bindparam("customer", type_=Id))
    .with_only_columns(orders.c.id, orders.c.service, orders.c.quantity)
    .order_by(orders.c.id.desc())
    .limit(1)
)


def count_open(tx: Tx, customer: CustomerId) -> int:
    """How many orders of a customer have not come to their end."""
    return int(tx.execute(_OPEN, {"customer": customer}).scalar_one())


_MINE: Final = select(func.count()).where(orders.c.customer == bindparam("customer"))
_OPEN: Final = select(
    # Two counts, each by an index of its own: those that a person minds are few in the whole shop.
    _MINE.where(text(UNDER_WAY)).scalar_subquery()
    + _MINE.where(orders.c.state.in_(sorted(PARKED))).scalar_subquery()
)


def list_goods(tx: Tx, customer: CustomerId, order: OrderId) -> tuple[Goods, ...]:
    """All batches of a customer's order, oldest first; none once purged. Raises NotYours."""
    _own(tx, customer, order)
    return tx.list(partial(_goods, tx.settings), _goods_of(order))


def find_batch(tx: Tx, order: OrderId, batch: int) -> Goods | None:
    """One batch of an order, for its delivery; None when it is not there, or was purged."""
    return tx.find(partial(_goods, tx.settings), _goods_of(order).where(goods.c.batch == batch))


def _goods_of(order: OrderId) -> Select[Any]:
    return (
        select(*(goods.c[name] for name in _KEPT), orders.c.service_name, orders.c.replaces)
        .join(orders, orders.c.id == goods.c.order_id)
        .where(goods.c.order_id == order)
        .order_by(goods.c.batch)
    )


def _goods(
    settings: TxSettings,
    order: OrderId,
    batch: int,
    sealed: str,
    at: datetime,
    name: str,
    replaces: OrderId | None,
) -> Goods:
    return Goods(order, batch, name, unsealed(settings, sealed), at, replaces)


def cancel(tx: Tx, customer: CustomerId, order: OrderId) -> OrderView:
    """End a customer's order that never left us, and give its money back.

    Raises IllegalMove where it left or may have, NotYours, or ShopClosed in safe mode.
    """
    row = _own(tx, customer, order, lock=True)
    tx.check_open()
    if row.state is not State.QUEUED or row.unsure:
        raise IllegalMove(order, State.FAILED)
    fail(tx, row, Reason.CUSTOMER_CANCELED, actor=str(customer))
    return load_order(tx, customer, order)


def card_shown(tx: Tx, order: OrderId, card: int, shown: OrderView | None) -> None:
    """Remember which message shows an order; edit it once more unless it is still as `shown`."""
    tx.execute(update(orders).where(orders.c.id == order).values(card=card))
    view = load_any_order(tx, order)
    if view != shown:
        refresh_card(tx, view.customer, order)


def card_of(tx: Tx, order: OrderId) -> int | None:
    """The message that shows an order, None when there is none."""
    return tx.execute(select(orders.c.card).where(orders.c.id == order)).scalar_one_or_none()
