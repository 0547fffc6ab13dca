"""The shop of the month: its own transactions at turned times, in one commit for all of them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from itertools import count
from typing import Final

from bot.base.acts import Act, Role
from bot.base.ids import CustomerId, OrderId, RemoteId, SupplierName
from bot.base.money import Money
from bot.catalog.rules import Service
from bot.catalog.shelf import Shelf
from bot.db.tx import Tx
from bot.money import decide, requests, topup
from bot.money.post import customer_balance
from bot.orders import attempts, submit
from bot.orders.kinds import Kinds, Submission
from bot.orders.place import Purchase, place
from bot.orders.quote import QuoteDraft, create_quote
from bot.people.customers import Person, note_seen
from sandbox.month.plan import Sale

_HOLDS_FOR: Final = timedelta(minutes=10)
_TOPUPS: Final = (5, 10, 20, 25, 50, 100, 200, 500)
_BY_REQUEST: Final = 0.6
_OWN_IDS: Final = 0x5A0F1A2B3C4D5E6F70000001
"""Where the ids of the month begin at the suppliers: apart from those that they give out now."""


@dataclass
class MonthShop:
    """One transaction in which everything happens; `operator` runs the shop."""

    tx: Tx
    shelf: Shelf
    wares: Mapping[tuple[str, str], Service]
    operator: CustomerId
    _keys: count[int] = field(default_factory=lambda: count(1))
    _remotes: count[int] = field(default_factory=lambda: count(_OWN_IDS))

    def at(self, moment: datetime) -> Tx:
        """The transaction with its clock turned."""
        return replace(self.tx, now=moment)

    def act(self) -> Act:
        """The operator acts, by a key of its own."""
        return Act(self.operator, Role.OWNER, f"month:{next(self._keys)}")

    def next_remote(self) -> RemoteId:
        """An id of the supplier's that no order has."""
        return RemoteId(f"{next(self._remotes):024x}")

    def service_of(self, sale: Sale) -> Service:
        """What is bought, as the shelf has it."""
        return self.wares[sale.ware.supplier, sale.ware.remote]

    def buys(self, sale: Sale) -> tuple[OrderId, ...]:
        """The customer comes, gets credit where it is missing, and confirms."""
        who, at = CustomerId(sale.customer.id), sale.at
        person = Person(who, sale.customer.name, sale.customer.username, sale.customer.language)
        note_seen(self.at(at - timedelta(minutes=45)), person, sale.customer.language)
        draft = self._draft(sale)
        missing = draft.total - customer_balance(self.tx, who)
        if missing > Money(0):
            self._gives_credit(sale, missing)
        quote = create_quote(self.at(at), draft)
        return place(self.at(at + timedelta(seconds=15)), Purchase(who, quote.id)).orders

    def sends(self, sale: Sale) -> Submission:
        """The order leaves for its supplier."""
        tx = self.at(sale.at + timedelta(seconds=16))
        claimed = submit.claim(tx, SupplierName(sale.ware.supplier))
        begun = None if claimed is None else attempts.begin(tx, claimed, None)
        if begun is None:
            msg = f"nothing to send at {sale.at}"
            raise AssertionError(msg)
        return begun

    def _draft(self, sale: Sale) -> QuoteDraft:
        service = self.service_of(sale)
        offer, kind = self.shelf.load_offer(service.id), self.tx.part(Kinds)[service.kind]
        link = sale.ware.link.format(username=sale.customer.username or "kiosk_guest")
        return QuoteDraft(
            customer=CustomerId(sale.customer.id),
            service=service,
            quantity=sale.quantity,
            link=kind.link(link, *service.listed.names) if link else "",
            unit_price=offer.price,
            unit=offer.unit,
            total=kind.total(offer.pricing, service, sale.quantity),
            cost=kind.cost(service, service.basis or 1, sale.quantity),
            created_at=sale.at,
            expires_at=sale.at + _HOLDS_FOR,
        )

    def _gives_credit(self, sale: Sale, missing: Money) -> None:
        """By a request that is approved, or by the operator's own command."""
        who, amounts = CustomerId(sale.customer.id), [Money(one * 10**6) for one in _TOPUPS]
        fitting = [one for one in amounts if one >= missing]
        amount = sale.chance.choice(fitting[:3])
        soon = self.at(sale.at - timedelta(minutes=sale.chance.randint(3, 20)))
        if sale.chance.random() < _BY_REQUEST:
            asked, _ = requests.ask_topup(self.at(sale.at - timedelta(minutes=30)), who, amount)
            decide.approve_topup(soon, self.act(), asked, 1)
        else:
            topup.top_up(soon, self.act(), who, amount, "paid by card")
