"""Counted texts stand in the form that the language wants for the number."""

import pytest
from babel import Locale

from bot.i18n.language import ENGLISH, LANGUAGES
from bot.i18n.texts import Texts
from tests.languages.english import LOCALES, catalog

COUNTS = (0, 1, 2, 3, 5, 11, 21, 100)
CLDR_ORDER = ("zero", "one", "two", "few", "many", "other")
TEXTS = Texts.load(LOCALES)
COUNTED = [one.id for one in catalog(ENGLISH) if one.id and not isinstance(one.id, str)]


@pytest.mark.parametrize("code", LANGUAGES)
@pytest.mark.parametrize("count", COUNTS)
def test_the_form_is_the_one_of_the_number(code: str, count: int) -> None:
    rule = Locale.parse(code, sep="-").plural_form
    names = [name for name in CLDR_ORDER if any(rule(n) == name for n in range(1000))]
    for singular, plural in COUNTED:
        message = catalog(code).get((singular, plural))
        assert message is not None
        forms = message.string if code != ENGLISH else (singular, plural)
        assert isinstance(forms, tuple | list)
        said = TEXTS.for_locale(code).ngettext(singular, plural, count)
        assert said == forms[names.index(rule(count))]


@pytest.mark.parametrize("code", LANGUAGES)
def test_a_form_for_many_numbers_says_the_number(code: str) -> None:
    for singular, plural in COUNTED:
        for count in (3, 5, 11, 21, 100):
            said = TEXTS.for_locale(code).ngettext(singular, plural, count)
            assert "{count}" in said or "{numbers}" in said, (code, count, said)


@pytest.mark.parametrize(
    ("code", "said"),
    [
        ("ru", ["0 заказов", "1 заказ", "2 заказа", "3 заказа", "5 заказов", "11 заказов",
                "21 заказ", "100 заказов"]),
        ("de", ["0 Bestellungen", "1 Bestellung", "2 Bestellungen", "3 Bestellungen",
                "5 Bestellungen", "11 Bestellungen", "21 Bestellungen", "100 Bestellungen"]),
        ("tr", ["0 sipariş", "1 sipariş", "2 sipariş", "3 sipariş", "5 sipariş", "11 sipariş",
                "21 sipariş", "100 sipariş"]),
    ],
)  # fmt: skip
def test_orders_are_counted_as_people_count_them(code: str, said: list[str]) -> None:
    _ = TEXTS.for_locale(code)
    counted = [_.ngettext("{count} order", "{count} orders", n).format(count=n) for n in COUNTS]
    assert counted == said


def test_arabic_has_a_word_of_its_own_for_none_one_and_two() -> None:
    _ = TEXTS.for_locale("ar")
    said = [_.ngettext("{count} order", "{count} orders", n) for n in (*COUNTS, 102)]
    assert len({said[0], said[1], said[2], said[3], said[5], said[7]}) == 6
    assert said[3] == said[4]
    assert said[5] == said[6]
    assert said[7] == said[8]
