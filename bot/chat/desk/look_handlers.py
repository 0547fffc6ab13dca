"""Looking things up at the desk: customers and suppliers; and ban and resume."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from bot.base.acts import Permission
from bot.base.errors import NotYours
from bot.base.ids import OrderId
from bot.catalog.standing import resume_supplier
from bot.catalog.store import resume_service
from bot.chat.desk.home import desk_home_screen
from bot.chat.desk.suppliers import resume_sure_screen, suppliers_screen
from bot.chat.desk.taps import (
    OpenDesk,
    OpenSuppliers,
    ResumeService,
    ResumeSupplier,
    ending_of,
)
from bot.chat.facade import Desk
from bot.chat.kit.context import Context, act_of
from bot.chat.kit.routes import MenuCommand, Routes
from bot.desk.suppliers import SupplierReport
from bot.orders import order_details as records

DESK: Final = MenuCommand("desk", lambda _: _("Open the desk"), example="/desk")
SUPPLIERS: Final = MenuCommand(
    "suppliers", lambda _: _("Suppliers: balances and health"), Permission.SEE, "/suppliers"
)


@dataclass(frozen=True, slots=True)
class LookUpPages:
    """Looks at customers and suppliers; bans customers and resumes sales."""

    desk: Desk

    def add_to(self, routes: Routes) -> None:
        """Register the handlers."""
        routes.on_command(self.open_desk, OpenDesk(), DESK)
        routes.on_tap(self.open_desk, OpenDesk)
        routes.on_command(self.open_suppliers, OpenSuppliers(), SUPPLIERS)
        routes.on_tap(self.open_suppliers, OpenSuppliers)
        routes.on_tap(self.resume_supplier, ResumeSupplier)
        routes.on_tap(self.resume_service, ResumeService)

    async def open_desk(self, context: Context, tap: OpenDesk) -> None:
        """Show the desk at a glance."""
        seen = await self.desk.report_suppliers.look()
        await context.show(desk_home_screen(context.locale, seen, context.customer.role))

    async def open_suppliers(self, context: Context, tap: OpenSuppliers) -> None:
        """Ask the suppliers for their balances, and show how they stand."""
        reports = await self.desk.report_suppliers.ask()
        await context.show(suppliers_screen(context.locale, reports, self.desk.clock.now()))

    async def resume_supplier(self, context: Context, tap: ResumeSupplier) -> None:
        """The first tap asks, the second resumes."""
        _, act = context.locale, act_of(context)
        report = find_report(await self.desk.report_suppliers(), tap)
        if report is None or not report.can_resume:
            await self._show_suppliers(context, _("Nothing is paused here any more."))
        elif not tap.sure:
            await context.show(resume_sure_screen(_, tap.place, report))
        else:
            resumed = await self.desk.db.write(resume_supplier, act, report.name)
            await self._show_suppliers(context, _("✅ Resumed.") if resumed else "")

    async def resume_service(self, context: Context, tap: ResumeService) -> None:
        """Sell a service again; a second tap changes nothing. Raises NotYours."""
        _, db = context.locale, self.desk.db
        details = await db.read(records.find_details, OrderId(tap.order))
        if details is None:
            raise NotYours
        resumed = await db.write(resume_service, act_of(context), details.bought)
        done = _("✅ The service is for sale again.")
        note = done if resumed else _("Nothing is paused here any more.")
        await self._show_suppliers(context, note)

    async def _show_suppliers(self, context: Context, note: str = "") -> None:
        """Show the report; `note` says first what has just been done."""
        reports = await self.desk.report_suppliers()
        await context.show(suppliers_screen(context.locale, reports, self.desk.clock.now(), note))


def find_report(
    reports: tuple[SupplierReport, ...], wanted: ResumeSupplier
) -> SupplierReport | None:
    """The supplier that a tap means; None when the settings have changed since."""
    if not 0 <= wanted.place < len(reports):
        return None
    report = reports[wanted.place]
    return report if ending_of(report.name) == wanted.ending else None
