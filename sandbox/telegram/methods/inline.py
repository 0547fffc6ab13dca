"""Answers to inline queries, and the limits that Telegram holds them to."""

from __future__ import annotations

import re
from typing import Any, Final

from sandbox.telegram.calls import Change
from sandbox.telegram.entities import formatted
from sandbox.telegram.inline import InlineAnswer
from sandbox.telegram.keyboards import read_keyboard
from sandbox.telegram.links import WrongLink, checked_link
from sandbox.telegram.methods.queries import answered
from sandbox.telegram.params import Params
from sandbox.telegram.refusals import bad_request
from sandbox.telegram.text import check_text
from sandbox.telegram.world import TelegramWorld

RESULTS_MAX: Final = 50
_ID_BYTES_MAX: Final = 64
_OFFSET_BYTES_MAX: Final = 64
_CACHED_S: Final = 300
_START: Final = re.compile(r"[A-Za-z0-9_-]{1,64}")


def answer_inline_query(world: TelegramWorld, params: Params) -> bool:
    """Offer results for what a person typed after the bot's name."""
    results = params.find_array("results")
    if results is None:
        raise bad_request("expected an Array of InlineQueryResult")
    if len(results) > RESULTS_MAX:
        raise bad_request("RESULTS_TOO_MUCH")
    for result in results:
        _check_result(result)
    if len({result["id"] for result in results}) < len(results):
        raise bad_request("RESULT_ID_DUPLICATE")
    answer = InlineAnswer(
        results,
        _checked_offset(params.text("next_offset")),
        _checked_button(params.find_object("button")),
        _cache_s(params),
        params.flag("is_personal"),
    )
    query = answered(world, params.text("inline_query_id"))
    world.people[query.user_id].inline = answer
    world.changed(Change("toast", query.user_id, answer))
    return True


def _cache_s(params: Params) -> int:
    given = params.find_whole("cache_time")
    return _CACHED_S if given is None else max(0, given)


def _checked_offset(offset: str) -> str:
    if len(offset.encode()) > _OFFSET_BYTES_MAX:
        raise bad_request("NEXT_OFFSET_INVALID")
    return offset


def _checked_button(button: dict[str, Any] | None) -> dict[str, Any] | None:
    if button is None:
        return None
    if not str(button.get("text") or "").strip():
        raise bad_request("SWITCH_PM_TEXT_EMPTY")
    if "web_app" in button:
        return button
    start = str(button.get("start_parameter") or "")
    if not start:
        raise bad_request("START_PARAM_EMPTY")
    if not _START.fullmatch(start):
        raise bad_request("START_PARAM_INVALID")
    return button


def _check_result(result: Any) -> None:
    if not isinstance(result, dict) or not isinstance(result.get("id"), str):
        raise bad_request("can't parse InlineQueryResult: Object with an id expected")
    if not 1 <= len(result["id"].encode()) <= _ID_BYTES_MAX:
        raise bad_request("RESULT_ID_INVALID")
    if result.get("type") == "article":
        _check_article(result)
    if result.get("reply_markup"):
        read_keyboard(result["reply_markup"])


def _check_article(result: dict[str, Any]) -> None:
    content = result.get("input_message_content")
    if not result.get("title"):
        raise bad_request("ARTICLE_TITLE_EMPTY")
    if not isinstance(content, dict):
        raise bad_request("SEND_MESSAGE_TYPE_INVALID")
    given = str(content.get("message_text", ""))
    text, _ = formatted(given, content.get("parse_mode"), content.get("entities"))
    check_text(text)
    if result.get("url"):
        _check_url(result["url"])


def _check_url(url: str) -> None:
    try:
        checked_link(url)
    except WrongLink as wrong:
        raise bad_request("WEBDOCUMENT_URL_INVALID") from wrong


METHODS: Final = {"answerInlineQuery": answer_inline_query}
