"""Chooses who gets a broadcast."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

import msgspec

from bot.base.digits import western_digits
from bot.base.ids import CategoryId, ServiceId
from bot.base.money import NotMoney, parse_money
from bot.broadcasts.draft import set_segment
from bot.broadcasts.members import count_members, list_languages
from bot.broadcasts.read import Broadcast
from bot.catalog.places.named import find_named
from bot.catalog.places.tree import Tree
from bot.catalog.shelf import Shelf
from bot.chat.broadcasts.segment import (
    active_screen,
    balance_screen,
    bought_screen,
    languages_screen,
    segment_screen,
)
from bot.chat.broadcasts.shown import BroadcastCards
from bot.chat.broadcasts.taps import (
    Asked,
    AskSegment,
    ChooseActive,
    ChooseReaders,
    ForgetAsked,
    OpenSegment,
    SegmentForm,
)
from bot.chat.kit.context import Context, act_of
from bot.chat.kit.locale import Locale
from bot.chat.kit.routes import Routes
from bot.i18n.language import LANGUAGES

_MOST_DAYS: Final = 3_650
_EMPTY: Final[dict[Asked, dict[str, object]]] = {
    Asked.LANGUAGE: {"languages": ()},
    Asked.ACTIVE: {"active_days": 0},
    Asked.BOUGHT: {"service": 0, "categories": (), "bought": ""},
    Asked.BALANCE: {"above": None},
}


class _Unfit(ValueError):
    """What was typed cannot be asked of customers; its words say why."""


@dataclass(frozen=True, slots=True)
class SegmentPages:
    """Changes what is asked of those who get a draft."""

    cards: BroadcastCards

    def add_to(self, routes: Routes) -> None:
        """Register the handlers."""
        routes.on_tap(self.open, OpenSegment)
        routes.on_tap(self.ask, AskSegment)
        routes.on_tap(self.choose_readers, ChooseReaders)
        routes.on_tap(self.choose_active, ChooseActive)
        routes.on_tap(self.forget, ForgetAsked)
        routes.on_typed(self.type, SegmentForm)

    async def open(self, context: Context, tap: OpenSegment) -> None:
        """Show who gets it."""
        draft = await self.cards.find_draft(context, tap.broadcast)
        if draft is not None:
            await self._show(context, draft)

    async def ask(self, context: Context, tap: AskSegment) -> None:
        """Show what can be chosen; all but the language may be typed as well."""
        draft = await self.cards.find_draft(context, tap.broadcast)
        if draft is None:
            return
        if tap.asked is Asked.LANGUAGE:
            codes = await self._languages()
            await context.show(languages_screen(context.locale, draft, codes))
            return
        await context.open_form(SegmentForm(draft.id, tap.asked))
        await context.show(_ASKING[tap.asked](context.locale, draft, ""))

    async def choose_readers(self, context: Context, tap: ChooseReaders) -> None:
        """Add a language, or take it out again."""
        draft = await self.cards.find_draft(context, tap.broadcast)
        if draft is None or tap.code not in LANGUAGES:
            return
        chosen = set(draft.segment.languages) ^ {tap.code}
        changed = await self._change(context, draft, languages=tuple(sorted(chosen)))
        await context.show(languages_screen(context.locale, changed, await self._languages()))

    async def choose_active(self, context: Context, tap: ChooseActive) -> None:
        """Only who was here so lately."""
        draft = await self.cards.find_draft(context, tap.broadcast)
        if draft is not None:
            days = min(tap.days, _MOST_DAYS)
            await self._show(context, await self._change(context, draft, active_days=days))

    async def forget(self, context: Context, tap: ForgetAsked) -> None:
        """Ask this no more."""
        draft = await self.cards.find_draft(context, tap.broadcast)
        if draft is not None:
            await self._show(context, await self._change(context, draft, **_EMPTY[tap.asked]))

    async def type(self, context: Context, form: SegmentForm, text: str) -> None:
        """Ask what was typed, or say why that cannot be."""
        draft = await self.cards.find_draft(context, form.broadcast)
        if draft is None:
            return
        _, shelf = context.locale, self.cards.store.shelf.now
        try:
            asked = _read(_, form.asked, text.strip(), shelf)
        except _Unfit as unfit:
            await context.show(_ASKING[form.asked](_, draft, str(unfit)))
            return
        changed = await self._change(context, draft, **asked)
        await context.close_form()
        await self._show(context, changed)

    async def _change(self, context: Context, draft: Broadcast, **asked: object) -> Broadcast:
        """Change the draft as it stands; as it is then. Raises CannotBroadcast."""
        segment = msgspec.structs.replace(draft.segment, **asked)
        act = act_of(context)
        return await self.cards.db.write(set_segment, act, draft.id, segment)

    async def _show(self, context: Context, draft: Broadcast) -> None:
        count = await self.cards.db.read(count_members, draft.segment)
        await context.show(segment_screen(context.locale, draft, count))

    async def _languages(self) -> Sequence[str]:
        return await self.cards.db.read(list_languages)


_ASKING: Final = {
    Asked.ACTIVE: active_screen,
    Asked.BOUGHT: bought_screen,
    Asked.BALANCE: balance_screen,
}


def _read(_: Locale, asked: Asked, text: str, shelf: Shelf) -> dict[str, object]:
    """What was typed, as a segment holds it. Raises _Unfit."""
    if asked is Asked.ACTIVE:
        return {"active_days": _days(_, text)}
    if asked is Asked.BALANCE:
        try:
            return {"above": parse_money(text, _.group_sign).micros}
        except NotMoney:
            raise _Unfit(_("That is not an amount. Please write it like 12.50.")) from None
    return _bought(_, text, shelf)


def _days(_: Locale, text: str) -> int:
    digits = western_digits(text)
    if not (digits.isascii() and digits.isdigit() and 0 < int(digits[:9]) <= _MOST_DAYS):
        raise _Unfit(_("Please type a whole number of days."))
    return int(digits[:9])


def _bought(_: Locale, text: str, shelf: Shelf) -> dict[str, object]:
    number = western_digits(text).removeprefix("#")
    if number.isascii() and number.isdigit():
        service = shelf.find_service(ServiceId(int(number[:18])))
        if service is None:
            raise _Unfit(_("No service has this number."))
        return {"service": service.id, "categories": (), "bought": service.listed.name}
    found, exact = find_named(shelf, text)
    if not exact or not found:
        raise _Unfit(_("There is no category of that name."))
    if len(found) > 1:
        raise _Unfit(_("Several categories are called that; write the whole path."))
    inside = _inside(shelf.tree, found[0].id)
    return {"service": 0, "categories": inside, "bought": found[0].path[-1]}


def _inside(tree: Tree, category: CategoryId) -> tuple[int, ...]:
    """All rows of categories that are shown in this one or below it."""
    inside: list[int] = []
    for one in tree.labels:
        above: CategoryId | None = tree.home(one)
        while above is not None and above != category:
            node = tree.nodes.get(above)
            above = None if node is None else node.parent
        if above == category:
            inside.append(one)
    return tuple(sorted(inside))
