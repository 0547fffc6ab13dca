"""What becomes of broadcasts when the books come back from a copy."""

from __future__ import annotations

from typing import Final

from sqlalchemy import select, update

from bot.broadcasts.claims import PauseReason, pause_by_itself
from bot.broadcasts.read import UNDER_WAY
from bot.broadcasts.states import BroadcastState, Reached
from bot.broadcasts.tables import broadcasts, recipients
from bot.db.tx import Tx

_NOT_ENDED: Final = (*UNDER_WAY, BroadcastState.PAUSED)


def pause_restored(tx: Tx) -> None:
    """Let every broadcast that has not ended rest, until an operator says that it may go on.

    Whoever got it after the copy was made stands in the copy as waiting still. Who was being sent
    to as the copy was made has most likely got it, and is not sent it again.
    """
    lost = update(recipients).where(recipients.c.state == Reached.SENDING)
    tx.execute(lost.values(state=Reached.UNSURE, claimed_by=None))
    query = select(broadcasts.c.id).where(broadcasts.c.state.in_(_NOT_ENDED))
    for one in tx.execute(query.order_by(broadcasts.c.id)).scalars().all():
        pause_by_itself(tx, one, PauseReason.RESTORED, _NOT_ENDED)
