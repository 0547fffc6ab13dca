"""The shelf counts, sorts and pages what is on sale, and changing it equals building it again."""

from dataclasses import replace
from datetime import UTC, datetime
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.base.ids import CategoryId, RemoteId, ServiceId, SupplierName
from bot.base.money import Money
from bot.base.page import PAGE_SIZE, Page, page_of
from bot.catalog.errors import NotForSale, NotForSaleReason
from bot.catalog.listing import Sort
from bot.catalog.places.tree import Category
from bot.catalog.pricing import Pricing
from bot.catalog.rules import Service
from bot.catalog.shelf import CurrentShelf, Shelf
from bot.desk.suppliers import hidden_reasons
from bot.suppliers.words import CatalogRow, Kind

NOW = datetime(2026, 3, 1, tzinfo=UTC)
PRICING = Pricing(Decimal(20), Money(10_000))
MAIL, GMAIL, GAMES, EMPTY = (CategoryId(number) for number in (1, 2, 3, 4))
ACC, PAUSED = SupplierName("accplanet"), NotForSaleReason.SERVICE_PAUSED
LABELS = {
    MAIL: Category(MAIL, "Mail", None),
    GMAIL: Category(GMAIL, "Gmail", MAIL),
    GAMES: Category(GAMES, "games", None),
    EMPTY: Category(EMPTY, "Empty", None),
}


def service(
    number: int,
    category: CategoryId = MAIL,
    *,
    name: str = "Account",
    rate: str = "1",
    stock: int | None = 10,
    hidden: NotForSaleReason | None = None,
    basis: int = 1,
    kind: Kind = Kind.PRODUCT,
) -> Service:
    row = CatalogRow(RemoteId(f"r{number}"), name, "", "", Decimal(rate), 1, 100, stock)
    return Service(ServiceId(number), ACC, row, kind, basis, category, NOW, hidden)


def shelf(*services: Service) -> Shelf:
    return Shelf(services, LABELS, PRICING, {})


def names(found: Shelf, category: CategoryId, sort: Sort) -> list[str]:
    return [offer.service.listed.name for offer in found.offers(category, sort)]


def test_before_the_catalogue_is_loaded_nothing_is_on_sale() -> None:
    empty = CurrentShelf.empty(PRICING)

    assert (empty.now.on_sale, empty.now.categories(), empty.version) == (0, (), 0)
    assert empty.now.prices.settings is PRICING


def test_a_category_counts_what_can_be_bought_below_it() -> None:
    found = shelf(service(1), service(2, GMAIL), service(3, GMAIL, stock=0), service(4, GAMES))

    counts = {category.name: category.count() for category in found.categories()}
    assert counts == {"Mail": 2, "games": 1}
    assert [category.count() for category in found.categories(MAIL)] == [1]
    assert found.on_sale == 4


@pytest.mark.parametrize(
    ("stocked", "paused", "count", "is_paused"),
    [
        ([service(1)], set(), 1, False),
        ([service(1)], {ACC}, 0, True),
        ([service(1, stock=0)], set(), 0, False),
        ([service(1, stock=0)], {ACC}, 0, False),
        ([service(1, hidden=PAUSED)], set(), 0, True),
        ([service(1, hidden=PAUSED), service(2, GMAIL)], set(), 1, False),
        ([service(1, hidden=PAUSED), service(2, GMAIL)], {ACC}, 0, True),
        ([service(1, GMAIL, hidden=PAUSED), service(2, stock=0)], set(), 0, True),
    ],
)
def test_what_is_paused_is_shown_and_not_counted(
    stocked: list[Service], paused: set[SupplierName], count: int, is_paused: bool
) -> None:
    [mail] = shelf(*stocked).categories()

    assert (mail.count(paused), mail.is_paused(paused)) == (count, is_paused)


