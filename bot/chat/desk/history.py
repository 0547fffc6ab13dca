"""An order's whole history as a text file, for when a message is too short for it."""

from __future__ import annotations

from datetime import datetime

from bot.chat.desk.notes import note_text
from bot.chat.desk.words import outcome_words, reason_words, state_words
from bot.chat.kit.locale import Locale
from bot.chat.kit.richtext import clean, fill
from bot.chat.kit.screen import Document, Screen
from bot.i18n.language import with_minus
from bot.orders.order_details import OrderDetails


def history_screen(_: Locale, details: OrderDetails) -> Screen:
    """A new message with the file."""
    order = details.order
    caption = fill(_("Order #{order}: everything that is written down."), order=str(order.id))
    readings = [
        f"{_time(one.at)}  {with_minus(f'{one.balance:f}')} {_.currency}"
        for one in details.readings
    ]
    answers = [f"{_time(at)}  {note_text(_, said)}" for at, said in details.answers]
    events, attempts = _events(_, details), _attempts(_, details)
    lines = [*_head(_, details), "", *events, "", *attempts, "", *readings, "", *answers]
    text = "\n".join(lines)
    document = Document(f"order-{order.id}-history.txt", (clean(text) + "\n").encode())
    return Screen(caption, document=document)


def _time(at: datetime) -> str:
    return at.strftime("%Y-%m-%d %H:%M:%S %Z")


def _head(_: Locale, details: OrderDetails) -> list[str]:
    order = details.order
    why = f" ({reason_words(_, order.reason)})" if order.reason else ""
    return [
        f"#{order.id} {state_words(_, order.state)}{why}",
        f"{order.service_name} x {order.quantity}",
        f"{details.supplier} {details.remote_service} {details.remote_order or '-'}",
        f"{_time(order.created_at)}",
    ]


def _events(_: Locale, details: OrderDetails) -> list[str]:
    return [
        _line(event.at, state_words(_, event.state), note_text(_, event.note), event.actor)
        for event in details.events
    ]


def _attempts(_: Locale, details: OrderDetails) -> list[str]:
    return [
        _line(
            one.at,
            str(one.number),
            outcome_words(_, one.outcome),
            one.by,
            note_text(_, one.said),
        )
        for one in details.attempts
    ]


def _line(at: datetime, *words: str) -> str:
    return "  ".join([_time(at), *filter(None, words)])
