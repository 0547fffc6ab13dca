"""Updates by webhook: a wrong secret never reaches aiogram, which trusts whatever it is given."""

from __future__ import annotations

import hmac
from typing import Final

import structlog
from aiogram import Bot
from aiohttp import web

from bot.chat.kit.conversation import Conversation
from bot.chat.kit.telegram.updates import read_update

log = structlog.stdlib.get_logger(__name__)
_HEADER: Final = "X-Telegram-Bot-Api-Secret-Token"


def webhook_routes(dispatcher: Conversation, bot: Bot, secret: str) -> list[web.RouteDef]:
    """One route for whatever path the address names; 401 without the right secret, always.

    The update is handled before the answer, so that Telegram repeats what was not.
    """

    async def take(request: web.Request) -> web.Response:
        if not _is_right(request, secret):
            return web.Response(status=401)
        try:
            update = read_update(await request.read(), bot)
        except ValueError:
            log.warning("webhook_not_an_update")
            return web.Response(status=400)
        await dispatcher.take(bot, update)
        return web.Response()

    return [web.post("/{path:.*}", take)]


def _is_right(request: web.Request, secret: str) -> bool:
    """Compare in bytes and in constant time; a header that is not ASCII is wrong."""
    said = request.headers.get(_HEADER, "")
    return bool(secret) and hmac.compare_digest(
        said.encode("utf-8", "surrogateescape"), secret.encode()
    )
