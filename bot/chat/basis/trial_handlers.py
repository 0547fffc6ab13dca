"""One order is placed to find out what a rate is for, and what it has found is shown."""

from __future__ import annotations

import asyncio
from contextlib import suppress
from dataclasses import dataclass
from typing import Final

from bot.base.errors import NotYours, TooLate
from bot.base.ids import CategoryId, OrderId, ServiceId
from bot.base.money import Money
from bot.catalog.errors import NotForSale, NotForSaleReason
from bot.catalog.recheck import YOUNG
from bot.chat.basis.taps import (
    OpenBasis,
    OpenResult,
    OpenTrial,
    OpenTrials,
    PlaceTrial,
    TrialLinkForm,
)
from bot.chat.basis.trial import (
    Trial,
    ask_link_screen,
    calibration_screen,
    trial_screen,
    trial_sure_screen,
    trials_screen,
)
from bot.chat.facade import Desk, Storefront
from bot.chat.kit.context import Context, act_of
from bot.chat.kit.routes import Routes
from bot.chat.orders.errors import bad_link_text
from bot.chat.places.taps import key_of
from bot.desk.bases import can_be_tried, list_to_try
from bot.orders.calibration.place import (
    CalibrationAsked,
    count_calibrations,
    dearest_cost,
    place_calibration,
)
from bot.orders.calibration.read import find_calibration, find_open_calibration
from bot.orders.rules.links import BadLink
from bot.suppliers.errors import SupplierError
from bot.suppliers.words import Kind

_READ_WITHIN_S: Final = 5.0


@dataclass(frozen=True, slots=True)
class TrialPages:
    """Offers an order, places it after a second tap, and shows what came of it."""

    store: Storefront
    desk: Desk

    def add_to(self, routes: Routes) -> None:
        """Register the handlers."""
        routes.on_tap(self.choose, OpenTrials)
        routes.on_tap(self.open, OpenTrial)
        routes.on_tap(self.place, PlaceTrial)
        routes.on_typed(self.take_link, TrialLinkForm)
        routes.on_tap(self.show, OpenResult)

    async def choose(self, context: Context, tap: OpenTrials) -> None:
        """Show what could be ordered of a category; the open one where there is one."""
        names = (name for name in self.desk.report_suppliers.suppliers)
        supplier = next((name for name in names if key_of(name) == tap.supplier), None)
        if supplier is None:
            raise NotYours
        under_way = await self.desk.db.read(find_open_calibration, supplier)
        if under_way is not None:
            await self._show(context, under_way)
            return
        await self.desk.load_shelf()
        category = CategoryId(tap.category) if tap.category else None
        found = list_to_try(self.store.shelf.now, supplier, category)
        back = OpenBasis(supplier=tap.supplier, category=tap.category)
        await context.show(trials_screen(context.locale, found, back, tap.page))

    async def open(self, context: Context, tap: OpenTrial) -> None:
        """Say what it will do and cost, at a rate that was read just now. Raises NotForSale."""
        trial = await self._load(tap.service)
        supplier = self.desk.report_suppliers.suppliers.get(trial.service.supplier)
        if supplier is not None:
            with suppress(TimeoutError, SupplierError):  # the rate of the shelf is told then
                async with asyncio.timeout(_READ_WITHIN_S):
                    await self.desk.report_suppliers.refresh(supplier, YOUNG)
            trial = await self._load(tap.service)
        await context.show(trial_screen(context.locale, trial))

    async def place(self, context: Context, tap: PlaceTrial) -> None:
        """The first tap asks, the second places it, or asks for the link that it needs."""
        trial = await self._load(tap.service)
        under_way = await self.desk.db.read(find_open_calibration, trial.service.supplier)
        if (trial.most.micros, trial.seen) != (tap.most, tap.seen):
            await self._changed(context, trial, under_way)
        elif not tap.sure:
            await context.show(trial_sure_screen(context.locale, trial))
        elif trial.service.kind is Kind.SOCIAL:
            await context.open_form(TrialLinkForm(trial.service.id, tap.most, tap.seen))
            await context.show(ask_link_screen(context.locale, trial))
        else:
            await self._place(context, trial)

    async def take_link(self, context: Context, form: TrialLinkForm, text: str) -> None:
        """Place it for the link that was typed, or say what is wrong with it."""
        trial = await self._load(form.service)
        if (trial.most.micros, trial.seen) != (form.most, form.seen):
            await context.close_form()
            under_way = await self.desk.db.read(find_open_calibration, trial.service.supplier)
            await self._changed(context, trial, under_way)
            return
        kind = self.desk.replace.kinds[trial.service.kind]
        try:
            link = kind.link(text, *trial.service.listed.names)
        except BadLink as no:
            problem = bad_link_text(context.locale, no)
            await context.show(ask_link_screen(context.locale, trial, problem))
            return
        await context.close_form()
        await self._place(context, trial, link)

    async def _place(self, context: Context, trial: Trial, link: str = "") -> None:
        service = trial.service
        asked = CalibrationAsked(service.id, service.kind, trial.most, trial.seen, link)
        try:
            placed = await self.desk.db.write(place_calibration, act_of(context), asked)
        except TooLate:
            again = await self._load(service.id)
            under_way = await self.desk.db.read(find_open_calibration, service.supplier)
            await self._changed(context, again, under_way)
            return
        await self._show(context, placed[0])

    async def _changed(self, context: Context, trial: Trial, under_way: OrderId | None) -> None:
        """Nothing was placed by this tap: show what is, or what it would cost now."""
        if under_way is not None:
            await self._show(context, under_way)
            return
        _ = context.locale
        said = _("Nothing was ordered: this card was not new any more. This is what counts now.")
        await context.show(trial_screen(_, trial, said))

    async def show(self, context: Context, tap: OpenResult) -> None:
        """Show what an order has found out. Raises NotYours."""
        await self._show(context, OrderId(tap.order))

    async def _show(self, context: Context, order: OrderId) -> None:
        seen = await self.desk.db.read(find_calibration, order)
        if seen is None:
            raise NotYours
        await context.show(calibration_screen(context.locale, seen, self.store.shelf.now))

    async def _load(self, service_id: int) -> Trial:
        """The order as it would be placed now. Raises NotForSale."""
        service = self.store.shelf.now.find_service(ServiceId(service_id))
        if service is None or not can_be_tried(service):
            raise NotForSale(NotForSaleReason.GONE)
        most: Money = dearest_cost(service.listed.rate, service.listed.least)
        seen = await self.desk.db.read(count_calibrations, service.supplier)
        return Trial(service, most, seen)
