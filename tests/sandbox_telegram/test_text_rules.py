"""Texts are counted, cleaned and parsed as Telegram does it, and refused in its words."""

from typing import Any

import pytest

from sandbox.telegram import Person
from sandbox.telegram.markup import parse_html
from sandbox.telegram.refusals import Refusal
from tests.sandbox_telegram.conftest import Api


@pytest.mark.parametrize("text", ["", "  \n\t ", "\u200b\u2800", "<b> </b>", "\u202e"])
async def test_a_text_nobody_can_see_is_empty(api: Api, alice: Person, text: str) -> None:
    refusal = await api.refusal("sendMessage", chat_id=7, text=text, parse_mode="HTML")
    assert refusal == "Bad Request: message text is empty"
    assert alice.messages == ()


@pytest.mark.parametrize("text", ["x" * 4096, "😀" * 2048, "  " + "x" * 4096 + " \n"])
async def test_4096_units_after_trimming_fit(api: Api, alice: Person, text: str) -> None:
    await api.result("sendMessage", chat_id=7, text=text)
    assert alice.last_message.text == text.strip()


@pytest.mark.parametrize("text", ["x" * 4097, "😀" * 2048 + "x"])
async def test_one_unit_more_is_too_long(api: Api, alice: Person, text: str) -> None:
    refusal = await api.refusal("sendMessage", chat_id=alice.user_id, text=text)
    assert refusal == "Bad Request: message is too long"


async def test_tags_do_not_count(api: Api, alice: Person) -> None:
    text = "<b>" + "x" * 4096 + "</b>"
    await api.result("sendMessage", chat_id=7, text=text, parse_mode="HTML")
    assert alice.last_message.entities == [{"type": "bold", "offset": 0, "length": 4096}]


async def test_entities_follow_a_text_that_is_trimmed_and_cleaned(
    api: Api,
    alice: Person,
) -> None:
    entities = [{"type": "bold", "offset": 3, "length": 6}]
    await api.result("sendMessage", chat_id=7, text=" \r\n😀x\u202ey \n", entities=entities)
    assert alice.last_message.text == "😀xy"
    assert alice.last_message.entities == [{"type": "bold", "offset": 0, "length": 4}]


@pytest.mark.parametrize(
    ("entity", "words"),
    [
        ({"type": "bold", "offset": 9, "length": 1}, "begins after the end of the text"),
        ({"type": "bold", "offset": 0, "length": 9}, "ends after the end of the text"),
        ({"type": "bold", "offset": 1, "length": 1}, "in a middle of a UTF-16 symbol"),
        ({"type": "bold", "offset": -1, "length": 1}, "incorrect offset -1"),
        ({"type": "blink", "offset": 0, "length": 1}, "Unsupported type specified"),
        ({"type": "text_link", "offset": 0, "length": 2}, 'Field "url" is missing'),
    ],
)
async def test_an_entity_outside_the_text_is_refused(
    api: Api,
    alice: Person,
    entity: dict[str, Any],
    words: str,
) -> None:
    refusal = await api.refusal(
        "sendMessage", chat_id=alice.user_id, text="😀ab", entities=[entity]
    )
    assert words in refusal


@pytest.mark.parametrize(
    ("source", "text", "entities"),
    [
        ("a &lt;b&gt; &amp; &quot;c&quot;", 'a <b> & "c"', []),
        ("&nbsp;&copy; &#169;&#x1F600;", "&nbsp;&copy; ©😀", []),
        ("<i>😀</i>!", "😀!", [{"type": "italic", "offset": 0, "length": 2}]),
        (
            '<a href="https://example.com/?a=1&amp;b=2">x</a>',
            "x",
            [
                {
                    "type": "text_link",
                    "url": "https://example.com/?a=1&b=2",
                    "offset": 0,
                    "length": 1,
                }
            ],
        ),
        ('<a href="localhost">x</a>', "x", []),
        (
            '<pre><code class="language-py">x</code></pre>',
            "x",
            [{"type": "pre", "offset": 0, "length": 1, "language": "py"}],
        ),
        (
            "<blockquote expandable>q</blockquote>",
            "q",
            [{"type": "expandable_blockquote", "offset": 0, "length": 1}],
        ),
        (
            '<span class="tg-spoiler">s</span>',
            "s",
            [{"type": "spoiler", "offset": 0, "length": 1}],
        ),
        (
            '<tg-time unix="1700000000" format="wDT">soon</tg-time>',
            "soon",
            [
                {
                    "type": "date_time",
                    "unix_time": 1_700_000_000,
                    "date_time_format": "wDT",
                    "offset": 0,
                    "length": 4,
                },
            ],
        ),
        (
            "<tg-emoji emoji-id='5'>👍</tg-emoji>",
            "👍",
            [{"type": "custom_emoji", "custom_emoji_id": "5", "offset": 0, "length": 2}],
        ),
    ],
)
def test_html_becomes_text_and_entities(
    source: str,
    text: str,
    entities: list[dict[str, Any]],
) -> None:
    assert parse_html(source) == (text, entities)


