"""`/switch`: operators switch sales off and on, with the words that customers read meanwhile."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

from bot.base.acts import Permission
from bot.base.ids import SupplierName
from bot.catalog.switches import switch as switches
from bot.catalog.switches.names import NUMBERS, SHOP
from bot.catalog.switches.switch import Switch
from bot.chat.facade import Desk, Storefront
from bot.chat.kit.context import Context, act_of
from bot.chat.kit.locale import Locale
from bot.chat.kit.richtext import Rich, fill_rich
from bot.chat.kit.routes import MenuCommand, Routes
from bot.chat.kit.sent import Sent
from bot.chat.kit.slicing import part_of
from bot.chat.own_words import off_words
from bot.chat.places.taps import key_of
from bot.chat.switches.asked import read_switch, read_words
from bot.chat.switches.screens import (
    ask_words_screen,
    done_words,
    off_sure_screen,
    switches_screen,
    usage_screen,
)
from bot.chat.switches.taps import (
    DropOffWords,
    OffWordsForm,
    OpenSwitches,
    SwitchOff,
    SwitchOn,
    TypeOffWords,
)
from bot.chat.texts.errors import bad_text_words
from bot.people.texts.own import OwnText
from bot.people.texts.reading import BadText

SWITCH: Final = MenuCommand(
    "switch",
    lambda _: _("Switch sales off and on"),
    Permission.SUPPLIERS,
    "/switch off Back on Monday",
)


@dataclass(frozen=True, slots=True)
class SwitchPages:
    """Shows what is sold, and switches it off and on."""

    store: Storefront
    desk: Desk

    def add_to(self, routes: Routes) -> None:
        """Register the handlers."""
        routes.on_sent_command(self.command, SWITCH)
        routes.on_tap(self.list_switches, OpenSwitches)
        routes.on_tap(self.switch_off, SwitchOff)
        routes.on_tap(self.switch_on, SwitchOn)
        routes.on_tap(self.ask_words, TypeOffWords)
        routes.on_tap(self.drop_words, DropOffWords)
        routes.on_sent(self.take_words, OffWordsForm)

    async def command(self, context: Context, sent: Sent, _answered: Sent | None) -> None:
        """`/switch`, `/switch off Back on Monday`, `/switch on sms`."""
        _, suppliers = context.locale, self._suppliers
        words = sent.words
        if not words.text:
            await self._show(context)
            return
        asked = read_switch(words, suppliers)
        if asked is None:
            await context.show(usage_screen(_))
        elif asked.what is None:
            await context.show(usage_screen(_, asked.words.text.split()[0], suppliers))
        elif asked.off:
            await self._switch_off(context, asked.what, asked.words)
        else:
            await self._switch_on(context, asked.what)

    async def list_switches(self, context: Context, tap: OpenSwitches) -> None:
        """Show how everything stands."""
        await self._show(context)

    async def switch_off(self, context: Context, tap: SwitchOff) -> None:
        """The first tap asks, the second switches off."""
        what = self._find(tap.what)
        if what is None:
            await self._show(context)
        elif tap.sure:
            await self._switch_off(context, what, Rich())
        else:
            reads = off_words(self.store, context.locale, ())
            await context.show(off_sure_screen(context.locale, what, reads))

    async def switch_on(self, context: Context, tap: SwitchOn) -> None:
        """Sell it again."""
        what = self._find(tap.what)
        if what is None:
            await self._show(context)
        else:
            await self._switch_on(context, what)

    async def ask_words(self, context: Context, tap: TypeOffWords) -> None:
        """Ask for the words, which are typed next."""
        what = self._find(tap.what)
        if what is None:
            await self._show(context)
        else:
            await self._ask(context, what)

    async def take_words(self, context: Context, form: OffWordsForm, sent: Sent) -> None:
        """Let customers read what was typed, or say why they cannot."""
        _, what = context.locale, self._find(form.what)
        words = self._named(part_of(sent.words, 0, len(sent.words.text)))
        context.answer_below()
        if what is None:
            await self._show(context)
            return
        try:
            said = read_words(words, needed=True)
        except BadText as refused:
            await self._ask(context, what, bad_text_words(_, refused))
            return
        await context.close_form()
        await self._say(context, what, said)

    async def drop_words(self, context: Context, tap: DropOffWords) -> None:
        """Let customers read the usual words."""
        what = self._find(tap.what)
        if what is None:
            await self._show(context)
        else:
            await self._say(context, what, {})

    async def _say(self, context: Context, what: SupplierName, said: dict[str, OwnText]) -> None:
        _, act = context.locale, act_of(context)
        changed = await self.store.db.write(switches.change_off_words, act, what, said)
        await self.store.texts.load()
        await self._show(context, _("✅ Changed.") if changed else _("Nothing was changed."))

    async def _switch_off(self, context: Context, what: SupplierName, words: Rich) -> None:
        _, act = context.locale, act_of(context)
        try:
            said = read_words(self._named(words))
        except BadText as refused:
            await self._show(context, bad_text_words(_, refused))
            return
        await self.store.db.write(switches.switch_off, act, what, said)
        await self._show_done(context, what)

    async def _switch_on(self, context: Context, what: SupplierName) -> None:
        await self.store.db.write(switches.switch_on, act_of(context), what)
        await self._show_done(context, what)

    async def _show_done(self, context: Context, what: SupplierName) -> None:
        await self.store.texts.load()
        stands = await self.store.db.read(switches.find_switch, what)
        await self._show(context, done_words(context.locale, stands))

    async def _ask(self, context: Context, what: SupplierName, problem: str | Rich = "") -> None:
        _, stands = context.locale, await self.store.db.read(switches.find_switch, what)
        if not stands.is_off:
            await self._show(context, _("Nothing was changed: it is on again."))
            return
        await context.open_form(OffWordsForm(key_of(what)))
        reads = off_words(self.store, _, (what,))
        await context.show(ask_words_screen(_, stands, reads, problem))

    async def _show(self, context: Context, note: str | Rich = "") -> None:
        _ = context.locale
        known = await self.store.db.read(switches.list_switches, tuple(self._names))
        await context.show(switches_screen(_, known, self._reads(_, known), note))

    def _reads(self, _: Locale, known: Iterable[Switch]) -> dict[SupplierName, Rich]:
        """What customers read of what is off, as this operator reads it."""
        return {one.what: off_words(self.store, _, (one.what,)) for one in known if one.pauses}

    def _named(self, words: Rich) -> Rich:
        """With the shop's name in its place: they are also said where it is not at hand."""
        return fill_rich(words, {"shop": self.store.profile.shop_name})

    @property
    def _suppliers(self) -> tuple[SupplierName, ...]:
        return tuple(self.desk.report_suppliers.suppliers)

    @property
    def _names(self) -> tuple[SupplierName, ...]:
        """What can be switched; SMS numbers where there are any."""
        numbers = (NUMBERS,) if self.store.shelf.now.projects() else ()
        return (SHOP, *numbers, *self._suppliers)

    def _find(self, key: str) -> SupplierName | None:
        """What a tap means; None for a supplier that the settings name no more."""
        every = (SHOP, NUMBERS, *self._suppliers)
        return next((name for name in every if key_of(name) == key), None)
