"""The facts of the desk's tests: alice, olga, an order, and what is known about it."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from pathlib import Path
from typing import Any

from bot.chat.voice import Voices
from bot.domain.catalog import Kind
from bot.domain.evidence import Clue, Finding, Verdict
from bot.domain.ids import CustomerId, OrderId, RemoteId, ServiceId, SupplierName, TransferId
from bot.domain.ledger import TransferKind, Wallet
from bot.domain.money import ZERO, Money, parse_money
from bot.domain.order import Reason, State
from bot.i18n.texts import Texts
from bot.shop.views import (
    Attempt,
    Customer,
    CustomerCard,
    Dossier,
    Event,
    Goods,
    Movement,
    OrderView,
    Reading,
)

NOW = datetime(2026, 3, 1, 12, 0, tzinfo=UTC)
ALICE, OLGA = CustomerId(11), CustomerId(77)
ORDER = OrderId(12)
UGLY = "🔥" * 80 + "\u202e Ugly {total} <b>name</b>\n" + "x" * 300
VOICES = Voices.speaking(Texts.load(Path("locales")), "USD")
ENGLISH = VOICES.of("en")
ACCPLANET = SupplierName("accplanet")


def usd(amount: str) -> Money:
    return parse_money(amount)


def person(customer: CustomerId, name: str, language: str = "en") -> Customer:
    return Customer(customer, name, name.lower(), language, False, True, NOW - timedelta(days=3))


alice = person(ALICE, "Alice")
olga = person(OLGA, "Olga")


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


def a_dossier(order: OrderView) -> Dossier:
    sent_at = NOW - timedelta(minutes=4)
    return Dossier(
        order=order,
        customer=alice,
        supplier=ACCPLANET,
        remote_service=RemoteId("900"),
        remote_order=None,
        cost=usd("2.40"),
        charge=None,
        charge_currency="USD",
        finding=None,
        attempts=(Attempt(1, sent_at, "", "in_doubt", "timeout", None),),
        readings=(
            Reading(sent_at, Decimal("100.00")),
            Reading(sent_at + timedelta(minutes=1), Decimal("97.60")),
        ),
        events=(Event(sent_at, State.IN_DOUBT, "answer lost", ""),),
        answers=((sent_at, '{"status": "Pending"}'),),
    )


def in_doubt() -> Dossier:
    finding = Finding(Verdict.LIKELY_PLACED, Clue.FELL_BY_COST, Decimal("2.40"))
    dossier = a_dossier(an_order(State.IN_DOUBT, reason=Reason.ANSWER_LOST))
    return replace(dossier, finding=finding)


def in_attention() -> Dossier:
    return a_dossier(an_order(State.ATTENTION, reason=Reason.BAD_REMAINS))


def ugly_dossier() -> Dossier:
    """Everything as long and as strange as a supplier can make it."""
    order = an_order(State.IN_DOUBT, service_name=UGLY, link="https://x.example/" + "y" * 470)
    dossier = a_dossier(order)
    return replace(
        dossier,
        customer=replace(alice, first_name=UGLY),
        supplier=SupplierName("s" * 200),
        finding=Finding(Verdict.LIKELY_PLACED, Clue.FELL_BY_COST, Decimal("9" * 30)),
        attempts=tuple(replace(dossier.attempts[0], number=n, said=UGLY) for n in range(1, 30)),
        readings=dossier.readings * 40,
        events=tuple(replace(dossier.events[0], note=UGLY, actor=UGLY) for _ in range(60)),
        answers=tuple((NOW, UGLY) for _ in range(60)),
    )


def a_card(free: str = "5", movements: tuple[Movement, ...] = ()) -> CustomerCard:
    orders = (an_order(), an_order(State.COMPLETED))
    return CustomerCard(alice, Wallet(usd(free), usd("3")), orders, movements, 2)


def a_movement(amount: str = "10") -> Movement:
    return Movement(TransferId(9), NOW, TransferKind.TOPUP, usd(amount), None, "thank you")


def goods(*accounts: str, batch: int = 1) -> Goods:
    return Goods(ORDER, batch, "Παλιά γραμματοκιβώτια", accounts, NOW)
