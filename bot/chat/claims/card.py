"""A claim as operators see it, with everything that is decided by, and the queue of those open."""

from __future__ import annotations

from datetime import datetime
from typing import Final

from bot.base.page import Page
from bot.chat.claims.own import remedy_line
from bot.chat.claims.report import file_words, quoted
from bot.chat.claims.taps import (
    AnswerClaim,
    OpenClaim,
    OpenClaims,
    RefundClaim,
    ReplaceClaim,
    Share,
    ShowClaimFile,
    SolveClaim,
)
from bot.chat.desk.parts import desk_screen, order_line
from bot.chat.desk.replacement import replacement_line
from bot.chat.desk.taps import OpenOrderDetails, OpenUser
from bot.chat.desk.words import who
from bot.chat.kit.locale import Locale
from bot.chat.kit.names import clip, shorten
from bot.chat.kit.richtext import Rich, bold, code, fill, join, rich, styled
from bot.chat.kit.screen import Button, Row, Screen, label, pager
from bot.chat.orders.claimed import units_words
from bot.desk.claims import ClaimDetails, ClaimLine
from bot.orders.rules.claims import ClaimReason, ClaimState
from bot.orders.rules.moves import OPEN
from bot.people.letters import Letter

_FOLDED: Final = "expandable_blockquote"
_LETTERS: Final = 8
_LONGEST: Final = 300


def reason_words(_: Locale, reason: ClaimReason) -> str:
    """What is wrong, for operators."""
    return {
        ClaimReason.DOES_NOT_WORK: _("does not work"),
        ClaimReason.WRONG_ITEM: _("wrong item"),
        ClaimReason.LESS: _("less than ordered"),
        ClaimReason.NOT_ARRIVED: _("not arrived"),
        ClaimReason.OTHER: _("something else"),
    }[reason]


def claim_screen(_: Locale, details: ClaimDetails, now: datetime, note: Rich | str = "") -> Screen:
    """The claim's card; `note` says first what has just happened."""
    claim = details.claim
    title = fill(
        _("Claim about order #{order}: {state}"),
        order=str(claim.order),
        state=_state(_, claim.state),
    )
    pieces = units_words(_, claim.pieces, details.order.quantity)
    what = join([bold(reason_words(_, claim.reason)), pieces, _.ago(claim.at, now)], " · ")
    said = join([quoted(claim.said), file_words(_, claim.file.kind)])
    head = join([bold(title), who(_, details.customer), what, said])
    sections = [note, head, _order(_, details), _money(_, details), _letters(_, details)]
    return desk_screen(_, join(sections, "\n\n"), *_rows(_, details))


def _state(_: Locale, state: ClaimState) -> str:
    return {
        ClaimState.OPEN: _("open"),
        ClaimState.WITHDRAWN: _("withdrawn by the customer"),
        ClaimState.SOLVED: _("closed"),
        ClaimState.MADE_GOOD: _("settled"),
    }[state]


def _order(_: Locale, details: ClaimDetails) -> Rich:
    at = _.iso(clip(details.supplier, 60))
    number = _("no order number there")
    there: Rich | str = number
    if details.remote_order is not None:
        remote = code(clip(details.remote_order, 60))
        there = fill(_("order {number} there"), number=remote)
    order = details.order
    gone = order.batches > 0 and not order.goods_kept
    purged = _("The goods are no longer kept.") if gone else ""
    way = _("The order is still under way: its money is held.") if order.state in OPEN else ""
    return join([order_line(_, order), join([at, there], " · "), purged, way])


def _money(_: Locale, details: ClaimDetails) -> Rich:
    paid, order = details.paid, details.order
    back = order.released + paid.refunded
    given = fill(_("Given back: {amount}"), amount=_.money(back)) if back else ""
    pays = fill(_("Paid: {amount}"), amount=_.money(paid.captured))
    lines = [
        pays if order.replaces is None else replacement_line(_, order.replaces),
        given,
        fill(_("Expected cost: {amount}"), amount=_.money(details.cost)),
    ]
    done = [remedy_line(_, one, order) for one in details.claim.remedies]
    return join([join(lines, " · "), *done])


