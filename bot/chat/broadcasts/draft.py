"""A draft on its card: the message as customers get it, and what can be done with it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from bot.broadcasts.content import LONGEST_LABEL, MOST_LINKS
from bot.broadcasts.read import Broadcast
from bot.chat.broadcasts.content import BadContent, ContentRefusal, words_of
from bot.chat.broadcasts.links import BadLink, LinkRefusal
from bot.chat.broadcasts.message import link_rows
from bot.chat.broadcasts.segment import count_words, segment_words
from bot.chat.broadcasts.taps import (
    DropDraft,
    DropLinks,
    OpenBroadcast,
    OpenBroadcasts,
    OpenSegment,
    SendBroadcast,
    TestBroadcast,
    TypeLinks,
)
from bot.chat.desk.parts import desk_screen, sure_screen
from bot.chat.kit.locale import Locale
from bot.chat.kit.names import clip
from bot.chat.kit.richtext import LONGEST_TEXT, Rich, bold, fill, join
from bot.chat.kit.screen import Button, Screen, label
from bot.chat.kit.taps import Stay

_LINE: Final = "——————"
_PER_S: Final = 20
"""What a broadcast sends in a second while nothing else is to be sent."""
_QUOTED: Final = 100


@dataclass(frozen=True, slots=True)
class DraftDetails:
    """What stands beside a draft: how many get it, this bot's address, bots it leads to."""

    count: int
    address: str
    other_bots: Sequence[str] = ()


def draft_screen(_: Locale, draft: Broadcast, details: DraftDetails, note: str = "") -> Screen:
    """The preview, whom it is for, and the ways to change, try and send it."""
    below = join(
        [
            _LINE,
            bold(note),
            _("🖼 Your picture comes with it; the test shows it.") if draft.content.photo else "",
            fill(_("For: {who}"), who=segment_words(_, draft.segment)),
            count_words(_, details.count),
            _warning(_, details.other_bots),
        ]
    )
    words = words_of(draft.content)
    room = LONGEST_TEXT - below.length - 1
    if words.length > room:
        cut = "\n" + _("(The rest is not shown here; the test shows all of it.)")
        words = words.cut(room - len(cut)) + cut
    one = draft.id
    send = label(_("📣 Send to {count}"), count=_.number(details.count))
    sending = SendBroadcast(broadcast=one, version=draft.version)
    rows = (
        *link_rows(_, draft.content, details.address, Stay()),
        (
            Button(_("🔗 Buttons"), TypeLinks(broadcast=one)),
            Button(_("👥 Who gets it"), OpenSegment(broadcast=one)),
        ),
        (Button(_("🧪 Test to myself"), TestBroadcast(broadcast=one)),),
        (Button(send, sending, style="primary"),) if details.count else (),
        (
            Button(_("🗑 Throw away"), DropDraft(broadcast=one)),
            Button(_("📣 All broadcasts"), OpenBroadcasts()),
        ),
    )
    return desk_screen(_, join([words, below]), *rows)


def _warning(_: Locale, bots: Sequence[str]) -> Rich | str:
    if not bots:
        return ""
    names = ", ".join(_.iso(f"@{name}") for name in bots)
    return fill(_("⚠️ A button leads to another bot: {bots}. Is that what you want?"), bots=names)


def write_screen(_: Locale, problem: str | Rich = "") -> Screen:
    """What is to be said is sent next."""
    ask = _(
        "Send the message that your customers should get: words, or one picture with words. "
        "You will see it before anybody gets it."
    )
    text = join([problem, bold(ask)], "\n\n")
    return desk_screen(_, text, (Button(_("📣 All broadcasts"), OpenBroadcasts()),))


def bad_content_text(_: Locale, error: BadContent) -> Rich:
    """Why what was written cannot be sent."""
    if error.why is ContentRefusal.LONG:
        said = _("That is too long: at most {count} letters and signs fit. Nothing was sent.")
        return fill(said, count=_.number(error.most))
    if error.why is ContentRefusal.KIND:
        return Rich(_("Only words, or one picture with words, can be sent to everybody."))
    return Rich(_("There is nothing to send yet."))


def links_screen(_: Locale, draft: Broadcast, problem: Rich | str = "") -> Screen:
    """The buttons are typed next, a line each."""
    ask = _("Type the buttons, one a line: what stands on it, then | and where it leads.")
    where = _("A service by its number, a category by its English name, or an https address.")
    example = _.copied("Gmail | #12\nAll mail | Email\nOur channel | https://t.me/ourchannel")
    no_links = (
        (Button(_("Without buttons"), DropLinks(broadcast=draft.id)),)
        if draft.content.links
        else ()
    )
    back = (Button(_("◀ Back"), OpenBroadcast(broadcast=draft.id)),)
    return desk_screen(_, join([problem, bold(ask), where, example], "\n\n"), no_links, back)


def bad_link_text(_: Locale, error: BadLink) -> Rich:
    """Which line is no button, and why."""
    why = {
        LinkRefusal.SHAPE: _("Write what stands on the button, then | and where it leads."),
        LinkRefusal.LABEL: _("The words on a button are at most {count} letters."),
        LinkRefusal.ADDRESS: _("An address has to begin with https:// and name a place."),
        LinkRefusal.SERVICE: _("No service has this number."),
        LinkRefusal.CATEGORY: _("There is no category of that name."),
        LinkRefusal.SEVERAL: _("Several categories are called that; write the whole path."),
        LinkRefusal.MANY: _("At most {count} buttons, please."),
    }[error.why]
    most = MOST_LINKS if error.why is LinkRefusal.MANY else LONGEST_LABEL
    said = fill(why, count=_.number(most))
    return join([f"“{_.iso(clip(error.line, _QUOTED))}”", said], "\n")


def send_sure_screen(
    _: Locale, draft: Broadcast, details: DraftDetails, before: datetime | None = None
) -> Screen:
    """The second tap before it is sent; `before` is when the same words went out today."""
    ask = _.n(
        "Send this to {count} customer now?", "Send this to {count} customers now?", details.count
    )
    takes = _.duration(timedelta(seconds=max(details.count // _PER_S, 1)))
    lines = [
        bold(fill(ask, count=_.number(details.count))),
        segment_words(_, draft.segment),
        _again(_, before),
        fill(_("It takes about {time}. What has arrived cannot be taken back."), time=takes),
        _warning(_, details.other_bots),
    ]
    yes = _("Yes, send it again") if before else _("Yes, send it")
    sure = SendBroadcast(
        broadcast=draft.id, version=draft.version, sure=True, again=before is not None
    )
    back = OpenBroadcast(broadcast=draft.id)
    return sure_screen(_, join(lines, "\n\n"), Button(yes, sure), back)


def _again(_: Locale, before: datetime | None) -> Rich | str:
    if before is None:
        return ""
    said = _("⚠️ The same words went out already: {when}. Some would read them twice.")
    return fill(said, when=_.moment(before))


def drop_sure_screen(_: Locale, draft: Broadcast) -> Screen:
    """The second tap before a draft is thrown away."""
    text = bold(_("Throw this draft away?"))
    yes = Button(_("Yes, throw it away"), DropDraft(broadcast=draft.id, sure=True))
    return sure_screen(_, text, yes, OpenBroadcast(broadcast=draft.id))
