"""The thinnest shop that aiogram can be: one router, no database, each tap answered and edited."""

from __future__ import annotations

import asyncio
import os
from typing import Final

from aiogram import Bot, Dispatcher, Router
from aiogram.client.session.aiohttp import AiohttpSession
from aiogram.client.telegram import TelegramAPIServer
from aiogram.types import CallbackQuery, InlineKeyboardButton, InlineKeyboardMarkup, Message
from aiogram.webhook.aiohttp_server import SimpleRequestHandler
from aiohttp import web

_NEXT: Final = {"h": "c", "c": "k", "k": "s", "s": "k"}
_ROWS: Final = 8

router = Router()


@router.message()
async def start(message: Message) -> None:
    """Any word opens the first screen."""
    await message.answer("Home", reply_markup=keyboard("h", 0))


@router.callback_query()
async def tap(query: CallbackQuery) -> None:
    """Any tap opens the next screen."""
    await query.answer()
    kind, _, number = (query.data or "").partition(":")
    if isinstance(query.message, Message):
        text = f"{kind} {number}\n{_ROWS} services on sale"
        await query.message.edit_text(text, reply_markup=keyboard(kind, int(number)))


def keyboard(kind: str, number: int) -> InlineKeyboardMarkup:
    """Eight rows and a footer, as many as a page of the shop has."""
    rows = [
        [InlineKeyboardButton(text=f"Row {n} of {number}", callback_data=f"{_NEXT[kind]}:{n}")]
        for n in range(_ROWS if kind in "ck" else 2)
    ]
    footer = [
        InlineKeyboardButton(text="Back", callback_data="c:0"),
        InlineKeyboardButton(text="Home", callback_data="h:0"),
    ]
    return InlineKeyboardMarkup(inline_keyboard=[*rows, footer])


async def main() -> None:
    """Serve until ended: by webhook where one is named, else by polling."""
    server = TelegramAPIServer.from_base(os.environ["TELEGRAM_API_URL"])
    bot = Bot(os.environ["BOT_TOKEN"], session=AiohttpSession(api=server))
    dispatcher = Dispatcher()
    dispatcher.include_router(router)
    url = os.environ.get("WEBHOOK_URL", "")
    if url:
        await _by_webhook(bot, dispatcher, url)
    else:
        await dispatcher.start_polling(bot, polling_timeout=10)


async def _by_webhook(bot: Bot, dispatcher: Dispatcher, url: str) -> None:
    """As aiogram's own handler does it: confirmed at once, handled afterwards."""
    secret, port = os.environ["WEBHOOK_SECRET"], int(os.environ["WEBHOOK_PORT"])
    app = web.Application()
    SimpleRequestHandler(dispatcher, bot, secret_token=secret).register(app, path="/hook")
    runner = web.AppRunner(app, access_log=None)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", port).start()
    await bot.set_webhook(url, secret_token=secret)
    await asyncio.Event().wait()


if __name__ == "__main__":
    asyncio.run(main())
