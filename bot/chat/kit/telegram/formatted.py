"""What a person wrote with its formatting, as the shop may say it again in its own name."""

from __future__ import annotations

from typing import Any, Final

from aiogram.types import Message, MessageEntity

from bot.chat.kit.richtext import Entity, Rich, clean, units

_PLAIN: Final = frozenset(
    {
        "bold",
        "italic",
        "underline",
        "strikethrough",
        "spoiler",
        "blockquote",
        "expandable_blockquote",
        "code",
        "pre",
    }
)
_LINK: Final = "text_link"
_SCHEMES: Final = ("https://", "http://", "tg://")
_SECOND_HALVES: Final = range(0xDC00, 0xE000)
"""Units that are the second half of a sign."""
FOUND_BY_TELEGRAM: Final = frozenset(
    {
        "mention",
        "hashtag",
        "cashtag",
        "bot_command",
        "url",
        "email",
        "phone_number",
        "date_time",
    }
)
"""What Telegram finds in any text by itself."""


def formatted_text(message: Message) -> Rich:
    """The text or caption with the formatting that a bot may use; see `is_simplified`."""
    text = message.text if message.text is not None else message.caption or ""
    marks = (message.entities if message.text is not None else message.caption_entities) or ()
    kept = (_kept(text, one) for one in marks)
    return Rich(clean(text), tuple(one for one in kept if one is not None))


def is_simplified(message: Message) -> bool:
    """Whether some of its formatting cannot be kept, such as custom emoji or a person's name."""
    marks = (message.entities if message.text is not None else message.caption_entities) or ()
    text = message.text or message.caption or ""
    return any(one.type not in FOUND_BY_TELEGRAM and _kept(text, one) is None for one in marks)


def _kept(text: str, mark: MessageEntity) -> Entity | None:
    """The mark as ours; None for one that bots may not use, or that does not fit the text."""
    end = mark.offset + mark.length
    if mark.offset < 0 or mark.length <= 0 or end > units(text):
        return None
    if not (_is_between(text, mark.offset) and _is_between(text, end)):
        return None
    more: tuple[tuple[str, Any], ...] = ()
    if mark.type == _LINK:
        if not (mark.url or "").startswith(_SCHEMES):
            return None
        more = (("url", mark.url),)
    elif mark.type == "pre" and mark.language:
        more = (("language", mark.language),)
    elif mark.type not in _PLAIN:
        return None
    return Entity(mark.type, mark.offset, mark.length, more)


def _is_between(text: str, at: int) -> bool:
    """Whether a place in UTF-16 units is between two signs, and not within one."""
    raw = text.encode("utf-16-le", "surrogatepass")[2 * at : 2 * at + 2]
    return not raw or int.from_bytes(raw, "little") not in _SECOND_HALVES
