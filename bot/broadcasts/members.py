"""Who is in a segment: never who is banned, wants no news, or has stopped the bot."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any, Final

from sqlalchemy import ColumnElement, Select, String, cast, exists, func, literal, select

from bot.base.money import Money
from bot.broadcasts.content import Segment
from bot.broadcasts.tables import news_off
from bot.catalog.tables import services
from bot.db.tx import Tx
from bot.money.tables import accounts
from bot.orders.tables import orders
from bot.outbox.tables import chat_slots
from bot.people.tables import customers

_WALLET: Final = literal("customer:") + cast(customers.c.id, String)


def count_members(tx: Tx, segment: Segment) -> int:
    """How many customers are in a segment now."""
    members = select_members(segment, tx.now).subquery()
    return int(tx.execute(select(func.count()).select_from(members)).scalar_one())


def list_languages(tx: Tx) -> tuple[str, ...]:
    """The languages that customers read, by their codes."""
    query = select(customers.c.language).distinct().order_by(customers.c.language)
    return tuple(tx.execute(query).scalars())


def select_members(segment: Segment, now: datetime) -> Select[Any]:
    """The ids of those in a segment; `now` is when they are counted, or when the sending began."""
    query = select(customers.c.id).where(wants_news())
    if segment.languages:
        query = query.where(customers.c.language.in_(segment.languages))
    if segment.active_days:
        since = now - timedelta(days=segment.active_days)
        query = query.where(customers.c.seen_at >= since)
    if segment.service or segment.categories:
        query = query.where(_has_bought(segment))
    if segment.above is not None:
        rich = exists().where(
            accounts.c.account == _WALLET, accounts.c.balance > Money(segment.above)
        )
        query = query.where(rich)
    return query


def wants_news() -> ColumnElement[bool]:
    """Whether a customer may get a broadcast at all."""
    off = exists().where(news_off.c.customer == customers.c.id)
    stopped = exists().where(chat_slots.c.chat == customers.c.id, chat_slots.c.reachable == 0)
    return (customers.c.banned == 0) & ~off & ~stopped


def _has_bought(segment: Segment) -> ColumnElement[bool]:
    """Whether they have paid for it and were not given all of it back."""
    paid = (orders.c.customer == customers.c.id) & (orders.c.captured > orders.c.refunded)
    if segment.service:
        return exists().where(paid, orders.c.service == segment.service)
    inside = select(services.c.id).where(services.c.category.in_(segment.categories))
    return exists().where(paid, orders.c.service.in_(inside))
