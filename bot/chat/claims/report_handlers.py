"""A customer reports a problem: the steps, and what is typed or sent on the way."""

from __future__ import annotations

from collections.abc import Callable

import msgspec

from bot.base.digits import western_digits
from bot.base.ids import OrderId
from bot.chat.claims.own import own_claim_screen
from bot.chat.claims.report import (
    chosen_units,
    count_numbered,
    once_more_words,
    reasons_screen,
    send_screen,
    units_screen,
    words_screen,
)
from bot.chat.claims.taps import (
    ClaimForm,
    DescribeProblem,
    OpenUnits,
    PickReason,
    PickUnits,
    SendClaim,
    SkipWords,
    ToggleUnit,
)
from bot.chat.facade import Storefront
from bot.chat.kit.context import Context
from bot.chat.kit.routes import Routes
from bot.chat.kit.sent import Sent
from bot.chat.orders.order import is_claimed
from bot.chat.orders.taps import ReportProblem
from bot.orders import read
from bot.orders.claims import report
from bot.orders.claims.read import load_own
from bot.orders.claims.report import ClaimDraft
from bot.orders.claims.rows import File
from bot.orders.rules.claims import ClaimReason, Units
from bot.orders.views import OrderView

_LONGEST = 2000
_MOST_WRITTEN = 1000
"""So long may the numbers of units be that a person picks one by one."""


