"""Who lets the bot in: what it hears in a group, and the news of being let in or thrown out."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Literal

from sandbox.telegram.messages import Chat
from sandbox.telegram.updates import Update
from sandbox.telegram.wire import bot_wire, chat_wire, person_wire, unix

if TYPE_CHECKING:
    from sandbox.telegram.people import Person
    from sandbox.telegram.world import TelegramWorld

Status = Literal["member", "kicked"]


def is_heard(world: TelegramWorld, text: str) -> bool:
    """Whether the privacy mode lets a group's message through."""
    if world.can_read_all_group_messages:
        return True
    word = text.split(maxsplit=1)[0] if text.strip() else ""
    command, at, addressee = word.partition("@")
    if command.startswith("/"):
        return not at or addressee.lower() == world.bot_username.lower()
    return f"@{world.bot_username}".lower() in text.lower()


def told(person: Person, chat: Chat, status: Status) -> Update:
    """Tell the bot that a person changed its place in a chat."""
    world = person.world
    before: Status = "kicked" if status == "member" else "member"
    body = {
        "chat": chat_wire(world, chat),
        "from": person_wire(person),
        "date": unix(world.now()),
        "old_chat_member": _member(world, before),
        "new_chat_member": _member(world, status),
    }
    return world.act("my_chat_member", body, chat.chat_id)


def _member(world: TelegramWorld, status: Status) -> dict[str, Any]:
    forever = {"until_date": 0} if status == "kicked" else {}
    return {"status": status, "user": bot_wire(world), **forever}
