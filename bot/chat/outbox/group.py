"""Alerts as the operators' group reads them: no customer's name, goods or words are in them.

What a button leads to is shown in the private chat of who tapped it.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from typing import Final

from bot.base.errors import NotYours
from bot.base.ids import OrderId
from bot.chat.claims.card import reason_words
from bot.chat.claims.taps import OpenClaim
from bot.chat.desk.order import action_rows, order_brief
from bot.chat.desk.taps import OpenDesk, OpenOrderDetails, OpenUser
from bot.chat.kit.locale import Locale
from bot.chat.kit.richtext import Rich, bold, fill, join
from bot.chat.kit.screen import Button, Row, Screen, label
from bot.chat.kit.taps import OpenHome
from bot.chat.money.second import ended_words
from bot.chat.outbox.claims import claim_headline
from bot.chat.outbox.gone import Gone, GoneReason
from bot.chat.outbox.headline import HEADLINES
from bot.chat.outbox.render import RenderNotice
from bot.desk.claims import load_claim_details
from bot.money import approvals, requests
from bot.money.ledger import TopupDecision
from bot.orders import order_details as records
from bot.orders.rules.moves import PARKED
from bot.outbox import notices as said
from bot.outbox.broadcast_notices import BroadcastAlert
from bot.outbox.claim_notices import ClaimAlert
from bot.outbox.notice import Notice
from bot.outbox.sales_notices import SalesDigest
from bot.outbox.supplier_notices import LowBalance, PricesJumped

_AS_IT_IS: Final = (
    said.SupplierAlert,
    LowBalance,
    PricesJumped,
    said.ChargeAlert,
    said.OrderOddity,
    said.BooksAlert,
    said.ShopRestored,
    said.TokenShared,
    SalesDigest,
    BroadcastAlert,
)
"""Alerts that name no customer."""
_PRIVATE: Final = (OpenDesk, OpenHome, OpenUser)
"""Ways that lead away from what the alert is about."""
SHOWN: Final = frozenset({*_AS_IT_IS, *HEADLINES, said.TopupAsked, said.ApprovalAsked, ClaimAlert})
"""Every alert that a group may read; others never go there."""


async def render_for_group(render: RenderNotice, notice: said.AnyNotice, _: Locale) -> Screen:
    """The alert as it stands now. Raises Gone for what a group does not read."""
    if isinstance(notice, _AS_IT_IS):
        shown = await render.alert(notice, _)
        return replace(shown, rows=tuple(_kept(shown.rows)))
    if isinstance(notice, said.TopupAsked):
        return await _request(render, notice, _)
    if isinstance(notice, said.ApprovalAsked):
        return await _approval(render, notice, _)
    if isinstance(notice, ClaimAlert):
        return await _claim(render, notice, _)
    if type(notice) in HEADLINES:
        return await _order(render, notice, _)
    raise Gone(GoneReason.UNKNOWN)


def _kept(rows: Iterable[Row]) -> Iterable[Row]:
    for row in rows:
        kept = tuple(one for one in row if not isinstance(one.tap, _PRIVATE))
        if kept:
            yield kept


async def _order(render: RenderNotice, notice: Notice, _: Locale) -> Screen:
    """Where the order stands, what the evidence says, and the decisions while it is parked."""
    number: int = getattr(notice, "order", 0)
    found = await render.db.read(records.find_details, OrderId(number))
    if found is None:
        raise Gone(GoneReason.NO_ORDER)
    headline = bold(HEADLINES[type(notice)](_, found.order.state))
    rows = action_rows(_, found) if found.order.state in PARKED else ()
    shown = label(_("📦 Order #{order}"), order=str(number))
    look = (Button(shown, OpenOrderDetails(order=number)),)
    return Screen(join([headline, order_brief(_, found)], "\n\n"), (*rows, look))


async def _request(render: RenderNotice, notice: said.TopupAsked, _: Locale) -> Screen:
    """How much is asked for and by whom, with the private card's answers while it is open."""
    try:
        request = await render.db.read(requests.load_topup, notice.request)
    except NotYours:
        raise Gone(GoneReason.NO_REQUEST) from None
    asks = fill(_("💳 A top-up of {amount} is asked for."), amount=bold(_.money(request.amount)))
    who = fill(_("Customer {id}"), id=_.iso(str(request.customer.id)))
    card = await render.alert(notice, _)
    rows = _kept(card.rows) if request.decision is TopupDecision.OPEN else ()
    text = join([asks, who, _.moment(request.at), _decided(_, request.decision)])
    return Screen(text, tuple(rows))


async def _approval(render: RenderNotice, notice: said.ApprovalAsked, _: Locale) -> Screen:
    """How much credit another operator has to agree to, with the private card's answers."""
    try:
        asked = await render.db.read(approvals.load_approval, notice.approval)
    except NotYours:
        raise Gone(GoneReason.NO_REQUEST) from None
    needs = fill(
        _("👥 {amount} of credit needs a second operator."), amount=bold(_.money(asked.amount))
    )
    who = fill(_("Customer {id}"), id=_.iso(str(asked.customer.id)))
    rows = _kept((await render.approval(notice, _)).rows) if asked.is_waiting else ()
    return Screen(join([needs, who, _.moment(asked.at), ended_words(_, asked)]), tuple(rows))


async def _claim(render: RenderNotice, notice: ClaimAlert, _: Locale) -> Screen:
    """Which order is claimed and why; what the customer wrote is read in the private chat."""
    try:
        details = await render.db.read(load_claim_details, notice.claim)
    except NotYours:
        raise Gone(GoneReason.NO_ORDER) from None
    found = await render.db.read(records.find_details, details.order.id)
    about = Rich() if found is None else order_brief(_, found)
    headline = bold(claim_headline(_, notice, details))
    why = join([headline, reason_words(_, details.claim.reason)])
    look = (Button(_("⚠️ Claims"), OpenClaim(claim=notice.claim)),)
    return Screen(join([why, about], "\n\n"), (look,))


def _decided(_: Locale, decision: TopupDecision) -> Rich | str:
    return {
        TopupDecision.APPROVED: _("✅ Approved: the credit was given and the customer is told."),
        TopupDecision.DENIED: _("✖ Denied: nothing was given and the customer is told."),
    }.get(decision, "")
