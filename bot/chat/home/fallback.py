"""What nothing else understood: old buttons, stray words; always answered, never acted on."""

from __future__ import annotations

from typing import Final

from aiogram import Router
from aiogram.enums import ContentType
from aiogram.filters import Filter
from aiogram.types import CallbackQuery, ChatMemberUpdated, Message

from bot.chat.errors import out_of_date
from bot.chat.facade import Storefront
from bot.chat.home.handlers import show_home, ways_of
from bot.chat.home.home import lost_screen
from bot.chat.kit.context import Visit
from bot.chat.kit.locale import Voices
from bot.chat.middlewares import TOAST

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


def leftovers_router(store: Storefront, voices: Voices) -> Router:
    """The last router."""
    router = Router(name="leftovers")

    @router.callback_query(flags=TOAST)
    async def old_button(query: CallbackQuery, visit: Visit) -> None:
        await visit.answer(out_of_date(visit.voice))
        await show_home(store, voices, visit)

    @router.message(SentByPerson())
    async def stray_message(message: Message, visit: Visit) -> None:
        await visit.show(lost_screen(visit.voice, ways_of(store, voices)))

    @router.my_chat_member()
    async def came_back(change: ChatMemberUpdated) -> None:
        """The person unblocked the bot: the doorway has noted that they can be reached."""

    return router
