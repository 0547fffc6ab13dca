"""The workers of a running shop: what each does, what wakes it, how long it may idle."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import timedelta
from functools import partial
from itertools import repeat
from typing import Final

from bot.app.kiosk import Kiosk
from bot.base.keys import SHELF
from bot.base.topics import (
    BROADCASTS,
    EXPORTS,
    HEARTBEAT,
    LATE_SCREENS,
    NEW_LANGUAGE,
    OUTBOX,
    TEXTS,
    WATCHES,
    numbers_topic,
    poll_topic,
    submit_topic,
)
from bot.i18n.language import LANGUAGES
from bot.ops.loop import Idle, Step

_SENDERS: Final = 6
_POLLERS: Final = 4
_SUBMIT_IDLE_S: Final = 0.5
_POLL_IDLE_S: Final = 0.25
_HELPER_IDLE_S: Final = 1.0
"""The pollers beside the first one look less often: they are for bursts."""
_TABLE_IDLE_S: Final = 0.5
_SHELF_IDLE_S: Final = 0.9
_TEXTS_IDLE_S: Final = 5.0
_WATCHES_IDLE_S: Final = 5.0
_EXPORTS_IDLE_S: Final = 5.0
_EXPORT_WITHIN: Final = timedelta(minutes=60)
"""A file of a million rows, made without haste, and sent through a thin line."""
_LANGUAGE_IDLE_S: Final = 2.0
"""A reader whom another process has met is not kept waiting for longer."""
_LANGUAGE_WITHIN: Final = timedelta(minutes=20)
_NOTE_IDLE_S: Final = 0.5
_BEAT_WITHIN: Final = timedelta(seconds=50)
_SEND_WITHIN: Final = timedelta(minutes=2)
_SUBMIT_WITHIN: Final = timedelta(minutes=6)
_POLL_WITHIN: Final = timedelta(minutes=5)
_LOOK_WITHIN: Final = timedelta(minutes=4)
"""A worker's idle time and its longest step: each request in turn, asked a second time where that
is done, waits for the rate cap to its end, runs into its time, and finds a slow database.
"""


@dataclass(frozen=True, slots=True)
class Worker:
    """One loop to run; those that share their work share the name.

    It is woken by its `topic`, and looks by itself `idle_s` after a step that had nothing to do.
    `within` is its idle time and its longest step together; later than that it counts as late.
    """

    name: str
    step: Step
    topic: str
    idle_s: Idle
    within: timedelta


def heartbeat_of(kiosk: Kiosk) -> Worker:
    """The loop that ends when all others have ended."""
    every_s = kiosk.heartbeat.limits.every_s
    return Worker("heartbeat", kiosk.heartbeat.step, HEARTBEAT, every_s, _BEAT_WITHIN)


def workers_of(kiosk: Kiosk) -> Iterator[Worker]:
    """Every other loop of the shop but the one that takes updates."""
    sender, timetable = kiosk.sender, kiosk.timetable
    yield Worker("updates", kiosk.taken.step, "", _NOTE_IDLE_S, _SEND_WITHIN)
    yield from repeat(Worker("sender", sender.step, OUTBOX, sender.idle_s, _SEND_WITHIN), _SENDERS)
    show_late = partial(kiosk.screens.step, sender.pace.take)
    yield Worker("late screens", show_late, LATE_SCREENS, kiosk.screens.idle_s, _SEND_WITHIN)
    for queue in kiosk.submit_queues:
        name = queue.supplier.name
        topic = submit_topic(name)
        yield Worker(f"submit {name}", queue.step, topic, _SUBMIT_IDLE_S, _SUBMIT_WITHIN)
    yield from _pollers(kiosk)
    yield Worker("shelf", partial(_load_shelf, kiosk), SHELF, _SHELF_IDLE_S, _LOOK_WITHIN)
    texts = kiosk.shop.store.texts
    yield Worker("texts", texts.load, TEXTS, _TEXTS_IDLE_S, _SEND_WITHIN)
    news = kiosk.broadcasts
    yield Worker("broadcasts", news.step, BROADCASTS, news.idle_s, _SEND_WITHIN)
    watchers = kiosk.shop.tell_watchers
    yield Worker("watches", watchers.step, WATCHES, _WATCHES_IDLE_S, _SEND_WITHIN)
    yield Worker("exports", kiosk.exports.step, EXPORTS, _EXPORTS_IDLE_S, _EXPORT_WITHIN)
    for supplier in kiosk.shop.suppliers.values():
        if any(supplier.speaks(language) for language in LANGUAGES):
            read = partial(kiosk.shop.refresh_translations.step, supplier)
            yield Worker(
                f"languages {supplier.name}",
                read,
                NEW_LANGUAGE,
                _LANGUAGE_IDLE_S,
                _LANGUAGE_WITHIN,
            )
    for entry in timetable.entries:
        step = partial(timetable.run_if_due, entry)
        yield Worker(entry.name, step, "", _TABLE_IDLE_S, entry.within)


async def _load_shelf(kiosk: Kiosk) -> int:
    """Show what any process has stored."""
    await kiosk.shop.load_shelf()
    return 0


def _pollers(kiosk: Kiosk) -> Iterator[Worker]:
    for number in range(_POLLERS):
        idle_s = _HELPER_IDLE_S if number else _POLL_IDLE_S
        for poller in kiosk.pollers:
            name = poller.supplier.name
            topic = poll_topic(name)
            yield Worker(f"poller {name}", poller.step, topic, idle_s, _POLL_WITHIN)
        for number_poller in kiosk.number_pollers:
            name = number_poller.supplier.name
            topic = numbers_topic(name)
            yield Worker(f"numbers {name}", number_poller.step, topic, idle_s, _LOOK_WITHIN)
