"""One update of one customer: who it is, how they read, and the card that their tap sits on."""

from __future__ import annotations

from dataclasses import dataclass

from aiogram.types import CallbackQuery, InaccessibleMessage

from bot.chat.kit.forms import Form, Forms
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
        key: names the message that asks, so that what it asks for is done once.
    """

    customer: Customer
    voice: Voice
    presenter: Presenter
    forms: Forms
    card: int | None = None
    tap: str | None = None
    buying: bool = False
    key: str = ""
    _form: Form | None = None
    _form_is_read: bool = False

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

    async def open_form(self, form: Form) -> None:
        """Expect this to be typed next."""
        await self.forms.open(self.customer.id, form)
        self._form, self._form_is_read = form, True

    async def find_form(self) -> Form | None:
        """What is expected to be typed, if anything; read once."""
        if not self._form_is_read:
            self._form, self._form_is_read = await self.forms.find(self.customer.id), True
        return self._form

    async def close_form(self) -> None:
        """Expect nothing to be typed any more."""
        await self.forms.close(self.customer.id)
        self._form, self._form_is_read = None, True


def card_of(query: CallbackQuery) -> int | None:
    """The message that a tap sits on; None when it can no longer be reached."""
    message = query.message
    if message is None or isinstance(message, InaccessibleMessage):
        return None
    return message.message_id
