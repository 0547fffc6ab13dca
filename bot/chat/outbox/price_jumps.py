"""The alert about prices of a supplier that jumped: how many, and the largest by name."""

from __future__ import annotations

from bot.base.money import Money
from bot.catalog.alerts.price_jumps import JUMP_PERCENT
from bot.chat.desk.parts import desk_screen
from bot.chat.desk.taps import OpenSuppliers
from bot.chat.kit.locale import Locale
from bot.chat.kit.names import clip
from bot.chat.kit.richtext import Rich, bold, fill, join
from bot.chat.kit.screen import Button, Screen, named
from bot.outbox.supplier_notices import JumpedPrice, PricesJumped


def prices_jumped_screen(_: Locale, alert: PricesJumped) -> Screen:
    """One message for the whole catalogue."""
    headline = fill(
        _(
            "⚠️ Prices jumped at {supplier}. Services on sale that became dearer or cheaper by "
            "more than {percent}%: {count}"
        ),
        supplier=bold(_.iso(clip(alert.supplier, 60))),
        percent=_.number(JUMP_PERCENT),
        count=bold(_.number(alert.count)),
    )
    lines = join(_line(_, one) for one in alert.named)
    return desk_screen(
        _, join([headline, lines], "\n\n"), (Button(_("Suppliers"), OpenSuppliers()),)
    )


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
