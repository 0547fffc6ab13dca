"""The newest calls to the Bot API and to the suppliers, each as one line that can be opened."""

from __future__ import annotations

import json
from collections import deque
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

from sandbox.suppliers.answers import Received
from sandbox.telegram import Call

KEPT: Final = 300
_LONGEST: Final = 1500
_BRIEF: Final = 90
_ORDINARY: Final = ("message is not modified", "query is too old")
"""A card that already says what is true, a tap that was answered late: no bot can avoid either."""


@dataclass
class Line:
    """One call, or several equal ones in a row."""

    line_id: int
    at: datetime
    who: str
    what: str
    chat_id: int | None = None
    brief: str = ""
    asked: str = ""
    answered: str = ""
    refused: str | None = None
    note: str | None = None
    """A refusal that belongs to the bot's ordinary work."""
    fault: str | None = None
    times: int = 1

    def as_json(self) -> dict[str, Any]:
        """The line as the page gets it."""
        return {
            "id": self.line_id,
            "at": int(self.at.timestamp() * 1000),
            "who": self.who,
            "what": self.what,
            "chat": self.chat_id,
            "brief": self.brief,
            "asked": self.asked,
            "answered": self.answered,
            "refused": self.refused,
            "note": self.note,
            "fault": self.fault,
            "times": self.times,
        }

    def repeats(self, other: Line) -> bool:
        """Whether both say the same, at different times: polling would drown everything else."""
        mine = (self.who, self.what, self.asked, self.answered, self.refused, self.fault)
        theirs = (other.who, other.what, other.asked, other.answered, other.refused, other.fault)
        return mine == theirs


class CallLog:
    """A bounded log, newest last."""

    def __init__(self) -> None:
        self._lines: deque[Line] = deque(maxlen=KEPT)
        self._written = 0

    def lines(self) -> list[dict[str, Any]]:
        """Everything that is kept."""
        return [line.as_json() for line in self._lines]

    def add(self, line: Line) -> dict[str, Any]:
        """Write a line down, or count it onto one like it among the newest; answers that line."""
        for known in list(self._lines)[-4:]:
            if known.repeats(line):
                known.times += 1
                known.at = line.at
                return known.as_json()
        self._written += 1
        line.line_id = self._written
        self._lines.append(line)
        return line.as_json()


def telegram_line(call: Call) -> Line:
    """A call of the Bot API."""
    is_ordinary = any(words in (call.refusal or "") for words in _ORDINARY)
    return Line(
        line_id=0,
        at=call.at,
        who="telegram",
        what=call.method,
        chat_id=call.chat_id,
        brief=_brief(call.params, ("text", "caption")),
        asked=_short({name: value for name, value in call.params.items() if name != "offset"}),
        answered="" if call.answer is None else _short(call.answer),
        refused=None if is_ordinary else call.refusal,
        note=call.refusal if is_ordinary else None,
        fault=call.fault,
    )


def supplier_line(who: str, received: Received) -> Line:
    """A request to a supplier; what counts is whether it was told a clear yes."""
    answer = received.answer
    return Line(
        line_id=0,
        at=received.at,
        who=who,
        what=received.action or received.method,
        brief=" ".join(f"{name} {value}" for name, value in received.params.items())[:_BRIEF],
        asked=_short(received.params),
        answered="" if answer is None else answer.body[:_LONGEST],
        refused=_find_refusal(received),
        fault=received.fault,
    )


_LONGEST_SAID: Final = 500


def _find_refusal(received: Received) -> str | None:
    answer = received.answer
    if answer is None:
        return "no answer"
    try:
        payload = answer.payload()
    except (ValueError, RecursionError):
        return f"HTTP {answer.status}, not JSON"
    if isinstance(payload, dict) and payload.get("error"):
        return str(payload["error"])[:_LONGEST_SAID]
    return None if answer.status < 400 else f"HTTP {answer.status}"  # noqa: PLR2004 - HTTP's own border


def _brief(params: Mapping[str, Any], names: Iterable[str]) -> str:
    """The first words that were sent, on one line."""
    said = next((str(params[name]) for name in names if isinstance(params.get(name), str)), "")
    return " ".join(said.split())[:_BRIEF]


def _short(facts: Any) -> str:
    if facts in ({}, None):
        return ""
    written = json.dumps(facts, ensure_ascii=False, default=str)
    return written if len(written) <= _LONGEST else f"{written[:_LONGEST]}…"
