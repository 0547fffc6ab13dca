"""A Bot API in memory that keeps what was shown, and a person who types and taps."""

from __future__ import annotations

from collections import deque
from collections.abc import AsyncGenerator
from dataclasses import dataclass, field
from typing import Any, cast

from aiogram import Bot, Dispatcher
from aiogram.client.session.base import BaseSession
from aiogram.methods import EditMessageText, SendDocument, SendMessage, TelegramMethod
from aiogram.methods.base import TelegramType
from aiogram.types import (
    BufferedInputFile,
    CallbackQuery,
    Chat,
    InlineKeyboardMarkup,
    Message,
    Update,
    User,
)

from tests.chat_desk.world import NOW


@dataclass
class Shown:
    """A message as its reader has it."""

    chat: int
    text: str
    keyboard: InlineKeyboardMarkup | None
    file: bytes = b""
    name: str = ""

    @property
    def labels(self) -> list[str]:
        rows = self.keyboard.inline_keyboard if self.keyboard else []
        return [button.text for row in rows for button in row]

    def callback(self, label: str) -> str:
        rows = self.keyboard.inline_keyboard if self.keyboard else []
        found = [b.callback_data for row in rows for b in row if b.text == label]
        assert found, f"no button {label!r} among {self.labels}"
        assert found[0]
        return found[0]


class PretendSession(BaseSession):
    """Keeps every message; refuses what it was told to refuse."""

    def __init__(self) -> None:
        super().__init__()
        self.messages: dict[int, Shown] = {}
        self.refusals: deque[Exception | None] = deque()
        self.calls: list[TelegramMethod[Any]] = []

    async def make_request(
        self,
        bot: Bot,
        method: TelegramMethod[TelegramType],
        timeout: int | None = None,  # noqa: ASYNC109 - aiogram's signature
    ) -> TelegramType:
        self.calls.append(method)
        refusal = self.refusals.popleft() if self.refusals else None
        if refusal is not None:
            raise refusal
        return cast("TelegramType", self._answer(method))

    def _answer(self, method: TelegramMethod[Any]) -> Any:
        if isinstance(method, EditMessageText):
            assert method.message_id is not None
            keyboard = method.reply_markup
            assert isinstance(method.chat_id, int)
            self.messages[method.message_id] = Shown(method.chat_id, method.text or "", keyboard)
            return True
        if isinstance(method, SendMessage | SendDocument):
            return self._sent(method)
        return True

    def _sent(self, method: SendMessage | SendDocument) -> Message:
        keyboard = method.reply_markup
        assert keyboard is None or isinstance(keyboard, InlineKeyboardMarkup)
        assert isinstance(method.chat_id, int)
        number = len(self.messages) + 1
        shown = Shown(method.chat_id, "", keyboard)
        if isinstance(method, SendDocument):
            assert isinstance(method.document, BufferedInputFile)
            shown.text, shown.file = method.caption or "", method.document.data
            shown.name = method.document.filename or ""
        else:
            shown.text = method.text
        self.messages[number] = shown
        return Message(message_id=number, date=NOW, chat=Chat(id=shown.chat, type="private"))

    async def stream_content(
        self, *args: Any, **kwargs: Any
    ) -> AsyncGenerator[bytes, None]:  # pragma: no cover - nothing is downloaded here
        yield b""

    async def close(self) -> None:
        """Nothing is open."""

    @property
    def last(self) -> Shown:
        return self.messages[max(self.messages)]


def pretend_bot() -> tuple[Bot, PretendSession]:
    session = PretendSession()
    return Bot("42:TEST", session=session), session


@dataclass
class Reader:
    """Somebody at a phone."""

    id: int
    bot: Bot
    session: PretendSession
    dispatcher: Dispatcher
    updates: int = 1000
    on: int = field(default=0)

    async def types(self, text: str, update: int | None = None) -> None:
        chat = Chat(id=self.id, type="private")
        user = User(id=self.id, is_bot=False, first_name="X")
        message = Message(message_id=1, date=NOW, chat=chat, from_user=user, text=text)
        await self._feed(update, message=message)
        self.on = max(self.session.messages, default=0)

    async def taps(self, label: str) -> None:
        await self.sends_tap(self.sees.callback(label))

    async def sends_tap(self, callback: str) -> None:
        chat = Chat(id=self.id, type="private")
        user = User(id=self.id, is_bot=False, first_name="X")
        message = Message(message_id=self.on, date=NOW, chat=chat)
        query = CallbackQuery(
            id="1", from_user=user, chat_instance="1", message=message, data=callback
        )
        await self._feed(None, callback_query=query)

    async def _feed(self, update: int | None, **what: Any) -> None:
        self.updates += 1
        number = self.updates if update is None else update
        await self.dispatcher.feed_update(self.bot, Update(update_id=number, **what))

    @property
    def sees(self) -> Shown:
        return self.session.messages[self.on]
