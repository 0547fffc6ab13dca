"""What operators note of a customer, and how much they let them buy."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from sqlalchemy import select, update

from bot.base.acts import Act, Permission
from bot.base.errors import NotYours
from bot.base.ids import CustomerId
from bot.base.money import Money
from bot.db.tx import Tx
from bot.people.audit import note_act
from bot.people.operators import check_act
from bot.people.tables import customers

LONGEST_NOTE: Final = 500


class Limit(StrEnum):
    """One limit of a customer; the value names its column and travels in taps."""

    ORDERS = "orders_per_hour"
    SPEND = "spend_per_day"
    OPEN = "most_open"


@dataclass(frozen=True, slots=True)
class Limits:
    """How much a customer may buy; None where nothing limits them but the shop's own settings."""

    orders_per_hour: int | None = None
    spend_per_day: Money | None = None
    most_open: int | None = None


def load_limits(tx: Tx, customer: CustomerId) -> tuple[Limits, str]:
    """A customer's limits and the note about them. Raises NotYours."""
    columns = [customers.c[limit] for limit in Limit]
    found = tx.execute(
        select(*columns, customers.c.note).where(customers.c.id == customer)
    ).first()
    if found is None:
        raise NotYours
    return Limits(*found[:-1]), str(found[-1])


def set_limit(
    tx: Tx, act: Act, customer: CustomerId, limit: Limit, most: int | Money | None
) -> None:
    """Let a customer buy at most so much, or with None as much as anybody.

    Nothing is written where it is so already. Raises NotYours, NotAllowed.
    """
    check_act(tx, act, Permission.CUSTOMERS)
    limits, _note = load_limits(tx, customer)
    before = getattr(limits, limit)
    if before == most:
        return
    tx.execute(update(customers).where(customers.c.id == customer).values({limit: most}))
    subject = f"customer:{customer}"
    note_act(tx, act.actor, f"limit {limit}", subject, _written(before), _written(most))


def _written(most: int | Money | None) -> str:
    return "" if most is None else f"{most.decimal:f}" if isinstance(most, Money) else str(most)


def set_note(tx: Tx, act: Act, customer: CustomerId, note: str) -> None:
    """Note something about a customer, which only operators read; an empty note is none.

    Raises NotYours, NotAllowed.
    """
    check_act(tx, act, Permission.CUSTOMERS)
    _limits, before = load_limits(tx, customer)
    after = note.strip()[:LONGEST_NOTE]
    if before == after:
        return
    tx.execute(update(customers).where(customers.c.id == customer).values(note=after))
    note_act(tx, act.actor, "note", f"customer:{customer}")
