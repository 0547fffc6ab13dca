"""Know who is talking: names are written down when they change, and not at every tap."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Final

from bot.base.clock import Clock
from bot.base.ids import CustomerId
from bot.db.database import Database
from bot.people import customers
from bot.people.customers import Customer, Person

_KNOWN_AT_MOST: Final = 20_000
_FRESH_FOR: Final = timedelta(minutes=1)


@dataclass(frozen=True, slots=True)
class _Memory:
    person: Person
    customer: Customer
    until: datetime


@dataclass(slots=True)
class Meet:
    """The customer behind a person; a repeat within a minute costs no transaction.

    Args:
        choose_language: from Telegram's `language_code` to one of ours.
    """

    db: Database
    clock: Clock
    choose_language: Callable[[str], str]
    _known: OrderedDict[CustomerId, _Memory] = field(default_factory=OrderedDict)

    async def __call__(self, person: Person) -> Customer:
        """Who this is, with language and ban as they stand now (at most a minute old)."""
        now = self.clock.now()
        memory = self._known.get(person.id)
        if memory is not None and memory.person == person and now < memory.until:
            return memory.customer
        language = self.choose_language(person.language_code)
        customer = await self.db.write(customers.seen, person, language)
        self._known[person.id] = _Memory(person, customer, now + _FRESH_FOR)
        self._known.move_to_end(person.id)
        while len(self._known) > _KNOWN_AT_MOST:
            self._known.popitem(last=False)
        return customer

    async def choose(self, customer: CustomerId, language: str) -> None:
        """The customer's own choice of language."""
        await self.db.write(customers.set_language, customer, language)
        self.forget(customer)

    def forget(self, customer: CustomerId) -> None:
        """Look again at the next update, because something about the person changed."""
        self._known.pop(customer, None)
