"""Services that wait for an operator's word about their supplier's new price."""

from __future__ import annotations

from dataclasses import dataclass

from bot.base.ids import ServiceId
from bot.catalog.alerts.price_jumps import RateChange, named_price
from bot.catalog.errors import NotForSaleReason
from bot.catalog.rises.rows import PriceRise, list_all_rises
from bot.catalog.rules import Offer
from bot.catalog.shelf import Shelf
from bot.db.tx import Tx
from bot.outbox.supplier_notices import JumpedPrice


@dataclass(frozen=True, slots=True)
class RiseCard:
    """A service that waits; `prices` are what customers paid and would pay, None beyond money."""

    rise: PriceRise
    offer: Offer
    prices: JumpedPrice | None


def list_rise_cards(tx: Tx, shelf: Shelf) -> tuple[RiseCard, ...]:
    """What nothing but its price keeps from being sold; what is kept hidden stands last."""
    found = [_card(shelf, rise) for rise in list_all_rises(tx)]
    cards = [card for card in found if card is not None]
    return tuple(sorted(cards, key=lambda card: (card.rise.kept, card.rise.supplier)))


def count_asked(tx: Tx, shelf: Shelf) -> int:
    """How many wait for a word; those kept hidden do not."""
    waiting = (rise.service for rise in list_all_rises(tx) if not rise.kept)
    return sum(_find_offer(shelf, service) is not None for service in waiting)


def _card(shelf: Shelf, rise: PriceRise) -> RiseCard | None:
    offer = _find_offer(shelf, rise.service)
    if offer is None:
        return None
    return RiseCard(rise, offer, named_price(offer, RateChange(rise.before, rise.after)))


def _find_offer(shelf: Shelf, service: ServiceId) -> Offer | None:
    offer = shelf.find_shown(service)
    waits = offer is not None and offer.service.hidden is NotForSaleReason.PRICE_JUMPED
    return offer if waits else None
