"""Answers to inline queries: what may be sent into any chat, and how Telegram takes it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Final

import structlog
from aiogram import Bot
from aiogram.exceptions import TelegramAPIError, TelegramRetryAfter

from bot.chat.kit.present import message_of
from bot.chat.kit.screen import Screen
from bot.chat.kit.telegram.connection import TROUBLES, is_too_old
from bot.chat.kit.telegram.session import session_of

log = structlog.stdlib.get_logger(__name__)

_KEPT_S: Final = 10
"""How long Telegram may show the same answer to the same words: prices and stock change."""
_WITHIN_S: Final = 8.0
"""Telegram takes no answer after about ten seconds."""


@dataclass(frozen=True, slots=True)
class InlineResult:
    """One line of the list, and the message that it becomes; `id` is at most 64 bytes."""

    id: str
    title: str
    description: str
    message: Screen


@dataclass(frozen=True, slots=True)
class WayIn:
    """A button above the list that leads into the private chat with `/start` and these words."""

    label: str
    start: str


@dataclass(frozen=True, slots=True)
class InlineAnswer:
    """At most 50 results; `next_offset` is empty on the last page."""

    results: Sequence[InlineResult] = ()
    next_offset: str = ""
    way_in: WayIn | None = None


async def answer_inline(bot: Bot, query: str, answer: InlineAnswer) -> bool:
    """Show the answer to one reader alone; whether Telegram did.

    An answer that is too late is nobody's fault: the person has typed on. It is ignored, and other
    refusals are logged.
    """
    try:
        fields = _fields(query, answer)
        await session_of(bot).call(bot, "answerInlineQuery", fields, _WITHIN_S)
    except (*TROUBLES, TelegramRetryAfter):
        return False
    except TelegramAPIError as refusal:
        if not is_too_old(refusal):
            log.warning("inline_query_not_answered", said=refusal.message)
        return False
    return True


def _fields(query: str, answer: InlineAnswer) -> dict[str, Any]:
    fields: dict[str, Any] = {
        "inline_query_id": query,
        "results": [_article(one) for one in answer.results],
        "cache_time": _KEPT_S,
        "is_personal": True,
        "next_offset": answer.next_offset,
    }
    if answer.way_in is not None:
        way_in = answer.way_in
        fields["button"] = {"text": way_in.label, "start_parameter": way_in.start}
    return fields


def _article(result: InlineResult) -> dict[str, Any]:
    message = message_of(result.message)
    keyboard = message.pop("reply_markup", None)
    content = {"message_text": message.pop("text"), **message}
    article = {
        "type": "article",
        "id": result.id,
        "title": result.title,
        "description": result.description,
        "input_message_content": content,
    }
    return article if keyboard is None else {**article, "reply_markup": keyboard}
