"""The desk: one router that only operators reach, in their private chats."""

from __future__ import annotations

from aiogram import Router

from bot.chat.desk_forms import DeskForms
from bot.chat.routers.desk_credit import add_credit_desk
from bot.chat.routers.desk_look import add_look_desk
from bot.chat.routers.desk_orders import add_order_desk
from bot.chat.routers.desk_parts import FromOperator
from bot.chat.routers.desk_safe import add_safe_desk
from bot.shop.front import Desk


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
