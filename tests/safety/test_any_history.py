"""Whatever happens in whatever order, the books prove themselves and equal a plain model."""

import sqlite3
from collections.abc import Collection, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from datetime import timedelta
from typing import Any

import pytest
from hypothesis import HealthCheck, Phase, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    Bundle,
    RuleBasedStateMachine,
    initialize,
    invariant,
    multiple,
    rule,
    run_state_machine_as_test,
)
from sqlalchemy import Connection, create_engine, event
from sqlalchemy.pool import StaticPool

from bot.base.acts import Act
from bot.base.errors import TooLate
from bot.base.ids import CustomerId, OrderId, RemoteId, TransferId
from bot.base.money import Money
from bot.catalog import store
from bot.catalog.rules import Service
from bot.db.opening import open_books
from bot.db.tx import P, T, Transaction, Tx
from bot.money import post, topup
from bot.money.errors import AlreadyReversed, NotEnoughCredit
from bot.money.ledger import Wallet
from bot.orders import attempts, decide, place, quote, read, settle, submit
from bot.orders.kinds import Submission
from bot.orders.place import Purchase
from bot.orders.quote import QuoteDraft
from bot.orders.rows import lock
from bot.orders.rules.errors import IllegalMove
from bot.orders.rules.moves import FINISHED, PARKED, Reason, State
from bot.orders.rules.settlement import Ending
from bot.orders.settle import Due
from bot.people import customers
from bot.people.customers import Person
from bot.people.operators import seed_operators
from bot.safety import prove
from bot.suppliers.port import Accepted, Catalog, StatusAnswer
from bot.suppliers.progress import Progress
from bot.suppliers.words import Kind
from tests.clock import TurnableClock
from tests.stored_shop import ACC, ALICE, BOB, BY, OLGA, SETTINGS, SPOKEN, listed

PEOPLE = st.sampled_from([ALICE, BOB])
AMOUNTS = st.integers(1, 20_000_000).map(Money)
PRICES = st.integers(1, 4_000_000).map(Money)
ANSWERS = st.sampled_from(["accepted", "refused", "not sent", "in doubt"])
FIRST_ANSWERS = st.sampled_from(["accepted"] * 4 + ["refused", "not sent", "in doubt", "lost"])


def empty_books() -> sqlite3.Connection:
    """Opened books in memory, made once and copied for each history."""
    raw = sqlite3.connect(":memory:", isolation_level=None, check_same_thread=False)
    with transaction(raw) as connection:
        open_books(Tx(connection, TurnableClock().now(), SETTINGS))
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


