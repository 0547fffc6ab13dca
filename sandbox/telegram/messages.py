"""What stands in a chat: messages of the bot and of people, files, and short answers to taps."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any, Literal

from sandbox.telegram.keyboards import Button, Keyboard
from sandbox.telegram.text import Entity

ChatKind = Literal["private", "group", "supergroup"]


@dataclass(frozen=True)
class StoredFile:
    """A file as Telegram keeps it; `file_id` sends it again."""

    file_id: str
    unique_id: str
    path: str
    name: str
    content: bytes
    mime: str
    size_px: tuple[int, int] | None = None
    """Width and height, for pictures only."""


@dataclass
class BotMessage:
    """A message of the bot, as it looks now."""

    message_id: int
    chat_id: int
    text: str
    """Plain text; the caption when there is a file."""
    entities: list[Entity]
    sent_at: datetime
    keyboard: Keyboard = ()
    other_markup: dict[str, Any] | None = None
    """A reply keyboard, its removal or a forced reply, as it was sent."""
    document: StoredFile | None = None
    photo: StoredFile | None = None
    reply_to: int | None = None
    topic: int | None = None
    """The thread of a group that it was sent into."""
    is_silent: bool = False
    is_protected: bool = False
    effect_id: str | None = None
    edited_at: datetime | None = None
    edits: list[str] = field(default_factory=list)
    """The texts it had before, oldest first."""

    @property
    def buttons(self) -> tuple[Button, ...]:
        """All buttons, row by row."""
        return tuple(button for row in self.keyboard for button in row)

    @property
    def labels(self) -> tuple[tuple[str, ...], ...]:
        """The keyboard as a person reads it."""
        return tuple(tuple(button.text for button in row) for row in self.keyboard)

    @property
    def has_file(self) -> bool:
        """Whether the text is a caption."""
        return self.document is not None or self.photo is not None

    def find_button(self, wanted: str) -> Button | None:
        """Find a button by its callback data, its label, or a part of a label that is unique."""
        for button in self.buttons:
            if wanted in (button.callback_data, button.text):
                return button
        partly = [button for button in self.buttons if wanted in button.text]
        return partly[0] if len(partly) == 1 else None


@dataclass
class HumanMessage:
    """A message of a person, as the update told it."""

    message_id: int
    chat_id: int
    sent_at: datetime
    wire: dict[str, Any]

    @property
    def text(self) -> str:
        """The text or caption, empty for a sticker."""
        return str(self.wire.get("text") or self.wire.get("caption") or "")


Message = BotMessage | HumanMessage


@dataclass
class Chat:
    """A place where the bot and people meet."""

    chat_id: int
    kind: ChatKind
    title: str | None = None
    messages: dict[int, Message] = field(default_factory=dict)
    """What was not deleted, in the order it was sent."""
    pinned: list[int] = field(default_factory=list)
    is_closed_to_bot: bool = False
    """The bot was removed from this group."""
    closed_topics: set[int] = field(default_factory=set)
    """Threads of this group that only its administrators may write into."""

    @property
    def bot_messages(self) -> tuple[BotMessage, ...]:
        """What the bot said here and did not delete, in order."""
        return tuple(said for said in self.messages.values() if isinstance(said, BotMessage))


@dataclass(frozen=True)
class Toast:
    """The short answer to a tap."""

    text: str
    show_alert: bool
    query_id: str
    at: datetime
    url: str | None = None


@dataclass
class Query:
    """A tap or an inline query that the bot should answer."""

    query_id: str
    user_id: int
    at: datetime
    lifetime: timedelta
    is_tap: bool = True
    answered: bool = False
