"""What is typed and what is listed are made alike, whatever it is."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.catalog.search.aliases import aliases
from bot.catalog.search.normalise import LONGEST, gram_size, grams_of, normalise, parts_of
from bot.catalog.search.query import words_of
from bot.catalog.search.scripts import in_latin, swapped_keys
from tests.catalog.search.listed import look_in

ANYTHING = st.text(st.characters(exclude_categories=()), max_size=150)
"""Lone surrogates, NUL and signs that turn the direction among it."""


@given(ANYTHING)
def test_what_was_made_alike_stays_as_it_is(text: str) -> None:
    once = normalise(text)

    assert normalise(once, len(once)) == once
    assert once == " ".join(once.split())


@given(ANYTHING)
def test_whatever_is_typed_is_searched_without_a_failure(text: str) -> None:
    words_of(text, ())
    swapped_keys(text)
    assert all(in_latin(part) is not None for part in parts_of(normalise(text)))
    look_in("ru").hits(text)


@given(st.text("aа１١三カ \u0301\u202e🔥", min_size=200, max_size=5000))
def test_nothing_beyond_a_hundred_signs_is_looked_at(text: str) -> None:
    assert normalise(text) == normalise(text[:LONGEST])


@pytest.mark.parametrize(
    ("text", "alike"),
    [
        ("  Gmail\n ACCOUNT ", "gmail account"),
        ("Ёлка café Ångström", "елка cafe angstrom"),
        ("Beğeni TAKİPÇİ ışık", "begeni takipci isik"),
        ("İnstagram", "instagram"),
        ("1,000 / 12.500 / 1.5", "1000 12500 1 5"),
        ("١٢٣ ۴۵ १२ １９", "123 45 12 19"),
        ("إنستقرام أحساب كتابة", "انستقرام احساب كتابه"),
        ("حِسَاب ســوق", "حساب سوق"),
        ("インスタ ー ｲﾝｽﾀ", "いんすた いんすた"),
        ("इंस्टाग्राम খাতা บัญชี่", "इंस्टाग्राम খাতা บัญชี่"),
        ("Straße ﬁne ﬀ", "strasse fine ff"),
        ("🔥[Real] ~ {10K/Day}", "real 10k day"),
        ("a\x00b\ud83dc", "a b c"),
        ("\u202egmail\u202c", "gmail"),
        ("🔥👩‍👩‍👧‍👦", ""),
    ],
)
def test_one_writing_for_each(text: str, alike: str) -> None:
    assert normalise(text) == alike


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ("10k followers", ["10000", "follower"]),
        ("2m views", ["2000000", "view"]),
        ("gmail2019 2fa", ["gmail", "2019", "2", "fa"]),
        ("谷歌邮箱2019老号", ["谷歌邮箱", "2019", "老号"]),
        ("proxies keys boss plus", ["proxy", "key", "boss", "plus"]),
        ("บัญชีinstagram", ["บัญชี", "instagram"]),
    ],
)
def test_names_are_cut_into_words(text: str, parts: list[str]) -> None:
    assert list(parts_of(normalise(text))) == parts


def test_scripts_without_blanks_are_cut_into_pieces() -> None:
    assert grams_of("谷歌邮箱") == ("谷歌", "歌邮", "邮箱")
    assert grams_of("บัญชี") == ("บัญ", "ัญช", "ญชี")
    assert grams_of("号") == ("号",)
    assert (gram_size("gmail"), gram_size("аккаунт"), gram_size("한국")) == (0, 0, 0)


@pytest.mark.parametrize(
    ("word", "latin"),
    [
        ("телеграм", "telegram"),
        ("дискорд", "diskord"),
        ("ντισκορντ", "ntiskornt"),
        ("디스코드", "diseukodeu"),
        ("てれぐらむ", "tereguramu"),
        ("टेलीग्राम", "teligram"),
        ("টেলিগ্রাম", "teligram"),
        ("gmail", "gmail"),
        ("谷歌", "谷歌"),
    ],
)
def test_other_scripts_are_spelt_in_latin(word: str, latin: str) -> None:
    assert in_latin(word) == latin


def test_the_other_keyboard_is_read_in_both_directions() -> None:
    assert swapped_keys("ntktuhfv") == "телеграм"
    assert swapped_keys("пьфшд") == "gmail"


def test_every_alias_is_found_as_it_is_written() -> None:
    """An alias that is written otherwise than names are made alike could never be met."""
    for written in aliases():
        assert "".join(parts_of(normalise(written))) == written
