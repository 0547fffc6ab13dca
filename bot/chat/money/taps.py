"""The taps of the wallet and of the desk about credit, and what may be typed about it."""

from __future__ import annotations

from typing import Annotated, ClassVar

from aiogram.filters.callback_data import CallbackData
from pydantic import Field

from bot.base.acts import Permission
from bot.chat.kit.context import Form
from bot.chat.kit.taps import Count, Id

Micros = Annotated[int, Field(ge=1, le=10**18 - 1)]
"""An amount in micro-units, as large as it can be typed."""


class AskTopup(CallbackData, prefix="u"):
    """Ask the operators for what this quote lacks."""

    quote: Id


class TypeTopup(CallbackData, prefix="v"):
    """Ask the operators for an amount that is typed next."""


class AskAmount(CallbackData, prefix="va"):
    """Ask the operators for what was meant by an amount that can be read in two ways."""

    amount: Micros


class OpenWallet(CallbackData, prefix="w"):
    """Credit and its movements."""

    new: bool = False


class UndoChange(CallbackData, prefix="dr"):
    """Reverse a top-up or debit of this customer."""

    needs: ClassVar = Permission.CREDIT
    transfer: Id
    customer: Id
    sure: bool = False


class DecideTopup(CallbackData, prefix="dc"):
    """Approve or deny a customer's request for credit."""

    needs: ClassVar = Permission.CREDIT
    request: Id
    approve: bool


class ChooseAmount(CallbackData, prefix="dm"):
    """What was meant by a command of this `message`, by its place in `MoneyForm`.

    `gives` is of /topup, which says how the command is written when its form is closed by now.
    """

    needs: ClassVar = Permission.CREDIT
    message: Id
    place: Count
    gives: bool


class MoneyForm(Form, frozen=True, tag="desk-money"):
    """A money command that can be read in two ways, kept until a button says which is meant.

    `key` names the command's message. Amounts are micro-units, with the note of each beside them.
    """

    key: str
    gives: bool
    who: str
    amounts: tuple[int, ...]
    notes: tuple[str, ...]


class TopupForm(Form, frozen=True, tag="topup"):
    """The amount of credit to ask the operators for is typed."""
