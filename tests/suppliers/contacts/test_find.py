"""What of a text is a supplier's contact, and what belongs to the goods."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.suppliers.contacts.find import (
    LONGEST,
    find_contacts,
    is_contact_link,
    is_needed_link,
    without_contacts,
)

TEXTS = Path(__file__).with_name("texts.txt")
SIGNS = "@shop_bot t.me/abc https://a.io/b a@b.com support format : , | word 2fa 😀 联系 ( )"
PIECES = st.sampled_from([*SIGNS.split(), ". ", "\n", " ", "+1 555 010 0199", "icq 12345"])


def cases() -> tuple[tuple[str, str], ...]:
    lines = TEXTS.read_text().splitlines()
    texts = (line.partition(" =>") for line in lines if not line.startswith("#"))
    return tuple((text, kept.strip() if arrow else text) for text, arrow, kept in texts)


def left_of(text: str) -> str:
    for start, end in reversed(find_contacts(text)):
        text = text[:start] + text[end:]
    return text


@pytest.mark.parametrize(("text", "kept"), cases())
def test_a_person_would_leave_out_as_much(text: str, kept: str) -> None:
    assert left_of(text).strip() == kept


def test_the_table_is_long_enough() -> None:
    assert len(cases()) >= 40


def test_each_line_of_a_description_is_looked_at_for_itself() -> None:
    text = "\n\n".join(text for text, _kept in cases())
    kept = "\n\n".join(kept for _text, kept in cases() if kept)
    assert left_of(text) == kept


@given(st.lists(PIECES, max_size=60).map("".join))
def test_spans_stand_in_order_and_what_is_left_holds_no_invitation(text: str) -> None:
    at = 0
    for start, end in find_contacts(text):
        assert at <= start < end <= len(text)
        at = end
    assert "t.me/abc" not in left_of(text).split()


@given(st.text(max_size=400))
def test_any_text_passes(text: str) -> None:
    left_of(text)
    assert without_contacts(text) or not text


@given(st.lists(PIECES, max_size=30).map("".join))
def test_a_name_is_never_emptied(name: str) -> None:
    assert bool(without_contacts(name).strip()) == bool(name.strip())


def test_nothing_is_looked_at_behind_the_longest() -> None:
    text = "a" * LONGEST + " @shop_support"
    assert find_contacts(text) == ()


@pytest.mark.parametrize(
    ("name", "kept"),
    [
        ("Gmail, aged | t.me/accshop", "Gmail, aged"),
        ("@accshop | Gmail, aged", "Gmail, aged"),
        ("【@accshop】Gmail", "Gmail"),
        ("@accshop", "@accshop"),
        ("Outlook @outlook.com, IMAP", "Outlook @outlook.com, IMAP"),
        ("Gmail ✅ support: @accshop ✅", "Gmail ✅"),
    ],
)
def test_names(name: str, kept: str) -> None:
    assert without_contacts(name) == kept


def test_links() -> None:
    assert is_contact_link("https://t.me/accshop")
    assert is_contact_link("tg://resolve?domain=accshop")
    assert is_contact_link("https://discord.com/invite/abc")
    assert not is_contact_link("https://t.me")
    assert is_needed_link("https://www.2fa.live/tok")
    assert is_needed_link("https://discord.com/login")
    assert not is_needed_link("https://accshop.com/2fa.live")
    assert not is_needed_link("https://2fa.live.accshop.com/x")
