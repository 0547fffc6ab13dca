"""What arrives at a pretend supplier and what it answers, as plain values to look at."""

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Self

Params = Mapping[str, str]


@dataclass(frozen=True, kw_only=True)
class Answer:
    """One HTTP answer before it goes out; bytes that are no UTF-8 stand in `body` escaped."""

    status: int = 200
    body: str = ""
    content_type: str = "application/json"
    headers: Mapping[str, str] = field(default_factory=dict)

    @classmethod
    def of(cls, payload: object, *, status: int = 200) -> Self:
        """Write `payload` down as JSON, every sign beyond ASCII escaped."""
        return cls(status=status, body=json.dumps(payload))

    def payload(self) -> object:
        """Read the body back; raises ValueError when it is not JSON."""
        return json.loads(self.body)


@dataclass(kw_only=True)
class Received:
    """One request as it came; `answer` stays None when nobody was told anything."""

    at: datetime
    method: str
    action: str
    params: dict[str, str]
    key: str = field(repr=False)
    query: str = ""
    content_type: str = ""
    fault: str | None = None
    answer: Answer | None = None
