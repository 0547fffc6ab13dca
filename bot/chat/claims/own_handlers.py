"""A customer's report that operators have: shown, added to, taken back."""

from __future__ import annotations

from contextlib import suppress

from bot.base.errors import TooLate
from bot.chat.claims.own import add_screen, own_claim_screen
from bot.chat.claims.taps import (
    AddToClaim,
    ClaimLetterForm,
    OpenOwnClaim,
    ShowOwnFile,
    WithdrawClaim,
)
from bot.chat.facade import Storefront
from bot.chat.kit.context import Context
from bot.chat.kit.richtext import Rich
from bot.chat.kit.routes import Routes
from bot.chat.kit.screen import FileKind, Screen, StoredFile, footer
from bot.chat.kit.sent import Sent, close_after
from bot.chat.kit.telegram.refusal import FileGone
from bot.orders import read
from bot.orders.claims import report
from bot.orders.claims.read import ClaimView, load_own
from bot.orders.claims.rows import File
from bot.orders.rules.claims import ClaimState


class OwnClaimPages:
    """Shows a customer what has become of their report, and takes what they add."""

    def __init__(self, store: Storefront) -> None:
        self._store = store

    def add_to(self, routes: Routes) -> None:
        """Register the handlers."""
        routes.on_tap(self.open, OpenOwnClaim)
        routes.on_tap(self.ask_more, AddToClaim)
        routes.on_tap(self.withdraw, WithdrawClaim)
        routes.on_tap(self.show_file, ShowOwnFile)
        routes.on_sent(self.add, ClaimLetterForm)

    async def open(self, context: Context, tap: OpenOwnClaim) -> None:
        """Show a report. Raises NotYours."""
        await self._show(context, tap.claim)

    async def ask_more(self, context: Context, tap: AddToClaim) -> None:
        """Ask for what is to be added, while the report is open."""
        claim = await self._load(context, tap.claim)
        if claim.state is not ClaimState.OPEN:
            await self._show(context, tap.claim)
            return
        await context.open_form(ClaimLetterForm(tap.claim))
        await context.show(add_screen(context.locale, claim))

    async def add(self, context: Context, form: ClaimLetterForm, sent: Sent) -> None:
        """Pass on what was written or sent, once a message."""
        _ = context.locale
        if not sent.text and sent.file is None:
            claim = await self._load(context, form.claim)
            refusal = _("Only words, a picture or a file, please.")
            await context.show(add_screen(_, claim, refusal))
            return
        mine, file = context.customer.id, file_of(sent)
        key = f"{context.customer.id}:{sent.album}" if sent.album else context.key
        try:
            fresh = await self._store.db.write(
                report.add_to_claim, mine, form.claim, sent.text, file, key, sent.message
            )
            if not fresh:  # of pictures that were sent at once the first is passed on
                return
            note = _("✅ Passed on to the shop.")
        except TooLate:
            note = _("This report was closed meanwhile. You can report the order again.")
        context.answer_below()
        await close_after(context, sent)
        await self._show(context, form.claim, note)

    async def withdraw(self, context: Context, tap: WithdrawClaim) -> None:
        """The first tap asks, the second takes the report back."""
        if not tap.sure:
            await self._show(context, tap.claim, withdraws=True)
            return
        with suppress(TooLate):  # the report itself says how it was closed
            await self._store.db.write(report.withdraw_claim, context.customer.id, tap.claim)
        await self._show(context, tap.claim)

    async def show_file(self, context: Context, tap: ShowOwnFile) -> None:
        """Send the picture or file of a letter."""
        claim = await self._load(context, tap.claim)
        await send_file(context, claim.file_of(tap.letter))

    async def _show(
        self, context: Context, claim: int, note: str = "", *, withdraws: bool = False
    ) -> None:
        view = await self._load(context, claim)
        asks = withdraws and view.state is ClaimState.OPEN
        order = await self._store.db.read(read.load_order, context.customer.id, view.order)
        order = await self._store.translate.view(context.locale.code, order)
        await context.show(own_claim_screen(context.locale, view, order, note, withdraws=asks))

    async def _load(self, context: Context, claim: int) -> ClaimView:
        return await self._store.db.read(load_own, context.customer.id, claim)


def file_of(sent: Sent) -> File:
    """What was sent, as it is kept."""
    return File() if sent.file is None else File(sent.file.id, sent.file.kind)


async def send_file(context: Context, file: File) -> None:
    """Send a kept file in a new message, or say that Telegram does not have it any more."""
    _ = context.locale
    gone = Screen(Rich(_("Telegram does not have this file any more.")), (footer(_, new=True),))
    if not file.id or file.kind not in set(FileKind):
        await context.send(gone)
        return
    kept = StoredFile(file.id, FileKind(file.kind))
    try:
        await context.send(Screen(Rich(), (footer(_, new=True),), file=kept))
    except FileGone:
        await context.send(gone)
