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