class AnyHistory(RuleBasedStateMachine):
    """Two customers, one supplier, an operator, and every answer there is."""

    template: sqlite3.Connection

    transfers = Bundle("transfers")
    orders = Bundle("orders")

    @initialize()
    def opens(self) -> None:
        self.raw = sqlite3.connect(":memory:", isolation_level=None, check_same_thread=False)
        self.template.backup(self.raw)
        self.engine = create_engine("sqlite://", creator=lambda: self.raw, poolclass=StaticPool)
        event.listen(self.engine, "begin", lambda core: core.exec_driver_sql("BEGIN IMMEDIATE"))
        self.clock = TurnableClock()
        self.keys = 0
        self.free: dict[CustomerId, int] = {ALICE: 0, BOB: 0}
        self.known: dict[OrderId, Known] = {}
        self.undone: set[TransferId] = set()
        self.does(seed_operators, (OLGA,))
        for person in (ALICE, BOB):
            facts = Person(person, "name", "", "en")
            self.does(customers.seen, facts, "en")
            self.tops_up(person, Money(20_000_000))
        self.does(store.store, ACC, Catalog((listed(),)))
        (kept,) = self.does(store.load).services
        row, label = kept.listed, kept.category
        self.service = Service(kept.id, ACC, row, Kind.PRODUCT, 1, label, kept.read_at)

    def teardown(self) -> None:
        if hasattr(self, "engine"):
            self.engine.dispose()
            self.raw.close()

    def does(self, fn: Transaction[P, T], *args: P.args, **kw: P.kwargs) -> T:
        with self.engine.connect() as connection, connection.begin():
            return fn(Tx(connection, self.clock.now(), SETTINGS), *args, **kw)

    def act(self) -> Act:
        self.keys += 1
        return replace(BY, key=f"tm:{self.keys}")

    # Credit

    @rule(target=transfers, customer=PEOPLE, amount=AMOUNTS)
    def tops_up(self, customer: CustomerId, amount: Money) -> tuple[TransferId, CustomerId, int]:
        act = self.act()
        change = self.does(topup.top_up, act, customer, amount)
        again = self.does(topup.top_up, act, customer, amount)
        assert (change.fresh, again.fresh) == (True, False)
        self.free[customer] += amount.micros
        return change.transfer, customer, amount.micros

    @rule(target=transfers, customer=PEOPLE, amount=AMOUNTS)
    def debits(self, customer: CustomerId, amount: Money) -> Any:
        act = self.act()
        if amount.micros > self.free[customer]:
            with pytest.raises(NotEnoughCredit) as refusal:
                self.does(topup.debit, act, customer, amount)
            assert refusal.value.short_by.micros == amount.micros - self.free[customer]
            return multiple()
        change = self.does(topup.debit, act, customer, amount)
        self.free[customer] -= amount.micros
        return change.transfer, customer, -amount.micros

    @rule(moved=transfers)
    def undoes(self, moved: tuple[TransferId, CustomerId, int]) -> None:
        transfer, customer, amount = moved
        if transfer in self.undone:
            expected: type[Exception] | None = AlreadyReversed
        else:
            expected = NotEnoughCredit if amount > self.free[customer] else None
        if expected is not None:
            with pytest.raises(expected):
                self.does(topup.undo, BY, transfer)
            return
        self.does(topup.undo, BY, transfer)
        self.undone.add(transfer)
        self.free[customer] -= amount

    # Orders

    @rule(target=orders, customer=PEOPLE, quantity=st.integers(1, 4), total=PRICES)
    def buys(self, customer: CustomerId, quantity: int, total: Money) -> Any:
        now = self.clock.now()
        later, cost = now + timedelta(minutes=10), Money(1)
        draft = QuoteDraft(customer, self.service, quantity, "", total, 1, total, cost, now, later)
        asked = Purchase(customer, self.does(quote.create_quote, draft).id)
        if total.micros > self.free[customer]:
            with pytest.raises(NotEnoughCredit):
                self.does(place.place, asked)
            return multiple()
        placed = self.does(place.place, asked)
        assert self.does(place.place, asked).order == placed.order
        self.free[customer] -= total.micros
        self.known[placed.order] = Known(customer, total.micros, quantity)
        return placed.order

    @rule(target=orders, customer=PEOPLE, quantity=st.integers(1, 4), answer=FIRST_ANSWERS)
    def buys_and_sends(self, customer: CustomerId, quantity: int, answer: str) -> Any:
        order = self.buys(customer, quantity, Money(1_000_001))
        self.sends_the_next(answer)
        return order

    @rule(order=orders)
    def cancels(self, order: OrderId) -> None:
        known = self.known[order]
        try:
            self.does(read.cancel, known.customer, order)
        except IllegalMove:
            assert known.state is not State.QUEUED or known.sent is not None
        else:
            assert known.state is State.QUEUED
            self.comes_to(order, State.FAILED)

    @rule(answer=FIRST_ANSWERS)
    def sends_the_next(self, answer: str) -> None:
        self.clock.turn(timedelta(minutes=3))
        claimed = self.does(submit.claim, ACC)
        if claimed is None:
            return
        begun = self.does(submit.begin, claimed, None)
        assert begun is not None
        known = self.known[begun.order]
        assert begun.attempt == (known.sent.attempt + 1 if known.sent else 1)
        self.comes_to(begun.order, State.SUBMITTING)
        known.sent, known.answer = begun, ""
        if answer != "lost":
            self.hear(begun.order, answer)

    @rule(order=orders, answer=ANSWERS)
    def hears_late_from_an_add(self, order: OrderId, answer: str) -> None:
        self.hear(order, answer)

    def hear(self, order: OrderId, answer: str) -> None:
        known = self.known[order]
        if known.sent is None:
            return
        # An `add` has one answer, which may be told twice; only a doubt may still be resolved.
        answer = known.answer or answer
        known.answer = "" if answer == "in doubt" else answer
        was = self.state(order)
        sent = known.sent
        if answer == "accepted":
            self.does(attempts.accepted, sent, Accepted(RemoteId(f"r{order}"), ""))
        elif answer == "refused":
            self.does(attempts.refused, sent, Reason.REFUSED, "no")
        elif answer == "not sent":
            self.does(attempts.not_sent, sent, timedelta(0), "no")
        else:
            self.does(attempts.in_doubt, sent, Reason.ANSWER_LOST, "")
        became = self.state(order)
        if was not in {State.SUBMITTING, State.IN_DOUBT}:
            assert became is was
        self.comes_to(order, became)

    @rule()
    def starts_again(self) -> None:
        """The process was killed and is back."""
        self.does(attempts.park_interrupted, timedelta(0))
        for order, known in self.known.items():
            if known.state is State.SUBMITTING:
                self.comes_to(order, State.IN_DOUBT)

    @rule(
        order=orders,
        status=st.sampled_from(
            ["Pending", "In progress", "Completed", "Partial", "Canceled", "Error"]
        ),
        accounts=st.none()
        | st.lists(st.sampled_from("abcde"), max_size=5, unique=True).map(tuple),
        remains=st.none() | st.integers(-1, 5),
        wait_s=st.sampled_from([0, 5, 130]),
    )
    def hears_a_status(
        self,
        order: OrderId,
        status: str,
        accounts: tuple[str, ...] | None,
        remains: int | None,
        wait_s: int,
    ) -> None:
        order = self.rather({State.ACTIVE}, order)
        known, now = self.known[order], self.clock.turn(timedelta(seconds=wait_s))
        remote = self.does(lock, order).remote_order
        if remote is None:
            return
        said = Progress(
            status, SPOKEN.stage(status), None, None, remains, remains is not None, accounts
        )
        due = Due(order, ACC, remote, now)
        was = known.state
        came = self.does(settle.settle, due, StatusAnswer(said, status), now)
        if was is not State.ACTIVE:
            assert came is None
            return
        known.goods += [one for one in accounts or () if one not in known.goods]
        if isinstance(came, Ending):
            assert came.to is not State.COMPLETED or len(known.goods) >= known.quantity
            self.comes_to(order, came.to, released=came.released.micros)
        elif came is not None:
            self.comes_to(order, State.ATTENTION)

    @rule(order=orders, status=st.sampled_from(["Completed", "Partial", "Canceled", "Error"]))
    def hears_the_end(self, order: OrderId, status: str) -> None:
        self.hears_a_status(order, status, tuple("abcde"[: order % 5]), None, 5)

    # The operator

    @rule(
        order=orders,
        decision=st.sampled_from(["attach", "refund", "send again", "keep polling", "end"]),
        delivered=st.integers(0, 4),
    )
    def decides(self, order: OrderId, decision: str, delivered: int) -> None:
        parked = PARKED if decision != "end" else {State.ATTENTION}
        order = self.rather(parked, order)
        known, was = self.known[order], self.known[order].state
        delivered = min(delivered, known.quantity)
        try:
            if decision == "attach":
                self.does(decide.attach, BY, order, RemoteId(f"r{order}"))
            elif decision == "refund":
                self.does(decide.fail_order, BY, order, Reason.NOT_PLACED)
            elif decision == "send again":
                self.does(decide.send_again, BY, order)
            elif decision == "keep polling":
                self.does(decide.keep_polling, BY, order)
            else:
                self.does(decide.end, BY, order, delivered)
        except (IllegalMove, TooLate):
            assert self.state(order) is was
            return
        doubts = decision in {"attach", "refund", "send again"}
        assert was is (State.IN_DOUBT if doubts else State.ATTENTION)
        became = self.state(order)
        released = known.total
        if became is State.COMPLETED:
            released = 0
        elif became is State.PARTIAL:
            left = known.quantity - delivered
            released = -(-known.total * left // known.quantity)
        self.comes_to(order, became, released=released)

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
        if hasattr(self, "engine"):
            assert self.does(prove.prove) == ()

    @invariant()
    def every_wallet_equals_the_model(self) -> None:
        for customer in getattr(self, "free", {}):
            open_orders = [
                one
                for one in self.known.values()
                if one.customer == customer and one.state not in FINISHED
            ]
            held = sum(one.total for one in open_orders)
            wallet = self.does(post.wallet, customer)
            assert wallet == Wallet(Money(self.free[customer]), Money(held))

    @invariant()
    def every_order_stands_where_the_model_says_with_its_goods(self) -> None:
        for order, known in getattr(self, "known", {}).items():
            assert self.state(order) is known.state
            stored = self.does(settle.known_goods, order)
            assert sorted(stored) == sorted(known.goods)


@pytest.fixture(scope="module")
def template() -> Iterator[sqlite3.Connection]:
    raw = empty_books()
    yield raw
    raw.close()


def test_any_history_leaves_right_books(template: sqlite3.Connection) -> None:
    AnyHistory.template = template
    calm = settings(
        max_examples=25,
        stateful_step_count=40,
        deadline=None,
        phases=(
            Phase.reuse,
            Phase.generate,
        ),  # a history is read as it is: shrinking takes minutes
        suppress_health_check=list(HealthCheck),
    )
    run_state_machine_as_test(AnyHistory, settings=calm)
