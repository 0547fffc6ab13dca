"""Names and descriptions come out as words, whatever an editor left in them."""

import json

import pytest

from bot.suppliers.api_v2 import ApiV2
from bot.suppliers.api_v2.plain import clean_html, plain_words
from tests.suppliers.conftest import Counter

PICTURE = '<img src="data:image/png;base64,' + "iVBORw0KGgo" * 2_500 + '">'
WORDS = "Change the password within 1 hour or the warranty is void"


@pytest.mark.parametrize(
    ("written", "read"),
    [
        ("Gmail &amp; Outlook &#128293; <b>aged</b>", "Gmail & Outlook 🔥 aged"),
        ("Gmail &amp;amp; Outlook &lt;b&gt;aged&lt;/b&gt;", "Gmail & Outlook aged"),
        ("&lt;b&gt;Gmail&lt;/b&gt;&nbsp;aged", "Gmail aged"),
        ("<p>Gmail</p><p>aged</p>", "Gmail aged"),
        ("Gmail<br/>aged", "Gmail aged"),
        ('<span style="color:red">Gmail</span>', "Gmail"),
        (PICTURE + " Gmail", "Gmail"),
        ("AT&T, R&D; <1 month, a < b > c", "AT&T, R&D; <1 month, a < b > c"),
        ("x&notebook &copy2024 <mail>", "x&notebook &copy2024 <mail>"),
        ("&#0;Gmail&#x202e;", "Gmail"),
    ],
)
async def test_a_name_is_read_without_entities_and_tags(
    accplanet: ApiV2, counter: Counter, written: str, read: str
) -> None:
    row = {"service": 1, "name": written, "category": written, "subcategory": written, "rate": 1}
    counter.will_say(json.dumps({"services": [row], "categories": [{"category": written}]}))

    (listed,) = (await accplanet.list_services()).rows

    assert (listed.name, listed.category, listed.subcategory) == (read, read, read)
    assert list(await accplanet.list_categories()) == [read]


async def test_a_project_and_its_country_are_read_alike(hstock: ApiV2, counter: Counter) -> None:
    row = {"project_id": "1", "country_id": "us", "price": "1"}
    counter.will_say(json.dumps([row | {"name": "A &amp; B", "country_title": "<b>US</b>"}]))
    (listed,) = (await hstock.list_numbers()).rows
    assert (listed.name, listed.subcategory) == ("A & B", "US")


@pytest.mark.parametrize(
    "before",
    [
        PICTURE,
        PICTURE.replace("data:image", "DATA:IMAGE"),
        "<!--" + "x" * 30_000 + "-->",
        "<style>" + "p { color: red } " * 2_000 + "</style>",
        "".join(f'<p style="margin-top: {nth}px; color: #123456">' for nth in range(1_000)),
    ],
)
async def test_words_behind_what_is_unseen_are_kept(
    accplanet: ApiV2, counter: Counter, before: str
) -> None:
    row = {"service": 1, "name": "x", "rate": 1, "description": f"{before}<p>{WORDS}</p>"}
    counter.will_say(json.dumps({"services": [row]}))
    (listed,) = (await accplanet.list_services()).rows
    assert WORDS in listed.description
    assert len(listed.description) <= 20_000


def test_a_description_that_was_escaped_has_its_tags_again() -> None:
    escaped = "&lt;p&gt;Format: &lt;b&gt;x&lt;/b&gt;&lt;/p&gt;"

    assert clean_html(escaped, 100) == "<p>Format: <b>x</b></p>"
    assert clean_html(escaped.replace("&", "&amp;"), 100) == "<p>Format: <b>x</b></p>"
    assert clean_html("a &lt; b &amp; c", 100) == "a &lt; b &amp; c"


def test_links_outlive_the_attributes_of_a_long_description() -> None:
    link = '<a class="x" href="https://example.com/?a=1">here</a>'
    left = clean_html('<p style="x">' * 10 + link, 80)
    assert '<a href="https://example.com/?a=1">here</a>' in left


def test_tags_stand_in_each_other_to_a_bounded_depth() -> None:
    assert clean_html("<ul><li>" * 1_000 + "x", 20_000).count("<") == 30
    assert plain_words("<b>" * 1_000 + "x") == "x"
