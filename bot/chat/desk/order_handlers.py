"""An order at the desk: its card, its history, and the decisions about a parked one."""

from __future__ import annotations

from dataclasses import dataclass

from aiogram import Router
from aiogram.filters import CommandObject
from aiogram.types import CallbackQuery, Message

from bot.base.acts import Act
from bot.base.errors import ShopClosed, TooLate
from bot.base.ids import OrderId, RemoteId
from bot.chat.desk import decisions as screens
from bot.chat.desk.forms import DeskAttachForm, DeskFormOpen, DeskForms, DeskPartForm
from bot.chat.desk.from_operator import act_of, find_number
from bot.chat.desk.history import history_screen
from bot.chat.desk.home import look_up_usage_screen, unknown_order_screen
from bot.chat.desk.order import dossier_screen, last_attempt
from bot.chat.desk.taps import (
    AttachId,
    Decide,
    Decision,
    OpenDossier,
    OpenHistory,
    TypeDelivered,
    TypeRemoteId,
    find_remote_id,
)
from bot.chat.facade import Desk
from bot.chat.kit.context import Visit
from bot.chat.kit.locale import Voice
from bot.chat.kit.richtext import Rich
from bot.chat.kit.screen import Screen
from bot.chat.kit.text_of import OwnCommand, written
from bot.chat.safety.safe_mode import still_closed_words
from bot.orders import decide
from bot.orders import dossier as records
from bot.orders.dossier import Dossier
from bot.orders.rules.errors import IllegalMove
from bot.orders.rules.moves import Reason, State
from bot.orders.views import OrderView
from bot.suppliers.errors import SupplierError


