"""The confirm card, and what is shown when it cannot be used."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from aiogram.filters.callback_data import CallbackData

from bot.base.basis import Basis
from bot.base.money import Money
from bot.chat.catalog.taps import OpenService
from bot.chat.kit.locale import Locale
from bot.chat.kit.richtext import Rich, bold, fill, join
from bot.chat.kit.screen import Button, Row, Screen, footer, how_to_pay, label, named, price_line
from bot.chat.money.taps import AskTopup
from bot.chat.orders.taps import Confirm, PickQuantity
from bot.orders.views import QuoteView


@dataclass(frozen=True, slots=True)
class QuoteWays:
    """Where screens about a quote lead.

    Attributes:
        again: asks for today's price of the same.
        back: the step before the price.
        shelf: where what is bought stands on the shelf.
    """

    again: CallbackData
    back: CallbackData
    shelf: CallbackData


def confirm_screen(
    _: Locale,
    quote: QuoteView,
    refund_rule: str,
    now: datetime,
    basis: Basis | None = None,
    change: Rich | None = None,
) -> Screen:
    """Everything one agrees to; `change` is what is new since it was shown before."""
    promise = join([refund_rule, price_holds_line(_, quote, now)])
    text = join([change or Rich(), _wanted(_, quote), _money(_, quote, basis), promise], "\n\n")
    act = pay_row(_, quote, OpenService(service=quote.service), is_changed=change is not None)
    back = PickQuantity(service=quote.service, quantity=quote.quantity)
    return Screen(text, (act, footer(_, back)))


def pay_row(_: Locale, quote: QuoteView, cancel: CallbackData, *, is_changed: bool) -> Row:
    """`[✅ Pay $9.99] [✖ Cancel]`.

    They change places where the card `is_changed`: whoever taps once more where the button was
    must not buy at another price.
    """
    pay = label(_("✅ Pay {total}"), total=_.money(quote.total))
    row = (
        Button(pay, Confirm(quote=quote.id), style="success"),
        Button(_("✖ Cancel"), cancel),
    )
    return row[::-1] if is_changed else row


def price_holds_line(_: Locale, quote: QuoteView, now: datetime) -> Rich:
    """What the price on the card is worth, and for how long."""
    said = _("You never pay more than this. Valid for {time}.")
    return fill(said, time=_.duration(quote.expires_at - now))


def _wanted(_: Locale, quote: QuoteView) -> Rich:
    what = fill(
        _("{name} × {quantity}"),
        name=named(_, quote.service_name),
        quantity=_.number(quote.quantity),
    )
    link = fill(_("Link: {link}"), link=_.copied(quote.link)) if quote.link else Rich()
    return join([bold(_("Please check your order")), what, link])


def _money(_: Locale, quote: QuoteView, basis: Basis | None) -> Rich:
    return join([price_line(_, quote.unit_price, quote.unit, basis), *total_lines(_, quote)])


def total_lines(_: Locale, quote: QuoteView) -> tuple[Rich, Rich]:
    """What it costs, and what that leaves."""
    total = bold(fill(_("Total: {total}"), total=_.money(quote.total)))
    change = _("Balance: {before} → {after}")
    return total, fill(change, before=_.money(quote.credit), after=_.money(quote.after))


def dearer(_: Locale, before: Money, after: Money) -> Rich:
    """The line on a new confirm card after a price rose."""
    said = _("⚠️ Nothing was charged. The price changed from {before} to {after}.")
    return fill(said, before=_.money(before), after=_.money(after))


def changed_words(_: Locale) -> Rich:
    """The line on a newer confirm card that is shown in answer to a tap on the older one."""
    return Rich(
        _(
            "⚠️ Nothing was charged. You have changed this order in the meantime: please"
            " check it again."
        )
    )


def expired_screen(_: Locale, quote: QuoteView, ways: QuoteWays) -> Screen:
    """The quote's time was over; the same purchase is one tap away."""
    text = join(
        [
            _("Nothing was charged. This price has expired."),
            _("Tap below to see today's price for the same purchase."),
            named(_, quote.service_name),
        ]
    )
    again = Button(_("🔁 Show today's price"), ways.again, style="primary")
    return Screen(text, ((again,), footer(_, ways.shelf)))


def shortfall_screen(
    _: Locale,
    quote: QuoteView,
    ways: QuoteWays,
    instructions: Rich | str,
    change: Rich | None = None,
) -> Screen:
    """What is missing, how to pay, and a request to the operator; `change` is what is new."""
    short = _.money(-quote.after)
    title = fill(_("Nothing was charged. You need {amount} more."), amount=bold(short))
    wanted = fill(
        _("{name} × {quantity}: {total}. Your balance: {balance}."),
        name=named(_, quote.service_name),
        quantity=_.number(quote.quantity),
        total=_.money(quote.total),
        balance=_.money(quote.credit),
    )
    request = label(_("Ask for a top-up of {amount}"), amount=short)
    row = (Button(request, AskTopup(quote=quote.id), style="primary"),)
    hint = _("As soon as your balance covers it, we offer you this purchase again.")
    text = join([change or Rich(), title, wanted, how_to_pay(_, instructions), hint], "\n\n")
    return Screen(text, (row, footer(_, ways.back)))
