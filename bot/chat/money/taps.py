"""The taps of the wallet and of the desk about credit, and what may be typed about it."""

from __future__ import annotations

from aiogram.filters.callback_data import CallbackData

from bot.chat.kit.context import Form
from bot.chat.kit.taps import Id


class AskTopup(CallbackData, prefix="u"):
    """Ask the operators for what this quote lacks."""

    quote: Id


class TypeTopup(CallbackData, prefix="v"):
    """Ask the operators for an amount that is typed next."""


class OpenWallet(CallbackData, prefix="w"):
    """Credit and its movements."""

    new: bool = False


class UndoChange(CallbackData, prefix="dr"):
    """Reverse a top-up or debit of this customer."""

    transfer: Id
    customer: Id
    sure: bool = False


class DecideTopup(CallbackData, prefix="dc"):
    """Approve or deny a customer's request for credit."""

    request: Id
    approve: bool


class TopupForm(Form, frozen=True, tag="topup"):
    """The amount of credit to ask the operators for is typed."""
