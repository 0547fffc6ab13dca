"""Whether a refusal is about one recipient alone, or about what is sent."""

from __future__ import annotations

from sqlalchemy import exists, select

from bot.broadcasts.states import Reached
from bot.broadcasts.tables import broadcasts, recipients
from bot.db.tx import Tx


def is_refused_alone(tx: Tx, broadcast: int, claim: int) -> bool:
    """Whether others get what Telegram refused for the recipient of this claim.

    Somebody has got it since the broadcast was started, continued or put off, or since the last
    refusal: the second one in a row is about the message. Whoever was taken before in vain comes
    after all others, and is the only one as soon as anybody has got it at all.
    """
    got = select(recipients.c.customer).where(
        recipients.c.broadcast == broadcast, recipients.c.state == Reached.SENT
    )
    if claim == 1:
        due_at = select(broadcasts.c.due_at).where(broadcasts.c.id == broadcast)
        got = got.where(recipients.c.at > due_at.scalar_subquery())
    return bool(tx.execute(select(exists(got))).scalar_one())
