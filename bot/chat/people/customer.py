"""A customer as an operator sees them: money, orders, and whether they may buy."""

from __future__ import annotations

from datetime import datetime

from bot.chat.desk.parts import desk_screen, order_button, sure_screen
from bot.chat.desk.taps import OpenUser, SetBan
from bot.chat.desk.words import movement_words, who
from bot.chat.kit.locale import Locale
from bot.chat.kit.names import clip
from bot.chat.kit.richtext import Rich, bold, fill, join
from bot.chat.kit.screen import Button, Screen, Style
from bot.chat.people.limits import limit_lines
from bot.chat.people.taps import OpenLimits, WriteNote, WriteToCustomer
from bot.desk.details import CustomerCard
from bot.money.wallet import Movement

_LAST = 5


def customer_card_screen(_: Locale, card: CustomerCard, now: datetime) -> Screen:
    """Who it is, what they have and did."""
    customer = card.customer
    ban = SetBan(customer=customer.id, banned=not customer.banned)
    label = _("Allow buying again") if customer.banned else _("🚫 Ban from buying")
    orders = [(order_button(_, order),) for order in card.orders[:_LAST]]
    about = (
        Button(_("📝 Note"), WriteNote(customer=customer.id)),
        Button(_("Limits"), OpenLimits(customer=customer.id)),
        Button(_("✍️ Write"), WriteToCustomer(customer=customer.id)),
    )
    return desk_screen(_, _card_text(_, card, now), *orders, about, (Button(label, ban),))


def _card_text(_: Locale, card: CustomerCard, now: datetime) -> Rich:
    customer = card.customer
    known = fill(_("First seen: {when}"), when=_.ago(customer.created_at, now))
    lines: list[Rich | str] = [
        bold("👤 ") + who(_, customer),
        fill(_("Balance: {amount}"), amount=bold(_.money(card.wallet.free))),
        fill(_("Set aside for open orders: {amount}"), amount=_.money(card.wallet.held)),
        fill(_("Orders: {count}"), count=_.number(card.order_count)),
        known,
        _("🚫 Banned: may look, not buy.") if customer.banned else "",
        "" if customer.reachable else _("⚠️ Cannot be reached: has stopped the bot."),
        *limit_lines(_, card.limits),
        fill(_("📝 Note: {note}"), note=_.iso(card.note)) if card.note else "",
    ]
    return join([join(lines), _movements(_, card.movements)], "\n\n")


def _movements(_: Locale, movements: tuple[Movement, ...]) -> Rich:
    if not movements:
        return Rich()
    lines = [_movement(_, movement) for movement in movements[:10]]
    return join([bold(_("Recent transactions")), *lines])


def _movement(_: Locale, movement: Movement) -> Rich:
    amount = bold(_.signed(movement.amount))
    order = "" if movement.order is None else _.iso(f"#{movement.order}")
    why = _.iso(clip(movement.reason, 80)) if movement.reason else ""
    moved = movement_words(_, movement.kind)
    return join([amount, moved, order, _.moment(movement.at), why], " · ")


def ban_sure_screen(_: Locale, card: CustomerCard, *, banned: bool) -> Screen:
    """What a ban does, before it is done."""
    customer = card.customer
    sentence = (
        _("Stop this customer from buying? Their credit and open orders stay as they are.")
        if banned
        else _("Allow this customer to buy again?")
    )
    tap = SetBan(customer=customer.id, banned=banned, sure=True)
    yes = Button(_("🚫 Ban from buying") if banned else _("Allow buying again"), tap)
    text = join([bold("👤 ") + who(_, customer), sentence])
    style: Style = "danger" if banned else "success"
    return sure_screen(_, text, yes, OpenUser(customer=customer.id), style)
