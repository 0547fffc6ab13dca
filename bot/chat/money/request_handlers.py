"""A customer asks for a top-up: the amount, the proof, another amount, withdrawing, answering."""

from __future__ import annotations

from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass
from typing import Final

from bot.base.errors import TooLate
from bot.base.ids import QuoteId
from bot.base.money import MICRO, Money, money_up
from bot.catalog.errors import NotForSale
from bot.catalog.standing import check_not_paused
from bot.chat.facade import Storefront
from bot.chat.kit.context import Context
from bot.chat.kit.locale import Locale
from bot.chat.kit.richtext import Rich
from bot.chat.kit.routes import Routes
from bot.chat.kit.sent import Sent, close_after
from bot.chat.money import request as screens
from bot.chat.money.amounts import typed_amounts
from bot.chat.money.errors import not_in_steps
from bot.chat.money.taps import (
    AnswerForm,
    AnswerQuestion,
    AskAmount,
    AskTopup,
    ChangeAmount,
    KeepProof,
    OpenMyRequest,
    ProofForm,
    SendProof,
    TopupForm,
    TypeTopup,
    WithdrawRequest,
)
from bot.chat.money.wanted import find_name
from bot.chat.orders.kinds import ChatKind
from bot.chat.own_words import how_to_pay_words
from bot.money import requests
from bot.money.errors import NotInSteps
from bot.money.requests import Proof, TopupRequest
from bot.money.topup import Wanted
from bot.orders import read
from bot.orders.quote import load_quote
from bot.orders.views import QuoteView
from bot.suppliers.words import Kind

_LONGEST_AMOUNT: Final = 8
"""In characters: a longer number is that of a payment."""


