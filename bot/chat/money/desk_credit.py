"""Credit granted and taken back, as an operator sees it: before and after, and the way back."""

from __future__ import annotations

from bot.base.ids import TransferId
from bot.base.keys import message_of
from bot.base.money import Money
from bot.chat.desk.parts import desk_screen, sure_screen
from bot.chat.desk.taps import OpenUser
from bot.chat.desk.words import who
from bot.chat.kit.locale import Locale
from bot.chat.kit.names import IN_BUTTON, clip, shorten
from bot.chat.kit.richtext import Rich, bold, fill, join
from bot.chat.kit.screen import Button, Screen, label, which_words
from bot.chat.money.taps import ChooseAmount, DropAmount, MoneyForm, UndoChange
from bot.desk.details import CustomerCard
from bot.money.errors import NotEnoughCredit
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


def ask_back_screen(
    _: Locale, form: MoneyForm, customer: Customer, *, is_sure: bool, much: Money
) -> Screen:
    """A money command that a tap carries out.

    It can be read in two ways, means more than `much`, or it is not `is_sure` whose name it is.
    """
    amounts = [Money(micros) for micros in form.amounts]
    rows = [
        (Button(_meaning(_, form, amount, note), _choose(form, place), style="success"),)
        for place, (amount, note) in enumerate(zip(amounts, form.notes, strict=True))
    ]
    asks = [
        which_words(_) if len(amounts) > 1 else _("No money has moved yet."),
        much_words(_) if len(amounts) == 1 and amounts[0] > much else "",
        "" if is_sure else _whose_words(_),
    ]
    text = join([*map(bold, asks), fill(_("Do you mean {who}?"), who=who(_, customer))])
    return desk_screen(_, text, *rows, (Button(_("✖ No, move nothing"), DropAmount()),))


def much_words(_: Locale) -> str:
    """Why a large amount is asked back."""
    return _("That is more than usual: is the amount right?")


def _whose_words(_: Locale) -> str:
    return _("Names change hands, and Telegram does not confirm that this one is still theirs.")


def _choose(form: MoneyForm, place: int) -> ChooseAmount:
    return ChooseAmount(message=message_of(form.key), place=place, gives=form.gives)


def _meaning(_: Locale, form: MoneyForm, amount: Money, note: str) -> str:
    does = _("✅ Give {amount}") if form.gives else _("✅ Take {amount}")
    said = label(does, amount=_.money(amount))
    return shorten(join([said, _.iso(clip(note, IN_BUTTON)) if note else ""], " · ").text)


def nothing_moved_screen(_: Locale) -> Screen:
    """A money command was meant for nobody."""
    return desk_screen(_, _("Nothing was changed."))


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


def already_undone_screen(_: Locale, customer: Customer) -> Screen:
    """It was undone before."""
    text = _("Nothing was changed now: this has been undone before.")
    return desk_screen(_, join([text, who(_, customer)]), (_card_button(_, customer.id),))


def too_little_screen(_: Locale, refused: NotEnoughCredit, customer: Customer) -> Screen:
    """The customer no longer has what is to be taken."""
    sentence = _(
        "Nothing was taken: the customer has {free} of free credit, and {wanted} was wanted. "
        "What is held for open orders cannot be taken."
    )
    free = refused.total - refused.short_by
    said = fill(sentence, free=_.money(free), wanted=_.money(refused.total))
    return desk_screen(_, join([said, who(_, customer)]), (_card_button(_, customer.id),))


def not_undoable_screen(_: Locale) -> Screen:
    """There is no such change."""
    return desk_screen(_, _("Nothing was changed: there is nothing here to undo."))
