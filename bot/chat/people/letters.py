"""What operators and customers write to each other, on both sides."""

from __future__ import annotations

from bot.chat.desk.parts import desk_screen
from bot.chat.desk.taps import OpenUser
from bot.chat.desk.words import who
from bot.chat.kit.locale import Locale
from bot.chat.kit.names import clip
from bot.chat.kit.richtext import Rich, bold, fill, join
from bot.chat.kit.screen import Button, Screen, footer
from bot.chat.people.taps import AnswerShop, WriteToCustomer
from bot.people.customers import Customer
from bot.people.letters import Letter

_LONGEST = 2_000
_SHOWN = 300


def ask_letter_screen(
    _: Locale, customer: Customer, before: tuple[Letter, ...], refusal: str = ""
) -> Screen:
    """A letter to a customer is typed next; `before` are the newest of both."""
    lines = [_line(_, letter) for letter in before]
    ask = bold(_("Write what the customer reads. They can answer it."))
    text = join([refusal, bold("👤 ") + who(_, customer), *lines, ask], "\n\n")
    return desk_screen(_, text, (Button(_("◀ Back"), OpenUser(customer=customer.id)),))


def _line(_: Locale, letter: Letter) -> Rich:
    whose = _("The shop:") if letter.sender else _("The customer")
    return join([_.moment(letter.at), whose, f"“{_.iso(clip(letter.said, _SHOWN))}”"], " · ")


def letter_screen(_: Locale, letter: Letter) -> Screen:
    """An operator's words, as their customer reads them."""
    said = fill(_("The shop writes: “{words}”"), words=_.iso(clip(letter.said, _LONGEST)))
    answer = Button(_("✍️ Answer"), AnswerShop(new=True), style="primary")
    return Screen(said, ((answer,), footer(_, new=True)))


def answer_shop_screen(_: Locale, note: str = "") -> Screen:
    """The answer to the shop is typed next, or `note` says what became of it."""
    return Screen(bold(note or _("Please type your answer.")), (footer(_),))


def answered_letter_screen(_: Locale, customer: Customer, letter: Letter) -> Screen:
    """What a customer has answered, as operators read it."""
    title = bold(_("💬 The customer has answered."))
    said = f"“{_.iso(clip(letter.said, _LONGEST))}”"
    answer = Button(_("💬 Answer"), WriteToCustomer(customer=customer.id))
    card = Button(_("👤 Customer"), OpenUser(customer=customer.id))
    return desk_screen(_, join([title, who(_, customer), said]), (answer, card))
