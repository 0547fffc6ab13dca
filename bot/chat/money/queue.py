"""A request for a top-up as operators see it: all that a decision needs, and the decisions."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from bot.base.money import Money
from bot.chat.desk.parts import desk_screen
from bot.chat.desk.taps import OpenUser
from bot.chat.desk.words import who
from bot.chat.kit.locale import Locale
from bot.chat.kit.names import clip
from bot.chat.kit.richtext import Rich, bold, fill, join
from bot.chat.kit.screen import (
    Button,
    FileKind,
    Row,
    Screen,
    StoredFile,
    label,
    pager,
    which_words,
)
from bot.chat.money.desk_credit import much_words
from bot.chat.money.reasons import reason_label, reason_line
from bot.chat.money.request import proof_line, wanted_line
from bot.chat.money.taps import (
    ApproveTopup,
    AskCustomer,
    ChooseDenial,
    DenyTopup,
    GiveOtherAmount,
    OpenApproval,
    OpenApprovals,
    OpenRequest,
    OpenRequests,
    ShowProof,
    TypeDenial,
    TypeOtherAmount,
    UndoChange,
)
from bot.desk.requests import QueuedCard, RequestCard
from bot.money.decide import DenyReason
from bot.money.ledger import TopupDecision
from bot.money.requests import TopupRequest
from bot.outbox.notices import RequestNews
from bot.people.letters import Letter

_LAST_LETTERS: Final = 4
_LONGEST_LETTER: Final = 300
_MOST_FILES: Final = 5


def request_card_screen(
    _: Locale,
    card: RequestCard,
    name: str | None,
    *,
    news: RequestNews = RequestNews.ASKED,
    note: Rich | str = "",
    queued: QueuedCard | None = None,
) -> Screen:
    """One request; `name` is that of what it is for.

    `news` is what is told of it while it is open, `note` what has just been done. `queued` where
    it stands in the queue.
    """
    request = card.request
    told = _news(_, news) if request.is_open else ""
    asks = fill(_("💳 Request for a top-up of {amount}"), amount=bold(_.money(request.amount)))
    about = [
        join([note, told, _place(_, queued)]),
        join([asks, who(_, request.customer), wanted_line(_, request.wanted, name)]),
        join([_standing(_, card), _proof(_, request), *_letters(_, card.letters)]),
        _decided(_, card),
    ]
    rows = _decisions(_, card) if request.is_open else _after(_, card)
    pages: tuple[Row, ...] = ()
    if queued is not None:
        pages = pager(queued.place, queued.total, OpenRequests(page=queued.place))
        pages += approvals_row(_, queued.approvals)
    return desk_screen(_, join(about, "\n\n"), *rows, *pages)


def _news(_: Locale, news: RequestNews) -> str:
    return {
        RequestNews.ASKED: "",
        RequestNews.PROOF: _("📎 The customer has sent a proof of payment."),
        RequestNews.ANSWER: _("💬 The customer has answered."),
        RequestNews.REMINDER: waiting_words(_),
    }[news]


def waiting_words(_: Locale) -> str:
    """What was asked of operators is still undecided."""
    return _("⏰ This request has been waiting for 15 minutes.")


def _place(_: Locale, queued: QueuedCard | None) -> Rich:
    if queued is None:
        return Rich()
    number, count = _.number(queued.place + 1), _.number(queued.total)
    return fill(_("Request {number} of {count}"), number=number, count=count)


def _standing(_: Locale, card: RequestCard) -> Rich:
    """What the customer has, what they were given before, and since when they wait."""
    last = [join([_.money(one.amount), _.moment(one.created_at)], " · ") for one in card.topups]
    before = join([_("Last top-ups:"), *last]) if last else Rich(_("No top-ups before."))
    sent = fill(_("Sent: {time}"), time=_.moment(card.request.at))
    if not card.request.is_open:
        return sent
    balance = fill(_("Balance: {amount}"), amount=_.money(card.free))
    return join([sent, balance, before])


def _proof(_: Locale, request: TopupRequest) -> Rich:
    if request.is_proven:
        return proof_line(_, request.proof)
    return Rich(_("No proof of payment yet."))


def _letters(_: Locale, letters: Sequence[Letter]) -> list[Rich]:
    """The last of what was asked and answered."""
    return [_letter(_, one) for one in letters[-_LAST_LETTERS:]]


def _letter(_: Locale, letter: Letter) -> Rich:
    words = _.iso(clip(letter.said, _LONGEST_LETTER)) or ("📎" if letter.file else "")
    said = _("Asked: “{words}”") if letter.sender else _("Answer: “{words}”")
    return fill(said, words=words)


def _decided(_: Locale, card: RequestCard) -> Rich:
    """What became of it, by whom, and what that did."""
    request, change = card.request, card.change
    if request.is_open:
        return Rich(_("⏳ Waits for a second operator.")) if card.approval else Rich()
    by = Rich()
    if request.decided_by:
        by = fill(_("Decided by {operator}."), operator=_.iso(request.decided_by))
    moved: list[Rich | str] = []
    if change is not None:
        if change.amount != request.amount:
            moved.append(fill(_("Given: {amount}"), amount=bold(_.money(change.amount))))
        after = bold(_.money(change.after))
        sentence = _("Balance: {before} → {after}")
        moved.append(fill(sentence, before=_.money(change.before), after=after))
        moved.append(_("↩ Undone.") if card.is_undone else "")
    reason = reason_line(_, request.reason)
    return join([_ended(_, request.decision), reason, by, *moved])


def _ended(_: Locale, decision: TopupDecision) -> str:
    return {
        TopupDecision.OPEN: "",
        TopupDecision.APPROVED: _("✅ Approved: the credit was given and the customer is told."),
        TopupDecision.DENIED: _("✖ Denied: nothing was given and the customer is told."),
        TopupDecision.WITHDRAWN: _("✖ Withdrawn by the customer: nothing was given."),
    }[decision]


def _decisions(_: Locale, card: RequestCard) -> tuple[Row, ...]:
    request = card.request
    approve = ApproveTopup(request=request.id, version=request.version)
    other = TypeOtherAmount(request=request.id, version=request.version)
    first: Row = (
        Button(_("✅ Approve"), approve, style="success"),
        Button(_("✖ Deny"), ChooseDenial(request=request.id), style="danger"),
    )
    second: Row = (
        Button(_("Other amount"), other),
        Button(_("💬 Ask"), AskCustomer(request=request.id)),
    )
    waiting: Row = ()
    if card.approval is not None:
        open_it = OpenApproval(approval=card.approval.id)
        waiting = (Button(_("👥 Second operator"), open_it, style="primary"),)
    return waiting, first, second, *_looks(_, card)


def _after(_: Locale, card: RequestCard) -> tuple[Row, ...]:
    change = card.change
    undo: Row = ()
    if change is not None and not card.is_undone:
        tap = UndoChange(transfer=change.transfer, customer=card.request.customer.id)
        undo = (Button(_("↩ Undo"), tap),)
    onward: Row = ()
    if card.others:
        shown = label(_("▶ Next request · {count}"), count=_.number(card.others))
        onward = (Button(shown, OpenRequests()),)
    return undo, *_looks(_, card), onward


def _looks(_: Locale, card: RequestCard) -> tuple[Row, ...]:
    customer = Button(_("👤 Customer"), OpenUser(customer=card.request.customer.id))
    if not files_of(card):
        return ((customer,),)
    return ((Button(_("📎 Show proof"), ShowProof(request=card.request.id)), customer),)


def files_of(card: RequestCard) -> tuple[StoredFile, ...]:
    """The files that came with a request and in answers about it, the newest few."""
    proof = card.request.proof
    kept = [(proof.file, proof.file_kind), *((one.file, one.file_kind) for one in card.letters)]
    files = [StoredFile(file, FileKind(kind)) for file, kind in kept if file]
    return tuple(files[-_MOST_FILES:])


def proof_screen(_: Locale, request: TopupRequest, file: StoredFile) -> Screen:
    """A file of the customer's, as Telegram keeps it."""
    asks = fill(_("Request for a top-up of {amount}"), amount=_.money(request.amount))
    row = (Button(_("💳 To the request"), OpenRequest(request=request.id, new=True)),)
    return Screen(join([asks, who(_, request.customer)]), (row,), file=file)


