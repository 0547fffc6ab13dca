"""The ledger's words: accounts, transfers, and the keys that make each of them happen once."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import Final, NewType

from bot.base.ids import CustomerId, OrderId, TransferId
from bot.base.keys import capture_key, hold_key, refund_key, release_key
from bot.base.money import Money

Account = NewType("Account", str)

SALES: Final = Account("sales")
MANUAL: Final = Account("world:manual")
HOLD: Final = "hold"
"""The kind of an account that holds, and what its name begins with."""


def customer_account(customer: CustomerId) -> Account:
    """A customer's free credit; never negative."""
    return Account(f"customer:{customer}")


def hold_account(order: OrderId) -> Account:
    """What an open order holds; never negative, zero once it ended."""
    return Account(f"{HOLD}:{order}")


class TransferKind(StrEnum):
    """What a transfer is; the wallet has a sentence for each."""

    TOPUP = "topup"
    DEBIT = "debit"
    HOLD = "hold"
    CAPTURE = "capture"
    RELEASE = "release"
    REVERSE = "reverse"
    REFUND = "refund"


class TopupDecision(StrEnum):
    """What became of a request for credit."""

    OPEN = ""
    APPROVED = "approved"
    DENIED = "denied"
    WITHDRAWN = "withdrawn"
    """By the customer."""


class ApprovalDecision(StrEnum):
    """What became of credit that needs a second operator."""

    WAITING = ""
    AGREED = "agreed"
    REFUSED = "refused"
    WITHDRAWN = "withdrawn"
    """By who asked for it, or because it was settled in another way."""


@dataclass(frozen=True, slots=True)
class Transfer:
    """One movement debit -> credit of a positive amount; `key` is unique over all time."""

    debit: Account
    credit: Account
    amount: Money
    kind: TransferKind
    key: str
    order: OrderId | None = None
    actor: str = ""
    reason: str = ""
    reverses: TransferId | None = None


def topup(customer: CustomerId, amount: Money, key: str, actor: str, reason: str) -> Transfer:
    """Credit that an operator grants; `key` names the command or the tap that asked for it."""
    account = customer_account(customer)
    return Transfer(MANUAL, account, amount, TransferKind.TOPUP, key, None, actor, reason)


def debit(customer: CustomerId, amount: Money, key: str, actor: str, reason: str) -> Transfer:
    """Credit that an operator takes back; `key` names the command that asked for it."""
    account = customer_account(customer)
    return Transfer(account, MANUAL, amount, TransferKind.DEBIT, key, None, actor, reason)


def hold(customer: CustomerId, order: OrderId, amount: Money) -> Transfer:
    """The customer's money set aside for an order."""
    source, aside = customer_account(customer), hold_account(order)
    return Transfer(source, aside, amount, TransferKind.HOLD, hold_key(order), order)


def capture(order: OrderId, amount: Money, actor: str = "") -> Transfer:
    """Held money that has been earned."""
    aside = hold_account(order)
    return Transfer(aside, SALES, amount, TransferKind.CAPTURE, capture_key(order), order, actor)


def release(customer: CustomerId, order: OrderId, amount: Money, actor: str = "") -> Transfer:
    """Held money that goes back to the customer."""
    aside, back = hold_account(order), customer_account(customer)
    return Transfer(aside, back, amount, TransferKind.RELEASE, release_key(order), order, actor)


def refund(
    customer: CustomerId, order: OrderId, remedy: int, amount: Money, actor: str, reason: str
) -> Transfer:
    """Money that was captured for an order and goes back, as this `remedy` of it."""
    back, key = customer_account(customer), refund_key(order, remedy)
    return Transfer(SALES, back, amount, TransferKind.REFUND, key, order, actor, reason)


@dataclass(frozen=True, slots=True)
class Wallet:
    """A customer's money: free to spend, and held for open orders."""

    free: Money
    held: Money
