"""Inline queries are answered within Telegram's limits, and chosen from as people do."""

from typing import Any

import pytest

from sandbox.clock import TurnableClock
from sandbox.telegram import CannotDo, Person, TelegramWorld
from tests.sandbox_telegram.conftest import Api

A_GROUP = -1001


def article(result_id: str = "1", **more: Any) -> dict[str, Any]:
    content = {"message_text": "<b>Gmail</b>", "parse_mode": "HTML"}
    return {
        "type": "article",
        "id": result_id,
        "title": f"Gmail {result_id}",
        "input_message_content": content,
        **more,
    }


def asks(alice: Person, words: str = "gmail") -> str:
    return str(alice.types_inline(words)["inline_query"]["id"])


@pytest.mark.parametrize(
    ("given", "words"),
    [
        ({"results": [article(str(nth)) for nth in range(51)]}, "RESULTS_TOO_MUCH"),
        ({"results": [article(), article()]}, "RESULT_ID_DUPLICATE"),
        ({"results": [article("")]}, "RESULT_ID_INVALID"),
        ({"results": [article("\u00e9" * 33)]}, "RESULT_ID_INVALID"),
        ({"results": [article(title="")]}, "ARTICLE_TITLE_EMPTY"),
        ({"results": [article(input_message_content=None)]}, "SEND_MESSAGE_TYPE_INVALID"),
        (
            {"results": [article(input_message_content={"message_text": " "})]},
            "message text is empty",
        ),
        ({"results": [], "next_offset": "\u00e9" * 33}, "NEXT_OFFSET_INVALID"),
        ({"results": [], "button": {"text": ""}}, "SWITCH_PM_TEXT_EMPTY"),
        ({"results": [], "button": {"text": "x"}}, "START_PARAM_EMPTY"),
        (
            {"results": [], "button": {"text": "x", "start_parameter": "a b"}},
            "START_PARAM_INVALID",
        ),
    ],
)
async def test_an_answer_beyond_the_limits_is_refused(
    api: Api, alice: Person, given: dict[str, Any], words: str
) -> None:
    query = asks(alice)

    assert words in await api.refusal("answerInlineQuery", inline_query_id=query, **given)
    assert alice.inline_results == []


async def test_an_inline_query_waits_for_ten_seconds_and_for_one_answer(
    api: Api, alice: Person, clock: TurnableClock
) -> None:
    late = asks(alice)
    clock.advance(seconds=11)
    query = asks(alice)
    assert await api.result("answerInlineQuery", inline_query_id=query, results=[article()])

    for answered in (late, query, "999"):
        refusal = await api.refusal("answerInlineQuery", inline_query_id=answered, results=[])
        assert "query is too old and response timeout expired" in refusal


async def test_a_chosen_result_becomes_a_message_of_its_sender_in_that_chat(
    api: Api, world: TelegramWorld, alice: Person
) -> None:
    world.group(A_GROUP)
    rows = [[{"text": "Open", "url": "https://t.me/x"}]]
    found = [article(reply_markup={"inline_keyboard": rows}), article("2")]
    typed = alice.types_inline("x" * 300, chat_id=A_GROUP)["inline_query"]
    assert (len(typed["query"]), typed["chat_type"]) == (256, "supergroup")
    await api.result(
        "answerInlineQuery",
        inline_query_id=typed["id"],
        results=found,
        next_offset="2",
        cache_time=5,
        is_personal=True,
    )
    assert (alice.inline.next_offset, alice.inline.cache_s) == ("2", 5)

    sent = alice.chooses("Gmail 1", chat_id=A_GROUP)["message"]
    assert (sent["text"], sent["entities"][0]["type"]) == ("Gmail", "bold")
    assert sent["via_bot"]["username"] == world.bot_username
    assert sent["reply_markup"] == {"inline_keyboard": rows}
    with pytest.raises(CannotDo):
        alice.chooses("Gmail")
