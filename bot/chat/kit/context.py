"""One update of one customer: who it is, how they read, their card and their open form."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import TypeVar

import msgspec

from bot.base.acts import Act
from bot.base.errors import NotYours
from bot.base.keys import message_key
from bot.chat.kit.forms import F, Form, Forms
from bot.chat.kit.late_screens import LateScreens
from bot.chat.kit.locale import Locale
from bot.chat.kit.screen import Screen
from bot.chat.kit.telegram.reply import Reply
from bot.chat.kit.telegram.turns import Turn
from bot.chat.kit.telegram.updates import AnyUpdate, Tapped
from bot.chat.kit.text_of import Typed
from bot.people.customers import Customer

T = TypeVar("T")


@dataclass(slots=True)
class Context:
    """What a handler works with.

    Attributes:
        card: the message to edit; None when a new one is to be sent.
        is_picture: whether the card is one, with its words below it.
        tap: the id of the tap to be answered; None for messages and once it was answered.
        buying: set before money is held, so that a failure after it is not called harmless.
        key: names the message that asks, so that a repeated update is done once.
        is_late: what was to be shown is shown when Telegram takes it.
        reply: the webhook's own answer, where one is due.
        elsewhere: where to look for the answer to a tap in another chat.
        turn: its place among the updates of this chat.
        typed: what was typed for a step, where it was a message.
    """

    customer: Customer
    locale: Locale
    screens: LateScreens
    forms: Forms
    card: int | None = None
    is_picture: bool = False
    tap: str | None = None
    buying: bool = False
    key: str = ""
    is_late: bool = False
    reply: Reply | None = None
    elsewhere: str = ""
    turn: Turn = field(default_factory=Turn)
    typed: Typed | None = None
    _form: Form | None = None
    _form_is_read: bool = False

    async def show(self, screen: Screen) -> int | None:
        """Show a screen on the card, or as a new message; its id, None where it comes later.

        Where something else is typed already, its answer is shown in the place of this one.
        """
        if self.is_picture and screen.picture is None:
            self.card, self.is_picture = None, False  # a picture cannot become words: it stays
        typed, before = self.typed, self.card
        if typed is not None and (typed.is_overtaken or self._is_passed_over(typed)):
            return before
        goes_below = typed is not None and typed.is_below
        card = await self.screens.show(
            self.customer.id, self._turned(screen), None if goes_below else before
        )
        self.is_late = self.screens.is_waiting(self.customer.id)
        if goes_below and before is not None and card is not None:
            await self.screens.presenter.delete(self.customer.id, [before])
        if typed is not None:
            self.card, typed.is_below = card, False
        await self._note_card(card)
        return card

    def _is_passed_over(self, typed: Typed) -> bool:
        return typed.is_passing and self.turn.is_followed

    async def _note_card(self, card: int | None) -> None:
        """Remember which message the open step stands on."""
        if self._form is not None and card is not None and self._form.card != card:
            await self.open_form(msgspec.structs.replace(self._form, card=card))

    async def send(self, screen: Screen) -> None:
        """Show a screen as a new message, whatever was tapped."""
        await self.screens.show(self.customer.id, self._turned(screen))
        self.is_late = self.screens.is_waiting(self.customer.id)

    async def take_typed(self, typed: Typed, form: Form) -> bool:
        """Work on the step's card; False for a message older than one that was taken already."""
        self.typed, self.card = typed, form.card
        typed.is_passing = not typed.is_kept
        if typed.message < form.newest:
            return False
        if form.card is not None:
            typed.is_below = await self.forms.has_news_below(self.customer.id, form.card)
        return True

    async def take_unexpected(self, typed: Typed, form: Form | None) -> bool:
        """Work on the card of `form` for what fits no step; False for an older message.

        The card goes below what is kept, and is posted anew where there is none.
        """
        self.typed = typed
        is_newest = form is None or await self.take_typed(typed, form)
        typed.is_passing, typed.is_below = True, typed.is_below or typed.is_kept
        return is_newest

    async def drop_typed(self) -> None:
        """Delete what was typed, so that the card stays the newest thing in the chat.

        Words, pictures and files that prove or tell something are kept.
        """
        typed = self.typed
        gone = self.turn.deletes_now(None if typed is None or typed.is_kept else typed.message)
        if gone:
            await self.screens.presenter.delete(self.customer.id, gone)

    def answer_below(self) -> None:
        """Show the answer under what was sent, which was taken and stays in the chat."""
        if self.typed is not None:
            self.typed.is_kept = self.typed.is_below = True

    def discard_typed(self) -> None:
        """Have what was typed deleted: a number where words would have been kept."""
        if self.typed is not None and self.typed.is_text:
            self.typed.is_kept = False

    def _turned(self, screen: Screen) -> Screen:
        return screen.permitted(self.customer.role).turned(rtl=self.locale.is_rtl)

    async def answer(self, text: str = "", *, alert: bool = False) -> None:
        """Answer the tap, once; later calls, and calls for messages, do nothing."""
        tap, self.tap = self.tap, None
        if tap is None:
            return
        text = text or self.elsewhere
        if text or self.reply is None or not self.reply.takes(tap):
            await self.screens.answer(self.customer.id, tap, self.locale.line(text), alert=alert)

    async def open_form(self, form: Form) -> None:
        """Expect this to be typed next, on the card that is worked on."""
        typed, card = self.typed, form.card if self.card is None else self.card
        if typed is None:
            form = msgspec.structs.replace(form, card=card)
            await self.forms.open(self.customer.id, form)
        else:
            form = msgspec.structs.replace(form, card=card, newest=typed.message)
            typed.is_overtaken = not await self.forms.open_typed(self.customer.id, form)
        self._form, self._form_is_read = form, True

    async def find_form(self) -> Form | None:
        """What is expected to be typed, if anything; read once."""
        if not self._form_is_read:
            self._form, self._form_is_read = await self.forms.find(self.customer.id), True
        return self._form

    async def change_form(self, kind: type[F], change: Callable[[F], F | None]) -> F | None:
        """Change what is expected to be typed; see `Forms.change`. Nothing changed is None."""
        form = await self.forms.change(self.customer.id, kind, change)
        if form is not None:
            self._form, self._form_is_read = form, True
        return form

    async def close_form(self) -> None:
        """Expect nothing to be typed any more."""
        await self.forms.close(self.customer.id)
        self._form, self._form_is_read = None, True


def card_of(tapped: Tapped) -> int | None:
    """The message that a tap sits on; None when it can no longer be reached."""
    card = tapped.message
    return None if card is None or not card.date else card.message_id


def act_of(context: Context) -> Act:
    """Who acts by this tap or command; the key names where it stands. Raises NotYours."""
    if context.customer.role is None:
        raise NotYours
    return Act(context.customer.id, context.customer.role, context.key)


def key_of(update: AnyUpdate, bot: int) -> str:
    """The message that was sent or tapped on; its id is unique only in one bot's chat."""
    query = update.callback_query
    message = update.message if query is None else query.message
    return "" if message is None else message_key(bot, message.chat.id, message.message_id)
