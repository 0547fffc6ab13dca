"""The buttons that an operator types: one a line, `label | where it leads`."""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import StrEnum
from typing import Final
from urllib.parse import urlsplit

from bot.base.digits import western_digits
from bot.base.ids import ServiceId
from bot.broadcasts.content import LONGEST_LABEL, MOST_LINKS, Content, Link
from bot.catalog.places.named import find_named
from bot.catalog.shelf import Shelf
from bot.chat.kit.richtext import clean

_LONGEST_ADDRESS: Final = 1_000
_TELEGRAM: Final = frozenset({"t.me", "telegram.me", "telegram.dog"})
_NUMBER: Final = re.compile(r"#([0-9]{1,18})")


class LinkRefusal(StrEnum):
    """Why a line is no button."""

    SHAPE = "shape"
    LABEL = "label"
    ADDRESS = "address"
    SERVICE = "service"
    CATEGORY = "category"
    SEVERAL = "several"
    MANY = "many"


@dataclass(eq=False)
class BadLink(ValueError):
    """This line is no button."""

    line: str
    why: LinkRefusal


def read_links(text: str, shelf: Shelf) -> tuple[Link, ...]:
    """The buttons of some lines. Raises BadLink for the first that is none."""
    lines = [line.strip() for line in clean(text).splitlines() if line.strip()]
    if len(lines) > MOST_LINKS:
        raise BadLink(lines[MOST_LINKS], LinkRefusal.MANY)
    return tuple(_link(line, shelf) for line in lines)


def _link(line: str, shelf: Shelf) -> Link:
    label, bar, where = (part.strip() for part in line.rpartition("|"))
    if not bar or not label or not where:
        raise BadLink(line, LinkRefusal.SHAPE)
    if len(label) > LONGEST_LABEL:
        raise BadLink(line, LinkRefusal.LABEL)
    return Link(label, _target(line, where, shelf))


def _target(line: str, where: str, shelf: Shelf) -> str:
    number = _NUMBER.fullmatch(western_digits(where))
    if number is not None:
        if shelf.find_service(ServiceId(int(number[1]))) is None:
            raise BadLink(line, LinkRefusal.SERVICE)
        return f"s_{int(number[1])}"
    if re.match(r"[a-zA-Z][a-zA-Z0-9+.-]*:", where) and not where.startswith("https:"):
        raise BadLink(line, LinkRefusal.ADDRESS)
    if where.startswith("https:"):
        if not _is_address(where):
            raise BadLink(line, LinkRefusal.ADDRESS)
        return where
    found, exact = find_named(shelf, where)
    if not exact or not found:
        raise BadLink(line, LinkRefusal.CATEGORY)
    if len(found) > 1:
        raise BadLink(line, LinkRefusal.SEVERAL)
    return f"c_{found[0].id}"


def _is_address(where: str) -> bool:
    """Whether it is an https address that Telegram takes, without a name and password in it."""
    if len(where) > _LONGEST_ADDRESS or not where.isprintable() or " " in where:
        return False
    try:
        parts = urlsplit(where)
        port = parts.port
    except ValueError:
        return False
    host = parts.hostname or ""
    return "." in host.strip(".") and "@" not in parts.netloc and port != 0


def list_other_bots(content: Content, own: str) -> tuple[str, ...]:
    """The bots of others to which buttons lead; `own` is this one's name."""
    names = (_bot_of(one.target) for one in content.links if one.is_address)
    return tuple(dict.fromkeys(name for name in names if name and name.lower() != own.lower()))


def _bot_of(address: str) -> str:
    parts = urlsplit(address)
    host = (parts.hostname or "").removeprefix("www.")
    name = parts.path.strip("/").partition("/")[0]
    if host.endswith(".t.me"):
        name = host.removesuffix(".t.me")
    elif host not in _TELEGRAM:
        return ""
    return name if name.lower().endswith("bot") else ""
