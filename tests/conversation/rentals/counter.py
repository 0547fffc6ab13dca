"""Alice rents numbers without a chat between her and the shop."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from decimal import Decimal

from bot.base.ids import OrderId, QuoteId, ServiceId, SupplierName
from bot.chat.facade import Storefront
from bot.money.ledger import Wallet
from bot.numbers.rows import list_codes, load_rental
from bot.orders.rules.moves import Reason, State
from bot.orders.views import RentalState
from bot.people.customers import Customer
from bot.suppliers.words import Code
from sandbox.suppliers.numbers import SmsPlan, SmsProject
from tests.conversation.human import Human
from tests.conversation.shop import Shop
from tests.stored_shop import usd

HSTOCK = SupplierName("hstockplus")
PROJECTS = [
    SmsProject(
        project_id="65f1",
        name="Chat",
        price=Decimal("0.5"),
        country_id="us",
        country_title="United States",
    ),
    SmsProject(
        project_id="65f1",
        name="Chat",
        price=Decimal("0.25"),
        country_id="gb",
        country_title="United Kingdom",
    ),
    SmsProject(
        project_id="77a",
        name="Mail",
        price=Decimal("0.105"),
        country_id="us",
        country_title="United States",
    ),
]


@dataclass
class Counter:
    """Alice at the counter, without a chat between."""

    shop: Shop
    human: Human
    customer: Customer

    @property
    def store(self) -> Storefront:
        return self.shop.kiosk.shop.store

    def service(self, name: str = "Chat", country: str = "United States") -> ServiceId:
        [project] = self.store.shelf.now.projects(name)
        [offer] = [one for one in project.offers if one.service.listed.subcategory == country]
        return offer.service.id

    async def quotes(
        self, quantity: int = 1, name: str = "Chat", reuse: OrderId | None = None
    ) -> QuoteId:
        asked = self.store.ask_quote(self.customer, self.service(name), quantity, reuse=reuse)
        return (await asked).id

    async def rents(self, plan: SmsPlan | None = None, quantity: int = 1) -> OrderId:
        """A number, or several of the same plan, rented and looked at once."""
        for _ in range(quantity if plan else 0):
            assert plan is not None
            self.shop.hstockplus.plan_sms(plan)
        order = await self.store.buy(self.customer, await self.quotes(quantity))
        await self.shop.works()
        return order

    async def codes(self, order: OrderId) -> tuple[Code, ...]:
        return await self.store.db.read(list_codes, self.customer.id, order)

    async def rental(self, order: OrderId) -> RentalState:
        return (await self.store.db.read(load_rental, self.customer.id, order)).state

    async def end(self, order: OrderId) -> datetime:
        return (await self.store.db.read(load_rental, self.customer.id, order)).expires_at

    async def has(self, free: str, held: str = "0") -> None:
        assert await self.human.wallet() == Wallet(usd(free), usd(held))
        assert await self.shop.proof() == ()

    async def ticks(self, step_s: int = 1, **span: float) -> None:
        """Time passes in steps so short that nobody can be late unseen."""
        for _ in range(int(timedelta(**span).total_seconds()) // step_s):
            await self.shop.comes_to(timedelta(seconds=step_s))


async def state_of(shop: Shop, order: OrderId) -> tuple[State, Reason | None]:
    view = (await shop.details(order)).order
    return view.state, view.reason
