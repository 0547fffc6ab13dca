"""Numbers are found by what they are for, each country with all of its prices."""

from dataclasses import replace
from datetime import UTC, datetime
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.base.ids import CategoryId, ServiceId, SupplierName
from bot.base.money import Money
from bot.catalog.errors import NotForSaleReason
from bot.catalog.pricing import Pricing
from bot.catalog.projects import collect_projects, key_of
from bot.catalog.rules import Offer, Service
from bot.catalog.shelf import Shelf
from bot.suppliers.words import CatalogRow, Kind, NumberId
from tests.catalog.hiding.allowed import EVERYTHING

NOON = datetime(2026, 3, 1, 12, 0, tzinfo=UTC)
PRICING = Pricing(Decimal(20), Money(10_000))


def number(nth: int, name: str = "Telegram", country: str = "Kenya", rate: str = "1") -> Service:
    remote = NumberId(name, country).remote_id
    row = CatalogRow(remote, name, "SMS", country, Decimal(rate), 1, 1, None)
    supplier = SupplierName("hstockplus")
    return Service(ServiceId(nth), supplier, row, Kind.NUMBER, 1, CategoryId(1), NOON)


def offer(nth: int, name: str = "Telegram", country: str = "Kenya", price: int = 100) -> Offer:
    return Offer(number(nth, name, country), Money(price), 1, PRICING)


def test_projects_and_their_countries_are_sorted_whatever_their_case() -> None:
    found = collect_projects(
        [offer(1, "viber", "Peru"), offer(2, "Telegram", "kenya"), offer(3, "telegram", "Austria")]
    )

    assert [row.name for row in found.rows] == ["telegram", "viber"]
    countries = [one.service.listed.subcategory for one in found.rows[0].offers]
    assert countries == ["Austria", "kenya"]


@pytest.mark.parametrize(
    ("prices", "places"),
    [
        ((300, 200), [2, 1]), ((200, 300), [1, 2]), ((200, 200), [1, 2]),
        ((200, 199, 201), [2, 1, 3]),
    ],
)  # fmt: skip
def test_a_country_shows_each_of_its_offers_the_cheapest_first(
    prices: tuple[int, ...], places: list[int]
) -> None:
    offers = [offer(nth, price=price) for nth, price in enumerate(prices, start=1)]

    for order in (offers, offers[::-1]):
        (project,) = collect_projects(order).rows
        assert [one.service.id for one in project.offers] == places
        assert project.find_cheapest() == Money(min(prices))


def test_what_cannot_be_rented_is_not_the_cheapest() -> None:
    cheap, dear = offer(1, price=100), offer(2, "telegram", "Austria", price=200)
    hidden = replace(cheap.service, hidden=NotForSaleReason.SERVICE_PAUSED)
    hstock = cheap.service.supplier

    (project,) = collect_projects([replace(cheap, service=hidden), dear]).rows
    assert project.find_cheapest() == Money(200)
    assert (project.find_cheapest({hstock}), project.is_paused(set())) == (None, True)
    (open_one,) = collect_projects([dear]).rows
    assert (open_one.is_paused(set()), open_one.is_paused({hstock})) == (False, True)


def test_a_search_takes_every_word_and_puts_what_begins_with_it_first() -> None:
    found = collect_projects(
        [offer(1, "Big Mail"), offer(2, "Mail and Play"), offer(3, "Play"), offer(4, "Mail Big")]
    )

    def names(text: str) -> list[str]:
        return [one.name for one in found.search(text)]

    assert names("MAIL") == ["Mail and Play", "Mail Big", "Big Mail"]
    assert names(" mail  big ") == ["Mail Big", "Big Mail"]
    assert names("nothing") == []
    assert names("") == names(" ") == ["Big Mail", "Mail and Play", "Mail Big", "Play"]
    assert found.search() == found.rows


def test_a_project_is_found_by_its_key() -> None:
    telegram, _viber = (found := collect_projects([offer(1), offer(3, "Viber")])).rows

    assert found.find(telegram.key) == found.find(key_of("  TELEGRAM ")) == telegram
    assert found.find(key_of("Signal")) is None


@given(st.text(max_size=20), st.text(max_size=20))
def test_a_key_is_short_and_the_same_for_the_same_name_only(one: str, other: str) -> None:
    assert len(key_of(one)) == 12
    assert key_of(one).isascii()
    assert key_of(f"  {one} ") == key_of(one)
    if " ".join(one.casefold().split()) != " ".join(other.casefold().split()):
        assert key_of(one) != key_of(other)


def test_a_name_of_broken_letters_has_a_key_as_well() -> None:
    assert key_of("Tele\ud800gram") == key_of("tele?gram")


# On the shelf


def test_numbers_stand_apart_from_categories_and_are_priced_by_the_piece() -> None:
    found = Shelf(
        [number(1, rate="0.001"), number(2, "Viber")], {}, PRICING, {}, hidings=EVERYTHING
    )

    assert [project.name for project in found.projects()] == ["Telegram", "Viber"]
    assert [project.name for project in found.projects("vib")] == ["Viber"]
    assert [project.name for project in found.projects("  ")] == ["Telegram", "Viber"]
    cheap = found.load_offer(ServiceId(1))
    assert (cheap.price, cheap.unit) == (Money(10_000), 1)
    assert found.load_offer(ServiceId(2)).price == Money(1_200_000)
    assert found.find_project(key_of("viber")) == found.projects()[1]
    assert found.find_project(key_of("signal")) is None
    assert (found.on_sale, found.categories()) == (0, ())


def test_a_number_that_changes_changes_its_project_and_not_the_old_shelf() -> None:
    old = Shelf([number(1)], {}, PRICING, {}, hidings=EVERYTHING)

    new = old.with_service(number(2, "Viber"))

    assert [project.name for project in new.projects()] == ["Telegram", "Viber"]
    assert [project.name for project in old.projects()] == ["Telegram"]
