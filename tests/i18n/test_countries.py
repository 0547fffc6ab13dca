"""A country by its English title or its id: its name in the reader's language, and its flag."""

import pytest

from bot.i18n.countries import (
    country_code,
    country_name,
    find_codes,
    flag_of,
    with_flag,
)
from bot.i18n.language import LANGUAGES


@pytest.mark.parametrize(
    ("title", "country", "language", "shown"),
    [
        ("Germany", "de", "ru", "Германия"),
        ("Turkey", "90", "de", "Türkei"),
        ("United States", "us", "ja", "アメリカ合衆国"),
        ("VIET NAM", "84", "vi", "Việt Nam"),
        ("Deutschland", "de", "zh", "德国"),
        ("DE", "de", "en", "Germany"),
        ("Germany", "de", "en", "Germany"),
        ("Any country", "0", "ru", "Any country"),
        ("USA (virtual)", "us", "ru", "USA (virtual)"),
        ("Georgia", "us", "ru", "Грузия"),
        ("XX", "xx", "ru", "XX"),
        ("", "", "ru", ""),
    ],
)
def test_what_a_country_is_called(title: str, country: str, language: str, shown: str) -> None:
    assert country_name(title, country, language) == shown


@pytest.mark.parametrize(
    ("title", "country", "code"),
    [
        ("Germany", "49", "DE"), ("germany", "", "DE"), ("DE", "de", "DE"), ("", "de", "DE"),
        ("USA (virtual)", "187", "US"), ("USA", "us", "US"), ("Vietnam 2", "10", "VN"),
        ("Trinidad and Tobago", "1", "TT"), ("Saint Lucia", "", "LC"), ("St. Lucia", "", "LC"),
        ("Cote d'Ivoire", "", "CI"), ("The Gambia", "", "GM"), ("Türkiye", "62", "TR"),
        ("Turkiye", "62", "TR"), ("Georgia", "us", "GE"), ("Bosnia and Herzegovina", "", "BA"),
        ("Any country", "0", ""), ("Deutschland 2", "", ""), ("1", "1", ""), ("", "", ""),
        ("Unknown Region", "zz", ""), ("\u202e\x00", "49", ""), ("(virtual)", "us", ""),
    ],
)  # fmt: skip
def test_a_title_names_a_country(title: str, country: str, code: str) -> None:
    assert country_code(title, country) == code


def test_a_flag_stands_once_before_a_name() -> None:
    assert (flag_of("DE"), flag_of("")) == ("🇩🇪", "")
    assert with_flag("Deutschland", "DE") == "🇩🇪 Deutschland"
    assert with_flag("🇩🇪 Deutschland", "DE") == "🇩🇪 Deutschland"
    assert with_flag("Any country", "") == "Any country"


@pytest.mark.parametrize(
    ("words", "some"),
    [
        ("germ", {"DE"}), ("Германия", {"DE"}), ("德国", {"DE"}), ("alemania", {"DE"}),
        ("DEUTSCH", {"DE"}), ("ألمانيا", {"DE"}), ("জার্মানি", {"DE"}), ("जर्मनी", {"DE"}),
        ("เยอรมนี", {"DE"}), ("de", {"DE"}), ("🇩🇪", {"DE"}), ("usa", {"US"}),
        ("states united", {"US"}), ("cote ivoire", {"CI"}), ("tuerkei", set()), ("türkei", {"TR"}),
        ("turkei", {"TR"}), ("united", {"US", "GB", "AE"}), ("england", {"GB"}),
    ],
)  # fmt: skip
def test_a_country_is_found_by_its_name_in_any_language(words: str, some: set[str]) -> None:
    assert some <= find_codes(words)


@pytest.mark.parametrize("words", ["", "  ", "😀", "<b>", "x" * 4_000, "\u202e", "12345"])
def test_what_names_no_country_finds_none(words: str) -> None:
    assert find_codes(words) == frozenset()


def test_every_country_is_found_by_its_own_name_in_every_language() -> None:
    for code in ("DE", "US", "BR", "CN", "CI", "TT", "LC", "GM", "TR"):
        for language in LANGUAGES:
            name = country_name("", code, language)
            assert code in find_codes(name), (code, language, name)
