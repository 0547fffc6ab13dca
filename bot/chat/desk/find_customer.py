"""Whom an operator means by an id or a name."""

from __future__ import annotations

from bot.base.digits import western_digits
from bot.base.errors import NotYours
from bot.chat.kit.context import Context
from bot.db.database import Database
from bot.people import customers
from bot.people.customers import Customer


async def find_customer(context: Context, db: Database, who: str) -> Customer:
    """The customer of this id or username.

    Names change hands, so Telegram is asked whose it is now. Raises NotYours for a stranger,
    and where Telegram does not say that it is theirs.
    """
    found = await db.read(customers.look_up, who)
    if found is None:
        raise NotYours
    if not western_digits(who).isdigit():
        now = await context.screens.presenter.find_username(found.id)
        if now is None or now.lower() != who.removeprefix("@").lower():
            raise NotYours
    return found
