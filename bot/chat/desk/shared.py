"""Several orders in attention for one reason: shown as one line, decided by one confirmed tap."""

from __future__ import annotations

from collections.abc import Container

from bot.base.ids import SupplierName
from bot.chat.desk.parts import sure_screen
from bot.chat.desk.taps import DecideShared, Decision, OpenDeskOrders
from bot.chat.desk.words import reason_words
from bot.chat.kit.locale import Locale
from bot.chat.kit.names import clip
from bot.chat.kit.richtext import Rich, bold, fill, join
from bot.chat.kit.screen import Button, Row, Screen, label
from bot.desk.details import DeskFilter, SharedCause


def shared_decision(cause: SharedCause, known: Container[SupplierName]) -> Decision:
    """What may be decided about such orders: a supplier that can be asked is asked again."""
    return Decision.KEEP_ASKING if cause.supplier in known else Decision.CANCEL


def shared_words(_: Locale, causes: tuple[SharedCause, ...]) -> Rich:
    """The causes, numbered as their buttons are."""
    lines = [
        join([_.number(number), _line(_, cause)], " · ")
        for number, cause in enumerate(causes, start=1)
    ]
    return join([bold(_("Several for one reason")), *lines]) if lines else Rich()


def _line(_: Locale, cause: SharedCause) -> Rich:
    name = bold(_.iso(clip(cause.supplier, 60)))
    count = fill(_.n("{count} order", "{count} orders", cause.count), count=_.number(cause.count))
    return join([name, count, reason_words(_, cause.reason)], " · ")


def shared_rows(
    _: Locale, causes: tuple[SharedCause, ...], known: Container[SupplierName]
) -> tuple[Row, ...]:
    """The first taps."""
    return tuple(
        (Button(_shared_label(_, number, cause, known), _tap(cause, known)),)
        for number, cause in enumerate(causes, start=1)
    )


def _shared_label(
    _: Locale, number: int, cause: SharedCause, known: Container[SupplierName]
) -> str:
    ends, asks = _("{number} · Refund all {count}"), _("{number} · Keep asking: all {count}")
    words = asks if shared_decision(cause, known) is Decision.KEEP_ASKING else ends
    return label(words, number=_.number(number), count=_.number(cause.count))


def _tap(
    cause: SharedCause, known: Container[SupplierName], *, sure: bool = False
) -> DecideShared:
    act = shared_decision(cause, known)
    return DecideShared(order=cause.first, act=act, count=cause.count, sure=sure)


def shared_sure_screen(_: Locale, cause: SharedCause, known: Container[SupplierName]) -> Screen:
    """What the decision does to all of them, and the tap that makes it."""
    again = shared_decision(cause, known) is Decision.KEEP_ASKING
    count, total = _.number(cause.count), bold(_.money(cause.total))
    sentence = fill(_sentence(_, again=again), count=count, total=total)
    words = _("Yes: keep asking") if again else _("Yes: cancel and refund")
    yes = Button(words, _tap(cause, known, sure=True))
    text = join([_line(_, cause), sentence], "\n\n")
    return sure_screen(_, text, yes, OpenDeskOrders(which=DeskFilter.ATTENTION))


def _sentence(_: Locale, *, again: bool) -> str:
    if again:
        return _(
            "The supplier is asked about all {count} again. The customers' {total} stays held, "
            "and they are told when something new comes."
        )
    return _(
        "All {count} end as canceled: {total} goes back to the customers' credit, and each of "
        "them is told. Whatever the supplier has taken for them is the shop's loss.\n\n"
        "If the supplier was taken out of the settings by mistake, put it back and start the bot "
        "again: then it can be asked about them."
    )


def shared_decided_words(_: Locale, act: Decision, count: int) -> Rich:
    """What was done."""
    sentence = (
        _("✅ Done: the supplier is asked about {count} again. The money stays held.")
        if act is Decision.KEEP_ASKING
        else _("✅ Done: {count} canceled, the money went back. The customers are told.")
    )
    return fill(sentence, count=_.number(count))


def shared_moved_words(_: Locale) -> str:
    """The orders have moved on since the button was shown."""
    return _("Nothing was done by this tap: the orders have moved on. This is how they stand now.")
