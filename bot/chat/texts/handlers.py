"""`/text`: operators put what customers read into their own words, and take that back."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Final

import msgspec

from bot.base.acts import Permission
from bot.chat.facade import Storefront
from bot.chat.kit.context import Context, act_of
from bot.chat.kit.locale import Locale, Locales
from bot.chat.kit.richtext import Rich, fill_rich
from bot.chat.kit.routes import MenuCommand, Routes
from bot.chat.kit.screen import how_to_pay
from bot.chat.kit.sent import Sent
from bot.chat.kit.slicing import part_of
from bot.chat.own_words import shown_words, stored_words
from bot.chat.texts.asked import read_asked
from bot.chat.texts.errors import bad_text_words
from bot.chat.texts.screens import (
    ask_text_screen,
    preview_screen,
    reset_sure_screen,
    text_screen,
    texts_screen,
    unknown_text_screen,
)
from bot.chat.texts.taps import (
    EndText,
    OpenText,
    OpenTexts,
    ResetText,
    SaveText,
    SayToAll,
    TextForm,
    TypeText,
)
from bot.i18n.language import LANGUAGES
from bot.people.texts import store as own_texts
from bot.people.texts.own import EVERY, OwnText, OwnTexts, TextName, say
from bot.people.texts.reading import BadText, BadTextReason, check_words, read_until

TEXT: Final = MenuCommand(
    "text",
    lambda _: _("Put texts into your own words"),
    Permission.SHOP,
    "/text greeting Welcome to {shop}!",
)


@dataclass(frozen=True, slots=True)
class TextPages:
    """Shows and changes the operator's own words."""

    store: Storefront
    locales: Locales

    def add_to(self, routes: Routes) -> None:
        """Register the handlers."""
        routes.on_sent_command(self.command, TEXT)
        routes.on_tap(self.list_texts, OpenTexts)
        routes.on_tap(self.open, OpenText)
        routes.on_tap(self.ask, TypeText)
        routes.on_sent(self.take, TextForm)
        routes.on_tap(self.save, SaveText, keeps_form=True)
        routes.on_tap(self.set_end, EndText, keeps_form=True)
        routes.on_tap(self.say_to_all, SayToAll, keeps_form=True)
        routes.on_tap(self.reset, ResetText)

    async def command(self, context: Context, sent: Sent, _answered: Sent | None) -> None:
        """`/text`, `/text greeting`, `/text greeting de Willkommen`, `/text greeting reset`."""
        _, now = context.locale, self.store.clock.now()
        words = sent.words
        if not words.text:
            await self.list_texts(context, OpenTexts())
            return
        try:
            asked = read_asked(words, now, self.store.db.settings.zone)
        except BadText as refused:
            await context.show(texts_screen(_, self._texts, bad_text_words(_, refused)))
            return
        if asked.name is None:
            await context.show(unknown_text_screen(_, words.text.split()[0]))
        elif asked.is_reset:
            await context.show(reset_sure_screen(_, asked.name, asked.language))
        elif not asked.words.text and asked.language is None:
            await self._show(context, asked.name)
        else:
            until = 0 if asked.until is None else int(asked.until.timestamp())
            language = EVERY if asked.language is None else asked.language
            form = TextForm(asked.name, language, until=until, is_plainer=sent.is_plainer)
            await self._preview(context, form, asked.words)

    async def list_texts(self, context: Context, tap: OpenTexts) -> None:
        """Show all texts."""
        await context.show(texts_screen(context.locale, self._texts))

    async def open(self, context: Context, tap: OpenText) -> None:
        """Show one text."""
        await self._show(context, tap.name)

    async def ask(self, context: Context, tap: TypeText) -> None:
        """Ask for the words, which are typed next."""
        language = tap.language if tap.language in LANGUAGES else EVERY
        await self._ask(context, TextForm(tap.name, language))

    async def take(self, context: Context, form: TextForm, sent: Sent) -> None:
        """Show how what was typed will look; nothing is changed yet."""
        words, now = part_of(sent.words, 0, len(sent.words.text)), self.store.clock.now()
        form = msgspec.structs.replace(form, is_plainer=sent.is_plainer)
        context.answer_below()
        try:
            if form.name is TextName.PINNED:
                until, signs = read_until(words.text, now, self.store.db.settings.zone)
                if until is not None:
                    form = msgspec.structs.replace(form, until=int(until.timestamp()))
                    words = part_of(words, signs, len(words.text))
        except BadText as refused:
            await self._explain(context, form, refused)
            return
        await self._preview(context, form, words)

    async def save(self, context: Context, tap: SaveText) -> None:
        """Have customers read what the preview shows."""
        _, form = context.locale, await context.find_form()
        if not isinstance(form, TextForm) or not form.said:
            note = _("Nothing was changed: that preview is over. Please send the words again.")
            await context.show(texts_screen(_, self._texts, note))
            return
        own = _draft(form)
        if not own.is_shown(self.store.clock.now()):
            await self._explain(context, form, BadText(BadTextReason.TIME))
            return
        act = act_of(context)
        await self.store.db.write(own_texts.save_text, act, form.name, form.language, own)
        await context.close_form()
        await self.store.texts.load()
        await self._show(context, form.name, _("✅ Saved. Customers read it from now on."))

    async def set_end(self, context: Context, tap: EndText) -> None:
        """Show the words of the preview for so many days."""
        days = timedelta(days=min(tap.days, 366))
        until = int((self.store.clock.now() + days).timestamp()) if days else 0

        def ended(form: TextForm) -> TextForm | None:
            return msgspec.structs.replace(form, until=until) if form.said else None

        await self._change(context, await context.change_form(TextForm, ended))

    async def say_to_all(self, context: Context, tap: SayToAll) -> None:
        """Mean the words of the preview for every language."""

        def widened(form: TextForm) -> TextForm | None:
            return msgspec.structs.replace(form, language=EVERY) if form.said else None

        await self._change(context, await context.change_form(TextForm, widened))

    async def reset(self, context: Context, tap: ResetText) -> None:
        """The first tap asks, the second takes the own words back."""
        _, language = context.locale, None if tap.language == "*" else tap.language
        if not tap.sure:
            await context.show(reset_sure_screen(_, tap.name, language))
            return
        act = act_of(context)
        was = await self.store.db.write(own_texts.reset_text, act, tap.name, language)
        await self.store.texts.load()
        note = _("✅ Changed.") if was else _("That was undone already.")
        await self._show(context, tap.name, note)

    @property
    def _texts(self) -> OwnTexts:
        return self.store.texts.now

    async def _preview(self, context: Context, form: TextForm, words: Rich) -> None:
        """Show the words as customers will read them, or why they cannot."""
        if form.name is TextName.PAUSED:  # it is also said where only the words are at hand
            words = fill_rich(words, {"shop": self.store.profile.shop_name})
        own = stored_words(words)
        try:
            shown = shown_words(own, self.store.profile.shop_name)
            check_words(form.name, words.text, shown.length)
        except BadText as refused:
            await self._explain(context, form, refused)
            return
        form = msgspec.structs.replace(form, said=own.text, entities=own.entities)
        await context.open_form(form)
        await self._show_preview(context, form)

    async def _change(self, context: Context, form: TextForm | None) -> None:
        if form is None:
            await self.save(context, SaveText())  # which says that there is nothing
        else:
            await self._show_preview(context, form)

    async def _show_preview(
        self, context: Context, form: TextForm, problem: str | Rich = ""
    ) -> None:
        reader = self.locales.of(form.language) if form.language else context.locale
        own = _draft(form)
        piece = self._piece(reader, form.name, own)
        await context.show(preview_screen(context.locale, form, piece, own.until, problem))

    def _piece(self, _: Locale, name: TextName, own: OwnText) -> Rich:
        """The words with what stands around them, in their reader's direction."""
        words = shown_words(own, _.iso(self.store.profile.shop_name))
        piece = {
            TextName.PAY: lambda: how_to_pay(_, words),
            TextName.PAUSED: lambda: Rich("⏸ ") + words,
            TextName.PINNED: lambda: Rich("📌 ") + words,
        }.get(name, lambda: words)()
        return piece.from_right() if _.is_rtl else piece

    async def _explain(self, context: Context, form: TextForm, refused: BadText) -> None:
        """Say what is wrong; a preview of before stays, to be saved or typed anew."""
        why = bad_text_words(context.locale, refused)
        if form.said:
            await context.open_form(form)
            await self._show_preview(context, form, why)
        else:
            await self._ask(context, TextForm(form.name, form.language), why)

    async def _ask(self, context: Context, form: TextForm, problem: str | Rich = "") -> None:
        own = self._texts.find(form.name).get(form.language)
        known = None if own is None else shown_words(own)
        await context.open_form(form)
        screen = ask_text_screen(context.locale, form.name, form.language, known, problem)
        await context.show(screen)

    async def _show(self, context: Context, name: TextName, note: str | Rich = "") -> None:
        _, said = context.locale, self._texts.find(name)
        own = say(said, _.code, self.store.clock.now())
        shown = None if own is None else self._piece(_, name, own)
        until = None if own is None else own.until
        await context.show(text_screen(_, name, said, shown, note, until))


def _draft(form: TextForm) -> OwnText:
    """The words of the preview as they would be kept."""
    until = datetime.fromtimestamp(form.until, UTC) if form.until else None
    return OwnText(form.said, form.entities, until)
