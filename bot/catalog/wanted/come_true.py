"""Which watches have come true, read so that nobody's tap waits for it.

To make an offer of a stored row takes long where thousands of services are watched. What only has
to cost less is therefore looked at again when its rate has changed since, or its category, on
which it depends what the rate is for; all is looked at again when a price rule has changed.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from typing import NamedTuple

from sqlalchemy import Select, exists, func, or_, select

from bot.base.ids import CategoryId, ServiceId
from bot.base.money import Money
from bot.catalog.basis.rows import load_bases
from bot.catalog.hiding.rows import load_hiding
from bot.catalog.prices.rows import load_prices, load_rules
from bot.catalog.prices.rules import PriceRule, Rules
from bot.catalog.rules import TOO_OLD, Offer, ShelfRules, offer_of
from bot.catalog.selection.selection import Selection
from bot.catalog.standing import list_paused
from bot.catalog.store import load_some
from bot.catalog.tables import services, watches
from bot.catalog.wanted.reasons import WatchReason
from bot.catalog.wanted.watches import compared_price
from bot.db.database import Database
from bot.db.tx import Tx
from bot.outbox.tables import chat_slots
from bot.people.tables import customers


class TrueWatch(NamedTuple):
    """What has come true for somebody: of PRICE for those who saw 1,000 cost more than this."""

    service: ServiceId
    reason: WatchReason
    price: Money


class _Awaited(NamedTuple):
    """What may have come true for somebody; `price` is the most that 1,000 cost a watcher."""

    service: ServiceId
    reason: WatchReason
    price: Money
    rate: Decimal
    category: CategoryId

    def is_true(self, offer: Offer) -> bool:
        """Whether it has come, of what can be bought."""
        return is_true(self.reason, self.price, offer)


@dataclass(frozen=True, slots=True)
class FindTrue:
    """Finds what has come true; remembers what each watched service cost by its rate."""

    db: Database
    rules: ShelfRules
    _seen: dict[ServiceId, tuple[Decimal, CategoryId, Money]] = field(default_factory=dict)
    _by: dict[Selection, PriceRule] = field(default_factory=dict)
    """The price rules by which it was seen."""

    async def __call__(self) -> tuple[TrueWatch, ...]:
        """What can be bought now and was waited for, or costs less now."""
        awaited, price_rules = await self.db.read(_list_awaited)
        if price_rules != self._by:
            self._seen.clear()
            self._by.clear()
            self._by.update(price_rules)
        self._forget_all_but({one.service for one in awaited})
        may_be = [one for one in awaited if not self._costs_no_less(one)]
        if not may_be:
            return ()
        chosen = sorted({one.service for one in may_be})
        offers = await self.db.read_long(list_on_sale, self.rules, chosen)
        found = []
        for one in may_be:
            offer = offers.get(one.service)
            if offer is None:
                continue
            price = compared_price(offer)
            self._seen[one.service] = one.rate, one.category, price
            if one.is_true(offer):
                found.append(TrueWatch(one.service, one.reason, price))
        return tuple(found)

    def _forget_all_but(self, watched: set[ServiceId]) -> None:
        for service in self._seen.keys() - watched:
            del self._seen[service]

    def _costs_no_less(self, one: _Awaited) -> bool:
        seen = self._seen.get(one.service)
        if one.reason is not WatchReason.PRICE or seen is None:
            return False
        rate, category, price = seen
        return (rate, category) == (one.rate, one.category) and price.micros >= one.price.micros


def list_waiting() -> Select[tuple[()]]:
    """Watches of customers who can be told now, and to whom no other message is on its way."""
    other = watches.alias("other")
    is_busy = exists().where(other.c.customer == watches.c.customer, other.c.batch.is_not(None))
    return (
        select()
        .select_from(watches)
        .join(customers, customers.c.id == watches.c.customer)
        .outerjoin(chat_slots, chat_slots.c.chat == watches.c.customer)
        .where(
            watches.c.batch.is_(None),
            customers.c.banned == 0,
            or_(chat_slots.c.reachable.is_(None), chat_slots.c.reachable != 0),
            ~is_busy,
        )
    )


def _list_awaited(tx: Tx) -> tuple[tuple[_Awaited, ...], Rules]:
    """What may be bought by what its row says, whose wide columns are not read; and the rules."""
    each = (watches.c.service, watches.c.reason)
    wanted = (*each, func.max(watches.c.price), services.c.rate, services.c.category)
    may_be = (
        list_waiting()
        .add_columns(*wanted)
        .join(services, services.c.id == watches.c.service)
        .where(
            services.c.gone == 0,
            services.c.paused == 0,
            or_(services.c.stock.is_(None), services.c.stock > 0),
            services.c.supplier.not_in(sorted(list_paused(tx))),
        )
        .group_by(*each, services.c.rate, services.c.category)
    )
    return tx.list(_Awaited, may_be), load_rules(tx)


def list_on_sale(
    tx: Tx, rules: ShelfRules, chosen: Sequence[ServiceId]
) -> Mapping[ServiceId, Offer]:
    """Those of these services that can be bought now, at their price of now."""
    if not chosen or tx.in_safe_mode():
        return {}
    paused, prices = list_paused(tx), load_prices(tx, rules.policy.pricing)
    rules = rules.with_bases(load_bases(tx))
    rows = load_some(tx, chosen)
    pricing = {kept.id: prices.of(kept.id, kept.supplier, kept.category) for kept in rows}
    known = load_hiding(tx).judge(rules.service(kept, pricing[kept.id]) for kept in rows)
    return {
        one.id: offer_of(one, pricing[one.id])
        for one in known
        if one.is_on_sale(paused) and tx.now - one.read_at < TOO_OLD
    }


def is_true(reason: WatchReason, price: Money, offer: Offer) -> bool:
    """Whether what was waited for has come, of what can be bought; `price` was that of 1,000."""
    return reason is WatchReason.BACK or compared_price(offer).micros < price.micros
