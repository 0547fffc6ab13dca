"""What a person sent where more than words will do: a picture, a file, somebody else's message."""

from __future__ import annotations

from dataclasses import dataclass, field, replace

from aiogram.types import Message

from bot.chat.kit.context import Context
from bot.chat.kit.forms import Form
from bot.chat.kit.richtext import Rich
from bot.chat.kit.screen import FileKind, StoredFile
from bot.chat.kit.slicing import part_of
from bot.chat.kit.telegram.formatted import formatted_text, is_simplified


@dataclass(frozen=True, slots=True)
class Sent:
    """Words and perhaps a file; neither for a voice, a sticker and whatever else there is.

    Words of others count, because a bank's message is forwarded. `album` is Telegram's id of the
    pictures that were sent at once: each of them comes as a message of its own. `message` is the
    number of the message in its chat. `words` are the text with its formatting as far as it can be
    kept; `is_plainer` where some of it cannot.
    """

    text: str
    file: StoredFile | None = None
    album: str = ""
    message: int = 0
    words: Rich = field(default_factory=Rich)
    is_plainer: bool = False

    def after_command(self) -> Sent:
        """What was written behind the command that the words begin with."""
        command = next(iter(self.words.text.split(maxsplit=1)), "")
        behind = part_of(self.words, len(command), len(self.words.text))
        return replace(self, text=behind.text, words=behind)


class AlbumForm(Form, frozen=True, tag="album"):
    """Nothing is to be sent; the other pictures of this album are on their way all the same."""

    album: str


class LostForm(Form, frozen=True, tag="lost"):
    """Nothing is to be sent; its card says so, and goes below what is sent all the same."""


def sent_of(message: Message) -> Sent:
    """What the message holds. A picture that moves is of another kind, although it is a file."""
    words = (message.text or message.caption or "").strip()
    file = None
    if message.photo:
        file = StoredFile(message.photo[-1].file_id, FileKind.PHOTO)
    elif message.document is not None and message.animation is None:
        file = StoredFile(message.document.file_id, FileKind.DOCUMENT)
    is_known = file is not None or message.text is not None
    album = message.media_group_id or ""
    if not is_known:
        return Sent("", file, album, message.message_id)
    written, is_plainer = formatted_text(message), is_simplified(message)
    return Sent(words, file, album, message.message_id, written, is_plainer)


async def close_after(context: Context, sent: Sent) -> None:
    """Expect nothing more, but for the rest of an album."""
    if sent.album:
        await context.open_form(AlbumForm(sent.album))
    else:
        await context.close_form()
