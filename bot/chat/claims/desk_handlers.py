"""Claims at the desk: the queue, a card, and what operators write and close."""

from __future__ import annotations

from aiogram.filters import CommandObject, Filter
from aiogram.types import Message

from bot.base.acts import Permission
from bot.base.errors import TooLate
from bot.chat.claims.card import claim_screen, claims_screen
from bot.chat.claims.decisions import ask_answer_screen, too_late_words
from bot.chat.claims.own_handlers import file_of, send_file
from bot.chat.claims.taps import (
    AnswerClaim,
    ClaimAnswerForm,
    OpenClaim,
    OpenClaims,
    ShowClaimFile,
    SolveClaim,
)
from bot.chat.facade import Desk
from bot.chat.kit.context import Context, act_of
from bot.chat.kit.richtext import Rich
from bot.chat.kit.routes import MenuCommand, Permitted, Routes
from bot.chat.kit.sent import Sent, close_after
from bot.chat.kit.text_of import text_of
from bot.desk.claims import ClaimDetails, list_open_claims, load_claim_details
from bot.orders.claims import answer
from bot.orders.claims.read import load_view
from bot.orders.claims.rows import NO_FILE, File
from bot.orders.rules.claims import ClaimState

CLAIMS = MenuCommand("claims", lambda _: _("Customers' problems"), Permission.SEE, "/claims")


class _AsksForClaims(Filter):
    """Lets `/orders claims` pass."""

    async def __call__(self, message: Message) -> bool:
        return text_of(message).split()[1:] == [CLAIMS.name]


class ClaimPages:
    """Shows claims, and passes on what operators say about them."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk

    def add_to(self, routes: Routes) -> None:
        """Register the handlers."""
        routes.on_command(self.open_all, OpenClaims(), CLAIMS)
        may_see = Permitted(Permission.SEE)
        routes.on_words(self.open_queue, "orders", filters=(may_see, _AsksForClaims()))
        routes.on_tap(self.open_all, OpenClaims)
        routes.on_tap(self.open, OpenClaim)
        routes.on_tap(self.show_file, ShowClaimFile)
        routes.on_tap(self.ask_answer, AnswerClaim)
        routes.on_tap(self.solve, SolveClaim)
        routes.on_sent(self.answer, ClaimAnswerForm)

    async def open_all(self, context: Context, tap: OpenClaims) -> None:
        """Show the claims that wait."""
        page = await self._desk.db.read(list_open_claims, tap.page)
        await context.show(claims_screen(context.locale, page, self._desk.clock.now()))

    async def open_queue(self, context: Context, _command: CommandObject) -> None:
        """`/orders claims`."""
        await self.open_all(context, OpenClaims())

    async def open(self, context: Context, tap: OpenClaim) -> None:
        """Show a claim."""
        await show_claim(self._desk, context, tap.claim)

    async def show_file(self, context: Context, tap: ShowClaimFile) -> None:
        """Send the picture that the customer sent."""
        claim = await self._desk.db.read(load_view, tap.claim)
        await send_file(context, claim.file_of(tap.letter))

    async def ask_answer(self, context: Context, tap: AnswerClaim) -> None:
        """Ask for the words of an answer."""
        await self._ask(context, tap.claim, closes=False)

    async def solve(self, context: Context, tap: SolveClaim) -> None:
        """Ask for the words that a claim is closed with, or close it without any."""
        if tap.sure:
            await self._solve(context, tap.claim)
        else:
            await self._ask(context, tap.claim, closes=True)

    async def _ask(self, context: Context, claim: int, refusal: str = "", *, closes: bool) -> None:
        _, details = context.locale, await self._load(claim)
        if details.claim.state is not ClaimState.OPEN:
            await show_claim(self._desk, context, claim, too_late_words(_))
            return
        await context.open_form(ClaimAnswerForm(claim, closes))
        await context.show(ask_answer_screen(_, details, closes=closes, refusal=refusal))

    async def answer(self, context: Context, form: ClaimAnswerForm, sent: Sent) -> None:
        """Pass the operator's words on, once a message."""
        _, file = context.locale, file_of(sent)
        if not (sent.text or file.id):
            refusal = _("Only words, a picture or a file, please.")
            await self._ask(context, form.claim, refusal, closes=form.closes)
            return
        context.answer_below()
        await close_after(context, sent)
        if form.closes:
            await self._solve(context, form.claim, sent.text, file)
            return
        act = act_of(context)
        try:
            await self._desk.db.write(answer.answer_claim, act, form.claim, sent.text, file)
            note = _("✅ Passed on to the customer.")
        except TooLate:
            note = too_late_words(_)
        await show_claim(self._desk, context, form.claim, note)

    async def _solve(
        self, context: Context, claim: int, said: str = "", file: File = NO_FILE
    ) -> None:
        _, act = context.locale, act_of(context)
        try:
            await self._desk.db.write(answer.solve_claim, act, claim, said, file)
            note = _("✅ Closed. The customer is told.")
        except TooLate:
            note = too_late_words(_)
        await show_claim(self._desk, context, claim, note)

    async def _load(self, claim: int) -> ClaimDetails:
        return await self._desk.db.read(load_claim_details, claim)


async def show_claim(desk: Desk, context: Context, claim: int, note: Rich | str = "") -> None:
    """Show a claim as it stands now; `note` says first what has just happened."""
    details = await desk.db.read(load_claim_details, claim)
    await context.show(claim_screen(context.locale, details, desk.clock.now(), note))
