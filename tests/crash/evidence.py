"""What a trial left behind in its database, read with SQL of the harness's own."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from tests.crash.books import Books

_ORDERS: Final = """
    SELECT o.id, o.quote, o.customer, o.state, o.reason, o.quantity, o.total, o.captured,
           o.released, o.remote_order, o.card, o.attempt, o.tries, o.due_at, r.due_at AS look_at,
           o.replaces, o.refunded
    FROM orders o LEFT JOIN rentals r ON r.order_id = o.id ORDER BY o.id"""
_TRANSFERS: Final = """
    SELECT id, debit, credit, amount, kind, order_id, idem_key FROM transfers ORDER BY id"""
_REQUESTS: Final = "SELECT id, customer, amount, decision FROM topup_requests ORDER BY id"
_CLAIMS: Final = "SELECT id, order_id, pieces, state FROM claims ORDER BY id"
_FORMS: Final = "SELECT chat, form FROM forms"
_REMEDIES: Final = """
    SELECT order_id, number, claim, amount, replacement FROM remedies ORDER BY order_id, number"""
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
    """An order's row. Money in micro-units; `due_at` and `look_at` in microseconds, or None.

    `replaces` is the order in the place of which this one is delivered.
    """

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
    replaces: int | None
    refunded: int

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
    key: str


@dataclass(frozen=True, slots=True)
class BookedRequest:
    """A customer's request for credit, in micro-units."""

    id: int
    customer: int
    amount: int
    decision: str


@dataclass(frozen=True, slots=True)
class BookedClaim:
    """What a customer says is wrong; `pieces` names units as `1-3,7`."""

    id: int
    order_id: int
    pieces: str
    state: str

    @property
    def count(self) -> int:
        """How many units are meant."""
        spans = [span.split("-") for span in self.pieces.split(",")]
        return sum(int(span[-1]) - int(span[0]) + 1 for span in spans)


@dataclass(frozen=True, slots=True)
class BookedRemedy:
    """What was done about an order: money in micro-units that went back, or another order."""

    order_id: int
    number: int
    claim: int | None
    amount: int
    replacement: int | None


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
    is how many processes the shop counts, with the dead ones whose claims it still keeps. `forms`
    are what chats are expected to type next, in JSON.
    """

    orders: tuple[BookedOrder, ...]
    transfers: tuple[BookedTransfer, ...]
    balances: Mapping[str, int]
    outbox: tuple[QueuedMessage, ...]
    moves: Mapping[tuple[int, str], int]
    forgotten: tuple[str, ...]
    replicas: int
    requests: tuple[BookedRequest, ...]
    claims: tuple[BookedClaim, ...]
    remedies: tuple[BookedRemedy, ...]
    forms: Mapping[int, str]

    def orders_of(self, quote: int) -> tuple[BookedOrder, ...]:
        """What a quote became."""
        return tuple(order for order in self.orders if order.quote == quote)

    def replacements_of(self, order: int) -> tuple[BookedOrder, ...]:
        """The orders that are delivered in the place of this one."""
        return tuple(one for one in self.orders if one.replaces == order)

    def family_of(self, quote: int) -> tuple[BookedOrder, ...]:
        """What a quote became, and what replaces it."""
        mine = self.orders_of(quote)
        return (*mine, *(new for one in mine for new in self.replacements_of(one.id)))

    def requests_of(self, customer: int) -> tuple[BookedRequest, ...]:
        """What a customer has asked for."""
        return tuple(one for one in self.requests if one.customer == customer)

    def claims_of(self, order: int) -> tuple[BookedClaim, ...]:
        """What was said to be wrong with an order."""
        return tuple(one for one in self.claims if one.order_id == order)

    def remedies_of(self, order: int) -> tuple[BookedRemedy, ...]:
        """What was done about it."""
        return tuple(one for one in self.remedies if one.order_id == order)

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
    orders, transfers, balances, outbox, moves, forgotten, [[replicas]], *desk = await books.look(
        _ORDERS,
        _TRANSFERS,
        _BALANCES,
        _OUTBOX,
        _MOVES,
        _FORGOTTEN,
        _REPLICAS,
        _REQUESTS,
        _CLAIMS,
        _REMEDIES,
        _FORMS,
    )
    requests, claims, remedies, forms = desk
    return Evidence(
        orders=tuple(BookedOrder(*row) for row in orders),
        transfers=tuple(BookedTransfer(*row) for row in transfers),
        balances=dict(balances),
        outbox=tuple(QueuedMessage(*row) for row in outbox),
        moves={(order, state): times for order, state, times in moves},
        forgotten=tuple(what for (what,) in forgotten),
        replicas=replicas,
        requests=tuple(BookedRequest(*row) for row in requests),
        claims=tuple(BookedClaim(*row) for row in claims),
        remedies=tuple(BookedRemedy(*row) for row in remedies),
        forms=dict(forms),
    )
