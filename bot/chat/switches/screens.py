"""The screens of the switches: how everything stands, and what is asked before it is changed."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from bot.base.ids import SupplierName
from bot.catalog.switches.names import NUMBERS, SHOP
from bot.catalog.switches.switch import Switch
from bot.chat.desk.parts import desk_screen, sure_screen
from bot.chat.desk.words import pause_words
from bot.chat.kit.locale import Locale
from bot.chat.kit.names import clip, shorten
from bot.chat.kit.richtext import Rich, bold, fill, join
from bot.chat.kit.screen import Button, Row, Screen
from bot.chat.places.taps import key_of
from bot.chat.switches.taps import DropOffWords, OpenSwitches, SwitchOff, SwitchOn, TypeOffWords
from bot.outbox.notices import SupplierCause
from bot.people.texts.own import TextName
from bot.people.texts.reading import LONGEST


def what_words(_: Locale, what: SupplierName) -> str:
    """What is switched."""
    known = {SHOP: _("The whole shop"), NUMBERS: _("SMS numbers")}
    return known.get(what) or _.iso(clip(what, 40))


def switches_screen(
    _: Locale,
    switches: Iterable[Switch],
    reads: Mapping[SupplierName, Rich],
    note: str | Rich = "",
) -> Screen:
    """How everything stands; `reads` is what customers read of what is off."""
    switches = tuple(switches)
    is_closed = any(one.what == SHOP and one.is_off for one in switches)
    lines = [_stands(_, one, reads.get(one.what), is_closed=is_closed) for one in switches]
    rule = _("Orders that were placed go on, and top-ups work, whatever is switched off.")
    text = join([note, bold(_("Sales")), *lines, rule], "\n\n")
    return desk_screen(_, text, *(row for one in switches for row in _rows(_, one)))


def _stands(_: Locale, one: Switch, reads: Rich | None, *, is_closed: bool) -> Rich:
    name = bold(what_words(_, one.what))
    by_itself = pause_words(_, one.other_pauses)
    if one.is_off:
        head = fill(_("⏸ {name}: switched off by hand"), name=name)
        also = _("It is paused for another reason too: {why}")
        more = fill(also, why=_.iso(by_itself)) if by_itself else ""
    elif by_itself:
        said = _("⏸ {name}: paused by itself ({why})")
        head, more = fill(said, name=name, why=_.iso(by_itself)), ""
    else:
        said = _("⏸ {name}: off with the whole shop") if is_closed else _("🟢 {name}: on sale")
        head, more = fill(said, name=name), ""
    seen = fill(_("Customers read: {words}"), words=reads) if reads else ""
    return join([head, more, seen])


def _rows(_: Locale, one: Switch) -> Iterable[Row]:
    key, name = key_of(one.what), what_words(_, one.what)
    if one.is_off:
        on = Button(shorten(fill(_("▶ Switch on: {name}"), name=name).text), SwitchOn(what=key))
        yield on, Button(_("✏️ Words"), TypeOffWords(what=key))
    else:
        off = fill(_("⏸ Switch off: {name}"), name=name).text
        yield (Button(shorten(off), SwitchOff(what=key)),)


def off_sure_screen(_: Locale, what: SupplierName, reads: Rich) -> Screen:
    """What switching off means, before it is done."""
    text = join(
        [
            fill(_("Switch off: {name}?"), name=bold(what_words(_, what))),
            _(
                "Customers can look around, but not buy. Orders that were placed go on, and "
                "top-ups work."
            ),
            fill(_("Customers read: {words}"), words=reads),
        ],
        "\n\n",
    )
    tap = SwitchOff(what=key_of(what), sure=True)
    return sure_screen(_, text, Button(_("⏸ Switch off"), tap), OpenSwitches())


def done_words(_: Locale, switch: Switch) -> Rich:
    """What was done, and what still keeps sales away."""
    if switch.is_off:
        return fill(_("✅ Switched off: {name}."), name=bold(what_words(_, switch.what)))
    done = fill(_("✅ Switched on: {name}."), name=bold(what_words(_, switch.what)))
    if not switch.other_pauses:
        return done
    said = _("It stays paused for now: {why}.")
    if switch.other_pauses == (SupplierCause.OUTAGE,):
        said = _("It stays paused for now: {why}. It goes on by itself.")
    return join([done, fill(said, why=_.iso(pause_words(_, switch.other_pauses)))])


def ask_words_screen(_: Locale, switch: Switch, reads: Rich, problem: str | Rich = "") -> Screen:
    """What customers read is typed next."""
    ask = fill(
        _(
            "Send what customers read meanwhile, up to {most} characters. For several languages "
            "begin each line with one:\n{example}"
        ),
        most=_.number(LONGEST[TextName.PAUSED]),
        example=_.copied("en: Back on Monday\nde: Ab Montag wieder"),
    )
    now = fill(_("Customers read: {words}"), words=reads)
    usual = Button(_("↩ Shipped words"), DropOffWords(what=key_of(switch.what)))
    rows: tuple[Row, ...] = ((usual,),) if switch.said else ()
    back: Row = (Button(_("◀ Back"), OpenSwitches()),)
    text = join([problem, bold(what_words(_, switch.what)), ask, now], "\n\n")
    return desk_screen(_, text, *rows, back)


def usage_screen(_: Locale, unknown: str = "", names: Iterable[SupplierName] = ()) -> Screen:
    """How `/switch` is written; nothing was changed by what was typed."""
    usage = fill(
        _("Nothing was changed. Write it like this:\n{usage}\nFor example:\n{example}"),
        usage=_.copied("/switch off [supplier|sms] [words for customers]"),
        example=_.copied("/switch off sms Numbers are back on Monday"),
    )
    said: Rich | str = ""
    if unknown:
        said = fill(
            _(
                "I know no supplier called {name}; there are: {suppliers}. If it is a word for "
                "customers, write “shop” before it."
            ),
            name=bold(_.iso(clip(unknown, 40))),
            suppliers=_.iso(", ".join(names)),
        )
    return desk_screen(_, join([said, usage], "\n\n"), (Button(_("Sales"), OpenSwitches()),))
