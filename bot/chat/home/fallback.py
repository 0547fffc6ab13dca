"""What nothing else understood: old buttons, stray words; always answered, never acted on."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from aiogram import Router
from aiogram.enums import ContentType
from aiogram.filters import Filter
from aiogram.types import CallbackQuery, ChatMemberUpdated, Message

from bot.chat.home.handlers import HomePages
from bot.chat.home.home import lost_screen
from bot.chat.kit.context import Visit
from bot.chat.kit.taps import OpenHome

_SENT_BY_PEOPLE: Final = frozenset(
    {
        ContentType.TEXT,
        ContentType.ANIMATION,
        ContentType.AUDIO,
        ContentType.CONTACT,
        ContentType.DICE,
        ContentType.DOCUMENT,
        ContentType.GAME,
        ContentType.LOCATION,
        ContentType.PHOTO,
        ContentType.POLL,
        ContentType.STICKER,
        ContentType.STORY,
        ContentType.VENUE,
        ContentType.VIDEO,
        ContentType.VIDEO_NOTE,
        ContentType.VOICE,
    }
)


class SentByPerson(Filter):
    """Lets through what a person sent, and not what Telegram notes about the chat."""

    async def __call__(self, message: Message) -> bool:
        """Whether somebody waits for a reply."""
        return message.content_type in _SENT_BY_PEOPLE


@dataclass(frozen=True, slots=True)
class Fallback:
    """The answer to whatever no other handler takes."""

    home: HomePages

    @property
    def router(self) -> Router:
        """The last router; its handlers take everything."""
        router = Router(name="fallback")
        router.callback_query.register(self.refuse_button, flags={"toast": True})
        router.message.register(self.refuse_message, SentByPerson())
        router.my_chat_member.register(self.welcome_back)
        return router

    async def refuse_button(self, query: CallbackQuery, visit: Visit) -> None:
        """A button that means nothing any more."""
        _ = visit.voice
        await visit.answer(_("This button is out of date."))
        await self.home.show_home(visit, OpenHome())

    async def refuse_message(self, message: Message, visit: Visit) -> None:
        """Words that no step expects."""
        await visit.show(lost_screen(visit.voice, self.home.ways))

    async def welcome_back(self, change: ChatMemberUpdated) -> None:
        """The person unblocked the bot: it has been noted that they can be reached."""
