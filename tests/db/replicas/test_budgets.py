"""Shares of a budget: never more than the whole, and none left to whoever wants nothing."""

from hypothesis import given
from hypothesis import strategies as st

from bot.db.budgets import Budgets


class _Rate:
    """What one process takes of a budget, and wants of it."""

    def __init__(self, wants: float) -> None:
        self.wants = wants
        self.share = 1.0

    def take(self, share: float) -> None:
        self.share = share

    def budgets(self) -> Budgets:
        budgets = Budgets()
        budgets.add("requests", lambda: self.wants, self.take)
        return budgets


_WANTS = st.lists(st.floats(0, 1e6), min_size=1, max_size=6)


@given(_WANTS)
def test_shares_are_the_whole_together_and_go_where_they_are_wanted(wants: list[float]) -> None:
    rates = [_Rate(one) for one in wants]
    budgets = [rate.budgets() for rate in rates]
    for _ in range(2):
        said = {number: one.wants() for number, one in enumerate(budgets)}
        for number, one in enumerate(budgets):
            one.share(number, said)
    assert abs(sum(rate.share for rate in rates) - 1) < 1e-6
    assert all(rate.share > 0 for rate in rates)
    ranked = sorted(rates, key=lambda rate: rate.wants)
    assert [rate.share for rate in ranked] == sorted(rate.share for rate in rates)


@given(_WANTS, st.floats(0, 1e6))
def test_while_a_process_comes_all_take_no_more_than_a_tenth_above(
    wants: list[float], more: float
) -> None:
    rates = [_Rate(one) for one in wants]
    budgets = [rate.budgets() for rate in rates]

    def beat(which: list[int]) -> None:
        said = {number: budgets[number].wants() for number in which}
        for number in which:
            budgets[number].share(number, said)

    known = list(range(len(rates)))
    beat(known)
    beat(known)
    rates.append(_Rate(more))
    budgets.append(rates[-1].budgets())
    said = {number: one.wants() for number, one in enumerate(budgets)}
    budgets[-1].share(len(rates) - 1, said)
    assert sum(rate.share for rate in rates) <= 1.1 + 1e-6
    beat(list(range(len(rates))))
    beat(list(range(len(rates))))
    assert abs(sum(rate.share for rate in rates) - 1) < 1e-6


def test_what_a_newer_version_says_otherwise_counts_for_nothing() -> None:
    rate = _Rate(3.0)
    budgets = rate.budgets()
    for _ in range(2):
        budgets.share(1, {1: budgets.wants(), 2: "not json", 3: "[1]", 4: '{"requests": "x"}'})
    assert 0 < rate.share < 1
