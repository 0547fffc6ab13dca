"""What operators do about a claim: money back for its units, or a replacement, by a second tap."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from bot.base.errors import ShopClosed, TooLate
from bot.base.quantity import BadQuantity, Span, checked, parse_quantity
from bot.catalog.errors import NotForSale, SoldOut
from bot.chat.claims.decisions import (
    refund_sure_screen,
    refundable,
    refunded_units,
    refunded_words,
    replace_sure_screen,
    replaced_words,
    too_late_words,
    type_units_words,
    which_units_screen,
)
from bot.chat.claims.desk_handlers import show_claim
from bot.chat.claims.taps import (
    ReadUnits,
    RefundClaim,
    RefundUnitsForm,
    ReplaceClaim,
    Share,
)
from bot.chat.desk.decisions import still_closed_words
from bot.chat.facade import Desk
from bot.chat.kit.context import Context, act_of
from bot.chat.kit.locale import Locale
from bot.chat.kit.richtext import Rich, fill, join
from bot.chat.kit.routes import Routes
from bot.desk.claims import ClaimDetails, load_claim_details
from bot.orders.claims import remedy
from bot.orders.rules.claims import ClaimState


class RemedyPages:
    """Asks what is to be done about a claim, and does it once."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk

    def add_to(self, routes: Routes) -> None:
        """Register the handlers."""
        routes.on_tap(self.refund, RefundClaim)
        routes.on_tap(self.read_units, ReadUnits, keeps_form=True)
        routes.on_typed(self.type_units, RefundUnitsForm)
        routes.on_tap(self.replace, ReplaceClaim)

    async def refund(self, context: Context, tap: RefundClaim) -> None:
        """The first tap asks, the second gives the money back."""
        _, details = context.locale, await self._load(tap.claim)
        pieces = refunded_units(details, tap)
        if not _still_open(details, tap.seen) or not details.paid.refund(pieces.count):
            await show_claim(self._desk, context, tap.claim, too_late_words(_))
        elif tap.sure:
            await show_claim(self._desk, context, tap.claim, await self._refund(context, tap))
        else:
            await self._ask(context, details, tap)

    async def _ask(
        self, context: Context, details: ClaimDetails, tap: RefundClaim, refusal: str = ""
    ) -> None:
        _ = context.locale
        screen = refund_sure_screen(_, details, tap)
        if tap.share is Share.SOME:
            await context.open_form(RefundUnitsForm(tap.claim))
            more = type_units_words(_, refundable(details).count)
            screen = replace(screen, text=join([refusal, screen.text, more], "\n\n"))
        await context.show(screen)

    async def _refund(self, context: Context, tap: RefundClaim) -> Rich | str:
        _, act = context.locale, act_of(context)
        units = tap.units if tap.share is Share.SOME else None
        everything = tap.share is Share.ALL
        try:
            amount = await self._desk.db.write(
                remedy.refund_claimed, act, tap.claim, tap.seen, units, all_left=everything
            )
        except TooLate:
            return too_late_words(_)
        except ShopClosed:
            return still_closed_words(_)
        return refunded_words(_, amount)

    async def type_units(self, context: Context, form: RefundUnitsForm, text: str) -> None:
        """Show what the typed number of units gives back; explain any other."""
        sign = context.locale.group_sign
        await self._take(context, form.claim, lambda span: parse_quantity(text, span, sign))

    async def read_units(self, context: Context, tap: ReadUnits) -> None:
        """The same for what was meant by a number that can be read in two ways."""
        await self._take(context, tap.claim, lambda span: checked(tap.units, span))

    async def _take(self, context: Context, claim: int, read: Callable[[Span], int]) -> None:
        _, details = context.locale, await self._load(claim)
        most = refundable(details).count
        if details.claim.state is not ClaimState.OPEN or not most:
            await context.close_form()
            await show_claim(self._desk, context, claim, too_late_words(_))
            return
        units, refusal = 1, ""
        try:
            units = read(Span(1, most))
        except BadQuantity as refused:
            if refused.readings:
                await context.show(which_units_screen(_, claim, refused.readings))
                return
            said = _("It has to be a whole number from 1 to {most}.")
            refusal = fill(said, most=_.number(most)).text
        tap = RefundClaim(claim=claim, share=Share.SOME, seen=details.seen, units=units)
        await self._ask(context, details, tap, refusal)

    async def replace(self, context: Context, tap: ReplaceClaim) -> None:
        """The first tap says what it costs, the second orders it."""
        _, details = context.locale, await self._load(tap.claim)
        if not _still_open(details, tap.seen):
            await show_claim(self._desk, context, tap.claim, too_late_words(_))
            return
        try:
            if not tap.sure:
                count, cost = await self._desk.replace.cost(tap.claim)
                await context.show(replace_sure_screen(_, details, count, cost, tap))
                return
            order = await self._desk.replace(act_of(context), tap.claim, tap.seen)
            note: Rich | str = replaced_words(_, order)
        except (TooLate, ShopClosed, NotForSale, SoldOut, BadQuantity) as refused:
            note = _why_not(_, refused)
        await show_claim(self._desk, context, tap.claim, note)

    async def _load(self, claim: int) -> ClaimDetails:
        return await self._desk.db.read(load_claim_details, claim)


def _still_open(details: ClaimDetails, seen: int) -> bool:
    return details.claim.state is ClaimState.OPEN and details.seen == seen


def _why_not(_: Locale, refused: Exception) -> Rich | str:
    """Why nothing was replaced."""
    if isinstance(refused, BadQuantity):
        said = _(
            "Nothing was done: the supplier sells {least} to {most} at once. Refund it instead."
        )
        return fill(said, least=_.number(refused.least), most=_.number(refused.most))
    if isinstance(refused, ShopClosed):
        return still_closed_words(_)
    if isinstance(refused, TooLate):
        return too_late_words(_)
    return _("Nothing was done: this is not for sale now. Refund it, or try again later.")
