"""Customers: as last seen, found again, spoken to in their language, banned or not.

What a customer's chat is expected to type next is remembered over restarts, for every replica.
"""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any, Final

from sqlalchemy import Select, bindparam, delete, func, select, update

from bot.base.acts import Act, Permission, Role
from bot.base.clock import Clock, is_over
from bot.base.digits import western_digits
from bot.base.errors import NotYours
from bot.base.ids import CustomerId, ServiceId
from bot.base.keys import customer_change
from bot.base.topics import MENUS, NEW_LANGUAGE, OUTBOX
from bot.db.database import Database
from bot.db.replicas import note_change
from bot.db.tx import Tx, insert_for
from bot.outbox.tables import Sending, chat_slots, outbox
from bot.people.audit import note_act
from bot.people.operators import check_act, find_role
from bot.people.tables import customers, forms, languages, operators

_COLUMNS: Final = tuple(
    customers.c[name]
    for name in ("id", "first_name", "username", "language", "banned", "created_at")
)
_FORM: Final = select(forms.c.form).where(forms.c.chat == bindparam("of_chat"))
_LONGEST_ID: Final = 18
_TO_THE_DAY: Final = timedelta(days=1)
_KNOWN_AT_MOST: Final = 20_000
_FRESH_FOR: Final = timedelta(minutes=1)


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


def note_seen(tx: Tx, person: Person, language: str) -> Customer:
    """Remember a person's names and that they can be reached, so what waited for them goes out.

    `language` counts until the customer chooses one.
    """
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
    return load_customer(tx, person.id)


def _note_language(tx: Tx, language: str) -> None:
    """Remember to the day who reads what; looked at first, because all would wait for one row."""
    known = select(languages.c.seen_at).where(languages.c.code == language)
    seen_at = tx.execute(known).scalar_one_or_none()
    if seen_at is not None and not is_over(seen_at, _TO_THE_DAY, tx.now):
        return
    tx.wake(NEW_LANGUAGE)
    row = insert_for(tx, languages).values(code=language, seen_at=tx.now)
    tx.execute(row.on_conflict_do_update(index_elements=["code"], set_={"seen_at": tx.now}))


def languages_in_use(tx: Tx, since: datetime) -> tuple[str, ...]:
    """The languages of the customers who were here since then, by their codes."""
    used = select(languages.c.code).where(languages.c.seen_at >= since).order_by(languages.c.code)
    return tuple(tx.execute(used).scalars())


def _revive(tx: Tx, chat: CustomerId) -> None:
    """Send what could not be delivered, now that the person is here.

    The slot is changed first, as it is when a person cannot be reached: of two at once the second
    sees what the first has done.
    """
    here = update(chat_slots).where(chat_slots.c.chat == chat)
    tx.execute(here.values(reachable=True))
    waiting = update(outbox).where(outbox.c.chat == chat, outbox.c.state == Sending.UNREACHABLE)
    if tx.execute(waiting.values(state=Sending.PENDING, due_at=tx.now, tries=0)).rowcount:
        tx.wake(OUTBOX)


def find(tx: Tx, customer: CustomerId) -> Customer | None:
    """A customer by Telegram's user id, None when nobody is known by it."""
    return tx.find(Customer, select_customers().where(customers.c.id == customer))


def find_by_username(tx: Tx, username: str) -> Customer | None:
    """A customer by their name without the @, in any case.

    Names change hands: of several the one who was here last.
    """
    query = (
        select_customers()
        .where(func.lower(customers.c.username) == username.lower(), customers.c.username != "")
        .order_by(customers.c.seen_at.desc())
        .limit(1)
    )
    return tx.find(Customer, query)


def look_up(tx: Tx, who: str) -> Customer | None:
    """A customer by `123` in the digits of any script, `@name` or `name`."""
    number = western_digits(who)
    if number.isascii() and number.isdigit() and len(number) <= _LONGEST_ID:
        return find(tx, CustomerId(int(number)))
    return find_by_username(tx, who.removeprefix("@"))


def set_language(tx: Tx, customer: CustomerId, language: str) -> None:
    """Note the customer's own choice, which counts before Telegram's."""
    change = update(customers).where(customers.c.id == customer)
    tx.execute(change.values(language=language, language_chosen=True))
    note_change(tx, customer_change(customer))
    if find_role(tx, customer) is not None:
        tx.wake(MENUS)
    _note_language(tx, language)


def set_banned(tx: Tx, act: Act, customer: CustomerId, *, banned: bool) -> None:
    """Stop a customer from buying, or let them again; the audit log says who did."""
    check_act(tx, act, Permission.CUSTOMERS)
    before = find(tx, customer)
    change = update(customers).where(customers.c.id == customer)
    tx.execute(change.values(banned=banned))
    note_change(tx, customer_change(customer))
    was = "" if before is None else str(before.banned)
    note_act(tx, act.actor, "ban" if banned else "unban", f"customer:{customer}", was, str(banned))


