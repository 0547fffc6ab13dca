"""An order at the desk: its card, its history, and the decisions about a parked one."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from aiogram.filters import CommandObject

from bot.base.errors import ShopClosed, TooLate
from bot.base.ids import OrderId, RemoteId
from bot.chat.desk import decisions as screens
from bot.chat.desk.forms import DeskAttachForm, DeskPartForm
from bot.chat.desk.from_operator import NotCommand, act_of, find_number
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
from bot.chat.kit.richtext import Rich
from bot.chat.kit.routes import MenuCommand, Routes
from bot.chat.orders.kinds import ChatKind
from bot.orders import decide
from bot.orders import dossier as records
from bot.orders.dossier import Dossier
from bot.orders.rules.errors import IllegalMove
from bot.orders.rules.moves import Reason, State
from bot.orders.views import OrderView
from bot.suppliers.errors import SupplierError
from bot.suppliers.words import Kind

ORDER: Final = MenuCommand("order", lambda _: _("Look at an order"))


@dataclass(frozen=True, slots=True)
class DecisionPages:
    """The operator's acts about one order. Whatever comes too late shows the newer state."""

    desk: Desk
    kinds: Mapping[Kind, ChatKind]

    def add_to(self, routes: Routes) -> None:
        """Register them."""
        routes.on_words(self.look_up, ORDER)
        routes.on_tap(self.open, OpenDossier)
        routes.on_tap(self.open_history, OpenHistory)
        routes.on_tap(self.decide, Decide)
        routes.on_tap(self.ask_remote, TypeRemoteId)
        routes.on_typed(self.type_remote, DeskAttachForm, NotCommand())
        routes.on_tap(self.attach, AttachId)
        routes.on_tap(self.ask_delivered, TypeDelivered)
        routes.on_typed(self.type_delivered, DeskPartForm, NotCommand())

    async def look_up(self, visit: Visit, command: CommandObject) -> None:
        """`/order <id>`."""
        order = find_number(command.args)
        if order is None:
            await visit.show(look_up_usage_screen(visit.voice, "/order <id>", "/order 12"))
        else:
            await self._show(visit, order)

    async def open(self, visit: Visit, tap: OpenDossier) -> None:
        """An order's card."""
        await self._show(visit, tap.order)

    async def open_history(self, visit: Visit, tap: OpenHistory) -> None:
        """Everything that is written down, as a file in a new message."""
        dossier = await self._find(tap.order)
        if dossier is not None:
            await visit.send(history_screen(visit.voice, dossier))

    async def decide(self, visit: Visit, tap: Decide) -> None:
        """The first tap asks, the second decides, once."""
        _, dossier = visit.voice, await self._find(tap.order)
        if dossier is not None and not _still_means(tap, dossier):
            await self._show(visit, tap.order, screens.too_late_words(_))
        elif dossier is not None and not tap.sure:
            screen = screens.decision_sure_screen(_, dossier, tap.act, tap.delivered)
            await visit.show(screen)
        elif dossier is not None:
            await self._show(visit, tap.order, await self._decide(visit, tap, dossier))
        else:
            await visit.show(unknown_order_screen(_))

    async def _decide(self, visit: Visit, tap: Decide, dossier: Dossier) -> Rich | str:
        """Decide, and say what that did."""
        _ = visit.voice
        try:
            view = await self._write(visit, tap, dossier)
        except (IllegalMove, TooLate):
            return screens.too_late_words(_)
        except ShopClosed:
            return screens.still_closed_words(_)
        return screens.decided_words(_, view)

    async def _write(self, visit: Visit, tap: Decide, dossier: Dossier) -> OrderView:
        db, act, order = self.desk.db, act_of(visit), dossier.order.id
        match tap.act:
            case Decision.NOT_PLACED:
                return await db.write(decide.fail_order, act, order, Reason.NOT_PLACED)
            case Decision.SEND_AGAIN:
                return await db.write(decide.send_again, act, order)
            case Decision.WRITE_OFF:
                return await db.write(decide.fail_order, act, order, Reason.WRITTEN_OFF)
            case Decision.KEEP_ASKING:
                return await db.write(decide.keep_polling, act, order)
            case Decision.COMPLETE | Decision.PARTIAL | Decision.CANCEL:
                units = _units(tap, dossier.order.quantity)
                return await db.write(decide.end, act, order, units)

    async def ask_remote(self, visit: Visit, tap: TypeRemoteId) -> None:
        """The supplier's id is typed next."""
        if await self._find(tap.order, State.IN_DOUBT) is None:
            await self._show(visit, tap.order, screens.too_late_words(visit.voice))
            return
        await visit.open_form(DeskAttachForm(tap.order))
        await visit.show(screens.ask_remote_screen(visit.voice, tap.order))

    async def type_remote(self, visit: Visit, form: DeskAttachForm, text: str) -> None:
        """The typed id is shown back for the second tap; one that cannot be is explained."""
        _, remote = visit.voice, find_remote_id(text)
        if remote is None:
            problem = screens.bad_remote_words(_)
            await visit.show(screens.ask_remote_screen(_, form.order, problem))
            return
        await visit.close_form()
        dossier = await self._find(form.order, State.IN_DOUBT)
        if dossier is None:
            await self._show(visit, form.order, screens.too_late_words(_))
        else:
            await visit.show(screens.attach_sure_screen(_, dossier, remote))

    async def attach(self, visit: Visit, tap: AttachId) -> None:
        """Follow the order under this id, when the supplier knows it."""
        await self._show(visit, tap.order, await self._attach(visit, tap))

    async def _attach(self, visit: Visit, tap: AttachId) -> Rich | str:
        """Attach it, and say what that did."""
        _, act = visit.voice, act_of(visit)
        dossier = await self._find(tap.order, State.IN_DOUBT)
        if dossier is None or last_attempt(dossier) != tap.attempt:
            return screens.too_late_words(_)
        try:
            view = await self.desk.attach(act, dossier.order.id, RemoteId(tap.remote))
        except IllegalMove:
            return screens.too_late_words(_)
        except TooLate:
            return screens.id_taken_words(_)
        except ShopClosed:
            return screens.still_closed_words(_)
        except SupplierError as failure:
            return screens.supplier_no_words(_, failure)
        return screens.decided_words(_, view)

    async def ask_delivered(self, visit: Visit, tap: TypeDelivered) -> None:
        """The number of delivered units is typed next."""
        dossier = await self._find(tap.order, State.ATTENTION)
        if dossier is None:
            await self._show(visit, tap.order, screens.too_late_words(visit.voice))
            return
        await visit.open_form(DeskPartForm(tap.order))
        await visit.show(screens.ask_delivered_screen(visit.voice, dossier.order))

    async def type_delivered(self, visit: Visit, form: DeskPartForm, text: str) -> None:
        """The typed number is shown back with the money it moves; any other is explained."""
        _, dossier = visit.voice, await self._find(form.order, State.ATTENTION)
        if dossier is None:
            await visit.close_form()
            await self._show(visit, form.order, screens.too_late_words(_))
            return
        delivered, most = find_number(text), dossier.order.quantity - 1
        if delivered is None or not 1 <= delivered <= most:
            problem = screens.bad_delivered_words(_, most)
            await visit.show(screens.ask_delivered_screen(_, dossier.order, problem))
            return
        await visit.close_form()
        await visit.show(screens.decision_sure_screen(_, dossier, Decision.PARTIAL, delivered))

    async def _show(self, visit: Visit, order: int, note: Rich | str = "") -> None:
        """The card as it stands now; `note` says first what has just happened."""
        _, dossier = visit.voice, await self._find(order)
        if dossier is None:
            await visit.show(unknown_order_screen(_))
            return
        about = self.kinds[dossier.order.kind].desk_line(_, dossier.order)
        screen = dossier_screen(_, dossier, self.desk.clock.now(), note, about=about)
        await visit.show(screen)

    async def _find(self, order: int, state: State | None = None) -> Dossier | None:
        """What is known of an order; None unless it stands in `state`, where that is asked."""
        dossier = await self.desk.db.read(records.dossier, OrderId(order))
        fits = dossier is not None and (state is None or dossier.order.state is state)
        return dossier if fits else None


def _still_means(wanted: Decide, dossier: Dossier) -> bool:
    """Whether the order still stands as it did when the operator saw the button."""
    if dossier.order.state is not screens.FROM[wanted.act]:
        return False
    fits = wanted.act is not Decision.PARTIAL or 0 < wanted.delivered < dossier.order.quantity
    return fits and wanted.attempt == last_attempt(dossier)


def _units(wanted: Decide, quantity: int) -> int:
    return {Decision.COMPLETE: quantity, Decision.PARTIAL: wanted.delivered}.get(wanted.act, 0)
