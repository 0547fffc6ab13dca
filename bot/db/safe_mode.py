"""Safe mode: a shop restored from a copy buys, sends and settles nothing until a person says so.

It stands as one fact in the database, so it holds over restarts and for every replica. What sends
or settles asks for it in the very transaction that claims the work; triggers say it once more.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Final

import msgspec
from sqlalchemy import delete, exists, select

from bot.base.errors import ShopClosed
from bot.db.facts import facts
from bot.db.tx import Tx
from bot.db.upsert import insert_for

SAFE_MODE: Final = "safe_mode"
SWITCH: Final = exists().where(facts.c.name == SAFE_MODE)
"""Whether it is on, as a column of any other question."""


@dataclass(frozen=True, slots=True)
class Restored:
    """From which copy a shop was restored, and when."""

    copied_at: datetime
    restored_at: datetime

    @property
    def mark(self) -> int:
        """Tells one restore from another; fits into a tap."""
        return int(self.restored_at.timestamp())


class _Fact(msgspec.Struct, frozen=True):
    copied_at: datetime
    restored_at: datetime


def find(tx: Tx, *, lock: bool = False) -> Restored | None:
    """From which copy the shop was restored while it is in safe mode, else None."""
    query = select(facts.c.value).where(facts.c.name == SAFE_MODE)
    text = tx.execute(query.with_for_update() if lock else query).scalar_one_or_none()
    if text is None:
        return None
    fact = msgspec.json.decode(text, type=_Fact)
    return Restored(fact.copied_at, fact.restored_at)


def is_on(tx: Tx) -> bool:
    """Whether nothing may be bought, sent or settled."""
    query = select(facts.c.name).where(facts.c.name == SAFE_MODE)
    return tx.execute(query).first() is not None


def check_off(tx: Tx) -> None:
    """Let what moves money pass.

    Raises:
        ShopClosed: the shop is in safe mode.
    """
    if is_on(tx):
        raise ShopClosed


def switch_on(tx: Tx, restored: Restored) -> None:
    """Close the shop until an operator has looked at it."""
    text = msgspec.json.encode(_Fact(restored.copied_at, restored.restored_at)).decode()
    tx.execute(insert_for(tx, facts).values(name=SAFE_MODE, value=text))


def switch_off(tx: Tx) -> None:
    """Open it again."""
    tx.execute(delete(facts).where(facts.c.name == SAFE_MODE))
