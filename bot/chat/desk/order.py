"""An order as an operator sees it: what happened, the evidence, and what may be decided now."""

from __future__ import annotations

from datetime import datetime

from bot.chat.claims.taps import OpenClaim, RefundOrder, ResendGoods
from bot.chat.desk.evidence import evidence, verdict
from bot.chat.desk.notes import note_words
from bot.chat.desk.orders import filter_words
from bot.chat.desk.parts import desk_screen, stamped_lines
from bot.chat.desk.replacement import calibration_line, replacement_line
from bot.chat.desk.taps import (
    Decide,
    Decision,
    OpenDeskOrders,
    OpenHistory,
    OpenOrderDetails,
    OpenUser,
    TypeDelivered,
    TypeRemoteId,
)
from bot.chat.desk.words import outcome_words, reason_words, state_words, supplier_amount, who
from bot.chat.kit.locale import Locale
from bot.chat.kit.names import IN_TEXT, clip
from bot.chat.kit.richtext import Rich, bold, code, fill, join, styled
from bot.chat.kit.screen import Button, Row, Screen
from bot.desk.details import DeskFilter
from bot.orders.order_details import Attempt, Event, OrderDetails
from bot.orders.rules.moves import State
from bot.suppliers.words import Kind

_LISTED = {State.ATTENTION: DeskFilter.ATTENTION, State.IN_DOUBT: DeskFilter.DOUBT}
_FOLDED = "expandable_blockquote"
_EVENTS, _ATTEMPTS, _ANSWERS = 8, 3, 3


def order_details_screen(
    _: Locale,
    details: OrderDetails,
    now: datetime,
    note: Rich | str = "",
    *,
    about: Rich | None = None,
) -> Screen:
    """The order's card; `note` says first what has just happened.

    `about` is what its kind shows of it to operators.
    """
    history = [_facts(_, details, now), _said(_, details), _events(_, details.events)]
    sections = [
        join([note]),
        _verdict(_, details),
        evidence(_, details, now),
        _head(_, details, about or Rich()),
        styled(_FOLDED, join(history, "\n\n")),
    ]
    return desk_screen(_, join(sections, "\n\n"), *action_rows(_, details), *_more(_, details))


def order_brief(_: Locale, details: OrderDetails) -> Rich:
    """Where an order stands and what it is, without a word of its customer's or of their goods."""
    total = fill(_("Total: {amount}"), amount=bold(_.money(details.order.total)))
    return join(
        [_verdict(_, details), join([_service(_, details), total, _remote(_, details)])], "\n\n"
    )


def _service(_: Locale, details: OrderDetails) -> Rich:
    return fill(
        _("{name} × {quantity}"),
        name=_.iso(clip(details.order.service_name, IN_TEXT)),
        quantity=_.number(details.order.quantity),
    )


def _verdict(_: Locale, details: OrderDetails) -> Rich:
    """Where it stands, why, and what the evidence says of it."""
    order = details.order
    title = fill(
        _("Order #{order}: {state}"), order=str(order.id), state=state_words(_, order.state)
    )
    why = "" if order.reason is None else fill(_("Why: {why}"), why=reason_words(_, order.reason))
    return join([bold(title), why, verdict(_, details)])


def _head(_: Locale, details: OrderDetails, about: Rich) -> Rich:
    """What it is, whose, and where the money is."""
    money = join(_money(_, details), " · ")
    earned = _earned(_, details)
    return join([_service(_, details), about, who(_, details.customer), money, earned])


def _facts(_: Locale, details: OrderDetails, now: datetime) -> Rich:
    """What is folded away with the history: its first lines are seen all the same."""
    order = details.order
    made = fill(_("Ordered {when}"), when=_.ago(order.created_at, now))
    delivered = fill(
        _("Delivered: {count} of {quantity}"),
        count=_.number(order.delivered),
        quantity=_.number(order.quantity),
    )
    return join([_remote(_, details), join([made, delivered], " · "), _charge(_, details)])


def _remote(_: Locale, details: OrderDetails) -> Rich:
    at = fill(
        _("{supplier}, service {service}"),
        supplier=_.iso(clip(details.supplier, 60)),
        service=code(clip(details.remote_service, 60)),
    )
    if details.remote_order is None:
        return at + " · " + _("no order number there")
    number = code(clip(details.remote_order, 60))
    return at + " · " + fill(_("order {number} there"), number=number)


def _money(_: Locale, details: OrderDetails) -> list[Rich | str]:
    order = details.order
    lines: list[Rich | str] = [fill(_("Total: {amount}"), amount=bold(_.money(order.total)))]
    if order.replaces is not None:
        lines = [replacement_line(_, order.replaces)]
    elif order.is_calibration:
        lines = [calibration_line(_)]
    elif order.captured or order.released:
        lines.append(fill(_("Paid: {amount}"), amount=_.money(order.captured)))
        back = order.released + order.refunded
        lines.append(fill(_("Given back: {amount}"), amount=_.money(back)))
    else:
        lines.append(_("The money is held."))
    return lines


def _earned(_: Locale, details: OrderDetails) -> Rich | str:
    """What it costs the shop beside what it brings, unless it ended without being paid."""
    order = details.order
    if order.state in {State.FAILED, State.CANCELED}:
        return ""
    is_over = order.finished_at is not None
    paid = order.captured - order.refunded if is_over else order.total
    cost = fill(_("Cost: {amount}"), amount=_.money(details.cost))
    margin = fill(_("Margin: {amount}"), amount=_.money(paid - details.cost))
    return join([cost, margin], " · ")


