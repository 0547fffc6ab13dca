"""Whatever happens in whatever order, the books prove themselves and equal a plain model."""

import sqlite3
from collections.abc import Iterator

import pytest
from hypothesis import HealthCheck, Phase, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    rule,
    run_state_machine_as_test,
)

from bot.base.errors import TooLate
from bot.base.ids import OrderId, RemoteId
from bot.base.money import CENT
from bot.orders import decide
from bot.orders.rules.errors import IllegalMove
from bot.orders.rules.moves import PARKED, Reason, State
from tests.safety.history_claims import Claims
from tests.safety.history_ground import empty_books, orders
from tests.stored_shop import BY


class AnyHistory(Claims):
    """Two customers, one supplier, an operator, and every answer there is."""

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
            steps = -(-known.total * left // (known.quantity * CENT.micros))
            released = min(known.total, steps * CENT.micros)
        self.comes_to(order, became, released=released)


@pytest.fixture(scope="module")
def template() -> Iterator[sqlite3.Connection]:
    raw = empty_books()
    yield raw
    raw.close()


@pytest.mark.long
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
