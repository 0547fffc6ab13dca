"""Supplier HTML becomes text that Telegram takes, whatever it is."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.chat.kit.html import readable
from bot.chat.kit.names import fit
from bot.chat.kit.richtext import Entity, Rich, units
from bot.chat.kit.slicing import pages_of

TAGS = "b i u s a p br div ul ol li h1 pre code table tr td th blockquote script style iframe svg"
PIECES = st.one_of(
    st.sampled_from([f"<{tag}>" for tag in TAGS.split()]),
    st.sampled_from([f"</{tag}>" for tag in TAGS.split()]),
    st.sampled_from(["<a href='https://x.y'>", '<a href="javascript:x">', "<a href='tg://x'>"]),
    st.sampled_from(
        ["&amp;", "&#x1F600;", "&lt;b&gt;", "&#0;", "&nbsp;", "<!--", "-->", "<![CDATA["]
    ),
    st.sampled_from(["😀", "\ud800", "\n", " ", "word", "<", ">", "&", '"', "\x00", "\u202e"]),
    st.text(max_size=8),
)


def is_sound(text: Rich) -> None:
    text.text.encode()
    ends = {0}
    for ch in text.text:
        ends.add(max(ends) + units(ch))
    for entity in text.entities:
        assert entity.length > 0
        assert {entity.offset, entity.offset + entity.length} <= ends
        assert (
            dict(entity.more).get("url", "https://").startswith(("http://", "https://", "tg://"))
        )


@given(st.lists(PIECES, max_size=40).map("".join))
def test_anything_becomes_sound_text(html: str) -> None:
    is_sound(readable(html))


@given(st.text(alphabet=st.characters(), max_size=200))
def test_any_plain_text_passes(text: str) -> None:
    is_sound(readable(text))


@given(st.lists(PIECES, max_size=60).map("".join), st.integers(1, 40), st.integers(1, 40))
def test_every_page_fits_and_is_sound(html: str, first: int, later: int) -> None:
    pages = pages_of(readable(html), max(2, first), max(2, later))
    assert pages
    for page in pages:
        is_sound(page)
        assert page.length <= max(2, first, later)


@given(st.text(alphabet=st.characters(), max_size=300), st.integers(1, 120))
def test_every_name_fits_one_visible_line(name: str, most: int) -> None:
    shown = fit(name, most)
    assert shown
    assert "\n" not in shown
    assert units(shown) <= max(most, 1)
    shown.encode()


@pytest.mark.parametrize(
    ("html", "text"),
    [
        ("plain\ntext", "plain\ntext"),
        ("a<br>b<br/>c", "a\nb\nc"),
        ("<p>one</p><p>two</p>", "one\n\ntwo"),
        ("<ul><li>one<li>two</ul>", "• one\n• two"),
        ("<ol><li>one</li><li>two</li></ol>", "1. one\n2. two"),
        ("<h2>Title</h2>text", "Title\n\ntext"),
        ("<script>alert(1)</script>safe", "safe"),
        ("5 < 6 &amp; 7", "5 < 6 & 7"),
        ("<table><tr><td>a</td><td>b</td></tr><tr><td>c</td></tr></table>", "a b\nc"),
        ("", ""),
    ],
)
def test_layout_becomes_lines(html: str, text: str) -> None:
    assert readable(html).text == text


def test_only_safe_links_stay_links() -> None:
    text = readable('<a href="https://x.y">good</a> <a href="javascript:alert(1)">bad</a>')
    assert text == Rich("good bad", (Entity("text_link", 0, 4, (("url", "https://x.y"),)),))


def test_styles_are_kept_in_utf16_units() -> None:
    assert readable("😀<b>bold</b>").entities == (Entity("bold", 2, 4),)


WORST = {
    "lists": "<ul><li>" * 4_000,
    "numbered lists": "<ol><li>x" * 4_000,
    "blocks": "<div>" * 6_000 + "x",
    "styles": "<b><i><u><s>" * 2_000 + "x",
    "tables": "<table><tr><td>" * 2_000 + "x",
    "links": '<a href="http://x">y' * 1_500,
    "a strange tag": "<xx >" * 6_000 + "x",
    "tags never closed": "<a href='" * 3_000,
    "many attributes": "<b " + "a=1 " * 7_000 + ">x",
}


@pytest.mark.parametrize("html", WORST.values(), ids=WORST)
def test_what_is_nested_without_end_is_read_as_if_it_were_not(html: str) -> None:
    found = readable(html)

    assert len(found.text) <= 2 * len(html)
    assert len(found.entities) <= 100


def test_a_list_in_a_list_is_indented_and_words_in_deep_tags_are_kept() -> None:
    lists = "<ul><li>one<ul><li>two</li></ul></li></ul>"
    assert readable(lists).text == "• one\n  • two"
    assert readable("<div>" * 500 + "deep" + "</div>" * 500 + " and after").text.split() == [
        "deep",
        "and",
        "after",
    ]