def _letters(_: Locale, details: ClaimDetails) -> Rich:
    lines = [_letter(_, one) for one in details.claim.letters[-_LETTERS:]]
    return styled(_FOLDED, join(lines)) if lines else Rich()


def _letter(_: Locale, letter: Letter) -> Rich:
    by = _.iso(letter.sender) if letter.sender else _("The customer")
    said = rich(letter.said).cut(_LONGEST)
    return bold(f"{by}: ") + join([said, file_words(_, letter.file_kind)], " · ")


def _rows(_: Locale, details: ClaimDetails) -> tuple[Row, ...]:
    claim = details.claim
    look = (
        Button(_("📦 Order"), OpenOrderDetails(order=claim.order)),
        Button(_("👤 Customer"), OpenUser(customer=details.customer.id)),
    )
    others = (Button(_("⚠️ Claims"), OpenClaims()),)
    decide = _decisions(_, details) if claim.state is ClaimState.OPEN else ()
    return (*decide, *_files(_, details), look, others)


def _decisions(_: Locale, details: ClaimDetails) -> tuple[Row, ...]:
    claim = details.claim.id
    answer = Button(_("💬 Answer"), AnswerClaim(claim=claim))
    solved = Button(_("✅ Solved"), SolveClaim(claim=claim))
    return (*_refunds(_, details), *_replace(_, details), (answer, solved))


def _refunds(_: Locale, details: ClaimDetails) -> tuple[Row, ...]:
    """For what the claim names, for some, for all that is left; each only where it differs."""
    if not details.paid.left or not details.left.count:
        return ()
    named, left = details.named.count, details.left.count
    if left == 1:
        return ((Button(_("💳 Refund"), _refund(details, Share.ALL)),),)
    named_words = label(_("💳 Refund {count} named"), count=_.number(named))
    some = Button(_("Refund some"), _refund(details, Share.SOME))
    everything = Button(
        label(_("💳 Refund all {count}"), count=_.number(left)), _refund(details, Share.ALL)
    )
    first = Button(named_words, _refund(details, Share.NAMED))
    return ((first, everything), (some,)) if 0 < named < left else ((everything, some),)


def _refund(details: ClaimDetails, share: Share) -> RefundClaim:
    units = max(1, details.named.count - 1) if share is Share.SOME else 0
    claim, seen = details.claim.id, details.seen
    return RefundClaim(claim=claim, share=share, seen=seen, units=units)


def _replace(_: Locale, details: ClaimDetails) -> tuple[Row, ...]:
    count = details.replaceable.count
    if not count:
        return ()
    words = label(_("📦 Replace {count}"), count=_.number(count)) if count > 1 else ""
    tap = ReplaceClaim(claim=details.claim.id, seen=details.seen)
    return ((Button(words or _("📦 Replace"), tap),),)


def _files(_: Locale, details: ClaimDetails) -> tuple[Row, ...]:
    """The way to the picture of the claim, and to the newest that the customer sent later."""
    claim = details.claim
    found = [0] if claim.file.id else []
    found += [one.id for one in claim.letters if one.file and not one.sender][-1:]
    buttons = (
        Button(_("🖼 Show the picture"), ShowClaimFile(claim=claim.id, letter=letter))
        for letter in found
    )
    return (tuple(buttons),)


def claims_screen(_: Locale, page: Page[ClaimLine], now: datetime) -> Screen:
    """The claims that wait, oldest first."""
    count = fill(_.n("{count} claim", "{count} claims", page.total), count=_.number(page.total))
    shown = count if page.total else _("Nothing waits here.")
    rows = [(_claim_button(_, one, now),) for one in page.rows]
    turn = pager(page.number, page.pages, OpenClaims())
    return desk_screen(_, join([bold(_("Open claims")), shown]), *rows, *turn)


def _claim_button(_: Locale, line: ClaimLine, now: datetime) -> Button:
    text = f"#{line.order} · {reason_words(_, line.reason)} · {_.ago(line.at, now)}"
    shown = shorten(f"{text} · {_.iso(clip(line.service_name, 40))}")
    return Button(shown, OpenClaim(claim=line.id))
