"""A country by its English title or its id, in the reader's language."""

import pytest

from bot.i18n.countries import country_name


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
