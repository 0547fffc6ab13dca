"""What a customer is told unasked of their credit."""

from __future__ import annotations

from bot.base.money import Money
from bot.catalog.rules import Offer
from bot.chat.kit.locale import Locale
from bot.chat.kit.names import IN_ROW, fit, shorten
from bot.chat.kit.richtext import Rich, bold, fill, join
from bot.chat.kit.screen import Button, Screen, footer, label
from bot.chat.money.reasons import reason_line
from bot.chat.money.request import paid_already
from bot.chat.orders.taps import TakeQuantity
from bot.outbox.notices import Credited, Debited, TopupDenied

_LONGEST_NOTE = 500


def credited_notice_screen(_: Locale, notice: Credited, offer: Offer | None) -> Screen:
    """Credit came; `offer` is what lacked it, when it is still on sale."""
    said = _("💳 {amount} was added to your balance.")
    if notice.corrects:
        said = _("💳 A correction: {amount} that was taken by mistake is back in your balance.")
    came = fill(said, amount=bold(_money(_, notice.amount)))
    asked = Rich()
    if notice.asked:
        asked = fill(_("You asked for {amount}."), amount=_money(_, notice.asked))
    text = join([came, asked, _balance(_, notice.balance), _note(_, notice.note)])
    again = () if offer is None else (_buy_again(_, offer, notice.quantity),)
    return Screen(text, (again, footer(_, new=True)) if again else (footer(_, new=True),))


def _buy_again(_: Locale, offer: Offer, quantity: int) -> Button:
    name = _.iso(fit(offer.service.listed.name, IN_ROW))
    text = label(_("🛒 Buy {name} × {quantity}"), name=name, quantity=_.number(quantity))
    tap = TakeQuantity(service=offer.service.id, quantity=quantity)
    return Button(shorten(text), tap, style="primary")


def debited_notice_screen(_: Locale, notice: Debited) -> Screen:
    """Credit was taken back; a correction says that it is one."""
    taken = _("💳 The shop took {amount} from your balance.")
    why = _("If you do not know why, write to support: /support")
    if notice.corrects:
        taken = _("💳 A correction: {amount} that was added by mistake was taken back.")
        why = ""
    said = fill(taken, amount=bold(_money(_, notice.amount)))
    text = join([said, _balance(_, notice.balance), _note(_, notice.note), why])
    return Screen(text, (footer(_, new=True),))


def topup_denied_screen(_: Locale, notice: TopupDenied) -> Screen:
    """The request for credit was declined, and why."""
    sentence = _("Your balance has not changed: your request for {amount} was declined.")
    said = fill(sentence, amount=bold(_money(_, notice.amount)))
    text = join([said, reason_line(_, notice.reason), paid_already(_)])
    return Screen(text, (footer(_, new=True),))


def _money(_: Locale, micros: int) -> str:
    return _.money(Money(abs(micros)))


def _balance(_: Locale, micros: int) -> Rich:
    return fill(_("Balance: {amount}"), amount=_.money(Money(micros)))


def _note(_: Locale, note: str) -> Rich | str:
    if not note.strip():
        return ""
    return fill(_("Note: {note}"), note=_.iso(fit(note, _LONGEST_NOTE)))
