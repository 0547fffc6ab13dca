"""The confirm card of SMS numbers: how many, what they cost, and when nothing is paid."""

from __future__ import annotations

from datetime import datetime
from typing import Final

from bot.base.quantity import Span
from bot.catalog.projects import key_of
from bot.chat.kit.locale import Locale
from bot.chat.kit.names import fit
from bot.chat.kit.richtext import Rich, bold, fill, join
from bot.chat.kit.screen import Button, Row, Screen, choice, footer
from bot.chat.numbers.countries import place_line, project_of
from bot.chat.numbers.taps import OpenCountries, OpenNumbers, RentNumber, ReuseNumber
from bot.chat.orders.confirm import QuoteWays, pay_row, price_holds_line, total_lines
from bot.chat.orders.taps import PickQuantity
from bot.orders.views import QuoteView

PRESETS: Final = (1, 2, 3, 5, 10)


def number_confirm_screen(
    _: Locale,
    quote: QuoteView,
    country: str,
    span: Span,
    now: datetime,
    change: Rich | None = None,
) -> Screen:
    """Everything one agrees to; `change` is what is new, or what was wrong with what was typed."""
    text = join(
        [
            change or Rich(),
            _wanted(_, quote, country),
            _money(_, quote),
            _promise(_, quote, now),
        ],
        "\n\n",
    )
    countries = OpenCountries(project=project_of(quote))
    act = pay_row(_, quote, countries, is_changed=change is not None)
    return Screen(text, (*_quantities(_, quote, span), act, footer(_, countries)))


def _wanted(_: Locale, quote: QuoteView, country: str) -> Rich:
    if quote.reuse is not None:
        phone = _.copied(fit(quote.phone))
        what = fill(_("The same number again: {phone}"), phone=phone)
    else:
        said = _.n("{count} number", "{count} numbers", quote.quantity)
        what = fill(said, count=_.number(quote.quantity))
    head = bold(_("Please check your order"))
    return join([head, place_line(_, quote.service_name, country), what])


def _money(_: Locale, quote: QuoteView) -> Rich:
    each = fill(_("Price: {price} each"), price=_.money(quote.unit_price))
    return join([each if quote.quantity > 1 else "", *total_lines(_, quote)])


def _promise(_: Locale, quote: QuoteView, now: datetime) -> Rich:
    several = quote.quantity > 1
    rule = (
        _("You pay only for numbers that receive a code; the rest comes back by itself.")
        if several
        else _("You pay only if a code arrives; otherwise the money comes back by itself.")
    )
    more = "" if quote.reuse is not None else _("Choose below how many, or type a number.")
    return join([rule, price_holds_line(_, quote, now), more])


def _quantities(_: Locale, quote: QuoteView, span: Span) -> tuple[Row, ...]:
    """One row; a phone that was had before is rented alone."""
    row = tuple(
        choice(
            _.number(count),
            RentNumber(service=quote.service, quantity=count),
            chosen=count == quote.quantity,
        )
        for count in PRESETS
        if count in span
    )
    return (row,) if quote.reuse is None and len(row) > 1 else ()


def number_ways(quote: QuoteView) -> QuoteWays:
    """Where screens about the quote of a number lead."""
    countries = OpenCountries(project=project_of(quote))
    again: PickQuantity | ReuseNumber = PickQuantity(
        service=quote.service, quantity=quote.quantity
    )
    if quote.reuse is not None:
        again = ReuseNumber(order=quote.reuse)
    return QuoteWays(again=again, back=countries, shelf=countries)


def number_gone_screen(_: Locale, why: Rich | None = None, name: str = "") -> Screen:
    """A service or country that was on offer a moment ago is not any more."""
    gone = Rich(_("Nothing was charged. These numbers are no longer sold."))
    countries = OpenCountries(project=key_of(name))
    other = ((Button(_("🌍 Another country"), countries),),) if name else ()
    numbers = Button(_("📱 SMS numbers"), OpenNumbers(), style="primary")
    return Screen(why or gone, (*other, (numbers,), footer(_)))
