"""Who acts, in which role, and the key that makes the act count once."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from bot.base.ids import CustomerId


class Role(StrEnum):
    """What an operator may do; today each of them may do all of it."""

    OWNER = "owner"
    CASHIER = "cashier"
    SUPPORT = "support"
    VIEWER = "viewer"


@dataclass(frozen=True, slots=True)
class Act:
    """One act of an operator, as a use-case is asked for it; `role` is read again when it acts.

    `key` names the deed and where it came from (bot, chat, message), so that a message that
    Telegram brings twice acts once. It never is an id that Telegram may hand out again.
    """

    who: CustomerId
    role: Role
    key: str = ""

    @property
    def actor(self) -> str:
        """The operator as journals and histories name them."""
        return str(self.who)
