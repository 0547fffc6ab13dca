"""`/price`: the rules that prices are made by, previewed before they are saved."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass
from typing import Final

from aiogram.filters import CommandObject
from msgspec.structs import replace

from bot.base.acts import Permission
from bot.base.ids import CategoryId, ServiceId, SupplierName
from bot.base.page import page_of
from bot.catalog.prices.decide import PRICE_RULE, save_rule, selection_of
from bot.catalog.prices.errors import BadPrice, BadPriceReason, PricesChanged
from bot.catalog.prices.preview import preview_rules
from bot.catalog.prices.rows import load_rules
from bot.catalog.prices.rules import NO_RULE, PriceRule, with_rule
from bot.catalog.prices.typed import RulePart, in_full, part_of, read_rule, split_command
from bot.catalog.selection.find import read_selection
from bot.catalog.selection.selection import SHOP, Scope, Selection
from bot.chat.facade import Desk, Storefront
from bot.chat.kit.context import Context, act_of
from bot.chat.kit.richtext import Rich
from bot.chat.kit.routes import MenuCommand, Routes
from bot.chat.kit.taps import check_permitted
from bot.chat.prices.preview import preview_screen
from bot.chat.prices.rules import (
    ask_price_screen,
    choose_screen,
    price_screen,
    prices_screen,
    which_screen,
)
from bot.chat.prices.taps import (
    ChoosePriced,
    DropPrice,
    FormerPrice,
    OpenPrice,
    OpenPrices,
    PricedForm,
    PriceForm,
    SavePrice,
    TypePrice,
)
from bot.chat.prices.words import WORDING, bad_price_text
from bot.desk.prices import PriceCard, list_rules, price_card
from bot.people.audit import find_act

PRICE: Final = MenuCommand(
    "price", lambda _: _("Prices and their rules"), Permission.SEE, '/price "Email" 20%'
)


@dataclass(frozen=True, slots=True)
class PricePages:
    """Shows the price rules and what another one would change, and saves it."""

    store: Storefront
    desk: Desk

    def add_to(self, routes: Routes) -> None:
        """Register the handlers."""
        routes.on_words(self.type_command, PRICE)
        routes.on_tap(self.open_rules, OpenPrices)
        routes.on_tap(self.open_rule, OpenPrice, keeps_form=True)
        routes.on_tap(self.choose, ChoosePriced)
        routes.on_typed(self.type_choice, PricedForm)
        routes.on_tap(self.ask, TypePrice)
        routes.on_typed(self.type_rule, PriceForm)
        routes.on_tap(self.drop, DropPrice)
        routes.on_tap(self.restore, FormerPrice)
        routes.on_tap(self.save, SavePrice, keeps_form=True)

    async def type_command(self, context: Context, command: CommandObject) -> None:
        """`/price` lists the rules, `/price <what>` shows one, with a rule it is previewed."""
        words = (command.args or "").strip()
        if not words:
            await self.open_rules(context, OpenPrices())
            return
        what, typed = self._split(words)
        if typed:
            check_permitted(Permission.SHOP, context.customer.role)
        await self._find(context, what, typed)

    async def _find(self, context: Context, what: str, typed: str) -> None:
        """Go on with the one part of the shelf that the words mean, or ask which one it is."""
        shelf = self.store.shelf.now
        meant = read_selection(shelf, self._suppliers(), what)
        if meant.only is None:
            await context.open_form(PricedForm(typed))
            await context.show(which_screen(context.locale, shelf, meant.found, meant.near))
        elif meant.only.scope is Scope.PATTERN:
            await context.open_form(PricedForm(typed))
            await self._ask_what(context, ChoosePriced(), BadPrice(BadPriceReason.PATTERN))
        else:
            await self._go_on(context, meant.only, typed)

    async def _go_on(self, context: Context, selection: Selection, typed: str) -> None:
        """Preview what was typed for it, or show what holds."""
        if typed:
            await self._take(context, selection, typed, part_of(typed))
        else:
            await context.close_form()
            await self._show(context, selection)

    def _split(self, words: str) -> tuple[str, str]:
        """A name that reads like a name and a rule is a name, where there is one of it."""
        if read_selection(self.store.shelf.now, self._suppliers(), words).only is not None:
            return words, ""
        return split_command(words)

    async def open_rules(self, context: Context, tap: OpenPrices) -> None:
        """Show every rule."""
        await self._show_rules(context, page=tap.page)

    async def open_rule(self, context: Context, tap: OpenPrice) -> None:
        """Show what holds for what was chosen; a rule that was typed for it is previewed."""
        form = await context.find_form()
        is_asked = isinstance(form, PricedForm) and form.card == context.card
        typed = form.rule if is_asked and isinstance(form, PricedForm) else ""
        await self._go_on(context, await self._selection(tap), typed)

    async def choose(self, context: Context, tap: ChoosePriced) -> None:
        """Ask what a rule is for, which is typed next or chosen."""
        await context.open_form(PricedForm())
        await self._ask_what(context, tap)

    async def type_choice(self, context: Context, form: PricedForm, text: str) -> None:
        """Go on with what was typed, or ask which one was meant."""
        await self._find(context, text, form.rule)

    async def _ask_what(
        self, context: Context, tap: ChoosePriced, refused: BadPrice | None = None
    ) -> None:
        above = CategoryId(tap.category) if tap.category else None
        page = page_of(self.store.shelf.now.categories(above), tap.page)
        _, problem = context.locale, Rich()
        if refused is not None:
            problem = bad_price_text(_, refused)
        await context.show(choose_screen(_, self._suppliers(), page, tap, problem))

    async def ask(self, context: Context, tap: TypePrice) -> None:
        """Ask for a part of a rule, which is typed next. Raises BadPrice."""
        selection = await self._selection(tap)
        await context.open_form(PriceForm.of(selection, tap.part))
        card = await self._card(selection)
        await context.show(ask_price_screen(context.locale, card, tap.part))

    async def type_rule(self, context: Context, form: PriceForm, text: str) -> None:
        """Preview the rule with what was typed, or say why it cannot stand."""
        part = RulePart(form.part)
        await self._take(context, form.selection, in_full(text, part), part)

    async def _take(
        self,
        context: Context,
        selection: Selection,
        typed: str,
        part: RulePart,
    ) -> None:
        """Read what was typed over the rule that stands, and preview it."""
        _, card = context.locale, await self._card(selection)
        form, step = PriceForm.of(card.selection, part), self.desk.db.settings.price_step
        try:
            rule = read_rule(typed, card.named.rule, step, _.group_sign)
        except BadPrice as refused:
            await context.open_form(form)
            why = bad_price_text(_, refused)
            await context.show(ask_price_screen(_, card, part, why))
        else:
            await self._preview(context, form, rule)

    async def drop(self, context: Context, tap: DropPrice) -> None:
        """Preview that there is no rule there. Raises BadPrice."""
        card = await self._card(await self._selection(tap))
        form = PriceForm.of(card.selection, RulePart.PERCENT)
        await self._preview(context, form, NO_RULE)

    async def restore(self, context: Context, tap: FormerPrice) -> None:
        """Preview the rule from before a change that the log tells of. Raises BadPrice."""
        act = await self.desk.db.read(find_act, tap.line)
        if act is None or act.action != PRICE_RULE:
            raise BadPrice(BadPriceReason.UNKNOWN)
        rule = read_rule(act.before, NO_RULE, self.desk.db.settings.price_step)
        form = PriceForm.of(selection_of(act.subject), RulePart.PERCENT)
        await self._preview(context, form, rule)

    async def _preview(
        self, context: Context, form: PriceForm, rule: PriceRule, note: Rich | str = ""
    ) -> None:
        """Show what a rule would change, and keep it as what Save saves."""
        shelf, rules = self.store.shelf.now, await self.desk.db.read(load_rules)
        after = with_rule(rules, form.selection, rule)
        seen = await asyncio.to_thread(preview_rules, shelf, rules, after)
        form = replace(form, rule=rule.spelled(), known=seen.known)
        await context.open_form(form)
        card = price_card(shelf, rules, form.selection)
        await context.show(preview_screen(context.locale, card, rule, seen, form.mark, note))

    async def save(self, context: Context, tap: SavePrice) -> None:
        """Save what the card shows; where that is over, show what holds."""
        _, form = context.locale, await context.find_form()
        if not isinstance(form, PriceForm) or form.mark != tap.mark:
            await context.close_form()
            note = _("That preview is over. This is what holds now.")
            await self._show_rules(context, note=note)
            return
        proposal = form.proposal
        try:
            line = await self.desk.db.write(save_rule, act_of(context), proposal)
        except PricesChanged as refused:
            why = WORDING[PricesChanged](_, refused)
            await self._preview(context, form, proposal.rule, why)
            return
        await context.close_form()
        await self.desk.load_shelf()
        await self._show(
            context, proposal.selection, _("✅ Saved. The new prices hold from now on."), line
        )

    async def _show(
        self, context: Context, selection: Selection, note: Rich | str = "", undo: int = 0
    ) -> None:
        card = await self._card(selection)
        await context.show(price_screen(context.locale, card, note, undo))

    async def _show_rules(self, context: Context, page: int = 0, note: str = "") -> None:
        shelf, rules = self.store.shelf.now, await self.desk.db.read(load_rules)
        listed = page_of(list_rules(shelf, rules), page)
        await context.show(prices_screen(context.locale, listed, shelf.prices.settings, note))

    async def _card(self, selection: Selection) -> PriceCard:
        rules = await self.desk.db.read(load_rules)
        return price_card(self.store.shelf.now, rules, selection)

    async def _selection(self, tap: OpenPrice | TypePrice | DropPrice) -> Selection:
        """What a tap names; a supplier without settings may have a rule still. Raises BadPrice."""
        shelf, known = self.store.shelf.now, [SHOP]
        match tap.scope:
            case Scope.SUPPLIER:
                kept = await self.desk.db.read(load_rules)
                known = [*map(Selection.supplier, self._suppliers()), *kept]
            case Scope.CATEGORY if tap.id in shelf.tree.labels:
                known = [Selection.category(CategoryId(tap.id))]
            case Scope.SERVICE if shelf.find_service(ServiceId(tap.id)) is not None:
                known = [Selection.service(ServiceId(tap.id))]
        same = (OpenPrice.of(one) for one in known)
        wanted = OpenPrice(scope=tap.scope, id=tap.id, supplier=tap.supplier)
        found = next((one for one, its in zip(known, same, strict=False) if its == wanted), None)
        if found is None:
            raise BadPrice(BadPriceReason.UNKNOWN)
        return found

    def _suppliers(self) -> tuple[SupplierName, ...]:
        return tuple(self.desk.report_suppliers.suppliers)
