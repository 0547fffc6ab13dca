"""What a customer is told unasked: what happened to the money first, then what comes next."""

from __future__ import annotations

from bot.base.money import Money
from bot.catalog.rules import Offer
from bot.chat.home.taps import OpenHome
from bot.chat.kit.locale import Voice
from bot.chat.kit.names import IN_BUTTON, IN_ROW, IN_TEXT, fit
from bot.chat.kit.parts import label
from bot.chat.kit.richtext import Rich, bold, fill, join
from bot.chat.kit.screen import Button, Row, Screen
from bot.chat.numbers.countries import place_line
from bot.chat.numbers.number import again_row, country_of, phone_line, phone_of
from bot.chat.orders.taps import CancelOrder, OpenOrder, PickQuantity, TakeQuantity
from bot.orders.rules.moves import Reason, State
from bot.orders.views import OrderView
from bot.outbox.notices import Credited, Debited
from bot.suppliers.words import Kind

_LONGEST_NOTE = 500


def ended_screen(_: Voice, order: OrderView) -> Screen:
    """An order came to its end."""
    if order.kind is Kind.NUMBER:
        return number_ended_screen(_, order)
    text = join([_ended_money(_, order), _what(_, order), _ended_why(_, order)], "\n\n")
    again = Button(_("🔁 Order again"), PickQuantity(service=order.service, new=True))
    return Screen(text, ((_order_button(_, order), again), _home(_)))


def _ended_money(_: Voice, order: OrderView) -> Rich:
    sentence = {
        State.COMPLETED: _("✅ {paid} was paid."),
        State.PARTIAL: _("💳 {back} is back in your balance; {paid} was paid."),
    }.get(order.state, _("💳 {back} is back in your balance."))
    paid, back = bold(_.money(order.captured)), bold(_.money(order.released))
    return fill(sentence, paid=paid, back=back)


def _ended_why(_: Voice, order: OrderView) -> Rich:
    sentence = {
        State.COMPLETED: _("Order #{order} is complete. Thank you!"),
        State.PARTIAL: _(
            "Order #{order} ended with {delivered} of {quantity} delivered. "
            "You paid only for these."
        ),
        State.CANCELED: _("Order #{order} was canceled."),
    }.get(order.state, _failed(_, order.reason))
    return fill(
        sentence,
        order=str(order.id),
        delivered=_.number(order.delivered),
        quantity=_.number(order.quantity),
    )


def _failed(_: Voice, reason: Reason | None) -> str:
    if reason is Reason.CUSTOMER_CANCELED:
        return _("Order #{order} was canceled, as you wished.")
    if reason is Reason.OUT_OF_STOCK:
        return _("Order #{order} could not be placed: this item has just sold out.")
    if reason is Reason.PATIENCE_OVER:
        return _("Order #{order} could not be placed in time. You can try again later.")
    return _("Order #{order} could not be placed. You can try again, or choose something else.")


def number_ended_screen(_: Voice, order: OrderView) -> Screen:
    """A number came to its end; another one is one tap away."""
    no_code = _("No code came to this number, so order #{order} costs you nothing.")
    why = fill(no_code, order=str(order.id))
    if order.reason is not Reason.NO_CODE:
        why = _ended_why(_, order)
    what = place_line(_, order.service_name, country_of(order))
    number = join([what, phone_line(_, phone_of(order))])
    text = join([_ended_money(_, order), number, why], "\n\n")
    return Screen(text, (again_row(_, order, new=True), (_order_button(_, order), *_home(_))))


def waits_screen(_: Voice, order: OrderView) -> Screen:
    """The order cannot leave yet; it is tried until our patience is over."""
    sentence = _(
        "Order #{order} is waiting: it cannot be placed right now. It is tried again by itself."
    )
    until: Rich | str = ""
    if order.waiting_until is not None:
        promise = _("If that does not work by {time}, the money comes back by itself.")
        until = fill(promise, time=_.moment(order.waiting_until))
    words = join([fill(sentence, order=str(order.id)), until], _.gap)
    text = join([_held(_, order), _what(_, order), words], "\n\n")
    cancel = Button(_("✖ Cancel the order"), CancelOrder(order=order.id))
    return Screen(text, ((_order_button(_, order), cancel), _home(_)))


