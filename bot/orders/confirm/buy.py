"""One tap on Confirm: looked at again, then placed."""

from __future__ import annotations

from dataclasses import dataclass, replace

from bot.base.clock import Clock
from bot.base.ids import OrderId, QuoteId
from bot.base.money import Money
from bot.base.quantity import BadQuantity
from bot.catalog.errors import NotForSale, SoldOut
from bot.catalog.recheck import Recheck
from bot.db.database import Database, Locks
from bot.orders.place import Purchase, place
from bot.orders.quote import AskQuote, create_quote, load_quote
from bot.orders.rules.errors import PriceRose, QuoteExpired
from bot.orders.standins.confirm import Bought, FindInstead
from bot.orders.views import QuoteView
from bot.people.customers import Customer


@dataclass(frozen=True, slots=True)
class Buy:
    """One tap on Confirm.

    The order of things: the quote is the customer's own, not used, not expired; the supplier's
    stock and price are read again, within bounds (the order of an unreachable supplier waits in
    the queue; what is not to be had is bought as what stands in for it); then one transaction uses
    the quote, makes the order and holds the money. Taps of one customer pass one at a time; across
    processes the database decides.
    """

    db: Database
    recheck: Recheck
    ask_quote: AskQuote
    find_instead: FindInstead
    clock: Clock
    locks: Locks

    async def __call__(
        self, customer: Customer, quote: QuoteId, card: int | None = None
    ) -> OrderId:
        """The order of this quote, whether this tap made it or an earlier one did.

        Raises as `place`, SoldOut, or PriceRose: nothing was charged, a new quote is ready.
        """
        async with self.locks.of(customer.id):
            view = await self.db.read(load_quote, customer.id, quote)
            if view.order is not None:
                return view.order
            if self.clock.now() >= view.expires_at:
                raise QuoteExpired
            bought = await self._bought(customer, view)
            asked = Purchase(customer.id, quote, card, bought.cost, bought.instead)
            return (await self.db.write(place, asked)).order

    async def _bought(self, customer: Customer, quote: QuoteView) -> Bought:
        """What is bought for a quote. Raises SoldOut, NotForSale, BadQuantity, PriceRose."""
        try:
            return Bought(await self._still_as_quoted(customer, quote))
        except (SoldOut, NotForSale, BadQuantity) as no:
            instead = await self.find_instead(quote, no)
            if instead is None:
                raise
            return instead

    async def _still_as_quoted(self, customer: Customer, quote: QuoteView) -> Money | None:
        """Today's cost of an order; None if it is as quoted. Raises SoldOut, PriceRose.

        The price on the card holds while the supplier is no dearer: operators' price rules do not
        touch what was quoted.
        """
        service = await self.recheck(quote.service)
        if service is None:  # nobody answers: what is known of it has to do
            self.find_instead.check_own(quote)
            service = self.recheck.shelf.now.load_quoted(quote.service)
        if quote.quantity > service.span.most:
            raise SoldOut(max(0, service.span.most))
        cost = self.ask_quote.cost(service, quote.quantity)
        if cost <= quote.cost:
            return cost
        fresh = self.ask_quote.draft(customer, quote.service, quote.quantity, quote.link)
        fresh = replace(fresh, reuse=quote.reuse)
        if fresh.total > quote.total:
            raise PriceRose((await self.db.write(create_quote, fresh)).id)
        return fresh.cost
