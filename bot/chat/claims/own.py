"""A customer's own report: what was said on both sides, what was done, and what can be done."""

from __future__ import annotations

from typing import Final

from bot.chat.claims.report import file_words, quoted
from bot.chat.claims.taps import AddToClaim, OpenOwnClaim, ShowOwnFile, WithdrawClaim
from bot.chat.kit.locale import Locale
from bot.chat.kit.richtext import LONGEST_TEXT, Rich, bold, fill, join, rich
from bot.chat.kit.screen import Button, Row, Screen, footer, named
from bot.chat.orders.claimed import SIGN, problem_words, units_words
from bot.chat.orders.notices import order_button
from bot.orders.claims.read import ClaimView
from bot.orders.claims.rows import RemedyRow
from bot.orders.rules.claims import ClaimState
from bot.orders.views import OrderView
from bot.people.letters import Letter

_LETTERS: Final = 4
_LONGEST: Final = 500


def own_claim_screen(
    _: Locale, claim: ClaimView, order: OrderView, note: str = "", *, withdraws: bool = False
) -> Screen:
    """The report as it stands; `note` says first what has just happened.

    With `withdraws` it asks whether it is to be taken back.
    """
    title = bold(fill(_("Your report on order #{number}"), number=str(order.id)))
    item = fill(
        _("{name} × {quantity}"),
        name=named(_, order.service_name),
        quantity=_.number(order.quantity),
    )
    what = join(
        [problem_words(_, claim.reason), units_words(_, claim.pieces, order.quantity)], " · "
    )
    head: list[Rich | str] = [rich(f"{SIGN} ") + title, item, what]
    said = join([quoted(claim.said[:_LONGEST]), file_words(_, claim.file.kind)])
    letters = join([_letter(_, one) for one in claim.letters[-_LETTERS:]])
    done = join([remedy_line(_, one, order) for one in claim.remedies if one.claim == claim.id])
    ask = _("Take the report back? Then nobody will look into it.") if withdraws else ""
    text = join([note, join([*head, said]), letters, done, _stands(_, claim.state), ask], "\n\n")
    rows = _sure_rows(_, claim) if withdraws else _rows(_, claim)
    return Screen(text.cut(LONGEST_TEXT), (*rows, (order_button(_, order),), footer(_)))


def _letter(_: Locale, letter: Letter) -> Rich:
    said = rich(letter.said).cut(_LONGEST)
    body = join([said, file_words(_, letter.file_kind)], " · ")
    return bold(_("The shop:") if letter.sender else _("You:")) + " " + body


def remedy_line(_: Locale, remedy: RemedyRow, order: OrderView) -> Rich:
    """One thing that was done; empty for a part that did not come."""
    pieces = units_words(_, remedy.units, order.quantity)
    if remedy.amount:
        back = fill(_("Refunded: {amount}"), amount=_.money(remedy.amount))
        return join([rich("💳 ") + back, pieces], " · ")
    if remedy.replacement is not None and remedy.units.count:
        new = fill(_("Replaced by order #{number}"), number=str(remedy.replacement))
        return join([rich("📦 ") + new, pieces], " · ")
    return Rich()


def _stands(_: Locale, state: ClaimState) -> str:
    return {
        ClaimState.OPEN: _("Someone from the shop will look at it and answer here."),
        ClaimState.WITHDRAWN: _("You took this report back."),
        ClaimState.SOLVED: _("✅ The shop has closed this report."),
        ClaimState.MADE_GOOD: _("✅ This report is settled."),
    }[state]


def _rows(_: Locale, claim: ClaimView) -> tuple[Row, ...]:
    files = [one.id for one in claim.letters if one.file and one.sender][-1:]
    shown = tuple(
        (Button(_("🖼 Show the picture"), ShowOwnFile(claim=claim.id, letter=letter)),)
        for letter in files
    )
    if claim.state is not ClaimState.OPEN:
        return shown
    add = Button(_("✍️ Write more"), AddToClaim(claim=claim.id))
    back = Button(_("✖ Take it back"), WithdrawClaim(claim=claim.id))
    return (*shown, (add, back))


