"""How a customer reports a problem, step by step: what is wrong, which units, words, send."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from bot.base.page import page_of
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
from bot.chat.kit.locale import Locale
from bot.chat.kit.richtext import Rich, bold, fill, join, rich, styled
from bot.chat.kit.screen import Button, Row, Screen, choice, footer, named, pager
from bot.chat.orders.claimed import SIGN, problem_words, units_words
from bot.chat.orders.taps import OpenOrder
from bot.orders.rules.claims import ClaimReason, Units
from bot.orders.rules.moves import OPEN
from bot.orders.views import OrderView
from bot.suppliers.words import Kind

_IN_ROW: Final = 5
_ON_PAGE: Final = 40
_SHOWN: Final = 1500


def count_numbered(order: OrderView) -> int:
    """How many units of an order have numbers of their own; 1 where all of it is one thing."""
    return order.quantity if order.kind is Kind.PRODUCT else 1


def chosen_units(form: ClaimForm) -> Units:
    """The units that a report is about so far."""
    return Units.read(form.pieces)


def reasons_screen(_: Locale, order: OrderView) -> Screen:
    """What is wrong."""
    title = bold(fill(_("What is wrong with order #{number}?"), number=str(order.id)))
    rows = tuple(
        (Button(problem_words(_, reason), PickReason(order=order.id, reason=reason)),)
        for reason in ClaimReason
    )
    return Screen(join([title, _what(_, order), _hint(_, order)]), (*rows, _back(_, order)))


def _what(_: Locale, order: OrderView) -> Rich:
    return fill(
        _("{name} × {quantity}"),
        name=named(_, order.service_name),
        quantity=_.number(order.quantity),
    )


def _hint(_: Locale, order: OrderView) -> str:
    if order.state not in OPEN:
        return ""
    return _(
        "This order is still under way: what you bought arrives here by itself. If something is"
        " wrong anyway, tell us."
    )


def _back(_: Locale, order: OrderView) -> Row:
    return footer(_, OpenOrder(order=order.id))


def units_screen(
    _: Locale, order: OrderView, form: ClaimForm, page: int = 0, refusal: str = ""
) -> Screen:
    """The numbers of the units, as they stand in what was delivered."""
    pieces = chosen_units(form)
    shown = page_of(range(1, form.count + 1), page, _ON_PAGE)
    ask = _("Which ones do you mean? Tap their numbers or type them, such as 1, 3-5.")
    chosen = units_words(_, pieces, form.count) or _("none")
    text = join(
        [_title(_, order, form), refusal, ask, fill(_("Chosen: {pieces}"), pieces=bold(chosen))]
    )
    numbers = tuple(_rows(_, order, pieces, shown.rows, shown.number))
    every = (
        Button(_("All"), PickUnits(order=order.id, every=True)),
        Button(_("None"), PickUnits(order=order.id, every=False)),
    )
    goes_on = Button(_("Continue"), DescribeProblem(order=order.id), style="primary")
    further = ((goes_on,),) if pieces.count else ()
    turn = pager(shown.number, shown.pages, OpenUnits(order=order.id))
    return Screen(text, (*numbers, *turn, every, *further, _back(_, order)))


def _rows(
    _: Locale, order: OrderView, pieces: Units, numbers: tuple[int, ...], page: int
) -> Iterator[Row]:
    for begin in range(0, len(numbers), _IN_ROW):
        yield tuple(
            choice(
                _.number(number),
                ToggleUnit(order=order.id, piece=number, page=page, meant=number not in pieces),
                chosen=number in pieces,
            )
            for number in numbers[begin : begin + _IN_ROW]
        )


def _title(_: Locale, order: OrderView, form: ClaimForm) -> Rich:
    title = bold(fill(_("Your report on order #{number}"), number=str(order.id)))
    return join([title, problem_words(_, ClaimReason(form.reason))])


def words_screen(_: Locale, order: OrderView, form: ClaimForm, refusal: str = "") -> Screen:
    """What happened, in words or as a picture."""
    ask = _("Tell us in a few words what happened, or send a picture of it.")
    pieces = units_words(_, chosen_units(form), form.count)
    text = join([_title(_, order, form), pieces, join([refusal, ask], "\n\n")])
    skip = (Button(_("Skip"), SkipWords(order=order.id)),)
    back = OpenUnits(order=order.id) if form.count > 1 else OpenOrder(order=order.id)
    return Screen(text, (skip, footer(_, back)))


def send_screen(_: Locale, order: OrderView, form: ClaimForm) -> Screen:
    """All of it once more, and the tap that sends it."""
    what = join([_title(_, order, form), units_words(_, chosen_units(form), form.count)])
    said = quoted(form.said)
    file = file_words(_, form.file_kind)
    promise = _("Someone from the shop will look at it and answer here.")
    send = Button(_("✅ Send the report"), SendClaim(order=order.id), style="success")
    change = Button(_("✏️ Change the text"), DescribeProblem(order=order.id))
    text = join([join([what, said, file]), promise], "\n\n")
    return Screen(text, ((send,), (change,), _back(_, order)))


def quoted(said: str) -> Rich:
    """What somebody wrote, as a quotation that is never too long."""
    return styled("blockquote", rich(said.strip()).cut(_SHOWN)) if said.strip() else Rich()


def file_words(_: Locale, kind: str) -> str:
    """That a picture or a file is there."""
    if not kind:
        return ""
    return "🖼 " + _("With a picture") if kind == "photo" else "📎 " + _("With a file")


def once_more_words(_: Locale) -> str:
    """A report is open already: the same tap again, or from another card."""
    return f"{SIGN} " + _("You have reported this order already; one report at a time is enough.")
