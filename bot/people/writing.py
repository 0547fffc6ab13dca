"""Operators and customers write to each other through the bot, about nothing in particular."""

from __future__ import annotations

from bot.base.acts import Act, Permission
from bot.base.errors import NotYours
from bot.base.ids import CustomerId
from bot.base.keys import letter_key, message_of
from bot.base.subjects import customer_subject
from bot.db.tx import Tx
from bot.outbox.notices import LetterAnswered, LetterCame
from bot.outbox.tell import tell
from bot.people.audit import note_act
from bot.people.customers import load_customer
from bot.people.letters import find_by_key, list_letters, write_letter
from bot.people.operators import check_act


def write_to(tx: Tx, act: Act, customer: CustomerId, said: str) -> int:
    """Bring an operator's words to a customer, once by the act's key; the letter.

    Raises NotYours for an unknown customer and for who may not act, NotAllowed.
    """
    check_act(tx, act, Permission.CUSTOMERS)
    load_customer(tx, customer)
    if (known := find_by_key(tx, act.key)) is not None:
        return known
    subject, message = customer_subject(customer), message_of(act.key)
    letter = write_letter(tx, subject, act.actor, said, key=act.key, message=message)
    tell(tx, customer, letter_key(letter), LetterCame(letter))
    note_act(tx, act.actor, "write", f"customer:{customer}")
    return letter


def answer_shop(tx: Tx, customer: CustomerId, said: str, key: str) -> int:
    """Bring a customer's answer to the operators who look after customers, once by its key.

    Raises NotYours where the shop has never written to them.
    """
    subject = customer_subject(customer)
    if not any(letter.sender for letter in list_letters(tx, subject)):
        raise NotYours
    letter = write_letter(tx, subject, "", said, key=key, message=message_of(key))
    for operator in tx.settings.list_operators(tx, Permission.CUSTOMERS):
        answered = LetterAnswered(customer, letter)
        tell(tx, operator, f"{letter_key(letter)}:{operator}", answered)
    return letter
