"""How far a broadcast is, and the list of all of them."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Final

from bot.broadcasts.claims import PauseReason
from bot.broadcasts.read import Broadcast, Progress
from bot.broadcasts.states import BroadcastState
from bot.chat.broadcasts.segment import segment_words
from bot.chat.broadcasts.taps import (
    OpenBroadcast,
    OpenBroadcasts,
    PauseBroadcast,
    ResumeBroadcast,
    StopBroadcast,
    WriteBroadcast,
)
from bot.chat.desk.parts import desk_screen, sure_screen
from bot.chat.desk.taps import OpenDesk
from bot.chat.kit.locale import Locale
from bot.chat.kit.names import clip, shorten
from bot.chat.kit.richtext import Rich, bold, fill, join
from bot.chat.kit.screen import Button, Row, Screen, footer

_QUOTED: Final = 200
_LISTED: Final = 30


def progress_screen(
    _: Locale, broadcast: Broadcast, progress: Progress, now: datetime, note: str = ""
) -> Screen:
    """How many have got it, how many are left, and the ways to pause and stop it."""
    counts: list[Rich | str] = [
        fill(_("✅ Sent: {count}"), count=bold(_.number(progress.sent))),
        _counted(_, _("🚫 Cannot be reached: {count}"), progress.unreachable),
        _counted(_, _("🔕 Left out: {count}"), progress.left_out),
        _counted(_, _("❔ Perhaps not arrived, and not sent again: {count}"), progress.unsure),
        _left(_, broadcast, progress),
    ]
    said = clip(broadcast.content.text, _QUOTED) or _("A picture")
    text = join(
        [
            bold(note),
            join([bold(_("📣 Broadcast")), bold(state_words(_, broadcast.state))], " · "),
            f"“{_.iso(said)}”",
            fill(_("For: {who}"), who=segment_words(_, broadcast.segment)),
            _why(_, broadcast.why),
            join(counts),
            _end(_, broadcast, progress, now),
        ],
        "\n\n",
    )
    return Screen(text, tuple(row for row in (_steering(_, broadcast), *_ways(_)) if row))


def _counted(_: Locale, words: str, count: int) -> Rich | str:
    return fill(words, count=_.number(count)) if count else ""


def _left(_: Locale, broadcast: Broadcast, progress: Progress) -> Rich | str:
    """Who still gets it, or would have."""
    if broadcast.state is BroadcastState.CHOOSING:
        return _("The customers who get it are being looked up.")
    if broadcast.state is BroadcastState.STOPPED:
        return _counted(_, _("Not sent any more: {count}"), progress.left)
    return fill(_("⏳ Left: {count}"), count=_.number(progress.left)) if progress.left else ""


def _end(_: Locale, broadcast: Broadcast, progress: Progress, now: datetime) -> Rich | str:
    if broadcast.ended_at is not None:
        return fill(_("Ended: {when}"), when=_.moment(broadcast.ended_at))
    if broadcast.state is not BroadcastState.RUNNING or progress.ends_at is None:
        return ""
    return fill(_("Done at about {when}"), when=_.until(progress.ends_at, now))


def state_words(_: Locale, state: BroadcastState) -> str:
    """How far it is."""
    return {
        BroadcastState.DRAFT: _("draft"),
        BroadcastState.CHOOSING: _("begins"),
        BroadcastState.RUNNING: _("under way"),
        BroadcastState.PAUSED: _("paused"),
        BroadcastState.STOPPED: _("stopped"),
        BroadcastState.DONE: _("done"),
    }[state]


def _why(_: Locale, why: str) -> Rich | str:
    """Why it was paused by itself."""
    known = {
        PauseReason.ROLE: _(
            "⚠️ Paused by itself: who started it may not send broadcasts any more. "
            "Continue it if you stand for it."
        ),
        PauseReason.RESTORED: _(
            "⚠️ Paused by itself: the shop was restored from a copy. Whoever got it after that "
            "copy was made would get it twice."
        ),
        PauseReason.PHOTO: _(
            "⚠️ Paused by itself: Telegram does not give out the picture any more. "
            "Write it anew with the picture."
        ),
        PauseReason.BROKEN: _(
            "⚠️ Paused by itself: something went wrong; the log of the bot says what."
        ),
    }
    if not why:
        return ""
    if why in known:
        return known[PauseReason(why)]
    said = _("⚠️ Paused by itself: Telegram does not take it. It says: {words}")
    return fill(said, words=_.iso(clip(why, _QUOTED)))


def _steering(_: Locale, broadcast: Broadcast) -> Row:
    one = broadcast.id
    stop = Button(_("⏹ Stop"), StopBroadcast(broadcast=one))
    if broadcast.state in {BroadcastState.CHOOSING, BroadcastState.RUNNING}:
        return (Button(_("⏸ Pause"), PauseBroadcast(broadcast=one)), stop)
    if broadcast.state is BroadcastState.PAUSED:
        return (Button(_("▶ Continue"), ResumeBroadcast(broadcast=one), style="primary"), stop)
    return ()


def _ways(_: Locale) -> tuple[Row, ...]:
    return (
        (Button(_("📣 All broadcasts"), OpenBroadcasts()),),
        (Button(_("⚙️ Desk"), OpenDesk()), *footer(_)),
    )


def stop_sure_screen(_: Locale, broadcast: Broadcast, progress: Progress) -> Screen:
    """The second tap before it ends."""
    ask = _.n(
        "Stop it? {count} customer would not get it.",
        "Stop it? {count} customers would not get it.",
        progress.left,
    )
    text = bold(fill(ask, count=_.number(progress.left)))
    yes = Button(_("Yes, stop it"), StopBroadcast(broadcast=broadcast.id, sure=True))
    return sure_screen(_, text, yes, OpenBroadcast(broadcast=broadcast.id))


def resume_sure_screen(_: Locale, broadcast: Broadcast) -> Screen:
    """The second tap before what was paused by itself goes on."""
    text = join([bold(_("Continue it?")), _why(_, broadcast.why)], "\n\n")
    yes = Button(_("Yes, continue"), ResumeBroadcast(broadcast=broadcast.id, sure=True))
    return sure_screen(_, text, yes, OpenBroadcast(broadcast=broadcast.id))


def broadcasts_screen(_: Locale, found: Sequence[Broadcast], note: str = "") -> Screen:
    """The newest broadcasts, and the way to a new one."""
    title = join([bold(note), bold(_("📣 Broadcasts"))], "\n\n")
    none = "" if found else _("Nothing has been sent to everybody yet.")
    buttons = tuple((_listed(_, one),) for one in found)
    write = (Button(_("✍️ Write to customers"), WriteBroadcast(), style="primary"),)
    return desk_screen(_, join([title, none], "\n\n"), write, *buttons)


def _listed(_: Locale, one: Broadcast) -> Button:
    said = clip(" ".join(one.content.text.split()), _LISTED) or _("A picture")
    label = shorten(f"{state_words(_, one.state)} · {_.iso(said)}")
    return Button(label, OpenBroadcast(broadcast=one.id))