def test_a_paused_service_stands_last_has_a_price_and_is_not_for_sale() -> None:
    found = shelf(service(1, name="a", hidden=PAUSED), service(2, name="b"))

    assert names(found, MAIL, Sort.NAME) == ["b", "a"]
    shown = found.find_shown(ServiceId(1))
    assert shown is not None
    assert shown.price == Money(1_200_000)
    assert found.find_offer(ServiceId(1)) is None
    assert found.on_sale == 1
    with pytest.raises(NotForSale, match="service_paused"):
        found.load_offer(ServiceId(1))


def test_what_has_no_price_is_not_shown() -> None:
    found = shelf(service(1, hidden=NotForSaleReason.UNKNOWN_BASIS))

    assert found.find_shown(ServiceId(1)) is None
    assert found.categories() == ()


def test_categories_are_sorted_by_name_and_the_empty_ones_left_out() -> None:
    found = shelf(service(1), service(2, GAMES))

    assert [category.name for category in found.categories()] == ["games", "Mail"]
    assert found.find_category(EMPTY) is None


def test_a_path_starts_at_the_top() -> None:
    found = shelf(service(1, GMAIL))

    assert [one.name for one in found.path(GMAIL)] == ["Mail", "Gmail"]
    assert found.path(CategoryId(99)) == ()


@pytest.mark.parametrize(
    ("sort", "order"),
    [
        (Sort.NAME, ["apple", "Bread", "cider", "aa sold out"]),
        (Sort.PRICE, ["cider", "Bread", "apple", "aa sold out"]),
        (Sort.STOCK, ["Bread", "cider", "apple", "aa sold out"]),
    ],
)
def test_each_sort_puts_the_sold_out_last(sort: Sort, order: list[str]) -> None:
    found = shelf(
        service(1, name="apple", rate="3", stock=1),
        service(2, name="Bread", rate="2", stock=None),
        service(3, name="cider", rate="1", stock=50),
        service(4, name="aa sold out", rate="0.5", stock=0),
    )

    assert names(found, MAIL, sort) == order


def test_a_price_per_thousand_is_compared_by_the_unit() -> None:
    found = shelf(service(1, name="dear", rate="0.02"), service(2, name="cheap", rate="0.005"))

    assert names(found, MAIL, Sort.PRICE) == ["cheap", "dear"]


def test_what_is_hidden_is_refused_with_its_reason_and_counted_for_the_desk() -> None:
    found = shelf(service(1, hidden=NotForSaleReason.SOCIAL_OFF), service(2))

    for wanted, why in ((1, NotForSaleReason.SOCIAL_OFF), (77, NotForSaleReason.GONE)):
        with pytest.raises(NotForSale) as refusal:
            found.load_offer(ServiceId(wanted))
        assert refusal.value.reason is why
    assert hidden_reasons(found) == {"accplanet": {NotForSaleReason.SOCIAL_OFF: 1}}
    assert found.load_offer(ServiceId(2)).price == Money(1_200_000)


@given(st.lists(st.integers(), max_size=60), st.integers(-5, 20))
def test_pages_together_are_the_list_and_no_number_is_beyond_it(rows: list[int], at: int) -> None:
    first = page_of(rows, 0)
    pages = [page_of(rows, number) for number in range(first.pages)]

    assert [row for page in pages for row in page.rows] == rows
    assert all(len(page.rows) == PAGE_SIZE for page in pages[:-1])
    assert page_of(rows, at) == pages[min(max(at, 0), first.pages - 1)]


services = st.builds(
    service,
    st.integers(1, 6),
    st.sampled_from([MAIL, GMAIL, GAMES]),
    name=st.sampled_from(["a", "A", "b", "c"]),
    rate=st.sampled_from(["0.001", "1", "2"]),
    stock=st.sampled_from([None, 0, 5, 10]),
    hidden=st.sampled_from([None, None, NotForSaleReason.GONE, PAUSED]),
)


