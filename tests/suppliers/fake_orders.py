"""What the supplier in memory has taken on, orders and numbers, and its ways to say no."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from datetime import datetime
from decimal import Decimal

from bot.suppliers.dialects.hstockplus import HSTOCKPLUS
from bot.suppliers.errors import RefusalKind, Refused
from bot.suppliers.port import NumberAnswer
from bot.suppliers.progress import Progress
from bot.suppliers.words import Code

NOTHING = Decimal(0)


def bad_key() -> Refused:
    return Refused("Invalid API key", RefusalKind.BAD_KEY)


def empty_wallet() -> Refused:
    return Refused("Insufficient balance", RefusalKind.EMPTY_WALLET)


def out_of_stock(left: int = 0) -> Refused:
    return Refused(f"Insufficient stock. Available: {left}.", RefusalKind.OUT_OF_STOCK)


def no_such_service() -> Refused:
    return Refused("Service not found", RefusalKind.NO_SUCH_SERVICE)


def no_such_order() -> Refused:
    return Refused("Order not found", RefusalKind.NO_SUCH_ORDER)


def too_few(least: int = 1) -> Refused:
    """A no that is about none of these."""
    return Refused(f"Minimum quantity is {least}.")


def number_says(status: str, code: str = "") -> NumberAnswer:
    """How a number stands, in the supplier's own spelling."""
    stage, word = HSTOCKPLUS.stage(status), HSTOCKPLUS.rental_word(status)
    return NumberAnswer(status, stage, word, f"status: {status}", code=code)


@dataclass
class FakeOrder:
    """An order; the supplier keeps `charge` of the operator's money."""

    quantity: int
    cost: Decimal
    currency: str = "USD"
    status: str = "In progress"
    charge: Decimal = field(init=False)
    remains: int = field(init=False)
    accounts: tuple[str, ...] | None = None

    def __post_init__(self) -> None:
        self.charge, self.remains = self.cost, self.quantity

    @property
    def progress(self) -> Progress:
        """The order as a status answer tells it."""
        return Progress(
            self.status,
            HSTOCKPLUS.stage(self.status),
            self.charge,
            self.currency,
            self.remains,
            remains_said=True,
            accounts=self.accounts,
        )

    def delivers(self, *accounts: str) -> None:
        """Completed, with everything that was ordered."""
        self.status, self.remains, self.accounts = "Completed", 0, accounts

    def stops(self, *accounts: str) -> None:
        """Partial: so much came, and the rest of the money is given back."""
        self.status, self.accounts = "Partial", accounts
        self.remains = self.quantity - len(accounts)
        self.charge = self.cost / self.quantity * len(accounts)

    def calls_off(self) -> None:
        """Canceled, and all money given back."""
        self.status, self.charge = "Canceled", NOTHING


@dataclass
class FakeNumber:
    """A rented number: what is said of it, and its newest code in full."""

    answer: NumberAnswer
    price: Decimal = NOTHING
    newest: Code | None = None

    @classmethod
    def rented(cls, phone: str, price: Decimal, currency: str, expires_at: datetime) -> FakeNumber:
        answer = replace(
            number_says("active"),
            phone=phone,
            charge=NOTHING,
            currency=currency,
            expires_at=expires_at,
        )
        return cls(answer, price)

    def texts(self, code: str) -> None:
        """A code comes; only then does the number cost something."""
        self._turns("code_received")
        self.answer = replace(self.answer, code=code, charge=self.price)
        self.newest = Code(code, f"Your verification code is {code}")

    def ends(self, status: str) -> None:
        """It is called off, or its time is over."""
        self._turns(status)

    def _turns(self, status: str) -> None:
        said = number_says(status)
        self.answer = replace(
            self.answer, status=status, stage=said.stage, word=said.word, said=said.said
        )


def spent(orders: Iterable[FakeOrder], numbers: Iterable[FakeNumber]) -> Decimal:
    """What is kept of the operator's money as things stand."""
    charged = [order.charge for order in orders]
    return sum([*charged, *(number.answer.charge or NOTHING for number in numbers)], NOTHING)
