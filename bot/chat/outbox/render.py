"""Puts a notice into words from what is true now, in its reader's language."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Collection, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any, Final

from bot.base.errors import NotYours
from bot.base.ids import CustomerId, OrderId, ServiceId
from bot.catalog.shelf import CurrentShelf
from bot.catalog.standing import list_paused
from bot.catalog.wanted.tell_watchers import WatchMessage
from bot.chat.desk.order import order_details_screen
from bot.chat.figures.digest import show_digest
from bot.chat.kit.locale import Locale
from bot.chat.kit.richtext import bold
from bot.chat.kit.screen import Screen
from bot.chat.money.notices import (
    credited_notice_screen,
    debited_notice_screen,
    topup_denied_screen,
)
from bot.chat.money.queue import request_card_screen, waiting_words
from bot.chat.money.request import question_screen
from bot.chat.money.second import approval_screen
from bot.chat.money.wanted import find_name
from bot.chat.numbers.codes import as_goods, code_screen
from bot.chat.orders.goods import goods_screen
from bot.chat.orders.kinds import ChatKind
from bot.chat.orders.notices import (
    in_doubt_screen,
    needs_person_screen,
    settled_screen,
    waits_screen,
)
from bot.chat.outbox import alerts
from bot.chat.outbox.broadcasts import broadcast_card_screen
from bot.chat.outbox.claims import ABOUT_CLAIMS, claim_notice_screen
from bot.chat.outbox.gone import Gone, GoneReason
from bot.chat.outbox.headline import HEADLINES, Headline
from bot.chat.outbox.price_jumps import prices_jumped_screen
from bot.chat.outbox.watched import watched_screen
from bot.chat.outbox.work import show_calibration, show_export
from bot.chat.people.letters import answered_letter_screen, letter_screen
from bot.chat.people.roles import role_notice_screen
from bot.chat.pictures.show import ShowFigures
from bot.chat.safety.safe_mode import restored_alert_screen
from bot.chat.translate import Translate
from bot.db.database import Database
from bot.desk.requests import load_request_card
from bot.money import approvals, requests
from bot.numbers.rows import code_of_batch
from bot.orders import order_details as records
from bot.orders import read
from bot.orders.rules.moves import FINISHED, State
from bot.orders.views import Goods, OrderView
from bot.outbox import notices as said
from bot.outbox.broadcast_notices import BroadcastAlert, BroadcastCard
from bot.outbox.export_notices import ExportCard
from bot.outbox.notice import Notice
from bot.outbox.sales_notices import SalesDigest
from bot.outbox.supplier_notices import CalibrationDone, LowBalance, PricesJumped
from bot.outbox.watch_notices import WatchedCame
from bot.people import customers
from bot.people.letters import find_letter
from bot.suppliers.words import Kind


@dataclass(frozen=True, slots=True)
class Rendered:
    """A notice in the words of its reader.

    `goods` is set for deliveries, which have to arrive somehow. `is_own_card` is set for cards
    that are sent as well, where none is there to be edited: several numbers are one card each.
    """

    screen: Screen
    goods: Goods | None = None
    is_own_card: bool = False


@dataclass(frozen=True, slots=True)
class RenderNotice:
    """Puts a notice into words from what is true now."""

    db: Database
    shelf: CurrentShelf
    translate: Translate
    kinds: Mapping[Kind, ChatKind]
    find_message: Callable[[CustomerId, int], Awaitable[WatchMessage]]
    figures: ShowFigures

    async def __call__(
        self, notice: said.AnyNotice, chat: CustomerId, _: Locale, *, told: bool = False
    ) -> Rendered:
        """The notice as this person reads it. Raises Gone where there is nothing to say.

        `told` is set where it stands in the chat already: then it says how it was settled.
        """
        if isinstance(notice, said.GoodsArrived):
            return await self._goods(notice, chat, _)
        if isinstance(notice, said.CodeArrived):
            return await self._code(notice, chat, _)
        if type(notice) in _ABOUT_ORDERS:
            order = await self._order_of(getattr(notice, "order", 0), chat, _)
            if told and order.state not in _ABOUT_ORDERS[type(notice)][0]:
                return Rendered(settled_screen(_, order))
            return self._about_order(type(notice), order, _)
        if isinstance(notice, ABOUT_CLAIMS):
            return Rendered(await claim_notice_screen(self.db, self.translate, notice, chat, _))
        if isinstance(notice, WatchedCame):
            came = await self.find_message(chat, notice.batch)
            screen = await watched_screen(self.translate, came, _)
        else:
            screen = await self.alert(notice, _, told=told)
        return Rendered(screen)

    async def alert(self, notice: said.AnyNotice, _: Locale, *, told: bool = False) -> Screen:
        """A notice that is not about an order of its reader. Raises Gone."""
        if told and isinstance(notice, said.RequestQuestion):
            return await self.question(notice, _, told=told)
        render = _OTHERS.get(type(notice))
        if render is None:
            raise Gone(GoneReason.UNKNOWN)
        return await render(self, notice, _)

    def _about_order(self, notice: type[Notice], order: OrderView, _: Locale) -> Rendered:
        states, screen = _ABOUT_ORDERS[notice]
        if order.state not in states:
            raise Gone(GoneReason.NO_LONGER_SO)
        kind = self.kinds[order.kind]
        own = notice is said.OrderCard and kind.has_own_cards
        shown = screen(kind, _, order, self.db.clock.now())
        return Rendered(shown.in_reply_to(order.card), is_own_card=own)

    async def _goods(self, notice: said.GoodsArrived, chat: CustomerId, _: Locale) -> Rendered:
        order = await self._order_of(notice.order, chat, _)
        goods = await self.db.read(read.find_batch, OrderId(notice.order), notice.batch)
        if goods is None:
            raise Gone(GoneReason.NO_GOODS)
        goods = replace(goods, service_name=order.service_name)
        return Rendered(goods_screen(_, goods).in_reply_to(order.card), goods)

    async def _code(self, notice: said.CodeArrived, chat: CustomerId, _: Locale) -> Rendered:
        order = await self._order_of(notice.order, chat, _)
        code = await self.db.read(code_of_batch, OrderId(notice.order), notice.batch)
        if code is None:
            raise Gone(GoneReason.NO_GOODS)
        shown = code_screen(_, order, code).in_reply_to(order.card)
        return Rendered(shown, as_goods(order, (code,), notice.batch))

    async def _order_of(self, order: int, chat: CustomerId, _: Locale) -> OrderView:
        """The order in its reader's language. Raises Gone when it belongs to somebody else."""
        try:
            view = await self.db.read(read.load_any_order, OrderId(order))
        except NotYours:
            raise Gone(GoneReason.NO_ORDER) from None
        if view.customer != chat:
            raise Gone(GoneReason.NOT_THEIRS)
        return await self.translate.view(_.code, view)

    async def credited(self, notice: said.Credited, _: Locale) -> Screen:
        """Credit came, and what lacked it is offered again if it is still on sale."""
        offer = None
        if notice.service is not None and notice.quantity > 0:
            offer = self.shelf.now.find_offer(ServiceId(notice.service))
        paused = await self.db.recall(list_paused)
        if offer is not None and not (
            offer.service.is_on_sale(paused) and notice.quantity in offer.service.span
        ):
            offer = None
        if offer is not None:
            offer = await self.translate.offer(_.code, offer)
        return credited_notice_screen(_, notice, offer)

    async def topup_asked(self, notice: said.TopupAsked, _: Locale) -> Screen:
        """A request for credit, with the decisions while it is open."""
        try:
            card = await self.db.read(load_request_card, notice.request)
        except NotYours:
            raise Gone(GoneReason.NO_REQUEST) from None
        name = await find_name(self.shelf, self.translate, _.code, card.request.wanted)
        return request_card_screen(_, card, name, news=notice.about)

    async def question(
        self, notice: said.RequestQuestion, _: Locale, *, told: bool = False
    ) -> Screen:
        """What an operator asks about a request, while it is open or was when it was `told`."""
        try:
            request = await self.db.read(requests.load_topup, notice.request)
        except NotYours:
            raise Gone(GoneReason.NO_REQUEST) from None
        letter = await self.db.read(find_letter, notice.letter)
        if letter is None or not (request.is_open or told):
            raise Gone(GoneReason.NO_LONGER_SO)
        return question_screen(_, request, letter)

    async def letter(self, notice: said.LetterCame, _: Locale) -> Screen:
        """What an operator writes to a customer."""
        found = await self.db.read(find_letter, notice.letter)
        if found is None:
            raise Gone(GoneReason.NO_LONGER_SO)
        return letter_screen(_, found)

    async def letter_answered(self, notice: said.LetterAnswered, _: Locale) -> Screen:
        """What a customer has answered."""
        found = await self.db.read(find_letter, notice.letter)
        customer = await self.db.read(customers.find, CustomerId(notice.customer))
        if found is None or customer is None:
            raise Gone(GoneReason.NO_LONGER_SO)
        return answered_letter_screen(_, customer, found)

    async def approval(
        self, notice: said.ApprovalAsked | said.ApprovalDecided, _: Locale
    ) -> Screen:
        """Credit that needs a second operator."""
        try:
            asked = await self.db.read(approvals.load_approval, notice.approval)
        except NotYours:
            raise Gone(GoneReason.NO_REQUEST) from None
        reminds = isinstance(notice, said.ApprovalAsked) and notice.reminder and asked.is_waiting
        return approval_screen(_, asked, note=waiting_words(_) if reminds else "")

    async def order_details(self, order: int, headline: Headline, _: Locale) -> Screen:
        """An order's desk card as it stands now, with what is to be said of it."""
        found = await self.db.read(records.find_details, OrderId(order))
        if found is None:
            raise Gone(GoneReason.NO_ORDER)
        about = self.kinds[found.order.kind].desk_line(_, found.order)
        note = bold(headline(_, found.order.state))
        return order_details_screen(_, found, self.db.clock.now(), note, about=about)


