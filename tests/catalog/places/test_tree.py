"""One tree over all suppliers: same names stand once, every service is found by tapping down."""

from collections import Counter
from datetime import UTC, datetime
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.base.ids import CategoryId, RemoteId, ServiceId, SupplierName
from bot.base.money import Money
from bot.catalog.listing import Sort
from bot.catalog.places.tree import EVERYBODY, Category, Places, Tree
from bot.catalog.pricing import Pricing
from bot.catalog.rules import Service
from bot.catalog.shelf import Shelf
from bot.suppliers.words import CatalogRow, Kind

NOW = datetime(2026, 3, 1, tzinfo=UTC)
PRICING = Pricing(Decimal(20), Money(10_000))
ACC, HSTOCK = SupplierName("accplanet"), SupplierName("hstockplus")
EMAIL, GMAIL, E_MAIL, G_MAIL, YAHOO, GAMES = map(CategoryId, range(1, 7))


def label(number: int, name: str, parent: CategoryId | None = None, place: int = 0) -> Category:
    return Category(CategoryId(number), name, parent, place=place or number)


LABELS = {
    EMAIL: label(1, "Email"),
    GMAIL: label(2, "Gmail", EMAIL),
    E_MAIL: label(3, "  ＥＭＡＩＬ "),
    G_MAIL: label(4, "GMail", E_MAIL),
    YAHOO: label(5, "Yahoo", E_MAIL),
    GAMES: label(6, "Games"),
}


def service(
    number: int, category: int, supplier: SupplierName = ACC, stock: int | None = 10
) -> Service:
    row = CatalogRow(RemoteId(f"r{number}"), f"A {number}", "", "", Decimal(1), 1, 100, stock)
    return Service(
        ServiceId(number), supplier, row, Kind.PRODUCT, 1, CategoryId(category), NOW, None
    )


def shelf(*services: Service, places: Places | None = None) -> Shelf:
    return Shelf(services, LABELS, PRICING, {}, places)


def tree_of(found: Shelf, parent: CategoryId | None = None) -> dict[str, object]:
    """Names with what lies below them; a category's own services are counted."""
    return {
        one.name: tree_of(found, one.id) or len(found.offers(one.id, Sort.NAME))
        for one in found.categories(parent)
    }


BOTH = (service(1, GMAIL), service(2, G_MAIL, HSTOCK), service(3, YAHOO, HSTOCK))


def test_names_that_are_equal_but_for_case_width_and_blanks_stand_once() -> None:
    found = shelf(*BOTH)

    assert tree_of(found) == {"Email": {"Gmail": 2, "Yahoo": 1}}
    assert [one.count() for one in found.categories()] == [3]
    assert found.categories()[0].on_sale == {ACC: 1, HSTOCK: 2}


def test_every_id_of_a_category_opens_the_one() -> None:
    found = shelf(*BOTH)

    assert found.path(G_MAIL) == found.path(GMAIL)
    assert [one.id for one in found.path(G_MAIL)] == [EMAIL, GMAIL]
    assert found.categories(E_MAIL) == found.categories(EMAIL)
    assert found.offers(G_MAIL, Sort.NAME) == found.offers(GMAIL, Sort.NAME)
    assert found.categories()[0].same == (E_MAIL,)


def test_what_is_listed_first_is_spelled_and_placed_as_it_is_listed() -> None:
    late = {**LABELS, EMAIL: label(1, "Email", place=99)}
    found = Shelf(BOTH, late, PRICING, {})

    [email] = found.categories()
    assert (email.id, email.place, email.same) == (E_MAIL, 3, (EMAIL,))
    assert found.path(GMAIL)[0] == email


def test_the_same_name_in_another_place_is_another_category() -> None:
    labels = {**LABELS, CategoryId(7): label(7, "gmail", GAMES)}
    found = Shelf((service(1, GMAIL), service(2, 7)), labels, PRICING, {})

    assert tree_of(found) == {"Email": {"Gmail": 1}, "Games": {"gmail": 1}}


def test_what_has_nothing_to_buy_stands_last() -> None:
    found = shelf(service(1, GMAIL, stock=0), service(2, YAHOO), service(3, GAMES))
    sold_out = shelf(service(1, GMAIL, stock=0), service(3, GAMES))

    assert [one.name for one in found.categories(EMAIL)] == ["Yahoo", "Gmail"]
    assert [one.name for one in sold_out.categories()] == ["Games", "Email"]


def test_a_level_with_one_category_and_nothing_else_is_passed() -> None:
    found = shelf(service(1, GMAIL), service(2, GAMES))

    assert [one.id for one in found.open_category(EMAIL)] == [EMAIL, GMAIL]
    assert found.find_above(GMAIL) is None
    assert [one.id for one in found.open_category(GAMES)] == [GAMES]
    with_own = shelf(service(1, GMAIL), service(2, EMAIL))
    assert [one.id for one in with_own.open_category(EMAIL)] == [EMAIL]
    assert with_own.find_above(GMAIL) == EMAIL


