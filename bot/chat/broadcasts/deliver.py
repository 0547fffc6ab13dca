"""Brings a broadcast to one recipient, and says what certainly or perhaps became of it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import Final

from aiogram.exceptions import (
    TelegramAPIError,
    TelegramBadRequest,
    TelegramMigrateToChat,
    TelegramNotFound,
)
from aiohttp import ClientConnectorError

from bot.broadcasts.claims import Answer, Answered, PauseReason, Taken
from bot.chat.broadcasts.message import broadcast_screen
from bot.chat.kit.locale import Locales
from bot.chat.kit.present import Presenter
from bot.chat.kit.telegram.refusal import AskedToWait, Blocked, FileGone
from bot.outbox.sender import growing_wait

_AS_IT_IS: Final = (TelegramBadRequest, TelegramMigrateToChat, TelegramNotFound)


@dataclass(frozen=True, slots=True)
class DeliverBroadcast:
    """Sends one message of a broadcast, once."""

    presenter: Presenter
    locales: Locales

    async def __call__(self, taken: Taken) -> Answer:
        """Send it in its reader's language; never raises what Telegram can say."""
        _ = self.locales.of(taken.language)
        try:
            screen = broadcast_screen(_, taken.content, await self.presenter.link())
            await self.presenter.send(taken.customer, screen)
        except Blocked:
            return Answer(Answered.UNREACHABLE)
        except AskedToWait as later:
            return _later(later, growing_wait(taken.tries))
        except FileGone:
            return Answer(Answered.BROKEN, why=PauseReason.PHOTO)
        except _AS_IT_IS as refusal:
            return Answer(Answered.REFUSED, why=refusal.message)
        except TelegramAPIError:  # the token is wrong or the like: Telegram took nothing
            return Answer(Answered.NOT_SENT, growing_wait(taken.tries))
        return Answer(Answered.SENT)


def _later(later: AskedToWait, wait: timedelta) -> Answer:
    """Only what Telegram turned away, or what never left, may be sent to the same person again."""
    if later.is_told:
        return Answer(Answered.NOT_SENT, later.wait)
    cause = later.__cause__
    has_left = not isinstance(getattr(cause, "__cause__", None), ClientConnectorError)
    return Answer(Answered.UNSURE if has_left else Answered.NOT_SENT, max(wait, later.wait))
