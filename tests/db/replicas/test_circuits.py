"""A supplier that one process spares is spared by the others, unless it answers them."""

from datetime import timedelta

import pytest

from bot.db.budgets import Budgets, Circuit
from bot.suppliers.api_v2.limits import RequestLimits
from bot.suppliers.api_v2.pace import Breaker
from bot.suppliers.errors import NotSent
from tests.clock import TurnableClock


class _Process:
    """One process's circuit of one supplier."""

    def __init__(self, clock: TurnableClock) -> None:
        self.breaker = Breaker(RequestLimits(), clock.now)
        self.budgets = Budgets()
        circuit = Circuit(self.breaker.left_s, self.breaker.spare)
        self.budgets.circuits["spared accplanet"] = circuit

    def fails(self, times: int = 1) -> None:
        for _ in range(times):
            with pytest.raises(NotSent), self.breaker.watch():
                raise NotSent

    def answers(self) -> None:
        with self.breaker.watch():
            pass


def _beat(*processes: _Process) -> None:
    said = {number: one.budgets.wants() for number, one in enumerate(processes)}
    for number, one in enumerate(processes):
        one.budgets.share(number, said)


def test_what_one_spares_the_others_spare_for_as_long() -> None:
    clock = TurnableClock()
    first, second = _Process(clock), _Process(clock)
    first.fails(5)
    second.breaker.check()
    _beat(first, second)
    with pytest.raises(NotSent):
        second.breaker.check()
    clock.turn(timedelta(seconds=3))
    second.answers()
    _beat(first, second)
    second.breaker.check()


def test_who_is_answered_believes_its_own_eyes() -> None:
    clock = TurnableClock()
    first, second = _Process(clock), _Process(clock)
    second.answers()
    first.fails(5)
    _beat(first, second)
    second.breaker.check()


def test_what_was_only_heard_is_not_told_on() -> None:
    clock = TurnableClock()
    first, second, third = (_Process(clock) for _ in range(3))
    first.fails(5)
    _beat(first, second)
    assert second.breaker.left_s() == 0
    _beat(second, third)
    third.breaker.check()


def test_a_circuit_that_was_told_of_opens_again_by_what_is_seen_here() -> None:
    clock = TurnableClock()
    first, second = _Process(clock), _Process(clock)
    first.fails(5)
    _beat(first, second)
    clock.turn(timedelta(seconds=3))
    second.fails()
    assert second.breaker.left_s() > 0
