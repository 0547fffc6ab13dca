"""The people the shop knows, and what waited for them while they could not be reached."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any, Final

from sqlalchemy import Connection, Row, Select, func, select, update

from bot.domain.ids import CustomerId
from bot.shop.ports import Person
from bot.shop.views import Customer
from bot.storage.audit_log import note_act
from bot.storage.tables import chat_slots, customers, languages, outbox
from bot.storage.upsert import insert_for

_TO_THE_DAY: Final = timedelta(days=1)


def seen(connection: Connection, person: Person, language: str, now: datetime) -> Customer:
    """See `Customers.seen`."""
    names = {"first_name": person.first_name[:64], "username": person.username[:64]}
    first = insert_for(connection, customers).values(
        id=person.id, language=language, created_at=now, seen_at=now, **names
    )
    connection.execute(first.on_conflict_do_nothing())
    known = select(customers).where(customers.c.id == person.id)
    row = connection.execute(known.with_for_update(key_share=True)).one()
    kept = row.language if row.language_chosen else language
    changed = {"language": kept, "seen_at": now, **names}
    connection.execute(update(customers).where(customers.c.id == person.id).values(changed))
    _note_language(connection, kept, now)
    _revive(connection, person.id, now)
    shown = select_customers().where(customers.c.id == person.id)
    return customer_of(connection.execute(shown).one())


def _note_language(connection: Connection, language: str, now: datetime) -> None:
    """Remember to the day who reads what; looked at first, because all would wait for one row."""
    known = select(languages.c.seen_at).where(languages.c.code == language)
    seen_at = connection.execute(known).scalar_one_or_none()
    if seen_at is not None and now - seen_at < _TO_THE_DAY:
        return
    row = insert_for(connection, languages).values(code=language, seen_at=now)
    connection.execute(row.on_conflict_do_update(index_elements=["code"], set_={"seen_at": now}))


def languages_in_use(connection: Connection, since: datetime) -> tuple[str, ...]:
    """See `Translations.languages_in_use`."""
    used = select(languages.c.code).where(languages.c.seen_at >= since).order_by(languages.c.code)
    return tuple(connection.execute(used).scalars())


def _revive(connection: Connection, chat: CustomerId, now: datetime) -> None:
    """What could not be delivered goes out now that the person is here.

    The slot comes first, as when a person is lost: whoever is second sees what the first has done.
    """
    here = update(chat_slots).where(chat_slots.c.chat == chat)
    connection.execute(here.values(reachable=True))
    waiting = update(outbox).where(outbox.c.chat == chat, outbox.c.state == "unreachable")
    connection.execute(waiting.values(state="pending", due_at=now, tries=0))


def find(connection: Connection, customer: CustomerId) -> Customer | None:
    """See `Customers.find`."""
    query = select_customers().where(customers.c.id == customer)
    row = connection.execute(query).one_or_none()
    return None if row is None else customer_of(row)


def find_by_username(connection: Connection, username: str) -> Customer | None:
    """See `Customers.find_by_username`; the last seen one, because names change hands."""
    query = (
        select_customers()
        .where(func.lower(customers.c.username) == username.lower(), customers.c.username != "")
        .order_by(customers.c.seen_at.desc())
        .limit(1)
    )
    row = connection.execute(query).one_or_none()
    return None if row is None else customer_of(row)


def set_language(connection: Connection, customer: CustomerId, language: str) -> None:
    """See `Customers.set_language`."""
    change = update(customers).where(customers.c.id == customer)
    connection.execute(change.values(language=language, language_chosen=True))


def set_banned(
    connection: Connection, customer: CustomerId, by: tuple[str, datetime], *, banned: bool
) -> None:
    """See `Customers.set_banned`."""
    before = find(connection, customer)
    change = update(customers).where(customers.c.id == customer)
    connection.execute(change.values(banned=banned))
    was = "" if before is None else str(before.banned)
    note_act(
        connection, by, "ban" if banned else "unban", f"customer:{customer}", (was, str(banned))
    )


def remember_wish(
    connection: Connection, customer: CustomerId, wish: tuple[int, int], now: datetime
) -> None:
    """See `Quotes.remember_wish`; `wish` is service and quantity."""
    service, quantity = wish
    change = update(customers).where(customers.c.id == customer)
    connection.execute(change.values(wish_service=service, wish_quantity=quantity, wish_at=now))


def select_customers() -> Select[Any]:
    """Customers as `customer_of` takes them; whom nothing was sent to yet can be reached."""
    reachable = func.coalesce(chat_slots.c.reachable, 1).label("reachable")
    return select(customers, reachable).outerjoin(chat_slots, chat_slots.c.chat == customers.c.id)


def customer_of(row: Row[Any]) -> Customer:
    """A row of `select_customers` as the shop shows it."""
    return Customer(
        id=CustomerId(row.id),
        first_name=row.first_name,
        username=row.username,
        language=row.language,
        banned=row.banned,
        reachable=row.reachable,
        created_at=row.created_at,
    )
