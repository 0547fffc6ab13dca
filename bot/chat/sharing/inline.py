"""Inline queries: found in memory, answered in the reader's language, never written down."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Final

from bot.base.errors import DatabaseUnavailable
from bot.base.ids import CustomerId, ServiceId
from bot.catalog.search.first import first_offers
from bot.catalog.search.look import Hit
from bot.catalog.shelf import Shelf
from bot.catalog.standing import list_paused
from bot.catalog.wanted.favourites import list_favourites
from bot.chat.facade import Storefront
from bot.chat.kit.locale import Locale, Locales
from bot.chat.kit.names import clip
from bot.chat.kit.present import Presenter
from bot.chat.kit.telegram.incoming import UpdateOutcome
from bot.chat.kit.telegram.inline import InlineAnswer, answer_inline
from bot.chat.kit.telegram.updates import TypedInline
from bot.chat.sharing.results import (
    closed,
    not_for_you,
    nothing_found,
    nothing_on_sale,
    result,
)
from bot.chat.translate import Found
from bot.db.tx import Tx
from bot.orders.read import list_bought
from bot.people.readers import Reader, find_reader

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
                answer = await self._offer(_, asked, reader)
        except DatabaseUnavailable:
            _ = self.locales.of(language)
            await answer_inline(bot, asked.id, InlineAnswer(way_in=closed(_)))
            raise
        is_shown = await answer_inline(bot, asked.id, answer)
        return outcome if is_shown else UpdateOutcome.NOT_SHOWN

    async def _offer(self, _: Locale, asked: TypedInline, reader: Reader) -> InlineAnswer:
        """A page of what fits what was typed."""
        words, begin = clip(asked.query[:_LONGEST], _LONGEST), _place(asked.offset)
        end = begin + _ON_A_PAGE
        paused = await self.store.db.recall(list_paused)
        if words:
            found = await self._find(words, _.code)
        else:
            own = await self._own(asked) if reader.is_known else ()
            found = first_offers(self.store.shelf.now, own, paused, min(end + 1, _FARTHEST))
        if not found:
            return InlineAnswer(way_in=nothing_found(_) if words else nothing_on_sale(_))
        shop = await self.presenter.link()
        page = await self.store.translate.found(_.code, found[begin:end])
        results = tuple(result(_, one, shop, paused) for one in page)
        return InlineAnswer(results, str(end) if len(found) > end else "")

    async def _find(self, words: str, language: str) -> Sequence[Found]:
        hits, shelf = await self.store.search.find(words, language), self.store.shelf.now
        return [found for hit in hits if (found := _on(shelf, hit)) is not None]

    async def _own(self, asked: TypedInline) -> tuple[ServiceId, ...]:
        """What the reader marked and bought; nothing where others look on."""
        if asked.chat_type not in _PERSONAL:
            return ()
        return await self.store.db.read(_list_own, CustomerId(asked.sender.id))


def _list_own(tx: Tx, reader: CustomerId) -> tuple[ServiceId, ...]:
    marked = list_favourites(tx, reader, _ON_A_PAGE)
    return (*marked, *list_bought(tx, reader, _ON_A_PAGE))


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
