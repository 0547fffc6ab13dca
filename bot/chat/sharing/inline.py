"""Inline queries: found in memory, answered in the reader's language, never written down."""

from __future__ import annotations

from collections.abc import Sequence, Set
from dataclasses import dataclass, field
from typing import Final

from bot.base.errors import DatabaseUnavailable
from bot.base.ids import CustomerId, ServiceId, SupplierName
from bot.catalog.search.first import first_offers, list_marked
from bot.catalog.search.look import Hit
from bot.catalog.shelf import Shelf
from bot.catalog.standing import list_paused
from bot.chat.facade import Storefront
from bot.chat.kit.inline import InlineAnswer, answer_inline
from bot.chat.kit.locale import Locale, Locales
from bot.chat.kit.names import clip
from bot.chat.kit.present import Presenter
from bot.chat.kit.telegram.incoming import UpdateOutcome
from bot.chat.kit.telegram.updates import TypedInline
from bot.chat.sharing.results import (
    closed,
    not_for_you,
    nothing_found,
    nothing_on_sale,
    result,
)
from bot.chat.translate import Found
from bot.orders.read import list_bought
from bot.people.readers import find_reader

_LONGEST: Final = 256
"""What Telegram sends at most; a forged query is cut before anything else is done with it."""
_ON_A_PAGE: Final = 20
_FARTHEST: Final = 1_000
_DIGITS: Final = 4
_PERSONAL: Final = frozenset({"sender", "private"})
"""Chats in which nobody but the reader looks at their screen."""


@dataclass(frozen=True, slots=True)
class InlinePages:
    """Answers what stands behind `@bot`, one query of each person at a time.

    Telegram sends one for each letter. Whatever comes while an answer is under way waits for it,
    and only the newest: those in between are never looked at.
    """

    store: Storefront
    locales: Locales
    presenter: Presenter
    _next: dict[int, TypedInline | None] = field(default_factory=dict)
    """Of each person who is being answered, the query that waits."""

    async def answer(self, asked: TypedInline) -> UpdateOutcome:
        """Offer what was found; how the newest query ended. Raises DatabaseUnavailable."""
        person = asked.sender.id
        is_busy = person in self._next
        self._next[person] = asked
        outcome = UpdateOutcome.SUPERSEDED
        if is_busy:
            return outcome
        try:
            while (newest := self._next[person]) is not None:
                self._next[person] = None
                outcome = await self._answer(newest)
        finally:
            del self._next[person]
        return outcome

    async def _answer(self, asked: TypedInline) -> UpdateOutcome:
        outcome, bot = UpdateOutcome.OK, self.presenter.bot
        language = asked.sender.language_code or ""
        try:
            reader = await self.store.db.recall(find_reader, CustomerId(asked.sender.id))
            _ = self.locales.of(reader.language or language)
            if reader.banned:
                answer = InlineAnswer(way_in=not_for_you(_))
                outcome = UpdateOutcome.REFUSED
            else:
                answer = await self._offer(_, asked)
        except DatabaseUnavailable:
            _ = self.locales.of(language)
            await answer_inline(bot, asked.id, InlineAnswer(way_in=closed(_)))
            raise
        is_shown = await answer_inline(bot, asked.id, answer)
        return outcome if is_shown else UpdateOutcome.NOT_SHOWN

    async def _offer(self, _: Locale, asked: TypedInline) -> InlineAnswer:
        """A page of what fits."""
        words = clip(asked.query[:_LONGEST], _LONGEST)
        begin = _place(asked.offset)
        paused = await self.store.db.recall(list_paused)
        found = await self._found(_, asked, words, paused)
        if not found:
            return InlineAnswer(way_in=nothing_found(_) if words else nothing_on_sale(_))
        end, shop = begin + _ON_A_PAGE, await self.presenter.link()
        page = await self.store.translate.found(_.code, found[begin:end])
        results = tuple(result(_, one, shop, paused) for one in page)
        return InlineAnswer(results, str(end) if len(found) > end else "")

    async def _found(
        self, _: Locale, asked: TypedInline, words: str, paused: Set[SupplierName]
    ) -> Sequence[Found]:
        """What fits the words; without words the reader's own and what stands first."""
        shelf = self.store.shelf.now
        if words:
            hits = await self.store.search.find(words, _.code)
            return [found for hit in hits if (found := _on(shelf, hit)) is not None]
        reader = CustomerId(asked.sender.id)
        own = await self._own(reader) if asked.chat_type in _PERSONAL else ()
        return first_offers(shelf, own, paused, _FARTHEST)

    async def _own(self, reader: CustomerId) -> tuple[ServiceId, ...]:
        """What somebody marked, then what they bought."""
        db = self.store.db
        marked = await db.recall(list_marked, reader, _ON_A_PAGE)
        return (*marked, *await db.recall(list_bought, reader, _ON_A_PAGE))


def _on(shelf: Shelf, hit: Hit) -> Found | None:
    """What was found, as it stands on the shelf; None when it has just gone."""
    service = hit.service or hit.number
    if service is not None:
        return shelf.find_shown(service)
    if hit.category is not None:
        return shelf.find_category(hit.category)
    return shelf.find_project(hit.project)


def _place(offset: str) -> int:
    """Where the page begins; a forged place has nothing on it."""
    is_number = offset.isascii() and offset.isdigit() and len(offset) <= _DIGITS
    return int(offset) if is_number else (_FARTHEST if offset else 0)