def _sure_rows(_: Locale, claim: ClaimView) -> tuple[Row, ...]:
    yes = Button(_("Yes, take it back"), WithdrawClaim(claim=claim.id, sure=True), style="danger")
    return ((yes,), (Button(_("◀ Back"), OpenOwnClaim(claim=claim.id)),))


def add_screen(_: Locale, claim: ClaimView, refusal: str = "") -> Screen:
    """What is to be added comes next."""
    title = bold(fill(_("Your report on order #{number}"), number=str(claim.order)))
    ask = _("Write what you want to add, or send a picture. It goes to the shop as you send it.")
    return Screen(join([title, refusal, ask], "\n\n"), (footer(_, OpenOwnClaim(claim=claim.id)),))


def answered_screen(_: Locale, claim: ClaimView, order: OrderView, letter: Letter) -> Screen:
    """An operator has written; it can be answered while the report is open."""
    title = fill(_("💬 The shop about your report on order #{number}:"), number=str(order.id))
    text = join([bold(title), quoted(letter.said), file_words(_, letter.file_kind)])
    back = Button(_("↩️ Answer"), AddToClaim(claim=claim.id, new=True))
    show = Button(_("🖼 Show the picture"), ShowOwnFile(claim=claim.id, letter=letter.id))
    rows: tuple[Row, ...] = ((show,),) if letter.file else ()
    if claim.state is ClaimState.OPEN:
        rows = (*rows, (back,))
    return Screen(text, (*rows, (order_button(_, order, new=True),), footer(_, new=True)))


def closed_screen(_: Locale, claim: ClaimView, order: OrderView, letter: Letter | None) -> Screen:
    """An operator has closed the report."""
    title = fill(_("✅ Your report on order #{number} is closed."), number=str(order.id))
    words: Rich | str = ""
    rows: tuple[Row, ...] = ()
    if letter is not None:
        said = join([quoted(letter.said), file_words(_, letter.file_kind)])
        words = join([_("The shop:"), said])
    if letter is not None and letter.file:
        show = ShowOwnFile(claim=claim.id, letter=letter.id)
        rows = ((Button(_("🖼 Show the picture"), show),),)
    text = join([bold(title), words], "\n\n")
    return Screen(text, (*rows, (order_button(_, order, new=True),), footer(_, new=True)))


def remedied_screen(_: Locale, order: OrderView, remedy: RemedyRow, *, settled: bool) -> Screen:
    """Money went back, or another order replaces a part; `settled` with the whole report."""
    pieces = units_words(_, remedy.units, order.quantity)
    about = fill(_("📦 Order #{order}"), order=str(order.id))
    item = named(_, order.service_name)
    why = join([_("The shop:"), quoted(remedy.reason)]) if remedy.reason else ""
    end = _("Your report about a problem is settled.") if settled else ""
    text = join(
        [_done(_, remedy), join([bold(about), join([item, pieces], " · ")]), why, end], "\n\n"
    )
    return Screen(text, ((_way(_, order, remedy),), footer(_, new=True)))


def _done(_: Locale, remedy: RemedyRow) -> Rich:
    if remedy.replacement is None:
        return fill(_("💳 {amount} is back in your balance."), amount=bold(_.money(remedy.amount)))
    if not remedy.units.count:
        missing = _(
            "The replacement, order #{number}, did not come. Someone from the shop is"
            " looking at it."
        )
        return fill(missing, number=str(remedy.replacement))
    said = _(
        "📦 A replacement is on its way: order #{number}. It costs you nothing and arrives here"
        " by itself."
    )
    return fill(said, number=str(remedy.replacement))


def _way(_: Locale, order: OrderView, remedy: RemedyRow) -> Button:
    if remedy.replacement is None:
        return order_button(_, order, new=True)
    return order_button(_, order, new=True, number=remedy.replacement)