class ReportPages:
    """Leads from the button on an order to a report that operators have."""

    def __init__(self, store: Storefront) -> None:
        self._store = store

    def add_to(self, routes: Routes) -> None:
        """Register the handlers."""
        routes.on_tap(self.begin, ReportProblem, toast=True)
        routes.on_tap(self.pick_reason, PickReason)
        routes.on_tap(self.toggle_unit, ToggleUnit, keeps_form=True)
        routes.on_tap(self.pick_units, PickUnits, keeps_form=True)
        routes.on_tap(self.open_units, OpenUnits, keeps_form=True)
        routes.on_tap(self.describe, DescribeProblem, keeps_form=True)
        routes.on_tap(self.skip_words, SkipWords, keeps_form=True)
        routes.on_tap(self.send, SendClaim, keeps_form=True)
        routes.on_sent(self.take, ClaimForm)

    async def begin(self, context: Context, tap: ReportProblem) -> None:
        """Ask what is wrong, in a message of its own; a report that is open is shown instead."""
        order = await self._load(context, tap.order)
        await context.answer()
        context.card = None  # it may show goods
        if order.claim is not None and is_claimed(order):
            await self._show_claim(context, order.claim.id)
        else:
            await context.show(reasons_screen(context.locale, order))

    async def pick_reason(self, context: Context, tap: PickReason) -> None:
        """Note what is wrong; the units are asked for where there are several."""
        order = await self._load(context, tap.order)
        count = count_numbered(order)
        pieces = str(Units.all(order.quantity))
        asks = "pieces" if count > 1 else "words"
        form = ClaimForm(tap.order, tap.reason, count, pieces, asks)
        await context.open_form(form)
        await self._show(context, order, form)

    async def toggle_unit(self, context: Context, tap: ToggleUnit) -> None:
        """One unit is meant, or no more."""

        def change(pieces: Units, count: int) -> Units:
            known = 0 < tap.piece <= count
            return pieces.with_unit(tap.piece, meant=tap.meant) if known else pieces

        await self._change(context, tap.order, change, tap.page)

    async def pick_units(self, context: Context, tap: PickUnits) -> None:
        """All units are meant, or none."""

        def change(_pieces: Units, count: int) -> Units:
            return Units.all(count if tap.every else 0)

        await self._change(context, tap.order, change)

    async def open_units(self, context: Context, tap: OpenUnits) -> None:
        """Show the numbers of the units, or another page of them."""
        await self._change(context, tap.order, lambda pieces, _: pieces, tap.page)

    async def _change(
        self, context: Context, order: int, change: Callable[[Units, int], Units], page: int = 0
    ) -> None:
        def with_units(form: ClaimForm) -> ClaimForm:
            pieces = str(change(chosen_units(form), form.count))
            kept = pieces if len(pieces) <= _MOST_WRITTEN else form.pieces
            return msgspec.structs.replace(form, pieces=kept, asks="pieces")

        form = await self._change_form(context, order, with_units)
        if form is None:
            return
        view = await self._load(context, order)
        await self._show(context, view, form, page)
        newest = await context.forms.find(context.customer.id)
        if isinstance(newest, ClaimForm) and newest.pieces != form.pieces:
            await self._show(context, view, newest, page)  # two taps at once: the card has both

    async def _change_form(
        self, context: Context, order: int, change: Callable[[ClaimForm], ClaimForm]
    ) -> ClaimForm | None:
        """Change what was reported so far; None where there is none, and something is shown."""

        def of_order(form: ClaimForm) -> ClaimForm | None:
            return change(form) if form.order == order else None

        form = await context.change_form(ClaimForm, of_order)
        if form is None:
            await self._begin_again(context, order)
        return form

    async def describe(self, context: Context, tap: DescribeProblem) -> None:
        """Ask for words or a picture."""
        await self._go_on(context, tap.order, "words")

    async def skip_words(self, context: Context, tap: SkipWords) -> None:
        """Show all of it, without words."""
        await self._go_on(context, tap.order, "send")

    async def _go_on(self, context: Context, order: int, asks: str) -> None:
        def goes_on(form: ClaimForm) -> ClaimForm:
            return msgspec.structs.replace(form, asks=asks if form.pieces else "pieces")

        form = await self._change_form(context, order, goes_on)
        if form is not None:
            await self._show(context, await self._load(context, order), form)

    async def take(self, context: Context, form: ClaimForm, sent: Sent) -> None:
        """Take the numbers of units, the words or the picture; the newest that fits counts."""
        if sent.album and sent.album == form.album:
            return  # one picture of several that were sent at once is enough
        order = await self._load(context, form.order)
        if form.asks == "pieces":
            await self._take_units(context, order, form, sent)
        elif sent.text or sent.file is not None:
            await self._take_words(context, order, form, sent)
        else:
            _ = context.locale
            refusal = _("Only words, a picture or a file, please.")
            await context.show(words_screen(_, order, form, refusal))

    async def _take_units(
        self, context: Context, order: OrderView, form: ClaimForm, sent: Sent
    ) -> None:
        context.discard_typed()
        pieces = _read(sent.text, form.count)
        if not pieces.count:
            _ = context.locale
            refusal = _("Only numbers from the list, please, such as 1, 3-5.")
            await context.show(units_screen(_, order, form, refusal=refusal))
            return
        form = msgspec.structs.replace(form, pieces=str(pieces), asks="words")
        await context.open_form(form)
        await self._show(context, order, form)

    async def _take_words(
        self, context: Context, order: OrderView, form: ClaimForm, sent: Sent
    ) -> None:
        form = msgspec.structs.replace(
            form,
            asks="send",
            said=sent.text[:_LONGEST] or form.said,
            album=sent.album,
            message=sent.message,
        )
        if sent.file is not None:
            form = msgspec.structs.replace(form, file=sent.file.id, file_kind=sent.file.kind)
        context.answer_below()
        await context.open_form(form)
        await self._show(context, order, form)

    async def send(self, context: Context, tap: SendClaim) -> None:
        """Give the report to the operators, once."""
        form = await self._find_form(context, tap.order)
        if form is None:
            return
        draft = ClaimDraft(
            OrderId(form.order),
            ClaimReason(form.reason),
            chosen_units(form),
            form.said,
            File(form.file, form.file_kind),
            form.message,
        )
        db, mine = self._store.db, context.customer.id
        claim, fresh = await db.write(report.make_claim, mine, draft)
        await context.close_form()
        _ = context.locale
        await self._show_claim(context, claim, _sent_words(context) if fresh else "")

    async def _find_form(self, context: Context, order: int) -> ClaimForm | None:
        """What was reported so far; without that the report begins anew, or is shown."""
        form = await context.find_form()
        if isinstance(form, ClaimForm) and form.order == order:
            return form
        await self._begin_again(context, order)
        return None

    async def _begin_again(self, context: Context, order: int) -> None:
        view = await self._load(context, order)
        if view.claim is not None and is_claimed(view):
            await self._show_claim(context, view.claim.id, once_more_words(context.locale))
        else:
            await context.show(reasons_screen(context.locale, view))

    async def _show(
        self, context: Context, order: OrderView, form: ClaimForm, page: int = 0
    ) -> None:
        _ = context.locale
        if form.asks == "pieces":
            await context.show(units_screen(_, order, form, page))
        elif form.asks == "words":
            await context.show(words_screen(_, order, form))
        else:
            await context.show(send_screen(_, order, form))

    async def _show_claim(self, context: Context, claim: int, note: str = "") -> None:
        view = await self._store.db.read(load_own, context.customer.id, claim)
        order = await self._load(context, view.order)
        await context.show(own_claim_screen(context.locale, view, order, note))

    async def _load(self, context: Context, order: int) -> OrderView:
        view = await self._store.db.read(read.load_order, context.customer.id, OrderId(order))
        return await self._store.translate.view(context.locale.code, view)


def _sent_words(context: Context) -> str:
    _ = context.locale
    return _("✅ Your report was sent.")


def _read(typed: str, count: int) -> Units:
    """The units that were typed; none for anything that is no number of one."""
    try:
        pieces = Units.read(western_digits(typed).replace("–", "-").replace("،", ","))
    except ValueError:
        return Units()
    return pieces & Units.all(count) if len(str(pieces)) <= _MOST_WRITTEN else Units()
