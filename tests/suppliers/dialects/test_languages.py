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


def test_hstockplus_is_english() -> None:
    assert DIALECTS["hstockplus"].language("ru") is None
