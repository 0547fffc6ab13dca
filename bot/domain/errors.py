"""Every way the shop says no, as typed facts; the wording lives in `bot.chat.errors`.

ShopError
  NotEnoughCredit(short_by)     the customer's free credit does not cover it
  SoldOut(left)                 fewer in stock than wanted
  NotForSale(reason)            hidden, paused, unknown basis, sales switched off, gone
  QuoteExpired                  the ten minutes are over
  PriceRose(new_quote)          the supplier got dearer; nothing was charged
  NotYours                      somebody else's order, quote or goods, or one that never was
  Banned                        this customer may look but not buy
  BadLink(why)                  a link that the service cannot use
  IllegalMove(order, to)        the order is not in a state from which it may go there
  AlreadyReversed               the transfer was made undone before
  TooLate                       what the tap asked for has been decided by someone else
  ShopClosed                    restored from a copy, and no operator has looked at it yet
  BooksClosed(why)              the database is locked, read-only or full: nothing was written
  BadQuantity                   in `bot.domain.quantity`
  SupplierError                 what the wire said, in five words
    NotSent                     nothing left this machine: it may be tried again
    Refused(said, kind)         a clear no: the money goes back
    InDoubt(why)                it left and no usable answer came: park, never send again
    Throttled(retry_after)      the supplier asked us to wait; nothing was done
    Malformed(why)              a reading whose answer cannot be used
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from enum import StrEnum
from typing import Final

from bot.domain.ids import OrderId, QuoteId
from bot.domain.money import Money


class ShopError(Exception):
    """The root of every refusal that a person may read about."""


class WhyNotForSale(StrEnum):
    """Why a service cannot be bought now; the desk and the customer have a sentence for each."""

    GONE = "gone"
    UNKNOWN_BASIS = "unknown_basis"
    NEGATIVE_MARGIN = "negative_margin"
    UNSUPPORTED_TYPE = "unsupported_type"
    SOCIAL_OFF = "social_off"
    UNREADABLE = "unreadable"
    SERVICE_PAUSED = "service_paused"
    SUPPLIER_PAUSED = "supplier_paused"
    STALE = "stale"


@dataclass(eq=False)
class NotEnoughCredit(ShopError):
    """The free credit is `short_by` below the total."""

    short_by: Money
    total: Money


@dataclass(eq=False)
class SoldOut(ShopError):
    """Only `left` are there."""

    left: int


@dataclass(eq=False)
class NotForSale(ShopError):
    """The service cannot be bought now."""

    reason: WhyNotForSale


class QuoteExpired(ShopError):
    """The quote's time is over; a new one has to be asked for."""


@dataclass(eq=False)
class PriceRose(ShopError):
    """The supplier got dearer; `new_quote` holds today's price and nothing was charged."""

    new_quote: QuoteId


class NotYours(ShopError):
    """Not found for this person: the same answer whether it exists or not."""


class Banned(ShopError):
    """An operator has stopped this customer from buying."""


class WhyBadLink(StrEnum):
    """Why a link was refused."""

    NOT_A_LINK = "not_a_link"
    NOT_HTTPS = "not_https"
    TOO_LONG = "too_long"


@dataclass(eq=False)
class BadLink(ShopError):
    """A typed link that cannot be used."""

    why: WhyBadLink


@dataclass(eq=False)
class IllegalMove(ShopError):
    """The order stands where this move cannot start."""

    order: OrderId
    to: str


class AlreadyReversed(ShopError):
    """The transfer has been made undone before; nothing more happens."""


class TooLate(ShopError):
    """Someone else decided first; the newer state is to be shown instead."""


class ShopClosed(ShopError):
    """The shop is in safe mode: nothing is bought, sent or settled until an operator ends it."""


@dataclass(eq=False)
class BooksClosed(ShopError):
    """The database cannot be written or read now; nothing happened. `why` is for the log."""

    why: str


class SupplierError(ShopError):
    """What the conversation with a supplier ended in."""


class NotSent(SupplierError):
    """Nothing left this machine, so nothing can have been ordered."""


class RefusalKind(StrEnum):
    """What a clear no is about, as the supplier's dialect reads it."""

    BAD_KEY = "bad_key"
    """The operator's key is wrong: nothing will work until it is changed."""
    EMPTY_WALLET = "empty_wallet"
    """The operator's own balance at the supplier does not cover the order."""
    OUT_OF_STOCK = "out_of_stock"
    """The supplier has fewer than were ordered."""
    NO_SUCH_ORDER = "no_such_order"
    NO_SUCH_SERVICE = "no_such_service"
    NO_SUCH_THING = "no_such_thing"
    """What was asked for does not exist, and the supplier does not say what that is."""
    OTHER = "other"


NO_SUCH: Final = frozenset(
    {RefusalKind.NO_SUCH_ORDER, RefusalKind.NO_SUCH_SERVICE, RefusalKind.NO_SUCH_THING}
)
"""The supplier has no such thing: enough to know where only one thing was asked about."""


@dataclass(eq=False)
class Refused(SupplierError):
    """A clear no: its kind, and the supplier's words, which only operators may read."""

    said: str
    kind: RefusalKind = RefusalKind.OTHER


@dataclass(eq=False)
class InDoubt(SupplierError):
    """The request left and nothing usable came back."""

    why: str
    said: str = ""


@dataclass(eq=False)
class Throttled(SupplierError):
    """The supplier asked for patience; `retry_after` is bounded."""

    retry_after: timedelta


@dataclass(eq=False)
class Malformed(SupplierError):
    """A reading (catalogue, status, balance) answered something unusable."""

    why: str
