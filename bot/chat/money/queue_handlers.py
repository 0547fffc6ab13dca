"""Requests for top-ups at the desk: the queue, and what is decided about each."""

from __future__ import annotations

from contextlib import suppress
from dataclasses import dataclass
from typing import Final

from bot.base.acts import Permission
from bot.base.errors import NotYours, TooLate
from bot.base.money import Money, NotMoney
from bot.chat.desk.parts import desk_screen
from bot.chat.facade import Desk, Storefront
from bot.chat.kit.context import Context, act_of
from bot.chat.kit.richtext import Rich
from bot.chat.kit.routes import MenuCommand, Routes
from bot.chat.kit.sent import Sent
from bot.chat.kit.telegram.refusal import FileGone
from bot.chat.money import queue as screens
from bot.chat.money.amounts import typed_amounts
from bot.chat.money.errors import not_in_steps, own_credit, request_changed, too_much
from bot.chat.money.taps import (
    ApproveTopup,
    AskCustomer,
    ChooseDenial,
    DenialForm,
    DenyTopup,
    GiveOtherAmount,
    OpenRequest,
    OpenRequests,
    OtherAmountForm,
    QuestionForm,
    ShowProof,
    TypeDenial,
    TypeOtherAmount,
)
from bot.chat.money.wanted import find_name
from bot.desk.requests import QueuedCard, RequestCard, find_queued_card, load_request_card
from bot.money import approvals, decide
from bot.money.errors import NeedsSecond, NotInSteps, OwnCredit, RequestChanged
from bot.money.requests import TopupRequest

REQUESTS: Final = MenuCommand(
    "requests", lambda _: _("Requests for top-ups"), Permission.CREDIT, "/requests"
)


