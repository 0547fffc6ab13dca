"""One update of one customer: who it is, how they read, and the card that their tap sits on."""

from __future__ import annotations

from dataclasses import dataclass

from aiogram.types import CallbackQuery, InaccessibleMessage

from bot.chat.kit.locale import Voice
from bot.chat.kit.present import Presenter
from bot.chat.kit.screen import Screen
from bot.people.customers import Customer


@dataclass(slots=True)
class Visit:
    """What handlers work with.

    Attributes:
        card: the message to edit; None when a new one is to be sent.
        tap: the id of the tap to be answered; None for messages and once it was answered.
        buying: set before money is held, so that a failure after it is not called harmless.
    """

    customer: Customer
    voice: Voice
    presenter: Presenter
    card: int | None = None
    tap: str | None = None
    buying: bool = False

    async def show(self, screen: Screen) -> int:
        """Show a screen on the card, or as a new message; the message's id."""
        return await self.presenter.show(self.customer.id, self._turned(screen), self.card)

    async def send(self, screen: Screen) -> int:
        """Show a screen as a new message, whatever was tapped."""
        return await self.presenter.send(self.customer.id, self._turned(screen))

    def _turned(self, screen: Screen) -> Screen:
        return screen.turned(rtl=self.voice.is_rtl)

    async def answer(self, text: str = "", *, alert: bool = False) -> None:
        """Answer the tap, once; later calls and messages are left alone."""
        tap, self.tap = self.tap, None
        if tap is not None:
            await self.presenter.answer(tap, text, alert=alert)


def card_of(query: CallbackQuery) -> int | None:
    """The message that a tap sits on; None when it can no longer be reached."""
    message = query.message
    if message is None or isinstance(message, InaccessibleMessage):
        return None
    return message.message_id
