"""An order moves along MOVES and nowhere else, and the drawing shows every state."""

from itertools import product

import pytest

from bot.base.ids import OrderId
from bot.orders.rules import moves
from bot.orders.rules.errors import IllegalMove
from bot.orders.rules.moves import FINISHED, MOVES, OPEN, PARKED, State, check_move

PAIRS = tuple(product(State, State))
LEGAL = {(old, new) for old, onward in MOVES.items() for new in onward}


@pytest.mark.parametrize(("old", "new"), PAIRS)
def test_only_the_moves_of_the_table_are_let_pass(old: State, new: State) -> None:
    if (old, new) in LEGAL:
        check_move(OrderId(1), old, new)
        return
    with pytest.raises(IllegalMove) as refusal:
        check_move(OrderId(1), old, new)
    assert (refusal.value.order, refusal.value.to) == (1, new)


def test_every_state_has_its_row() -> None:
    assert set(MOVES) == set(State)


def test_an_end_is_where_nothing_leads_on() -> None:
    ends = {State.COMPLETED, State.PARTIAL, State.CANCELED, State.FAILED}
    assert ends == {state for state in State if state in FINISHED}
    assert set(State) == FINISHED | OPEN
    assert not FINISHED & OPEN


def test_parked_orders_are_open_and_a_person_can_take_them_to_an_end() -> None:
    assert PARKED <= OPEN
    assert all(MOVES[state] & FINISHED for state in PARKED)


def test_every_state_is_reached_from_the_queue_and_every_open_one_leads_to_an_end() -> None:
    assert _reach(State.QUEUED) == set(State)
    assert all(_reach(state) & FINISHED for state in OPEN)


def test_nothing_in_doubt_is_sent_without_passing_the_queue() -> None:
    assert [old for old, new in LEGAL if new is State.SUBMITTING] == [State.QUEUED]


def test_the_drawing_names_every_state() -> None:
    assert moves.__doc__ is not None
    assert [state for state in State if state not in moves.__doc__] == []


def _reach(start: State) -> set[State]:
    seen, ahead = {start}, [start]
    while ahead:
        fresh = MOVES[ahead.pop()] - seen
        seen |= fresh
        ahead += fresh
    return seen
