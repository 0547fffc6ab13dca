"""The screens about stand-ins: all groups, one group, and what is asked before it is changed."""

from __future__ import annotations

from bot.base.page import Page
from bot.chat.desk.parts import desk_screen, sure_screen
from bot.chat.desk.taps import OpenSuppliers
from bot.chat.desk.words import hidden_words
from bot.chat.kit.locale import Locale
from bot.chat.kit.names import IN_TEXT, clip, shorten
from bot.chat.kit.richtext import Rich, bold, fill, join
from bot.chat.kit.screen import Button, Row, Screen, pager, price_line
from bot.chat.standins.taps import OpenTie, OpenTies, PutFirst, TypeTie, Untie
from bot.desk.standins import TieCard, TiedService

_SHOWN = 8


def ties_screen(_: Locale, page: Page[TieCard], note: Rich | str = "") -> Screen:
    """Every group of services that stand in for each other."""
    what = _(
        "When a service runs out or is paused, or its supplier refuses an order before placing it,"
        " the next service of its group is bought instead. The customer pays the price they saw,"
        " and a stand-in is only used while it costs you less than that."
    )
    none = _("No services are tied yet.") if not page.total else ""
    text = join([note, join([bold(_("Stand-ins")), what]), none], "\n\n")
    rows = [(_group_button(_, one),) for one in page.rows]
    more: Row = (Button(_("➕ Tie services"), TypeTie()),)
    back: Row = (Button(_("Suppliers"), OpenSuppliers()),)
    turn = pager(page.number, page.pages, OpenTies())
    return desk_screen(_, text, *rows, *turn, more, back)


def _group_button(_: Locale, card: TieCard) -> Button:
    numbers = " → ".join(f"#{one.service.id}" for one in card.tied)
    name = _.iso(clip(card.first.listed.name, 40))
    return Button(shorten(f"{numbers} · {name}"), OpenTie(service=card.first.id))


def tie_screen(_: Locale, card: TieCard, note: Rich | str = "") -> Screen:
    """One group, in the order in which its services are bought."""
    shown = card.tied[:_SHOWN]
    lines = [_tied(_, place, one) for place, one in enumerate(shown, start=1)]
    text = join([note, bold(_("Stand-ins")), *lines, *_warnings(_, card)], "\n\n")
    more: Row = (Button(_("➕ Tie one more"), TypeTie(service=card.first.id)),)
    back: Row = (Button(_("◀ Back"), OpenTies()),)
    rows = [_ways(_, place, one) for place, one in enumerate(shown)]
    return desk_screen(_, text, *rows, more, back)


def _tied(_: Locale, place: int, one: TiedService) -> Rich:
    listed = one.service.listed
    name = fill(
        _("{place}. #{service} · {name}"),
        place=_.number(place),
        service=str(one.service.id),
        name=_.iso(clip(listed.name, IN_TEXT)),
    )
    amounts = fill(
        _("{least} to {most} at once"),
        least=_.number(max(1, listed.least)),
        most=_.number(listed.most),
    )
    whose = join([_.iso(clip(one.service.supplier, 40)), amounts], " · ")
    return join([bold(name), whose, _money(_, one), _stands(_, one)])


def _money(_: Locale, one: TiedService) -> Rich | str:
    if one.offer is None or one.cost is None:
        return ""
    cost = fill(_("Cost: {amount}"), amount=_.money(one.cost))
    price = price_line(_, one.offer.price, one.offer.unit, one.service.basis)
    return join([price, cost], " · ")


def _stands(_: Locale, one: TiedService) -> Rich | str:
    if one.why is not None:
        return fill(_("Not sold now: {why}"), why=hidden_words(_, one.why))
    if one.service.is_sold_out:
        return _("❌ sold out")
    stock = one.service.listed.stock
    return "" if stock is None else fill(_("In stock: {count}"), count=_.number(stock))


def _warnings(_: Locale, card: TieCard) -> list[Rich | str]:
    """What an operator should know before an order comes."""
    said: list[Rich | str] = []
    if any(one.service.span != card.tied[0].service.span for one in card.tied):
        between = _("Only orders of {least} to {most} can be bought from each of them.")
        least, most = _.number(card.common.least), _.number(card.common.most)
        said.append(fill(between, least=least, most=most))
    first = f"#{card.first.id}"
    useless = [one for one in card.tied[1:] if one.never_used]
    dear = [one for one in card.tied[1:] if one.is_dearer and not one.never_used]
    if useless:
        words = _("{services}: the cost is not below the price of {first}, so it is not used.")
        said.append(fill(words, services=_numbers(useless), first=first))
    if dear:
        words = _(
            "{services}: sold for more than {first}. It takes over orders that are refused, but"
            " does not keep {first} on sale when that runs out."
        )
        said.append(fill(words, services=_numbers(dear), first=first))
    return said


def _numbers(those: list[TiedService]) -> str:
    return ", ".join(f"#{one.service.id}" for one in those)


def _ways(_: Locale, place: int, one: TiedService) -> Row:
    number = f"#{one.service.id}"
    first = Button(
        _("⬆ First: {service}").format(service=number), PutFirst(service=one.service.id)
    )
    out = Button(_("✖ Untie {service}").format(service=number), Untie(service=one.service.id))
    return (out,) if not place else (first, out)


def ask_tie_screen(_: Locale, first: int = 0, problem: Rich | str = "") -> Screen:
    """The numbers of the services are typed next."""
    ask = Rich(
        _(
            "Which services stand in for each other? Type their numbers, the one that is to be"
            " bought first in front: #12 #345"
        )
    )
    if first:
        said = _("Which service stands in for {first}? Type its number.")
        ask = fill(said, first=f"#{first}")
    where = _("A service's number stands at the end of its shared link, after s_.")
    back: Row = (Button(_("◀ Back"), OpenTies()),)
    return desk_screen(_, join([problem, ask, where], "\n\n"), back)


def untie_sure_screen(_: Locale, card: TieCard, service: int) -> Screen:
    """What untying means, before it is done."""
    said = _(
        "Take {service} out of this group? Orders that were handed to another supplier stay there."
    )
    yes = Button(
        _("✖ Untie {service}").format(service=f"#{service}"), Untie(service=service, sure=True)
    )
    text = fill(said, service=f"#{service}")
    return sure_screen(_, text, yes, OpenTie(service=card.first.id))