@dataclass(frozen=True, slots=True)
class RequestPages:
    """Takes a customer from an amount to a request that operators can decide about."""

    store: Storefront
    kinds: Mapping[Kind, ChatKind]

    def add_to(self, routes: Routes) -> None:
        """Register the handlers."""
        routes.on_tap(self.ask_amount, TypeTopup, keeps_form=True)
        routes.on_tap(self.choose_amount, AskAmount)
        routes.on_tap(self.ask_for_shortfall, AskTopup)
        routes.on_tap(self.open, OpenMyRequest)
        routes.on_tap(self.ask_proof, SendProof, keeps_form=True)
        routes.on_tap(self.keep_proof, KeepProof, keeps_form=True)
        routes.on_tap(self.change, ChangeAmount, keeps_form=True)
        routes.on_tap(self.withdraw, WithdrawRequest)
        routes.on_tap(self.ask_answer, AnswerQuestion, keeps_form=True)
        routes.on_typed(self.type_amount, TopupForm)
        routes.on_sent(self.take_proof, ProofForm)
        routes.on_sent(self.take_answer, AnswerForm)

    # The amount

    async def ask_amount(self, context: Context, tap: TypeTopup) -> None:
        """Show how to pay, the amount is typed next; an open request is shown instead."""
        known = await self.store.db.read(requests.find_open, context.customer.id)
        if known is not None:
            await context.close_form()
            await self._show(context, known)
            return
        await context.open_form(TopupForm())
        await context.show(screens.topup_screen(context.locale, self._how(context.locale)))

    async def change(self, context: Context, tap: ChangeAmount) -> None:
        """Another amount is typed next. Raises NotYours."""
        asked = await self._load(context, tap.request)
        if not asked.is_open:
            await self._show(context, asked)
            return
        await context.open_form(TopupForm(tap.request))
        await context.show(screens.change_amount_screen(context.locale, asked))

    async def type_amount(self, context: Context, form: TopupForm, text: str) -> None:
        """Ask for the typed amount; explain what is not an amount."""
        _, amounts = context.locale, typed_amounts(context.locale, text)
        if len(amounts) == 1:
            await self._ask(context, amounts[0], form.request)
        elif amounts:
            await context.open_form(form)
            await context.show(screens.which_topup_screen(_, amounts, form.request))
        else:
            said = _("No request was sent. That is not an amount; write it like 10 or 12.50.")
            await self._ask_again(context, form.request, said)

    async def choose_amount(self, context: Context, tap: AskAmount) -> None:
        """Ask for what was meant by an amount that can be read in two ways."""
        await self._ask(context, Money(tap.amount), tap.request)

    async def _ask(self, context: Context, amount: Money, request: int) -> None:
        try:
            if request:
                await self._change(context, amount, request)
            else:
                await self._request(context, amount)
        except NotInSteps as refused:
            await self._ask_again(context, request, not_in_steps(context.locale, refused))

    async def _ask_again(self, context: Context, request: int, why: Rich | str) -> None:
        _ = context.locale
        await context.open_form(TopupForm(request))
        if request:
            asked = await self._load(context, request)
            await context.show(screens.change_amount_screen(_, asked, why))
        else:
            await context.show(screens.topup_screen(_, self._how(_), why))

    async def _change(self, context: Context, amount: Money, request: int) -> None:
        _, mine = context.locale, context.customer.id
        await context.close_form()
        try:
            asked = await self.store.db.write(requests.change_amount, mine, request, amount)
        except TooLate:
            await self._show(context, await self._load(context, request))
        else:
            await self._show(context, asked, screens.changed_note(_, asked.amount))

    async def _request(
        self, context: Context, amount: Money, wanted: Wanted | None = None
    ) -> None:
        """Ask for it; with a request that is open already, show that one."""
        db, mine = self.store.db, context.customer.id
        number, fresh = await db.write(requests.ask_topup, mine, amount, wanted)
        asked = await self._load(context, number)
        if not fresh:
            await context.close_form()
            await self._show(context, asked)
            return
        await context.open_form(ProofForm(number))
        note = screens.asked_note(context.locale, asked.amount)
        await self._show(context, asked, note, asks_proof=True)

    async def ask_for_shortfall(self, context: Context, tap: AskTopup) -> None:
        """Ask for what a purchase lacks; with enough credit it goes on. Raises NotForSale."""
        db, mine = self.store.db, context.customer.id
        quote = await db.read(load_quote, mine, QuoteId(tap.quote))
        kind = self.kinds[quote.kind]
        if quote.order is not None:
            order = await db.read(read.load_order, mine, quote.order)
            shown = await self.store.translate.view(context.locale.code, order)
            screen = kind.order_screen(context.locale, shown, self.store.clock.now())
            await context.show(screen)
        elif quote.after.micros >= 0:
            await kind.show_quote(self.store, context, quote)
        else:
            await self._ask_for(context, quote)

    async def _ask_for(self, context: Context, quote: QuoteView) -> None:
        """Ask for what is missing; nobody pays for what cannot be bought."""
        db, service = self.store.db, self.store.shelf.now.load_offer(quote.service).service
        try:
            await db.read(check_not_paused, service.supplier, service.kind)
        except NotForSale as gone:
            await self.kinds[quote.kind].show_gone(self.store, context, quote, gone)
            return
        # A balance of before the shop counted in steps may lack a part of one.
        missing = money_up((-quote.after).micros, MICRO, db.settings.price_step)
        await self._request(context, missing, Wanted(quote.service, quote.quantity))

    # The proof

    async def open(self, context: Context, tap: OpenMyRequest) -> None:
        """Show a request. Raises NotYours."""
        await self._show(context, await self._load(context, tap.request))

    async def ask_proof(self, context: Context, tap: SendProof) -> None:
        """The next message is the proof. Raises NotYours."""
        asked = await self._load(context, tap.request)
        if asked.is_open:
            await context.open_form(ProofForm(tap.request))
        await self._show(context, asked, asks_proof=asked.is_open)

    async def take_proof(self, context: Context, form: ProofForm, sent: Sent) -> None:
        """Keep what was sent as the proof; the rest of an album is passed by."""
        _, proof = context.locale, _proof(sent)
        if not proof.said and not proof.file:
            asked = await self._load(context, form.request)
            await self._show(context, asked, screens.no_proof_note(_), asks_proof=asked.is_open)
            return
        if sent.message and await self._is_perhaps_amount(context, form, sent):
            return
        db, mine = self.store.db, context.customer.id
        context.answer_below()
        await close_after(context, sent)
        try:
            if not await db.write(requests.attach_proof, mine, form.request, proof):
                return
            note = screens.proof_note(_, proof)
        except TooLate:
            note = Rich()
        await self._show(context, await self._load(context, form.request), note)

    async def _is_perhaps_amount(self, context: Context, form: ProofForm, sent: Sent) -> bool:
        """Ask back where what came may be a new amount as well as the number of a payment."""
        _, amounts = context.locale, typed_amounts(context.locale, sent.text)
        if sent.file is not None or not amounts or len(sent.text) > _LONGEST_AMOUNT:
            return False
        asked = await self._load(context, form.request)
        if not asked.is_open or asked.is_proven:
            return False
        await context.open_form(ProofForm(form.request, sent.text))
        await context.show(screens.amount_or_proof_screen(_, asked, amounts))
        return True

    async def keep_proof(self, context: Context, tap: KeepProof) -> None:
        """What could have been an amount is the number of a payment. Raises NotYours."""
        form = await context.find_form()
        if isinstance(form, ProofForm) and form.request == tap.request and form.said:
            await self.take_proof(context, form, Sent(form.said))
        else:
            await self._show(context, await self._load(context, tap.request))

    # Back and forth

    async def withdraw(self, context: Context, tap: WithdrawRequest) -> None:
        """Call a request back; what was decided meanwhile is shown. Raises NotYours."""
        with suppress(TooLate):
            await self.store.db.write(requests.withdraw_topup, context.customer.id, tap.request)
        await self._show(context, await self._load(context, tap.request))

    async def ask_answer(self, context: Context, tap: AnswerQuestion) -> None:
        """The next message is the answer to an operator's question. Raises NotYours."""
        asked = await self._load(context, tap.request)
        if not asked.is_open:
            await self._show(context, asked)
            return
        await context.open_form(AnswerForm(tap.request))
        await context.show(screens.answer_screen(context.locale, asked))

    async def take_answer(self, context: Context, form: AnswerForm, sent: Sent) -> None:
        """Bring an answer to the operators, once for each message."""
        _, said = context.locale, _proof(sent)
        asked = await self._load(context, form.request)
        if not said.said and not said.file:
            await context.show(screens.answer_screen(_, asked, screens.no_proof_note(_)))
            return
        db, mine = self.store.db, context.customer.id
        context.answer_below()
        await close_after(context, sent)
        try:
            await db.write(requests.answer_question, mine, form.request, said, context.key)
            note = screens.answered_note(_)
        except TooLate:
            note = Rich()
        await self._show(context, await self._load(context, form.request), note)

    # Showing

    def _how(self, _: Locale) -> Rich | str:
        return how_to_pay_words(self.store, _)

    async def _load(self, context: Context, request: int) -> TopupRequest:
        return await self.store.db.read(requests.load_own, context.customer.id, request)

    async def _show(
        self,
        context: Context,
        asked: TopupRequest,
        note: Rich | str = "",
        *,
        asks_proof: bool = False,
    ) -> None:
        _, store = context.locale, self.store
        name = await find_name(store.shelf, store.translate, _.code, asked.wanted)
        now = store.clock.now()
        screen = screens.request_screen(
            _, asked, name, self._how(_), now, note=note, asks_proof=asks_proof
        )
        await context.show(screen)


def _proof(sent: Sent) -> Proof:
    if sent.file is None:
        return Proof(sent.text, message=sent.message)
    return Proof(sent.text, sent.file.id, sent.file.kind, sent.album, sent.message)
