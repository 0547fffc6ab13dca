"""The confirm card and what is shown instead of it or after it."""

from __future__ import annotations

from bot.base.basis import Basis
from bot.base.money import Money
from bot.catalog.projects import key_of
from bot.chat.catalog.taps import OpenService
from bot.chat.kit.locale import Voice
from bot.chat.kit.parts import footer, how_to_pay, label, named, price_line
from bot.chat.kit.richtext import Rich, bold, code, fill, join
from bot.chat.kit.screen import Button, Screen
from bot.chat.money.taps import AskTopup
from bot.chat.numbers.taps import OpenCountries, ReuseNumber
from bot.chat.orders.taps import Confirm, PickQuantity
from bot.orders.views import QuoteView
from bot.suppliers.words import Kind


def confirm_screen(
    _: Voice, quote: QuoteView, basis: Basis | None = None, change: Rich | None = None
) -> Screen:
    """Everything one agrees to; `change` is what is new since it was shown before."""
    text = join(
        [change or Rich(), _wanted(_, quote), _money(_, quote, basis), _promise(_, quote)], "\n\n"
    )
    act = (
        Button(_("✅ Confirm"), Confirm(quote=quote.id), style="success"),
        Button(_("✖ Cancel"), OpenService(service=quote.service)),
    )
    return Screen(text, (act, footer(_, _back(quote))))


def _back(quote: QuoteView) -> PickQuantity | ReuseNumber:
    """The step before the price; a phone to be had again has none, so it is asked for anew."""
    if quote.reuse is not None:
        return ReuseNumber(order=quote.reuse)
    return PickQuantity(service=quote.service, quantity=quote.quantity)


def _above(quote: QuoteView) -> OpenService | OpenCountries:
    """Where what the quote is about hangs on the shelf."""
    if quote.kind is Kind.NUMBER:
        return OpenCountries(project=key_of(quote.service_name))
    return OpenService(service=quote.service)


def _wanted(_: Voice, quote: QuoteView) -> Rich:
    quantity = fill(_("Quantity: {count}"), count=_.number(quote.quantity))
    link = fill(_("Link: {link}"), link=code(_.iso(quote.link))) if quote.link else Rich()
    return join([bold(_("Please check your order")), named(_, quote.service_name), quantity, link])


def _money(_: Voice, quote: QuoteView, basis: Basis | None) -> Rich:
    change = _("Balance: {before} → {after}")
    return join(
        [
            price_line(_, quote.unit_price, quote.unit, basis),
            bold(fill(_("Total: {total}"), total=_.money(quote.total))),
            fill(change, before=_.money(quote.credit), after=_.money(quote.after)),
        ]
    )


def _promise(_: Voice, quote: QuoteView) -> Rich:
    if quote.kind is Kind.PRODUCT:
        refund = _("Whatever is not delivered is refunded to your balance.")
    else:
        refund = _("Whatever is not done is refunded to your balance.")
    until = fill(_("This price holds until {time}."), time=_.moment(quote.expires_at))
    return join([refund, until])


def dearer(_: Voice, before: Money, after: Money) -> Rich:
    """The line on a new confirm card after a price rose."""
    said = _("⚠️ Nothing was charged. The price changed from {before} to {after}.")
    return fill(said, before=_.money(before), after=_.money(after))


def expired_screen(_: Voice, quote: QuoteView) -> Screen:
    """The quote's time was over; the same purchase is one tap away."""
    text = join(
        [
            _("Nothing was charged. This price has expired."),
            _("Tap below to see today's price for the same purchase."),
            named(_, quote.service_name),
        ]
    )
    again = Button(_("🔁 Show today's price"), _back(quote), style="primary")
    return Screen(text, ((again,), footer(_, _above(quote))))


def shortfall_screen(
    _: Voice, quote: QuoteView, instructions: str, *, asked: bool = False
) -> Screen:
    """What is missing, how to pay, and a request to the operator."""
    short = _.money(-quote.after)
    title = fill(_("Nothing was charged. You need {amount} more."), amount=bold(short))
    wanted = fill(
        _("{name}, quantity {count}: {total}. Your balance: {balance}."),
        name=named(_, quote.service_name),
        count=_.number(quote.quantity),
        total=_.money(quote.total),
        balance=_.money(quote.credit),
    )
    request = label(_("Ask for a top-up of {amount}"), amount=short)
    row = (Button(request, AskTopup(quote=quote.id), style="primary"),)
    text = join([title, wanted, how_to_pay(_, instructions), _next(_, asked=asked)], "\n\n")
    back = _above(quote) if quote.kind is Kind.NUMBER else _back(quote)
    return Screen(text, (*(() if asked else (row,)), footer(_, back)))


def _next(_: Voice, *, asked: bool) -> str:
    if asked:
        return _(
            "✅ Your request for a top-up was sent. When the credit arrives, you can finish this "
            "purchase."
        )
    return _("When the credit arrives, this purchase is offered to you again.")
