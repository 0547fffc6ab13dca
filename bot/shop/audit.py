"""Audit: prove the books, and tell operators when the proof fails."""

from __future__ import annotations

from dataclasses import dataclass

from bot.shop.notices import BooksAlert
from bot.shop.ports import Alerts, Books, Clock


@dataclass(frozen=True, slots=True)
class Audit:
    """The nightly proof, and `python -m bot audit`."""

    books: Books
    alerts: Alerts
    clock: Clock

    async def __call__(self) -> tuple[str, ...]:
        """What is wrong, in plain words; empty when everything agrees."""
        findings = await self.books.prove()
        now = self.clock.now()
        if findings:
            await self.alerts.begin("books", BooksAlert("\n".join(findings[:10])), now)
        else:
            await self.alerts.end("books", None, now)
        return findings
