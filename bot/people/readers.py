"""Somebody who looks at what the shop offers without writing to it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from sqlalchemy import bindparam, select

from bot.base.ids import CustomerId
from bot.db.tx import Tx
from bot.people.tables import customers

_READER: Final = select(
    customers.c.language, customers.c.language_chosen, customers.c.banned
).where(customers.c.id == bindparam("of_reader"))


@dataclass(frozen=True, slots=True)
class Reader:
    """How to speak with somebody; `language` is empty until they chose one in the shop."""

    is_known: bool = False
    language: str = ""
    banned: bool = False


def find_reader(tx: Tx, person: CustomerId) -> Reader:
    """How to speak with a person. Whoever is not known is not written down by it."""
    row = tx.execute(_READER, {"of_reader": person}).one_or_none()
    if row is None:
        return Reader()
    language = row.language if row.language_chosen else ""
    return Reader(is_known=True, language=language, banned=row.banned)
