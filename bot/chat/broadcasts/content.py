"""What an operator wrote as a broadcast: words as they are set, and one picture."""

from __future__ import annotations

from enum import StrEnum

from bot.broadcasts.content import Content, Mark
from bot.chat.kit.richtext import LONGEST_CAPTION, LONGEST_TEXT, Entity, Rich, units
from bot.chat.kit.screen import FileKind
from bot.chat.kit.sent import Sent
from bot.chat.kit.slicing import part_of


class ContentRefusal(StrEnum):
    """Why what was written is no broadcast."""

    EMPTY = "empty"
    KIND = "kind"
    """A file, a voice, a sticker, or several pictures."""
    LONG = "long"


class BadContent(ValueError):
    """It cannot be sent; `most` is how long it may be."""

    def __init__(self, why: ContentRefusal, most: int = 0) -> None:
        super().__init__(why)
        self.why = why
        self.most = most


def read_content(written: Sent) -> Content:
    """What was written as a broadcast says it. Raises BadContent."""
    file = written.file
    if (file is not None and file.kind is not FileKind.PHOTO) or written.album:
        raise BadContent(ContentRefusal.KIND)
    words = part_of(written.words, 0, len(written.words.text))
    text = words.text
    if not text and file is None:
        raise BadContent(ContentRefusal.EMPTY)
    most = LONGEST_TEXT if file is None else LONGEST_CAPTION
    if units(text) > most:
        raise BadContent(ContentRefusal.LONG, most)
    marks = tuple(Mark(one.type, one.offset, one.length, dict(one.more)) for one in words.entities)
    return Content(text, marks, "" if file is None else file.id)


def words_of(content: Content) -> Rich:
    """The words as they are set."""
    entities = (
        Entity(one.type, one.offset, one.length, tuple(sorted(one.more.items())))
        for one in content.marks
    )
    return Rich(content.text, tuple(entities))
