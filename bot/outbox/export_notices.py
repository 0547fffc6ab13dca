"""What owners are told of the exports that they have asked for."""

from __future__ import annotations

from bot.outbox.notice import Notice


class ExportCard(Notice, frozen=True, tag="export"):
    """To who asked for it: the card of an export shows how far it is."""

    export: int
