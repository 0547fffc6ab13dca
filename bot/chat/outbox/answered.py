"""Which message of its chat a notice answers: what somebody wrote there, or was shown there."""

from __future__ import annotations

from typing import Final

from bot.base.ids import CustomerId
from bot.base.subjects import claim_subject, customer_subject, request_subject
from bot.db.database import Database
from bot.db.tx import Tx
from bot.money import requests
from bot.orders.claims import read as claims
from bot.outbox import notices as said
from bot.outbox.claim_notices import ClaimAlert, ClaimAnswered, ClaimClosed, OrderRemedied
from bot.outbox.store import Outgoing, find_first_message
from bot.people.letters import find_message, list_letters

MAY_ANSWER: Final = (
    ClaimAlert,
    ClaimAnswered,
    ClaimClosed,
    OrderRemedied,
    said.Credited,
    said.TopupAsked,
    said.TopupDenied,
    said.RequestQuestion,
    said.ApprovalAsked,
    said.LetterCame,
    said.LetterAnswered,
)
"""The notices that may be replies."""
_BEFORE: Final = 5


async def find_answered(db: Database, row: Outgoing) -> int | None:
    """The message that one of these is sent as a reply to; None where none is known."""
    return await db.read(_replied, row)


def _replied(tx: Tx, row: Outgoing) -> int | None:
    match row.notice:
        case ClaimAnswered() | ClaimClosed() | OrderRemedied() as notice:
            letter = 0 if isinstance(notice, OrderRemedied) else notice.letter
            return claims.find_customers_message(tx, notice.claim, letter)
        case said.RequestQuestion() as asked:
            return requests.find_customers_message(tx, asked.request, asked.letter)
        case said.TopupDenied() | said.Credited() as decided:
            return requests.find_customers_message(tx, decided.request)
        case said.LetterCame() as came:
            return _written_last(tx, customer_subject(row.chat), came.letter)
    return _replied_by_operator(tx, row)


def _written_last(tx: Tx, subject: str, letter: int) -> int | None:
    """What the customer wrote, where nothing came between it and the letter."""
    earlier = [one for one in list_letters(tx, subject, _BEFORE) if one.id < letter]
    return earlier[-1].message if earlier and not earlier[-1].sender else None


def _replied_by_operator(tx: Tx, row: Outgoing) -> int | None:
    """What this operator wrote to the customer before; else the first alert, if it stands yet."""
    wrote = None
    match row.notice:
        case said.LetterAnswered() as answered:
            subject = customer_subject(CustomerId(answered.customer))
            return find_message(tx, subject, str(row.chat), answered.letter)
        case ClaimAlert() as alert if alert.letter:
            wrote = find_message(tx, claim_subject(alert.claim), str(row.chat), alert.letter)
        case said.TopupAsked() as asked if asked.about is said.RequestNews.ANSWER:
            wrote = find_message(tx, request_subject(asked.request), str(row.chat))
    return find_first_message(tx, row) if wrote is None else wrote
