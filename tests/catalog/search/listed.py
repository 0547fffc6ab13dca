"""The names of real catalogues on one shelf, with numbers for codes and some translations."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime
from decimal import Decimal
from functools import cache
from pathlib import Path
from typing import Final

from bot.base.ids import CategoryId, RemoteId, ServiceId, SupplierName
from bot.base.money import Money
from bot.catalog.places.tree import Category
from bot.catalog.pricing import Pricing
from bot.catalog.rules import Service
from bot.catalog.search.build import EnglishIndex, build_english, build_spoken
from bot.catalog.search.documents import Names
from bot.catalog.search.look import Look
from bot.catalog.shelf import Shelf
from bot.catalog.translation import Translation, Words
from bot.i18n.countries import country_name
from bot.suppliers.words import CatalogRow, Kind, NumberId
from tests.catalog.hiding.allowed import EVERYTHING

NAMES: Final = Path(__file__).parents[1] / "names_of_services.txt"
ACC: Final = SupplierName("accplanet")
NOW: Final = datetime(2026, 3, 1, tzinfo=UTC)
PRICING: Final = Pricing(Decimal(20), Money(10_000))
PROJECTS: Final = ("WhatsApp", "Telegram", "Google", "Tinder", "Uber", "Facebook", "Any other")
COUNTRIES: Final = {"us": "United States", "in": "India", "gb": "United Kingdom", "de": "Germany"}
TRANSLATED: Final = {
    "ru": {
        "Mailbox": "Почтовый ящик",
        "Rare account": "Редкий аккаунт",
        "Fresh account": "Свежий аккаунт",
    },
    "ar": {"Mailbox": "صندوق بريد"},
    "zh": {"Rare account": "稀有账号"},
    "th": {"Mailbox": "กล่องจดหมาย"},
    "hi": {"Rare account": "दुर्लभ खाता"},
}


def service(
    number: int,
    name: str,
    category: CategoryId,
    *,
    remote: str = "",
    country: str = "",
    stock: int | None = 10,
) -> Service:
    """A service on the shelf; one with a country is a number."""
    row = CatalogRow(
        RemoteId(remote or f"r{number}"), name, "", country, Decimal(1), 1, 100, stock
    )
    kind = Kind.NUMBER if country else Kind.PRODUCT
    return Service(ServiceId(number), ACC, row, kind, 1, category, NOW)


class Listing:
    """Services and categories, numbered as they come."""

    def __init__(self) -> None:
        self.labels: dict[CategoryId, Category] = {}
        self.services: list[Service] = []
        self._ids: dict[tuple[str, CategoryId | None], CategoryId] = {}

    def label(self, *path: str) -> CategoryId:
        """The category at the end of a path."""
        above: CategoryId | None = None
        for name in path:
            label = self._ids.setdefault((name, above), CategoryId(len(self._ids) + 1))
            self.labels[label] = Category(label, name, above)
            above = label
        assert above is not None
        return above

    def add(self, name: str, *path: str, **more: str) -> None:
        """One service more."""
        self.services.append(
            service(len(self.services) + 1, name, self.label(*path), **more)  # type: ignore[arg-type] # texts alone
        )

    def shelf(self) -> Shelf:
        return Shelf(self.services, self.labels, PRICING, {}, hidings=EVERYTHING)


@cache
def shelf() -> Shelf:
    """Every name of the list once, as it was listed."""
    listing = Listing()
    for name, path in names():
        listing.add(name, *path)
    for project in PROJECTS:
        for code, title in COUNTRIES.items():
            remote = NumberId(project.lower(), code).remote_id
            listing.add(project, "SMS", title, remote=remote, country=title)
    return listing.shelf()


def names() -> Iterator[tuple[str, list[str]]]:
    """Each name with its category and subcategory."""
    path: list[str] = []
    for line in NAMES.read_text(encoding="utf-8").splitlines():
        if line.startswith(("[social] ", "[product] ", "[unclear] ")):
            path = line.split("] ", 1)[1].split(" > ")
        elif line.strip() and not line.startswith("#"):
            yield line.strip(), path


@cache
def english() -> EnglishIndex:
    return build_english(shelf(), country_name)


@cache
def look_in(language: str) -> Look:
    """A search for a reader of this language."""
    if language == "en":
        return Look(shelf(), english())
    texts = TRANSLATED.get(language, {})
    told = {
        one.id: made
        for one in shelf().services()
        if (made := Translation.made(texts.get(one.listed.name, ""), one.listed.name))
    }
    spoken = Names.on(shelf(), Words(told))
    return Look(shelf(), english(), build_spoken(english(), spoken, language, country_name))
