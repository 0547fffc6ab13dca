"""The screens about prices that wait: the list, one of them, and what is asked twice."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import groupby

from bot.base.ids import SupplierName
from bot.base.money import Money
from bot.base.page import Page
from bot.chat.desk.parts import desk_screen, sure_screen
from bot.chat.kit.locale import Locale
from bot.chat.kit.names import clip, shorten
from bot.chat.kit.richtext import Rich, bold, fill, join
from bot.chat.kit.screen import Button, Row, Screen, named, pager
from bot.chat.places.taps import key_of
from bot.chat.rises.taps import ConfirmAll, ConfirmPrice, KeepHidden, OpenRise, OpenRises
from bot.desk.rises import RiseCard


def rises_screen(
    _: Locale, page: Page[RiseCard], cards: tuple[RiseCard, ...], note: str | Rich = ""
) -> Screen:
    """One page of what waits, and a button for all of a supplier; `note` says what was done."""
    asked = [card for card in cards if not card.rise.kept]
    text: list[str | Rich] = [note, bold(_("Prices that wait for your word"))]
    if not cards:
        return desk_screen(_, join([*text, _("Nothing waits: no price has jumped.")], "\n\n"))
    said = _(
        "These suppliers' prices rose so far that customers see the services as paused until you"
        " agree. When a price comes down again, the service returns by itself."
    )
    text += [said, _kept(_, len(cards) - len(asked))]
    rows = [(_card_button(_, card),) for card in page.rows]
    turn = pager(page.number, page.pages, OpenRises())
    return desk_screen(_, join(text, "\n\n"), *_all_of(_, asked), *rows, *turn)


def _kept(_: Locale, count: int) -> Rich | str:
    if not count:
        return ""
    said = _.n("🙈 {count} is kept hidden.", "🙈 {count} are kept hidden.", count)
    return fill(said, count=_.number(count))


def _all_of(_: Locale, asked: Iterable[RiseCard]) -> list[Row]:
    rows: list[Row] = []
    for supplier, cards in groupby(asked, lambda card: card.rise.supplier):
        numbers = [card.rise.id for card in cards]
        label = fill(
            _("✅ Agree to all {count} of {supplier}"),
            count=_.number(len(numbers)),
            supplier=_.iso(clip(supplier, 30)),
        )
        tap = ConfirmAll(supplier=key_of(supplier), newest=max(numbers))
        rows.append((Button(shorten(label.text), tap),))
    return rows


def _card_button(_: Locale, card: RiseCard) -> Button:
    name = _.iso(clip(card.offer.service.listed.name, 40))
    sign = "🙈 " if card.rise.kept else ""
    return Button(shorten(f"{sign}{_moves(_, card)} · {name}"), OpenRise(rise=card.rise.id))


def _moves(_: Locale, card: RiseCard) -> str:
    if card.prices is None:
        return _("too dear to be sold")
    before, after = (_.money(Money(each)) for each in (card.prices.before, card.prices.after))
    return fill(_("{before} → {after}"), before=before, after=after).text


def rise_screen(_: Locale, card: RiseCard) -> Screen:
    """One price that waits, in what customers pay and in what the supplier asks."""
    listed, rise = card.offer.service.listed, card.rise
    supplier = fill(
        _("{supplier} asks {after} instead of {before}."),
        supplier=_.iso(clip(rise.supplier, 40)),
        before=_.copied(f"{rise.before.normalize():f}"),
        after=_.copied(f"{rise.after.normalize():f}"),
    )
    moves = fill(_("Customers would pay: {prices}"), prices=bold(_moves(_, card)))
    unit = card.prices.unit if card.prices else 1
    per = fill(_("per {count}"), count=_.number(unit)) if unit > 1 else ""
    kept = _("🙈 You keep it hidden.") if rise.kept else ""
    text = join([bold(named(_, listed.name)), join([supplier, moves, per, kept])], "\n\n")
    agree = Button(_("✅ Sell at the new price"), ConfirmPrice(rise=rise.id), style="success")
    hide = Button(_("🙈 Keep it hidden"), KeepHidden(rise=rise.id))
    ways = (agree,) if rise.kept else (agree, hide)
    return desk_screen(_, text, ways, (Button(_("◀ Back"), OpenRises()),))


def confirm_all_sure_screen(
    _: Locale, supplier: SupplierName, asked: tuple[RiseCard, ...]
) -> Screen:
    """What agreeing to all of a supplier means, before it is done."""
    said = _.n(
        "Sell {count} service of {supplier} at its new price?",
        "Sell {count} services of {supplier} at their new prices?",
        len(asked),
    )
    text = fill(said, count=_.number(len(asked)), supplier=bold(_.iso(clip(supplier, 40))))
    tap = ConfirmAll(
        supplier=key_of(supplier), newest=max(card.rise.id for card in asked), sure=True
    )
    return sure_screen(_, text, Button(_("✅ Agree to all"), tap), OpenRises(), "success")
