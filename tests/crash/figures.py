"""Figures of trials, to be added up."""

from __future__ import annotations

from dataclasses import astuple, dataclass

from bot.orders.rules.moves import PARKED
from tests.crash.deliveries import expected_goods
from tests.crash.evidence import Evidence
from tests.crash.scene import Case
from tests.crash.told import count


@dataclass(frozen=True, slots=True)
class Figures:
    """What happened. `parked` orders wait for a person, `repeats` are deliveries beyond one."""

    orders: int = 0
    adds: int = 0
    parked: int = 0
    goods: int = 0
    repeats: int = 0

    def __add__(self, other: Figures) -> Figures:
        pairs = zip(astuple(self), astuple(other), strict=True)
        return Figures(*(one + another for one, another in pairs))


def figures_of(case: Case, evidence: Evidence) -> Figures:
    """The figures of one trial at its end."""
    figures = Figures()
    for wish in case.wishes:
        figures += Figures(adds=case.around.adds_of(wish.ware.supplier, wish.ware.remote))
        for order in evidence.orders_of(wish.card.quote):
            came = [
                count(case.around, order.customer, brings)
                for brings in expected_goods(case, wish, order).values()
            ]
            figures += Figures(
                orders=1,
                parked=int(order.state in PARKED),
                goods=sum(times > 0 for times in came),
                repeats=sum(max(0, times - 1) for times in came),
            )
    return figures