@given(
    st.lists(services, max_size=6, unique_by=lambda one: one.id), st.lists(services, max_size=4)
)
def test_a_changed_shelf_is_the_shelf_built_again(
    stocked: list[Service], changes: list[Service]
) -> None:
    changed = shelf(*stocked)
    known = {one.id: one for one in stocked}
    for change in changes:
        changed = changed.with_service(change)
        known[change.id] = change

    built = shelf(*known.values())
    assert seen(changed) == seen(built)


def test_a_changed_shelf_leaves_the_old_one_as_it_was() -> None:
    old = shelf(service(1))

    new = old.with_service(replace(service(1), hidden=NotForSaleReason.GONE))

    assert (old.on_sale, new.on_sale) == (1, 0)
    assert old.categories()
    assert not new.categories()


def seen(found: Shelf) -> object:
    """Everything a customer or the desk can see."""
    offers = {(label, sort): found.offers(label, sort) for label in LABELS for sort in Sort}
    below = {parent: found.categories(parent) for parent in (None, *LABELS)}
    one_by_one = [found.find_shown(ServiceId(number)) for number in range(1, 7)]
    everything = sorted(one.id for one in found.services())
    return offers, below, one_by_one, everything, found.on_sale, hidden_reasons(found)


def test_a_page_knows_its_place() -> None:
    rows = tuple(range(17))

    assert page_of(rows, 1) == Page(rows[8:16], 1, 3, 17)
    assert page_of(rows, 9) == Page(rows[16:], 2, 3, 17)
    assert page_of((), 0) == Page((), 0, 1, 0)
    assert page_of(rows, 0, 17).pages == 1


def test_a_rate_per_thousand_is_shown_per_thousand_where_one_is_below_ten_cents() -> None:
    found = shelf(service(1, rate="0.9", basis=1000), service(2, rate="102", basis=1000))

    cheap, dear = (found.load_offer(ServiceId(number)) for number in (1, 2))
    assert (cheap.price, cheap.unit) == (Money(1_080_000), 1000)
    assert (dear.price, dear.unit) == (Money(130_000), 1)


def test_prices_are_compared_to_the_last_micro_unit() -> None:
    found = shelf(service(1, name="a", rate="1.000001"), service(2, name="b", rate="1"))

    assert names(found, MAIL, Sort.PRICE) == ["b", "a"]


def test_everything_is_found_by_its_id_and_nothing_by_another() -> None:
    found = shelf(service(1, GMAIL), service(2, hidden=NotForSaleReason.GONE))

    assert found.find_category(GMAIL) == replace(LABELS[GMAIL], on_sale={ACC: 1})
    assert [found.find_parent(one) for one in (GMAIL, MAIL, EMPTY, CategoryId(99))] == [
        MAIL, None, None, None,
    ]  # fmt: skip
    one, hidden = ServiceId(1), ServiceId(2)
    assert (found.find_offer(one), found.find_offer(hidden)) == (found.load_offer(one), None)
    assert found.find_service(hidden) == service(2, hidden=NotForSaleReason.GONE)
    assert found.find_service(ServiceId(3)) is None
    assert found.categories(GAMES) == ()
    assert found.offers(GAMES, Sort.NAME) == ()


def test_a_number_or_a_nameless_category_keeps_nothing_else_from_being_counted() -> None:
    found = shelf(service(1, kind=Kind.NUMBER), service(2, CategoryId(99)), service(3, GAMES))

    assert [(category.name, category.count()) for category in found.categories()] == [("games", 1)]
    assert found.on_sale == 2


def test_the_desk_reads_how_many_are_hidden_and_when_each_supplier_was_read() -> None:
    gone = NotForSaleReason.GONE
    read_at = {SupplierName("accplanet"): NOW}
    found = Shelf([service(1, hidden=gone), service(2, hidden=gone)], LABELS, PRICING, read_at)

    assert hidden_reasons(found) == {"accplanet": {gone: 2}}
    assert found.read_at == read_at
