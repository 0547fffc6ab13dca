"""Names, amounts and codes keep their direction beside words that run the other way."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.base.money import Money
from bot.chat.catalog.categories import offer_button
from bot.chat.catalog.sharing import offer_words
from bot.chat.desk.parts import order_button
from bot.chat.desk.words import supplier_amount
from bot.chat.kit.locale import Locale
from bot.chat.kit.names import IN_BUTTON, shorten
from bot.chat.kit.richtext import LONGEST_CAPTION, Rich, join, units
from bot.chat.kit.screen import Button, Document, Screen, named
from bot.chat.kit.taps import Stay
from bot.chat.orders.order import order_screen
from bot.chat.sharing.results import result
from bot.i18n.language import ISOLATE, ISOLATE_END, isolate
from tests.chat.samples import NOON, listed, offer, order_view, service
from tests.human import ALL_LOCALES, ENGLISH
from tests.stored_shop import usd

_RIGHT = "\u200f"
_MARKS = (ISOLATE, ISOLATE_END, _RIGHT)
ARABIC = ALL_LOCALES.of("ar")
NAME = "حساب قديم"
BACKWARD = offer(service(1, listed(NAME)))


def covered(text: Rich, kind: str) -> list[str]:
    wire = text.text.encode("utf-16-le")
    return [
        wire[2 * one.offset : 2 * (one.offset + one.length)].decode("utf-16-le")
        for one in text.entities
        if one.type == kind
    ]


@pytest.mark.parametrize("code", ["en", "de", "ru", "zh"])
def test_an_arabic_name_does_not_turn_what_stands_beside_it(code: str) -> None:
    _ = ALL_LOCALES.of(code)
    assert named(_, NAME) == isolate(NAME)
    assert isolate(NAME) in offer_button(_, BACKWARD, frozenset()).label
    assert (
        isolate(NAME)
        in order_screen(_, order_view(service_name=NAME), Rich(), Rich(), NOON).text.text
    )


@pytest.mark.parametrize("name", ["Gmail account", "Аккаунт", "账号", "Zażółć 🎉", "", "३ हिन्दी"])
def test_what_can_turn_nothing_stays_as_it_is(name: str) -> None:
    assert ENGLISH.iso(name) == name


def test_a_link_and_a_phone_are_copied_as_they_are(locale: Locale) -> None:
    for copied in ("https://example.com/page", "https://example.com/متجر", "+15550100"):
        assert covered(locale.copied(copied), "code") == [copied]
    link = "https://instagram.com/alice"
    shown = order_screen(locale, order_view(link=link), Rich(), Rich(), NOON).turned(
        rtl=locale.is_rtl
    )
    assert covered(shown.text, "code") == [link]


def test_labels_without_a_word_of_their_own_begin_on_the_right() -> None:
    row = (Button(f"🔁 {isolate('Gmail')} × 3 · {isolate('$1')}", Stay()), Button("رجوع", Stay()))
    back, again = Screen(Rich("x"), (row,)).turned(rtl=True).rows[0]
    assert back.label == "رجوع"
    assert again.label == _RIGHT + row[0].label


def test_copied_and_shared_texts_of_a_button_have_no_marks() -> None:
    buttons = (Button(isolate("a"), copy="a"), Button(isolate("b"), share="b"))
    share, copy = Screen(Rich("x"), (buttons,)).turned(rtl=True).rows[0]
    assert (copy.copy, share.share) == ("a", "b")


def test_a_line_of_isolates_behind_a_sign_begins_on_the_right() -> None:
    signed, worded = f"📱 {isolate('+1555')}", f"السعر: {isolate('$1')}"
    text = join([signed, worded, "1/2"]).from_right()
    assert text.text.split("\n") == [_RIGHT + signed, worded, "1/2"]


def test_a_caption_never_becomes_too_long() -> None:
    full = Rich(isolate("x" * (LONGEST_CAPTION - 2)))
    screen = Screen(full, document=Document("a.txt", b"a"))
    assert screen.turned(rtl=True).text == full
    assert replace(screen, document=None).turned(rtl=True).text.text[0] == _RIGHT


def test_toasts_results_and_shared_words_begin_on_the_readers_side() -> None:
    assert ARABIC.line(isolate("$1")) == _RIGHT + isolate("$1")
    assert ENGLISH.line(isolate(NAME)) == isolate(NAME)
    assert offer_words(ARABIC, offer()).startswith(_RIGHT)
    assert not offer_words(ENGLISH, offer()).startswith(_RIGHT)
    shown = result(ARABIC, offer(), "https://t.me/kiosk_bot", frozenset())
    assert shown.title.startswith(_RIGHT)
    assert shown.description.startswith(_RIGHT)


def test_operators_buttons_keep_the_direction_of_a_name(locale: Locale) -> None:
    order = order_view(service_name=NAME)
    label = order_button(locale, order).label
    assert isolate(NAME) in label or label.endswith(ISOLATE_END)


@given(st.text(max_size=80), st.text(max_size=80))
def test_a_label_that_is_cut_leaves_no_isolate_open(before: str, name: str) -> None:
    short = shorten(f"{''.join(one for one in before if one not in _MARKS)} · {isolate(name)}")
    assert units(short) <= IN_BUTTON
    assert short.count(ISOLATE) == short.count(ISOLATE_END)


def test_below_zero_there_is_a_minus_sign(locale: Locale) -> None:
    for shown in (
        locale.money(Money(-1_500_000)),
        locale.signed(Money(-1_500_000)),
        locale.number(-1),
        supplier_amount(locale, Decimal("-3.20"), "USD"),
    ):
        assert "\u2212" in shown
        assert "-" not in shown
    assert "+" in locale.signed(usd("1.50"))
    assert "\u2212" not in locale.signed(usd("1.50"))
