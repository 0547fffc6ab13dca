"""Trouble on demand: which call goes wrong next, and how."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass, field
from typing import Final


@dataclass(frozen=True)
class ServerError:
    """Telegram's own trouble: the call is answered with 500 or 502 and did nothing."""

    code: int = 500
    html: bool = False
    """A page of the server in front, instead of Telegram's JSON."""


@dataclass(frozen=True)
class LostBefore:
    """The connection breaks before anything is done."""


@dataclass(frozen=True)
class LostAfter:
    """The call does its work, and then the connection breaks before the answer."""


@dataclass(frozen=True)
class Delay:
    """The call waits so many real seconds, then goes on."""

    seconds: float


@dataclass(frozen=True)
class WaitFor:
    """The call waits until a test sets `event`, then goes on."""

    event: asyncio.Event = field(default_factory=asyncio.Event)
    reached: asyncio.Event = field(default_factory=asyncio.Event)
    """Set as soon as a call waits here."""


@dataclass(frozen=True)
class RetryAfter:
    """Telegram finds the bot too fast."""

    seconds: int


@dataclass(frozen=True)
class Refuse:
    """Any refusal, in full words."""

    code: int
    description: str


@dataclass(frozen=True)
class Garbage:
    """Somebody else answers 200 in Telegram's place, and not as Telegram does: nothing is done."""

    body: str = "<html><body>Welcome to the network. Please sign in.</body></html>"


Fault = ServerError | LostBefore | LostAfter | Delay | WaitFor | RetryAfter | Refuse | Garbage

BLOCKED: Final = Refuse(403, "Forbidden: bot was blocked by the user")
ANY_METHOD: Final = "*"


@dataclass
class _Rule:
    method: str
    fault: Fault
    chat_id: int | None
    left: int | None
    """How many calls it still spoils; None means until cleared."""

    def meets(self, method: str, chat_id: int | None) -> bool:
        is_method = self.method in (ANY_METHOD, method.lower())
        return is_method and self.chat_id in (None, chat_id) and self.left != 0


class Faults:
    """The trouble that is planned. Rules are used in the order they were made."""

    def __init__(self) -> None:
        self._rules: list[_Rule] = []

    def next(
        self,
        method: str,
        fault: Fault,
        *,
        times: int = 1,
        chat_id: int | None = None,
    ) -> None:
        """Spoil the next calls of a method (`"*"` for any), perhaps of one chat only."""
        self._rules.append(_Rule(method.lower(), fault, chat_id, times))

    def keep(self, method: str, fault: Fault, *, chat_id: int | None = None) -> None:
        """Spoil every call of a method until `clear`."""
        self._rules.append(_Rule(method.lower(), fault, chat_id, None))

    def clear(self, method: str | None = None) -> None:
        """Forget the planned trouble of one method, or all of it."""
        name = method.lower() if method else None
        self._rules = [rule for rule in self._rules if name not in (None, rule.method)]

    def find_due(self, method: str, chat_id: int | None) -> Fault | None:
        """Answer the trouble for this call, and count it as used."""
        rule = next((rule for rule in self._rules if rule.meets(method, chat_id)), None)
        if rule is None:
            return None
        if rule.left is not None:
            rule.left -= 1
        return rule.fault
