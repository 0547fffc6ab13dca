"""The world around a mortal bot: a Telegram with people, two suppliers that keep to scripts."""

from __future__ import annotations

from collections import Counter
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass
from decimal import Decimal
from typing import Final

from bot.base.ids import RemoteId
from bot.suppliers.words import NumberId
from sandbox.clock import Now
from sandbox.serving import Served, serve
from sandbox.suppliers import AccPlanetWorld, HstockPlusWorld
from sandbox.suppliers.numbers import SandboxNumber, SmsProject
from sandbox.suppliers.server import PATH
from sandbox.telegram import Refuse, TelegramWorld, telegram_app
from tests.crash.scripts import ADDING, Scripted, remote_of
from tests.crash.wares import (
    GUESTS,
    OPERATORS,
    accplanet_shelf,
    hstockplus_shelf,
    sms_projects,
)

TOKEN: Final = "1000000:token-of-a-mortal-bot"
_RICH: Final = Decimal(100_000)


class ScriptedAccPlanet(Scripted, AccPlanetWorld):
    """Sells the accounts of this shelf."""

    def __init__(self, now: Now) -> None:
        super().__init__(now=now, services=accplanet_shelf(), balance=_RICH)
        self.keeps_to_scripts()


class ScriptedHstockPlus(Scripted, HstockPlusWorld):
    """Sells accounts, work and numbers."""

    def __init__(self, now: Now) -> None:
        super().__init__(now=now, services=hstockplus_shelf(), balance=_RICH)
        self.projects = sms_projects()
        self.keeps_to_scripts()

    def rent(self, project: SmsProject, phone: str | None) -> SandboxNumber:
        behaviour = self.scripts.get(NumberId(project.project_id, project.country_id).remote_id)
        if behaviour is not None and behaviour.sms is not None:
            self.plan_sms(behaviour.sms)
        return super().rent(project, phone)


@dataclass(frozen=True, slots=True)
class Surroundings:
    """Everything outside of the bot, with its doors open."""

    telegram: TelegramWorld
    accplanet: ScriptedAccPlanet
    hstockplus: ScriptedHstockPlus
    sites: dict[str, Served]

    @property
    def suppliers(self) -> tuple[ScriptedAccPlanet, ScriptedHstockPlus]:
        return self.accplanet, self.hstockplus

    def supplier(self, name: str) -> ScriptedAccPlanet | ScriptedHstockPlus:
        """By the name in the shop's settings."""
        return self.accplanet if name == "accplanet" else self.hstockplus

    def adds_of(self, supplier: str, remote: str) -> int:
        """How many buying requests for a service arrived, whatever became of them."""
        received = self.supplier(supplier).received
        return Counter(remote_of(one) for one in received if one.action in ADDING)[remote]

    def taken_of(self, supplier: str, remote: str) -> set[str]:
        """The ids of the orders that really exist of a service, told of or not."""
        number = NumberId.find(RemoteId(remote))
        if number is not None:
            numbers = self.hstockplus.numbers.items()
            return {id_ for id_, one in numbers if one.project.project_id == number.project}
        orders = self.supplier(supplier).orders.items()
        return {id_ for id_, one in orders if str(one.service.id) == remote}

    def settings(self, key: str, database_url: str) -> dict[str, str]:
        """The bot's environment."""
        settings = {
            "BOT_TOKEN": TOKEN,
            "TELEGRAM_API_URL": self.sites["telegram"].url,
            "ADMIN_IDS": ",".join(map(str, OPERATORS)),
            "DATA_DIR": ".",
            "DATABASE_URL": database_url,
            "GOODS_KEY": key,
            "SELL_SOCIAL": "true",
            "QUOTE_MINUTES": "60",
            "SUPPLIERS__HSTOCKPLUS__RATE_PER": "1",
            "SUPPLIERS__HSTOCKPLUS__RATE_PER_OVERRIDES": '{"Instagram": 1000}',
        }
        for supplier in self.suppliers:
            prefix = f"SUPPLIERS__{supplier.name}__"
            settings[f"{prefix}KEY"] = supplier.key
            settings[f"{prefix}URL"] = f"{self.sites[supplier.name.lower()].url}{PATH}"
            settings[f"{prefix}RATE_CAP"] = "1000"
        return settings

    async def until_polled_anew(self, calls_before: int) -> None:
        """Wait until a bot that was begun after so many calls is about to ask for updates."""

        def asked() -> bool | None:
            new = self.telegram.calls[calls_before:]
            return any(call.method == "deleteWebhook" for call in new) or None

        await self.telegram.waits_until(asked, 30)


@asynccontextmanager
async def surroundings(now: Now) -> AsyncIterator[Surroundings]:
    """A world in which everybody has pressed Start, and nobody has bought anything."""
    telegram = TelegramWorld(TOKEN, now)
    for user_id in (*GUESTS, *OPERATORS):
        telegram.person(user_id, f"Person {user_id}").has_started = True
    # A refusal ends the bot's introduction in 17 languages, which each life would repeat.
    telegram.faults.keep("setMyCommands", Refuse(400, "Bad Request: no commands here"))
    accplanet, hstockplus = ScriptedAccPlanet(now), ScriptedHstockPlus(now)
    apps = {
        "telegram": telegram_app(telegram),
        "accplanet": accplanet.app(),
        "hstockplus": hstockplus.app(),
    }
    async with AsyncExitStack() as doors:
        sites = {name: await doors.enter_async_context(serve(app)) for name, app in apps.items()}
        yield Surroundings(telegram, accplanet, hstockplus, sites)
