"""The cards on which operators watch a broadcast: edited as it goes on, until they are left."""

from __future__ import annotations

from datetime import timedelta
from typing import Final

from sqlalchemy import update

from bot.base.ids import CustomerId
from bot.base.keys import broadcast_key
from bot.base.subjects import broadcast_subject
from bot.broadcasts.tables import broadcasts
from bot.db.tx import Tx
from bot.outbox.broadcast_notices import BroadcastCard
from bot.outbox.tables import Sending, outbox
from bot.outbox.tell import settle_notices, tell

CARD_EVERY: Final = timedelta(seconds=5)


def watch_broadcast(tx: Tx, broadcast: int, chat: CustomerId, card: int) -> None:
    """Keep the progress on this message true, until its reader taps on it."""
    key = broadcast_key("card", broadcast, chat, card)
    tell(tx, chat, key, BroadcastCard(broadcast))
    shown = update(outbox).where(outbox.c.dedup_key == key)
    version = outbox.c.version + 1  # an edit that is on its way shows what was true before
    tx.execute(shown.values(state=Sending.SENT, message=card, version=version))


def refresh_progress(tx: Tx, broadcast: int) -> None:
    """Have the cards edited to what is true; asked for several times, each is edited once."""
    settle_notices(tx, broadcast_subject(broadcast))
    seen = update(broadcasts).where(broadcasts.c.id == broadcast)
    tx.execute(seen.values(card_at=tx.now))
