"""The methods of the Bot API, by their names in lower case."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from typing import Any, Final

from sandbox.telegram.methods import (
    chats,
    deleting,
    editing,
    inline,
    profile,
    queries,
    sending,
    updating,
)
from sandbox.telegram.params import Params
from sandbox.telegram.world import TelegramWorld

Method = Callable[[TelegramWorld, Params], Any | Awaitable[Any]]
"""Does what it says in the world and answers the `result`, at once or after a wait."""

METHODS: Final[dict[str, Method]] = {
    name.lower(): method
    for room in (chats, deleting, editing, inline, profile, queries, sending, updating)
    for name, method in room.METHODS.items()
}
