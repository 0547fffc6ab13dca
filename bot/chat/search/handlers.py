"""Looking for something: `/search`, what is typed while nothing is asked, and the results."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from aiogram.filters import CommandObject

from bot.base.page import page_of
from bot.catalog.search.look import Hit
from bot.catalog.search.normalise import LONGEST
from bot.catalog.search.stored import find_query, store_search
from bot.catalog.standing import list_paused
from bot.chat.facade import Storefront
from bot.chat.kit.context import Context
from bot.chat.kit.names import clip
from bot.chat.kit.routes import MenuCommand, Routes
from bot.chat.search.results import nothing_screen, results_screen, search_screen
from bot.chat.search.taps import OpenResults, OpenSearch, SearchForm

SEARCH: Final = MenuCommand("search", lambda _: _("Find something by its name"))
_LOOKED_AT: Final = 4 * LONGEST
"""Characters of a message that are looked at, blanks included."""


@dataclass(frozen=True, slots=True)
class SearchPages:
    """The search, and what it finds."""

    store: Storefront

    def add_to(self, routes: Routes) -> None:
        """Register the handlers."""
        routes.on_words(self.search_words, SEARCH)
        routes.on_tap(self.ask_words, OpenSearch)
        routes.on_tap(self.show_results, OpenResults)
        routes.on_typed(self.search_form, SearchForm)

    async def search_words(self, context: Context, command: CommandObject) -> None:
        """Show what was found for the words after the command, or ask for some."""
        await self.search(context, command.args or "")

    async def ask_words(self, context: Context, tap: OpenSearch) -> None:
        """Ask what to look for."""
        await context.open_form(SearchForm())
        await context.show(search_screen(context.locale))

    async def search_form(self, context: Context, form: SearchForm, text: str) -> None:
        """Show what was found for what was typed."""
        await self.search(context, text)

    async def search(self, context: Context, text: str) -> None:
        """Show what was found; what has nothing to be seen in it is asked for again."""
        query = _query_of(text)
        if not query:
            await self.ask_words(context, OpenSearch())
            return
        await context.open_form(SearchForm())  # what is typed next is looked for on the same card
        hits = await self.store.search.find(query, context.locale.code)
        await self._show_found(context, query, hits)

    async def search_if_any(self, context: Context, text: str) -> bool:
        """Show what was found; False, and nothing shown, where that is nothing."""
        query = _query_of(text)
        hits = await self.store.search.find(query, context.locale.code) if query else ()
        if hits:
            await self._show_found(context, query, hits)
        return bool(hits)

    async def show_results(self, context: Context, tap: OpenResults) -> None:
        """Show a page of an earlier search with what is on the shelf now."""
        query = await self.store.db.read(find_query, context.customer.id, tap.search)
        if query is None:
            await context.open_form(SearchForm())
            await context.show(search_screen(context.locale, is_forgotten=True))
            return
        hits = await self.store.search.find(query, context.locale.code)
        await self._show(context, query, hits, tap)

    async def _show_found(self, context: Context, query: str, hits: tuple[Hit, ...]) -> None:
        search = await self.store.db.write(store_search, context.customer.id, query)
        await self._show(context, query, hits, OpenResults(search=search))

    async def _show(
        self, context: Context, query: str, hits: tuple[Hit, ...], tap: OpenResults
    ) -> None:
        _, shelf = context.locale, self.store.shelf.now
        paused = await self.store.db.recall(list_paused)
        if hits:
            page = page_of(hits, tap.page)
            await context.show(results_screen(_, query, page, shelf, tap, paused))
            return
        guesses = await self.store.search.guess(query, _.code)
        await context.show(nothing_screen(_, query, guesses, shelf, tap, paused))


def _query_of(text: str) -> str:
    """What is looked for and kept: one line of it, empty when nothing of it can be seen."""
    return clip(text[:_LOOKED_AT], LONGEST)
