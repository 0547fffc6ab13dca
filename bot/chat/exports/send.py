"""Sends the files of exports, and turns what Telegram says into what becomes of them."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from datetime import datetime

import structlog
from aiogram.exceptions import TelegramAPIError

from bot.base.ids import CustomerId
from bot.chat.exports.screens import file_screen
from bot.chat.kit.locale import Locales
from bot.chat.kit.present import Presenter
from bot.chat.kit.telegram.refusal import AskedToWait, Blocked
from bot.db.database import Database
from bot.desk.exports.run import ExportFile, FileSent
from bot.desk.exports.tables import ExportFailure
from bot.i18n.language import ENGLISH
from bot.outbox.sender import growing_wait
from bot.people import customers

log = structlog.stdlib.get_logger(__name__)


@dataclass(frozen=True, slots=True)
class SendExport:
    """Sends one file; `take_turn` keeps to the pace of all that the bot sends."""

    db: Database
    presenter: Presenter
    locales: Locales
    take_turn: Callable[[CustomerId, datetime], Awaitable[None]]

    async def __call__(self, file: ExportFile) -> FileSent:
        """Send it to who asked for it, in their language."""
        chat = file.export.asked_by
        reader = await self.db.read(customers.find, chat)
        _ = self.locales.of(ENGLISH if reader is None else reader.language)
        screen = file_screen(_, file, self.db.settings.zone).turned(rtl=_.is_rtl)
        await self.take_turn(chat, self.db.clock.now())
        try:
            await self.presenter.send(chat, screen)
        except Blocked:
            return FileSent(failure=ExportFailure.UNREACHABLE)
        except AskedToWait as later:
            return FileSent(wait=max(later.wait, growing_wait(file.export.tries)))
        except TelegramAPIError as refusal:
            log.warning("export_refused", export=file.export.id, said=refusal.message)
            return FileSent(failure=ExportFailure.REFUSED)
        return FileSent()
