"""What the bot hears in groups: people are sent to a private chat, and operators tap alerts."""

from __future__ import annotations

from dataclasses import dataclass

from aiogram.types import Chat, Message, User

from bot.base.ids import CustomerId
from bot.chat.facade import Storefront
from bot.chat.home.home import group_screen
from bot.chat.kit.locale import Locale, Locales
from bot.chat.kit.present import Presenter
from bot.chat.kit.telegram.updates import AnyUpdate, Sender, TappedChat
from bot.chat.kit.text_of import text_of
from bot.outbox import store
from bot.people.operators import find_role

AnyChat = Chat | TappedChat | None
AnyUser = User | Sender


@dataclass(frozen=True, slots=True)
class Groups:
    """Answers in groups; the one of ALERT_CHAT is the operators' own."""

    shop: Storefront
    locales: Locales
    presenter: Presenter

    async def is_operators_tap(self, event: AnyUpdate, chat: AnyChat, user: AnyUser) -> bool:
        """Whether an operator tapped an alert; the role is read anew."""
        if event.callback_query is None or not self._is_alert_chat(chat):
            return False
        return await self.shop.db.read(find_role, CustomerId(user.id)) is not None

    def shown_elsewhere(self, _: Locale) -> str:
        """What an operator reads who tapped an alert in the group."""
        return _("You will find it in your private chat with the bot.")

    async def answer(self, event: AnyUpdate, chat: AnyChat, user: AnyUser) -> None:
        """Refuse a tap, point to the private chat, or take note that the group has changed."""
        _, message = self.locales.of(user.language_code or ""), event.message
        if event.callback_query is not None:
            refusal = _("These buttons are for those who run the shop.")
            text = refusal if self._is_alert_chat(chat) else ""
            await self.presenter.answer(event.callback_query.id, text)
        elif chat is not None and self._is_alert_chat(chat) and _has_changed(event):
            await self.shop.db.write(store.try_again, CustomerId(chat.id))
        elif message is not None and chat is not None and await self._is_ours(message):
            link = await self.presenter.link()
            screen = group_screen(_, self.shop.profile.shop_name, link)
            await self.presenter.send(chat.id, screen)

    def _is_alert_chat(self, chat: AnyChat) -> bool:
        known = self.shop.db.settings.alert_chat
        return known is not None and chat is not None and chat.id == known.id

    async def _is_ours(self, message: Message) -> bool:
        """Whether it is a command that names this bot: any other may be meant for another one."""
        command = text_of(message).split(maxsplit=1)[:1]
        if not command or not command[0].startswith("/"):
            return False
        _, at, name = command[0].partition("@")
        me = await self.presenter.bot.me()
        return bool(at) and name.lower() == (me.username or "").lower()


def _has_changed(event: AnyUpdate) -> bool:
    """Whether the bot was let in or given rights, or a topic was opened again."""
    message = event.message
    return event.my_chat_member is not None or (
        message is not None and message.forum_topic_reopened is not None
    )
