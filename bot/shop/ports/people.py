"""The people the shop knows, and the time."""

from __future__ import annotations

from dataclasses import dataclass

from bot.domain.ids import CustomerId


@dataclass(frozen=True, slots=True)
class Person:
    """Who an update came from, as Telegram says it."""

    id: CustomerId
    first_name: str
    username: str
    language_code: str
