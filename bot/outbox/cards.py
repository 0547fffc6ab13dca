"""Cards that a chat shows already, edited from now on like what was told."""

from __future__ import annotations

from sqlalchemy import update

from bot.base.ids import CustomerId
from bot.db.tx import Tx
from bot.outbox.notices import AnyNotice
from bot.outbox.tables import Sending, outbox
from bot.outbox.tell import tell


def keep_card(tx: Tx, chat: CustomerId, key: str, notice: AnyNotice, message: int) -> None:
    """Have this message edited whenever the subject of the notice is settled.

    A key has one card: a newer message takes the place of the one before.
    """
    tell(tx, chat, key, notice)
    shown = {"state": Sending.SENT, "message": message, "version": outbox.c.version + 1}
    tx.execute(update(outbox).where(outbox.c.dedup_key == key).values(shown))
