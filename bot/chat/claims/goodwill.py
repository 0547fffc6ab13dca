"""What an order without a claim is made good by: money back for a reason, or its goods again."""

from __future__ import annotations

from bot.base.money import Money
from bot.chat.claims.report import quoted
from bot.chat.claims.taps import RefundOrder, RefundSure, ResendGoods
from bot.chat.desk.parts import desk_screen, order_line, sure_screen
from bot.chat.desk.taps import OpenOrderDetails
from bot.chat.desk.words import who
from bot.chat.kit.locale import Locale
from bot.chat.kit.richtext import Rich, bold, fill, join
from bot.chat.kit.screen import Button, Screen, label
from bot.desk.claims import OrderRemedies


def _head(_: Locale, found: OrderRemedies) -> Rich:
    return join([order_line(_, found.order), who(_, found.customer)])


def _back(_: Locale, found: OrderRemedies) -> tuple[Button, ...]:
    return (Button(_("◀ Back"), OpenOrderDetails(order=found.order.id)),)


def ask_amount_screen(_: Locale, found: OrderRemedies, refusal: Rich | str = "") -> Screen:
    """How much is typed next."""
    left = _.money(found.paid.left)
    ask = fill(
        _("How much goes back to the customer? Send me an amount up to {most}."), most=bold(left)
    )
    everything = Button(
        label(_("All of it: {amount}"), amount=left), RefundOrder(order=found.order.id, every=True)
    )
    text = join([_head(_, found), join([refusal, ask])], "\n\n")
    return desk_screen(_, text, (everything,), _back(_, found))


def ask_reason_screen(_: Locale, found: OrderRemedies, amount: Money, refusal: str = "") -> Screen:
    """The reason is typed next."""
    ask = fill(
        _("Why does {amount} go back? Write the reason; the customer reads it."),
        amount=bold(_.money(amount)),
    )
    return desk_screen(_, join([_head(_, found), join([refusal, ask])], "\n\n"), _back(_, found))


def refund_order_sure_screen(
    _: Locale, found: OrderRemedies, amount: Money, reason: str
) -> Screen:
    """What goes back and why, and the tap that gives it back."""
    sentence = fill(
        _("{amount} goes back to the customer's credit."), amount=bold(_.money(amount))
    )
    text = join([_head(_, found), join([sentence, quoted(reason)])], "\n\n")
    words = label(_("Yes: refund {amount}"), amount=_.money(amount))
    yes = Button(words, RefundSure(order=found.order.id, seen=found.seen))
    return sure_screen(_, text, yes, OpenOrderDetails(order=found.order.id))


def resend_sure_screen(_: Locale, found: OrderRemedies) -> Screen:
    """That the customer gets everything once more."""
    sentence = _(
        "Everything that this order brought is sent into the customer's chat once more. No money "
        "moves."
    )
    order = found.order.id
    yes = Button(_("Yes: send it again"), ResendGoods(order=order, seen=found.seen, sure=True))
    text = join([_head(_, found), sentence], "\n\n")
    return sure_screen(_, text, yes, OpenOrderDetails(order=order), "primary")


def done_screen(_: Locale, found: OrderRemedies, note: Rich | str) -> Screen:
    """What was done or not, and the way back to the order."""
    way = (Button(_("📦 Order"), OpenOrderDetails(order=found.order.id)),)
    return desk_screen(_, join([note, _head(_, found)], "\n\n"), way)
