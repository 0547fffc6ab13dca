"""A clock to turn, both suppliers served over loopback, and a caller for each."""

from collections.abc import AsyncIterator
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

import aiohttp
import pytest

from sandbox.clock import TurnableClock
from sandbox.serving import Served, serve
from sandbox.suppliers import AccPlanetWorld, HstockPlusWorld, SupplierWorld
from sandbox.suppliers.catalogue import sms_projects
from sandbox.suppliers.services import SandboxService


@dataclass
class Said:
    """One answer as a client sees it."""

    status: int
    text: str
    payload: Any
    headers: dict[str, str]


@dataclass
class Caller:
    """Asks a supplier over the wire, with its key unless told otherwise."""

    world: SupplierWorld
    site: Served
    session: aiohttp.ClientSession

    @property
    def url(self) -> str:
        return f"{self.site.url}/api/v2"

    async def asks(self, action: str, **params: object) -> Said:
        form = {"key": self.world.key, "action": action} | {k: str(v) for k, v in params.items()}
        return await self.sends("POST", data=form)

    async def sends(self, method: str, **request: Any) -> Said:
        sending = self.session.request(method, self.url, allow_redirects=False, **request)
        async with sending as response:
            text = await response.text()
            is_json = response.content_type == "application/json" and text
            payload = await _payload(response) if is_json else None
            return Said(response.status, text, payload, dict(response.headers))

    async def orders(self, service: int | str, quantity: int = 1, **params: object) -> str:
        said = await self.asks("add", service=service, quantity=quantity, **params)
        return str(said.payload["order"])

    async def status(self, order: str) -> dict[str, Any]:
        reply: dict[str, Any] = (await self.asks("status", order=order)).payload
        return reply

    async def balance(self) -> Decimal:
        return Decimal((await self.asks("balance")).payload["balance"])


async def _payload(response: aiohttp.ClientResponse) -> Any:
    try:
        return await response.json()
    except ValueError:
        return None


@pytest.fixture
def clock() -> TurnableClock:
    return TurnableClock()


@pytest.fixture
async def session() -> AsyncIterator[aiohttp.ClientSession]:
    async with aiohttp.ClientSession() as session:
        yield session


@pytest.fixture
async def accplanet(clock: TurnableClock, session: aiohttp.ClientSession) -> AsyncIterator[Caller]:
    world = AccPlanetWorld(now=clock)
    world.put(
        SandboxService(
            id=10042,
            name="Gmail, aged",
            rate=Decimal("25.00"),
            category="Email",
            subcategory="Gmail",
            stock=10,
            max=5,
            translations={"zh": {"name": "老号", "category": "邮箱"}},
        )
    )
    world.put(
        SandboxService(
            id="64f1c0ffee0000000000a001",
            name="Instagram",
            rate=Decimal("0.035"),
            category="Social",
            min=2,
            max=1000,
            stock=10,
            auto_delivery=False,
        )
    )
    async with serve(world.app()) as site:
        yield Caller(world, site, session)


@pytest.fixture
async def hstock(clock: TurnableClock, session: aiohttp.ClientSession) -> AsyncIterator[Caller]:
    world = HstockPlusWorld(now=clock)
    world.put(
        SandboxService(
            id=1,
            name="Instagram Followers",
            rate=Decimal("0.50"),
            rate_per=1000,
            category="Instagram",
            subcategory="Followers",
            min=100,
            max=10000,
            stock=10000,
            refill=True,
            entity_type=None,
            start_count=1000,
        )
    )
    world.put(
        SandboxService(
            id=501, name="Gmail", rate=Decimal("1.20"), category="Email Accounts", stock=42
        )
    )
    world.projects = sms_projects()
    async with serve(world.app()) as site:
        yield Caller(world, site, session)


@pytest.fixture
def sms_world(hstock: Caller) -> HstockPlusWorld:
    assert isinstance(hstock.world, HstockPlusWorld)
    return hstock.world
