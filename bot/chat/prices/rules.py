"""The screens about what holds: all rules, one part of the shelf, and choosing one."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final

from bot.base.ids import SupplierName
from bot.base.page import Page
from bot.catalog.places.named import Named
from bot.catalog.places.tree import Category
from bot.catalog.prices.typed import RulePart
from bot.catalog.pricing import Pricing
from bot.catalog.selection.selection import SHOP, Scope, Selection
from bot.catalog.shelf import Shelf
from bot.chat.desk.parts import desk_screen
from bot.chat.kit.locale import Locale
from bot.chat.kit.names import shorten
from bot.chat.kit.richtext import Rich, bold, fill, join
from bot.chat.kit.screen import Button, Row, Screen, pager
from bot.chat.prices.taps import (
    ChoosePriced,
    DropPrice,
    FormerPrice,
    OpenPrice,
    OpenPrices,
    TypePrice,
)
from bot.chat.prices.words import (
    amount_meaning,
    named_rule,
    rule_words,
    settings_words,
    what_words,
)
from bot.desk.prices import NamedRule, PriceCard, path_to

_WIDER: Final = 4


def prices_screen(
    _: Locale, page: Page[NamedRule], settings: Pricing, note: str | Rich = ""
) -> Screen:
    """Every rule, and what holds without one; `note` says first what was just done."""
    lines = [named_rule(_, one) for one in page.rows]
    first = fill(
        _("Where no rule says otherwise: {rule} (from the settings)"),
        rule=settings_words(_, settings),
    )
    none = _("There is no price rule yet.")
    how = _("The narrowest rule wins: service, category, supplier, shop.")
    text = join([note, bold(_("💲 Prices")), join(lines) if lines else none, first, how], "\n\n")
    rules = [
        (Button(shorten(what_words(_, one.selection, one.path, 30)), OpenPrice.of(one.selection)),)
        for one in page.rows
        if one.selection != SHOP
    ]
    ways = (
        Button(f"🏪 {_('The whole shop')}", OpenPrice.of(SHOP)),
        Button(_("➕ Something else…"), ChoosePriced()),
    )
    return desk_screen(_, text, *rules, *pager(page.number, page.pages, OpenPrices()), ways)


def price_screen(_: Locale, card: PriceCard, note: str | Rich = "", undo: int = 0) -> Screen:
    """What holds for one part of the shelf; `undo` is the line of the log that can be undone."""
    selection, rule = card.selection, card.named.rule
    own = fill(_("Its rule: {rule}"), rule=bold(rule_words(_, rule)))
    count = fill(
        _.n("For {count} service", "For {count} services", card.services),
        count=_.number(card.services),
    )
    wider = [named_rule(_, one) for one in card.wider[:_WIDER]]
    last = fill(_("the settings: {rule}"), rule=settings_words(_, card.settings))
    rest = join(
        [_("What it leaves open comes from:"), *(join(["• ", one], "") for one in (*wider, last))]
    )
    title = bold(what_words(_, selection, card.named.path))
    text = join([note, title, join([own, count]), rest], "\n\n")
    return desk_screen(_, text, *_changes(_, card), *_below(_, card), *_undo(_, undo), _back(_))


def _changes(_: Locale, card: PriceCard) -> tuple[Row, ...]:
    def ask(label: str, part: RulePart) -> Button:
        tap = OpenPrice.of(card.selection)
        return Button(label, TypePrice(**tap.model_dump(), part=part))

    rows: tuple[Row, ...] = (
        (ask(_("📈 Percentage…"), RulePart.PERCENT), ask(_("➕ Amount…"), RulePart.ADDED)),
        (ask(_("Least margin…"), RulePart.LEAST), ask(_("Step…"), RulePart.STEP)),
    )
    if not card.named.rule:
        return rows
    drop = DropPrice(**OpenPrice.of(card.selection).model_dump())
    return (*rows, (Button(_("✖ Remove this rule"), drop),))


def _below(_: Locale, card: PriceCard) -> tuple[Row, ...]:
    if card.selection.scope is not Scope.CATEGORY:
        return ()
    return ((Button(_("📂 What is in it…"), ChoosePriced(category=card.selection.id)),),)


def _undo(_: Locale, line: int) -> tuple[Row, ...]:
    return ((Button(_("↩ The former rule"), FormerPrice(line=line)),),) if line else ()


def _back(_: Locale) -> Row:
    return (Button(_("◀ Back"), OpenPrices()),)


def choose_screen(
    _: Locale,
    suppliers: Iterable[SupplierName],
    categories: Page[Category],
    here: ChoosePriced,
    problem: str | Rich = "",
) -> Screen:
    """What a rule is for is chosen or typed: suppliers and the categories of one level."""
    ask = _(
        "What is the price for? Type the English name of a category, a supplier's name, or the "
        "number of a service such as #12; or choose:"
    )
    whose = [] if here.category else [Selection.supplier(name) for name in suppliers]
    rows = [_choice(_, one, (one.name,)) for one in whose]
    rows += [
        _choice(_, Selection.category(one.id), (one.english or one.name,))
        for one in categories.rows
    ]
    pages = pager(categories.number, categories.pages, here)
    return desk_screen(_, join([problem, ask], "\n\n"), *rows, *pages, _back(_))


def which_screen(
    _: Locale, shelf: Shelf, found: Iterable[Selection], near: Iterable[Named]
) -> Screen:
    """Several of one name, or what is nearest to a name that nothing has."""
    meant = [_choice(_, one, path_to(shelf, one)) for one in found]
    alike = [_choice(_, Selection.category(one.id), one.path) for one in near]
    if meant:
        said = _("Nothing was changed. That can mean several things: which one do you mean?")
    elif alike:
        said = _("Nothing was changed: nothing is called that. Do you mean one of these?")
    else:
        said = _("Nothing was changed: nothing is called that. Please type another name.")
    return desk_screen(_, said, *meant, *alike, _back(_))


def _choice(_: Locale, selection: Selection, path: tuple[str, ...]) -> Row:
    return (Button(shorten(what_words(_, selection, path, 30)), OpenPrice.of(selection)),)


def ask_price_screen(
    _: Locale, card: PriceCard, part: RulePart, problem: str | Rich = ""
) -> Screen:
    """A part of the rule is typed next; `problem` says what was wrong with what was typed."""
    ask = {
        RulePart.PERCENT: _("Type the percentage to add to the supplier's price, such as 20."),
        RulePart.ADDED: _("Type the amount to add to the supplier's price, such as 0.50."),
        RulePart.LEAST: _("Type the least that is to be earned, such as 0.10."),
        RulePart.STEP: _("Type the step that totals are rounded up to, such as 0.05."),
    }[part]
    meaning = amount_meaning(_) if part in {RulePart.ADDED, RulePart.LEAST} else ""
    title = bold(what_words(_, card.selection, card.named.path))
    own = fill(_("Its rule: {rule}"), rule=rule_words(_, card.named.rule))
    text = join([problem, join([title, own]), ask, meaning], "\n\n")
    return desk_screen(_, text, (Button(_("◀ Back"), OpenPrice.of(card.selection)),))
