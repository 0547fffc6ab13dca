"""The people in the pretend Telegram: they write, tap, forward, edit, and leave."""

from __future__ import annotations

import dataclasses
from typing import Any

from sandbox.telegram import membership
from sandbox.telegram.inline import PATIENCE, QUERY_MAX, content_of
from sandbox.telegram.messages import BotMessage, Chat, HumanMessage
from sandbox.telegram.onlooker import CannotDo, Onlooker
from sandbox.telegram.pictures import BLANK_PNG, find_size
from sandbox.telegram.text import Entity, utf16_length
from sandbox.telegram.updates import Update
from sandbox.telegram.wire import (
    bot_wire,
    chat_wire,
    document_wire,
    inaccessible_wire,
    message_wire,
    person_wire,
    photo_wire,
    unix,
)


class Person(Onlooker):
    """A human at their Telegram; each act queues one update and answers it."""

    # What they write.

    def sends(self, text: str, *entities: Entity) -> Update:
        """Write a text to the bot, parts of it set in bold and the like."""
        words = _text(text)
        if entities:
            words["entities"] = [*words.get("entities", ()), *entities]
        return self._writes(self.chat, words)

    def replies(self, message_id: int, text: str) -> Update:
        """Answer one of the messages in the chat."""
        message = self.chat.messages[message_id]
        answered = (
            message.wire
            if isinstance(message, HumanMessage)
            else message_wire(self.world, message)
        )
        return self._writes(self.chat, _text(text) | {"reply_to_message": answered})

    def sends_formatted(self, text: str, *entities: Entity) -> Update:
        """Write a text of which parts are bold, a link and so on."""
        written = _text(text)
        found = [*written.get("entities", []), *entities]
        return self._writes(self.chat, written | {"entities": found})

    def opens(self, payload: str = "") -> Update:
        """Press Start, perhaps through a deep link."""
        return self.sends(f"/start {payload}".rstrip())

    def sends_in_group(self, group_id: int, text: str) -> Update:
        """Write in a group; unless the bot hears everything, only what is meant for it comes."""
        group = self.world.group(group_id)
        return self._writes(group, _text(text), is_heard=membership.is_heard(self.world, text))

    def sends_sticker(self) -> Update:
        """Send a sticker."""
        file = {"file_id": "CAACsticker", "file_unique_id": "sticker"}
        shape = {"type": "regular", "width": 512, "height": 512}
        flags = {"is_animated": False, "is_video": False}
        return self._writes(self.chat, {"sticker": {**file, **shape, **flags, "emoji": "👍"}})

    def sends_photo(self, caption: str = "") -> Update:
        """Send a picture."""
        return self._writes(self.chat, self._photo() | _caption(caption))

    def sends_album(self, count: int = 3, caption: str = "") -> list[Update]:
        """Send several pictures at once: a message each, and only the first has the words."""
        album = {"media_group_id": f"1{self.world.next_message_id():017d}"}
        words = [_caption(caption), *[_caption("")] * (count - 1)]
        return [self._writes(self.chat, self._photo() | album | one) for one in words]

    def sends_document(self, name: str = "payment.pdf", caption: str = "") -> Update:
        """Send a file."""
        file = self.world.keep_file(name, b"%PDF", "application/pdf", "documents")
        return self._writes(self.chat, {"document": document_wire(file)} | _caption(caption))

    def sends_voice(self) -> Update:
        """Speak."""
        file = self.world.keep_file("voice.ogg", b"OggS", "audio/ogg", "voices")
        kept = {"file_id": file.file_id, "file_unique_id": file.unique_id}
        return self._writes(self.chat, {"voice": {**kept, "duration": 2}})

    def sends_video(self, caption: str = "") -> Update:
        """Send a film."""
        file = self.world.keep_file("film.mp4", b"ftyp", "video/mp4", "videos")
        kept = {"file_id": file.file_id, "file_unique_id": file.unique_id, "duration": 2}
        film = {**kept, "width": 90, "height": 90}
        return self._writes(self.chat, {"video": film} | _caption(caption))

    def sends_contact(self, phone_number: str = "+15550100") -> Update:
        """Share their own phone number."""
        name = {"first_name": self.first_name, "user_id": self.user_id}
        return self._writes(self.chat, {"contact": {"phone_number": phone_number, **name}})

    def forwards(self, text: str) -> Update:
        """Forward somebody else's words."""
        stranger = {"type": "hidden_user", "sender_user_name": "A stranger"}
        origin = {**stranger, "date": unix(self.world.now())}
        return self._writes(self.chat, {**_text(text), "forward_origin": origin})

    def sends_via(self, bot: str, text: str) -> Update:
        """Choose what another bot offers inline: its words in the person's name."""
        via = {"id": 777, "is_bot": True, "first_name": bot, "username": bot}
        return self._writes(self.chat, {**_text(text), "via_bot": via})

    def edits(self, message_id: int, text: str) -> Update:
        """Change one of their own messages."""
        message = self.chat.messages.get(message_id)
        if not isinstance(message, HumanMessage):
            msg = f"{self.first_name} has no message {message_id} to edit"
            raise CannotDo(msg)
        edit_date = unix(self.world.now())
        old = {name: value for name, value in message.wire.items() if name != "entities"}
        message.wire = {**old, **_text(text), "edit_date": edit_date}
        return self.world.act("edited_message", message.wire, self.user_id)

    # What they tap.

    def taps(
        self,
        wanted: str,
        *,
        message_id: int | None = None,
        chat_id: int | None = None,
    ) -> Update:
        """Tap a button, found by label, part of a label or callback data, newest message first."""
        chat = self.chat_of(chat_id)
        for message in reversed(chat.bot_messages):
            button = message.find_button(wanted)
            if button is None or message_id not in (None, message.message_id):
                continue
            if button.callback_data is None:
                msg = f"the button {button.text!r} sends nothing to the bot"
                raise CannotDo(msg)
            return self._tap(chat, message.message_id, button.callback_data)
        seen = chat.bot_messages[-1].labels if chat.bot_messages else ()
        msg = f"{self.first_name} sees no button {wanted!r}; the newest message has {seen}"
        raise CannotDo(msg)

    def taps_raw(
        self,
        callback_data: str,
        message_id: int,
        *,
        chat_id: int | None = None,
    ) -> Update:
        """Send any callback data for any message, as a forged client can."""
        return self._tap(self.chat_of(chat_id), message_id, callback_data)

    def types_inline(self, query: str, *, offset: str = "", chat_id: int | None = None) -> Update:
        """Type `@bot query` in a chat, their private one for None; `offset` asks for more."""
        opened = self.world.open_query(self.user_id, PATIENCE)
        place = "sender" if chat_id is None else self.chat_of(chat_id).kind
        typed = {"query": query[:QUERY_MAX], "offset": offset, "chat_type": place}
        body = {"id": opened.query_id, "from": person_wire(self), **typed}
        return self.world.act("inline_query", body, None)

    def chooses(self, wanted: str, *, chat_id: int | None = None) -> Update:
        """Send one of the results that are shown, by its title or id, into that chat."""
        result = self.inline.find(wanted)
        if result is None:
            titles = [one.get("title") for one in self.inline_results]
            msg = f"{self.first_name} is not offered {wanted!r} but {titles}"
            raise CannotDo(msg)
        via = {"via_bot": bot_wire(self.world)}
        return self._writes(self.chat_of(chat_id), {**content_of(result), **via})

    # Coming and going.

    def blocks_bot(self) -> Update:
        """Block the bot: it may not write any more."""
        self.has_blocked_bot = True
        return membership.told(self, self.chat, "kicked")

    def unblocks_bot(self) -> Update:
        """Take the bot back."""
        self.has_blocked_bot = False
        return membership.told(self, self.chat, "member")

    def adds_bot_to_group(self, group_id: int, title: str = "A group") -> Update:
        """Bring the bot into a group."""
        group = self.world.group(group_id, title)
        group.is_closed_to_bot = False
        return membership.told(self, group, "member")

    def removes_bot_from_group(self, group_id: int) -> Update:
        """Throw the bot out of a group."""
        group = self.world.group(group_id)
        group.is_closed_to_bot = True
        return membership.told(self, group, "kicked")

    def opens_topic(self, group_id: int, topic: int) -> Update:
        """Let everybody write into a thread of a group again."""
        group = self.world.group(group_id)
        group.closed_topics.discard(topic)
        return self._writes(group, {"forum_topic_reopened": {}, "message_thread_id": topic})

    def _photo(self) -> dict[str, Any]:
        file = self.world.keep_file("photo.png", BLANK_PNG, "image/png", "photos")
        return {"photo": [photo_wire(dataclasses.replace(file, size_px=find_size(BLANK_PNG)))]}

    def _writes(self, chat: Chat, content: dict[str, Any], *, is_heard: bool = True) -> Update:
        if chat is self.chat and self.has_blocked_bot:
            msg = f"{self.first_name} has blocked the bot and must unblock it first"
            raise CannotDo(msg)
        self.has_started = self.has_started or chat is self.chat
        world = self.world
        wire = {
            "message_id": world.next_message_id(),
            "from": person_wire(self),
            "chat": chat_wire(world, chat),
            "date": unix(world.now()),
            **content,
        }
        world.place(HumanMessage(wire["message_id"], chat.chat_id, world.now(), wire))
        if not is_heard or chat.is_closed_to_bot:
            return {"message": wire}
        return world.act("message", wire, chat.chat_id)

    def _tap(self, chat: Chat, message_id: int, callback_data: str) -> Update:
        world = self.world
        message = chat.messages.get(message_id)
        shown = (
            message_wire(world, message)
            if isinstance(message, BotMessage)
            else inaccessible_wire(world, chat, message_id)
        )
        body = {
            "id": world.open_query(self.user_id).query_id,
            "from": person_wire(self),
            "message": shown,
            "chat_instance": str(chat.chat_id * 31),
            "data": callback_data,
        }
        return world.act("callback_query", body, chat.chat_id)


def _caption(text: str) -> dict[str, Any]:
    return {"caption": text} if text else {}


def _text(text: str) -> dict[str, Any]:
    """Write a text with the command Telegram finds at its beginning."""
    word = text.split(maxsplit=1)[0] if text.strip() else ""
    if not word.startswith("/") or word == "/":
        return {"text": text}
    command: Entity = {"type": "bot_command", "offset": 0, "length": utf16_length(word)}
    return {"text": text, "entities": [command]}
