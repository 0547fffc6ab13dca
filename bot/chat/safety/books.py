"""The proof of the books when an operator asks for it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from bot.base.acts import Permission
from bot.base.money import ZERO
from bot.chat.desk.parts import desk_screen
from bot.chat.facade import Desk
from bot.chat.kit.context import Context
from bot.chat.kit.locale import Locale
from bot.chat.kit.richtext import bold, fill, join, rich
from bot.chat.kit.routes import MenuCommand, Routes
from bot.chat.kit.screen import Button, Screen
from bot.chat.safety.taps import ProveBooks
from bot.safety.prove import Proof

AUDIT: Final = MenuCommand("audit", lambda _: _("Prove the books"), Permission.SEE, "/audit")
_SHOWN: Final = 10
_LONGEST: Final = 3000


@dataclass(frozen=True, slots=True)
class BooksPages:
    """Proves the books now."""

    desk: Desk

    def add_to(self, routes: Routes) -> None:
        """Register the handlers."""
        routes.on_command(self.prove, ProveBooks(), AUDIT)
        routes.on_tap(self.prove, ProveBooks)

    async def prove(self, context: Context, tap: ProveBooks) -> None:
        """Look at all of them, beside whatever else goes on, and say how it went."""
        proof = await self.desk.audit.prove()
        await context.show(proof_screen(context.locale, proof))


def proof_screen(_: Locale, proof: Proof) -> Screen:
    """That the books are right, or what is wrong with them."""
    again = (Button(_("🔄 Refresh"), ProveBooks()),)
    if proof.findings:
        headline = bold(_("🔴 The books do not balance. Stop selling and look at this:"))
        found = rich("\n".join(proof.findings[:_SHOWN])).cut(_LONGEST)
        return desk_screen(_, join([headline, found], "\n\n"), again)
    transfers = _.n("{count} transfer", "{count} transfers", proof.transfers)
    accounts = _.n("{count} account", "{count} accounts", proof.accounts)
    right = fill(
        _("✅ Books are right: {transfers}, {accounts}, sum {sum}"),
        transfers=fill(transfers, count=_.number(proof.transfers)),
        accounts=fill(accounts, count=_.number(proof.accounts)),
        sum=_.money(ZERO),
    )
    return desk_screen(_, right, again)
