"""What a chat is expected to type next, remembered over restarts and shared by replicas."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import Connection, delete, select

from bot.storage.database import Database
from bot.storage.tables import forms
from bot.storage.upsert import insert_for


def put(connection: Connection, chat: int, form: str) -> None:
    """Expect this form from now on, instead of any other."""
    row = insert_for(connection, forms).values(chat=chat, form=form)
    connection.execute(row.on_conflict_do_update(index_elements=["chat"], set_={"form": form}))


def find(connection: Connection, chat: int) -> str | None:
    """The expected form, None when nothing is."""
    return connection.execute(
        select(forms.c.form).where(forms.c.chat == chat)
    ).scalar_one_or_none()


def drop(connection: Connection, chat: int) -> None:
    """Expect nothing."""
    connection.execute(delete(forms).where(forms.c.chat == chat))


@dataclass(frozen=True, slots=True)
class SqlForms:
    """Fits the chat's own port for forms, whose texts it does not read."""

    database: Database

    async def put(self, chat: int, text: str) -> None:
        """Expect this form from now on."""
        await self.database.write(put, chat, text)

    async def get(self, chat: int) -> str | None:
        """The expected form."""
        return await self.database.read(find, chat)

    async def drop(self, chat: int) -> None:
        """Expect nothing, which costs no writing when nothing was."""
        if await self.database.read(find, chat) is not None:
            await self.database.write(drop, chat)
