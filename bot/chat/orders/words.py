"""An order's state and the reason of its trouble, in a customer's words: the money comes first."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

from bot.chat.kit.locale import Voice
from bot.chat.kit.richtext import Rich, fill
from bot.orders.rules.moves import Reason, State
from bot.orders.views import OrderView


def state_sign(state: State) -> str:
    """One sign for a row in a list."""
    return _SIGNS[state]


def state_text(_: Voice, state: State) -> str:
    """Where an order stands, in a few words."""
    return _STATES[state](_)


def reason_text(_: Voice, reason: Reason) -> str:
    """Why it failed or waits for a person, in a sentence without suppliers."""
    return _REASONS[reason](_)


def story(_: Voice, order: OrderView) -> Rich:
    """The paragraph that says what happened to the money and what comes next."""
    if order.state is State.QUEUED and order.may_have_left:
        said = _("Your money is safe. A person from the shop is taking care of this order.")
        return Rich(said)
    if order.state is State.QUEUED and order.waiting_until is not None:
        said = _(
            "Your money is safe. We cannot place the order right now and keep trying until {time};"
            " after that everything is refunded by itself."
        )
        return fill(said, time=_.moment(order.waiting_until))
    sentence = Rich(_STORIES[order.state](_))
    if order.reason is None or order.state in _TOLD_ENOUGH:
        return sentence
    return sentence + _.gap + reason_text(_, order.reason)


_Words = Callable[[Voice], str]

_SIGNS: Final[dict[State, str]] = {
    State.QUEUED: "🕐",
    State.SUBMITTING: "🕐",
    State.ACTIVE: "⏳",
    State.IN_DOUBT: "🔎",
    State.ATTENTION: "🔎",
    State.COMPLETED: "✅",
    State.PARTIAL: "🌗",
    State.CANCELED: "↩️",
    State.FAILED: "↩️",
}

_STATES: Final[dict[State, _Words]] = {
    State.QUEUED: lambda _: _("Waiting to be placed"),
    State.SUBMITTING: lambda _: _("Being placed"),
    State.ACTIVE: lambda _: _("In progress"),
    State.IN_DOUBT: lambda _: _("Being checked"),
    State.ATTENTION: lambda _: _("A person is looking at it"),
    State.COMPLETED: lambda _: _("Completed"),
    State.PARTIAL: lambda _: _("Partly delivered"),
    State.CANCELED: lambda _: _("Canceled and refunded"),
    State.FAILED: lambda _: _("Not placed, refunded"),
}

_STORIES: Final[dict[State, _Words]] = {
    State.QUEUED: lambda _: _("Your money is set aside. The order is placed in a moment."),
    State.SUBMITTING: lambda _: _("Your money is set aside. The order is being placed."),
    State.ACTIVE: lambda _: _(
        "Your money is set aside. What you bought arrives here by itself, as a new message."
    ),
    State.IN_DOUBT: lambda _: _("The order is being checked, your money is safe."),
    State.ATTENTION: lambda _: _("A person is looking at this order, your money is safe."),
    State.COMPLETED: lambda _: _("Everything is done. Thank you!"),
    State.PARTIAL: lambda _: _("The part that did not come was refunded to your balance."),
    State.CANCELED: lambda _: _("The whole amount was refunded to your balance."),
    State.FAILED: lambda _: _("The whole amount was refunded to your balance."),
}

_TOLD_ENOUGH: Final = frozenset({State.QUEUED, State.SUBMITTING, State.ACTIVE, State.COMPLETED})

_REASONS: Final[dict[Reason, _Words]] = {
    Reason.REFUSED: lambda _: _("The order could not be placed."),
    Reason.OUT_OF_STOCK: lambda _: _("It was sold out before the order could be placed."),
    Reason.SUPPLIER_UNAVAILABLE: lambda _: _("The order could not be placed for now."),
    Reason.PATIENCE_OVER: lambda _: _("The order could not be placed in time."),
    Reason.CUSTOMER_CANCELED: lambda _: _("You canceled this order."),
    Reason.NOT_PLACED: lambda _: _("We checked: the order was not placed."),
    Reason.LIKELY_NOT_PLACED: lambda _: _("We checked: the order was not placed."),
    Reason.WRITTEN_OFF: lambda _: _("We could not bring this order to a good end."),
    Reason.ANSWER_LOST: lambda _: _("We did not get an answer and are finding out why."),
    Reason.INTERRUPTED: lambda _: _("Placing the order was interrupted, and we are checking it."),
    Reason.ID_ALREADY_OURS: lambda _: _("We got an unclear answer and are looking into it."),
    Reason.TROUBLE_STATUS: lambda _: _(
        "There is a problem with the order, and we are looking into it."
    ),
    Reason.BAD_REMAINS: lambda _: _("We are checking how much of the order was delivered."),
    Reason.GOODS_MISSING: lambda _: _("The delivery has not come yet, and we are asking for it."),
    Reason.UNKNOWN_TO_SUPPLIER: lambda _: _("We are finding out where the order is."),
    Reason.SUPPLIER_GONE: lambda _: _("This is not available at the moment."),
    Reason.OPERATOR_DECIDED: lambda _: _("A person from the shop has decided this."),
    Reason.NO_CODE: lambda _: _("No code came to this number."),
    Reason.RESTORED: lambda _: _("We are checking whether the order was placed."),
}
