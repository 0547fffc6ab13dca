"""What a person is offered behind `@bot`, and what they send of it."""

from collections.abc import Callable
from typing import Any

from sandbox.telegram import Person
from tests.conversation.human import Human


def titles(human: Human) -> list[str]:
    return [result["title"] for result in human.person.inline_results]


def described(human: Human, title: str) -> str:
    [found] = [one for one in human.person.inline_results if one["title"] == title]
    return str(found["description"])


def typed(words: str, offset: str = "", chat_id: int | None = None) -> Callable[[Person], object]:
    return lambda who: who.types_inline(words, offset=offset, chat_id=chat_id)


def payload_of(sent: dict[str, Any]) -> str:
    """What the button under a message leads to."""
    [[button]] = sent["reply_markup"]["inline_keyboard"]
    assert button["text"] == "Open in the shop"
    return str(button["url"]).removeprefix("https://t.me/kiosk_demo_bot?start=")
