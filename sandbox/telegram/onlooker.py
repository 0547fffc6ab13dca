"""What a person sees: the bot's messages as they look now, and the answers to taps."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from sandbox.telegram.inline import InlineAnswer
from sandbox.telegram.messages import BotMessage, Chat, Toast

if TYPE_CHECKING:
    from sandbox.telegram.world import TelegramWorld


class CannotDo(AssertionError):
    """A person tried what their Telegram would not let them do, or waited in vain."""


class Onlooker:
    """Somebody with a private chat with the bot, and eyes."""

    def __init__(
        self,
        world: TelegramWorld,
        user_id: int,
        first_name: str,
        username: str | None,
        language_code: str,
    ) -> None:
        self.world = world
        self.user_id = user_id
        self.first_name = first_name
        self.username = username
        self.language_code = language_code
        self.has_started = False
        """Whether they ever wrote to the bot: before that it may not write to them."""
        self.has_blocked_bot = False
        self.is_deactivated = False
        """Their account is gone; set it to see the bot refused."""
        self.toasts: list[Toast] = []
        """The answers to their taps that said something."""
        self.answers: list[Toast] = []
        """All answers to their taps, the silent ones too."""
        self.inline = InlineAnswer()
        """What the bot offered for their last inline query."""

    def __repr__(self) -> str:
        return f"<{self.first_name} {self.user_id}>"

    @property
    def chat(self) -> Chat:
        """Their private chat with the bot."""
        return self.world.chats[self.user_id]

    @property
    def messages(self) -> tuple[BotMessage, ...]:
        """What the bot sent them and did not delete, as it looks now."""
        return self.chat.bot_messages

    @property
    def last_message(self) -> BotMessage:
        """The newest message of the bot."""
        if not self.messages:
            msg = f"the bot never wrote to {self.first_name}"
            raise CannotDo(msg)
        return self.messages[-1]

    @property
    def inline_results(self) -> list[dict[str, Any]]:
        """The results of it."""
        return self.inline.results

    @property
    def unanswered(self) -> tuple[str, ...]:
        """Their taps for which the client still spins."""
        mine = (query for query in self.world.queries.values() if query.user_id == self.user_id)
        return tuple(query.query_id for query in mine if query.is_tap and not query.answered)

    async def waits_for(
        self,
        predicate: Callable[[BotMessage], bool],
        timeout_s: float = 5,
        *,
        chat_id: int | None = None,
    ) -> BotMessage:
        """Answer the newest message that satisfies, waiting for one to be sent or edited.

        Raises:
            CannotDo: none came in so many real seconds.
        """
        chat = self.chat_of(chat_id)

        def find() -> BotMessage | None:
            return next((said for said in reversed(chat.bot_messages) if predicate(said)), None)

        try:
            return await self.world.waits_until(find, timeout_s)
        except TimeoutError:
            seen = [said.text for said in chat.bot_messages[-3:]]
            msg = f"{self.first_name} waited {timeout_s} s in vain, and sees {seen}"
            raise CannotDo(msg) from None

    def chat_of(self, chat_id: int | None) -> Chat:
        """Answer a chat by its id, their private one for None."""
        return self.chat if chat_id is None else self.world.chats[chat_id]
