"""A shop in memory behind the ports, small enough to read, for chats without a database."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from decimal import Decimal
from typing import cast

from bot.shop.credit import Credit

from bot.domain.catalog import Kind, Listed, Service
from bot.domain.errors import IllegalMove, NotEnoughCredit, NotYours, QuoteExpired
from bot.domain.ids import (
    CategoryId,
    CustomerId,
    OrderId,
    QuoteId,
    RemoteId,
    ServiceId,
    SupplierName,
    TransferId,
)
from bot.domain.ledger import TransferKind, Wallet
from bot.domain.money import ZERO, Money, parse_money
from bot.domain.order import OPEN, Reason, State
from bot.domain.pricing import Basis, Pricing
from bot.domain.rental import Code
from bot.domain.shelf import Category, Offer, Page, Shelf, page_of
from bot.i18n.language import choose_language
from bot.shop.browse import OpenShelf
from bot.shop.buy import Buy
from bot.shop.front import Facts, Storefront
from bot.shop.locks import Locks
from bot.shop.look_again import LookAgain
from bot.shop.meet import Meet
from bot.shop.ports import (
    Books,
    Clock,
    Customers,
    Person,
    Placed,
    Purchase,
    QuoteDraft,
    Translations,
)
from bot.shop.quote import AskQuantity, AskQuote
from bot.shop.suppliers import Suppliers
from bot.shop.translate import Translate
from bot.shop.views import (
    Customer,
    Goods,
    Movement,
    OrderView,
    QuoteView,
    RentalView,
    UsedNumber,
    WalletView,
)

NOON = datetime.fromisoformat("2026-03-01T12:00:00+00:00")


def usd(amount: str) -> Money:
    return parse_money(amount)


def listed(name: str = "Gmail account", **changes: object) -> Listed:
    row = Listed(RemoteId("1"), name, "Accounts", "Mail", Decimal("3.33"), 1, 100, 100)
    return replace(row, **changes)  # type: ignore[arg-type] # the changes are the test's own


def service(number: int = 1, row: Listed | None = None, **changes: object) -> Service:
    made = Service(
        id=ServiceId(number),
        supplier=SupplierName("accplanet"),
        listed=row or listed(),
        kind=Kind.PRODUCT,
        basis=1,
        category=CategoryId(2),
        read_at=NOON,
    )
    return replace(made, **changes)  # type: ignore[arg-type] # the changes are the test's own


PRICING = Pricing(Decimal(0), usd("0.01"))
CATEGORIES = {
    CategoryId(1): Category(CategoryId(1), "Accounts", None),
    CategoryId(2): Category(CategoryId(2), "Mail", CategoryId(1)),
}


def shelf(services: Iterable[Service] = (), pricing: Pricing = PRICING) -> Shelf:
    return Shelf(services or (service(),), CATEGORIES, pricing, {SupplierName("accplanet"): NOON})


def offer(one: Service | None = None, basis: Basis = 1) -> Offer:
    made = one or service(basis=basis)
    return shelf([made]).load_offer(made.id)


def order_view(**changes: object) -> OrderView:
    view = OrderView(
        id=OrderId(12),
        customer=CustomerId(7),
        service=ServiceId(1),
        service_name="Gmail account",
        kind=Kind.PRODUCT,
        quantity=3,
        link="",
        total=usd("9.99"),
        captured=ZERO,
        released=ZERO,
        state=State.ACTIVE,
        reason=None,
        delivered=0,
        batches=0,
        created_at=NOON,
        finished_at=None,
        waiting_until=None,
        goods_kept=True,
    )
    return replace(view, **changes)  # type: ignore[arg-type] # the changes are the test's own


def quote_view(**changes: object) -> QuoteView:
    view = QuoteView(
        id=QuoteId(5),
        service=ServiceId(1),
        service_name="Gmail account",
        kind=Kind.PRODUCT,
        quantity=3,
        link="",
        unit_price=usd("3.33"),
        unit=1,
        total=usd("9.99"),
        credit=usd("12.40"),
        expires_at=NOON + timedelta(minutes=10),
        order=None,
    )
    return replace(view, **changes)  # type: ignore[arg-type] # the changes are the test's own


class FakePeople:
    """Everybody who ever came."""

    def __init__(self) -> None:
        self.known: dict[CustomerId, Customer] = {}
        self.chosen: dict[CustomerId, str] = {}
        self.fails: Exception | None = None

    async def seen(self, person: Person, language: str, now: datetime) -> Customer:
        if self.fails is not None:
            raise self.fails
        spoken = self.chosen.get(person.id, language)
        customer = Customer(
            person.id, person.first_name, person.username, spoken, False, True, now
        )
        self.known[person.id] = customer
        return customer

    async def set_language(self, customer: CustomerId, language: str) -> None:
        self.chosen[customer] = language


class FakeBooks:
    """One wallet for everybody, and the requests for more."""

    def __init__(self, free: Money) -> None:
        self.wallet_now = Wallet(free, ZERO)
        self.movements: list[Movement] = []
        self.asked: list[Money] = []

    async def wallet(self, customer: CustomerId) -> WalletView:
        return WalletView(self.wallet_now, tuple(self.movements))

    async def ask_topup(
        self, customer: CustomerId, amount: Money, now: datetime
    ) -> tuple[int, bool]:
        fresh = not self.asked
        if fresh:
            self.asked.append(amount)
        return 1, fresh

    def hold(self, order: OrderId, amount: Money) -> None:
        wallet = self.wallet_now
        self.wallet_now = Wallet(wallet.free - amount, wallet.held + amount)
        kind, at = TransferKind.HOLD, NOON
        self.movements.insert(0, Movement(TransferId(order), at, kind, -amount, order, ""))


class FakeQuotes:
    """Locked prices by number."""

    def __init__(self, books: FakeBooks) -> None:
        self._books = books
        self.made: dict[QuoteId, tuple[CustomerId, QuoteView]] = {}
        self.wishes: list[tuple[ServiceId, int]] = []

    async def create(self, draft: QuoteDraft) -> QuoteView:
        number = QuoteId(len(self.made) + 1)
        view = quote_view(
            id=number,
            service=draft.service.id,
            service_name=draft.service.listed.name,
            kind=draft.service.kind,
            quantity=draft.quantity,
            link=draft.link,
            unit_price=draft.unit_price,
            unit=draft.unit,
            total=draft.total,
            expires_at=draft.expires_at,
        )
        self.made[number] = (draft.customer, view)
        return await self.load(draft.customer, number)

    async def load(self, customer: CustomerId, quote: QuoteId) -> QuoteView:
        owner, view = self.made.get(quote, (None, None))
        if view is None or owner != customer:
            raise NotYours
        return replace(view, credit=self._books.wallet_now.free)

    async def remember_wish(
        self, customer: CustomerId, wanted: ServiceId, quantity: int, now: datetime
    ) -> None:
        self.wishes.append((wanted, quantity))


class FakeOrders:
    """Orders by number; a quote makes one of them at most."""

    def __init__(self, quotes: FakeQuotes, books: FakeBooks) -> None:
        self._quotes, self._books = quotes, books
        self.made: dict[OrderId, OrderView] = {}
        self.cards: dict[OrderId, int | None] = {}
        self.delivered: tuple[Goods, ...] = ()
        self.problems: list[OrderId] = []

    async def card_shown(
        self, order: OrderId, card: int, shown: OrderView | None, now: datetime
    ) -> None:
        self.cards[order] = card

    async def place(self, asked: Purchase, now: datetime) -> Placed:
        customer, quote, card = asked.customer, asked.quote, asked.card
        view = await self._quotes.load(customer, quote)
        if view.order is not None:
            return Placed(view.order, False)
        if now >= view.expires_at:
            raise QuoteExpired
        if view.after.micros < 0:
            raise NotEnoughCredit(-view.after, view.total)
        number = OrderId(len(self.made) + 1)
        self._books.hold(number, view.total)
        self._quotes.made[quote] = (customer, replace(view, order=number))
        self.cards[number] = card
        self.made[number] = order_view(
            id=number,
            customer=customer,
            service=view.service,
            service_name=view.service_name,
            kind=view.kind,
            quantity=view.quantity,
            link=view.link,
            total=view.total,
            state=State.QUEUED,
        )
        return Placed(number, True)

    async def load(self, customer: CustomerId, order: OrderId) -> OrderView:
        view = self.made.get(order)
        if view is None or view.customer != customer:
            raise NotYours
        return view

    async def list_orders(
        self, customer: CustomerId, page: int, *, only_open: bool
    ) -> Page[OrderView]:
        mine = [one for one in self.made.values() if one.customer == customer]
        return page_of([one for one in mine if one.state in OPEN or not only_open][::-1], page)

    async def goods(self, customer: CustomerId, order: OrderId) -> tuple[Goods, ...]:
        await self.load(customer, order)
        return self.delivered

    async def cancel(self, customer: CustomerId, order: OrderId, now: datetime) -> OrderView:
        view = await self.load(customer, order)
        if view.state is not State.QUEUED:
            raise IllegalMove(order, State.FAILED)
        reason = Reason.CUSTOMER_CANCELED
        self.made[order] = replace(
            view, state=State.FAILED, reason=reason, released=view.total, finished_at=now
        )
        return self.made[order]

    async def report_problem(self, customer: CustomerId, order: OrderId, now: datetime) -> bool:
        await self.load(customer, order)
        self.problems.append(order)
        return self.problems.count(order) == 1


class FakeNumbers:
    """Rented numbers by order, with the codes that came."""

    def __init__(self) -> None:
        self.rentals: dict[OrderId, RentalView] = {}
        self.received: dict[OrderId, tuple[Code, ...]] = {}
        self.used: tuple[UsedNumber, ...] = ()

    async def load_rental(self, customer: CustomerId, order: OrderId) -> RentalView:
        if order not in self.rentals:
            raise NotYours
        return self.rentals[order]

    async def codes(self, customer: CustomerId, order: OrderId) -> tuple[Code, ...]:
        return self.received.get(order, ())

    async def last_used(self, customer: CustomerId, limit: int = 3) -> tuple[UsedNumber, ...]:
        return self.used[:limit]

    async def code_of_batch(self, order: OrderId, batch: int) -> Code | None:
        found = self.received.get(order, ())
        return found[batch - 1] if 0 < batch <= len(found) else None


@dataclass
class FakeLook:
    """What a second look at the supplier finds: the shelf as it is, or a failure."""

    shelf: OpenShelf
    fails: Exception | None = None

    async def __call__(self, wanted: ServiceId) -> Offer | None:
        if self.fails is not None:
            raise self.fails
        return self.shelf.now.load_offer(wanted)


@dataclass
class FakeForms:
    """What each chat is to type, as text."""

    kept: dict[int, str] = field(default_factory=dict)

    async def put(self, chat: int, text: str) -> None:
        self.kept[chat] = text

    async def get(self, chat: int) -> str | None:
        return self.kept.get(chat)

    async def drop(self, chat: int) -> None:
        self.kept.pop(chat, None)


class FakeShop:
    """All of it, with the real use-cases between the ports."""

    def __init__(self, clock: Clock, free: str = "50") -> None:
        self.clock = clock
        self.shelf = OpenShelf(shelf())
        self.people = FakePeople()
        self.books = FakeBooks(usd(free))
        self.quotes = FakeQuotes(self.books)
        self.orders = FakeOrders(self.quotes, self.books)
        self.look = FakeLook(self.shelf)
        self.forms = FakeForms()
        self.numbers = FakeNumbers()
        self.facts = Facts(
            shop_name="Kiosk",
            currency="USD",
            support_contact="@olga",
            topup_instructions="Pay olga in the shop.",
            operators=frozenset({CustomerId(1)}),
            quote_holds_for=timedelta(minutes=10),
            smallest_step=usd("0.01"),
        )

    def storefront(self) -> Storefront:
        books, people = cast("Books", self.books), cast("Customers", self.people)
        holds = self.facts.quote_holds_for
        ask_quote = AskQuote(self.shelf, self.quotes, self.clock, holds)
        look = cast("LookAgain", self.look)
        return Storefront(
            facts=self.facts,
            clock=self.clock,
            shelf=self.shelf,
            translate=Translate(cast("Translations", None), self.shelf, Suppliers()),
            meet=Meet(people, self.clock, choose_language),
            ask_quantity=AskQuantity(self.shelf, books),
            ask_quote=ask_quote,
            buy=Buy(self.quotes, self.orders, look, ask_quote, self.clock, Locks()),  # type: ignore[arg-type] # only what customers reach
            orders=self.orders,  # type: ignore[arg-type] # only what customers reach
            numbers=self.numbers,
            credit=Credit(books, people, self.clock),
        )
