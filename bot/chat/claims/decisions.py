"""The second tap of each decision about a claim: what it does to money and to whom."""

from __future__ import annotations

from collections.abc import Sequence

from bot.base.money import Money
from bot.chat.claims.report import quoted
from bot.chat.claims.taps import (
    OpenClaim,
    ReadUnits,
    RefundClaim,
    ReplaceClaim,
    Share,
    SolveClaim,
)
from bot.chat.desk.parts import desk_screen, order_line, sure_screen
from bot.chat.desk.words import who
from bot.chat.kit.locale import Locale
from bot.chat.kit.richtext import Rich, bold, fill, join
from bot.chat.kit.screen import Button, Row, Screen, label, which_words
from bot.chat.orders.claimed import units_words
from bot.desk.claims import ClaimDetails
from bot.orders.rules.claims import Units


def refunded_units(details: ClaimDetails, tap: RefundClaim) -> Units:
    """For which units money goes back by this tap."""
    if tap.share is Share.ALL:
        return details.left
    if tap.share is Share.SOME:
        return refundable(details).first(tap.units)
    return details.named


def refundable(details: ClaimDetails) -> Units:
    """The units of which some may be refunded: those named, or all where none of them is left."""
    return details.named if details.named.count else details.left


def refund_sure_screen(_: Locale, details: ClaimDetails, tap: RefundClaim) -> Screen:
    """How much goes back for which units, and the tap that gives it back."""
    pieces = refunded_units(details, tap)
    amount = details.paid.refund(pieces.count)
    sentence = fill(
        _("{amount} goes back to the customer's credit."), amount=bold(_.money(amount))
    )
    which = units_words(_, pieces, details.order.quantity)
    after = _after(_, details, pieces)
    text = join(
        [_head(_, details), join([sentence, which, after, _("The customer is told.")])], "\n\n"
    )
    words = label(_("Yes: refund {amount}"), amount=_.money(amount))
    yes = Button(words, tap.model_copy(update={"sure": True}), style="danger")
    back = (Button(_("◀ Back"), OpenClaim(claim=tap.claim)),)
    return desk_screen(_, text, *_stepper(_, details, tap), (yes,), back)


def _head(_: Locale, details: ClaimDetails) -> Rich:
    return join([order_line(_, details.order), who(_, details.customer)])


def _after(_: Locale, details: ClaimDetails, pieces: Units) -> str:
    closes = not (details.claim.pieces & details.left - pieces).count
    return _("The claim is settled with that.") if closes else _("The claim stays open.")


def _stepper(_: Locale, details: ClaimDetails, tap: RefundClaim) -> tuple[Row, ...]:
    if tap.share is not Share.SOME:
        return ()
    most = refundable(details).count
    less, more = (
        Button(sign, tap.model_copy(update={"units": tap.units + step}))
        for sign, step in (("−", -1), ("+", 1))
    )
    row = (*((less,) if tap.units > 1 else ()), *((more,) if tap.units < most else ()))
    return (row,)


def type_units_words(_: Locale, most: int) -> Rich:
    """That the number may be typed as well."""
    return fill(_("Or send me a number from 1 to {most}."), most=_.number(most))


def which_units_screen(_: Locale, claim: int, readings: Sequence[int]) -> Screen:
    """The typed number of units can be read in two ways."""
    row = tuple(Button(_.number(one), ReadUnits(claim=claim, units=one)) for one in readings)
    return desk_screen(
        _, bold(which_words(_)), row, (Button(_("◀ Back"), OpenClaim(claim=claim)),)
    )


def replace_sure_screen(
    _: Locale, details: ClaimDetails, count: int, cost: Money, tap: ReplaceClaim
) -> Screen:
    """What is ordered once more, and what that costs the shop."""
    sentence = fill(
        _(
            "A new order of {count} goes to the supplier instead. The customer pays nothing; what "
            "the supplier takes, about {cost}, is the shop's loss."
        ),
        count=_.number(count),
        cost=bold(_.money(cost)),
    )
    which = units_words(_, details.replaceable, details.order.quantity)
    end = _(
        "The claim is settled with that. If the new order does not come, the claim is open again."
    )
    text = join([_head(_, details), join([sentence, which, end])], "\n\n")
    yes = Button(_("Yes: send a replacement"), tap.model_copy(update={"sure": True}))
    return sure_screen(_, text, yes, OpenClaim(claim=tap.claim), "primary")


def ask_answer_screen(
    _: Locale, details: ClaimDetails, *, closes: bool, refusal: str = ""
) -> Screen:
    """The operator's words come next; with `closes` the claim is closed with them."""
    claim = details.claim.id
    ask = (
        _("Write what the customer reads, or send a picture; the claim is closed with that.")
        if closes
        else _("Write what the customer reads, or send a picture. They can answer it.")
    )
    text = join([_head(_, details), quoted(details.claim.said), join([refusal, ask])], "\n\n")
    silent = Button(_("Close without words"), SolveClaim(claim=claim, sure=True))
    rows: tuple[Row, ...] = ((silent,),) if closes else ()
    return desk_screen(_, text, *rows, (Button(_("◀ Back"), OpenClaim(claim=claim)),))


def too_late_words(_: Locale) -> str:
    """The claim has moved on since the button was shown."""
    return _("Nothing was done by this tap: the claim has moved on. This is how it stands now.")


def refunded_words(_: Locale, amount: Money) -> Rich:
    """What a refund has done."""
    return fill(_("✅ Done: {amount} went back. The customer is told."), amount=_.money(amount))


def replaced_words(_: Locale, order: int) -> Rich:
    """What a replacement has done."""
    said = _("✅ Done: order #{order} replaces it. The customer is told.")
    return fill(said, order=str(order))