@dataclass(frozen=True, slots=True)
class QueuePages:
    """Shows requests, the oldest first, and carries out what is decided by whoever comes first."""

    store: Storefront
    desk: Desk

    def add_to(self, routes: Routes) -> None:
        """Register the handlers."""
        routes.on_command(self.open_queue, OpenRequests(), REQUESTS)
        routes.on_tap(self.open_queue, OpenRequests)
        routes.on_tap(self.open, OpenRequest)
        routes.on_tap(self.approve, ApproveTopup)
        routes.on_tap(self.type_other, TypeOtherAmount, keeps_form=True)
        routes.on_tap(self.give_other, GiveOtherAmount)
        routes.on_tap(self.choose_denial, ChooseDenial)
        routes.on_tap(self.deny, DenyTopup)
        routes.on_tap(self.type_denial, TypeDenial, keeps_form=True)
        routes.on_tap(self.type_question, AskCustomer, keeps_form=True)
        routes.on_tap(self.show_proof, ShowProof)
        routes.on_sent(self.take_other, OtherAmountForm)
        routes.on_sent(self.take_denial, DenialForm)
        routes.on_sent(self.take_question, QuestionForm)

    # Looking

    async def open_queue(self, context: Context, tap: OpenRequests) -> None:
        """Show the request at a place of the queue."""
        queued = await self.desk.db.read(find_queued_card, tap.page)
        if queued.card is None:
            await context.show(screens.no_requests_screen(context.locale, queued.approvals))
        else:
            await self._show(context, queued.card, queued=queued)

    async def open(self, context: Context, tap: OpenRequest) -> None:
        """Show one request."""
        await self._show_now(context, tap.request)

    async def show_proof(self, context: Context, tap: ShowProof) -> None:
        """Send the customer's files, each as a new message."""
        card = await self._find(context, tap.request)
        if card is None:
            return
        files, shown = screens.files_of(card), 0
        for file in files:
            try:
                await context.send(screens.proof_screen(context.locale, card.request, file))
                shown += 1
            except FileGone:
                continue
        if shown < len(files):
            await self._show(context, card, screens.file_gone_words(context.locale))

    # Giving

    async def approve(self, context: Context, tap: ApproveTopup) -> None:
        """Give what is asked for; much only with a second tap."""
        asked = await self._find_open(context, tap.request)
        if asked is None:
            return
        if not tap.sure and asked.amount > self.desk.db.settings.ask_above:
            amounts = (asked.amount,)
            _ = context.locale
            await context.show(screens.approve_sure_screen(_, asked, amounts, is_other=False))
        else:
            await self._give(context, asked, tap.version)

    async def type_other(self, context: Context, tap: TypeOtherAmount) -> None:
        """The amount to be given instead is typed next."""
        asked = await self._find_open(context, tap.request)
        if asked is not None:
            await context.open_form(OtherAmountForm(asked.id, tap.version))
            await context.show(screens.other_amount_screen(context.locale, asked))

    async def take_other(self, context: Context, form: OtherAmountForm, sent: Sent) -> None:
        """Give the typed amount; one that is unclear or much is asked back."""
        _, asked = context.locale, await self._find_open(context, form.request)
        if asked is None:
            await context.close_form()
            return
        context.discard_typed()
        amounts = typed_amounts(_, sent.text)
        if not amounts:
            said = _("No money has moved. That is not an amount; write it like 10 or 12.50.")
            await context.show(screens.other_amount_screen(_, asked, said))
        elif len(amounts) > 1 or amounts[0] > self.desk.db.settings.ask_above:
            await context.show(screens.approve_sure_screen(_, asked, amounts, is_other=True))
        else:
            await context.close_form()
            await self._give(context, asked, form.version, amounts[0])

    async def give_other(self, context: Context, tap: GiveOtherAmount) -> None:
        """Give the amount that was meant."""
        asked = await self._find_open(context, tap.request)
        if asked is not None:
            await self._give(context, asked, tap.version, Money(tap.amount))

    async def _give(
        self, context: Context, asked: TopupRequest, version: int, amount: Money | None = None
    ) -> None:
        """Give it, and show what that did or why it was not done."""
        db, act, _ = self.desk.db, act_of(context), context.locale
        note: Rich | str = ""
        try:
            await db.write(decide.approve_topup, act, asked.id, version, amount)
        except TooLate:
            pass  # what the first tap did is shown
        except RequestChanged:
            note = request_changed(_)
        except OwnCredit:
            note = own_credit(_)
        except NotInSteps as refused:  # asked for when the step was another one
            note = not_in_steps(_, refused)
        except NotMoney:  # the sum may be more than an account can hold
            note = too_much(_)
        except NeedsSecond:
            note = await self._ask_second(context, asked, amount or asked.amount)
        await self._show_now(context, asked.id, note)

    async def _ask_second(
        self, context: Context, asked: TopupRequest, amount: Money
    ) -> Rich | str:
        """Have a second operator agree; what is said of it."""
        db, _ = self.desk.db, context.locale
        act, who = act_of(context), asked.customer.id
        try:
            await db.write(approvals.ask_second, act, who, amount, request=asked.id)
        except TooLate:
            return ""
        return _("Nothing was given yet: that is more than one operator may give in a day.")

    # Not giving

    async def choose_denial(self, context: Context, tap: ChooseDenial) -> None:
        """Ask why."""
        asked = await self._find_open(context, tap.request)
        if asked is not None:
            await context.show(screens.denial_screen(context.locale, asked))

    async def deny(self, context: Context, tap: DenyTopup) -> None:
        """Decline a request for a reason of the shop's own, or without one."""
        await self._deny(context, tap.request, tap.reason)

    async def type_denial(self, context: Context, tap: TypeDenial) -> None:
        """The reason is typed next."""
        asked, _ = await self._find_open(context, tap.request), context.locale
        if asked is not None:
            await context.open_form(DenialForm(asked.id))
            ask = _("Please type the reason. The customer reads it as you write it.")
            await context.show(screens.type_words_screen(_, asked, ask))

    async def take_denial(self, context: Context, form: DenialForm, sent: Sent) -> None:
        """Decline a request for the typed reason."""
        if not sent.text:
            await self.type_denial(context, TypeDenial(request=form.request))
            return
        context.answer_below()
        await context.close_form()
        await self._deny(context, form.request, sent.text)

    async def _deny(self, context: Context, request: int, reason: str) -> None:
        with suppress(TooLate):  # what was decided is shown
            await self.desk.db.write(decide.deny_topup, act_of(context), request, reason)
        await self._show_now(context, request)

    async def type_question(self, context: Context, tap: AskCustomer) -> None:
        """The question is typed next."""
        asked, _ = await self._find_open(context, tap.request), context.locale
        if asked is not None:
            await context.open_form(QuestionForm(asked.id))
            ask = _("Please type your question. The customer reads it as you write it.")
            await context.show(screens.type_words_screen(_, asked, ask))

    async def take_question(self, context: Context, form: QuestionForm, sent: Sent) -> None:
        """Ask the customer, once for each message."""
        if not sent.text:
            await self.type_question(context, AskCustomer(request=form.request))
            return
        context.answer_below()
        await context.close_form()
        _, act = context.locale, act_of(context)
        note = _("✅ Your question is on its way. The answer comes here.")
        try:
            await self.desk.db.write(decide.ask_customer, act, form.request, sent.text)
        except TooLate:
            note = ""
        await self._show_now(context, form.request, note)

    # Showing

    async def _find(self, context: Context, request: int) -> RequestCard | None:
        """The card; None where there is none, which is said."""
        try:
            return await self.desk.db.read(load_request_card, request)
        except NotYours:
            _ = context.locale
            await context.show(desk_screen(_, _("There is no such request.")))
            return None

    async def _find_open(self, context: Context, request: int) -> TopupRequest | None:
        """An open request; one that was decided is shown, and None comes back."""
        card = await self._find(context, request)
        if card is None or card.request.is_open:
            return None if card is None else card.request
        await context.close_form()
        await self._show(context, card)
        return None

    async def _show_now(self, context: Context, request: int, note: Rich | str = "") -> None:
        card = await self._find(context, request)
        if card is not None:
            await self._show(context, card, note)

    async def _show(
        self,
        context: Context,
        card: RequestCard,
        note: Rich | str = "",
        queued: QueuedCard | None = None,
    ) -> None:
        _, store, wanted = context.locale, self.store, card.request.wanted
        name = await find_name(store.shelf, store.translate, _.code, wanted)
        await context.show(screens.request_card_screen(_, card, name, note=note, queued=queued))
