"""The supplier's console on the page, used as somebody curious would."""

import json
from dataclasses import dataclass

from tools.browser.tab import Tab


@dataclass(frozen=True)
class Console:
    """The console that is open, AccPlanet's unless another was chosen."""

    tab: Tab

    async def breaks(self, breakage: str) -> None:
        """Press one of the buttons under "Break something"."""
        await self.tab.press("#console .break", breakage)
        await self.tab.until("document.querySelector('.armed')?.checkVisibility()")

    async def delivers(self, pace: str) -> None:
        """Choose what becomes of new orders."""
        await self.tab.press("#console .segments.small button", pace)
        chosen = json.dumps("#console .segments.small [aria-pressed=true]")
        await self.tab.until(f"!!hands.find({chosen}, {json.dumps(pace)})")

    async def acts(self, label: str) -> None:
        """Press a button of the newest order."""
        await self.tab.press("#console .card .act", label)

    async def sees(self, status: str) -> None:
        """Wait until the newest order stands like this."""
        await self.tab.until(f"!!hands.find('#console .card .state', {json.dumps(status)})")
