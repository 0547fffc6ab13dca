"""Texts in the operator's own words: previewed, saved by a second tap, read in each language."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import Engine, event

from sandbox.telegram import BotMessage
from tests.conversation.human import BORIS, Human
from tests.conversation.opening import on_sqlite
from tests.conversation.shop import Shop

ARABIC = "أهلاً بكم في {shop}!"


async def reads_in(human: Human, language: str) -> None:
    await human.sends("/language")
    await human.taps(language)


def marks(card: BotMessage) -> list[tuple[str, str]]:
    """Every entity of a card with the words it is around."""
    raw = card.text.encode("utf-16-le")
    return [
        (
            one["type"],
            raw[2 * one["offset"] : 2 * (one["offset"] + one["length"])].decode("utf-16-le"),
        )
        for one in card.entities
    ]


async def test_a_greeting_is_previewed_saved_and_read_in_each_language(
    shop: Shop, alice: Human, olga: Human
) -> None:
    await olga.sends("/text greeting Hello from {shop}, all in one place.")
    olga.sees_last(
        "Preview: Greeting · every language",
        "Read in every language that has no words of its own.",
        "Hello from Kiosk, all in one place.",
    )
    await alice.sends("/start")
    alice.sees_last("Welcome to Kiosk!")
    await olga.taps("Save")
    olga.sees_last("✅ Saved. Customers read it from now on.", "Hello from Kiosk")
    await olga.sends(f"/text greeting ar {ARABIC}")
    olga.sees_last("Preview: Greeting · ", "العربية", "أهلاً بكم في")
    await olga.taps("Save")

    await alice.sends("/start")
    alice.sees_last("Hello from Kiosk, all in one place.", "Balance: $10.00")
    alice.sees_nothing_of("Welcome to Kiosk!\nHello")
    await reads_in(alice, "Deutsch")
    alice.sees_last("Hello from Kiosk, all in one place.")
    await reads_in(alice, "العربية")
    alice.sees_last("أهلاً بكم في")
    assert "Hello from" not in alice.card.text

    await olga.sends("/text greeting reset")
    olga.sees_last("Show customers the shipped words again?", "in all languages")
    await olga.taps("Shipped words")
    await reads_in(alice, "English")
    alice.sees_last("Welcome to Kiosk!")
    acts = await shop.acts_audited()
    assert [one[1:] for one in acts if one[1].endswith("text")] == [
        ("text", "text:greeting"),
        ("text", "text:greeting ar"),
        ("reset text", "text:greeting"),
        ("reset text", "text:greeting ar"),
    ]
    assert not shop.trouble()


@on_sqlite
async def test_formatting_is_kept_and_what_bots_may_not_use_is_said(
    shop: Shop, alice: Human, olga: Human
) -> None:
    said = "/text terms 😀 No refunds on Sundays, see here. 🦊"
    at = {
        word: len(said[: said.index(word)].encode("utf-16-le")) // 2
        for word in ("No", "here", "🦊")
    }
    olga.person.sends_formatted(
        said,
        {"type": "bold", "offset": at["No"], "length": 10},
        {"type": "text_link", "offset": at["here"], "length": 4, "url": "https://example.com/t"},
        {"type": "custom_emoji", "offset": at["🦊"], "length": 2, "custom_emoji_id": "5"},
    )
    await shop.hears()
    olga.sees_last("Some formatting, such as custom emoji, cannot be kept", "😀 No refunds")
    assert ("bold", "No refunds") in marks(olga.card)
    await olga.taps("Save")
    await alice.sends("/terms")
    alice.sees_last("Terms", "😀 No refunds on Sundays, see here. 🦊")
    assert {("bold", "No refunds"), ("text_link", "here")} <= set(marks(alice.card))
    assert not any(kind == "custom_emoji" for kind, _ in marks(alice.card))
    assert not shop.trouble()


@on_sqlite
async def test_broken_formatting_is_left_out_and_the_words_stay(
    shop: Shop, alice: Human, olga: Human
) -> None:
    olga.person.sends_formatted(
        "/text help 😀 Ask us",
        {"type": "italic", "offset": 12, "length": 1},
        {"type": "bold", "offset": 14, "length": 500},
        {"type": "text_link", "offset": 15, "length": 2, "url": "javascript:alert(1)"},
    )
    await shop.hears()
    olga.sees_last("Some formatting", "😀 Ask us")
    await olga.taps("Save")
    await alice.sends("/help")
    alice.sees_last("❓ Help", "😀 Ask us")
    assert not shop.trouble()


@on_sqlite
async def test_bad_words_are_explained_and_lose_nothing(shop: Shop, olga: Human) -> None:
    await olga.sends("/text paused Back soon, we promise")
    await olga.taps("Save")
    await olga.sends("/text paused " + "😀" * 151)
    olga.sees_last("Nothing was changed: this has 302 characters, and 300 fit there.")
    await olga.sends("/text paused de")
    olga.sees_last("Nothing was changed: there are no words to show.", "Deutsch")
    await olga.sends("/text paused nl Tot straks")
    olga.sees_last("“nl” is none of the shop's languages", "en, zh, es", "write “all” before it")
    await olga.sends("/text weather sunny")
    olga.sees_last("There is no text called “weather”.", "/text greeting de")
    await olga.sends("/text pinned one\ntwo")
    olga.sees_last("Nothing was changed: the pinned line is one line.")
    await olga.sends("/text pinned until 2001-01-01 Party")
    olga.sees_last("that end is no time to come")
    await olga.sends("/text pinned until 2026-13-77 Party")
    olga.sees_last("that end is no time to come")
    await olga.sends("/text paused all no refunds")
    olga.sees_last("Preview: Paused · every language", "⏸ no refunds")
    await olga.sends("/text paused")
    olga.sees_last("⏸ Back soon, we promise")
    assert not shop.trouble()


@on_sqlite
async def test_every_text_is_changed_by_buttons_and_the_newest_words_win(
    shop: Shop, alice: Human, olga: Human
) -> None:
    await olga.sends("/desk")
    await olga.taps("Texts")
    olga.sees_last("Greeting: shipped words", "Pinned line: none")
    await olga.taps("How to pay")
    olga.sees_last("The shipped words.")
    await olga.taps("Every language")
    olga.sees_last("Send the new words, up to 1,500 characters.")
    await olga.sends("x" * 1501)
    olga.sees_last("this has 1,501 characters")
    await olga.sends("Wire it to IBAN 1")
    await olga.sends("Wire it to IBAN 2")
    olga.sees_last("How to pay:\nWire it to IBAN 2")
    await olga.sends("x" * 1501)
    olga.sees_last("this has 1,501 characters", "Wire it to IBAN 2")
    await olga.taps("Save")
    await alice.sends("/wallet")
    await alice.taps("Top up")
    alice.sees_last("How to pay:\nWire it to IBAN 2")
    await olga.taps("Shipped words")
    await olga.taps("Shipped words")
    await alice.sends("/wallet")
    await alice.taps("Top up")
    alice.sees_last("Pay Olga at the counter.")
    assert not shop.trouble()


@on_sqlite
async def test_a_word_that_looks_like_a_language_can_be_meant_as_a_word(
    shop: Shop, alice: Human, olga: Human
) -> None:
    await olga.sends("/text greeting de rien")
    olga.sees_last("Preview: Greeting · Deutsch")
    await olga.taps("Every language")
    olga.sees_last("Preview: Greeting · every language", "rien")
    await olga.sends("/text greeting all de rien")
    await olga.taps("Save")
    await alice.sends("/start")
    alice.sees_last("de rien")


@on_sqlite
async def test_the_pinned_line_stands_on_top_until_its_end(
    shop: Shop, alice: Human, olga: Human
) -> None:
    await olga.sends("/text pinned Sale: minus 10% today")
    olga.sees_last("📌 Sale: minus 10% today")
    await olga.taps("1 day")
    olga.sees_last("Shown until")
    await olga.taps("Save")
    olga.sees_last("Shown until")
    await alice.sends("/start")
    assert alice.card.text.startswith("📌 Sale: minus 10% today\n\nWelcome")
    await alice.taps("Catalog")
    assert alice.card.text.startswith("📌 Sale: minus 10% today\n\nCatalog")
    await alice.taps("Social")
    assert "📌" not in alice.card.text
    await olga.sends("/text pinned ar تخفيضات اليوم")
    await olga.taps("Save")
    await reads_in(alice, "العربية")
    assert "تخفيضات اليوم" in alice.card.text.splitlines()[0]
    await reads_in(alice, "English")

    shop.clock.turn(timedelta(hours=25))
    await alice.sends("/start")
    assert "📌" not in alice.card.text
    await olga.sends("/text pinned")
    await olga.taps("Remove it")
    await olga.taps("Remove it")
    olga.sees_last("There is none.")
    assert not shop.trouble()


async def test_the_words_outlive_a_restart(shop: Shop, alice: Human, olga: Human) -> None:
    await olga.sends("/text greeting Hello again")
    await olga.taps("Save")
    await shop.restarts()
    await alice.sends("/start")
    alice.sees_last("Hello again")


async def test_own_words_cost_a_tap_no_statement(shop: Shop, alice: Human, olga: Human) -> None:
    async def count(*labels: str) -> int:
        sent: list[str] = []
        for _ in range(2):
            sent.clear()

            def note(_connection: Any, _cursor: Any, statement: str, *_: Any) -> None:
                sent.append(statement)

            event.listen(Engine, "before_cursor_execute", note)
            try:
                await alice.sends("/start")
                for label in labels:
                    await alice.taps(label)
            finally:
                event.remove(Engine, "before_cursor_execute", note)
        return len(sent)

    before = await count("Catalog"), await count("Help", "Terms")
    for name in ("greeting", "help", "terms", "pinned", "paused"):
        await olga.sends(f"/text {name} Our own words")
        await olga.taps("Save")
    assert (await count("Catalog"), await count("Help", "Terms")) == before
    alice.sees_last("Our own words")


@on_sqlite
async def test_only_owners_change_texts(shop: Shop, boris: Human, olga: Human) -> None:
    await olga.sends(f"/role {BORIS} support")
    await olga.taps("Yes, change the role")
    await boris.sends("/text greeting Mine")
    boris.sees_last("your role does not permit this")
    await boris.sends("/text")
    boris.sees_last("your role does not permit this")


@pytest.mark.parametrize("language", ["English", "العربية"])
@on_sqlite
async def test_the_desk_of_texts_opens_in_every_direction(
    shop: Shop, olga: Human, language: str
) -> None:
    await reads_in(olga, language)
    await olga.sends("/text greeting ar " + ARABIC)
    assert "أهلاً بكم في" in olga.card.text
    await olga.sends("/text")
    await olga.sends("/switch")
    assert not shop.trouble()