def in_doubt_screen(_: Voice, order: OrderView) -> Screen:
    """The order is being checked."""
    sentence = _(
        "Order #{order} is being checked. You need do nothing: "
        "you will be told here how it goes on."
    )
    return _safe_screen(_, order, sentence)


def needs_person_screen(_: Voice, order: OrderView) -> Screen:
    """A person looks at the order."""
    sentence = _(
        "Something about order #{order} is not as it should be, and a person is looking at it. "
        "You will be told here how it goes on."
    )
    return _safe_screen(_, order, sentence)


def _safe_screen(_: Voice, order: OrderView, sentence: str) -> Screen:
    words = fill(sentence, order=str(order.id))
    text = join([_held(_, order), _what(_, order), words], "\n\n")
    return Screen(text, ((_order_button(_, order),), _home(_)))


def _held(_: Voice, order: OrderView) -> Rich:
    sentence = _("🔒 Your money is safe: {total} is held for this order.")
    return fill(sentence, total=bold(_.money(order.total)))


def _what(_: Voice, order: OrderView) -> Rich:
    return fill(
        _("{name} × {quantity}"),
        name=_.iso(fit(order.service_name, IN_TEXT)),
        quantity=_.number(order.quantity),
    )


def _order_button(_: Voice, order: OrderView) -> Button:
    return Button(label(_("📦 Order #{order}"), order=str(order.id)), OpenOrder(order=order.id))


def _home(_: Voice) -> Row:
    return (Button(_("🏠 Home"), OpenHome(new=True)),)


def credited_notice_screen(_: Voice, notice: Credited, offer: Offer | None) -> Screen:
    """Credit came; `offer` is what lacked it, when it is still on sale."""
    came = fill(_("💳 {amount} was added to your credit."), amount=bold(_money(_, notice.amount)))
    text = join([came, _balance(_, notice.balance), _note(_, notice.note)])
    again = () if offer is None else (_buy_again(_, offer, notice.quantity),)
    return Screen(text, (again, _home(_)) if again else (_home(_),))


def _buy_again(_: Voice, offer: Offer, quantity: int) -> Button:
    name = _.iso(fit(offer.service.listed.name, IN_ROW))
    text = label(_("🛒 Buy {name} × {quantity}"), name=name, quantity=_.number(quantity))
    tap = TakeQuantity(service=offer.service.id, quantity=quantity)
    return Button(fit(text, IN_BUTTON), tap, style="primary")


def debited_notice_screen(_: Voice, notice: Debited) -> Screen:
    """Credit was taken back."""
    taken = _("💳 {amount} was taken from your credit by the shop.")
    text = join(
        [
            fill(taken, amount=bold(_money(_, notice.amount))),
            _balance(_, notice.balance),
            _note(_, notice.note),
            _("If you do not know why, write to support: /support"),
        ]
    )
    return Screen(text, (_home(_),))


def topup_denied_screen(_: Voice, amount: Money) -> Screen:
    """The wish for credit was declined."""
    sentence = _(
        "Your balance has not changed: the request for {amount} was declined. "
        "If you have paid already, write to support: /support"
    )
    return Screen(fill(sentence, amount=bold(_.money(amount))), (_home(_),))


def _money(_: Voice, micros: int) -> str:
    return _.money(Money(abs(micros)))


def _balance(_: Voice, micros: int) -> Rich:
    return fill(_("Balance: {amount}"), amount=_.money(Money(micros)))


def _note(_: Voice, note: str) -> Rich | str:
    if not note.strip():
        return ""
    return fill(_("Note: {note}"), note=_.iso(fit(note, _LONGEST_NOTE)))
