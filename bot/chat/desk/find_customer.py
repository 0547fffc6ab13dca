"""Whom an operator means by an id or a name."""

from __future__ import annotations

from dataclasses import dataclass

from bot.base.digits import western_digits
from bot.base.errors import NotYours
from bot.chat.kit.context import Context
from bot.db.database import Database
from bot.people import customers
from bot.people.customers import Customer


@dataclass(frozen=True, slots=True)
class Holder:
    """Who was last known by what was typed; `is_sure` by an id, or where Telegram confirms it."""

    customer: Customer
    is_sure: bool


async def find_holder(context: Context, db: Database, who: str) -> Holder:
    """The customer of this id or username.

    Names change hands, so Telegram is asked whose it is now. Raises NotYours for a stranger.
    """
    found = await db.read(customers.look_up, who)
    if found is None:
        raise NotYours
    if western_digits(who).isdigit():
        return Holder(found, is_sure=True)
    now = await context.screens.presenter.find_username(found.id)
    same = now is not None and now.lower() == who.removeprefix("@").lower()
    return Holder(found, is_sure=same)


async def find_customer(context: Context, db: Database, who: str) -> Customer:
    """The same, where nothing is asked back.

    Raises NotYours also where Telegram does not say that the name is still theirs.
    """
    holder = await find_holder(context, db, who)
    if not holder.is_sure:
        raise NotYours
    return holder.customer
