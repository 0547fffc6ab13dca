"""A customer's request for a top-up: how to pay, the proof, and what became of it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import datetime
from typing import Final

from bot.base.money import Money
from bot.chat.kit.locale import Locale
from bot.chat.kit.names import IN_TEXT, clip, fit
from bot.chat.kit.richtext import Rich, bold, fill, join
from bot.chat.kit.screen import (
    Button,
    FileKind,
    Row,
    Screen,
    footer,
    how_to_pay,
    label,
    which_words,
)
from bot.chat.money.reasons import reason_line
from bot.chat.money.taps import (
    AnswerQuestion,
    AskAmount,
    ChangeAmount,
    KeepProof,
    OpenMyRequest,
    OpenWallet,
    SendProof,
    TypeTopup,
    WithdrawRequest,
)
from bot.money.ledger import TopupDecision
from bot.money.requests import Proof, TopupRequest
from bot.money.topup import Wanted
from bot.people.letters import Letter

_LONGEST_PROOF: Final = 120
_LONGEST_QUESTION: Final = 1500


def topup_screen(_: Locale, instructions: Rich | str, refusal: Rich | str = "") -> Screen:
    """How to pay, and the amount to ask for."""
    ask = join(
        [
            bold(_("How much would you like to add?")),
            _(
                "Type an amount, for example 10. We get your request and add the amount as soon"
                " as your payment is in."
            ),
        ]
    )
    text = join([refusal, ask, how_to_pay(_, instructions)], "\n\n")
    return Screen(text, (footer(_, OpenWallet()),))


def change_amount_screen(_: Locale, request: TopupRequest, refusal: Rich | str = "") -> Screen:
    """The amount that a request is changed to."""
    now = fill(_("You asked for {amount}."), amount=bold(_.money(request.amount)))
    text = join([refusal, join([now, _("Type the amount you want instead.")])], "\n\n")
    return Screen(text, (footer(_, OpenMyRequest(request=request.id)),))


def which_topup_screen(_: Locale, amounts: Sequence[Money], request: int = 0) -> Screen:
    """A typed amount can be read in two ways."""
    row = tuple(
        Button(_.money(one), AskAmount(amount=one.micros, request=request)) for one in amounts
    )
    return Screen(bold(which_words(_)), (row, footer(_, OpenWallet())))


def amount_or_proof_screen(_: Locale, request: TopupRequest, amounts: Sequence[Money]) -> Screen:
    """What was typed is another amount, or the number of a payment."""
    asked = fill(_("You asked for {amount}."), amount=bold(_.money(request.amount)))
    which = bold(_("Is that the amount you want instead, or the number of your payment?"))
    wanted = tuple(
        Button(
            label(_("Change to {amount}"), amount=_.money(one)),
            AskAmount(amount=one.micros, request=request.id),
        )
        for one in amounts
    )
    proof = (Button(_("📎 It is the number of my payment"), KeepProof(request=request.id)),)
    back = footer(_, SendProof(request=request.id))
    return Screen(join([asked, which], "\n\n"), (wanted, proof, back))


def request_screen(
    _: Locale,
    request: TopupRequest,
    name: str | None,
    instructions: Rich | str,
    now: datetime,
    *,
    note: Rich | str = "",
    asks_proof: bool = False,
) -> Screen:
    """A request as it stands; `name` is that of what it is for, where that is still known.

    `note` says first what has just been done. With `asks_proof` the next message is the proof.
    """
    if not request.is_open:
        ended = join([note, _ENDS[request.decision](_, request)], "\n\n")
        again = (Button(_("➕ Top up"), TypeTopup()),)
        return Screen(ended, (again, footer(_, OpenWallet())))
    stands = fill(
        _("Your request for {amount} is still open. You sent it {ago}."),
        amount=bold(_.money(request.amount)),
        ago=_.ago(request.at, now),
    )
    head = join(
        [note or stands, wanted_line(_, request.wanted, name), proof_line(_, request.proof)]
    )
    pay = Rich() if request.is_proven else how_to_pay(_, instructions)
    text = join([head, pay, _what_next(_, request, asks_proof=asks_proof)], "\n\n")
    return Screen(text, (*_ways(_, request, asks_proof=asks_proof), footer(_, OpenWallet())))


def _what_next(_: Locale, request: TopupRequest, *, asks_proof: bool) -> str:
    if asks_proof:
        return _(
            "Please send a screenshot, a file or the number of your payment now, so that we can"
            " find it. If you have none, tap Skip."
        )
    return _(
        "You don't need to do anything more. We'll write here as soon as we have looked at it."
    )


def _ways(_: Locale, request: TopupRequest, *, asks_proof: bool) -> tuple[Row, ...]:
    again = _("📎 Send another proof") if request.is_proven else _("📎 Send a proof of payment")
    proof = Button(again, SendProof(request=request.id))
    if asks_proof:
        proof = Button(_("Skip"), OpenMyRequest(request=request.id))
    change = Button(_("Change amount"), ChangeAmount(request=request.id))
    withdraw = Button(_("Withdraw"), WithdrawRequest(request=request.id))
    return (proof,), (change, withdraw)


def asked_note(_: Locale, amount: Money) -> Rich:
    """A request has just been made."""
    return fill(_("✅ Request sent: top-up of {amount}."), amount=bold(_.money(amount)))


def changed_note(_: Locale, amount: Money) -> Rich:
    """The amount has just been changed."""
    return fill(_("✅ Changed: you now ask for {amount}."), amount=bold(_.money(amount)))


def proof_note(_: Locale, proof: Proof) -> Rich:
    """A proof has just come."""
    thanks = _("✅ Thank you, we have your proof of payment.")
    first = _("If you send several pictures, we use the first one.") if proof.album else ""
    return join([thanks, first])


def no_proof_note(_: Locale) -> Rich:
    """What came is neither words nor a picture nor a file."""
    return Rich(_("We cannot use that as proof. A screenshot, a file or a few words will do."))


def wanted_line(_: Locale, wanted: Wanted | None, name: str | None) -> Rich:
    """What a request is for; empty where nobody said, or it is no longer listed."""
    if wanted is None or name is None:
        return Rich()
    shown = _.iso(fit(name, IN_TEXT))
    return fill(_("For: {name} × {quantity}"), name=shown, quantity=_.number(wanted.quantity))


def proof_line(_: Locale, proof: Proof) -> Rich:
    """What the customer has sent; empty without anything."""
    words = clip(proof.said, _LONGEST_PROOF)
    kinds = {FileKind.PHOTO: _("a picture"), FileKind.DOCUMENT: _("a file")}
    file = kinds[FileKind(proof.file_kind)] if proof.file else ""
    shown = join([file, f"“{_.iso(words)}”" if words else ""], ", ")
    return fill(_("Proof of payment: {proof}"), proof=shown) if shown.text else Rich()


def question_screen(_: Locale, request: TopupRequest, letter: Letter) -> Screen:
    """An operator asks about a request; once that has ended its end stands first."""
    asks = fill(
        _("💬 A question about your request for {amount}:"), amount=bold(_.money(request.amount))
    )
    said = f"“{_.iso(clip(letter.said, _LONGEST_QUESTION))}”"
    answer = Button(_("✍️ Answer"), AnswerQuestion(request=request.id, new=True), style="primary")
    card = Button(_("💳 Your request"), OpenMyRequest(request=request.id, new=True))
    asked = join([asks, said])
    if request.is_open:
        return Screen(asked, ((answer, card), footer(_, new=True)))
    ended = join([_ENDS[request.decision](_, request), asked], "\n\n")
    return Screen(ended, ((card,), footer(_, new=True)))


def answer_screen(_: Locale, request: TopupRequest, refusal: Rich | str = "") -> Screen:
    """The answer is sent next."""
    text = join(
        [refusal, bold(_("Please type your answer, or send a picture or a file."))], "\n\n"
    )
    return Screen(text, (footer(_, OpenMyRequest(request=request.id)),))


def answered_note(_: Locale) -> Rich:
    """An answer is on its way to the operators."""
    return Rich(_("✅ Thank you, your answer is with the shop."))


def _denied(_: Locale, request: TopupRequest) -> Rich:
    said = fill(
        _("Your balance has not changed: your request for {amount} was declined."),
        amount=bold(_.money(request.amount)),
    )
    return join([said, reason_line(_, request.reason), paid_already(_)])


def _withdrawn(_: Locale, request: TopupRequest) -> Rich:
    said = _("Your request for {amount} is withdrawn. Nothing was added.")
    return join([fill(said, amount=bold(_.money(request.amount))), paid_already(_)])


def _approved(_: Locale, request: TopupRequest) -> Rich:
    said = _("✅ Your request for {amount} was approved. You can see your balance in the wallet.")
    return fill(said, amount=bold(_.money(request.amount)))


def paid_already(_: Locale) -> str:
    """What to do about money that was sent and does not come."""
    return _("If you have paid already, write to support: /support")


_ENDS: Final[dict[TopupDecision, Callable[[Locale, TopupRequest], Rich]]] = {
    TopupDecision.APPROVED: _approved,
    TopupDecision.DENIED: _denied,
    TopupDecision.WITHDRAWN: _withdrawn,
}
