"""Looking things up at the desk: customers, orders, suppliers; and ban and resume."""

from __future__ import annotations

from dataclasses import dataclass

from aiogram import Router
from aiogram.filters import CommandObject
from aiogram.types import CallbackQuery, Message, TelegramObject

from bot.base.acts import Act
from bot.base.errors import NotYours
from bot.base.ids import CustomerId, OrderId
from bot.catalog.resume import resume_service, resume_supplier
from bot.chat.desk.customer import ban_sure_screen, customer_card_screen
from bot.chat.desk.from_operator import act_of
from bot.chat.desk.home import desk_home_screen, look_up_usage_screen, unknown_customer_screen
from bot.chat.desk.orders import desk_orders_screen
from bot.chat.desk.suppliers import resume_sure_screen, suppliers_screen
from bot.chat.desk.taps import (
    OpenDesk,
    OpenDeskOrders,
    OpenSuppliers,
    OpenUser,
    ResumeService,
    ResumeSupplier,
    SetBan,
    ending_of,
)
from bot.chat.facade import Desk
from bot.chat.kit.context import Visit
from bot.chat.kit.locale import Voice
from bot.chat.kit.screen import Screen
from bot.chat.kit.text_of import OwnCommand
from bot.desk import details
from bot.desk.details import DeskFilter
from bot.desk.suppliers import SupplierReport
from bot.orders import dossier as records
from bot.people import customers
from bot.safety import safe_mode


