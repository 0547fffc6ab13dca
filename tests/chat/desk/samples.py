"""What the desk might show, as values for its screens: alice, an order, what is known of it."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from typing import Any

from bot.base.ids import OrderId, RemoteId, ServiceId, SupplierName, TransferId
from bot.base.money import ZERO
from bot.desk.details import CustomerCard
from bot.money.ledger import TransferKind, Wallet
from bot.money.wallet import Movement
from bot.orders.order_details import Attempt, Event, OrderDetails, Reading
from bot.orders.rules.evidence import EvidenceReason, EvidenceResult, EvidenceVerdict
from bot.orders.rules.moves import Outcome, State
from bot.orders.views import Goods, OrderView
from bot.people.customers import Customer
from bot.people.limits import Limits
from bot.suppliers.words import Kind
from tests.stored_shop import ACC, ALICE, usd

NOW = datetime(2026, 3, 1, 12, 0, tzinfo=UTC)
ORDER = OrderId(12)
LIMITS = Limits(3, usd("12.5"), 2)
UGLY = "🔥" * 80 + "\u202e Ugly {total} <b>name</b>\n" + "x" * 300

alice = Customer(
    id=ALICE,
    first_name="Alice",
    username="alice",
    language="en",
    banned=False,
    reachable=True,
    created_at=NOW - timedelta(days=3),
)


def an_order(state: State = State.ACTIVE, **changes: Any) -> OrderView:
    order = OrderView(
        id=ORDER,
        customer=ALICE,
        service=ServiceId(5),
        service_name="Παλιά γραμματοκιβώτια",
        kind=Kind.PRODUCT,
        quantity=3,
        link="",
        total=usd("3"),
        captured=ZERO,
        released=ZERO,
        state=state,
        reason=None,
        delivered=0,
        batches=0,
        created_at=NOW - timedelta(minutes=5),
        finished_at=None,
        waiting_until=None,
        goods_kept=True,
    )
    return replace(order, **changes)


def a_dossier(order: OrderView) -> OrderDetails:
    sent_at = NOW - timedelta(minutes=4)
    return OrderDetails(
        order=order,
        customer=alice,
        supplier=ACC,
        remote_service=RemoteId("900"),
        remote_order=None,
        cost=usd("2.40"),
        charge=None,
        charge_currency="USD",
        evidence=None,
        attempts=(Attempt(1, sent_at, "", Outcome.IN_DOUBT, "timeout", None),),
        readings=(
            Reading(sent_at, Decimal("100.00")),
            Reading(sent_at + timedelta(minutes=1), Decimal("97.60")),
        ),
        events=(Event(sent_at, State.IN_DOUBT, "answer lost", ""),),
        answers=((sent_at, '{"status": "Pending"}'),),
        bought=order.service,
    )


def ugly_dossier() -> OrderDetails:
    """Everything as long and as strange as a supplier can make it."""
    order = an_order(State.IN_DOUBT, service_name=UGLY, link="https://x.example/" + "y" * 470)
    details = a_dossier(order)
    return replace(
        details,
        customer=replace(alice, first_name=UGLY),
        supplier=SupplierName("s" * 200),
        evidence=EvidenceResult(
            EvidenceVerdict.LIKELY_PLACED, EvidenceReason.FELL_BY_COST, Decimal("9" * 30)
        ),
        attempts=tuple(replace(details.attempts[0], number=n, said=UGLY) for n in range(1, 30)),
        readings=details.readings * 40,
        events=tuple(replace(details.events[0], note=UGLY, actor=UGLY) for _ in range(60)),
        answers=tuple((NOW, UGLY) for _ in range(60)),
    )


def a_card(free: str = "5", movements: tuple[Movement, ...] = ()) -> CustomerCard:
    orders = (an_order(), an_order(State.COMPLETED))
    return CustomerCard(
        alice, Wallet(usd(free), usd("3")), orders, movements, 2, LIMITS, UGLY[:500]
    )


def a_movement(amount: str = "10") -> Movement:
    return Movement(TransferId(9), NOW, TransferKind.TOPUP, usd(amount), None, "thank you")


def goods(*accounts: str, batch: int = 1) -> Goods:
    return Goods(ORDER, batch, "Παλιά γραμματοκιβώτια", accounts, NOW)
