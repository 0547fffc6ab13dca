"""Judges deliveries: what a supplier handed over is in the buyer's chat, and in nobody else's."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from bot.orders.rules.moves import State
from tests.crash.evidence import BookedOrder
from tests.crash.scene import Case, Wish
from tests.crash.told import Words, bringing, bringing_code, count
from tests.crash.wares import GUESTS, OPERATORS


def expected_goods(case: Case, wish: Wish, order: BookedOrder) -> Mapping[str, Words]:
    """Everything that an order has to bring, each with the messages that bring it."""
    if order.remote_order is None or order.state == State.IN_DOUBT:
        return {}
    supplier = case.around.supplier(wish.ware.supplier)
    bought = supplier.orders.get(order.remote_order)
    if bought is not None:
        accounts = bought.shown_accounts if bought.service.is_product else []
        return {account: bringing(account) for account in accounts}
    plan = wish.behaviour.sms
    codes = [step.code for step in plan.steps if step.code] if plan is not None else []
    if case.slept:
        codes = codes[-1:]  # the supplier keeps the newest only, and nobody was there to ask
    return {code: bringing_code(order.id, code) for code in codes}


def missing_deliveries(case: Case, wish: Wish, order: BookedOrder) -> Iterator[str]:
    """What has not come yet."""
    for goods, brings in expected_goods(case, wish, order).items():
        if not count(case.around, order.customer, brings):
            yield f"{wish.behaviour.name}: {goods} of order {order.id} is not in the chat"


def judge_deliveries(case: Case, wish: Wish, order: BookedOrder) -> Iterator[str]:
    """Each one comes once, and once more for each kill at most; nobody else sees it."""
    most = 1 + case.kills + wish.behaviour.repeats
    for goods, brings in expected_goods(case, wish, order).items():
        times = count(case.around, order.customer, brings)
        if times > most:
            yield f"brought {goods} {times} times"
        others = {*GUESTS, *OPERATORS} - {order.customer}
        if any(count(case.around, other, brings) for other in others):
            yield f"showed {goods} to somebody else"
