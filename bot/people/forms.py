"""What a chat is expected to type next, remembered over restarts and shared by replicas."""

from __future__ import annotations

from sqlalchemy import delete, select

from bot.db.tx import Tx, insert_for
from bot.people.tables import forms


def put(tx: Tx, chat: int, form: str) -> None:
    """Expect this form from now on, instead of any other."""
    row = insert_for(tx, forms).values(chat=chat, form=form)
    tx.execute(row.on_conflict_do_update(index_elements=["chat"], set_={"form": form}))


def find(tx: Tx, chat: int) -> str | None:
    """The expected form, None when nothing is."""
    return tx.execute(select(forms.c.form).where(forms.c.chat == chat)).scalar_one_or_none()


def drop(tx: Tx, chat: int) -> None:
    """Expect nothing."""
    tx.execute(delete(forms).where(forms.c.chat == chat))
