"""How many: presets with totals, a stepper, or any typed number."""

from __future__ import annotations

from collections.abc import Sequence

from bot.base.ids import ServiceId
from bot.base.money import Money
from bot.base.quantity import Span
from bot.catalog.rules import Service
from bot.chat.catalog.taps import OpenService
from bot.chat.kit.locale import Locale
from bot.chat.kit.richtext import Rich, bold, fill, join
from bot.chat.kit.screen import (
    Button,
    Row,
    Screen,
    balance_line,
    footer,
    label,
    named,
    price_line,
    which_words,
)
from bot.chat.orders.taps import EndOfSpan, PickQuantity, ReadQuantity, TakeQuantity
from bot.orders.quantity import Choice
from bot.orders.rules.networks import Network


def quantity_screen(
    _: Locale, choice: Choice, quantity: int, total: Money, refusal: Rich | None = None
) -> Screen:
    """The step at this quantity; `refusal` says what was wrong with what was typed."""
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
    stepper = _stepper(_, service, quantity, total)
    back = footer(_, OpenService(service=service.id))
    return Screen(text, (*_presets(_, choice), *stepper, back))


def which_quantity_screen(_: Locale, service: ServiceId, readings: Sequence[int]) -> Screen:
    """A typed quantity can be read in two ways."""
    row = tuple(
        Button(_.number(one), ReadQuantity(service=service, quantity=one)) for one in readings
    )
    return Screen(bold(which_words(_)), (row, footer(_, PickQuantity(service=service))))


def _ask(_: Locale, span: Span) -> Rich:
    if span.least == span.most:
        return fill(_("You can order exactly {count} at once."), count=_.number(span.least))
    said = _("Choose below, or type a number from {least} to {most}.")
    return fill(said, least=_.number(span.least), most=_.number(span.most))


def _presets(_: Locale, choice: Choice) -> tuple[Row, ...]:
    """The round steps and the largest, named so; the stepper begins at the smallest."""
    service, shown = choice.offer.service.id, choice.presets[1:]
    buttons = []
    for preset in shown:
        total = _with_total(_, preset.quantity, preset.total)
        words = label(_("Max · {quantity}"), quantity=total) if preset is shown[-1] else total
        buttons.append(Button(words, _take(service, preset.quantity)))
    return tuple(tuple(buttons[at : at + 2]) for at in range(0, len(buttons), 2))


def _stepper(_: Locale, service: Service, quantity: int, total: Money) -> tuple[Row, ...]:
    """`[−] [+]` over `[3 · $6.66 ▸ Continue]`, which a phone would cut between them.

    A sign that leads no further keeps its place and says so; there is none for one quantity.
    """
    span, step = service.span, step_of(service.span)
    fewer, more = max(span.least, quantity - step), min(span.most, quantity + step)
    total_words = _with_total(_, quantity, total)
    shown = label(_("{quantity} ▸ Continue"), quantity=total_words)
    ready = Button(shown, _take(service.id, quantity), style="primary")
    if span.least == span.most:
        return ((ready,),)
    minus = Button("−", _step(service.id, quantity, fewer))
    return (minus, Button("+", _step(service.id, quantity, more))), (ready,)


def _step(service: ServiceId, quantity: int, to: int) -> PickQuantity | EndOfSpan:
    if to == quantity:
        return EndOfSpan(service=service, quantity=quantity)
    return PickQuantity(service=service, quantity=to)


def end_words(_: Locale, span: Span, quantity: int) -> str:
    """What is answered to a sign that leads no further."""
    fewest = _("The smallest quantity you can order is {count}.")
    most = _("The largest quantity you can order is {count}.")
    return label(fewest if quantity <= span.least else most, count=_.number(quantity))


def step_of(span: Span) -> int:
    """One, or a round number where a single unit would be too small a step to be useful."""
    return int(10 ** (len(str(max(span.least, 1))) - 1))


def _with_total(_: Locale, quantity: int, total: Money) -> str:
    return label(_("{count} · {total}"), count=_.number(quantity), total=_.money(total))


def _take(service: ServiceId, quantity: int) -> TakeQuantity:
    return TakeQuantity(service=service, quantity=quantity)


def link_screen(
    _: Locale,
    name: str,
    chosen: TakeQuantity,
    networks: Sequence[Network] = (),
    refusal: Rich | None = None,
) -> Screen:
    """The link of a social service is asked for."""
    text = join(
        [
            refusal or Rich(),
            bold(_("Which link?")),
            named(_, name),
            fill(_("Quantity: {count}"), count=_.number(chosen.quantity)),
            _example(_, networks),
            _only_on(_, networks),
        ]
    )
    back = PickQuantity(service=chosen.service, quantity=chosen.quantity)
    return Screen(text, (footer(_, back),))


def _example(_: Locale, networks: Sequence[Network]) -> Rich:
    """In the form that the named network expects."""
    if not networks:
        return Rich(_("Send the address, for example https://example.com/page"))
    said = _("Send the address, for example {link}")
    return fill(said, link=_.iso(networks[0].example))


def _only_on(_: Locale, networks: Sequence[Network]) -> Rich:
    """Whose links are taken, where the service names a network."""
    if not networks:
        return Rich()
    where = _.iso(", ".join(network.name for network in networks))
    if len(networks) == 1 and networks[0].profile:
        said = _("Only links to {network} work here, or a name such as {name}.")
        return fill(said, network=where, name=_.iso("@name"))
    return fill(_("Only links to {network} work here."), network=where)
