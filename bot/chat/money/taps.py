"""The taps of the wallet and of the desk about credit, and what may be typed about it.

What customers tap about their request begins with `v`, what operators tap about it with `r`, and
what a second operator taps with `j`.
"""

from __future__ import annotations

from typing import Annotated, ClassVar

from aiogram.filters.callback_data import CallbackData
from pydantic import Field

from bot.base.acts import Permission
from bot.chat.kit.forms import Form
from bot.chat.kit.taps import Count, Id, Key

Micros = Annotated[int, Field(ge=1, le=10**18 - 1)]
"""An amount in micro-units, as large as it can be typed."""


class AskTopup(CallbackData, prefix="u"):
    """Ask the operators for what this quote lacks."""

    quote: Id


class TypeTopup(CallbackData, prefix="v"):
    """Ask the operators for an amount that is typed next."""


class AskAmount(CallbackData, prefix="va"):
    """Ask the operators for what was meant by an amount that can be read in two ways.

    With a `request` this is the amount that it is changed to.
    """

    amount: Micros
    request: Id = 0


class OpenMyRequest(CallbackData, prefix="vr"):
    """A customer's own request for a top-up."""

    request: Id
    new: bool = False


class SendProof(CallbackData, prefix="vp"):
    """What shows that the customer has paid is sent next."""

    request: Id
    new: bool = False


class KeepProof(CallbackData, prefix="vk"):
    """What was typed last is the number of the payment, and no amount."""

    request: Id


class ChangeAmount(CallbackData, prefix="vc"):
    """Another amount for a request is typed next."""

    request: Id


class WithdrawRequest(CallbackData, prefix="vw"):
    """Call a request back."""

    request: Id


class AnswerQuestion(CallbackData, prefix="vq"):
    """The answer to what an operator asked about a request is sent next."""

    request: Id
    new: bool = False


class OpenWallet(CallbackData, prefix="w"):
    """Credit and its movements."""

    new: bool = False


class UndoChange(CallbackData, prefix="dr"):
    """Reverse a top-up or debit of this customer."""

    needs: ClassVar = Permission.CREDIT
    transfer: Id
    customer: Id
    sure: bool = False


class OpenRequests(CallbackData, prefix="rq"):
    """The open requests for top-ups one after the other, the oldest first."""

    needs: ClassVar = Permission.CREDIT
    page: Count = 0


class OpenRequest(CallbackData, prefix="ro"):
    """One request for a top-up, whatever became of it."""

    needs: ClassVar = Permission.CREDIT
    request: Id
    new: bool = False


class ApproveTopup(CallbackData, prefix="rv"):
    """Give what a request asks for; `version` is the one whose amount was read."""

    needs: ClassVar = Permission.CREDIT
    request: Id
    version: Count
    sure: bool = False


class TypeOtherAmount(CallbackData, prefix="rt"):
    """Another amount than the one that a request asks for is typed next."""

    needs: ClassVar = Permission.CREDIT
    request: Id
    version: Count


class GiveOtherAmount(CallbackData, prefix="rg"):
    """Give this amount for a request, after it was asked back."""

    needs: ClassVar = Permission.CREDIT
    request: Id
    version: Count
    amount: Micros


class ChooseDenial(CallbackData, prefix="rc"):
    """The reasons that a request may be denied for."""

    needs: ClassVar = Permission.CREDIT
    request: Id


class DenyTopup(CallbackData, prefix="rd"):
    """Deny a request for one of the shop's own reasons, or without any."""

    needs: ClassVar = Permission.CREDIT
    request: Id
    reason: Key = ""


class TypeDenial(CallbackData, prefix="rw"):
    """The reason that a request is denied for is typed next."""

    needs: ClassVar = Permission.CREDIT
    request: Id


class AskCustomer(CallbackData, prefix="rk"):
    """A question to the customer about their request is typed next."""

    needs: ClassVar = Permission.CREDIT
    request: Id


class ShowProof(CallbackData, prefix="rp"):
    """The files that a customer sent with a request, as new messages."""

    needs: ClassVar = Permission.CREDIT
    request: Id


class OpenApprovals(CallbackData, prefix="jq"):
    """All credit that needs a second operator, one after the other, the oldest first."""

    needs: ClassVar = Permission.CREDIT
    page: Count = 0


class OpenApproval(CallbackData, prefix="jo"):
    """Credit that needs a second operator."""

    needs: ClassVar = Permission.CREDIT
    approval: Id


class AgreeToCredit(CallbackData, prefix="ja"):
    """Agree to credit that another operator gives."""

    needs: ClassVar = Permission.CREDIT
    approval: Id


class RefuseCredit(CallbackData, prefix="jr"):
    """Refuse credit that another operator gives, or take one's own back."""

    needs: ClassVar = Permission.CREDIT
    approval: Id


class ChooseAmount(CallbackData, prefix="dm"):
    """What was meant by a command of this `message`, by its place in `MoneyForm`.

    `gives` is of /topup, which says how the command is written when its form is closed by now.
    """

    needs: ClassVar = Permission.CREDIT
    message: Id
    place: Count
    gives: bool


class DropAmount(CallbackData, prefix="dd"):
    """Nothing was meant by a money command."""

    needs: ClassVar = Permission.CREDIT


class MoneyForm(Form, frozen=True, tag="desk-money"):
    """A money command that is asked back, kept until a button says what is meant.

    `key` names the command's message, `who` is the id of the customer that was shown. Amounts are
    micro-units, with the note of each beside them.
    """

    key: str
    gives: bool
    who: str
    amounts: tuple[int, ...]
    notes: tuple[str, ...]


class TopupForm(Form, frozen=True, tag="topup"):
    """An amount is typed to ask the operators for, or to change a `request` to."""

    request: int = 0

    def ask_again(self) -> CallbackData:
        """The same step."""
        return ChangeAmount(request=self.request) if self.request else TypeTopup()


class ProofForm(Form, frozen=True, tag="topup-proof"):
    """What shows that the customer has paid is sent; `said` may be that or another amount."""

    request: int
    said: str = ""

    def ask_again(self) -> CallbackData:
        """The same step."""
        return SendProof(request=self.request)


class AnswerForm(Form, frozen=True, tag="topup-answer"):
    """The answer to an operator's question about a request is sent."""

    request: int

    def ask_again(self) -> CallbackData:
        """The same step."""
        return AnswerQuestion(request=self.request)


class OtherAmountForm(Form, frozen=True, tag="desk-request-amount"):
    """Another amount than the one that a request asks for is typed."""

    request: int
    version: int

    def ask_again(self) -> CallbackData:
        """The same step."""
        return TypeOtherAmount(request=self.request, version=self.version)


class DenialForm(Form, frozen=True, tag="desk-request-denial"):
    """The reason that a request is denied for is typed."""

    request: int

    def ask_again(self) -> CallbackData:
        """The same step."""
        return TypeDenial(request=self.request)


class QuestionForm(Form, frozen=True, tag="desk-request-question"):
    """A question to the customer about their request is typed."""

    request: int

    def ask_again(self) -> CallbackData:
        """The same step."""
        return AskCustomer(request=self.request)
