"""A language is sent as the supplier writes it, or not at all."""

import pytest

from bot.suppliers import DIALECTS


@pytest.mark.parametrize(
    ("wanted", "code"),
    [
        ("ru", "ru"),
        ("pt-BR", "pt-BR"),
        ("PT_br", "pt-BR"),
        ("zh-Hant", "zh"),
        ("bn-BD", "bn-BD"),
        ("en", None),
        ("en-GB", None),
        ("it", None),
        ("", None),
    ],
)
def test_accplanet_has_codes_and_aliases_and_no_word_for_english(
    wanted: str, code: str | None
) -> None:
    assert DIALECTS["accplanet"].language(wanted) == code


@pytest.mark.parametrize(
    ("wanted", "code"),
    [("ru", "ru"), ("pt-br", "pt-BR"), ("jp", "ja"), ("th", None), ("tr", None), ("en", None)],
)
def test_hstockplus_has_fewer_of_them(wanted: str, code: str | None) -> None:
    assert DIALECTS["hstockplus"].language(wanted) == code


@pytest.mark.parametrize(
    ("supplier", "action", "fields"),
    [
        ("accplanet", "services", {"language": "ru"}),
        ("accplanet", "categories", {}),
        ("hstockplus", "services", {"lang": "ru"}),
        ("hstockplus", "categories", {"lang": "ru"}),
        ("hstockplus", "sms_projects", {"lang": "ru"}),
        ("hstockplus", "sms_countries", {"lang": "ru"}),
        ("hstockplus", "add", {}),
    ],
)
def test_each_asks_in_its_own_words_and_only_where_its_page_says_so(
    supplier: str, action: str, fields: dict[str, str]
) -> None:
    assert DIALECTS[supplier].language_fields(action, "ru") == fields
