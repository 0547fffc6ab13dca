"""Every kind of order that the shop sells, as the chat shows it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from bot.chat.numbers.kind import ChatNumber
from bot.chat.orders.kinds import ChatKind, ChatProduct, ChatSocial
from bot.suppliers.words import Kind

CHAT_KINDS: Final[Mapping[Kind, ChatKind]] = {
    chat.kind: chat for chat in (ChatProduct(), ChatSocial(), ChatNumber())
}
UNTRANSLATED: Final = frozenset(
    kind for kind, chat in CHAT_KINDS.items() if not chat.is_translated
)
"""The kinds whose names every reader sees as their supplier gives them."""
