"""Answers to what no other handler takes: old buttons and unexpected messages."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from aiogram import Router
from aiogram.enums import ContentType
from aiogram.filters import Filter
from aiogram.filters.callback_data import CallbackData
from aiogram.types import ChatMemberUpdated, Message

from bot.chat.home.commands import commands_screen
from bot.chat.home.desk_help import desk_help_screen
from bot.chat.home.handlers import HomePages
from bot.chat.home.home import lost_screen
from bot.chat.kit.context import Context
from bot.chat.kit.screen import Screen
from bot.chat.kit.sent import AlbumForm, LostForm
from bot.chat.kit.taps import OpenHome
from bot.chat.kit.text_of import is_command, text_of, typed_of
from bot.chat.search.handlers import SearchPages

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
    """Lets through what a person sent; what Telegram notes about the chat is not answered."""

    async def __call__(self, message: Message) -> bool:
        """Whether a person sent it."""
        return message.content_type in _SENT_BY_PEOPLE


@dataclass(frozen=True, slots=True)
class Fallback:
    """The answer to whatever no other handler takes."""

    home: HomePages
    search: SearchPages

    @property
    def router(self) -> Router:
        """The last router; its handlers take everything."""
        router = Router(name="fallback")
        router.message.register(self.refuse_message, SentByPerson())
        router.my_chat_member.register(self.welcome_back)
        return router

    async def refuse_button(self, context: Context) -> None:
        """Answer a button that means nothing any more, and show the first screen."""
        _ = context.locale
        await context.answer(_("This button is out of date."))
        await self.home.show_home(context, OpenHome())

    async def refuse_message(self, message: Message, context: Context) -> None:
        """Answer what no step expects, on one card however often it is sent.

        An open step stays open beside an unknown command; the rest of an album was answered with
        its first picture.
        """
        form = await context.find_form()
        if isinstance(form, AlbumForm) and form.album == message.media_group_id:
            return
        unknown = is_command(message)
        is_step = form is not None and not isinstance(form, AlbumForm | LostForm)
        back = form.ask_again() if form is not None and is_step and unknown else None
        # A card that only its own buttons lead on from stays as it is.
        on = None if is_step and back is None else form
        if not await context.take_unexpected(typed_of(message, is_kept=not unknown), on):
            return
        if not is_step and await self._is_found(context, message):
            await context.drop_typed()
            return
        if not is_step:
            album = message.media_group_id
            await context.open_form(AlbumForm(album) if album else LostForm())
        await context.show(self._answer(context, back, is_command=unknown))
        await context.drop_typed()

    async def _is_found(self, context: Context, message: Message) -> bool:
        """Whether the message was looked for in the catalog; a command never is.

        An operator reads of what was found alone: otherwise of what they can send.
        """
        text = text_of(message)
        if not text or is_command(message):
            return False
        if context.customer.role is not None:
            return await self.search.search_if_any(context, text)
        await self.search.search(context, text)
        return True

    def _answer(self, context: Context, back: CallbackData | None, *, is_command: bool) -> Screen:
        _, role, ways = context.locale, context.customer.role, self.home.ways
        if role is not None:
            return desk_help_screen(_, role, back, is_lost=True)
        if is_command:
            return commands_screen(_, ways, back)
        return lost_screen(_, ways)

    async def welcome_back(self, change: ChatMemberUpdated) -> None:
        """The person unblocked the bot: it has been noted that they can be reached."""
