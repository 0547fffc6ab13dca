"""What a customer is told unasked when a number came to its end."""

from __future__ import annotations

from bot.chat.kit.locale import Locale
from bot.chat.kit.richtext import fill, join
from bot.chat.kit.screen import Screen, footer
from bot.chat.numbers.countries import place_line
from bot.chat.numbers.number import again_row, country_of, phone_line, phone_of
from bot.chat.orders.notices import ended_money, ended_reason, order_button
from bot.orders.rules.moves import Reason
from bot.orders.views import OrderView


def number_ended_screen(_: Locale, order: OrderView) -> Screen:
    """A number came to its end; another one is one tap away."""
    no_code = _("No code came to this number, so order #{order} costs you nothing.")
    why = fill(no_code, order=str(order.id))
    if order.reason is not Reason.NO_CODE:
        why = ended_reason(_, order)
    what = place_line(_, order.service_name, country_of(order))
    number = join([what, phone_line(_, phone_of(order))])
    text = join([ended_money(_, order), number, why], "\n\n")
    return Screen(
        text, (again_row(_, order, new=True), (order_button(_, order), *footer(_, new=True)))
    )
