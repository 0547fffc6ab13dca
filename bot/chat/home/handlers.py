"""Home, help and the choice of language."""

from __future__ import annotations

from aiogram import Router
from aiogram.types import CallbackQuery

from bot.chat.facade import Storefront
from bot.chat.home.home import Ways, home_screen
from bot.chat.home.taps import ChooseLanguage, OpenHome, OpenLanguages, OpenTopic, Topic
from bot.chat.home.topics import language_screen, topic_screen
from bot.chat.kit.context import Visit
from bot.chat.kit.locale import Voices
from bot.chat.kit.taps import Stay
from bot.chat.middlewares import KEEPS_FORM
from bot.money import wallet


def home_router(store: Storefront, voices: Voices) -> Router:
    """Taps that cost nothing and lead everywhere."""
    router = Router(name="home")

    @router.callback_query(OpenHome.filter())
    async def open_home(query: CallbackQuery, visit: Visit) -> None:
        await show_home(store, voices, visit)

    @router.callback_query(OpenTopic.filter())
    async def open_topic(query: CallbackQuery, callback_data: OpenTopic, visit: Visit) -> None:
        await show_topic(store, visit, callback_data.topic)

    @router.callback_query(OpenLanguages.filter())
    async def open_languages(query: CallbackQuery, visit: Visit) -> None:
        await show_languages(voices, visit)

    @router.callback_query(ChooseLanguage.filter())
    async def choose_language(
        query: CallbackQuery, callback_data: ChooseLanguage, visit: Visit
    ) -> None:
        if callback_data.code in voices.languages:
            await store.meet.choose(visit.customer.id, callback_data.code)
            visit.voice = voices.of(callback_data.code)
        await show_home(store, voices, visit)

    @router.callback_query(Stay.filter(), flags=KEEPS_FORM)
    async def stay(query: CallbackQuery) -> None:
        """A label was tapped: the tap has been answered, and that is all."""

    return router


async def show_home(store: Storefront, voices: Voices, visit: Visit) -> None:
    """The first screen with the balance of now."""
    view = await store.db.read(wallet.wallet, visit.customer.id)
    free, ways = view.wallet.free, ways_of(store, voices)
    await visit.show(home_screen(visit.voice, store.facts.shop_name, free, ways))


def ways_of(store: Storefront, voices: Voices) -> Ways:
    """What there is to choose right now."""
    return Ways(many_languages=voices.several, numbers=bool(store.shelf.now.projects()))


async def show_topic(store: Storefront, visit: Visit, topic: Topic) -> None:
    """One page of help."""
    await visit.show(topic_screen(visit.voice, topic, store.facts))


async def show_languages(voices: Voices, visit: Visit) -> None:
    """The languages that are spoken."""
    await visit.show(language_screen(visit.voice, voices.languages))
