"""Credit granted and taken back, as an operator sees it: before and after, and the way back."""

from __future__ import annotations

from bot.base.ids import TransferId
from bot.base.keys import message_of
from bot.base.money import Money
from bot.chat.desk.parts import desk_screen, sure_screen
from bot.chat.desk.taps import OpenUser
from bot.chat.desk.words import who
from bot.chat.kit.locale import Locale
from bot.chat.kit.names import IN_BUTTON, clip
from bot.chat.kit.richtext import Rich, bold, fill, join
from bot.chat.kit.screen import Button, Row, Screen, which_words
from bot.chat.money.taps import ChooseAmount, DecideTopup, MoneyForm, UndoChange
from bot.desk.details import CustomerCard
from bot.money.errors import NotEnoughCredit
from bot.money.ledger import TopupDecision
from bot.money.requests import TopupRequest
from bot.money.topup import Change
from bot.money.wallet import Movement
from bot.people.customers import Customer


def change_screen(_: Locale, change: Change, headline: str) -> Screen:
    """A top-up or debit done; a repeated command shows the same."""
    undo = UndoChange(transfer=change.transfer, customer=change.customer.id)
    row = (Button(_("↩ Undo"), undo), _card_button(_, change.customer.id))
    first = fill(headline, amount=bold(_.money(_size(change))))
    told = _("The customer is told.")
    return desk_screen(_, join([first, who(_, change.customer), _balances(_, change), told]), row)


def _size(change: Change) -> Money:
    return change.amount if change.amount.micros >= 0 else -change.amount


def _balances(_: Locale, change: Change) -> Rich:
    return fill(
        _("Balance: {before} → {after}"),
        before=_.money(change.before),
        after=bold(_.money(change.after)),
    )


def _card_button(_: Locale, customer: int) -> Button:
    return Button(_("👤 Customer"), OpenUser(customer=customer))


def which_amount_screen(_: Locale, form: MoneyForm, customer: Customer) -> Screen:
    """A money command can be read in two ways; a tap on one of them carries it out."""
    rows = [
        (Button(_meaning(_, *meaning), _choose(form, place)),)
        for place, meaning in enumerate(zip(form.amounts, form.notes, strict=True))
    ]
    return desk_screen(_, join([bold(which_words(_)), who(_, customer)]), *rows)


def _choose(form: MoneyForm, place: int) -> ChooseAmount:
    return ChooseAmount(message=message_of(form.key), place=place, gives=form.gives)


def _meaning(_: Locale, micros: int, note: str) -> str:
    shown = join([_.money(Money(micros)), _.iso(note) if note else ""], " · ").text
    return clip(shown, IN_BUTTON)


def undo_sure_screen(_: Locale, card: CustomerCard, transfer: TransferId) -> Screen:
    """What undoing will do, before it is done."""
    found = (movement for movement in card.movements if movement.transfer == transfer)
    text = join(
        [
            bold(_("Undo this change of credit?")),
            _what_is_undone(_, next(found, None)),
            who(_, card.customer),
            fill(_("Balance now: {balance}"), balance=_.money(card.wallet.free)),
        ]
    )
    tap = UndoChange(transfer=transfer, customer=card.customer.id, sure=True)
    return sure_screen(_, text, Button(_("↩ Undo"), tap), OpenUser(customer=card.customer.id))


def _what_is_undone(_: Locale, movement: Movement | None) -> Rich | str:
    if movement is None:
        return _("The opposite movement is written down, and the customer is told.")
    if movement.amount.micros > 0:
        sentence = _("{amount} is taken back from the customer.")
        return fill(sentence, amount=_.money(movement.amount))
    return fill(_("{amount} goes back to the customer."), amount=_.money(-movement.amount))


def undone_screen(_: Locale, change: Change) -> Screen:
    """A change was undone."""
    text = join([_("↩ Undone."), who(_, change.customer), _balances(_, change)])
    return desk_screen(_, text, (_card_button(_, change.customer.id),))


def already_undone_screen(_: Locale, customer: int) -> Screen:
    """It was undone before."""
    text = _("Nothing was changed now: this has been undone before.")
    return desk_screen(_, text, (_card_button(_, customer),))


def too_little_screen(_: Locale, refused: NotEnoughCredit, customer: int) -> Screen:
    """The customer no longer has what is to be taken."""
    sentence = _(
        "Nothing was taken: the customer has {free} of free credit, and {wanted} was wanted. "
        "What is held for open orders cannot be taken."
    )
    free = refused.total - refused.short_by
    text = fill(sentence, free=_.money(free), wanted=_.money(refused.total))
    return desk_screen(_, text, (_card_button(_, customer),))


def not_undoable_screen(_: Locale) -> Screen:
    """There is no such change."""
    return desk_screen(_, _("Nothing was changed: there is nothing here to undo."))


def topup_request_screen(_: Locale, request: TopupRequest, change: Change | None = None) -> Screen:
    """A customer's request for credit, with the two answers while it is open."""
    asks = fill(_("💳 {amount} of credit is asked for."), amount=bold(_.money(request.amount)))
    decided = {
        TopupDecision.APPROVED: _("✅ Approved: the credit was given and the customer is told."),
        TopupDecision.DENIED: _("✖ Denied: nothing was given and the customer is told."),
    }
    asked = [asks, who(_, request.customer), _.moment(request.at)]
    now = "" if change is None else _balances(_, change)
    text = join([*asked, decided.get(request.decision, ""), now])
    return desk_screen(_, text, *_answers(_, request, change))


def _answers(_: Locale, request: TopupRequest, change: Change | None) -> tuple[Row, ...]:
    card: Row = (_card_button(_, request.customer.id),)
    if request.decision is not TopupDecision.OPEN:
        if change is None:
            return (card,)
        undo = UndoChange(transfer=change.transfer, customer=request.customer.id)
        return ((Button(_("↩ Undo"), undo),), card)
    approve = DecideTopup(request=request.id, approve=True)
    deny = DecideTopup(request=request.id, approve=False)
    yes = Button(_("✅ Approve"), approve, style="success")
    return ((yes, Button(_("✖ Deny"), deny, style="danger")), card)
