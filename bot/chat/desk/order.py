"""An order as an operator sees it: what happened, the evidence, and what may be decided now."""

from __future__ import annotations

from datetime import datetime

from bot.chat.desk.evidence import evidence
from bot.chat.desk.parts import NAME_IN_TEXT, desk_screen, stamped
from bot.chat.desk.taps import (
    Decide,
    Decision,
    OpenDossier,
    OpenHistory,
    OpenUser,
    TypeDelivered,
    TypeRemoteId,
)
from bot.chat.desk.words import reason_words, state_words, supplier_amount, who
from bot.chat.kit.locale import Voice
from bot.chat.kit.names import clip
from bot.chat.kit.richtext import Rich, bold, code, fill, join
from bot.chat.kit.screen import Button, Row, Screen
from bot.orders.dossier import Attempt, Dossier, Event
from bot.orders.rules.moves import Outcome, State

_SAID = 160
_EVENTS, _ATTEMPTS, _ANSWERS = 8, 3, 3


def dossier_screen(
    _: Voice,
    dossier: Dossier,
    now: datetime,
    note: Rich | str = "",
    *,
    about: Rich | None = None,
) -> Screen:
    """The order's card.

    Args:
        _: the operator's language.
        dossier: everything that is written down about it.
        now: for what is said in hours ago.
        note: what has just happened; it comes first.
        about: what its kind shows of it to operators.
    """
    sections = [
        join([note]),
        _head(_, dossier, now, about or Rich()),
        _money(_, dossier),
        evidence(_, dossier, now),
        _said(_, dossier),
        _events(_, dossier.events),
    ]
    return desk_screen(_, join(sections, "\n\n"), *action_rows(_, dossier), *_more(_, dossier))


def _head(_: Voice, dossier: Dossier, now: datetime, about: Rich) -> Rich:
    order = dossier.order
    title = fill(
        _("Order #{order}: {state}"), order=str(order.id), state=state_words(_, order.state)
    )
    why = "" if order.reason is None else fill(_("Why: {why}"), why=reason_words(_, order.reason))
    service = fill(
        _("{name} × {quantity}"),
        name=_.iso(clip(order.service_name, NAME_IN_TEXT)),
        quantity=_.number(order.quantity),
    )
    made = fill(_("Ordered {when}"), when=_.ago(order.created_at, now))
    remote = _remote(_, dossier)
    return join([bold(title), why, service, about, who(_, dossier.customer), made, remote])


def _remote(_: Voice, dossier: Dossier) -> Rich:
    at = fill(
        _("{supplier}, service {service}"),
        supplier=_.iso(clip(dossier.supplier, 60)),
        service=code(clip(dossier.remote_service, 60)),
    )
    if dossier.remote_order is None:
        return at + " · " + _("no order number there")
    number = code(clip(dossier.remote_order, 60))
    return at + " · " + fill(_("order {number} there"), number=number)


def _money(_: Voice, dossier: Dossier) -> Rich:
    order = dossier.order
    lines: list[Rich | str] = [fill(_("Total: {amount}"), amount=bold(_.money(order.total)))]
    if order.captured or order.released:
        lines.append(fill(_("Paid: {amount}"), amount=_.money(order.captured)))
        lines.append(fill(_("Given back: {amount}"), amount=_.money(order.released)))
    else:
        lines.append(_("The money is held."))
    delivered = fill(
        _("Delivered: {count} of {quantity}"),
        count=_.number(order.delivered),
        quantity=_.number(order.quantity),
    )
    return join([*lines, delivered, _charge(_, dossier)])


def _charge(_: Voice, dossier: Dossier) -> Rich:
    cost = fill(_("Expected cost: {amount}"), amount=_.money(dossier.cost))
    if dossier.charge is None:
        return cost
    charge = supplier_amount(_, dossier.charge, dossier.charge_currency)
    return cost + " · " + fill(_("charged: {amount}"), amount=charge)


