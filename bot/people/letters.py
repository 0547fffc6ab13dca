"""Letters: what a customer and operators write to each other through the bot about a subject."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime
from typing import Final

from sqlalchemy import select

from bot.db.tx import Tx, insert_for
from bot.people.tables import letters

_LONGEST: Final = 2000
_COLUMNS: Final = ("id", "subject", "at", "sender", "said", "file", "file_kind", "message")


@dataclass(frozen=True, slots=True)
class Letter:
    """One letter about `subject`, such as `request:5`; `said` is readable here.

    `sender` is an operator's id, empty for the customer. `file` is Telegram's own id of one, with
    its kind beside it (`photo`, `document`). `message` is the one that it came as, in the chat of
    its writer.
    """

    id: int
    subject: str
    at: datetime
    sender: str
    said: str
    file: str = ""
    file_kind: str = ""
    message: int | None = None


def write_letter(
    tx: Tx,
    subject: str,
    sender: str,
    said: str,
    file: str = "",
    file_kind: str = "",
    key: str = "",
    message: int = 0,
) -> int:
    """Keep a letter, sealed; its id. A second one with the same `key` is the first one again.

    Words beyond the first 2,000 characters are cut.
    """
    row = {
        "subject": subject,
        "at": tx.now,
        "sender": sender,
        "said": tx.settings.seal(said[:_LONGEST]),
        "file": file,
        "file_kind": file_kind,
        "idem_key": key or None,
        "message": message or None,
    }
    new = insert_for(tx, letters).values(row).on_conflict_do_nothing(index_elements=["idem_key"])
    written = tx.execute(new.returning(letters.c.id)).scalar_one_or_none()
    known = find_by_key(tx, key) if written is None else int(written)
    if known is None:
        lost = "a key is there, and its letter is not"
        raise AssertionError(lost)
    return known


def find_by_key(tx: Tx, key: str) -> int | None:
    """The id of the letter that was written under this key."""
    query = select(letters.c.id).where(letters.c.idem_key == key)
    return tx.execute(query).scalar_one_or_none()


def list_letters(tx: Tx, subject: str, newest: int = 50) -> tuple[Letter, ...]:
    """The newest letters about a subject, so many at most, oldest first."""
    query = select(*(letters.c[name] for name in _COLUMNS)).where(letters.c.subject == subject)
    found = tx.list(Letter, query.order_by(letters.c.id.desc()).limit(newest))
    return tuple(_letter(tx, row) for row in reversed(found))


def find_message(tx: Tx, subject: str, sender: str = "", before: int = 0) -> int | None:
    """The message of the newest letter that this sender wrote about a subject.

    `before` is a letter that must be newer. Without a `sender` the customer is meant.
    """
    theirs = [letters.c.subject == subject, letters.c.sender == sender]
    if before:
        theirs.append(letters.c.id < before)
    query = select(letters.c.message).where(*theirs, letters.c.message.is_not(None))
    return tx.execute(query.order_by(letters.c.id.desc()).limit(1)).scalar_one_or_none()


def find_letter(tx: Tx, letter: int) -> Letter | None:
    """One letter, None for an unknown id."""
    query = select(*(letters.c[name] for name in _COLUMNS)).where(letters.c.id == letter)
    found = tx.find(Letter, query)
    return None if found is None else _letter(tx, found)


def _letter(tx: Tx, kept: Letter) -> Letter:
    """The same, unsealed."""
    return replace(kept, said=tx.settings.unseal(kept.said))
