"""Rented numbers: as their customers reach them, and as workers look at them."""

from __future__ import annotations

from dataclasses import dataclass

from bot.domain.ids import OrderId, RemoteId, SupplierName
from bot.domain.rental import Code, RentalState


@dataclass(frozen=True, slots=True)
class DueNumber:
    """A number whose look is due. `known` are the codes that came before."""

    order: OrderId
    supplier: SupplierName
    remote: RemoteId
    state: RentalState
    known: tuple[Code, ...] = ()
