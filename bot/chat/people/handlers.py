"""Roles and the log at the desk."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from aiogram.filters import CommandObject

from bot.base.acts import Permission, Role
from bot.base.errors import NotYours
from bot.base.ids import CustomerId
from bot.chat.desk.find_customer import find_customer
from bot.chat.desk.home import look_up_usage_screen, unknown_customer_screen
from bot.chat.facade import Desk
from bot.chat.kit.context import Context, act_of
from bot.chat.kit.richtext import Rich
from bot.chat.kit.routes import MenuCommand, Routes
from bot.chat.kit.screen import Screen
from bot.chat.people.errors import WORDING
from bot.chat.people.log import log_screen
from bot.chat.people.roles import role_screen, role_sure_screen, roles_screen
from bot.chat.people.taps import GiveRole, OpenLog, OpenRole, OpenRoles
from bot.people import audit, customers, roles
from bot.people.customers import Customer
from bot.people.errors import LastOwner, NamedInSettings

ROLE: Final = MenuCommand(
    "role", lambda _: _("Who may do what"), Permission.SHOP, "/role @alice support"
)
LOG: Final = MenuCommand("log", lambda _: _("Who did what"), Permission.SEE, "/log @olga")
_NONE: Final = "none"
_WITH_ROLE: Final = 2


@dataclass(frozen=True, slots=True)
class PeoplePages:
    """Gives roles, and shows what operators did."""

    desk: Desk

    def add_to(self, routes: Routes) -> None:
        """Register the handlers."""
        routes.on_words(self.type_role, ROLE)
        routes.on_tap(self.open_roles, OpenRoles)
        routes.on_tap(self.open_role, OpenRole)
        routes.on_tap(self.give_role, GiveRole)
        routes.on_words(self.type_log, LOG)
        routes.on_tap(self.open_log, OpenLog)

    async def type_role(self, context: Context, command: CommandObject) -> None:
        """`/role` lists everybody, `/role <who>` shows one, with a role it asks whether to."""
        words = (command.args or "").split()
        if not words:
            await self.open_roles(context, OpenRoles())
            return
        try:
            found = await find_customer(context, self.desk.db, words[0])
            named = _role_named(words[1]) if len(words) == _WITH_ROLE else found.role
        except NotYours:
            await context.show(unknown_customer_screen(context.locale))
        except ValueError:
            await context.show(_usage(context))
        else:
            await self._ask(context, found, named)

    async def _ask(self, context: Context, found: Customer, role: Role | None) -> None:
        _ = context.locale
        if role is found.role:
            await context.show(role_screen(_, found))
        else:
            await context.show(role_sure_screen(_, found, role))

    async def open_roles(self, context: Context, tap: OpenRoles) -> None:
        """Show who runs the shop."""
        everybody = await self.desk.db.read(roles.list_roles)
        await context.show(roles_screen(context.locale, everybody))

    async def open_role(self, context: Context, tap: OpenRole) -> None:
        """Show one person's role. Raises NotYours."""
        found = await self.desk.db.read(customers.load_customer, CustomerId(tap.customer))
        await context.show(role_screen(context.locale, found))

    async def give_role(self, context: Context, tap: GiveRole) -> None:
        """The first tap asks, the second gives it. Raises NotYours."""
        db, _, whom = self.desk.db, context.locale, CustomerId(tap.customer)
        note: Rich | str = ""
        if tap.sure:
            note = await self._give(context, whom, tap.role)
        found = await db.read(customers.load_customer, whom)
        if tap.sure:
            await context.show(role_screen(_, found, note))
        else:
            await self._ask(context, found, tap.role)

    async def _give(self, context: Context, whom: CustomerId, role: Role | None) -> Rich | str:
        """Give it, and say what that did."""
        _ = context.locale
        try:
            before = await self.desk.db.write(roles.set_role, act_of(context), whom, role)
        except (LastOwner, NamedInSettings) as refused:
            return WORDING[type(refused)](_, refused)
        return "" if before is role else _("✅ The role was changed. They are told.")

    async def type_log(self, context: Context, command: CommandObject) -> None:
        """`/log` shows everybody's acts, `/log <who>` one operator's."""
        words = (command.args or "").split()
        if not words:
            await self.open_log(context, OpenLog())
            return
        found = await self.desk.db.read(customers.look_up, words[0])
        if found is None:
            await context.show(unknown_customer_screen(context.locale))
        else:
            await self.open_log(context, OpenLog(actor=found.id))

    async def open_log(self, context: Context, tap: OpenLog) -> None:
        """Show a page of the log."""
        actor = str(tap.actor) if tap.actor else ""
        page = await self.desk.db.read(audit.list_acts, tap.page, actor)
        await context.show(log_screen(context.locale, page, tap))


def _role_named(word: str) -> Role | None:
    """Raises ValueError for a word that is none."""
    return None if word.lower() == _NONE else Role(word.lower())


def _usage(context: Context) -> Screen:
    return look_up_usage_screen(
        context.locale,
        "/role <id|@username> owner|cashier|support|viewer|none",
        "/role @alice support",
    )
