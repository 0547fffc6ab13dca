"""What people really saw: the messages in their chats, by what they are about."""

from __future__ import annotations

from collections.abc import Callable

from sandbox.telegram import BotMessage
from tests.crash.surroundings import Surroundings

Words = Callable[[BotMessage], bool]


def count(around: Surroundings, chat: int, is_meant: Words) -> int:
    """How many messages of a chat are meant."""
    return sum(map(is_meant, around.telegram.people[chat].messages))


def saying(*words: str) -> Words:
    """Messages with all of these words."""
    return lambda message: all(word in message.text for word in words)


def bringing(account: str) -> Words:
    """Deliveries with this account, in their text or in their file."""

    def brings(message: BotMessage) -> bool:
        file = message.document
        return account in message.text or (
            file is not None and account in file.content.decode(errors="replace")
        )

    return brings


def listing(line: str) -> Words:
    """Messages in which this is a line of its own, in their text or in their file."""

    def lists(message: BotMessage) -> bool:
        file = message.document
        written = "" if file is None else file.content.decode(errors="replace")
        return line in f"{message.text}\n{written}".split("\n")

    return lists


def bringing_code(order: int, code: str) -> Words:
    """Deliveries of a code; they name their order on a button only."""

    def brings(message: BotMessage) -> bool:
        taps = [button.callback_data or "" for button in message.buttons]
        return f"Code: {code}" in message.text and any(
            tap.startswith(f"i:{order}:") for tap in taps
        )

    return brings
