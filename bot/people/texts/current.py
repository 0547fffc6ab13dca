"""The own words of this moment, held in memory: no tap asks the database for them."""

from __future__ import annotations

from dataclasses import dataclass, field

from bot.db.database import Database
from bot.people.texts import store
from bot.people.texts.own import OwnTexts


@dataclass(slots=True)
class CurrentTexts:
    """Holds the texts as they were read last; they are read again once their version has grown."""

    db: Database
    now: OwnTexts = field(default_factory=OwnTexts)

    async def load(self) -> int:
        """Read them again if they changed; how many changes that were."""
        before = self.now.version
        if await self.db.read(store.version) == before:
            return 0
        found = await self.db.read(store.load_texts)
        if found.version > self.now.version:  # another reading may have been faster
            self.now = found
        return self.now.version - before
