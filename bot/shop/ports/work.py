"""The way of an order out of the house and to its end, as workers take it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from bot.domain.catalog import Kind
from bot.domain.ids import OrderId, RemoteId, SupplierName


@dataclass(frozen=True, slots=True)
class Submission:
    """A queued order claimed for sending; `phone` is the one that a number is to reuse."""

    order: OrderId
    supplier: SupplierName
    service: RemoteId
    quantity: int
    link: str
    kind: Kind
    tries: int
    queued_at: datetime
    attempt: int = 0
    phone: str = ""


@dataclass(frozen=True, slots=True)
class Due:
    """An active order claimed for a status reading."""

    order: OrderId
    supplier: SupplierName
    remote: RemoteId
    active_since: datetime
