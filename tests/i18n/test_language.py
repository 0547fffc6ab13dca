import pytest
from babel import Locale

from bot.i18n.language import (
    LANGUAGES,
    PLURAL_FORMS,
    babel_locale,
    choose_language,
    is_rtl,
)


@pytest.mark.parametrize(
    ("telegram", "ours"),
    [
        ("zh-hans", "zh"),
        ("zh-cn", "zh"),
        ("zh-SG", "zh"),
        ("zh-hant", "zh"),
        ("zh-TW", "zh"),
        ("zh-hk", "zh"),
        ("zh-mo", "zh"),
        ("zh-Hans-CN", "zh"),
        ("pt", "pt"),
        ("pt-PT", "pt"),
        ("pt-br", "pt-BR"),
        ("pt_br", "pt-BR"),
        ("ptbr", "pt-BR"),
        ("bn", "bn-BD"),
        ("bn-bd", "bn-BD"),
        ("bn-IN", "bn-BD"),
        ("bd", "bn-BD"),
        ("en-us", "en"),
        ("en-GB", "en"),
        ("es-419", "es"),
        ("fa", "en"),
        ("", "en"),
        (None, "en"),
        ("  RU ", "ru"),
    ],
)
def test_a_telegram_code_finds_its_language(telegram: str | None, ours: str) -> None:
    assert choose_language(telegram) == ours


def test_each_language_chooses_itself_and_babel_knows_it() -> None:
    for code in LANGUAGES:
        assert choose_language(code) == code
        assert isinstance(babel_locale(code), Locale)


def test_arabic_and_urdu_are_written_from_right_to_left() -> None:
    assert {code for code in LANGUAGES if is_rtl(code)} == {"ar", "ur"}


def test_every_language_has_its_plural_rule() -> None:
    assert set(PLURAL_FORMS) == set(LANGUAGES)
