"""Alerts as the operators' group reads them: no customer's name, goods or words are in them.

What a button leads to is shown in the private chat of who tapped it.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final

from bot.base.errors import NotYours
from bot.base.ids import OrderId
from bot.chat.desk.order import action_rows, order_brief
from bot.chat.desk.taps import OpenDesk, OpenOrderDetails, OpenUser
from bot.chat.kit.locale import Locale
from bot.chat.kit.richtext import Rich, bold, fill, join
from bot.chat.kit.screen import Button, Row, Screen, label
from bot.chat.kit.taps import OpenHome
from bot.chat.outbox.gone import Gone, GoneReason
from bot.chat.outbox.render import HEADLINES, RenderNotice
from bot.money import requests
from bot.money.ledger import TopupDecision
from bot.orders import order_details as records
from bot.orders.rules.moves import PARKED
from bot.outbox import notices as said

_AS_IT_IS: Final = (
    said.SupplierAlert,
    said.LowBalance,
    said.PricesJumped,
    said.ChargeAlert,
    said.OrderOddity,
    said.BooksAlert,
    said.ShopRestored,
    said.TokenShared,
)
"""Alerts that name no customer."""
_PRIVATE: Final = (OpenDesk, OpenHome, OpenUser)
"""Ways that lead away from what the alert is about."""
SHOWN: Final = frozenset({*_AS_IT_IS, *HEADLINES, said.TopupAsked})
"""Every alert that a group may read; others never go there."""


async def render_for_group(render: RenderNotice, notice: said.AnyNotice, _: Locale) -> Screen:
    """The alert as it stands now. Raises Gone for what a group does not read."""
    if isinstance(notice, _AS_IT_IS):
        shown = await render.alert(notice, _)
        return Screen(shown.text, tuple(_kept(shown.rows)))
    if isinstance(notice, said.TopupAsked):
        return await _request(render, notice, _)
    if type(notice) in HEADLINES:
        return await _order(render, notice, _)
    raise Gone(GoneReason.UNKNOWN)


def _kept(rows: Iterable[Row]) -> Iterable[Row]:
    for row in rows:
        kept = tuple(one for one in row if not isinstance(one.tap, _PRIVATE))
        if kept:
            yield kept


async def _order(render: RenderNotice, notice: said.Notice, _: Locale) -> Screen:
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
    asks = fill(_("💳 {amount} of credit is asked for."), amount=bold(_.money(request.amount)))
    who = fill(_("Customer {id}"), id=_.iso(str(request.customer.id)))
    card = await render.alert(notice, _)
    rows = _kept(card.rows) if request.decision is TopupDecision.OPEN else ()
    text = join([asks, who, _.moment(request.at), _decided(_, request.decision)])
    return Screen(text, tuple(rows))


def _decided(_: Locale, decision: TopupDecision) -> Rich | str:
    return {
        TopupDecision.APPROVED: _("✅ Approved: the credit was given and the customer is told."),
        TopupDecision.DENIED: _("✖ Denied: nothing was given and the customer is told."),
    }.get(decision, "")
