"""What a trial left behind in its database, read with SQL of the harness's own."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from tests.crash.books import Books

_ORDERS: Final = """
    SELECT o.id, o.quote, o.customer, o.state, o.reason, o.quantity, o.total, o.captured,
           o.released, o.remote_order, o.card, o.attempt, o.tries, o.due_at, r.due_at AS look_at
    FROM orders o LEFT JOIN rentals r ON r.order_id = o.id ORDER BY o.id"""
_TRANSFERS: Final = "SELECT id, debit, credit, amount, kind, order_id FROM transfers ORDER BY id"
_MOVES: Final = "SELECT order_id, state, count(*) FROM order_events GROUP BY order_id, state"
_FORGOTTEN: Final = """
    SELECT 'orders' FROM orders WHERE forgotten_at IS NOT NULL
    UNION SELECT 'quotes' WHERE (SELECT min(id) FROM quotes) > 1
    UNION SELECT 'messages' WHERE (SELECT min(id) FROM outbox) > 1"""
_BALANCES: Final = "SELECT account, balance FROM accounts"
_REPLICAS: Final = "SELECT count(*) FROM replicas"
_OUTBOX: Final = "SELECT id, chat, dedup_key, state, why FROM outbox ORDER BY id"


@dataclass(frozen=True, slots=True)
class BookedOrder:
    """An order's row. Money in micro-units; `due_at` and `look_at` in microseconds, or None."""

    id: int
    quote: int
    customer: int
    state: str
    reason: str | None
    quantity: int
    total: int
    captured: int
    released: int
    remote_order: str | None
    card: int | None
    attempt: int
    tries: int
    due_at: int | None
    look_at: int | None

    @property
    def is_about_to_leave(self) -> bool:
        """Whether it waits for nothing but the process that sends it, claimed or not."""
        return self.state == "submitting" or (self.state == "queued" and not self.tries)


@dataclass(frozen=True, slots=True)
class BookedTransfer:
    """A row of the journal, in micro-units."""

    id: int
    debit: str
    credit: str
    amount: int
    kind: str
    order_id: int | None


@dataclass(frozen=True, slots=True)
class QueuedMessage:
    """A row of the outbox."""

    id: int
    chat: int
    key: str
    state: str
    why: str


@dataclass(frozen=True, slots=True)
class Evidence:
    """One consistent picture of the books and the outbox.

    `moves` is how often an order came into a state, `forgotten` what has been purged. `replicas`
    is how many processes the shop counts, with the dead ones whose claims it still keeps.
    """

    orders: tuple[BookedOrder, ...]
    transfers: tuple[BookedTransfer, ...]
    balances: Mapping[str, int]
    outbox: tuple[QueuedMessage, ...]
    moves: Mapping[tuple[int, str], int]
    forgotten: tuple[str, ...]
    replicas: int

    def orders_of(self, quote: int) -> tuple[BookedOrder, ...]:
        """What a quote became."""
        return tuple(order for order in self.orders if order.quote == quote)

    def moved(self, order: int, kind: str) -> list[int]:
        """The amounts of an order's transfers of a kind."""
        return [
            transfer.amount
            for transfer in self.transfers
            if transfer.order_id == order and transfer.kind == kind
        ]

    def messages_like(self, start: str) -> list[QueuedMessage]:
        """Rows of the outbox whose key begins so."""
        return [row for row in self.outbox if row.key.startswith(start)]


async def read_evidence(books: Books) -> Evidence:
    """Look at a database that somebody else may be writing to."""
    orders, transfers, balances, outbox, moves, forgotten, [[replicas]] = await books.look(
        _ORDERS, _TRANSFERS, _BALANCES, _OUTBOX, _MOVES, _FORGOTTEN, _REPLICAS
    )
    return Evidence(
        orders=tuple(BookedOrder(*row) for row in orders),
        transfers=tuple(BookedTransfer(*row) for row in transfers),
        balances=dict(balances),
        outbox=tuple(QueuedMessage(*row) for row in outbox),
        moves={(order, state): times for order, state, times in moves},
        forgotten=tuple(what for (what,) in forgotten),
        replicas=replicas,
    )
