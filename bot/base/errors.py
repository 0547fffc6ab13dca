"""Every way the shop says no, as typed facts; the wording lives in `bot.chat.errors`.

ShopError
  NotYours                      somebody else's order, quote or goods, or one that never was
  NotAllowed(permission)        an operator whose role does not permit it
    RefundTooLarge(most)        more than this operator's role may give back
  Banned                        this customer may look but not buy
  TooLate                       what the tap asked for has been decided by someone else
  ShopClosed                    restored from a copy, and no operator has looked at it yet
  DatabaseUnavailable(why)              the database is locked, read-only or full; nothing was done
    PerhapsDone                 it went away at the commit, which may be done all the same

  in `bot.catalog`
  SoldOut(left)                 fewer in stock than wanted
  NotForSale(reason)            hidden, paused, unknown basis, sales switched off, gone
  BadQuantity                   not a quantity that can be ordered

  in `bot.money`
  NotEnoughCredit(short_by)     the customer's free credit does not cover it
  AlreadyReversed               the transfer was made undone before

  in `bot.orders`
  QuoteExpired                  the ten minutes are over
  OverLimit(orders, spend)      more than an operator lets this customer buy
  PriceRose(new_quote)          the supplier got dearer; nothing was charged
  IllegalMove(order, to)        the order is not in a state from which it may go there
  BadLink(why)                  a link that the service cannot use

  in `bot.suppliers`
  SupplierError                 what the wire said, in five words
    NotSent                     nothing left this machine: it may be tried again
    Refused(said)               a clear no: the money goes back
    InDoubt(why)                it left and no usable answer came: park, never send again
    Throttled(retry_after)      the supplier asked us to wait; nothing was done
    Malformed(why)              a reading whose answer cannot be used
"""

from __future__ import annotations

from dataclasses import dataclass

from bot.base.acts import Permission
from bot.base.money import Money


class ShopError(Exception):
    """The root of every refusal that a person may read about."""


class NotYours(ShopError):
    """Not found for this person: the same answer whether it exists or not."""


@dataclass(eq=False)
class NotAllowed(ShopError):
    """The operator's role does not permit it; nothing was done."""

    permission: Permission


@dataclass(eq=False)
class RefundTooLarge(NotAllowed):
    """The operator's role may give back `most` at once, and this is more."""

    most: Money


class Banned(ShopError):
    """An operator has stopped this customer from buying."""


class TooLate(ShopError):
    """Someone else decided first; the newer state is to be shown instead."""


class ShopClosed(ShopError):
    """The shop is in safe mode: nothing is bought, sent or settled until an operator ends it."""


@dataclass(eq=False)
class DatabaseUnavailable(ShopError):
    """The database cannot be written or read now; nothing happened. `why` is for the log."""

    why: str


class PerhapsDone(DatabaseUnavailable):
    """The database had the commit and was gone before its answer: it is done, or undone."""
