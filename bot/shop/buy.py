"""Buy: use a quote once. The supplier is asked first, so that nobody pays for what is gone."""

from __future__ import annotations

from dataclasses import dataclass, replace

from bot.domain.errors import PriceRose, QuoteExpired, SoldOut
from bot.domain.ids import OrderId, QuoteId
from bot.domain.money import Money
from bot.ops.clock import Clock
from bot.shop.locks import Locks
from bot.shop.look_again import LookAgain
from bot.shop.ports import Purchase
from bot.shop.quote import AskQuote
from bot.shop.views import Customer, QuoteView
from bot.storage import placing, sales
from bot.storage.database import Database


@dataclass(frozen=True, slots=True)
class Buy:
    """One tap on Confirm.

    The order of things: the quote is the customer's own, not used, not expired; the supplier's
    stock and price are read again (bounded, and an unreachable supplier is no obstacle: the order
    then waits in the queue); then one transaction uses the quote, makes the order and holds the
    money. Taps of one customer pass one at a time; across processes the database decides.
    """

    db: Database
    look_again: LookAgain
    ask_quote: AskQuote
    clock: Clock
    locks: Locks

    async def __call__(
        self, customer: Customer, quote: QuoteId, card: int | None = None
    ) -> OrderId:
        """The order of this quote, whether this tap made it or an earlier one did.

        Raises:
            NotYours, QuoteExpired, Banned, NotEnoughCredit, NotForSale, SoldOut: nothing happened.
            PriceRose: nothing was charged, a new quote is ready.
        """
        async with self.locks.of(customer.id):
            view = await self.db.read(sales.load_quote, customer.id, quote)
            if view.order is not None:
                return view.order
            if self.clock.now() >= view.expires_at:
                raise QuoteExpired
            cost = await self._still_as_quoted(customer, view)
            asked = Purchase(customer.id, quote, card, cost)
            return (await self.db.write(placing.place, asked)).order

    async def _still_as_quoted(self, customer: Customer, quote: QuoteView) -> Money | None:
        """Let an unchanged or cheaper service pass, and one whose supplier cannot be asked.

        Returns:
            What the supplier should charge at today's rate; None when it could not be asked.
        """
        offer = await self.look_again(quote.service)
        if offer is None:
            return None
        span = offer.service.span
        if quote.quantity > span.most:
            raise SoldOut(max(0, span.most))
        fresh = self.ask_quote.draft(customer, quote.service, quote.quantity, quote.link)
        fresh = replace(fresh, reuse=quote.reuse)
        if fresh.total > quote.total:
            raise PriceRose((await self.db.write(sales.create_quote, fresh)).id)
        return fresh.cost
