"""An order at the desk: its card, its history, and the decisions about it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from functools import partial
from typing import Final

from aiogram.filters import CommandObject

from bot.base.acts import Act, Permission
from bot.base.digits import find_number
from bot.base.errors import ShopClosed, TooLate
from bot.base.ids import OrderId, RemoteId
from bot.base.quantity import BadQuantity, Span, checked, parse_quantity
from bot.chat.desk import decisions as screens
from bot.chat.desk.history import history_screen
from bot.chat.desk.home import look_up_usage_screen, unknown_order_screen
from bot.chat.desk.order import last_attempt, order_details_screen
from bot.chat.desk.taps import (
    AttachId,
    Decide,
    Decision,
    DeskAttachForm,
    DeskPartForm,
    OpenHistory,
    OpenOrderDetails,
    ReadDelivered,
    TypeDelivered,
    TypeRemoteId,
    find_remote_id,
)
from bot.chat.facade import Desk
from bot.chat.kit.context import Context, act_of
from bot.chat.kit.locale import Locale
from bot.chat.kit.richtext import Rich, join
from bot.chat.kit.routes import MenuCommand, Routes
from bot.chat.kit.screen import Screen, label
from bot.chat.orders.kinds import ChatKind
from bot.db.tx import Tx
from bot.orders import decide
from bot.orders import order_details as records
from bot.orders.order_details import OrderDetails
from bot.orders.rules.errors import IllegalMove
from bot.orders.rules.moves import Reason, State
from bot.orders.views import OrderView
from bot.suppliers.errors import NotSent, SupplierError
from bot.suppliers.words import Kind

ORDER: Final = MenuCommand("order", lambda _: _("Look at an order"), Permission.SEE, "/order 12")

_ASK_SUPPLIER: Final = frozenset({Decision.SEND_AGAIN, Decision.KEEP_ASKING})
"""In vain where the settings no longer name the supplier: nobody would ever ask it."""
_ENDINGS: Final = frozenset({Decision.COMPLETE, Decision.PARTIAL, Decision.CANCEL})
_DECISIONS: Final[dict[Decision, Callable[[Tx, Act, OrderId], OrderView]]] = {
    Decision.NOT_PLACED: partial(decide.fail_order, reason=Reason.NOT_PLACED),
    Decision.SEND_AGAIN: decide.send_again,
    Decision.WRITE_OFF: partial(decide.fail_order, reason=Reason.WRITTEN_OFF),
    Decision.KEEP_ASKING: decide.keep_polling,
    Decision.TAKE_OVER: decide.take_over,
    Decision.CALL_OFF: decide.call_off,
}


@dataclass(frozen=True, slots=True)
class DecisionPages:
    """Shows an order and decides about it. What comes too late shows the newer state."""

    desk: Desk
    kinds: Mapping[Kind, ChatKind]

    def add_to(self, routes: Routes) -> None:
        """Register the handlers."""
        routes.on_words(self.look_up, ORDER)
        routes.on_tap(self.open, OpenOrderDetails)
        routes.on_tap(self.open_history, OpenHistory)
        routes.on_tap(self.decide, Decide)
        routes.on_tap(self.ask_remote, TypeRemoteId)
        routes.on_typed(self.type_remote, DeskAttachForm)
        routes.on_tap(self.attach, AttachId)
        routes.on_tap(self.ask_delivered, TypeDelivered)
        routes.on_tap(self.read_delivered, ReadDelivered, keeps_form=True)
        routes.on_typed(self.type_delivered, DeskPartForm)

    async def look_up(self, context: Context, command: CommandObject) -> None:
        """`/order <id>`."""
        order = find_number(command.args)
        if order is None:
            await context.show(look_up_usage_screen(context.locale, "/order <id>", "/order 12"))
        else:
            await self._show(context, order)

    async def open(self, context: Context, tap: OpenOrderDetails) -> None:
        """Show an order's card."""
        await self._show(context, tap.order)

    async def open_history(self, context: Context, tap: OpenHistory) -> None:
        """Send everything that is written down, as a file in a new message."""
        details = await self._find(tap.order)
        if details is not None:
            await context.send(history_screen(context.locale, details))

    async def decide(self, context: Context, tap: Decide) -> None:
        """The first tap asks, the second decides, once."""
        _, details = context.locale, await self._find(tap.order)
        if details is None or not _still_means(tap, details):
            await self._show(context, tap.order, screens.too_late_words(_))
        elif not tap.sure:
            await context.show(self._ask(_, details, tap.act, tap.delivered))
        else:
            await self._show(context, tap.order, await self._decide(context, tap, details))

    def _ask(self, _: Locale, details: OrderDetails, act: Decision, delivered: int) -> Screen:
        step = self.desk.db.settings.price_step
        return screens.decision_sure_screen(_, details, act, step, delivered)

    async def _decide(self, context: Context, tap: Decide, details: OrderDetails) -> Rich | str:
        """Decide, and answer with what that did."""
        _ = context.locale
        if tap.act in _ASK_SUPPLIER and details.supplier not in self.desk.attach.suppliers:
            return screens.supplier_no_words(_, NotSent())
        try:
            view = await self._write(context, tap, details)
        except (IllegalMove, TooLate):
            return screens.too_late_words(_)
        except ShopClosed:
            return screens.still_closed_words(_)
        return screens.decided_words(_, view)

    async def _write(self, context: Context, tap: Decide, details: OrderDetails) -> OrderView:
        db, act, order = self.desk.db, act_of(context), details.order.id
        if tap.act in _ENDINGS:
            units = screens.units_of(tap.act, tap.delivered, details.order.quantity)
            return await db.write(decide.end, act, order, units)
        return await db.write(_DECISIONS[tap.act], act, order)

    async def ask_remote(self, context: Context, tap: TypeRemoteId) -> None:
        """Ask for the supplier's id, which is typed next."""
        if await self._find(tap.order, State.IN_DOUBT) is None:
            await self._show(context, tap.order, screens.too_late_words(context.locale))
            return
        await context.open_form(DeskAttachForm(tap.order))
        await context.show(screens.ask_remote_screen(context.locale, tap.order))

    async def type_remote(self, context: Context, form: DeskAttachForm, text: str) -> None:
        """Show the typed id back for the second tap; explain one that cannot be an id."""
        _, details = context.locale, await self._find(form.order, State.IN_DOUBT)
        if details is None:
            await context.close_form()
            await self._show(context, form.order, screens.too_late_words(_))
            return
        remote, problem = find_remote_id(text), ""
        if remote is None:
            problem = _(
                "That cannot be an order number: only letters, digits, dots and dashes, up to 32."
            )
        remote = remote or form.remote
        await context.open_form(DeskAttachForm(form.order, remote))
        if remote:
            await context.show(screens.attach_sure_screen(_, details, remote, problem))
        else:
            await context.show(screens.ask_remote_screen(_, form.order, problem))

    async def attach(self, context: Context, tap: AttachId) -> None:
        """Follow the order under this id if the supplier knows it."""
        await self._show(context, tap.order, await self._attach(context, tap))

    async def _attach(self, context: Context, tap: AttachId) -> Rich | str:
        """Attach it, and answer with what that did."""
        _, act = context.locale, act_of(context)
        details = await self._find(tap.order, State.IN_DOUBT)
        if details is None or last_attempt(details) != tap.attempt:
            return screens.too_late_words(_)
        try:
            view = await self.desk.attach(act, details.order.id, RemoteId(tap.remote))
        except IllegalMove:
            return screens.too_late_words(_)
        except TooLate:
            return _("Nothing was done: another order has this number already.")
        except ShopClosed:
            return screens.still_closed_words(_)
        except SupplierError as failure:
            return screens.supplier_no_words(_, failure)
        return screens.decided_words(_, view)

    async def ask_delivered(self, context: Context, tap: TypeDelivered) -> None:
        """Ask for the number of delivered units, which is typed next."""
        details = await self._find(tap.order, State.ATTENTION)
        if details is None:
            await self._show(context, tap.order, screens.too_late_words(context.locale))
            return
        await context.open_form(DeskPartForm(tap.order))
        await context.show(screens.ask_delivered_screen(context.locale, details.order))

    async def type_delivered(self, context: Context, form: DeskPartForm, text: str) -> None:
        """Show the typed number back with the money that it moves; explain any other."""
        sign = context.locale.group_sign
        await self._take(context, form, lambda span: parse_quantity(text, span, sign))

    async def read_delivered(self, context: Context, tap: ReadDelivered) -> None:
        """The same for what was meant by a number that can be read in two ways."""
        form = DeskPartForm(tap.order)
        await self._take(context, form, lambda span: checked(tap.delivered, span))

    async def _take(
        self, context: Context, form: DeskPartForm, read: Callable[[Span], int]
    ) -> None:
        _, details = context.locale, await self._find(form.order, State.ATTENTION)
        if details is None:
            await context.close_form()
            await self._show(context, form.order, screens.too_late_words(_))
            return
        most, problem = details.order.quantity - 1, ""
        try:
            delivered = read(Span(1, most))
        except BadQuantity as refused:
            if refused.readings:
                await context.show(
                    screens.which_delivered_screen(_, details.order, refused.readings)
                )
                return
            said = _("It has to be a whole number from 1 to {most}.")
            problem, delivered = label(said, most=_.number(most)), form.delivered
        await context.open_form(DeskPartForm(form.order, delivered))
        if delivered:
            sure = self._ask(_, details, Decision.PARTIAL, delivered)
            await context.show(replace(sure, text=join([problem, sure.text], "\n\n")))
        else:
            await context.show(screens.ask_delivered_screen(_, details.order, problem))

    async def _show(self, context: Context, order: int, note: Rich | str = "") -> None:
        """Show the card as it stands now; `note` says first what has just happened."""
        _, details = context.locale, await self._find(order)
        if details is None:
            await context.show(unknown_order_screen(_))
            return
        about = self.kinds[details.order.kind].desk_line(_, details.order)
        screen = order_details_screen(_, details, self.desk.clock.now(), note, about=about)
        await context.show(screen)

    async def _find(self, order: int, state: State | None = None) -> OrderDetails | None:
        """What is known of an order; None when it is not in `state`, where one is given."""
        details = await self.desk.db.read(records.find_details, OrderId(order))
        fits = details is not None and (state is None or details.order.state is state)
        return details if fits else None


def _still_means(wanted: Decide, details: OrderDetails) -> bool:
    """Whether the order still stands as it did when the operator saw the button."""
    if details.order.state is not screens.FROM[wanted.act]:
        return False
    fits = wanted.act is not Decision.PARTIAL or 0 < wanted.delivered < details.order.quantity
    return fits and wanted.attempt == last_attempt(details)
