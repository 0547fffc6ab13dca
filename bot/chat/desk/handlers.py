"""The desk: one router that only operators reach, in their private chats."""

from __future__ import annotations

from aiogram import Router

from bot.chat.desk.forms import DeskForms
from bot.chat.desk.from_operator import FromOperator
from bot.chat.desk.look_handlers import add_look_desk
from bot.chat.desk.order_handlers import add_order_desk
from bot.chat.facade import Desk
from bot.chat.money.desk_handlers import add_credit_desk
from bot.chat.safety.handlers import add_safe_desk


def desk_router(desk: Desk) -> Router:
    """Everything an operator may do. It is asked before the customers' commands (`/orders`)."""
    router = Router(name="desk")
    router.message.filter(FromOperator())
    router.callback_query.filter(FromOperator())
    add_credit_desk(router, desk)
    add_look_desk(router, desk)
    add_safe_desk(router, desk)
    add_order_desk(router, desk, DeskForms(desk.db))
    return router
