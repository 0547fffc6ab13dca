"""Customers: as last seen, found again, spoken to in their language, banned or not."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, Final

from sqlalchemy import Select, func, select, update

from bot.base.acts import Act, Role
from bot.base.digits import western_digits
from bot.base.errors import NotYours
from bot.base.ids import CustomerId, ServiceId
from bot.db.tx import Tx, insert_for
from bot.outbox.notices import Sending
from bot.outbox.tables import chat_slots, outbox
from bot.outbox.tell import OUTBOX
from bot.people.audit_log import note_act
from bot.people.operators import check_act
from bot.people.tables import customers, languages, operators

_COLUMNS: Final = tuple(
    customers.c[name]
    for name in ("id", "first_name", "username", "language", "banned", "created_at")
)
_LONGEST_ID: Final = 18
_TO_THE_DAY: Final = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Customer:
    """A person as last seen. `language` is the code the chat speaks with them.

    `role` is set for operators.
    """

    id: CustomerId
    first_name: str
    username: str
    language: str
    banned: bool
    created_at: datetime
    reachable: bool = True
    role: Role | None = None


@dataclass(frozen=True, slots=True)
class Person:
    """Who an update came from, as Telegram says it."""

    id: CustomerId
    first_name: str
    username: str
    language_code: str


def seen(tx: Tx, person: Person, language: str) -> Customer:
    """See `Customers.seen`."""
    names = {"first_name": person.first_name[:64], "username": person.username[:64]}
    first = insert_for(tx, customers).values(
        id=person.id, language=language, created_at=tx.now, seen_at=tx.now, **names
    )
    tx.execute(first.on_conflict_do_nothing())
    known = select(customers).where(customers.c.id == person.id)
    row = tx.execute(known.with_for_update(key_share=True)).one()
    kept = row.language if row.language_chosen else language
    changed = {"language": kept, "seen_at": tx.now, **names}
    tx.execute(update(customers).where(customers.c.id == person.id).values(changed))
    _note_language(tx, kept)
    _revive(tx, person.id)
    shown = select_customers().where(customers.c.id == person.id)
    met = tx.find(Customer, shown)
    if met is None:
        raise NotYours
    return met


def _note_language(tx: Tx, language: str) -> None:
    """Remember to the day who reads what; looked at first, because all would wait for one row."""
    known = select(languages.c.seen_at).where(languages.c.code == language)
    seen_at = tx.execute(known).scalar_one_or_none()
    if seen_at is not None and tx.now - seen_at < _TO_THE_DAY:
        return
    row = insert_for(tx, languages).values(code=language, seen_at=tx.now)
    tx.execute(row.on_conflict_do_update(index_elements=["code"], set_={"seen_at": tx.now}))


def languages_in_use(tx: Tx, since: datetime) -> tuple[str, ...]:
    """See `Translations.languages_in_use`."""
    used = select(languages.c.code).where(languages.c.seen_at >= since).order_by(languages.c.code)
    return tuple(tx.execute(used).scalars())


def _revive(tx: Tx, chat: CustomerId) -> None:
    """What could not be delivered goes out now that the person is here.

    The slot comes first, as when a person is lost: whoever is second sees what the first has done.
    """
    here = update(chat_slots).where(chat_slots.c.chat == chat)
    tx.execute(here.values(reachable=True))
    waiting = update(outbox).where(outbox.c.chat == chat, outbox.c.state == Sending.UNREACHABLE)
    if tx.execute(waiting.values(state=Sending.PENDING, due_at=tx.now, tries=0)).rowcount:
        tx.wake(OUTBOX)


def find(tx: Tx, customer: CustomerId) -> Customer | None:
    """See `Customers.find`."""
    query = select_customers().where(customers.c.id == customer)
    return tx.find(Customer, query)


def find_by_username(tx: Tx, username: str) -> Customer | None:
    """See `Customers.find_by_username`; the last seen one, because names change hands."""
    query = (
        select_customers()
        .where(func.lower(customers.c.username) == username.lower(), customers.c.username != "")
        .order_by(customers.c.seen_at.desc())
        .limit(1)
    )
    return tx.find(Customer, query)


def look_up(tx: Tx, who: str) -> Customer | None:
    """By `123` in the digits of any script, `@name` or `name`."""
    number = western_digits(who)
    if number.isascii() and number.isdigit() and len(number) <= _LONGEST_ID:
        return find(tx, CustomerId(int(number)))
    return find_by_username(tx, who.removeprefix("@"))


def set_language(tx: Tx, customer: CustomerId, language: str) -> None:
    """See `Customers.set_language`."""
    change = update(customers).where(customers.c.id == customer)
    tx.execute(change.values(language=language, language_chosen=True))


def set_banned(tx: Tx, act: Act, customer: CustomerId, *, banned: bool) -> None:
    """Stop a customer from buying, or let them again."""
    check_act(tx, act)
    before = find(tx, customer)
    change = update(customers).where(customers.c.id == customer)
    tx.execute(change.values(banned=banned))
    was = "" if before is None else str(before.banned)
    note_act(tx, act.actor, "ban" if banned else "unban", f"customer:{customer}", was, str(banned))


def remember_wish(tx: Tx, customer: CustomerId, service: ServiceId, quantity: int) -> None:
    """See `Quotes.remember_wish`."""
    change = update(customers).where(customers.c.id == customer)
    tx.execute(change.values(wish_service=service, wish_quantity=quantity, wish_at=tx.now))


def select_customers() -> Select[Any]:
    """Customers, column by column; whom nothing was sent to yet can be reached."""
    reachable = func.coalesce(chat_slots.c.reachable, 1)
    return (
        select(*_COLUMNS, reachable, operators.c.role)
        .outerjoin(chat_slots, chat_slots.c.chat == customers.c.id)
        .outerjoin(operators, operators.c.id == customers.c.id)
    )


def load_customer(tx: Tx, customer: CustomerId) -> Customer:
    """By Telegram's user id. Raises NotYours when nobody is known by it."""
    query = select_customers().where(customers.c.id == customer)
    found = tx.find(Customer, query)
    if found is None:
        raise NotYours
    return found
