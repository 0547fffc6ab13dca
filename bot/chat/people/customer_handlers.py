"""A customer at the desk: looked up, banned, limited, and what is noted of them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from aiogram.filters import CommandObject

from bot.base.acts import Permission
from bot.base.ids import CustomerId
from bot.base.money import Money, amounts_of
from bot.base.quantity import BadQuantity, Span, parse_quantity
from bot.chat.desk.home import look_up_usage_screen, unknown_customer_screen
from bot.chat.desk.taps import OpenUser, SetBan
from bot.chat.facade import Desk
from bot.chat.kit.context import Context, act_of
from bot.chat.kit.routes import MenuCommand, Routes
from bot.chat.people.customer import ban_sure_screen, customer_card_screen
from bot.chat.people.limits import ask_limit_screen, ask_note_screen, limits_screen
from bot.chat.people.taps import (
    DropLimit,
    LimitForm,
    NoteForm,
    OpenLimits,
    TypeLimit,
    WriteNote,
)
from bot.desk.details import CustomerCard, customer_card
from bot.people import customers, limits
from bot.people.limits import Limit

USER: Final = MenuCommand(
    "user", lambda _: _("Look at a customer"), Permission.SEE_CUSTOMERS, "/user @alice"
)
_MOST: Final = 1_000_000
_NOTHING: Final = "-"


@dataclass(frozen=True, slots=True)
class CustomerPages:
    """Shows customers, and changes what is noted of them."""

    desk: Desk

    def add_to(self, routes: Routes) -> None:
        """Register the handlers."""
        routes.on_words(self.look_up, USER)
        routes.on_tap(self.open, OpenUser)
        routes.on_tap(self.set_ban, SetBan)
        routes.on_tap(self.ask_note, WriteNote)
        routes.on_typed(self.type_note, NoteForm, is_kept=True)
        routes.on_tap(self.open_limits, OpenLimits)
        routes.on_tap(self.ask_limit, TypeLimit)
        routes.on_typed(self.type_limit, LimitForm)
        routes.on_tap(self.drop_limit, DropLimit)

    async def look_up(self, context: Context, command: CommandObject) -> None:
        """`/user <id|@name>`."""
        _, words = context.locale, (command.args or "").split()
        if len(words) != 1:
            await context.show(look_up_usage_screen(_, "/user <id|@username>", "/user @alice"))
            return
        found = await self.desk.db.read(customers.look_up, words[0])
        if found is None:
            await context.show(unknown_customer_screen(_))
        else:
            await self.open(context, OpenUser(customer=found.id))

    async def open(self, context: Context, tap: OpenUser) -> None:
        """Show a customer's card."""
        card = await self._find(context, tap.customer)
        if card is not None:
            await context.show(customer_card_screen(context.locale, card, self.desk.clock.now()))

    async def set_ban(self, context: Context, tap: SetBan) -> None:
        """The first tap asks, the second bans or allows."""
        _, db, customer = context.locale, self.desk.db, CustomerId(tap.customer)
        if tap.sure:
            act = act_of(context)
            await db.write(customers.set_banned, act, customer, banned=tap.banned)
            await self.open(context, OpenUser(customer=customer))
        elif card := await self._find(context, customer):
            await context.show(ban_sure_screen(_, card, banned=tap.banned))

    async def ask_note(self, context: Context, tap: WriteNote) -> None:
        """Ask for the note, which is typed next."""
        card = await self._find(context, tap.customer)
        if card is not None:
            await context.open_form(NoteForm(tap.customer))
            await context.show(ask_note_screen(context.locale, card))

    async def type_note(self, context: Context, form: NoteForm, text: str) -> None:
        """Note what was typed; words that are none, such as a picture, are asked for again."""
        card = await self._find(context, form.customer)
        if card is None:
            return
        if not text.strip():
            await context.show(ask_note_screen(context.locale, card))
            return
        note = "" if text.strip() == _NOTHING else text
        customer = CustomerId(form.customer)
        await self.desk.db.write(limits.set_note, act_of(context), customer, note)
        await context.close_form()
        await self.open(context, OpenUser(customer=form.customer))

    async def open_limits(self, context: Context, tap: OpenLimits) -> None:
        """Show a customer's limits."""
        await self._show_limits(context, tap.customer)

    async def ask_limit(self, context: Context, tap: TypeLimit) -> None:
        """Ask for the limit, which is typed next."""
        card = await self._find(context, tap.customer)
        if card is not None:
            await context.open_form(LimitForm(tap.customer, tap.limit))
            await context.show(ask_limit_screen(context.locale, card, tap.limit))

    async def type_limit(self, context: Context, form: LimitForm, text: str) -> None:
        """Limit them by what was typed; explain what is no limit."""
        _, card = context.locale, await self._find(context, form.customer)
        if card is None:
            return
        most = _read(text, form.limit, _.group_sign)
        if most is None:
            problem = _("Nothing was changed: that cannot be a limit.")
            await context.show(ask_limit_screen(_, card, form.limit, problem))
            return
        await self._set(context, form.customer, form.limit, most)
        await context.close_form()

    async def drop_limit(self, context: Context, tap: DropLimit) -> None:
        """Take a limit away."""
        await self._set(context, tap.customer, tap.limit, None)

    async def _set(
        self, context: Context, customer: int, limit: Limit, most: int | Money | None
    ) -> None:
        act, whom = act_of(context), CustomerId(customer)
        await self.desk.db.write(limits.set_limit, act, whom, limit, most)
        await self._show_limits(context, customer, context.locale("✅ Changed."))

    async def _show_limits(self, context: Context, customer: int, note: str = "") -> None:
        card = await self._find(context, customer)
        if card is not None:
            await context.show(limits_screen(context.locale, card, note))

    async def _find(self, context: Context, customer: int) -> CustomerCard | None:
        """The card; where there is none, that is said."""
        card = await self.desk.db.read(customer_card, CustomerId(customer))
        if card is None:
            await context.show(unknown_customer_screen(context.locale))
        return card


def _read(text: str, limit: Limit, group: str) -> int | Money | None:
    """What was typed as this limit; None for what is none, or can be read in two ways."""
    if limit is Limit.SPEND:
        amounts = amounts_of(text, group)
        return amounts[0] if len(amounts) == 1 else None
    try:
        return parse_quantity(text, Span(0, _MOST), group)
    except BadQuantity:
        return None
