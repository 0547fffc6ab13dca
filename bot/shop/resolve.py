"""Resolve a parked order: an operator's decision, made once, written down with a name."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from bot.domain.catalog import Kind
from bot.domain.errors import NO_SUCH, IllegalMove, Malformed, Refused, SupplierError
from bot.domain.ids import OrderId, RemoteId
from bot.domain.order import Reason, State
from bot.shop.ports import Clock, Decisions, Records
from bot.shop.suppliers import Suppliers
from bot.shop.views import Dossier, OrderView

_FORGOTTEN: Final = "the settings no longer name this supplier"


@dataclass(frozen=True, slots=True)
class Resolve:
    """The four decisions about an order in doubt, and the ways out of attention."""

    decisions: Decisions
    records: Records
    suppliers: Suppliers
    clock: Clock

    async def attach(self, order: OrderId, remote: RemoteId, actor: str) -> OrderView:
        """The supplier did take it: follow the order under this id, after reading its status.

        Raises:
            SupplierError: the supplier does not know the id, or cannot be asked now.
            TooLate: the id belongs to another order of ours.
            IllegalMove: the order is not in doubt any more.
        """
        dossier = await self._in_doubt(order, State.ACTIVE)
        supplier = self.suppliers.find(dossier.supplier)
        if supplier is None:
            raise Malformed(_FORGOTTEN)
        if dossier.order.kind is Kind.NUMBER:
            await supplier.number_status(remote)
        else:
            await supplier.status(remote)
        return await self.decisions.attach(order, remote, actor, self.clock.now())

    async def not_placed(self, order: OrderId, actor: str) -> OrderView:
        """The supplier never took it: the money goes back."""
        return await self.decisions.fail(order, Reason.NOT_PLACED, actor, self.clock.now())

    async def write_off(self, order: OrderId, actor: str) -> OrderView:
        """It may have been taken and is lost: the money goes back, the cost is the shop's."""
        return await self.decisions.fail(order, Reason.WRITTEN_OFF, actor, self.clock.now())

    async def send_again(self, order: OrderId, actor: str) -> OrderView:
        """Place it once more, knowing that it may arrive twice."""
        return await self.decisions.send_again(order, actor, self.clock.now())

    async def end(self, order: OrderId, delivered: int, actor: str) -> OrderView:
        """Close an order in attention by how many units the customer really got."""
        return await self.decisions.end(order, delivered, actor, self.clock.now())

    async def keep_polling(self, order: OrderId, actor: str) -> OrderView:
        """Go on asking the supplier about an order in attention."""
        return await self.decisions.keep_polling(order, actor, self.clock.now())

    async def _in_doubt(self, order: OrderId, to: State) -> Dossier:
        dossier = await self.records.dossier(order)
        if dossier is None or dossier.order.state is not State.IN_DOUBT:
            raise IllegalMove(order, to)
        return dossier


def is_unknown_id(failure: SupplierError) -> bool:
    """Whether the supplier said that it has no such order."""
    return isinstance(failure, Refused) and failure.kind in NO_SUCH
