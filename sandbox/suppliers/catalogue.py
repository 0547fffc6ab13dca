"""What the pretend suppliers have to sell, and worlds that sell it."""

import json
from collections.abc import Mapping
from decimal import Decimal
from pathlib import Path
from typing import Any

from sandbox.clock import Now
from sandbox.suppliers.accplanet import AccPlanetWorld
from sandbox.suppliers.hstockplus import HstockPlusWorld
from sandbox.suppliers.numbers import SmsProject
from sandbox.suppliers.services import SandboxService

_SHELVES = Path(__file__).with_name("shelves")
_FIRST_PROJECT_ID = 0x65F0A1B2C3D4E5F600000001
_BIG_CATEGORIES = 25
_BIG_SUBCATEGORIES = 8


def _load_shelf(name: str) -> Any:
    return json.loads((_SHELVES / f"{name}.json").read_text(encoding="utf-8"))


def _service(row: dict[str, Any]) -> SandboxService:
    return SandboxService(**row | {"rate": Decimal(row["rate"])})


def _translate_places(service: SandboxService, names: Mapping[str, Mapping[str, str]]) -> None:
    """Give the category and subcategory of a service their names in each language."""
    for place in ("category", "subcategory"):
        for language, text in names.get(getattr(service, place), {}).items():
            words = dict(service.translations.get(language, {}))
            service.translations[language] = words | {place: text}


def accplanet_services() -> list[SandboxService]:
    """Some thirty kinds of accounts, fresh copies at each call."""
    shelf = _load_shelf("accplanet")
    services = [_service(row) for row in shelf["services"]]
    for service in services:
        _translate_places(service, shelf["names"])
    return services


def hstockplus_services() -> list[SandboxService]:
    """Some twenty rows: work on a link, priced by the thousand, and accounts by the piece."""
    shelf, names = _load_shelf("hstockplus"), _load_shelf("accplanet")["names"]
    services = [_service(row) for row in shelf["services"]]
    for service in services:
        _translate_places(service, names | shelf["names"])
    return services


def sms_projects() -> list[SmsProject]:
    """Fifteen projects, each with its own id and price in each of its countries."""
    shelf = _load_shelf("sms")
    rows = [(name, *row) for name, prices in shelf["projects"].items() for row in prices.items()]
    return [
        SmsProject(
            project_id=f"{_FIRST_PROJECT_ID + nth:024x}",
            name=name,
            price=Decimal(price),
            country_id=country,
            country_title=shelf["countries"][country],
        )
        for nth, (name, country, price) in enumerate(rows)
    ]


def big_catalogue(count: int) -> list[SandboxService]:
    """Make `count` services in 25 categories, the same ones at every call."""
    return [_nth_service(n) for n in range(count)]


def _nth_service(n: int) -> SandboxService:
    place = n % _BIG_CATEGORIES
    below = n // _BIG_CATEGORIES % (_BIG_SUBCATEGORIES + 1)
    return SandboxService(
        id=100_000 + n if n % 4 else f"{_FIRST_PROJECT_ID + n:024x}",
        name=f"Account of kind {n}",
        rate=Decimal(n % 997 + 1) / 100,
        category=f"Category {place + 1:02}",
        subcategory=f"Shelf {place + 1:02}-{below}" if below else "",
        description=f"<p>Account of kind <b>{n}</b>.</p>",
        stock=n * 7 % 500,
        auto_delivery=n % 10 != 0,
    )


def accplanet_world(now: Now) -> AccPlanetWorld:
    """AccPlanet with a full shelf."""
    return AccPlanetWorld(now=now, services=accplanet_services())


def hstockplus_world(now: Now) -> HstockPlusWorld:
    """HstockPlus with a full shelf and its SMS projects, on a server that translates."""
    world = HstockPlusWorld(now=now, services=hstockplus_services())
    world.projects = sms_projects()
    world.is_newer = True
    return world