_AboutOrder = Callable[[ChatKind, Locale, OrderView, datetime], Screen]

_ABOUT_ORDERS: Final[dict[type[Notice], tuple[Collection[State], _AboutOrder]]] = {
    said.OrderCard: (
        frozenset(State),
        lambda kind, _, it, now: kind.order_screen(_, it, now, live=True),
    ),
    said.OrderEnded: (FINISHED, lambda kind, _, it, now: kind.ended_screen(_, it)),
    said.OrderWaits: ({State.QUEUED}, lambda kind, _, it, now: waits_screen(_, it, now)),
    said.OrderInDoubt: ({State.IN_DOUBT}, lambda kind, _, it, now: in_doubt_screen(_, it)),
    said.OrderNeedsPerson: (
        {State.ATTENTION},
        lambda kind, _, it, now: needs_person_screen(_, it),
    ),
}
"""What a customer is told about an order, and the states in which that is still true."""

_Render = Callable[[RenderNotice, Any, Locale], Awaitable[Screen]]


def _order_details(headline: Headline) -> _Render:
    async def rendered(render: RenderNotice, notice: Any, _: Locale) -> Screen:
        return await render.order_details(notice.order, headline, _)

    return rendered


def _plain(screen: Callable[[Locale, Any], Screen]) -> _Render:
    async def rendered(render: RenderNotice, notice: Any, _: Locale) -> Screen:
        return screen(_, notice)

    return rendered


