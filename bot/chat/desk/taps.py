"""The taps of the desk (prefixes that start with `d`), and what may be typed about an order.

`sure` is False on a first tap, which only asks; the second tap, on the screen that says what will
happen, carries True.
"""

from __future__ import annotations

import re
from enum import StrEnum
from typing import ClassVar, Final

from aiogram.filters.callback_data import CallbackData

from bot.base.acts import Permission
from bot.chat.kit.forms import Form
from bot.chat.kit.taps import Count, Id
from bot.desk.details import DeskFilter


class Decision(StrEnum):
    """What an operator may decide about an order; the value travels in taps."""

    NOT_PLACED = "n"
    SEND_AGAIN = "s"
    WRITE_OFF = "w"
    COMPLETE = "c"
    PARTIAL = "p"
    CANCEL = "x"
    KEEP_ASKING = "k"
    TAKE_OVER = "t"
    CALL_OFF = "o"


class OpenDesk(CallbackData, prefix="dh"):
    """The desk at a glance."""


class OpenUser(CallbackData, prefix="du"):
    """A customer's card."""

    needs: ClassVar = Permission.SEE_CUSTOMERS
    customer: Id


class SetBan(CallbackData, prefix="db"):
    """Stop a customer from buying, or allow it again."""

    needs: ClassVar = Permission.CUSTOMERS
    customer: Id
    banned: bool
    sure: bool = False


class OpenOrderDetails(CallbackData, prefix="do"):
    """An order with its history."""

    needs: ClassVar = Permission.SEE
    order: Id


class OpenHistory(CallbackData, prefix="df"):
    """The whole history of an order as a file."""

    needs: ClassVar = Permission.SEE
    order: Id


class Decide(CallbackData, prefix="da"):
    """Decide about an order; `delivered` counts for PARTIAL only.

    `attempt` is the last one that the operator saw: a tap that waited until the order was parked
    a second time decides nothing.
    """

    needs: ClassVar = Permission.ORDERS
    order: Id
    act: Decision
    attempt: Id
    delivered: Count = 0
    sure: bool = False


class TypeRemoteId(CallbackData, prefix="dt"):
    """The supplier's order id is typed next."""

    needs: ClassVar = Permission.ORDERS
    order: Id


class TypeDelivered(CallbackData, prefix="dn"):
    """How many units were delivered is typed next."""

    needs: ClassVar = Permission.ORDERS
    order: Id


class ReadDelivered(CallbackData, prefix="dq"):
    """How many units were meant by a number that can be read in two ways."""

    needs: ClassVar = Permission.ORDERS
    order: Id
    delivered: Count


class AttachId(CallbackData, prefix="dx"):
    """Follow an order under this id of the supplier; the second tap of `TypeRemoteId`."""

    needs: ClassVar = Permission.ORDERS
    order: Id
    remote: str
    attempt: Id


class OpenDeskOrders(CallbackData, prefix="dl"):
    """The orders of everybody."""

    needs: ClassVar = Permission.SEE
    which: DeskFilter = DeskFilter.ALL
    page: Count = 0


class DecideShared(CallbackData, prefix="dk"):
    """Decide about the orders that share their cause with `order`: as many as were read of."""

    needs: ClassVar = Permission.ORDERS
    order: Id
    act: Decision
    count: Count
    sure: bool = False


class OpenSuppliers(CallbackData, prefix="ds"):
    """How the suppliers stand."""

    needs: ClassVar = Permission.SEE


class ResumeSupplier(CallbackData, prefix="dg"):
    """Sell a paused supplier's services again, by its place in the settings and its name's end.

    The name may be longer than a tap can carry; both together never mean another supplier.
    """

    needs: ClassVar = Permission.SUPPLIERS
    place: Count
    ending: str
    sure: bool = False


class ResumeService(CallbackData, prefix="dv"):
    """Sell the service of this order again, after its charge was off."""

    needs: ClassVar = Permission.SUPPLIERS
    order: Id


class DeskAttachForm(Form, frozen=True, tag="desk-attach"):
    """The supplier's id of an order in doubt is typed; `remote` is the one that is shown back."""

    order: int
    remote: str = ""

    def ask_again(self) -> CallbackData:
        """The same step."""
        return TypeRemoteId(order=self.order)


class DeskPartForm(Form, frozen=True, tag="desk-part"):
    """How many units of an order in attention were delivered is typed.

    `delivered` is the number that is shown back.
    """

    order: int
    delivered: int = 0

    def ask_again(self) -> CallbackData:
        """The same step."""
        return TypeDelivered(order=self.order)


_REMOTE_ID: Final = re.compile(r"[A-Za-z0-9._-]{1,32}")
_ENDING: Final = 24


def find_remote_id(typed: str) -> str | None:
    """The typed text as a supplier's id that fits into a tap; None when it cannot be one."""
    shown = typed.strip().removeprefix("#")
    return shown if _REMOTE_ID.fullmatch(shown) else None


def ending_of(name: str) -> str:
    """The part of a supplier's name that travels in a tap."""
    plain = re.sub(r"[^a-z0-9_-]", "", name.lower())
    return plain[-_ENDING:] or "-"
