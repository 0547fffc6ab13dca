"""How many: presets with totals, a stepper, or any typed number."""

from __future__ import annotations

from dataclasses import dataclass

from bot.base.ids import ServiceId
from bot.base.money import Money
from bot.base.quantity import Span
from bot.chat.catalog.taps import OpenService
from bot.chat.kit.locale import Locale
from bot.chat.kit.richtext import Rich, bold, fill, join
from bot.chat.kit.screen import Button, Row, Screen, balance_line, footer, label, named, price_line
from bot.chat.kit.taps import Stay
from bot.chat.orders.taps import PickQuantity, TakeQuantity
from bot.orders.quote import Choice


@dataclass(frozen=True, slots=True)
class Chosen:
    """The quantity on the stepper and its total."""

    quantity: int
    total: Money


def quantity_screen(
    _: Locale, choice: Choice, chosen: Chosen, refusal: Rich | None = None
) -> Screen:
    """The step; `refusal` says what was wrong with what was typed."""
    offer, service = choice.offer, choice.offer.service
    text = join(
        [
            join([refusal or Rich(), bold(_("How many?"))], "\n\n"),
            named(_, service.listed.name),
            price_line(_, offer.price, offer.unit, service.basis),
            balance_line(_, choice.credit),
            _ask(_, service.span),
        ]
    )
    ready = Button(_("Continue ▸"), _take(service.id, chosen.quantity), style="primary")
    back = footer(_, OpenService(service=service.id))
    return Screen(
        text, (*_presets(_, choice), _stepper(_, service.id, service.span, chosen), (ready,), back)
    )


def _ask(_: Locale, span: Span) -> Rich:
    if span.least == span.most:
        return fill(_("Exactly {count} can be ordered at once."), count=_.number(span.least))
    said = _("Choose below, or type a number from {least} to {most}.")
    return fill(said, least=_.number(span.least), most=_.number(span.most))


def _presets(_: Locale, choice: Choice) -> tuple[Row, ...]:
    service = choice.offer.service.id
    if len(choice.presets) <= 1:
        return ()
    buttons = [
        Button(_with_total(_, preset.quantity, preset.total), _take(service, preset.quantity))
        for preset in choice.presets
    ]
    return tuple(tuple(buttons[at : at + 2]) for at in range(0, len(buttons), 2))


def _stepper(_: Locale, service: ServiceId, span: Span, chosen: Chosen) -> Row:
    """`− N +`, with only the signs that lead somewhere."""
    step = step_of(span)
    fewer = max(span.least, chosen.quantity - step)
    more = min(span.most, chosen.quantity + step)
    minus = (Button("−", PickQuantity(service=service, quantity=fewer)),)
    plus = (Button("+", PickQuantity(service=service, quantity=more)),)
    shown = Button(_with_total(_, chosen.quantity, chosen.total), Stay())
    return (
        *(minus if fewer < chosen.quantity else ()),
        shown,
        *(plus if more > chosen.quantity else ()),
    )


def step_of(span: Span) -> int:
    """One, or a round number where a single unit would be too small a step to be useful."""
    return int(10 ** (len(str(max(span.least, 1))) - 1))


def _with_total(_: Locale, quantity: int, total: Money) -> str:
    return label(_("{count} · {total}"), count=_.number(quantity), total=_.money(total))


def _take(service: ServiceId, quantity: int) -> TakeQuantity:
    return TakeQuantity(service=service, quantity=quantity)


def link_screen(_: Locale, name: str, chosen: TakeQuantity, refusal: Rich | None = None) -> Screen:
    """The link of a social service is asked for."""
    text = join(
        [
            refusal or Rich(),
            bold(_("Which link?")),
            named(_, name),
            _("Send the address, for example https://example.com/page"),
        ]
    )
    back = PickQuantity(service=chosen.service, quantity=chosen.quantity)
    return Screen(text, (footer(_, back),))
