"""What customers of the month reported, and how the operator made it good."""

from __future__ import annotations

from datetime import timedelta
from enum import Enum, auto

from bot.base.ids import CustomerId, OrderId
from bot.base.money import CENT, Money
from bot.orders.claims.answer import answer_claim, solve_claim
from bot.orders.claims.remedy import refund_claimed, refund_order
from bot.orders.claims.report import ClaimDraft, make_claim
from bot.orders.claims.rows import NO_FILE
from bot.orders.rules.claims import ClaimReason, Units
from sandbox.month.plan import Sale
from sandbox.month.shop import MonthShop


class ReportEnd(Enum):
    """What became of a report."""

    REFUNDED = auto()
    ANSWERED = auto()
    SOLVED = auto()
    OPEN = auto()
    """It waits for the operator."""


def report(shop: MonthShop, sale: Sale, order: OrderId, way: ReportEnd) -> None:
    """Its customer says that something is wrong, and what becomes of that."""
    is_russian = sale.customer.language == "ru"
    said = "Не заходит, проверьте пожалуйста." if is_russian else "It says the password is wrong."
    draft = ClaimDraft(order, ClaimReason.DOES_NOT_WORK, Units.all(1), said)
    asked_at = sale.at + timedelta(minutes=50)
    claim, _ = make_claim(shop.at(asked_at), CustomerId(sale.customer.id), draft)
    later = shop.at(asked_at + timedelta(minutes=25))
    if way is ReportEnd.REFUNDED:
        refund_claimed(later, shop.act(), claim, 0)
    elif way is ReportEnd.ANSWERED:
        answer_claim(later, shop.act(), claim, "Please try it from a private window.", NO_FILE)
        solve_claim(shop.at(later.now + timedelta(hours=2)), shop.act(), claim)
    elif way is ReportEnd.SOLVED:
        solve_claim(later, shop.act(), claim, "It works now, we have just looked.")


def give_back(shop: MonthShop, sale: Sale, order: OrderId, paid: Money) -> None:
    """The operator gives half of it back, out of kindness."""
    half = Money(paid.micros // 2 // CENT.micros * CENT.micros)
    tx = shop.at(sale.at + timedelta(hours=3))
    refund_order(tx, shop.act(), order, 0, half, "It came late")
