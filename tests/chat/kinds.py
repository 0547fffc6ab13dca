"""Screens that differ by kind, asked of the kind that the shop has for them."""

from __future__ import annotations

from datetime import UTC, datetime

from bot.base.basis import Basis
from bot.chat.kinds import CHAT_KINDS
from bot.chat.kit.locale import Locale
from bot.chat.kit.richtext import Rich
from bot.chat.kit.screen import Screen
from bot.chat.orders import confirm
from bot.orders.views import OrderView, QuoteView

NOW = datetime(2026, 3, 1, 12, tzinfo=UTC)


def order_screen(
    _: Locale, order: OrderView, now: datetime = NOW, *, live: bool = False
) -> Screen:
    return CHAT_KINDS[order.kind].order_screen(_, order, now, live=live)


def ended_screen(_: Locale, order: OrderView) -> Screen:
    return CHAT_KINDS[order.kind].ended_screen(_, order)


def confirm_screen(
    _: Locale, quote: QuoteView, basis: Basis | None = None, change: Rich | None = None
) -> Screen:
    rule = CHAT_KINDS[quote.kind].refund_rule(_)
    return confirm.confirm_screen(_, quote, rule, NOW, basis, change)


def expired_screen(_: Locale, quote: QuoteView) -> Screen:
    return confirm.expired_screen(_, quote, CHAT_KINDS[quote.kind].ways(quote))


def shortfall_screen(_: Locale, quote: QuoteView, instructions: str) -> Screen:
    ways = CHAT_KINDS[quote.kind].ways(quote)
    return confirm.shortfall_screen(_, quote, ways, instructions)
