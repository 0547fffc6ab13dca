"""What is bought for a confirmed quote: its own service, or the first that stands in for it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final, NamedTuple

from sqlalchemy import select

from bot.base.ids import OrderId, RemoteId, ServiceId, SupplierName
from bot.base.money import Money
from bot.base.quantity import BadQuantity
from bot.catalog.errors import NotForSale, NotForSaleReason, SoldOut
from bot.catalog.recheck import Recheck
from bot.catalog.standins.rows import list_tied
from bot.catalog.standins.rules import find_difference
from bot.catalog.tables import price_rises, services, suppliers
from bot.db.database import Database
from bot.db.tx import Tx
from bot.orders.kinds import Kinds
from bot.orders.rows import note_event
from bot.orders.rules.moves import Reason, State
from bot.orders.standins.rows import HandedOn, Handover, note_handover
from bot.orders.views import QuoteView


@dataclass(frozen=True, slots=True)
class Instead:
    """What stands in for the service of a quote, and why that is not bought itself."""

    service: ServiceId
    reason: Reason


@dataclass(frozen=True, slots=True)
class Bought:
    """What is bought for a quote. `cost` is today's, None where it cannot be asked."""

    cost: Money | None
    instead: Instead | None = None


class Seller(NamedTuple):
    """Whose queue an order goes to, and what keeps it from going there."""

    supplier: SupplierName
    remote_service: RemoteId
    gone: bool
    paused: bool
    rise: int | None
    pauses: str | None


_OF_SELLER: Final = select(
    services.c.supplier,
    services.c.remote_id,
    services.c.gone,
    services.c.paused,
    price_rises.c.id.label("rise"),
    suppliers.c.pauses,
)
_SELLER: Final = _OF_SELLER.outerjoin(
    price_rises, price_rises.c.service == services.c.id
).outerjoin(suppliers, suppliers.c.name == services.c.supplier)


def load_seller(tx: Tx, quoted: ServiceId, instead: ServiceId) -> Seller:
    """Who sells what stands in for a quoted service. Raises NotForSale once that is untied."""
    if instead not in list_tied(tx, quoted):
        raise NotForSale(NotForSaleReason.SERVICE_PAUSED)
    found = tx.find(Seller, _SELLER.where(services.c.id == instead))
    if found is None:
        raise NotForSale(NotForSaleReason.GONE)
    return found


def note_instead(
    tx: Tx, made: Sequence[OrderId], left: Handover, to: tuple[SupplierName, RemoteId]
) -> None:
    """Write down what the orders of a quote were not bought as, and whose they are.

    `left` has the cost of them all.
    """
    note = HandedOn(left.reason, left.supplier, *to).note
    each = left._replace(cost=Money(left.cost.micros // len(made)))
    for order in made:
        note_handover(tx, order, each)
        note_event(tx, order, State.QUEUED, note=note)


_PASSES: Final = frozenset(
    {
        NotForSaleReason.GONE,
        NotForSaleReason.NEGATIVE_MARGIN,
        NotForSaleReason.PRICE_JUMPED,
        NotForSaleReason.SERVICE_PAUSED,
        NotForSaleReason.STALE,
        NotForSaleReason.SUPPLIER_PAUSED,
    }
)
"""Why a service is not sold though the shop would: what it took off the shelf stays off."""


def _may_be_elsewhere(no: SoldOut | NotForSale | BadQuantity) -> bool:
    return not isinstance(no, NotForSale) or no.reason in _PASSES


@dataclass(frozen=True, slots=True)
class FindInstead:
    """Finds what is bought for a quote whose own service cannot be."""

    db: Database
    recheck: Recheck
    kinds: Kinds

    async def __call__(
        self, quote: QuoteView, no: SoldOut | NotForSale | BadQuantity
    ) -> Bought | None:
        """The first stand-in that has as many for less than was quoted, read again as well.

        One that cannot be asked is left out. A number to be used again is one supplier's alone.
        """
        if quote.reuse is not None or not _may_be_elsewhere(no):
            return None
        is_away = isinstance(no, NotForSale)
        reason = Reason.SUPPLIER_UNAVAILABLE if is_away else Reason.OUT_OF_STOCK
        for one in await self.db.read(list_tied, quote.service):
            cost = None if one == quote.service else await self._cost(quote, one)
            if cost is not None and cost < quote.total:
                return Bought(cost, Instead(one, reason))
        return None

    def check_own(self, quote: QuoteView) -> None:
        """Keep what was quoted of a stand-in from the supplier of the service itself.

        Raises SoldOut where the service was sold out when its supplier was last asked.
        """
        offer = self.recheck.shelf.now.find_offer(quote.service)
        if offer is not None and offer.service.source is not None:
            raise SoldOut(0)

    async def _cost(self, quote: QuoteView, service: ServiceId) -> Money | None:
        """What as many cost of another service today; None where they are not to be had."""
        try:
            known = await self.recheck(service)
        except NotForSale:
            return None
        if known is None or known.hidden is not None:
            return None
        own = self.recheck.shelf.now.find_service(quote.service)
        if known.basis is None or (own is not None and find_difference(own, known) is not None):
            return None
        if quote.quantity not in known.span:
            return None
        return self.kinds[known.kind].cost(known, known.basis, quote.quantity)
