"""The desk's ports in memory."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from typing import Any, cast

from bot.domain.errors import (
    AlreadyReversed,
    IllegalMove,
    NotEnoughCredit,
    NotYours,
    SupplierError,
    TooLate,
)
from bot.domain.ids import CustomerId, OrderId, RemoteId, SupplierName, TransferId
from bot.domain.ledger import Wallet
from bot.domain.money import ZERO, Money
from bot.domain.order import Reason, State
from bot.domain.rental import Code
from bot.domain.settlement import partial_ending
from bot.domain.shelf import Page, page_of
from bot.shop.ports import DeskFilter, MoneyOrder, Person, Shelves, SupplierState
from bot.shop.suppliers import Balance, Health, StatusAnswer, Supplier
from bot.shop.views import (
    Change,
    Customer,
    CustomerCard,
    Dossier,
    Goods,
    OrderView,
    Reopening,
    TopupRequest,
    WalletView,
)
from tests.chat_desk.world import ACCPLANET, ALICE, NOW, ORDER, alice, usd


@dataclass
class StillClock:
    def now(self) -> datetime:
        return NOW


@dataclass
class CustomersInMemory:
    people: dict[CustomerId, Customer] = field(default_factory=lambda: {ALICE: alice})
    bans: list[tuple[CustomerId, bool, str]] = field(default_factory=list)

    async def seen(self, person: Person, language: str, now: datetime) -> Customer:
        return self.people[person.id]

    async def find(self, customer: CustomerId) -> Customer | None:
        return self.people.get(customer)

    async def find_by_username(self, username: str) -> Customer | None:
        named = (one for one in self.people.values() if one.username == username.lower())
        return next(named, None)

    async def set_language(self, customer: CustomerId, language: str) -> None:
        self.people[customer] = replace(self.people[customer], language=language)

    async def set_banned(
        self, customer: CustomerId, actor: str, now: datetime, *, banned: bool
    ) -> None:
        self.bans.append((customer, banned, actor))
        self.people[customer] = replace(self.people[customer], banned=banned)


@dataclass
class BooksInMemory:
    """One wallet, alice's."""

    free: Money = ZERO
    done: dict[str, Change] = field(default_factory=dict)
    undone: set[TransferId] = field(default_factory=set)
    requests: dict[int, TopupRequest] = field(default_factory=dict)
    refuses_undo: NotEnoughCredit | None = None

    async def wallet(self, customer: CustomerId) -> WalletView:
        return WalletView(Wallet(self.free, ZERO), ())

    async def top_up(
        self, customer: CustomerId, amount: Money, order: MoneyOrder, now: datetime
    ) -> Change:
        return self._once(order.key, amount)

    async def debit(
        self, customer: CustomerId, amount: Money, order: MoneyOrder, now: datetime
    ) -> Change:
        if amount > self.free:
            raise NotEnoughCredit(amount - self.free, amount)
        return self._once(order.key, -amount)

    def _once(self, key: str, amount: Money) -> Change:
        if key in self.done:
            return replace(self.done[key], fresh=False)
        before, self.free = self.free, self.free + amount
        transfer = TransferId(len(self.done) + 1)
        self.done[key] = Change(transfer, alice, amount, before, self.free)
        return self.done[key]

    async def undo(self, transfer: TransferId, actor: str, now: datetime) -> Change:
        known = {change.transfer: change for change in self.done.values()}
        if transfer not in known:
            raise NotYours
        if transfer in self.undone:
            raise AlreadyReversed
        if self.refuses_undo is not None:
            raise self.refuses_undo
        self.undone.add(transfer)
        return self._once(f"rev:{transfer}", -known[transfer].amount)

    async def ask_topup(
        self, customer: CustomerId, amount: Money, now: datetime
    ) -> tuple[int, bool]:
        self.requests[1] = TopupRequest(1, alice, amount, now, "")
        return 1, True

    async def load_topup(self, request: int) -> TopupRequest:
        if request not in self.requests:
            raise NotYours
        return self.requests[request]

    async def decide_topup(
        self, request: int, actor: str, now: datetime, *, approve: bool
    ) -> Change | None:
        asked = await self.load_topup(request)
        if asked.decision:
            raise TooLate
        decision = "approved" if approve else "denied"
        self.requests[request] = replace(asked, decision=decision)
        return self._once(f"req:{request}", asked.amount) if approve else None

    async def prove(self) -> tuple[str, ...]:
        return ()


