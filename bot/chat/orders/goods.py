"""Delivered goods in a new message: readable, easy to copy, and never altered on the way."""

from __future__ import annotations

import unicodedata
from dataclasses import replace
from typing import Final

from bot.base.ids import OrderId
from bot.chat.kit.locale import Locale
from bot.chat.kit.names import IN_TEXT, fit
from bot.chat.kit.richtext import Rich, bold, clean, code, fill, join, units
from bot.chat.kit.screen import Button, Document, Row, Screen, footer, label
from bot.chat.orders.taps import ReportProblem
from bot.orders.views import Goods

LONGEST_COPY: Final = 256
LONGEST_CAPTION: Final = 1024
MOST_BUTTONS: Final = 5
MOST_IN_TEXT: Final = 10
_DROPPED: Final = frozenset("\u2028\u2029\u202a\u202b\u202c\u202d\u202e")
_ROOM: Final = 3000
"""Units of goods that stand in a message with its heading in any language."""


def goods_screen(_: Locale, goods: Goods) -> Screen:
    """One batch: in the text when it is small and plain, else as a file."""
    if not _fits(goods.accounts):
        caption = _heading(_, goods).cut(LONGEST_CAPTION)
        return Screen(caption, (_more(_, goods),), goods_document(goods))
    lines = [code(account) for account in goods.accounts]
    text = join([_heading(_, goods), join(lines, "\n")], "\n\n")
    return Screen(text, (*_copy_rows(_, goods.accounts), _more(_, goods)))


def together(batches: tuple[Goods, ...], name: str) -> Goods:
    """All batches as one: shown again, an order's goods are one message."""
    accounts = tuple(account for batch in batches for account in batch.accounts)
    return replace(batches[0], service_name=name, accounts=accounts)


def plain_goods_screen(_: Locale, goods: Goods) -> Screen:
    """The same with nothing in it that could be refused: no entities, no buttons."""
    caption = Rich(_heading(_, goods).text).cut(LONGEST_CAPTION)
    return Screen(caption, (), goods_document(goods))


def goods_document(goods: Goods) -> Document:
    """The file. Accounts of several lines are kept apart by empty ones."""
    between = "\n\n" if any("\n" in account for account in goods.accounts) else "\n"
    text = between.join(goods.accounts) + "\n"
    part = f"-{goods.batch}" if goods.batch > 1 else ""
    return Document(f"order-{goods.order}{part}.txt", text.encode(errors="backslashreplace"))


def _heading(_: Locale, goods: Goods) -> Rich:
    order = fill(_("📦 Order #{order}"), order=str(goods.order))
    count = len(goods.accounts)
    name = _.iso(fit(goods.service_name, IN_TEXT))
    came = fill(_.n("{count} piece", "{count} pieces", count), count=_.number(count))
    second = fill(_("Delivery {number}"), number=_.number(goods.batch))
    return join([bold(order), name, came, second if goods.batch > 1 else ""])


def _fits(accounts: tuple[str, ...]) -> bool:
    if not 0 < len(accounts) <= MOST_IN_TEXT:
        return False
    room = sum(units(account) + 1 for account in accounts)
    return room <= _ROOM and all(is_plain(account) for account in accounts)


def is_plain(account: str) -> bool:
    """Whether Telegram shows it as it is; it trims ends and drops or replaces some signs."""
    odd = any(
        ch in _DROPPED or (unicodedata.category(ch) == "Cc" and ch != "\n") for ch in account
    )
    return bool(account) and not odd and account == clean(account).strip()


def _copy_rows(_: Locale, accounts: tuple[str, ...]) -> tuple[Row, ...]:
    if len(accounts) > MOST_BUTTONS or any(units(account) > LONGEST_COPY for account in accounts):
        return ()
    if len(accounts) == 1:
        return ((Button(_("📋 Copy"), copy=accounts[0]),),)
    return tuple(
        (Button(label(_("📋 Copy {number}"), number=_.number(number)), copy=account),)
        for number, account in enumerate(accounts, start=1)
    )


def _more(_: Locale, goods: Goods) -> Row:
    return problem_button(_, goods.order), *footer(_, new=True)


def problem_button(_: Locale, order: OrderId) -> Button:
    """The way to tell the operators of something wrong."""
    return Button(_("⚠️ Problem"), ReportProblem(order=order))
