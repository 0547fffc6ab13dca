"""Home, help and the choice of language."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from bot.chat.facade import Storefront
from bot.chat.home.home import Ways, home_screen
from bot.chat.home.taps import ChooseLanguage, OpenLanguages, OpenTopic, Topic
from bot.chat.home.topics import language_screen, topic_screen
from bot.chat.kit.context import Visit
from bot.chat.kit.locale import Voices
from bot.chat.kit.routes import MenuCommand, Routes
from bot.chat.kit.taps import OpenHome, Stay
from bot.money import wallet

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
    """Pages that cost nothing and lead everywhere."""

    store: Storefront
    voices: Voices

    def add_to(self, routes: Routes) -> None:
        """Register them."""
        routes.on_tap(self.show_home, OpenHome)
        routes.on_tap(self.show_topic, OpenTopic)
        for topic, command in TOPICS.items():
            routes.on_command(self.show_topic, OpenTopic(topic=topic), command)
        routes.on_tap(self.show_languages, OpenLanguages)
        routes.on_command(self.show_languages, OpenLanguages(), LANGUAGE)
        routes.on_tap(self.choose_language, ChooseLanguage)
        routes.on_tap(self.stay, Stay, keeps_form=True)

    async def show_home(self, visit: Visit, tap: OpenHome) -> None:
        """The first screen with the balance of now."""
        view = await self.store.db.read(wallet.wallet, visit.customer.id)
        shop, free = self.store.facts.shop_name, view.wallet.free
        await visit.show(home_screen(visit.voice, shop, free, self.ways))

    async def show_topic(self, visit: Visit, tap: OpenTopic) -> None:
        """One page of help."""
        await visit.show(topic_screen(visit.voice, tap.topic, self.store.facts))

    async def show_languages(self, visit: Visit, tap: OpenLanguages) -> None:
        """The languages that may be chosen."""
        await visit.show(language_screen(visit.voice, self.voices.languages))

    async def choose_language(self, visit: Visit, tap: ChooseLanguage) -> None:
        """Read in this language from now on; one that may not be chosen changes nothing."""
        if tap.code in self.voices.languages:
            await self.store.meet.choose(visit.customer.id, tap.code)
            visit.voice = self.voices.of(tap.code)
        await self.show_home(visit, OpenHome())

    async def stay(self, visit: Visit, tap: Stay) -> None:
        """A label was tapped: the tap has been answered, and that is all."""

    @property
    def ways(self) -> Ways:
        """What there is to choose right now."""
        numbers = bool(self.store.shelf.now.projects())
        return Ways(many_languages=self.voices.several, numbers=numbers)
