"""Puts what is told of claims into words, for operators and for the customer."""

from __future__ import annotations

from datetime import datetime
from typing import Final

from bot.base.errors import NotYours
from bot.base.ids import CustomerId, OrderId
from bot.chat.claims.card import claim_screen
from bot.chat.claims.own import answered_screen, closed_screen, remedied_screen
from bot.chat.kit.locale import Locale
from bot.chat.kit.richtext import bold
from bot.chat.kit.screen import Screen
from bot.chat.outbox.gone import Gone, GoneReason
from bot.chat.translate import Translate
from bot.db.database import Database
from bot.db.tx import Tx
from bot.desk.claims import ClaimDetails, load_claim_details
from bot.orders import read
from bot.orders.claims.read import ClaimView, load_own
from bot.orders.claims.rows import RemedyRow, find_claim, find_remedy
from bot.orders.rules.claims import ClaimState
from bot.orders.views import OrderView
from bot.outbox.claim_notices import ClaimAlert, ClaimAnswered, ClaimClosed, OrderRemedied
from bot.outbox.notice import Notice

ABOUT_CLAIMS: Final = (ClaimAlert, ClaimAnswered, ClaimClosed, OrderRemedied)


async def claim_notice_screen(
    db: Database, translate: Translate, notice: Notice, chat: CustomerId, _: Locale
) -> Screen:
    """A notice about a claim as this person reads it. Raises Gone with nothing to say."""
    try:
        if isinstance(notice, ClaimAlert):
            details = await db.read(load_claim_details, notice.claim)
            return _alert(_, notice, details, db.clock.now())
        if isinstance(notice, OrderRemedied):
            order, remedy, settled = await db.read(_remedied, chat, notice)
            order = await translate.view(_.code, order)
            remedied = remedied_screen(_, order, remedy, settled=settled)
            return remedied.in_reply_to(order.card)
        if isinstance(notice, ClaimAnswered | ClaimClosed):
            claim, order = await db.read(_claimed, chat, notice.claim)
            told = _told(_, notice, claim, await translate.view(_.code, order))
            return told.in_reply_to(order.card)
    except NotYours:
        raise Gone(GoneReason.NO_ORDER) from None
    raise Gone(GoneReason.UNKNOWN)


def _told(
    _: Locale, notice: ClaimAnswered | ClaimClosed, claim: ClaimView, order: OrderView
) -> Screen:
    letter = claim.find_letter(notice.letter)
    if isinstance(notice, ClaimClosed):
        return closed_screen(_, claim, order, letter)
    if letter is None:
        raise Gone(GoneReason.NO_ORDER)
    return answered_screen(_, claim, order, letter)


def _alert(_: Locale, notice: ClaimAlert, details: ClaimDetails, now: datetime) -> Screen:
    return claim_screen(_, details, now, bold(claim_headline(_, notice, details)))


def claim_headline(_: Locale, notice: ClaimAlert, details: ClaimDetails) -> str:
    """What operators are alerted about, or that it is settled."""
    if details.claim.state is not ClaimState.OPEN:
        return _("✅ Settled: a customer reported a problem.")
    if notice.came_back:
        return _("⚠️ A replacement did not come: the claim is open again.")
    if notice.letter:
        return _("💬 The customer has written about a claim.")
    return _("⚠️ A customer reports a problem.")


def _claimed(tx: Tx, customer: CustomerId, claim: int) -> tuple[ClaimView, OrderView]:
    view = load_own(tx, customer, claim)
    return view, read.load_order(tx, customer, view.order)


def _remedied(
    tx: Tx, customer: CustomerId, notice: OrderRemedied
) -> tuple[OrderView, RemedyRow, bool]:
    """The order, what was done, and whether its claim is settled with all of its units."""
    order = read.load_order(tx, customer, OrderId(notice.order))
    remedy = find_remedy(tx, order.id, notice.remedy)
    if remedy is None:
        raise NotYours
    claim = None if remedy.claim is None else find_claim(tx, remedy.claim)
    settled = claim is not None and claim.state is ClaimState.MADE_GOOD
    return order, remedy, settled