@dataclass(frozen=True, slots=True)
class OrderDesk:
    """The operator's acts about one order. Whatever comes too late shows the newer state."""

    desk: Desk
    forms: DeskForms

    async def look_up(self, message: Message, command: CommandObject, visit: Visit) -> None:
        """`/order <id>`."""
        order = find_number(command.args)
        if order is None:
            await visit.show(look_up_usage_screen(visit.voice, "/order <id>", "/order 12"))
            return
        await visit.show(await self._card(order, visit.voice))

    async def open(self, tap: CallbackQuery, callback_data: OpenDossier, visit: Visit) -> None:
        """An order from a button."""
        await visit.show(await self._card(callback_data.order, visit.voice))

    async def _card(self, order: int, _: Voice, note: Rich | str = "") -> Screen:
        dossier = await self.desk.db.read(records.dossier, OrderId(order))
        if dossier is None:
            return unknown_order_screen(_)
        return dossier_screen(_, dossier, self.desk.clock.now(), note)

    async def open_history(
        self, tap: CallbackQuery, callback_data: OpenHistory, visit: Visit
    ) -> None:
        """Everything that is written down, as a file in a new message."""
        dossier = await self.desk.db.read(records.dossier, OrderId(callback_data.order))
        if dossier is not None:
            await visit.send(history_screen(visit.voice, dossier))

    async def decide(self, tap: CallbackQuery, callback_data: Decide, visit: Visit) -> None:
        """The first tap asks, the second decides, once."""
        await visit.show(await self._decide(act_of(tap, visit), callback_data, visit.voice))

    async def _decide(self, act: Act, wanted: Decide, _: Voice) -> Screen:
        dossier = await self.desk.db.read(records.dossier, OrderId(wanted.order))
        if dossier is None:
            return unknown_order_screen(_)
        if not _still_means(wanted, dossier):
            return await self._card(wanted.order, _, screens.too_late_words(_))
        if not wanted.sure:
            return screens.decision_sure_screen(_, dossier, wanted.act, wanted.delivered)
        try:
            view = await self._act(act, wanted, dossier)
        except (IllegalMove, TooLate):
            return await self._card(wanted.order, _, screens.too_late_words(_))
        except ShopClosed:
            return await self._card(wanted.order, _, still_closed_words(_))
        return await self._card(wanted.order, _, screens.decided_words(_, view))

    async def _act(self, act: Act, wanted: Decide, dossier: Dossier) -> OrderView:
        db, order = self.desk.db, dossier.order.id
        match wanted.act:
            case Decision.NOT_PLACED:
                return await db.write(decide.fail_order, act, order, Reason.NOT_PLACED)
            case Decision.SEND_AGAIN:
                return await db.write(decide.send_again, act, order)
            case Decision.WRITE_OFF:
                return await db.write(decide.fail_order, act, order, Reason.WRITTEN_OFF)
            case Decision.KEEP_ASKING:
                return await db.write(decide.keep_polling, act, order)
            case Decision.COMPLETE | Decision.PARTIAL | Decision.CANCEL:
                units = _units(wanted, dossier.order.quantity)
                return await db.write(decide.end, act, order, units)

    async def ask_remote(
        self, tap: CallbackQuery, callback_data: TypeRemoteId, visit: Visit
    ) -> None:
        """The supplier's id is typed next."""
        order, _ = callback_data.order, visit.voice
        if await self._find_parked(order, State.IN_DOUBT) is None:
            await visit.show(await self._card(order, _, screens.too_late_words(_)))
            return
        await self.forms.open(visit.customer.id, DeskAttachForm(order))
        await visit.show(screens.ask_remote_screen(_, order))

    async def type_remote(self, message: Message, form: DeskAttachForm, visit: Visit) -> None:
        """The typed id is shown back for the second tap; one that cannot be is explained."""
        _, remote = visit.voice, find_remote_id(written(message))
        if remote is None:
            problem = screens.bad_remote_words(_)
            await visit.show(screens.ask_remote_screen(_, form.order, problem))
            return
        await self.forms.close(visit.customer.id)
        dossier = await self._find_parked(form.order, State.IN_DOUBT)
        if dossier is None:
            await visit.show(await self._card(form.order, _, screens.too_late_words(_)))
            return
        await visit.show(screens.attach_sure_screen(_, dossier, remote))

    async def attach(self, tap: CallbackQuery, callback_data: AttachId, visit: Visit) -> None:
        """Follow the order under this id, when the supplier knows it."""
        note = await self._attach(act_of(tap, visit), callback_data, visit.voice)
        await visit.show(await self._card(callback_data.order, visit.voice, note))

    async def _attach(self, act: Act, wanted: AttachId, _: Voice) -> Rich | str:
        order = OrderId(wanted.order)
        dossier = await self._find_parked(order, State.IN_DOUBT)
        if dossier is None or last_attempt(dossier) != wanted.attempt:
            return screens.too_late_words(_)
        try:
            remote = RemoteId(wanted.remote)
            view = await self.desk.attach(act, order, remote)
        except IllegalMove:
            return screens.too_late_words(_)
        except TooLate:
            return screens.id_taken_words(_)
        except ShopClosed:
            return still_closed_words(_)
        except SupplierError as failure:
            return screens.supplier_no_words(_, failure)
        return screens.decided_words(_, view)

    async def ask_delivered(
        self, tap: CallbackQuery, callback_data: TypeDelivered, visit: Visit
    ) -> None:
        """The number of delivered units is typed next."""
        order, _ = callback_data.order, visit.voice
        dossier = await self._find_parked(order, State.ATTENTION)
        if dossier is None:
            await visit.show(await self._card(order, _, screens.too_late_words(_)))
            return
        await self.forms.open(visit.customer.id, DeskPartForm(order))
        await visit.show(screens.ask_delivered_screen(_, dossier.order))

    async def type_delivered(self, message: Message, form: DeskPartForm, visit: Visit) -> None:
        """The typed number is shown back with the money it moves; any other is explained."""
        _, dossier = visit.voice, await self._find_parked(form.order, State.ATTENTION)
        if dossier is None:
            await self.forms.close(visit.customer.id)
            await visit.show(await self._card(form.order, _, screens.too_late_words(_)))
            return
        delivered, most = find_number(written(message)), dossier.order.quantity - 1
        if delivered is None or not 1 <= delivered <= most:
            problem = screens.bad_delivered_words(_, most)
            await visit.show(screens.ask_delivered_screen(_, dossier.order, problem))
            return
        await self.forms.close(visit.customer.id)
        await visit.show(screens.decision_sure_screen(_, dossier, Decision.PARTIAL, delivered))

    async def _find_parked(self, order: int, state: State) -> Dossier | None:
        dossier = await self.desk.db.read(records.dossier, OrderId(order))
        return dossier if dossier is not None and dossier.order.state is state else None


def _still_means(wanted: Decide, dossier: Dossier) -> bool:
    """Whether the order still stands as it did when the operator saw the button."""
    if dossier.order.state is not screens.FROM[wanted.act]:
        return False
    fits = wanted.act is not Decision.PARTIAL or 0 < wanted.delivered < dossier.order.quantity
    return fits and wanted.attempt == last_attempt(dossier)


def _units(wanted: Decide, quantity: int) -> int:
    return {Decision.COMPLETE: quantity, Decision.PARTIAL: wanted.delivered}.get(wanted.act, 0)


def add_order_desk(router: Router, desk: Desk, forms: DeskForms) -> None:
    """Hang the acts on the desk's router."""
    acts = OrderDesk(desk, forms)
    router.message.register(acts.look_up, OwnCommand("order"))
    router.message.register(acts.type_remote, DeskFormOpen(forms, DeskAttachForm))
    router.message.register(acts.type_delivered, DeskFormOpen(forms, DeskPartForm))
    router.callback_query.register(acts.open, OpenDossier.filter())
    router.callback_query.register(acts.open_history, OpenHistory.filter())
    router.callback_query.register(acts.decide, Decide.filter())
    router.callback_query.register(acts.ask_remote, TypeRemoteId.filter())
    router.callback_query.register(acts.attach, AttachId.filter())
    router.callback_query.register(acts.ask_delivered, TypeDelivered.filter())
