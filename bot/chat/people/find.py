"""`/find`: customers and orders by whatever an operator has in hand."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from aiogram.filters import CommandObject

from bot.base.acts import Permission
from bot.chat.desk.home import look_up_usage_screen
from bot.chat.desk.parts import desk_screen, order_button, order_line
from bot.chat.desk.taps import OpenUser
from bot.chat.desk.words import who
from bot.chat.facade import Desk
from bot.chat.kit.context import Context
from bot.chat.kit.locale import Locale
from bot.chat.kit.names import clip, shorten
from bot.chat.kit.richtext import Rich, bold, join
from bot.chat.kit.routes import MenuCommand, Routes
from bot.chat.kit.screen import Button, Screen
from bot.desk.find import MOST, Found, find
from bot.people.customers import Customer

FIND: Final = MenuCommand(
    "find", lambda _: _("Find an order or a customer"), Permission.SEE, "/find alice"
)


@dataclass(frozen=True, slots=True)
class FindPages:
    """Finds customers and orders."""

    desk: Desk

    def add_to(self, routes: Routes) -> None:
        """Register the handler."""
        routes.on_words(self.find, FIND)

    async def find(self, context: Context, command: CommandObject) -> None:
        """`/find <anything>`."""
        _, words = context.locale, (command.args or "").strip()
        if not words:
            usage = "/find <number|id|name|account>"
            await context.show(look_up_usage_screen(_, usage, "/find anna@example.com"))
            return
        found = await self.desk.db.read(find, words)
        await context.show(found_screen(_, found))


def found_screen(_: Locale, found: Found) -> Screen:
    """What was found; goods are not shown."""
    if not found.customers and not found.orders:
        said = _(
            "Nothing was found. Orders are found by our number or the supplier's, customers by "
            "id or name, delivered accounts by the whole line or its first part."
        )
        return desk_screen(_, said)
    parts: list[Rich | str] = []
    if found.orders:
        parts.append(join([bold(_("Orders")), *(order_line(_, one) for one in found.orders)]))
    if found.customers:
        parts.append(join([bold(_("Customers")), *(who(_, one) for one in found.customers)]))
    if MOST in (len(found.orders), len(found.customers)):
        parts.append(_("There may be more: type more of it."))
    rows = [(order_button(_, one),) for one in found.orders]
    rows += [(_person(_, one),) for one in found.customers]
    return desk_screen(_, join(parts, "\n\n"), *rows)


def _person(_: Locale, customer: Customer) -> Button:
    name = f"👤 {_.iso(str(customer.id))} · {_.iso(clip(customer.first_name, 30))}"
    return Button(shorten(name), OpenUser(customer=customer.id))
