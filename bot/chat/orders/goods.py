"""Delivered goods in a new message: readable, easy to copy, and never altered on the way."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import Final

from bot.base.ids import OrderId
from bot.chat.kit.locale import Locale
from bot.chat.kit.names import IN_TEXT, fit
from bot.chat.kit.richtext import LONGEST_CAPTION, Rich, bold, code, fill, join, styled, units
from bot.chat.kit.screen import Button, Document, Row, Screen, footer, label
from bot.chat.orders.taps import ReportProblem
from bot.orders.views import Goods

LONGEST_COPY: Final = 256
MOST_BUTTONS: Final = 5
MOST_IN_TEXT: Final = 10
_ALTERED: Final = re.compile(
    "[\x00-\x09\x0b-\x1f\x7f-\x9f]"  # control signs, the tab as well: dropped, or a blank instead
    "|[\u2028-\u202e]"  # dropped, as are these combining marks:
    "|[\u030a\u0333\u033f]"
    "|[\u200e\u200f]{2}"  # all but the last become another sign
    "|[\ud800-\udfff]"  # halves of a sign: refused
    "|\n{3}"  # empty lines become fewer
)
_TRIMMED: Final = "\u180e\u200b-\u200f\u2060\u2800\u3164\ufeff\ufffc"
"""What nobody sees, beside the blanks that are known as such."""
_EDGE: Final = re.compile(rf"\A[\s{_TRIMMED}]|[\s{_TRIMMED}]\Z")
_BORDER: Final = 5
_LIKE_BORDER: Final = re.compile(r"^(={5,60}) [0-9]+/[0-9]+ =+$", re.MULTILINE)
_ROOM: Final = 3000
"""Units of goods that stand in a message with its heading in any language."""


def goods_screen(_: Locale, goods: Goods) -> Screen:
    """One batch: in the text when it is small and plain, else as a file."""
    if not _fits(goods.accounts):
        caption = _heading(_, goods).cut(LONGEST_CAPTION)
        return Screen(caption, (_more(_, goods),), goods_document(goods))
    text = join([_heading(_, goods), _in_text(_, goods.accounts)], "\n\n")
    return Screen(text, (*_copy_rows(_, goods.accounts), _more(_, goods)))


def _in_text(_: Locale, accounts: tuple[str, ...]) -> Rich:
    """A line a unit; where one has several, each is a block under its number."""
    if not any(map(_has_lines, accounts)):
        return join(map(code, accounts), "\n")
    if len(accounts) == 1:
        return styled("pre", accounts[0])
    blocks = [
        join([bold(_.iso(f"{number}/{len(accounts)}")), styled("pre", account)])
        for number, account in enumerate(accounts, start=1)
    ]
    return join(blocks, "\n\n")


def _has_lines(account: str) -> bool:
    return "\n" in account or len(account.splitlines()) > 1


def together(batches: tuple[Goods, ...], name: str) -> Goods:
    """All batches as one: shown again, an order's goods are one message."""
    accounts = tuple(account for batch in batches for account in batch.accounts)
    return replace(batches[0], service_name=name, accounts=accounts)


def plain_goods_screen(_: Locale, goods: Goods) -> Screen:
    """The same with nothing in it that could be refused: no entities, no buttons."""
    caption = Rich(_heading(_, goods).text).cut(LONGEST_CAPTION)
    return Screen(caption, (), goods_document(goods))


def goods_document(goods: Goods) -> Document:
    """The file: a line a unit; where one has several, each stands under a numbered border.

    A line of a unit that looks like a border makes the borders longer than itself.
    """
    text, count = "".join(f"{account}\n" for account in goods.accounts), len(goods.accounts)
    if count > 1 and any(map(_has_lines, goods.accounts)):
        mark = "=" * max([_BORDER, *(len(alike) + 1 for alike in _LIKE_BORDER.findall(text))])
        text = "".join(
            f"{mark} {number}/{count} {mark}\n{account}\n"
            for number, account in enumerate(goods.accounts, start=1)
        )
    part = f"-{goods.batch}" if goods.batch > 1 else ""
    return Document(f"order-{goods.order}{part}.txt", text.encode(errors="backslashreplace"))


def _heading(_: Locale, goods: Goods) -> Rich:
    order = fill(_("📦 Order #{order}"), order=str(goods.order))
    count = len(goods.accounts)
    name = _.iso(fit(goods.service_name, IN_TEXT))
    came = fill(_.n("{count} piece", "{count} pieces", count), count=_.number(count))
    said = _("Replaces order #{number} and costs you nothing.")
    instead = fill(said, number=str(goods.replaces)) if goods.replaces is not None else ""
    second = fill(_("Delivery {number}"), number=_.number(goods.batch))
    return join([bold(order), instead, name, came, second if goods.batch > 1 else ""])


def _fits(accounts: tuple[str, ...]) -> bool:
    if not 0 < len(accounts) <= MOST_IN_TEXT:
        return False
    room = sum(units(account) + 1 for account in accounts)
    return room <= _ROOM and all(is_plain(account) for account in accounts)


def is_plain(account: str) -> bool:
    """Whether it comes back from Telegram byte for byte, out of texts and copy buttons alike."""
    return bool(account) and not _ALTERED.search(account) and not _EDGE.search(account)


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


def problem_button(_: Locale, order: OrderId, *, is_reported: bool = False) -> Button:
    """The way to report something wrong, or to the report that is open."""
    words = _("⚠️ Your report") if is_reported else _("⚠️ Problem")
    return Button(words, ReportProblem(order=order))
