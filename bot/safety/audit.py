"""Audit: prove the books, and tell operators when the proof fails."""

from __future__ import annotations

from dataclasses import dataclass

from bot.base.keys import BOOKS_CAUSE
from bot.db.database import Database
from bot.outbox.notices import BooksAlert
from bot.outbox.tell import Alerts
from bot.safety import prove


@dataclass(frozen=True, slots=True)
class Audit:
    """The nightly proof, and `python -m bot audit`."""

    db: Database
    alerts: Alerts

    async def __call__(self) -> tuple[str, ...]:
        """What is wrong, in plain words; empty when everything agrees."""
        findings = await self.db.read(prove.prove)
        if findings:
            await self.alerts.begin(BOOKS_CAUSE, BooksAlert("\n".join(findings[:10])))
        else:
            await self.alerts.end(BOOKS_CAUSE, None)
        return findings
