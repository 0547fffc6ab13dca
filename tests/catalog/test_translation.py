"""A translation stands for one English text and for no other."""

from dataclasses import replace
from decimal import Decimal

from hypothesis import given
from hypothesis import strategies as st

from bot.base.ids import CategoryId, RemoteId, ServiceId, SupplierName
from bot.base.money import CENT, parse_money
from bot.catalog.places.tree import Category
from bot.catalog.pricing import Pricing
from bot.catalog.rules import Offer, Service
from bot.catalog.translation import Translation, Words, mark_of
from bot.suppliers.words import CatalogRow, Kind
from tests.clock import TurnableClock

TEXTS = st.text(max_size=40)
MARK = -7_323_586_752_848_988_024


def offer(number: int, name: str, stock: int = 5, description: str = "Old.") -> Offer:
    row = CatalogRow(
        RemoteId(str(number)), name, "Mail", "", Decimal(1), 1, 9, stock, description=description
    )
    service = Service(
        id=ServiceId(number),
        supplier=SupplierName("accplanet"),
        listed=row,
        kind=Kind.PRODUCT,
        basis=1,
        category=CategoryId(1),
        read_at=TurnableClock().now(),
    )
    return Offer(service, parse_money("1.20"), 1, Pricing(Decimal(20), CENT))


def words(**names: tuple[str, str]) -> Words:
    """English and translated names of services called `s1`, `s2`, ..."""
    return Words(
        {ServiceId(int(key[1:])): Translation(to, mark_of(of)) for key, (of, to) in names.items()}
    )


@given(TEXTS, TEXTS, TEXTS)
def test_a_translation_is_never_shown_for_another_english_text(
    english: str, other: str, text: str
) -> None:
    made = Translation.made(text, english)
    if made is None:
        assert text in {"", english}
        return
    assert made.of(english) == text
    assert made.of(other) == (text if other == english else other)


@given(TEXTS)
def test_a_mark_fits_into_64_bits(english: str) -> None:
    assert -(2**63) <= mark_of(english) < 2**63


def test_what_is_not_known_stays_english() -> None:
    one = offer(1, "Mail account")
    assert Words().offer(one) == one
    assert words(s2=("Mail account", "Почта")).offer(one) == one
    assert words(s1=("Old name", "Почта")).offer(one) == one


def test_only_names_and_descriptions_change() -> None:
    one = offer(1, "Mail account")
    told = Words(
        {ServiceId(1): Translation("Почта", mark_of("Mail account"))},
        {ServiceId(1): Translation("Старая.", mark_of("Old."))},
    ).offer(one)

    assert (told.service.listed.name, told.service.listed.description) == ("Почта", "Старая.")
    assert (told.price, told.unit, told.service.id) == (one.price, one.unit, one.service.id)
    assert told.service.listed.category == "Mail"


def test_categories_stand_in_their_places_and_all_else_in_the_order_of_names() -> None:
    labels = Words(labels={CategoryId(1): "Ящики", CategoryId(3): "аккаунты"})
    rows = [Category(CategoryId(nth), name, None) for nth, name in enumerate("AZB", start=1)]
    assert [one.name for one in labels.categories(rows)] == ["Z", "аккаунты", "Ящики"]
    placed = [replace(row, place=-nth) for nth, row in enumerate(rows)]
    assert [one.name for one in labels.categories(placed)] == ["аккаунты", "Z", "Ящики"]

    told = words(s1=("A", "я"), s2=("B", "Б"), s3=("C", "а"))
    offers = [offer(1, "A"), offer(2, "B"), offer(3, "C", stock=0), offer(4, "D")]
    assert [one.service.id for one in told.offers_by_name(offers)] == [4, 2, 1, 3]


def test_no_text_and_the_english_one_are_no_translations() -> None:
    assert Translation.made("", "Mail") is None
    assert Translation.made("Mail", "Mail") is None
    assert Translation.made("Почта", "Mail") == Translation("Почта", mark_of("Mail"))


def test_a_mark_is_the_same_in_every_process_and_for_broken_letters_as_well() -> None:
    assert mark_of("Mail account") == MARK
    assert mark_of("Mail \ud800") == mark_of("Mail ?")


def test_a_row_of_a_category_is_translated_whichever_it_is() -> None:
    told = Words({ServiceId(1): Translation("Почта", mark_of("Mail"))}, {}, {CategoryId(1): "Ящ"})
    one = offer(1, "Mail")

    assert told.row(one) == told.offer(one) != one
    assert told.row(Category(CategoryId(1), "Box", None)) == Category(
        CategoryId(1), "Ящ", None, english="Box"
    )
    assert told.size == len("Почта") + len("Ящ")
