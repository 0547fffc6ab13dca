"""Codes in new messages: the code at one tap, with every word of the message that brought it."""

from __future__ import annotations

from typing import Final

from bot.chat.callbacks import OpenHome, OpenOrder
from bot.chat.richtext import Rich, code, fill, join, styled, units
from bot.chat.screen import Button, Row, Screen
from bot.chat.screens.goods import LONGEST_CAPTION, LONGEST_COPY, goods_document, is_plain
from bot.chat.screens.number_card import again_row, country_of, phone_line, phone_of
from bot.chat.screens.numbers import place_line
from bot.chat.screens.parts import label
from bot.chat.voice import Voice
from bot.domain.order import State
from bot.shop.views import Goods, OrderView

_ROOM: Final = 3000
"""Units of a message that stand below its heading in any language."""
_SHOWN: Final = 5
"""As many codes have a copy button of their own when they are shown again."""


def code_screen(_: Voice, order: OrderView, goods: Goods) -> Screen:
    """One code as it came: `goods` holds the code, and the message's text where there is one."""
    came, text = code_of(goods), text_of(goods)
    rows = (again_row(_, order, new=True), _ways_out(_, order))
    if not _fits(came, text):
        return Screen(_heading(_, order).cut(LONGEST_CAPTION), rows, goods_document(goods))
    said = fill(_("🔑 Code: {code}"), code=code(came)) if came else Rich(_("🔑 A message came"))
    shown = join([said, _heading(_, order), _full(goods)], "\n\n")
    return Screen(shown, (*_copy_row(_, came), *rows))


def codes_screen(_: Voice, order: OrderView, batches: tuple[Goods, ...]) -> Screen:
    """All codes of a number, shown again; the last ones can be copied."""
    last = batches[-_SHOWN:]
    if not all(_fits(code_of(one), text_of(one)) for one in last):
        return plain_codes_screen(_, order, batches)
    lines = [join([code(code_of(one)), _full(one)], "\n") for one in last]
    text = join([_heading(_, order), *lines], "\n\n")
    if text.length > _ROOM:
        return plain_codes_screen(_, order, batches)
    copies = [row for one in last for row in _copy_row(_, code_of(one))]
    return Screen(text, (*copies, _ways_out(_, order)))


def plain_codes_screen(_: Voice, order: OrderView, batches: tuple[Goods, ...]) -> Screen:
    """All codes as a file, however long or odd they are."""
    every = tuple(part for one in batches for part in one.accounts)
    caption = _heading(_, order).cut(LONGEST_CAPTION)
    together = Goods(batches[0].order, 1, batches[0].service_name, every, batches[0].at)
    return Screen(caption, (_ways_out(_, order),), goods_document(together))


def code_of(goods: Goods) -> str:
    """The code itself."""
    return goods.accounts[0] if goods.accounts else ""


def text_of(goods: Goods) -> str:
    """The whole message, as far as the supplier tells it."""
    return goods.accounts[1] if len(goods.accounts) > 1 else ""


def _heading(_: Voice, order: OrderView) -> Rich:
    late = order.state is State.CANCELED
    free = _("It came late: your money was already back, so it is yours for nothing.")
    return join(
        [
            place_line(_, order.service_name, country_of(order)),
            phone_line(_, phone_of(order)),
            free if late else "",
        ]
    )


def _fits(came: str, text: str) -> bool:
    parts = [part for part in (came, text) if part]
    small = units(came) <= LONGEST_COPY and units(text) <= _ROOM
    return bool(parts) and small and all(map(is_plain, parts))


def _full(goods: Goods) -> Rich:
    """The message word by word, where it says more than the code."""
    text = text_of(goods)
    return styled("blockquote", text) if text != code_of(goods) else Rich()


def _copy_row(_: Voice, came: str) -> tuple[Row, ...]:
    if not came:
        return ()
    shown = came if units(came) <= 20 else ""
    said = label(_("📋 Copy {code}"), code=_.iso(shown)) if shown else _("📋 Copy")
    return ((Button(said, copy=came, style="primary"),),)


def _ways_out(_: Voice, order: OrderView) -> Row:
    shown = label(_("📦 Order #{order}"), order=str(order.id))
    return (
        Button(shown, OpenOrder(order=order.id, new=True)),
        Button(_("🏠 Home"), OpenHome(new=True)),
    )
