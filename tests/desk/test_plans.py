"""What operators open is read by indexes: nothing from end to end, however old the shop is."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from bot.base.ids import OrderId
from bot.desk import claims, details, requests
from bot.desk.details import DeskFilter
from bot.money import approvals
from bot.money import requests as asked
from bot.orders import order_details
from bot.orders.claims.report import ClaimDraft, make_claim
from bot.orders.rules.claims import ClaimReason
from tests.desk.plans import Plans, plans_of
from tests.stored_shop import ALICE, BOB, Books, says, usd

Read = tuple[Callable[..., Any], tuple[Any, ...]]
SCREENS: dict[str, Read] = {
    "the queue of requests": (requests.find_queued_card, (0,)),
    "the next approval": (approvals.find_next, (0,)),
    "claims": (claims.list_open_claims, (0,)),
    "a claim": (claims.load_claim_details, (1,)),
    "a customer": (details.customer_card, (ALICE,)),
    "an order": (order_details.find_details, (OrderId(1),)),
    "orders in doubt": (details.list_orders, (DeskFilter.DOUBT, 0)),
    "open orders": (details.list_orders, (DeskFilter.OPEN, 0)),
}
SORTS = ("TEMP B-TREE FOR ORDER", "Sort Key")


@pytest.fixture
async def asked_for(rich: Books) -> Books:
    """An order with a claim, and a request that waits for a second operator."""
    due = await rich.has_active(total="1")
    await rich.hears(due, says("Completed", "a"))
    await rich.db.write(make_claim, ALICE, ClaimDraft(due.order, ClaimReason.OTHER))
    await rich.meets(BOB)
    request, _ = await rich.db.write(asked.ask_topup, BOB, usd("40"))
    await rich.db.write(approvals.ask_second, rich.act(), BOB, usd("40"), "", request)
    return rich


def whole(plans: Plans) -> list[str]:
    """The statements that read a table from end to end."""
    return [
        f"{statement}\n{plan}"
        for statement, plan in plans
        if any("Seq Scan" in line or line.startswith("SCAN") for line in plan.splitlines())
    ]


@pytest.mark.parametrize("screen", SCREENS)
async def test_no_screen_reads_a_table_from_end_to_end(asked_for: Books, screen: str) -> None:
    fn, args = SCREENS[screen]
    plans = await asked_for.db.read(lambda tx: plans_of(tx, fn, *args))
    assert plans
    assert whole(plans) == []


@pytest.mark.parametrize("screen", ["the queue of requests", "the next approval", "claims"])
async def test_a_queue_is_read_in_its_order(asked_for: Books, screen: str) -> None:
    fn, args = SCREENS[screen]
    plans = await asked_for.db.read(lambda tx: plans_of(tx, fn, *args))
    queue = [
        plan for statement, plan in plans if "ORDER BY" in statement and "OFFSET" in statement
    ]
    assert queue
    assert [plan for plan in queue if any(sort in plan for sort in SORTS)] == []


async def test_reminders_read_what_waits_alone(asked_for: Books) -> None:
    for remind in (asked.remind, approvals.remind):
        plans = await asked_for.db.write(plans_of, remind)
        assert whole(plans) == []


async def test_what_a_customer_holds_is_read_of_open_orders_alone(asked_for: Books) -> None:
    await asked_for.has_active(total="2")
    plans = await asked_for.db.read(lambda tx: plans_of(tx, details.customer_card, ALICE))
    sums = [plan for statement, plan in plans if "sum(orders.total)" in statement]
    assert len(sums) == 2
    assert "ix_orders_under_way" in sums[0]
    assert "ix_orders_state_supplier_due_at" in sums[1]


async def test_pages_are_counted_off_from_the_nearer_end(rich: Books) -> None:
    await rich.has(ALICE, "50")
    orders = [(await rich.has_active(total="1")).order for _ in range(20)]
    newest = orders[::-1]
    for page in (0, 1, 2, 9):
        shown = await rich.db.read(details.list_orders, DeskFilter.ALL, page)
        at = min(page, 2)
        assert [one.id for one in shown.rows] == newest[at * 8 : at * 8 + 8]
        assert (shown.number, shown.pages, shown.total) == (at, 3, 20)
