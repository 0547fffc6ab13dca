"""The ground of any history: books in memory, a plain model of them, and what always holds."""

import sqlite3
from collections.abc import Collection, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field, replace

from hypothesis import strategies as st
from hypothesis.stateful import (
    Bundle,
    RuleBasedStateMachine,
    initialize,
    invariant,
)
from sqlalchemy import Connection, create_engine, event
from sqlalchemy.pool import StaticPool

from bot.base.acts import Act
from bot.base.ids import CustomerId, OrderId, TransferId
from bot.base.money import CENT, Money
from bot.catalog import store
from bot.catalog.rules import Service
from bot.db.opening import open_schema
from bot.db.tx import P, T, Transaction, Tx
from bot.money import post, topup
from bot.money.ledger import Wallet
from bot.orders.goods.deliver import known_goods
from bot.orders.kinds import Submission
from bot.orders.rows import lock
from bot.orders.rules.moves import FINISHED, State
from bot.people import customers
from bot.people.customers import Person
from bot.people.operators import seed_operators
from bot.safety import prove
from bot.suppliers.port import Catalog
from bot.suppliers.words import Kind
from tests.clock import TurnableClock
from tests.stored_shop import ACC, ALICE, BOB, BY, OLGA, SETTINGS, listed

transfers: Bundle[tuple[TransferId, CustomerId, int]] = Bundle("transfers")
orders: Bundle[OrderId] = Bundle("orders")
START = Money(20_000_000)
_PROVED_EVERY = 4
"""A proof costs as much as the step before it; the last state of a history is always proved."""
PEOPLE = st.sampled_from([ALICE, BOB])
AMOUNTS = st.integers(1, 2_000).map(lambda cents: Money(cents * CENT.micros))


def empty_books() -> sqlite3.Connection:
    """Opened books in memory, made once and copied for each history."""
    raw = sqlite3.connect(":memory:", isolation_level=None, check_same_thread=False)
    with transaction(raw) as connection:
        open_schema(Tx(connection, TurnableClock().now(), SETTINGS))
    return raw


@contextmanager
def transaction(raw: sqlite3.Connection) -> Iterator[Connection]:
    engine = create_engine("sqlite://", creator=lambda: raw, poolclass=StaticPool)
    event.listen(engine, "begin", lambda core: core.exec_driver_sql("BEGIN IMMEDIATE"))
    with engine.connect() as connection, connection.begin():
        yield connection


@dataclass
class Known:
    """What the model knows of an order."""

    customer: CustomerId
    total: int
    quantity: int
    state: State = State.QUEUED
    goods: list[str] = field(default_factory=list)
    sent: Submission | None = None
    answer: str = ""


class Ground(RuleBasedStateMachine):
    """Two customers with credit, a service on sale, and the model beside the books."""

    template: sqlite3.Connection

    @initialize()
    def opens(self) -> None:
        self.raw = sqlite3.connect(":memory:", isolation_level=None, check_same_thread=False)
        self.template.backup(self.raw)
        self.engine = create_engine("sqlite://", creator=lambda: self.raw, poolclass=StaticPool)
        event.listen(self.engine, "begin", lambda core: core.exec_driver_sql("BEGIN IMMEDIATE"))
        self.clock = TurnableClock()
        self.keys = self.looks = 0
        self.free: dict[CustomerId, int] = {}
        self.known: dict[OrderId, Known] = {}
        self.undone: set[TransferId] = set()
        self.does(seed_operators, (OLGA,))
        for person in (ALICE, BOB):
            facts = Person(person, "name", "", "en")
            self.does(customers.note_seen, facts, "en")
            self.does(topup.top_up, self.act(), person, START)
            self.free[person] = START.micros
        self.does(store.store, ACC, Catalog((listed(),)))
        (kept,) = self.does(store.load).services
        row, label = kept.listed, kept.category
        self.service = Service(kept.id, ACC, row, Kind.PRODUCT, 1, label, kept.read_at)

    def teardown(self) -> None:
        if hasattr(self, "engine"):
            assert self.does(prove.prove) == ()
            self.engine.dispose()
            self.raw.close()

    def does(self, fn: Transaction[P, T], *args: P.args, **kw: P.kwargs) -> T:
        with self.engine.connect() as connection, connection.begin():
            return fn(Tx(connection, self.clock.now(), SETTINGS), *args, **kw)

    def act(self) -> Act:
        self.keys += 1
        return replace(BY, key=f"tm:{self.keys}")

    def rather(self, states: Collection[State], order: OrderId) -> OrderId:
        """An order that stands so, as long as there is one and nothing would be left untried."""
        standing = [one for one, known in self.known.items() if known.state in states]
        return standing[order % len(standing)] if standing and order % 4 else order

    def state(self, order: OrderId) -> State:
        state: State = self.does(lock, order).state
        return state

    def comes_to(self, order: OrderId, state: State, released: int | None = None) -> None:
        """The model's order moves; at its end the customer gets back what was released."""
        known = self.known[order]
        if state in FINISHED and known.state not in FINISHED:
            self.free[known.customer] += known.total if released is None else released
        known.state = state

    # What always holds

    @invariant()
    def the_books_prove_themselves(self) -> None:
        if not hasattr(self, "engine"):
            return
        self.looks += 1
        if self.looks % _PROVED_EVERY == 0:
            assert self.does(prove.prove) == ()

    @invariant()
    def every_wallet_equals_the_model(self) -> None:
        for customer in getattr(self, "free", {}):
            open_orders = [
                one
                for one in self.known.values()
                if one.customer == customer and one.state not in FINISHED
            ]
            held = sum(order.total for order in open_orders)
            wallet = self.does(post.wallet, customer)
            assert wallet == Wallet(Money(self.free[customer]), Money(held))
            assert wallet.free.is_in_steps(CENT)

    @invariant()
    def every_order_stands_where_the_model_says_with_its_goods(self) -> None:
        for order, known in getattr(self, "known", {}).items():
            assert self.state(order) is known.state
            stored = self.does(known_goods, order)
            assert sorted(stored) == sorted(known.goods)