def shared_language(tx: Tx) -> str:
    """The language that most operators read; empty while none of them has written."""
    read_by = func.count().label("readers")
    query = (
        select(customers.c.language)
        .join(operators, operators.c.id == customers.c.id)
        .group_by(customers.c.language)
        .order_by(read_by.desc(), customers.c.language)
        .limit(1)
    )
    return tx.execute(query).scalar_one_or_none() or ""


def remember_purchase(tx: Tx, customer: CustomerId, service: ServiceId, quantity: int) -> None:
    """Remember what a customer could not afford, to offer it when credit comes."""
    change = update(customers).where(customers.c.id == customer)
    tx.execute(change.values(wish_service=service, wish_quantity=quantity, wish_at=tx.now))


def select_customers() -> Select[Any]:
    """Customers, column by column; one without a slot in the outbox counts as reachable."""
    reachable = func.coalesce(chat_slots.c.reachable, 1)
    return (
        select(*_COLUMNS, reachable, operators.c.role)
        .outerjoin(chat_slots, chat_slots.c.chat == customers.c.id)
        .outerjoin(operators, operators.c.id == customers.c.id)
    )


def load_customer(tx: Tx, customer: CustomerId) -> Customer:
    """A customer by Telegram's user id. Raises NotYours when nobody is known by it."""
    found = find(tx, customer)
    if found is None:
        raise NotYours
    return found


def expect_newer_form(tx: Tx, chat: int, form: str, is_older: Callable[[str], bool]) -> bool:
    """Expect this form instead of one that is older; False where the chat's own is newer."""
    known = tx.execute(_FORM.with_for_update(), {"of_chat": chat}).scalar_one_or_none()
    if known is not None and not is_older(known):
        return False
    expect_form(tx, chat, form)
    return True


def expect_form(tx: Tx, chat: int, form: str) -> None:
    """Expect this form to be typed next into a chat, instead of any other."""
    row = insert_for(tx, forms).values(chat=chat, form=form)
    tx.execute(row.on_conflict_do_update(index_elements=["chat"], set_={"form": form}))


def find_form(tx: Tx, chat: int) -> str | None:
    """The form that a chat is expected to type, None when there is none."""
    return tx.execute(_FORM, {"of_chat": chat}).scalar_one_or_none()


def change_form(tx: Tx, chat: int, change: Callable[[str], str | None]) -> str | None:
    """Change what a chat is expected to type, one change after another; the form then.

    None where nothing is expected, or where `change` says that it is another form.
    """
    row = tx.execute(_FORM.with_for_update(), {"of_chat": chat}).scalar_one_or_none()
    changed = None if row is None else change(row)
    if changed is not None and changed != row:
        tx.execute(update(forms).where(forms.c.chat == chat).values(form=changed))
    return changed


def drop_form(tx: Tx, chat: int) -> None:
    """Expect nothing to be typed."""
    tx.execute(delete(forms).where(forms.c.chat == chat))


@dataclass(frozen=True, slots=True)
class _Memory:
    person: Person
    customer: Customer
    until: datetime


@dataclass(slots=True)
class CustomerCache:
    """The customer behind a person; a repeat within a minute costs no transaction.

    `choose_language` leads from Telegram's `language_code` to one of ours.
    """

    db: Database
    clock: Clock
    choose_language: Callable[[str], str]
    _known: OrderedDict[CustomerId, _Memory] = field(default_factory=OrderedDict)
    _forgotten: int = 0

    async def __call__(self, person: Person) -> Customer:
        """Who this is, with language and ban as they stand now (at most a minute old)."""
        now = self.clock.now()
        memory = self._known.get(person.id)
        if memory is not None and memory.person == person and now < memory.until:
            return memory.customer
        language = self.choose_language(person.language_code)
        forgotten = self._forgotten
        customer = await self.db.write(note_seen, person, language)
        if forgotten != self._forgotten:  # something changed meanwhile, perhaps about this one
            return customer
        self._known[person.id] = _Memory(person, customer, now + _FRESH_FOR)
        self._known.move_to_end(person.id)
        while len(self._known) > _KNOWN_AT_MOST:
            self._known.popitem(last=False)
        return customer

    async def choose(self, customer: CustomerId, language: str) -> None:
        """The customer's own choice of language."""
        await self.db.write(set_language, customer, language)
        self.forget(customer)

    def forget_id(self, said: str) -> None:
        """The same by the text of an id, as a change is named."""
        self.forget(CustomerId(int(said)))

    def forget(self, customer: CustomerId) -> None:
        """Look again at the next update, because something about the person changed."""
        self._forgotten += 1
        self._known.pop(customer, None)