def _charge(_: Locale, details: OrderDetails) -> Rich:
    cost = fill(_("Expected cost: {amount}"), amount=_.money(details.cost))
    if details.charge is None:
        return cost
    charge = supplier_amount(_, details.charge, details.charge_currency or _.currency)
    return cost + " · " + fill(_("charged: {amount}"), amount=charge)


def _said(_: Locale, details: OrderDetails) -> Rich:
    attempts = details.attempts[-_ATTEMPTS:]
    lines = [(one.at, _attempt(_, one)) for one in attempts]
    told = {one.said for one in attempts}  # the answer to an attempt stands beside it
    later = [(at, said) for at, said in details.answers if said not in told]
    lines += [(at, note_words(_, said or "-")) for at, said in later[-_ANSWERS:]]
    shown = stamped_lines(_, lines)
    return join([bold(_("What the supplier said")), *shown]) if lines else Rich()


def _attempt(_: Locale, attempt: Attempt) -> Rich:
    outcome, said = outcome_words(_, attempt.outcome), note_words(_, attempt.said)
    sent = fill(_("Attempt {number}: {outcome}"), number=_.number(attempt.number), outcome=outcome)
    more = "" if said.text == outcome else said
    return join([sent, _by(_, attempt.by), more], " · ")


def _by(_: Locale, actor: str) -> Rich:
    return fill(_("by {who}"), who=_.iso(clip(actor, 40))) if actor else Rich()


def _events(_: Locale, events: tuple[Event, ...]) -> Rich:
    lines = stamped_lines(_, ((one.at, _event(_, one)) for one in events[-_EVENTS:]))
    return join([bold(_("History")), *lines]) if lines else Rich()


def _event(_: Locale, event: Event) -> Rich:
    said = note_words(_, event.note)
    return join([state_words(_, event.state), said, _by(_, event.actor)], " · ")


def _more(_: Locale, details: OrderDetails) -> tuple[Row, ...]:
    order = details.order
    look = (
        Button(_("🔄 Refresh"), OpenOrderDetails(order=order.id)),
        Button(_("📄 Full history"), OpenHistory(order=order.id)),
    )
    return (
        look,
        *_remedies(_, details),
        (
            Button(_("👤 Customer"), OpenUser(customer=details.customer.id)),
            *_others(_, order.state),
        ),
    )


def _remedies(_: Locale, details: OrderDetails) -> tuple[Row, ...]:
    """What makes an order good after its end, and the way to what its customer claims."""
    order, claim = details.order, details.order.claim
    refund = Button(_("💳 Give money back"), RefundOrder(order=order.id))
    again = Button(_("📨 Send the goods again"), ResendGoods(order=order.id))
    refunds = (refund,) if order.captured > order.refunded else ()
    resends = (again,) if order.goods_kept else ()
    claims = () if claim is None else (Button(_("⚠️ Claim"), OpenClaim(claim=claim.id)),)
    return tuple(row for row in (refunds, resends, claims) if row)


def _others(_: Locale, state: State) -> Row:
    """The way to the orders that wait like this one: several may share their cause."""
    which = _LISTED.get(state)
    return () if which is None else (Button(filter_words(_, which), OpenDeskOrders(which=which)),)


def last_attempt(details: OrderDetails) -> int:
    """The number of the last attempt; 0 when none was made."""
    return details.attempts[-1].number if details.attempts else 0


def action_rows(_: Locale, details: OrderDetails) -> tuple[Row, ...]:
    """The decisions that are legal where the order stands.

    One that is just being sent has none: within a minute it stands elsewhere. A rented number ends
    by our clock.
    """
    if details.order.state is State.IN_DOUBT:
        return _doubt_rows(_, details)
    if details.order.state is State.ATTENTION:
        return _attention_rows(_, details)
    if details.order.state is State.ACTIVE and details.order.kind is not Kind.NUMBER:
        return ((Button(_("Take over"), _first_tap(details, Decision.TAKE_OVER)),),)
    if details.order.state is State.QUEUED:
        return (_queued_row(_, details),)
    return ()


def _queued_row(_: Locale, details: OrderDetails) -> Row:
    stop = _("Do not send it again") if details.order.may_have_left else _("Do not send: refund")
    return (Button(stop, _first_tap(details, Decision.CALL_OFF)),)


def _doubt_rows(_: Locale, details: OrderDetails) -> tuple[Row, ...]:
    attach = Button(_("Attach id"), TypeRemoteId(order=details.order.id))
    refund = Button(_("Not placed: refund"), _first_tap(details, Decision.NOT_PLACED))
    again = Button(_("Send again"), _first_tap(details, Decision.SEND_AGAIN))
    lost = Button(_("Write off"), _first_tap(details, Decision.WRITE_OFF))
    return (attach, refund), (again, lost)


def _attention_rows(_: Locale, details: OrderDetails) -> tuple[Row, ...]:
    done = Button(_("Complete"), _first_tap(details, Decision.COMPLETE))
    none = Button(_("Cancel: refund all"), _first_tap(details, Decision.CANCEL))
    asks = Button(_("Keep asking"), _first_tap(details, Decision.KEEP_ASKING))
    part = Button(_("Partial"), TypeDelivered(order=details.order.id))
    return ((done, part) if details.order.quantity > 1 else (done,)), (none, asks)


def _first_tap(details: OrderDetails, act: Decision) -> Decide:
    return Decide(order=details.order.id, act=act, attempt=last_attempt(details))
