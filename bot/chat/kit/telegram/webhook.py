"""Updates by webhook: a wrong secret never reaches aiogram, which trusts whatever it is given."""

from __future__ import annotations

import asyncio
import hmac
from functools import partial
from typing import Final

import structlog
from aiogram import Bot
from aiohttp import web

from bot.chat.kit.conversation import Conversation
from bot.chat.kit.present import Presenter
from bot.chat.kit.telegram.incoming import UpdateElsewhere
from bot.chat.kit.telegram.reply import Reply
from bot.chat.kit.telegram.updates import read_update

log = structlog.stdlib.get_logger(__name__)
_AT_ONCE_S: Final = 0.25
"""How long a tap waits for the answer of its webhook, in seconds."""
_HEADER: Final = "X-Telegram-Bot-Api-Secret-Token"


def webhook_routes(dispatcher: Conversation, bot: Bot, secret: str) -> list[web.RouteDef]:
    """One route for whatever path the address names; 401 without the right secret, always.

    The update is handled before the answer, so that Telegram repeats what was not; the answer then
    stops the spinner of a tap, unless that took long.
    """

    async def take(request: web.Request) -> web.Response:
        if not _is_right(request, secret):
            return web.Response(status=401)
        try:
            update = read_update(await request.read(), bot)
        except ValueError:
            log.warning("webhook_not_an_update")
            return web.Response(status=400)
        reply, is_elsewhere = Reply(), False
        try:
            async with asyncio.TaskGroup() as calls:
                late = partial(_answer_by_call, bot, reply, calls)
                patience = asyncio.get_running_loop().call_later(_AT_ONCE_S, late)
                try:
                    await dispatcher.take(bot, update, reply)
                finally:
                    patience.cancel()
        except* UpdateElsewhere:
            is_elsewhere = True
        if is_elsewhere:  # Telegram brings it again: whoever has it may die before it is done
            return web.Response(status=503, headers={"Retry-After": "1"})
        return web.Response(body=reply.body, content_type="application/json")

    return [web.post("/{path:.*}", take)]


def _answer_by_call(bot: Bot, reply: Reply, calls: asyncio.TaskGroup) -> None:
    """The handler takes longer than a spinner should turn."""
    tap = reply.give_up()
    if tap:
        calls.create_task(Presenter(bot).answer(tap))


def _is_right(request: web.Request, secret: str) -> bool:
    """Compare in bytes and in constant time; a header that is not ASCII is wrong."""
    said = request.headers.get(_HEADER, "")
    return bool(secret) and hmac.compare_digest(
        said.encode("utf-8", "surrogateescape"), secret.encode()
    )
