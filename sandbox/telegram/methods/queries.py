"""Answers to taps and to inline queries, which do not wait for long."""

from __future__ import annotations

from typing import Any, Final

from sandbox.telegram.calls import Change
from sandbox.telegram.entities import formatted
from sandbox.telegram.keyboards import read_keyboard
from sandbox.telegram.links import WrongLink, checked_link
from sandbox.telegram.messages import Query, Toast
from sandbox.telegram.params import Params
from sandbox.telegram.refusals import QUERY_TOO_OLD, bad_request
from sandbox.telegram.text import check_text, utf16_length
from sandbox.telegram.world import TelegramWorld

TOAST_MAX: Final = 200
RESULTS_MAX: Final = 50
_RESULT_ID_MAX: Final = 64


def answer_callback_query(world: TelegramWorld, params: Params) -> bool:
    """Stop the spinner of a tap, perhaps with a few words."""
    text, url = params.text("text"), params.find_text("url")
    if utf16_length(text) > TOAST_MAX:
        raise bad_request("MESSAGE_TOO_LONG")
    if url and not _is_own_link(world, url):
        raise bad_request("URL_INVALID")
    query = _answered(world, params.text("callback_query_id"))
    toast = Toast(text, params.flag("show_alert"), query.query_id, world.now(), url)
    person = world.people[query.user_id]
    person.answers.append(toast)
    if text:
        person.toasts.append(toast)
    world.changed(Change("toast", query.user_id, toast))
    return True


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
    query = _answered(world, params.text("inline_query_id"))
    world.people[query.user_id].inline_results = results
    world.changed(Change("toast", query.user_id, results))
    return True


def _answered(world: TelegramWorld, query_id: str) -> Query:
    query = world.queries.get(query_id)
    if query is None or query.answered or world.now() - query.at > world.query_lifetime:
        raise bad_request(QUERY_TOO_OLD)
    query.answered = True
    return query


def _is_own_link(world: TelegramWorld, url: str) -> bool:
    return any(
        url.startswith(prefix)
        for prefix in (f"https://t.me/{world.bot_username}?start=", f"t.me/{world.bot_username}?")
    )


def _check_result(result: Any) -> None:
    if not isinstance(result, dict) or not isinstance(result.get("id"), str):
        raise bad_request("can't parse InlineQueryResult: Object with an id expected")
    if not 1 <= len(result["id"].encode()) <= _RESULT_ID_MAX:
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


METHODS: Final = {
    "answerCallbackQuery": answer_callback_query,
    "answerInlineQuery": answer_inline_query,
}
