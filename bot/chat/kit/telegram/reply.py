"""What a webhook's answer carries: a tap's spinner is stopped by it instead of by a call."""

from __future__ import annotations

from dataclasses import dataclass

import msgspec


@dataclass(slots=True)
class Reply:
    """The answer to one update's request, until it leaves.

    Nobody hears how a call in it ended, so it carries only what nobody asks about: that a tap was
    noticed, without words.
    """

    tap: str = ""
    is_late: bool = False

    def takes(self, tap: str) -> bool:
        """Leave the answer of a tap to it; False when it took too long already."""
        if not self.is_late:
            self.tap = tap
        return not self.is_late

    def give_up(self) -> str:
        """Take nothing any more; the tap that has to be answered by a call, if there is one."""
        tap, self.tap, self.is_late = self.tap, "", True
        return tap

    @property
    def body(self) -> bytes:
        """As Telegram reads it; empty when there is nothing to do."""
        if not self.tap:
            return b""
        call = {"method": "answerCallbackQuery", "callback_query_id": self.tap}
        return msgspec.json.encode(call)
