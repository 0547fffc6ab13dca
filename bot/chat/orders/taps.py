"""The taps of buying and of orders, and what may be typed on the way to one."""

from __future__ import annotations

from aiogram.filters.callback_data import CallbackData

from bot.chat.kit.forms import Form
from bot.chat.kit.taps import Count, Id


class PickQuantity(CallbackData, prefix="q"):
    """The quantity step; 0 stands for the service's own minimum."""

    service: Id
    quantity: Count = 0
    new: bool = False


class TakeQuantity(CallbackData, prefix="t"):
    """The quantity is chosen: the link or the confirm card comes next."""

    service: Id
    quantity: Count


class EndOfSpan(CallbackData, prefix="qe"):
    """A step beyond the fewest or the most that can be ordered at once."""

    service: Id
    quantity: Count


class ReadQuantity(CallbackData, prefix="tq"):
    """Which quantity was meant by what can be read in two ways; taken as if typed clearly."""

    service: Id
    quantity: Count


class Confirm(CallbackData, prefix="y"):
    """Buy what the quote says."""

    quote: Id


class OpenOrders(CallbackData, prefix="o"):
    """The customer's orders."""

    page: Count = 0
    only_open: bool = False
    new: bool = False


class OpenOrder(CallbackData, prefix="i"):
    """One order as a card."""

    order: Id
    new: bool = False


class OrderAgain(CallbackData, prefix="oa"):
    """The confirm card for the same as an earlier order, at today's price."""

    order: Id
    new: bool = False


class ShowGoods(CallbackData, prefix="g"):
    """The goods of an order, as new messages."""

    order: Id


class ReportProblem(CallbackData, prefix="p"):
    """Something is wrong with an order: begin a report, or open the one that is open."""

    order: Id


class CancelOrder(CallbackData, prefix="x"):
    """End an order that has not left yet; `live` when tapped on the order's own card."""

    order: Id
    live: bool = False


class QuantityForm(Form, frozen=True, tag="quantity"):
    """A quantity of a service is typed; with a `quote` in the place of the one it holds."""

    service: int
    quote: int = 0

    def ask_again(self) -> CallbackData:
        """The quantity step."""
        return PickQuantity(service=self.service)


class LinkForm(Form, frozen=True, tag="link"):
    """The link of a social service is typed; the quantity has been chosen.

    With a `quote` it is typed in the place of the one that this holds.
    """

    service: int
    quantity: int
    quote: int = 0

    def ask_again(self) -> CallbackData:
        """The link step."""
        return TakeQuantity(service=self.service, quantity=self.quantity)
