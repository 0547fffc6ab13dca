"""The alert about prices of a supplier that jumped: how many, and the largest by name."""

from __future__ import annotations

from bot.base.money import Money
from bot.chat.desk.parts import desk_screen
from bot.chat.desk.taps import OpenSuppliers
from bot.chat.kit.locale import Locale
from bot.chat.kit.names import clip
from bot.chat.kit.richtext import Rich, bold, fill, join
from bot.chat.kit.screen import Button, Screen, named
from bot.chat.rises.taps import OpenRises
from bot.outbox.supplier_notices import JumpedPrice, PricesJumped


def prices_jumped_screen(_: Locale, alert: PricesJumped) -> Screen:
    """One message for the whole catalogue."""
    headline = fill(
        _(
            "⚠️ Prices jumped at {supplier}. Services on sale that became dearer or cheaper by "
            "more than {percent}%: {count}"
        ),
        supplier=bold(_.iso(clip(alert.supplier, 60))),
        percent=_.number(alert.percent),
        count=bold(_.number(alert.count)),
    )
    lines = join(_line(_, one) for one in alert.named)
    text = join([headline, lines, _held(_, alert.held)], "\n\n")
    look = Button(_("Suppliers"), OpenSuppliers())
    agree = (Button(_("⏸ Prices to agree to"), OpenRises()),) if alert.held else ()
    return desk_screen(_, text, agree, (look,))


def _held(_: Locale, count: int) -> Rich | str:
    if not count:
        return ""
    said = _.n(
        "⏸ {count} of them is not sold until you agree to its new price.",
        "⏸ {count} of them are not sold until you agree to their new prices.",
        count,
    )
    return fill(said, count=_.number(count))


def _line(_: Locale, one: JumpedPrice) -> Rich:
    words = _("{name}: {before} → {after}")
    if one.unit > 1:
        words = _("{name}: {before} → {after} per {count}")
    return fill(
        words,
        name=named(_, one.name),
        before=_.money(Money(one.before)),
        after=bold(_.money(Money(one.after))),
        count=_.number(one.unit),
    )