_OTHERS: Final[dict[type[Notice], _Render]] = {
    said.Credited: RenderNotice.credited,
    said.Debited: _plain(debited_notice_screen),
    said.TopupDenied: _plain(topup_denied_screen),
    said.ApprovalAsked: RenderNotice.approval,
    said.ApprovalDecided: RenderNotice.approval,
    said.RequestQuestion: RenderNotice.question,
    said.LetterCame: RenderNotice.letter,
    said.LetterAnswered: RenderNotice.letter_answered,
    said.RoleChanged: _plain(lambda _, it: role_notice_screen(_, it.role)),
    said.TopupAsked: RenderNotice.topup_asked,
    **{alert: _order_details(headline) for alert, headline in HEADLINES.items()},
    said.SupplierAlert: _plain(alerts.supplier_alert_screen),
    CalibrationDone: lambda self, it, _: show_calibration(self.db, self.shelf.now, it, _),
    LowBalance: _plain(alerts.low_balance_screen),
    PricesJumped: _plain(prices_jumped_screen),
    said.ChargeAlert: _plain(alerts.charge_alert_screen),
    said.OrderOddity: _plain(alerts.oddity_screen),
    said.BooksAlert: _plain(alerts.books_alert_screen),
    said.TokenShared: _plain(alerts.token_alert_screen),
    SalesDigest: lambda self, it, _: show_digest(self.db, self.figures, it, _),
    said.ShopRestored: _plain(restored_alert_screen),
    BroadcastCard: lambda self, it, _: broadcast_card_screen(self.db, it.broadcast, _),
    BroadcastAlert: lambda self, it, _: broadcast_card_screen(self.db, it.broadcast, _),
    ExportCard: lambda self, it, _: show_export(self.db, it, _),
}

WORDED: Final = frozenset(
    {said.GoodsArrived, said.CodeArrived, WatchedCame, *_ABOUT_ORDERS, *ABOUT_CLAIMS, *_OTHERS}
)
"""Every notice that has words; held complete by a test."""
