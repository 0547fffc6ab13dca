"""The screens about one order that finds out what a rate is for: chosen, agreed to, concluded."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from bot.base.money import Money
from bot.base.page import page_of
from bot.catalog.pricing import expected_cost
from bot.catalog.rules import Service
from bot.catalog.shelf import Shelf
from bot.chat.basis.taps import (
    OpenBasis,
    OpenResult,
    OpenTrial,
    OpenTrials,
    PlaceTrial,
    SetBasis,
    SetServiceBasis,
    TypeBasis,
)
from bot.chat.basis.words import result_words
from bot.chat.desk.parts import desk_screen, sure_screen
from bot.chat.desk.taps import OpenOrderDetails
from bot.chat.kit.locale import Locale
from bot.chat.kit.names import IN_TEXT, clip, shorten
from bot.chat.kit.richtext import Rich, bold, fill, join
from bot.chat.kit.screen import Button, Row, Screen, label, named, pager
from bot.chat.places.taps import key_of
from bot.desk.bases import path_of
from bot.orders.calibration.read import CalibrationView
from bot.orders.calibration.tables import CalibrationState


@dataclass(frozen=True, slots=True)
class Trial:
    """The smallest order of a service: `most` is what it costs if the rate is for one.

    `seen` is how many calibrations of its supplier there were.
    """

    service: Service
    most: Money
    seen: int

    @property
    def place(self) -> PlaceTrial:
        """The tap that asks for it."""
        return PlaceTrial(service=self.service.id, most=self.most.micros, seen=self.seen)


def trials_screen(_: Locale, services: Sequence[Service], back: OpenBasis, page: int) -> Screen:
    """What could be ordered, the cheapest first."""
    shown = page_of(services, page)
    said = _(
        "Choose what to order. One smallest order is placed with your own money at the supplier,"
        " and what it charges tells what its rate is for."
    )
    if not services:
        said = _("There is nothing here that could be ordered now.")
    rows = [(Button(_service_label(_, one), OpenTrial(service=one.id)),) for one in shown.rows]
    turn = pager(
        shown.number, shown.pages, OpenTrials(supplier=back.supplier, category=back.category)
    )
    return desk_screen(_, said, *rows, *turn, _back(_, back))


def _service_label(_: Locale, service: Service) -> str:
    least = service.listed.least
    name = _.iso(clip(service.listed.name, 40))
    cost = _.money(expected_cost(service.listed.rate, 1, least))
    return shorten(
        fill(
            _("up to {cost} · {name} × {quantity}"),
            cost=cost,
            name=name,
            quantity=_.number(least),
        ).text
    )


def trial_screen(_: Locale, trial: Trial, note: str = "") -> Screen:
    """What the order will do and cost; nothing is placed before a second tap."""
    text = join([note, _promise(_, trial)], "\n\n")
    service = trial.service
    button = Button(_place_label(_, trial), trial.place)
    back = OpenTrials(supplier=key_of(service.supplier), category=service.category)
    return desk_screen(_, text, (button,), _back(_, back))


def _promise(_: Locale, trial: Trial) -> Rich:
    service = trial.service
    listed = service.listed
    what = fill(
        _("One order: {name} × {quantity}"),
        name=named(_, listed.name),
        quantity=_.number(listed.least),
    )
    where = fill(
        _(
            "It is placed at {supplier} and costs real money of yours there: {most} if the rate is"
            " for 1, about {less} if it is for 1,000."
        ),
        supplier=_.iso(clip(service.supplier, 40)),
        most=bold(_.money(trial.most)),
        less=_.money(expected_cost(listed.rate, 1000, listed.least)),
    )
    more = _(
        "Your balance there is read before and after. What is delivered comes to this chat. No"
        " customer pays for it, and no price changes before you say so."
    )
    return join([bold(what), where, more], "\n\n")


def _place_label(_: Locale, trial: Trial) -> str:
    return label(_("🧪 Place one order · up to {cost}"), cost=_.money(trial.most))


def trial_sure_screen(_: Locale, trial: Trial) -> Screen:
    """The last question before money is spent."""
    yes = Button(_place_label(_, trial), trial.place.model_copy(update={"sure": True}))
    return sure_screen(_, _promise(_, trial), yes, OpenTrial(service=trial.service.id))


def ask_link_screen(_: Locale, trial: Trial, problem: str | Rich = "") -> Screen:
    """The link is typed next, and the order is placed with it."""
    ask = _("Send the link that it is for. The order is placed as soon as the link is right.")
    text = join([problem, _promise(_, trial), bold(ask)], "\n\n")
    return desk_screen(_, text, _back(_, OpenTrial(service=trial.service.id)))


def _back(_: Locale, tap: OpenTrial | OpenTrials | OpenBasis) -> Row:
    return (Button(_("◀ Back"), tap),)


def calibration_screen(_: Locale, seen: CalibrationView, shelf: Shelf) -> Screen:
    """What an order has found out, named after the category that its service is listed in."""
    service = shelf.find_service(seen.service)
    path = () if service is None else path_of(shelf, service.category)
    if service is None or not path:
        return result_screen(_, seen, 0, seen.supplier)
    return result_screen(_, seen, service.category, path[-1])


def result_screen(
    _: Locale, seen: CalibrationView, category: int, path: str, note: str = ""
) -> Screen:
    """What an order has found out, and what may be done with it."""
    what = fill(
        _("🧪 {name} × {quantity}"),
        name=_.iso(clip(seen.service_name, IN_TEXT)),
        quantity=_.number(seen.quantity),
    )
    text = join([note, bold(what), result_words(_, seen)], "\n\n")
    order = Button(
        label(_("📦 Order #{order}"), order=str(seen.order)), OpenOrderDetails(order=seen.order)
    )
    look = (Button(_("🔄 Refresh"), OpenResult(order=seen.order)), order)
    back = _back(_, OpenBasis(supplier=key_of(seen.supplier), category=category))
    return desk_screen(_, text, *_use(_, seen, category, path), look, back)


def _use(_: Locale, seen: CalibrationView, category: int, path: str) -> list[Row]:
    key = key_of(seen.supplier)
    if seen.state is CalibrationState.FOUND:
        use = SetBasis(supplier=key, category=category, basis=str(seen.basis))
        only = SetServiceBasis(service=seen.service, basis=str(seen.basis))
        words = label(_("✅ Use this basis for {name}"), name=_.iso(clip(path, 30)))
        return [
            (Button(shorten(words), use, style="success"),),
            (Button(_("Only for this service"), only),),
        ]
    if seen.state is CalibrationState.NONE_FITS:
        return [(Button(_("✏️ Another number…"), TypeBasis(supplier=key, category=category)),)]
    if seen.state is CalibrationState.UNCLEAR:
        return [(Button(_("🧪 Try again"), OpenTrial(service=seen.service)),)]
    return []