def test_a_merged_category_brings_what_lies_below_it() -> None:
    labels = {
        one.id: one
        for one in (
            label(1, "Email"), label(2, "Gmail", EMAIL),
            label(3, "Email accounts"), label(4, "gmail", E_MAIL), label(5, "Yahoo", E_MAIL),
        )
    }  # fmt: skip
    found = Shelf(BOTH, labels, PRICING, {}, {(E_MAIL, EVERYBODY): EMAIL})
    assert tree_of(found) == {"Email": {"Gmail": 2}}
    assert found.tree.find_lack(YAHOO, HSTOCK) == (EMAIL, "Yahoo")
    assert [one.service.id for one in found.offers(EMAIL, Sort.NAME)] == [3]

    labels[GAMES] = label(6, "Yahoo", EMAIL)
    found = Shelf(BOTH, labels, PRICING, {}, {(E_MAIL, EVERYBODY): EMAIL})
    assert tree_of(found) == {"Email": {"Gmail": 2, "Yahoo": 1}}
    assert [one.name for one in found.path(YAHOO)] == ["Email", "Yahoo"]


def test_one_suppliers_part_of_a_category_can_stand_apart() -> None:
    labels = {**LABELS, CategoryId(7): label(7, "Mail by hand", place=10**9)}
    stocked = (service(1, EMAIL), service(2, EMAIL, HSTOCK))
    found = Shelf(stocked, labels, PRICING, {}, {(EMAIL, HSTOCK): CategoryId(7)})

    assert tree_of(found) == {"Email": 1, "Mail by hand": 1}
    assert found.category_of(stocked[1]) == CategoryId(7)
    alone = Shelf(stocked[1:], labels, PRICING, {}, {(EMAIL, HSTOCK): CategoryId(7)})
    assert [one.name for one in alone.path(EMAIL)] == ["Mail by hand"]


def test_a_spelling_can_be_chosen() -> None:
    found = shelf(*BOTH, places={(EMAIL, EVERYBODY): E_MAIL})

    [email] = found.categories()
    assert (email.id, email.place) == (E_MAIL, 1)
    assert not found.tree.is_circular


@pytest.mark.parametrize(
    ("places", "is_circular"),
    [
        ({(EMAIL, EVERYBODY): GAMES}, False),
        ({(EMAIL, EVERYBODY): GAMES, (GAMES, EVERYBODY): EMAIL}, True),
        ({(EMAIL, EVERYBODY): GMAIL}, True),
        ({(GMAIL, EVERYBODY): EMAIL}, False),
        ({(EMAIL, ACC): GAMES, (GAMES, EVERYBODY): EMAIL}, True),
        ({(EMAIL, ACC): GAMES, (GAMES, HSTOCK): EMAIL}, False),
    ],
)
def test_a_circle_is_seen(places: Places, is_circular: bool) -> None:
    assert Tree(LABELS, places).is_circular is is_circular


ids = st.integers(1, 9).map(CategoryId)
names = st.sampled_from(["Mail", "MAIL", " mail", "Games", "Ｇames", "Other"])


@st.composite
def shelves(draw: st.DrawFn) -> Shelf:
    """Labels of three levels, services, and places of any sort, circles among them."""
    labels: dict[CategoryId, Category] = {}
    for number in range(1, draw(st.integers(1, 9)) + 1):
        above = draw(st.none() | st.sampled_from(sorted(labels))) if labels else None
        place = draw(st.integers(0, 5))
        labels[CategoryId(number)] = Category(CategoryId(number), draw(names), above, place=place)
    known = st.sampled_from(sorted(labels))
    who = st.sampled_from([ACC, HSTOCK, EVERYBODY])
    places = draw(st.dictionaries(st.tuples(known, who), known, max_size=4))
    rows = draw(
        st.lists(st.tuples(known, st.sampled_from([ACC, HSTOCK]), st.integers(0, 1)), max_size=8)
    )
    services = [service(nth, *row) for nth, row in enumerate(rows)]
    return Shelf(services, labels, PRICING, {}, places)


def walked(found: Shelf, parent: CategoryId | None = None) -> list[ServiceId]:
    """What is found by tapping down as a customer does, levels passed."""
    seen = []
    for one in found.categories(parent):
        here = found.open_category(one.id)[-1].id
        seen += [offer.service.id for offer in found.offers(here, Sort.PRICE)]
        seen += walked(found, here)
    return seen


@given(shelves())
def test_every_service_is_reached_by_tapping_down_and_once(found: Shelf) -> None:
    assert Counter(walked(found)) == Counter(one.id for one in found.services())


@given(shelves(), ids)
def test_every_id_that_is_known_leads_somewhere_and_the_way_back_ends(
    found: Shelf, category: CategoryId
) -> None:
    listed = {one.category for one in found.services()}
    if category in listed:
        assert found.open_category(category)
    at: CategoryId | None = category
    steps = 0
    while at is not None and found.path(at):
        at, steps = found.find_above(at), steps + 1
        assert at is None or found.open_category(at)[-1].id == at
        assert steps < 10


@given(shelves(), st.integers(0, 7), st.sampled_from([ACC, HSTOCK]), ids, st.integers(0, 1))
def test_one_service_changed_is_the_shelf_built_again(
    found: Shelf, number: int, supplier: SupplierName, category: CategoryId, stock: int
) -> None:
    if category not in found.tree.labels:
        return
    change = service(number, category, supplier, stock)
    services = {one.id: one for one in found.services()} | {change.id: change}
    changed = found.with_service(change)
    built = Shelf(services.values(), found.tree.labels, PRICING, {}, found.tree.places)

    for parent in (None, *found.tree.labels):
        assert changed.categories(parent) == built.categories(parent)
        if parent is not None:
            assert changed.offers(parent, Sort.NAME) == built.offers(parent, Sort.NAME)
            assert changed.path(parent) == built.path(parent)
