"""Codes in new messages: the code at one tap, with every word of the message that brought it."""

from __future__ import annotations

from typing import Final

from bot.chat.kit.locale import Locale
from bot.chat.kit.richtext import LONGEST_CAPTION, Rich, code, fill, join, styled, units
from bot.chat.kit.screen import Button, Row, Screen, footer, label
from bot.chat.numbers.countries import place_line
from bot.chat.numbers.number import again_row, country_of, phone_line, phone_of
from bot.chat.orders.goods import LONGEST_COPY, goods_document, is_plain
from bot.chat.orders.notices import order_button
from bot.orders.rules.moves import State
from bot.orders.views import Goods, OrderView
from bot.suppliers.words import Code

_ROOM: Final = 3000
"""Units of messages that stand below a heading in any language."""
_BUTTONS: Final = 5
_SHORT: Final = 20
"""A code that stands in its own button's label."""


def code_screen(_: Locale, order: OrderView, came: Code) -> Screen:
    """One code as it came; what is too long or too odd for a message comes in a file beside it."""
    rows: tuple[Row, ...] = (again_row(_, order, new=True), _ways_out(_, order))
    bare = Code(came.code)
    if not _fits((came,)) and not _fits((bare,)):
        return _file_screen(_, order, (came,), rows)
    said = _("🔑 Code: {code}") if came.code else _("🔑 A message came")
    lines = [fill(said, code=code(came.code)), _heading(_, order)]
    rows = (*_copy_rows(_, (came,)), *rows)
    if not _fits((came,)):
        caption = join(lines, "\n\n").cut(LONGEST_CAPTION)
        return Screen(caption, rows, goods_document(as_goods(order, (came,))))
    return Screen(join([*lines, _full(came)], "\n\n"), rows)


def codes_screen(_: Locale, order: OrderView, codes: tuple[Code, ...]) -> Screen:
    """All codes of a number, shown again."""
    rows = (_ways_out(_, order),)
    if not _fits(codes):
        bare = tuple(Code(came.code) for came in codes if came.code)
        copies = _copy_rows(_, bare[-_BUTTONS:]) if _fits(bare) else ()
        return _file_screen(_, order, codes, (*copies, *rows))
    shown = [join([code(came.code), _full(came)]) for came in codes]
    text = join([_heading(_, order), *shown], "\n\n")
    return Screen(text, (*_copy_rows(_, codes[-_BUTTONS:]), *rows))


def as_goods(order: OrderView, codes: tuple[Code, ...], batch: int = 1) -> Goods:
    """The codes as goods, for what can be done with goods only."""
    texts = tuple("\n".join(part for part in (came.code, came.text) if part) for came in codes)
    return Goods(order.id, batch, order.service_name, texts, order.created_at)


def _file_screen(
    _: Locale, order: OrderView, codes: tuple[Code, ...], rows: tuple[Row, ...]
) -> Screen:
    caption = _heading(_, order).cut(LONGEST_CAPTION)
    return Screen(caption, rows, goods_document(as_goods(order, codes)))


def _heading(_: Locale, order: OrderView) -> Rich:
    late = _("It came late. Your money was already back, so this one is free.")
    place = place_line(_, order.service_name, country_of(order))
    free = late if order.state is State.CANCELED else ""
    return join([place, phone_line(_, phone_of(order)), free])


def _fits(codes: tuple[Code, ...]) -> bool:
    parts = [part for came in codes for part in (came.code, came.text) if part]
    small = all(units(came.code) <= LONGEST_COPY for came in codes)
    room = sum(units(part) + 2 for part in parts)
    return bool(parts) and small and room <= _ROOM and all(map(is_plain, parts))


def _full(came: Code) -> Rich:
    """The message word by word, where it says more than the code."""
    return styled("blockquote", came.text) if came.text != came.code else Rich()


def _copy_rows(_: Locale, codes: tuple[Code, ...]) -> tuple[Row, ...]:
    return tuple((_copy_button(_, came.code),) for came in codes if came.code)


def _copy_button(_: Locale, came: str) -> Button:
    if units(came) > _SHORT or "\n" in came:
        return Button(_("📋 Copy"), copy=came, style="primary")
    return Button(label(_("📋 Copy {code}"), code=_.iso(came)), copy=came, style="primary")


def _ways_out(_: Locale, order: OrderView) -> Row:
    return order_button(_, order, new=True), *footer(_, new=True)
