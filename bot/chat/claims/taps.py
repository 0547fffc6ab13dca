"""The taps of claims: a customer's begin with `p`, an operator's with `k`; and what is sent.

What a customer reports is kept in the form until it is sent: the taps on the way name the order
alone. `seen` is how much was done about an order when the button was shown: a tap of an operator
that comes after more was done decides nothing. `sure` is False on a first tap, which only asks.
"""

from __future__ import annotations

from enum import StrEnum
from typing import ClassVar

from aiogram.filters.callback_data import CallbackData

from bot.base.acts import Permission
from bot.chat.kit.forms import Form
from bot.chat.kit.taps import Count, Id
from bot.orders.rules.claims import ClaimReason


class PickReason(CallbackData, prefix="pr"):
    """What is wrong with an order."""

    order: Id
    reason: ClaimReason


class ToggleUnit(CallbackData, prefix="pt"):
    """One unit is meant, or is not meant any more: tapped twice at once it is the same."""

    order: Id
    piece: Count
    page: Count = 0
    meant: bool = True


class PickUnits(CallbackData, prefix="pp"):
    """All units are meant, or none."""

    order: Id
    every: bool


class OpenUnits(CallbackData, prefix="pg"):
    """The numbers of the units, one page of them."""

    order: Id
    page: Count = 0


class DescribeProblem(CallbackData, prefix="pw"):
    """The words or the picture come next."""

    order: Id


class SkipWords(CallbackData, prefix="pk"):
    """Nothing more is to be said."""

    order: Id


class SendClaim(CallbackData, prefix="ps"):
    """Report the problem."""

    order: Id


class OpenOwnClaim(CallbackData, prefix="pc"):
    """The customer's own report."""

    claim: Id
    new: bool = False


class AddToClaim(CallbackData, prefix="pa"):
    """More is written about a report."""

    claim: Id
    new: bool = False


class WithdrawClaim(CallbackData, prefix="px"):
    """Take a report back."""

    claim: Id
    sure: bool = False


class ShowOwnFile(CallbackData, prefix="pf"):
    """The picture of a letter about the customer's report; 0 is that of the report itself."""

    claim: Id
    letter: Id


class OpenClaims(CallbackData, prefix="ko"):
    """The claims that wait for an operator."""

    needs: ClassVar = Permission.SEE
    page: Count = 0


class OpenClaim(CallbackData, prefix="kc"):
    """One claim as operators see it."""

    needs: ClassVar = Permission.SEE
    claim: Id


class ShowClaimFile(CallbackData, prefix="kf"):
    """The picture of a claim, or with `letter` that of a letter about it, in a new message."""

    needs: ClassVar = Permission.SEE
    claim: Id
    letter: Id = 0


class AnswerClaim(CallbackData, prefix="ka"):
    """Write to the customer."""

    needs: ClassVar = Permission.ORDERS
    claim: Id


class SolveClaim(CallbackData, prefix="ks"):
    """Close a claim: the words are typed next, or with `sure` there are none."""

    needs: ClassVar = Permission.ORDERS
    claim: Id
    sure: bool = False


class Share(StrEnum):
    """For which units money goes back."""

    NAMED = "n"
    SOME = "s"
    """For as many as the tap says."""
    ALL = "a"


class RefundClaim(CallbackData, prefix="kr"):
    """Give money back for units of an order; `units` counts for SOME only."""

    needs: ClassVar = Permission.ORDERS
    claim: Id
    share: Share
    seen: Count
    units: Count = 0
    sure: bool = False


class ReadUnits(CallbackData, prefix="ku"):
    """For how many units money goes back, where the typed number can be read in two ways."""

    needs: ClassVar = Permission.ORDERS
    claim: Id
    units: Count


class ReplaceClaim(CallbackData, prefix="kp"):
    """Order the units that a claim names once more, for nothing."""

    needs: ClassVar = Permission.ORDERS
    claim: Id
    seen: Count
    sure: bool = False


class RefundOrder(CallbackData, prefix="kg"):
    """Give money back for an order without a claim: how much is typed next.

    With `every` all that is left.
    """

    needs: ClassVar = Permission.ORDERS
    order: Id
    every: bool = False


class RefundSure(CallbackData, prefix="kq"):
    """The second tap: give back what was typed, for the reason that was typed."""

    needs: ClassVar = Permission.ORDERS
    order: Id
    seen: Count


class ResendGoods(CallbackData, prefix="kd"):
    """Send the goods of an order into its customer's chat once more."""

    needs: ClassVar = Permission.ORDERS
    order: Id
    seen: Count = 0
    sure: bool = False


class ClaimForm(Form, frozen=True, tag="claim"):
    """A report on its way: `count` units can be told apart, of which `pieces` are meant.

    `asks` is what is typed next: `pieces`, `words`, or `send` when only the last tap is missing.
    """

    order: int
    reason: str
    count: int
    pieces: str
    asks: str = "words"
    said: str = ""
    file: str = ""
    file_kind: str = ""
    album: str = ""
    message: int = 0

    def ask_again(self) -> CallbackData:
        """The step that it has come to."""
        if self.asks == "pieces":
            return OpenUnits(order=self.order)
        words = self.asks == "words"
        return DescribeProblem(order=self.order) if words else SkipWords(order=self.order)


class ClaimLetterForm(Form, frozen=True, tag="claim-letter"):
    """A customer writes about their report."""

    claim: int

    def ask_again(self) -> CallbackData:
        """The same step."""
        return AddToClaim(claim=self.claim)


class ClaimAnswerForm(Form, frozen=True, tag="claim-answer"):
    """An operator writes to a customer about a claim; with `closes` it is closed with that."""

    claim: int
    closes: bool = False

    def ask_again(self) -> CallbackData:
        """The same step."""
        closes = SolveClaim(claim=self.claim)
        return closes if self.closes else AnswerClaim(claim=self.claim)


class RefundUnitsForm(Form, frozen=True, tag="claim-units"):
    """An operator types for how many units money goes back."""

    claim: int

    def ask_again(self) -> CallbackData:
        """The same step."""
        return OpenClaim(claim=self.claim)


class RefundForm(Form, frozen=True, tag="goodwill"):
    """An operator types how much goes back for an order, in micro-units, and then why."""

    order: int
    seen: int
    amount: int = 0
    reason: str = ""

    def ask_again(self) -> CallbackData:
        """The same step."""
        return RefundOrder(order=self.order)
