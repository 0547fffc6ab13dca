"""Attach a supplier's order to one of ours that is in doubt."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from sqlalchemy.exc import IntegrityError

from bot.domain.acts import Act
from bot.domain.errors import (
    NO_SUCH,
    IllegalMove,
    Malformed,
    Refused,
    SupplierError,
    TooLate,
)
from bot.domain.ids import OrderId, RemoteId
from bot.domain.order import State
from bot.shop.suppliers import Suppliers
from bot.shop.views import Dossier, OrderView
from bot.storage import decisions, records
from bot.storage.database import Database
from bot.storage.kinds import Kinds

_FORGOTTEN: Final = "the settings no longer name this supplier"


@dataclass(frozen=True, slots=True)
class Attach:
    """The decision that needs the supplier: it did take the order, under this id."""

    db: Database
    kinds: Kinds
    suppliers: Suppliers

    async def __call__(self, act: Act, order: OrderId, remote: RemoteId) -> OrderView:
        """Follow the order under this id, after reading its status.

        Raises:
            SupplierError: the supplier does not know the id, or cannot be asked now.
            TooLate: the id belongs to another order of ours.
            IllegalMove: the order is not in doubt any more.
        """
        dossier = await self._in_doubt(order)
        supplier = self.suppliers.find(dossier.supplier)
        if supplier is None:
            raise Malformed(_FORGOTTEN)
        await self.kinds[dossier.order.kind].ask(supplier, remote)
        try:
            return await self.db.write(decisions.attach, act, order, remote)
        except IntegrityError:  # another process attached it in the same instant
            raise TooLate from None

    async def _in_doubt(self, order: OrderId) -> Dossier:
        dossier = await self.db.read(records.dossier, order)
        if dossier is None or dossier.order.state is not State.IN_DOUBT:
            raise IllegalMove(order, State.ACTIVE)
        return dossier


def is_unknown_id(failure: SupplierError) -> bool:
    """Whether the supplier said that it has no such order."""
    return isinstance(failure, Refused) and failure.kind in NO_SUCH
