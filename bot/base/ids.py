"""Ids as types, so that one is never handed over for another."""

from dataclasses import dataclass
from typing import Final, NewType

CustomerId = NewType("CustomerId", int)
"""Telegram's user id; also the id of the person's private chat."""
NOBODY: Final = CustomerId(0)
"""An id that no customer has; all of theirs come after it."""
ServiceId = NewType("ServiceId", int)
CategoryId = NewType("CategoryId", int)
QuoteId = NewType("QuoteId", int)
OrderId = NewType("OrderId", int)
TransferId = NewType("TransferId", int)
SupplierName = NewType("SupplierName", str)
"""Lower case, as in the settings."""
RemoteId = NewType("RemoteId", str)
"""A supplier's id (service or order), number or text, always kept as text."""


@dataclass(frozen=True, slots=True)
class AlertChat:
    """The operators' group, or one `topic` in it; ids of groups are below zero."""

    id: CustomerId
    topic: int | None = None
