"""Screens as data, and the rows and sentences that several of them share."""

from __future__ import annotations

from dataclasses import dataclass, replace
from enum import StrEnum
from pathlib import Path
from typing import Final, Literal

from aiogram.filters.callback_data import CallbackData

from bot.base.acts import Role
from bot.base.basis import FLAT, Basis
from bot.base.money import Money
from bot.chat.kit.locale import Locale
from bot.chat.kit.names import IN_TEXT, fit
from bot.chat.kit.richtext import (
    LONGEST_CAPTION,
    LONGEST_TEXT,
    Rich,
    fill,
    fill_plain,
    rich,
)
from bot.chat.kit.taps import OpenHome, Stay, is_permitted

Style = Literal["primary", "success", "danger"]


@dataclass(frozen=True, slots=True)
class Button:
    """One inline button: exactly one of `tap`, `url`, `copy` and `share` says what it does.

    `copy` is at most 256 characters; `share` is the text that inline mode is opened with.
    """

    label: str
    tap: CallbackData | None = None
    url: str | None = None
    copy: str | None = None
    share: str | None = None
    style: Style | None = None


Row = tuple[Button, ...]
_ARROWS: Final = {"⏮": "⏭", "◀": "▶", "▶": "◀", "⏭": "⏮"}


@dataclass(frozen=True, slots=True)
class Document:
    """A file beside a message; the screen's text is its caption (1,024 units).

    A long one is on the disk at `path`, and is read bit by bit as it is sent.
    """

    name: str
    content: bytes = b""
    path: Path | None = None


@dataclass(frozen=True, slots=True)
class Picture:
    """A PNG that stands above a message; the screen's text is its caption (1,024 units)."""

    name: str
    content: bytes


class FileKind(StrEnum):
    """What Telegram takes a kept file for; each is sent by a call of its own."""

    PHOTO = "photo"
    DOCUMENT = "document"


@dataclass(frozen=True, slots=True)
class StoredFile:
    """A picture or file that somebody sent before, by Telegram's own id; it is never read here."""

    id: str
    kind: FileKind


@dataclass(frozen=True, slots=True)
class Screen:
    """What a chat shows: at most 4,096 UTF-16 units of text and 100 buttons, 8 a row.

    Beside a file or a picture the text is its caption: 1,024 units. `reply_to` is the message of
    the same chat that it answers where it is sent as a new one; it is sent without that where that
    is gone.
    """

    text: Rich
    rows: tuple[Row, ...] = ()
    document: Document | None = None
    file: StoredFile | None = None
    picture: Picture | None = None
    reply_to: int | None = None

    def in_reply_to(self, message: int | None) -> Screen:
        """The same as an answer to a message; as it is where there is none."""
        return self if message is None else replace(self, reply_to=message)

    def permitted(self, role: Role | None) -> Screen:
        """Without the buttons that somebody in this role may not tap."""
        if all(is_permitted(one.tap, role) for row in self.rows for one in row):
            return self
        rows = (tuple(one for one in row if is_permitted(one.tap, role)) for row in self.rows)
        return replace(self, rows=tuple(row for row in rows if row))

    def turned(self, *, rtl: bool) -> Screen:
        """For a reader from right to left: what comes first stands on the right.

        Telegram lays buttons out from left to right in every language.
        """
        if not rtl:
            return self
        is_caption = self.document or self.file or self.picture
        most = LONGEST_CAPTION if is_caption else LONGEST_TEXT
        return replace(self, text=self.text.from_right(most), rows=tuple(map(_turned, self.rows)))


def _turned(row: Row) -> Row:
    return tuple(replace(button, label=_turned_label(button.label)) for button in reversed(row))


def _turned_label(label: str) -> str:
    return _ARROWS.get(label) or Rich(label).from_right().text


def footer(_: Locale, back: CallbackData | None = None, *, new: bool = False) -> Row:
    """`[◀ Back] [🏠 Home]`; `new` leaves the card that it sits on as it is."""
    home = Button(_("🏠 Home"), OpenHome(new=new))
    return (home,) if back is None else (Button(_("◀ Back"), back), home)


def share_button(_: Locale, address: str) -> Row:
    """A button that sends a link on; none without an address."""
    return (Button(_("🔗 Share"), url=address),) if address else ()


def which_words(_: Locale) -> str:
    """What was typed can be read in two ways; a button for each stands below."""
    return _("No money has moved. That can be read in two ways: which one do you mean?")


def choice(label: str, tap: CallbackData, *, chosen: bool) -> Button:
    """One of several; the chosen one has a tick."""
    return Button(f"✓ {label}" if chosen else label, tap)


def pager(number: int, pages: int, first: CallbackData) -> tuple[Row, ...]:
    """`⏮ ◀ 2/5 ▶ ⏭` with only the arrows that lead somewhere; nothing for a single page.

    `first` opens the first page, the others are opened by the same tap with another `page`.
    """
    if pages <= 1:
        return ()
    last = pages - 1
    arrows = (
        ("⏮", 0, number > 1),
        ("◀", number - 1, number > 0),
        ("", number, True),
        ("▶", number + 1, number < last),
        ("⏭", last, number < last - 1),
    )
    label = f"{number + 1}/{pages}"
    return (
        tuple(
            Button(sign, first.model_copy(update={"page": page}))
            if sign
            else Button(label, Stay())
            for sign, page, leads in arrows
            if leads
        ),
    )


def named(_: Locale, name: str, most: int = IN_TEXT) -> str:
    """A supplier's name as it may stand in this reader's sentence."""
    return _.iso(fit(name, most))


def price_line(_: Locale, price: Money, unit: int, basis: Basis | None = None) -> Rich:
    """What one unit, a thousand, or the whole order costs, in words."""
    if basis == FLAT:
        return fill(_("Price: {price} for the whole order"), price=_.money(price))
    if unit == 1:
        return fill(_("Price: {price} each"), price=_.money(price))
    return fill(_("Price: {price} per {count}"), price=_.money(price), count=_.number(unit))


def label(template: str, **places: str) -> str:
    """A button's translated label with its places filled."""
    return fill_plain(template, places)


def balance_line(_: Locale, credit: Money) -> Rich:
    """The free credit."""
    return fill(_("Balance: {amount}"), amount=_.money(credit))


LONGEST_HOW_TO_PAY: Final = 1500


def how_to_pay(_: Locale, instructions: Rich | str) -> Rich:
    """The operator's own words about paying, as they are and never long."""
    if isinstance(instructions, str):
        instructions = rich(instructions.strip())
    if not instructions.text:
        return Rich(_("To pay, write to support: /support"))
    return Rich(_("How to pay:")) + "\n" + instructions.cut(LONGEST_HOW_TO_PAY)
