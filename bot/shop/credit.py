"""Credit, granted and taken back by operators: each command counts once."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from bot.domain.digits import western_digits
from bot.domain.ids import CustomerId, TransferId
from bot.domain.money import Money
from bot.shop.ports import Books, Clock, Customers, MoneyOrder
from bot.shop.views import Change, Customer, TopupRequest, WalletView

_LONGEST_ID: Final = 18


@dataclass(frozen=True, slots=True)
class Credit:
    """The wallet's verbs. `actor` is an operator's id as text, written beside every transfer."""

    books: Books
    customers: Customers
    clock: Clock

    async def wallet(self, customer: CustomerId) -> WalletView:
        """What a customer has, holds and did."""
        return await self.books.wallet(customer)

    async def find_customer(self, who: str) -> Customer | None:
        """By `123` in the digits of any script, `@name` or `name`."""
        number = western_digits(who)
        if number.isascii() and number.isdigit() and len(number) <= _LONGEST_ID:
            return await self.customers.find(CustomerId(int(number)))
        return await self.customers.find_by_username(who.removeprefix("@"))

    async def top_up(
        self, customer: CustomerId, amount: Money, update: int, actor: str, note: str = ""
    ) -> Change:
        """Grant credit once per update id."""
        order = MoneyOrder(f"tm:{update}", actor, note)
        return await self.books.top_up(customer, amount, order, self.clock.now())

    async def debit(
        self, customer: CustomerId, amount: Money, update: int, actor: str, note: str = ""
    ) -> Change:
        """Take credit back once per update id. Raises NotEnoughCredit."""
        order = MoneyOrder(f"tm:{update}", actor, note)
        return await self.books.debit(customer, amount, order, self.clock.now())

    async def undo(self, transfer: TransferId, actor: str) -> Change:
        """Reverse a top-up or debit. Raises AlreadyReversed, NotEnoughCredit, NotYours."""
        return await self.books.undo(transfer, actor, self.clock.now())

    async def ask(self, customer: CustomerId, amount: Money) -> bool:
        """Ask the operators for credit; False when they have been asked already."""
        _, fresh = await self.books.ask_topup(customer, amount, self.clock.now())
        return fresh

    async def load_request(self, request: int) -> TopupRequest:
        """A request for credit. Raises NotYours."""
        return await self.books.load_topup(request)

    async def decide(self, request: int, actor: str, *, approve: bool) -> Change | None:
        """Approve or deny a request, once. Raises TooLate."""
        return await self.books.decide_topup(request, actor, self.clock.now(), approve=approve)
