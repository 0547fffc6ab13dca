"""What any history does with orders: bought, sent, answered, and ended by the supplier."""

from datetime import timedelta
from typing import Any

import pytest
from hypothesis import strategies as st
from hypothesis.stateful import (
    multiple,
    rule,
)

from bot.base.ids import CustomerId, OrderId, RemoteId
from bot.base.money import CENT, Money
from bot.money.errors import NotEnoughCredit
from bot.orders import attempts, orphaned_orders, place, quote, read, settle, submit
from bot.orders.place import Purchase
from bot.orders.quote import QuoteDraft
from bot.orders.rows import lock
from bot.orders.rules.errors import IllegalMove
from bot.orders.rules.moves import Reason, State
from bot.orders.rules.settlement import Ending
from bot.orders.settle import Due
from bot.suppliers.port import Accepted, StatusAnswer
from bot.suppliers.progress import Progress
from tests.safety.history_credit import Credit
from tests.safety.history_ground import PEOPLE, Known, orders
from tests.stored_shop import ACC, SPOKEN

PRICES = st.integers(1, 400).map(lambda cents: Money(cents * CENT.micros))
ANSWERS = st.sampled_from(["accepted", "refused", "not sent", "in doubt"])
FIRST_ANSWERS = st.sampled_from(["accepted"] * 4 + ["refused", "not sent", "in doubt", "lost"])


class Orders(Credit):
    """Two customers buy, and one supplier gives every answer there is."""

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
        order = self.buys(customer, quantity, Money(1_010_000))
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
        begun = self.does(attempts.begin, claimed, None)
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
        self.does(orphaned_orders.park_interrupted, timedelta(0))
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
        row = self.does(lock, order)
        remote = row.remote_order
        if remote is None:
            return
        said = Progress(
            status, SPOKEN.stage(status), None, None, remains, remains is not None, accounts
        )
        due = Due(order, ACC, remote, now, known.customer, row.claim)
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