@dataclass
class Parked:
    """Records and Decisions over one order."""

    dossier_now: Dossier
    acts: list[str] = field(default_factory=list)
    card: CustomerCard | None = None
    taken: set[RemoteId] = field(default_factory=set)

    async def customer_card(self, customer: CustomerId) -> CustomerCard | None:
        return self.card if customer == ALICE else None

    async def dossier(self, order: OrderId) -> Dossier | None:
        return self.dossier_now if order == ORDER else None

    async def list_orders(self, which: DeskFilter, page: int) -> Page[OrderView]:
        return page_of([self.dossier_now.order] * 20, page)

    def _moves(self, states: set[State], to: State, **changes: Any) -> OrderView:
        order = self.dossier_now.order
        if order.state not in states:
            raise IllegalMove(order.id, to)
        moved = replace(order, state=to, **changes)
        self.dossier_now = replace(self.dossier_now, order=moved)
        return moved

    async def attach(
        self, order: OrderId, remote: RemoteId, actor: str, now: datetime
    ) -> OrderView:
        if remote in self.taken:
            raise TooLate
        self.acts.append(f"attach {remote} by {actor}")
        self.dossier_now = replace(self.dossier_now, remote_order=remote)
        return self._moves({State.IN_DOUBT}, State.ACTIVE)

    async def fail(self, order: OrderId, reason: Reason, actor: str, now: datetime) -> OrderView:
        total = self.dossier_now.order.total
        view = self._moves({State.IN_DOUBT}, State.FAILED, reason=reason, released=total)
        self.acts.append(f"{reason} by {actor}")
        return view

    async def send_again(self, order: OrderId, actor: str, now: datetime) -> OrderView:
        view = self._moves({State.IN_DOUBT}, State.QUEUED)
        self.acts.append(f"send again by {actor}")
        return view

    async def end(self, order: OrderId, delivered: int, actor: str, now: datetime) -> OrderView:
        total, quantity = self.dossier_now.order.total, self.dossier_now.order.quantity
        ending = partial_ending(total, delivered, quantity)
        to = {0: State.CANCELED, quantity: State.COMPLETED}.get(delivered, State.PARTIAL)
        view = self._moves(
            {State.ATTENTION}, to, captured=ending.captured, released=ending.released
        )
        self.acts.append(f"end {delivered} by {actor}")
        return view

    async def keep_polling(self, order: OrderId, actor: str, now: datetime) -> OrderView:
        view = self._moves({State.ATTENTION}, State.ACTIVE)
        self.acts.append(f"keep asking by {actor}")
        return view

    def is_in_doubt_again(self) -> None:
        order = replace(self.dossier_now.order, state=State.IN_DOUBT)
        last = self.dossier_now.attempts[-1]
        attempts = (*self.dossier_now.attempts, replace(last, number=last.number + 1))
        self.dossier_now = replace(self.dossier_now, order=order, attempts=attempts)


@dataclass
class OrdersInMemory:
    """What notices read."""

    order: OrderView
    batches: dict[int, Goods] = field(default_factory=dict)
    card: int | None = 500

    async def load_for_notice(self, order: OrderId) -> OrderView:
        if order != self.order.id:
            raise NotYours
        return self.order

    async def goods_batch(self, order: OrderId, batch: int) -> Goods | None:
        return self.batches.get(batch)

    async def card_of(self, order: OrderId) -> int | None:
        return self.card

    async def card_shown(
        self, order: OrderId, card: int, shown: OrderView | None, now: datetime
    ) -> None:
        self.card = card


@dataclass
class NumbersInMemory:
    """The codes that came, by batch."""

    codes: dict[int, Code] = field(default_factory=dict)

    async def code_of_batch(self, order: OrderId, batch: int) -> Code | None:
        return self.codes.get(batch)


@dataclass
class ToldSupplier:
    """Answers what it was told to."""

    name: SupplierName = ACCPLANET
    health: Health = field(default_factory=Health)
    refuses: SupplierError | None = None

    async def status(self, order: RemoteId) -> StatusAnswer:
        if self.refuses is not None:
            raise self.refuses
        return cast("StatusAnswer", None)  # only that it answers counts


@dataclass
class ShelvesInMemory:
    paused: str = ""

    async def state(self, supplier: SupplierName) -> SupplierState:
        balance = Balance(usd("97.6").decimal, "USD")
        return SupplierState(supplier, self.paused, balance, NOW, NOW, 10)

    async def resume_supplier(self, supplier: SupplierName, why: str) -> bool:
        resumed, self.paused = self.paused == why, ""
        return resumed

    @property
    def as_port(self) -> Shelves:
        return cast("Shelves", self)


def suppliers_of(*told: ToldSupplier) -> dict[SupplierName, Supplier]:
    return {one.name: cast("Supplier", one) for one in told}


@dataclass
class AlertsInMemory:
    """Fits `Alerts`; every call tells, and is noted as its cause, `over ` before what ended."""

    told: list[str] = field(default_factory=list)

    async def begin(
        self, cause: str, notice: object, now: datetime, quiet: timedelta = timedelta(0)
    ) -> bool:
        self.told.append(cause)
        return True

    async def end(
        self,
        cause: str,
        notice: object,
        now: datetime,
        unless_seen_since: datetime | None = None,
    ) -> bool:
        self.told.append(f"over {cause}")
        return True


@dataclass
class SafetyInMemory:
    """A shop that is open, or waits after a restore."""

    reopening: Reopening | None = None
    ended: list[tuple[int, str]] = field(default_factory=list)

    async def find(self) -> Reopening | None:
        return self.reopening

    async def announce(self, now: datetime) -> bool:
        return self.reopening is not None

    async def end(self, mark: int, actor: str, now: datetime) -> int:
        if self.reopening is None or self.reopening.restored.mark != mark:
            raise TooLate
        waiting, self.reopening = self.reopening.waiting, None
        self.ended.append((mark, actor))
        return waiting