def _said(_: Voice, dossier: Dossier) -> Rich:
    lines = [_attempt(_, one) for one in dossier.attempts[-_ATTEMPTS:]]
    for at, said in dossier.answers[-_ANSWERS:]:
        lines.append(stamped(_, at, code(clip(said, _SAID) or "-")))
    return join([bold(_("What the supplier said")), *lines]) if lines else Rich()


def _attempt(_: Voice, one: Attempt) -> Rich:
    sent = fill(
        _("Attempt {number}: {outcome}"),
        number=_.number(one.number),
        outcome=outcome_words(_, one.outcome),
    )
    by = fill(_("by {who}"), who=_.iso(clip(one.by, 40))) if one.by else ""
    said = code(clip(one.said, _SAID)) if one.said else ""
    return stamped(_, one.at, join([sent, by, said], " · "))


def outcome_words(_: Voice, outcome: Outcome) -> str:
    """What became of an attempt."""
    return {
        Outcome.UNKNOWN: _("no answer yet"),
        Outcome.ACCEPTED: _("accepted"),
        Outcome.REFUSED: _("refused"),
        Outcome.NOT_SENT: _("never left"),
        Outcome.IN_DOUBT: _("outcome unknown"),
    }[outcome]


def _events(_: Voice, events: tuple[Event, ...]) -> Rich:
    lines = [_event(_, one) for one in events[-_EVENTS:]]
    return join([bold(_("History")), *lines]) if lines else Rich()


def _event(_: Voice, one: Event) -> Rich:
    note = _.iso(clip(one.note, 80)) if one.note else ""
    actor = _.iso(clip(one.actor, 40)) if one.actor else ""
    return stamped(_, one.at, join([state_words(_, one.state), note, actor], " · "))


def _more(_: Voice, dossier: Dossier) -> tuple[Row, ...]:
    order = dossier.order
    look = (
        Button(_("🔄 Refresh"), OpenDossier(order=order.id)),
        Button(_("📄 Full history"), OpenHistory(order=order.id)),
    )
    return look, (Button(_("👤 Customer"), OpenUser(customer=dossier.customer.id)),)


def last_attempt(dossier: Dossier) -> int:
    """The number of the last attempt; 0 when none was made."""
    return dossier.attempts[-1].number if dossier.attempts else 0


def action_rows(_: Voice, dossier: Dossier) -> tuple[Row, ...]:
    """The decisions that are legal where the order stands."""
    if dossier.order.state is State.IN_DOUBT:
        return _doubt_rows(_, dossier)
    if dossier.order.state is State.ATTENTION:
        return _attention_rows(_, dossier)
    return ()


def _doubt_rows(_: Voice, dossier: Dossier) -> tuple[Row, ...]:
    attach = Button(_("Attach id"), TypeRemoteId(order=dossier.order.id))
    refund = Button(_("Not placed: refund"), _first_tap(dossier, Decision.NOT_PLACED))
    again = Button(_("Send again"), _first_tap(dossier, Decision.SEND_AGAIN))
    lost = Button(_("Write off"), _first_tap(dossier, Decision.WRITE_OFF))
    return (attach, refund), (again, lost)


def _attention_rows(_: Voice, dossier: Dossier) -> tuple[Row, ...]:
    done = Button(_("Complete"), _first_tap(dossier, Decision.COMPLETE))
    none = Button(_("Cancel: refund all"), _first_tap(dossier, Decision.CANCEL))
    asks = Button(_("Keep asking"), _first_tap(dossier, Decision.KEEP_ASKING))
    part = Button(_("Partial"), TypeDelivered(order=dossier.order.id))
    return ((done, part) if dossier.order.quantity > 1 else (done,)), (none, asks)


def _first_tap(dossier: Dossier, act: Decision) -> Decide:
    return Decide(order=dossier.order.id, act=act, attempt=last_attempt(dossier))
