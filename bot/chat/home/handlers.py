"""Home, help and the choice of language."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Final

from bot.base.acts import Role
from bot.chat.facade import Storefront
from bot.chat.home.home import Ways, home_screen
from bot.chat.home.taps import ChooseLanguage, OpenLanguages, OpenTopic, Topic
from bot.chat.home.topics import language_screen, topic_screen
from bot.chat.kit.context import Context
from bot.chat.kit.locale import Locales
from bot.chat.kit.routes import MenuCommand, Routes
from bot.chat.kit.taps import OpenHome, Stay
from bot.desk.dashboard import count_waiting
from bot.money import post

LANGUAGE: Final = MenuCommand("language", lambda _: _("Choose your language"))
TOPICS: Final = {
    Topic.HELP: MenuCommand("help", lambda _: _("How it works")),
    Topic.SUPPORT: MenuCommand("support", lambda _: _("Write to us")),
    Topic.PAYSUPPORT: MenuCommand("paysupport", lambda _: _("Help with payments")),
    Topic.TERMS: MenuCommand("terms", lambda _: _("Terms")),
    Topic.PRIVACY: MenuCommand("privacy", lambda _: _("Privacy")),
}


@dataclass(frozen=True, slots=True)
class HomePages:
    """The first screen, the pages of help, and the languages."""

    store: Storefront
    locales: Locales

    def add_to(self, routes: Routes) -> None:
        """Register the handlers."""
        routes.on_tap(self.show_home, OpenHome)
        routes.on_tap(self.show_topic, OpenTopic)
        for topic, command in TOPICS.items():
            routes.on_command(self.show_topic, OpenTopic(topic=topic), command)
        routes.on_tap(self.show_languages, OpenLanguages)
        routes.on_command(self.show_languages, OpenLanguages(), LANGUAGE)
        routes.on_tap(self.choose_language, ChooseLanguage)
        routes.on_tap(self.stay, Stay, keeps_form=True)

    async def show_home(self, context: Context, tap: OpenHome) -> None:
        """Show the first screen with the balance of now."""
        free = await self.store.db.read(post.customer_balance, context.customer.id)
        shop, ways = self.store.profile.shop_name, await self._ways_of(context.customer.role)
        await context.show(home_screen(context.locale, shop, free, ways))

    async def _ways_of(self, role: Role | None) -> Ways:
        """What the menu offers somebody in this role."""
        if role is None:
            return self.ways
        waiting = await self.store.db.read(count_waiting)
        return replace(self.ways, desk=waiting.count_for(role))

    async def show_topic(self, context: Context, tap: OpenTopic) -> None:
        """Show one page of help."""
        await context.show(topic_screen(context.locale, tap.topic, self.store.profile))

    async def show_languages(self, context: Context, tap: OpenLanguages) -> None:
        """Show the languages that may be chosen."""
        await context.show(language_screen(context.locale, self.locales.languages))

    async def choose_language(self, context: Context, tap: ChooseLanguage) -> None:
        """Switch to this language; an unknown one changes nothing."""
        if tap.code in self.locales.languages:
            await self.store.customer_cache.choose(context.customer.id, tap.code)
            context.locale = self.locales.of(tap.code)
        await self.show_home(context, OpenHome())

    async def stay(self, context: Context, tap: Stay) -> None:
        """Do nothing: a label was tapped, and the tap has been answered."""

    @property
    def ways(self) -> Ways:
        """What the menu offers right now."""
        several = len(self.locales.languages) > 1
        return Ways(many_languages=several, numbers=bool(self.store.shelf.now.projects()))