@pytest.mark.parametrize(
    ("source", "words"),
    [
        ("é<p>x</p>", 'Unsupported start tag "p" at byte offset 2'),
        ("x <b", "Unclosed start tag at byte offset 2"),
        ("1 < 2 > 0", 'Unsupported start tag "" at byte offset 2'),
        ("<b>x", 'Can\'t find end tag corresponding to start tag "b"'),
        ("x</b>", "Unexpected end tag at byte offset 1"),
        (
            "<b><i>x</b></i>",
            'Unmatched end tag at byte offset 7, expected "</i>", found "</b>"',
        ),
        ("<span>x</span>", 'Tag "span" must have class "tg-spoiler" at byte offset 0'),
        ("<br/>", 'Unsupported start tag "br/" at byte offset 0'),
        ("<b hidden>x</b>", "Expected equal sign in declaration of an attribute"),
        ("<tg-time unix='soon'>x</tg-time>", "Invalid unix time"),
    ],
)
def test_html_telegram_does_not_know_is_refused(source: str, words: str) -> None:
    with pytest.raises(Refusal) as refused:
        parse_html(source)
    assert refused.value.description.startswith(f"Bad Request: can't parse entities: {words}")


async def test_markdown_is_refused_loudly(api: Api, alice: Person) -> None:
    for mode in ("MarkdownV2", "Markdown"):
        refusal = await api.refusal("sendMessage", chat_id=7, text="*x*", parse_mode=mode)
        assert refusal.startswith("Bad Request: can't parse entities")
    refusal = await api.refusal("sendMessage", chat_id=7, text="x", parse_mode="BBCode")
    assert refusal == "Bad Request: unsupported parse_mode"
    assert alice.messages == ()


async def test_a_lone_surrogate_is_not_utf8(api: Api, alice: Person) -> None:
    refusal = await api.refusal("sendMessage", chat_id=7, text="half \ud83d")
    assert refusal == "Bad Request: text must be encoded in UTF-8"
    markup = {"inline_keyboard": [[{"text": "\ud83d", "callback_data": "x"}]]}
    refusal = await api.refusal("sendMessage", chat_id=7, text="x", reply_markup=markup)
    assert refusal == "Bad Request: inline keyboard button text must be encoded in UTF-8"
    assert alice.messages == ()


async def test_bytes_that_are_not_utf8_are_refused(api: Api, alice: Person) -> None:
    url = f"{api.url}/bot42:telegram-sandbox/sendMessage"
    for kind, body in (
        ("application/json", b'{"chat_id": 7, "text": "\xff"}'),
        ("application/x-www-form-urlencoded", b"chat_id=7&text=%FF"),
    ):
        async with api.session.post(url, data=body, headers={"Content-Type": kind}) as answer:
            assert answer.status == 400
            reply = await answer.json()
            assert reply["description"] == "Bad Request: strings must be encoded in UTF-8"
    assert alice.messages == ()


@pytest.mark.parametrize(
    ("text", "kept"),
    [
        ("a\u030ab\u0333c\u033fd\u0301", "abcd\u0301"),
        ("a\u200eb\u200f\u200e\u200fc", "a\u200eb\u200c\u200c\u200fc"),
        ("a\tb\x00c\x1fd\re", "a b c de"),
        ("a\u2028b\u2029c\u202ad\u202ee", "abcde"),
        ("a\n\n\nb\n\n\n\n\nc", "a\n\n\nb\n\n\nc"),
    ],
)
async def test_signs_are_altered_without_a_word_in_texts_and_copies(
    api: Api, alice: Person, text: str, kept: str
) -> None:
    button = {"text": "Copy", "copy_text": {"text": text}}
    entities = [{"type": "bold", "offset": len(text) - 1, "length": 1}]
    markup = {"inline_keyboard": [[button]]}
    await api.result("sendMessage", chat_id=7, text=text, entities=entities, reply_markup=markup)
    assert alice.last_message.text == kept
    place = {"offset": len(kept) - 1, "length": 1}
    assert alice.last_message.entities == [{"type": "bold", **place}]
    copy = alice.last_message.find_button("Copy")
    assert copy is not None
    assert copy.copy_text == kept
