"""Credit that needs a second operator, as both of them see it."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

from bot.base.ids import CustomerId
from bot.chat.desk.parts import desk_screen
from bot.chat.desk.taps import OpenUser
from bot.chat.desk.words import who
from bot.chat.kit.locale import Locale
from bot.chat.kit.names import clip
from bot.chat.kit.richtext import Rich, bold, fill, join
from bot.chat.kit.screen import Button, Row, Screen
from bot.chat.money.taps import AgreeToCredit, OpenRequest, RefuseCredit
from bot.money.approvals import CreditApproval
from bot.money.ledger import ApprovalDecision

_LONGEST_NOTE: Final = 200


def approval_screen(
    _: Locale,
    asked: CreditApproval,
    reader: CustomerId | None = None,
    note: Rich | str = "",
    pages: tuple[Row, ...] = (),
) -> Screen:
    """What is to be given, to whom and by whom. Who gives it may only take it back.

    `note` says first what has just been done; without a `reader` it is another operator's.
    """
    asks = fill(
        _("👥 {amount} of credit needs a second operator."), amount=bold(_.money(asked.amount))
    )
    said = _.iso(clip(asked.note, _LONGEST_NOTE))
    told = [
        asks,
        fill(_("For: {who}"), who=who(_, asked.customer)),
        fill(_("Given by: {who}"), who=_asker(_, asked)),
        fill(_("Note: {note}"), note=said) if said else "",
        _.moment(asked.at),
    ]
    text = join([note, join(told), ended_words(_, asked)], "\n\n")
    return desk_screen(_, text, *_ways(_, asked, is_own=reader == asked.asked_by), *pages)


def _asker(_: Locale, asked: CreditApproval) -> Rich | str:
    return _.iso(str(asked.asked_by)) if asked.asker is None else who(_, asked.asker)


def ended_words(_: Locale, asked: CreditApproval) -> Rich:
    """What became of it and by whom; nothing while it waits."""
    if asked.is_waiting:
        return Rich()
    by = Rich()
    if asked.decided_by is not None and asked.decision is not ApprovalDecision.WITHDRAWN:
        by = fill(_("Decided by {operator}."), operator=_.iso(str(asked.decided_by)))
    return join([_ENDS[asked.decision](_), by])


_ENDS: Final[dict[ApprovalDecision, Callable[[Locale], str]]] = {
    ApprovalDecision.AGREED: lambda _: _("✅ Agreed: the credit was given."),
    ApprovalDecision.REFUSED: lambda _: _("✖ Refused: nothing was given."),
    ApprovalDecision.WITHDRAWN: lambda _: _("✖ Taken back: nothing was given here."),
}


def _ways(_: Locale, asked: CreditApproval, *, is_own: bool) -> tuple[Row, ...]:
    looks: Row = (Button(_("👤 Customer"), OpenUser(customer=asked.customer.id)),)
    if asked.request is not None:
        looks = (Button(_("💳 To the request"), OpenRequest(request=asked.request)), *looks)
    if not asked.is_waiting:
        return (looks,)
    refuse = RefuseCredit(approval=asked.id)
    if is_own:
        return ((Button(_("✖ Take back"), refuse),), looks)
    agree = Button(_("✅ Agree"), AgreeToCredit(approval=asked.id), style="success")
    return ((agree, Button(_("✖ Refuse"), refuse, style="danger")), looks)
