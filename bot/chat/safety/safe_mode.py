"""Safe mode as operators meet it: what the copy means, and the second tap that ends it."""

from __future__ import annotations

from datetime import datetime

from bot.chat.desk.parts import desk_screen, sure_screen
from bot.chat.desk.taps import OpenDeskOrders
from bot.chat.kit.locale import Locale
from bot.chat.kit.richtext import Rich, bold, fill, join
from bot.chat.kit.screen import Button, Screen
from bot.chat.safety.taps import EndSafeMode, OpenSafeMode
from bot.desk.details import DeskFilter
from bot.outbox.notices import ShopRestored
from bot.safety.safe_mode import SafeModeEnd


def restored_alert_screen(_: Locale, alert: ShopRestored) -> Screen:
    """The shop was restored and waits."""
    return _screen(_, alert.copied_at, alert.mark)


def safe_mode_screen(_: Locale, reopening: SafeModeEnd | None) -> Screen:
    """The same as it stands now."""
    if reopening is None:
        return desk_screen(_, _("The shop is open: it is not in safe mode."))
    return _screen(_, reopening.restored.copied_at, reopening.restored.mark)


def _screen(_: Locale, copied_at: datetime, mark: int) -> Screen:
    title = fill(
        _("🔴 This shop was restored from a copy of {time} and is in safe mode."),
        time=_.moment(copied_at),
    )
    lost = _(
        "What happened after that is not known here: orders placed since then are missing, and "
        "balances are those of the copy. Compare with the suppliers' own order lists, and correct "
        "credit with /topup and /debit before you open the shop."
    )
    still = _(
        "Until then nothing is bought, sent, followed or settled. Customers can look around and "
        "see their orders; a purchase is answered with: closed for a check, nothing was charged."
    )
    end = Button(_("▶ Open the shop again"), EndSafeMode(mark=mark))
    return desk_screen(_, join([bold(title), lost, still], "\n\n"), (end,))


def end_sure_screen(_: Locale, reopening: SafeModeEnd) -> Screen:
    """What ending it will do."""
    parked = _.n(
        "{count} order was waiting to be sent in the copy. It may have been sent since then, so "
        "it is set in doubt and never sent by itself: you decide about it.",
        "{count} orders were waiting to be sent in the copy. They may have been sent since then, "
        "so they are set in doubt and never sent by themselves: you decide about each.",
        reopening.waiting,
    )
    rest = _(
        "Orders that the suppliers had taken are followed again; what they brought may come into "
        "the chats a second time. Open wishes for credit are shown to you again."
    )
    counted = fill(parked, count=_.number(reopening.waiting)) if reopening.waiting else Rich()
    ask = bold(_("Open the shop for everybody?"))
    tap = EndSafeMode(mark=reopening.restored.mark, sure=True)
    yes = Button(_("Yes: open the shop"), tap)
    return sure_screen(_, join([ask, counted, rest], "\n\n"), yes, OpenSafeMode())


def safe_mode_ended_screen(_: Locale, parked: int) -> Screen:
    """It is open, and what is left to decide."""
    done = bold(_("✅ The shop is open again."))
    if not parked:
        return desk_screen(_, done)
    said = _.n("{count} order is in doubt now.", "{count} orders are in doubt now.", parked)
    doubt = Button(_("In doubt"), OpenDeskOrders(which=DeskFilter.DOUBT))
    return desk_screen(_, join([done, fill(said, count=_.number(parked))]), (doubt,))


def ended_before_screen(_: Locale) -> Screen:
    """It had ended already."""
    return desk_screen(
        _, _("Nothing was done by this tap: the shop is open already, or was restored again.")
    )