@dataclass(frozen=True, slots=True)
class LookDesk:
    """The operator's acts that read, and the ban."""

    desk: Desk

    async def open_desk(self, event: TelegramObject, visit: Visit) -> None:
        """`/desk`, and the same from a button."""
        is_closed = await self.desk.db.read(safe_mode.look) is not None
        await visit.show(desk_home_screen(visit.voice, is_closed=is_closed))

    async def look_up_user(self, message: Message, command: CommandObject, visit: Visit) -> None:
        """`/user <id|@name>`."""
        _, words = visit.voice, (command.args or "").split()
        if len(words) != 1:
            await visit.show(look_up_usage_screen(_, "/user <id|@username>", "/user @alice"))
            return
        found = await self.desk.db.read(customers.look_up, words[0])
        screen = unknown_customer_screen(_) if found is None else await self._user(found.id, _)
        await visit.show(screen)

    async def open_user(self, tap: CallbackQuery, callback_data: OpenUser, visit: Visit) -> None:
        """A customer from a button."""
        await visit.show(await self._user(callback_data.customer, visit.voice))

    async def _user(self, customer: int, _: Voice) -> Screen:
        card = await self.desk.db.read(details.customer_card, CustomerId(customer))
        if card is None:
            return unknown_customer_screen(_)
        return customer_card_screen(_, card, self.desk.clock.now())

    async def set_ban(self, tap: CallbackQuery, callback_data: SetBan, visit: Visit) -> None:
        """The first tap asks, the second bans or allows."""
        if callback_data.sure:
            await visit.show(await self._ban(tap, callback_data, visit))
        else:
            await visit.show(await self._ask_ban(callback_data, visit))

    async def _ask_ban(self, wanted: SetBan, visit: Visit) -> Screen:
        card = await self.desk.db.read(details.customer_card, CustomerId(wanted.customer))
        if card is None:
            return unknown_customer_screen(visit.voice)
        return ban_sure_screen(visit.voice, card, banned=wanted.banned)

    async def _ban(self, tap: CallbackQuery, wanted: SetBan, visit: Visit) -> Screen:
        customer = CustomerId(wanted.customer)
        await self.desk.db.write(
            customers.set_banned, act_of(tap, visit), customer, banned=wanted.banned
        )
        return await self._user(customer, visit.voice)

    async def look_up_orders(self, message: Message, command: CommandObject, visit: Visit) -> None:
        """`/orders [open|doubt|attention]`; any other word is answered with how to write it."""
        word, _ = (command.args or DeskFilter.ALL).strip().lower(), visit.voice
        if word in {one.value for one in DeskFilter}:
            await visit.show(await self._orders(DeskFilter(word), 0, _))
            return
        usage = look_up_usage_screen(_, "/orders [open|doubt|attention]", "/orders doubt")
        await visit.show(usage)

    async def open_orders(
        self, tap: CallbackQuery, callback_data: OpenDeskOrders, visit: Visit
    ) -> None:
        """A page of orders from a button."""
        screen = await self._orders(callback_data.which, callback_data.page, visit.voice)
        await visit.show(screen)

    async def _orders(self, which: DeskFilter, page: int, _: Voice) -> Screen:
        return desk_orders_screen(
            _, which, await self.desk.db.read(details.list_orders, which, page)
        )

    async def open_suppliers(self, event: TelegramObject, visit: Visit) -> None:
        """`/suppliers`, and the same from a button."""
        await visit.show(await self._suppliers(visit.voice))

    async def _suppliers(self, _: Voice, note: str = "") -> Screen:
        reports = await self.desk.report_suppliers()
        return suppliers_screen(_, reports, self.desk.clock.now(), note)

    async def resume_supplier(
        self, tap: CallbackQuery, callback_data: ResumeSupplier, visit: Visit
    ) -> None:
        """The first tap asks, the second resumes."""
        await visit.show(await self._resume(act_of(tap, visit), callback_data, visit.voice))

    async def _resume(self, act: Act, wanted: ResumeSupplier, _: Voice) -> Screen:
        report = find_report(await self.desk.report_suppliers(), wanted)
        if report is None or not report.pauses:
            return await self._suppliers(_, _("Nothing is paused here any more."))
        if not wanted.sure:
            return resume_sure_screen(_, wanted.place, report)
        resumed = await self.desk.db.write(resume_supplier, act, report.name)
        return await self._suppliers(_, _("✅ Resumed.") if resumed else "")

    async def resume_service(
        self, tap: CallbackQuery, callback_data: ResumeService, visit: Visit
    ) -> None:
        """Sell a service again; a second tap finds nothing to do."""
        _ = visit.voice
        dossier = await self.desk.db.read(records.dossier, OrderId(callback_data.order))
        if dossier is None:
            raise NotYours
        service = dossier.order.service
        resumed = await self.desk.db.write(resume_service, act_of(tap, visit), service)
        note = _("✅ The service is for sale again.")
        await visit.show(
            await self._suppliers(_, note if resumed else _("Nothing is paused here any more."))
        )


def find_report(
    reports: tuple[SupplierReport, ...], wanted: ResumeSupplier
) -> SupplierReport | None:
    """The supplier that a tap means; None when the settings have changed since."""
    if not 0 <= wanted.place < len(reports):
        return None
    report = reports[wanted.place]
    return report if ending_of(report.name) == wanted.ending else None


def add_look_desk(router: Router, desk: Desk) -> None:
    """Hang the acts on the desk's router."""
    acts = LookDesk(desk)
    router.message.register(acts.open_desk, OwnCommand("desk"))
    router.message.register(acts.look_up_user, OwnCommand("user"))
    router.message.register(acts.look_up_orders, OwnCommand("orders"))
    router.message.register(acts.open_suppliers, OwnCommand("suppliers"))
    router.callback_query.register(acts.open_desk, OpenDesk.filter())
    router.callback_query.register(acts.open_user, OpenUser.filter())
    router.callback_query.register(acts.set_ban, SetBan.filter())
    router.callback_query.register(acts.open_orders, OpenDeskOrders.filter())
    router.callback_query.register(acts.open_suppliers, OpenSuppliers.filter())
    router.callback_query.register(acts.resume_supplier, ResumeSupplier.filter())
    router.callback_query.register(acts.resume_service, ResumeService.filter())
