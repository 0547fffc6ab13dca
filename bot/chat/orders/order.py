"""The list of orders, the card of one, and the words for where an order stands."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import Final

from bot.base.page import Page
from bot.chat.catalog.taps import OpenCatalog
from bot.chat.kit.locale import Locale
from bot.chat.kit.names import IN_ROW, fit
from bot.chat.kit.richtext import Rich, bold, fill, join
from bot.chat.kit.screen import Button, Row, Screen, choice, footer, label, named, pager
from bot.chat.orders.calibration import calibration_line, calibration_story
from bot.chat.orders.claimed import SIGN, claim_line
from bot.chat.orders.goods import problem_button
from bot.chat.orders.replacement import replacement_state, replacement_story, replaces_line
from bot.chat.orders.taps import (
    CancelOrder,
    OpenOrder,
    OpenOrders,
    OrderAgain,
    ShowGoods,
)
from bot.orders.rules.claims import ClaimState
from bot.orders.rules.moves import Reason, State
from bot.orders.views import OrderView


def can_be_canceled(order: OrderView) -> bool:
    """Whether its customer may take it back: it waits here and never left for certain."""
    waits = order.state is State.QUEUED and not order.may_have_left
    return waits and order.replaces is None


def is_claimed(order: OrderView) -> bool:
    """Whether a problem with it was reported and is not settled yet."""
    return order.claim is not None and order.claim.state is ClaimState.OPEN


def orders_screen(_: Locale, page: Page[OrderView], *, only_open: bool = False) -> Screen:
    """Newest first, eight a page, all of them or only the open ones."""
    rows = [(_order_row(_, order),) for order in page.rows]
    pages = pager(page.number, page.pages, OpenOrders(only_open=only_open))
    reported = any(is_claimed(order) for order in page.rows)
    note = f"{SIGN} " + _("Problem reported") if reported else ""
    text = join([bold(_("Your orders")), _about(_, page, only_open=only_open), note])
    shop = () if rows else ((Button(_("🛍 Catalog"), OpenCatalog(), style="primary"),),)
    return Screen(text, (_filter(_, only_open=only_open), *rows, *pages, *shop, footer(_)))


def _about(_: Locale, page: Page[OrderView], *, only_open: bool) -> Rich:
    if page.total:
        return fill(_.n("{count} order", "{count} orders", page.total), count=_.number(page.total))
    return Rich(_("You have no open orders.") if only_open else _("You have no orders yet."))


def _filter(_: Locale, *, only_open: bool) -> Row:
    return (
        choice(_("All"), OpenOrders(), chosen=not only_open),
        choice(_("Open"), OpenOrders(only_open=True), chosen=only_open),
    )


def _order_row(_: Locale, order: OrderView) -> Button:
    shown = label(
        _("{sign} #{number} · {name} · {total}"),
        sign=state_sign(order.state) + (SIGN if is_claimed(order) else ""),
        number=str(order.id),
        name=_.iso(fit(order.service_name, IN_ROW)),
        total=_price(_, order),
    )
    return Button(shown, OpenOrder(order=order.id))


def _price(_: Locale, order: OrderView) -> str:
    if order.is_calibration:
        return _("calibration")
    if order.replaces is None:
        return _.money(order.total)
    return label(_("replaces #{number}"), number=str(order.replaces))


def order_screen(
    _: Locale, order: OrderView, told: Rich, progress: Rich, now: datetime, *, live: bool = False
) -> Screen:
    """An order as a card; `told` says what happened to the money and what comes next.

    The `live` one is edited as the order goes on, and its ways out open new messages.
    """
    text = join([_what(_, order, progress), told, _money_and_times(_, order, now)], "\n\n")
    return Screen(text, (*_acts(_, order, live=live), ways_out(_, live=live)))


def _what(_: Locale, order: OrderView, progress: Rich) -> Rich:
    title = fill(_("Order #{number}"), number=str(order.id))
    line = fill(
        _("{name} × {quantity}"),
        name=named(_, order.service_name),
        quantity=_.number(order.quantity),
    )
    link = fill(_("Link: {link}"), link=_.copied(order.link)) if order.link else Rich()
    state = state_sign(order.state) + " " + state_of(_, order)
    claim = "" if order.claim is None else claim_line(_, order.claim, order.quantity)
    return join([bold(title), line, link, bold(state), progress, claim])


def _money_and_times(_: Locale, order: OrderView, now: datetime) -> Rich:
    money = money_lines(_, order, now, paid=order.state in {State.COMPLETED, State.PARTIAL})
    if order.finished_at is None:
        return money
    return join([money, fill(_("Finished: {time}"), time=_.recent(order.finished_at, now))])


def money_lines(_: Locale, order: OrderView, now: datetime, *, paid: bool) -> Rich:
    """What it cost, what became of that, and when it was ordered."""
    ordered = fill(_("Ordered: {time}"), time=_.recent(order.created_at, now))
    if order.replaces is not None:
        return join([replaces_line(_, order), ordered])
    if order.is_calibration:
        return join([calibration_line(_), ordered])
    refunded = order.released + order.refunded
    back = fill(_("Refunded: {amount}"), amount=_.money(refunded))
    return join(
        [
            fill(_("Total: {total}"), total=_.money(order.total)),
            fill(_("Paid: {amount}"), amount=_.money(order.captured)) if paid else "",
            back if refunded else "",
            ordered,
        ]
    )


def _acts(_: Locale, order: OrderView, *, live: bool) -> tuple[Row, ...]:
    again = OrderAgain(order=order.id, new=live)
    goods = Button(_("📄 Show goods"), ShowGoods(order=order.id), style="primary")
    cancel = Button(_("✖ Cancel the order"), CancelOrder(order=order.id, live=live))
    problem = problem_button(_, order.id, is_reported=is_claimed(order))
    acts = (Button(_("🔁 Order again"), again), problem)
    return (
        *(((goods,),) if order.goods_kept else ()),
        *(((cancel,),) if can_be_canceled(order) else ()),
        acts,
    )


def ways_out(_: Locale, *, live: bool) -> Row:
    """Back to the orders; from a live card they open in new messages."""
    if live:
        return (Button(_("📦 Orders"), OpenOrders(new=True)), *footer(_, new=True))
    return footer(_, OpenOrders())


def state_sign(state: State) -> str:
    """One sign for a row in a list."""
    return _SIGNS[state]


def state_text(_: Locale, state: State) -> str:
    """Where an order stands, in a few words."""
    return _STATES[state](_)


def state_of(_: Locale, order: OrderView) -> str:
    """The same for an order, of which nothing was refunded where it replaces another."""
    free = replacement_state(_, order.state) if not order.total else ""
    return free or state_text(_, order.state)


def reason_text(_: Locale, reason: Reason) -> str:
    """Why it failed or waits for a person, in a sentence without suppliers."""
    return _REASONS[reason](_)


def story(_: Locale, order: OrderView, now: datetime) -> Rich:
    """The paragraph that says what happened to the money and what comes next."""
    if order.replaces is not None:
        return replacement_story(_, order)
    if order.is_calibration:
        return calibration_story(_, order.state)
    if order.state is State.QUEUED and order.may_have_left:
        said = _("Your money is safe. Someone from the shop is taking care of this order.")
        return Rich(said)
    if order.state is State.QUEUED and order.waiting_until is not None:
        said = _(
            "Your money is safe. We cannot place the order right now and keep trying until {time};"
            " after that everything is refunded by itself."
        )
        return fill(said, time=_.until(order.waiting_until, now))
    sentence = Rich(_STORIES[order.state](_))
    if order.reason is None or order.state in _TOLD_ENOUGH:
        return sentence
    return sentence + _.gap + reason_text(_, order.reason)


_Words = Callable[[Locale], str]

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
    State.ATTENTION: lambda _: _("Someone from the shop is looking at it"),
    State.COMPLETED: lambda _: _("Completed"),
    State.PARTIAL: lambda _: _("Partly delivered"),
    State.CANCELED: lambda _: _("Canceled and refunded"),
    State.FAILED: lambda _: _("Not placed, refunded"),
}

_STORIES: Final[dict[State, _Words]] = {
    State.QUEUED: lambda _: _("Your money is set aside. The order will be placed in a moment."),
    State.SUBMITTING: lambda _: _("Your money is set aside. The order is being placed."),
    State.ACTIVE: lambda _: _(
        "Your money is set aside. What you bought arrives here by itself, as a new message."
    ),
    State.IN_DOUBT: lambda _: _("The order is being checked. Your money is safe."),
    State.ATTENTION: lambda _: _(
        "Your money is safe. Someone from the shop is taking care of this order."
    ),
    State.COMPLETED: lambda _: _("Everything is done. Thank you!"),
    State.PARTIAL: lambda _: _("The part that did not come was refunded to your balance."),
    State.CANCELED: lambda _: _("The whole amount was refunded to your balance."),
    State.FAILED: lambda _: _("The whole amount was refunded to your balance."),
}

_TOLD_ENOUGH: Final = frozenset({State.QUEUED, State.SUBMITTING, State.ACTIVE, State.COMPLETED})

_REASONS: Final[dict[Reason, _Words]] = {
    Reason.REFUSED: lambda _: _("The order could not be placed."),
    Reason.OUT_OF_STOCK: lambda _: _("It was sold out before the order could be placed."),
    Reason.SUPPLIER_UNAVAILABLE: lambda _: _("The order could not be placed."),
    Reason.PATIENCE_OVER: lambda _: _("The order could not be placed in time."),
    Reason.CUSTOMER_CANCELED: lambda _: _("You canceled this order."),
    Reason.NOT_PLACED: lambda _: _("We checked: the order was not placed."),
    Reason.LIKELY_NOT_PLACED: lambda _: _("We checked: the order was not placed."),
    Reason.WRITTEN_OFF: lambda _: _("We could not complete this order."),
    Reason.ANSWER_LOST: lambda _: _("We did not get an answer and are finding out why."),
    Reason.INTERRUPTED: lambda _: _("Placing the order was interrupted, and we are checking it."),
    Reason.ID_ALREADY_OURS: lambda _: _("We got an unclear answer and are looking into it."),
    Reason.TROUBLE_STATUS: lambda _: _(
        "There is a problem with the order, and we are looking into it."
    ),
    Reason.BAD_REMAINS: lambda _: _("We are checking how much of the order was delivered."),
    Reason.GOODS_MISSING: lambda _: _("The delivery has not come yet, and we are asking for it."),
    Reason.UNKNOWN_TO_SUPPLIER: lambda _: _("We are finding out where the order is."),
    Reason.UNREADABLE: lambda _: _("We got an unclear answer and are looking into it."),
    Reason.SUPPLIER_GONE: lambda _: _("This is not available at the moment."),
    Reason.OPERATOR_DECIDED: lambda _: _("The shop has decided this."),
    Reason.NO_CODE: lambda _: _("No code came to this number."),
    Reason.RESTORED: lambda _: _("We are checking whether the order was placed."),
}
