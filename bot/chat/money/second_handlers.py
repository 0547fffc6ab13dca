"""Agreeing to credit that another operator gives, or refusing it; whoever comes first decides."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from bot.base.acts import Act
from bot.base.errors import NotYours, TooLate
from bot.base.money import NotMoney
from bot.chat.desk.parts import desk_screen
from bot.chat.facade import Desk
from bot.chat.kit.context import Context, act_of
from bot.chat.kit.richtext import Rich
from bot.chat.kit.routes import Routes
from bot.chat.kit.screen import pager
from bot.chat.money.errors import own_approval, own_credit, too_much
from bot.chat.money.second import approval_screen
from bot.chat.money.taps import AgreeToCredit, OpenApproval, OpenApprovals, RefuseCredit
from bot.db.tx import Tx
from bot.money import approvals
from bot.money.errors import OwnApproval, OwnCredit


@dataclass(frozen=True, slots=True)
class SecondPages:
    """Shows credit that needs a second operator, and carries out what is decided."""

    desk: Desk

    def add_to(self, routes: Routes) -> None:
        """Register the handlers."""
        routes.on_tap(self.open_all, OpenApprovals)
        routes.on_tap(self.open, OpenApproval)
        routes.on_tap(self.agree, AgreeToCredit)
        routes.on_tap(self.refuse, RefuseCredit)

    async def open_all(self, context: Context, tap: OpenApprovals) -> None:
        """Show what waits at a place."""
        asked, place, total = await self.desk.db.read(approvals.find_next, tap.page)
        _, reader = context.locale, context.customer.id
        if asked is None:
            await context.show(desk_screen(_, _("✅ No credit waits for a second operator.")))
        else:
            pages = pager(place, total, OpenApprovals(page=place))
            await context.show(approval_screen(_, asked, reader, pages=pages))

    async def open(self, context: Context, tap: OpenApproval) -> None:
        """Show it."""
        await self._show(context, tap.approval)

    async def agree(self, context: Context, tap: AgreeToCredit) -> None:
        """Give it in the name of who asked for it."""
        await self._decide(context, tap.approval, approvals.agree)

    async def refuse(self, context: Context, tap: RefuseCredit) -> None:
        """Give nothing."""
        await self._decide(context, tap.approval, approvals.refuse)

    async def _decide(
        self, context: Context, approval: int, decide: Callable[[Tx, Act, int], object]
    ) -> None:
        """Decide, and show what became of it, or why it was not done. Raises NotYours."""
        _, note = context.locale, Rich()
        try:
            await self.desk.db.write(decide, act_of(context), approval)
        except TooLate:
            pass  # what was decided is shown
        except OwnApproval:
            note = own_approval(_)
        except OwnCredit:
            note = own_credit(_)
        except NotMoney:  # the sum may be more than an account can hold
            note = too_much(_)
        await self._show(context, approval, note)

    async def _show(self, context: Context, approval: int, note: Rich | str = "") -> None:
        _ = context.locale
        try:
            asked = await self.desk.db.read(approvals.load_approval, approval)
        except NotYours:
            await context.show(desk_screen(_, _("There is no such request.")))
        else:
            await context.show(approval_screen(_, asked, context.customer.id, note))