def file_gone_words(_: Locale) -> str:
    """Telegram does not give the file."""
    return _("⚠️ Telegram does not show this file any more. Ask the customer for another one.")


def no_requests_screen(_: Locale, approvals: int = 0) -> Screen:
    """No request waits; credit may wait for a second operator all the same."""
    return desk_screen(_, _("✅ No requests are waiting."), *approvals_row(_, approvals))


def approvals_row(_: Locale, count: int) -> tuple[Row, ...]:
    """The way to the credit that needs a second operator, where there is any."""
    if not count:
        return ()
    shown = label(_("👥 Second operator · {count}"), count=_.number(count))
    return ((Button(shown, OpenApprovals()),),)


def approve_sure_screen(
    _: Locale, request: TopupRequest, amounts: Sequence[Money], *, is_other: bool
) -> Screen:
    """Much is given, or an amount can be read in two ways: which one, and to whom."""
    much = join([_("No money has moved yet."), much_words(_)])
    asks = which_words(_) if len(amounts) > 1 else much
    taps = [_approval(request, amount, is_other=is_other) for amount in amounts]
    given = [label(_("✅ Give {amount}"), amount=_.money(amount)) for amount in amounts]
    rows = [(Button(one, tap, style="success"),) for one, tap in zip(given, taps, strict=True)]
    back = (Button(_("◀ Back"), OpenRequest(request=request.id)),)
    return desk_screen(_, join([bold(asks), who(_, request.customer)]), *rows, back)


