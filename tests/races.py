"""Calls that run side by side, as those of several processes do."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable
from typing import TypeVar

from sqlalchemy.exc import DBAPIError

from bot.base.errors import ShopError
from bot.money.post import KeyReused

T = TypeVar("T")


async def all_at_once(*calls: Awaitable[T]) -> list[T | BaseException]:
    """Run the calls side by side; a refusal is an outcome like any other."""

    async def outcome(call: Awaitable[T]) -> T | BaseException:
        try:
            return await call
        except (ShopError, KeyReused, DBAPIError) as refusal:
            return refusal

    async with asyncio.TaskGroup() as group:
        tasks = [group.create_task(outcome(call)) for call in calls]
    return [task.result() for task in tasks]
