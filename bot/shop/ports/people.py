"""The people the shop knows, and the time."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from bot.domain.ids import CustomerId
from bot.shop.views import Customer


class Clock(Protocol):
    """The time, so that tests can turn it."""

    def now(self) -> datetime:
        """Aware, UTC."""
        ...


@dataclass(frozen=True, slots=True)
class Person:
    """Who an update came from, as Telegram says it."""

    id: CustomerId
    first_name: str
    username: str
    language_code: str


class Customers(Protocol):
    """The people the shop knows."""

    async def seen(self, person: Person, language: str, now: datetime) -> Customer:
        """Remember a person's names; they are reachable, so what waited for them goes out."""
        ...

    async def find(self, customer: CustomerId) -> Customer | None:
        """By Telegram's user id."""
        ...

    async def find_by_username(self, username: str) -> Customer | None:
        """Without the @, in any case."""
        ...

    async def set_language(self, customer: CustomerId, language: str) -> None:
        """The customer's own choice, which outranks Telegram's."""
        ...

    async def set_banned(
        self, customer: CustomerId, actor: str, now: datetime, *, banned: bool
    ) -> None:
        """Stop or allow buying; lands in the audit log."""
        ...
