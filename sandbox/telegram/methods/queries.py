"""Answers to taps, which do not wait for long."""

from __future__ import annotations

from typing import Final

from sandbox.telegram.calls import Change
from sandbox.telegram.messages import Query, Toast
from sandbox.telegram.params import Params
from sandbox.telegram.refusals import QUERY_TOO_OLD, bad_request
from sandbox.telegram.text import utf16_length
from sandbox.telegram.world import TelegramWorld

TOAST_MAX: Final = 200


def answer_callback_query(world: TelegramWorld, params: Params) -> bool:
    """Stop the spinner of a tap, perhaps with a few words."""
    text, url = params.text("text"), params.find_text("url")
    if utf16_length(text) > TOAST_MAX:
        raise bad_request("MESSAGE_TOO_LONG")
    if url and not _is_own_link(world, url):
        raise bad_request("URL_INVALID")
    query = answered(world, params.text("callback_query_id"))
    toast = Toast(text, params.flag("show_alert"), query.query_id, world.now(), url)
    person = world.people[query.user_id]
    person.answers.append(toast)
    if text:
        person.toasts.append(toast)
    world.changed(Change("toast", query.user_id, toast))
    return True


def answered(world: TelegramWorld, query_id: str) -> Query:
    """Take the answer to a tap or to an inline query, unless it is too late."""
    query = world.queries.get(query_id)
    if query is None or query.answered or world.now() - query.at > query.lifetime:
        raise bad_request(QUERY_TOO_OLD)
    query.answered = True
    return query


def _is_own_link(world: TelegramWorld, url: str) -> bool:
    return any(
        url.startswith(prefix)
        for prefix in (f"https://t.me/{world.bot_username}?start=", f"t.me/{world.bot_username}?")
    )


METHODS: Final = {
    "answerCallbackQuery": answer_callback_query,
}