def _approval(
    request: TopupRequest, amount: Money, *, is_other: bool
) -> ApproveTopup | GiveOtherAmount:
    number, version = request.id, request.version
    if is_other:
        return GiveOtherAmount(request=number, version=version, amount=amount.micros)
    return ApproveTopup(request=number, version=version, sure=True)


def other_amount_screen(_: Locale, request: TopupRequest, refusal: Rich | str = "") -> Screen:
    """The amount that is given instead is typed next."""
    asks = fill(_("{amount} is asked for."), amount=bold(_.money(request.amount)))
    ask = _("Type the amount to give instead, for example 12.50.")
    text = join([refusal, join([asks, who(_, request.customer), ask])], "\n\n")
    return desk_screen(_, text, (Button(_("◀ Back"), OpenRequest(request=request.id)),))


def denial_screen(_: Locale, request: TopupRequest) -> Screen:
    """Why a request is denied."""
    asks = fill(
        _("Why is the request for {amount} denied? The customer reads it."),
        amount=bold(_.money(request.amount)),
    )
    reasons = [
        (Button(reason_label(_, one), DenyTopup(request=request.id, reason=one)),)
        for one in DenyReason
    ]
    own = (
        Button(_("✍️ Own words"), TypeDenial(request=request.id)),
        Button(_("No reason"), DenyTopup(request=request.id)),
    )
    back = (Button(_("◀ Back"), OpenRequest(request=request.id)),)
    return desk_screen(_, join([asks, who(_, request.customer)]), *reasons, own, back)


def type_words_screen(_: Locale, request: TopupRequest, ask: str) -> Screen:
    """A reason or a question is typed next."""
    back = (Button(_("◀ Back"), OpenRequest(request=request.id)),)
    return desk_screen(_, join([bold(ask), who(_, request.customer)]), back)
