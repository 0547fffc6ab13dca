"""Finds a supplier's contacts in a text, in time that grows with its length alone."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from bot.suppliers.contacts.words import (
    ASKING,
    ASKING_INSIDE,
    CALLING,
    FETCHING,
    FETCHING_INSIDE,
    INVITING,
    MAIL_HOUSES,
    NEEDED,
    PLACEHOLDERS,
    SHOWING,
)

Span = tuple[int, int]
"""Where something stands in a text: from, and up to."""

LONGEST: Final = 30_000
"""Characters that are looked at; nothing behind them is shown."""
MAY_HOLD: Final = re.compile(r"[@:：#]|www\.|\.[a-z]{2}|[0-9][0-9 ().-]{4}|微信", re.IGNORECASE)
"""Without one of these signs there is no contact in a text."""
_BORDER: Final = re.compile(r"\n|[.!?](?=\s)|[。！？|;；]")
_CLAUSE: Final = re.compile(r"[,，]|[\u2190-\u2bff\U0001f300-\U0001faff]")
_ASKING: Final = re.compile(rf"(?<!\w)(?:{ASKING})(?!\w)|{ASKING_INSIDE}", re.IGNORECASE)
_CALLING: Final = re.compile(rf"(?<!\w)(?:{CALLING})(?!\w)|微信", re.IGNORECASE)
_SHOWING: Final = re.compile(rf"(?<!\w)(?:{SHOWING})(?!\w)|示例|格式|例如", re.IGNORECASE)
_FETCHING: Final = re.compile(rf"(?<!\w)(?:{FETCHING})(?!\w)|{FETCHING_INSIDE}", re.IGNORECASE)
_HOST: Final = r"(?:[a-z0-9-]{1,63}\.){1,4}[a-z]{2,12}"
_FOUND: Final = re.compile(
    rf"(?P<link>(?:https?://|tg://|viber://|whatsapp://|www\.)[^\s<>\"'）】]{{1,400}}"
    rf"|(?<![\w@.:/-]){_HOST}/[^\s<>\"'）】]{{1,400}})"
    rf"|(?P<mail>(?<![\w.+-])[\w.+-]{{1,64}}@{_HOST}(?![\w-]))"
    r"|(?P<name>(?<![\w@./:|-])@[a-z][a-z0-9_]{3,31}(?![\w@-]|\.[a-z]))"
    rf"|(?P<host>(?<![\w@.:/-]){_HOST}(?![\w@/:-]))"
    r"|(?P<tag>(?<!\w)[a-z0-9_.]{2,32}#[0-9]{4}(?![0-9]))"
    r"|(?P<number>(?<!\w)(?:icq|qq|vx|skype|微信)\s{0,2}[:：]?\s{0,2}"
    r"(?:live:[\w.]{3,40}|[0-9]{5,11}(?!\w)))"
    r"|(?P<handle>(?:微信|wechat|vx|skype|telegram|телеграм|tg|тг)\s{0,2}[:：]\s{0,2}"
    r"(?:id\s{1,2})?[a-z0-9_-]{4,32}(?![\w@./]))"
    r"|(?P<phone>(?<![\w+])\+?[0-9](?:[ ().-]{0,2}[0-9]){8,14}(?!\w))",
    re.IGNORECASE,
)
_URL_HOST: Final = re.compile(r"^(?:https?://)?(?:www\.)?([^/\s?#:]{1,300})", re.IGNORECASE)
_TRAILING: Final = ".,;:!?)]}*_~"
_LABEL: Final = re.compile(r"\W{0,20}(?:[\w'’]{1,20}[ ]?){1,4}[:：=–—-]\s{0,3}")
_EDGES: Final = " \t|,;:-–—•·/(（[→>~"
_ENDS: Final = " \t|,;:-–—·/(（[→>~"
_OPENING: Final = "【《«[({"
_PARTING: Final = frozenset("|,;·•–-—")
_FIELD: Final = ":|;"
"""Between the fields of a format, such as `login:password:mail@mail.ru`."""


def find_contacts(text: str, marked: Sequence[Span] = ()) -> tuple[Span, ...]:
    """What is to be left out of a text, in its order, nothing twice.

    `marked` is known to be a contact, because it is what a link stands under.
    """
    return _find(text, marked, only_themselves=False)


def _find(text: str, marked: Sequence[Span], *, only_themselves: bool) -> tuple[Span, ...]:
    """The contacts with what leads to them, or without that."""
    found: list[Span] = []
    for start, end in _split(text[:LONGEST], _BORDER, 0, min(len(text), LONGEST)):
        here = _within(marked, start, end)
        contacts = sorted([*_contacts(text, start, end), *here])
        if contacts:
            found += contacts if only_themselves else _widened(text, start, end, contacts)
    return tuple(_apart(_merged(text, found))) if found else ()


def without_contacts(name: str) -> str:
    """A name without a supplier's contacts; as it was where nothing else is in it."""
    for only_themselves in (False, True):
        spans = _find(name, (), only_themselves=only_themselves)
        if not spans:
            return name
        kept = " ".join(_kept(name, spans).strip(_EDGES).split())
        if any(sign.isalnum() for sign in kept):
            return kept
    return name


def _kept(text: str, spans: Sequence[Span]) -> str:
    ends = [0, *(end for _start, end in spans)]
    starts = [*(start for start, _end in spans), len(text)]
    return "".join(text[end:start] for end, start in zip(ends, starts, strict=True))


def is_contact_link(url: str) -> bool:
    """Whether a link leads to a person, a channel or a group."""
    if not url.lower().startswith(("http://", "https://", "www.")) and "://" in url:
        return True  # tg://, viber:// and their like open a messenger
    host, path = _host_of(url), url.partition("://")[2] or url
    if _is_of(host, INVITING) and "/" in path.rstrip("/"):
        return True
    return _is_of(host, frozenset({"discord.com"})) and "/invite" in path


def is_needed_link(url: str) -> bool:
    """Whether a link leads to where goods are used, or their codes and letters are read."""
    return not is_contact_link(url) and _is_of(_host_of(url), NEEDED)


def _host_of(url: str) -> str:
    found = _URL_HOST.match(url[:400])
    return found[1].lower() if found else ""


def _is_of(host: str, hosts: frozenset[str]) -> bool:
    """Whether a host is one of these, or below one of them."""
    labels = host.split(".")
    return any(".".join(labels[at:]) in hosts for at in range(len(labels)))


def _split(text: str, border: re.Pattern[str], start: int, end: int) -> Iterator[Span]:
    at = start
    for mark in border.finditer(text, start, end):
        yield at, mark.start()
        at = mark.end()
    yield at, end


@dataclass(frozen=True, slots=True)
class _Around:
    """What the sentence around a find says."""

    asks: bool
    calls: bool
    fetches: bool
    shows: bool

    @classmethod
    def of(cls, sentence: str) -> _Around:
        words = (_ASKING, _CALLING, _FETCHING, _SHOWING)
        return cls(*(one.search(sentence) is not None for one in words))


_NOTHING: Final = _Around(asks=False, calls=False, fetches=False, shows=False)


def _contacts(text: str, start: int, end: int) -> Iterator[Span]:
    sentence = text[start:end]
    if not MAY_HOLD.search(sentence):
        return
    all_found = tuple(_FOUND.finditer(sentence))
    around = _Around.of(sentence) if all_found else _NOTHING
    for found in all_found:
        said = found[0].rstrip(_TRAILING)
        if said and _is_contact(str(found.lastgroup), said, around, sentence, found.start()):
            yield start + found.start(), start + found.start() + len(said)


def _is_contact(kind: str, said: str, around: _Around, sentence: str, at: int) -> bool:
    if kind in {"link", "name"} and _is_shown(said, around):
        return False
    if kind == "link":
        kept = is_needed_link(said) or (around.fetches and not around.asks)
        return is_contact_link(said) or not kept
    if kind == "mail":
        return _is_mail_contact(said, around, sentence, at)
    # What is left is also a part of goods: a host, a number, a name behind a messenger's.
    return {
        "name": said[1:].lower() not in MAIL_HOUSES,
        "host": around.asks and not _is_of(_host_of(said), NEEDED),
        "number": True,
        "phone": around.asks or around.calls,
    }.get(kind, around.asks)


def _is_shown(said: str, around: _Around) -> bool:
    """Whether it shows only what a customer's own link or name should look like."""
    named = said.rstrip("/").rpartition("/")[2].lstrip("@+").lower()
    return named in PLACEHOLDERS or (around.shows and not around.asks)


def _is_mail_contact(said: str, around: _Around, sentence: str, at: int) -> bool:
    """Whether an address is somebody to write to, and not an example or a field of a format."""
    beside = sentence[max(0, at - 1) : at] + sentence[at + len(said) : at + len(said) + 1]
    is_field = any(sign in _FIELD for sign in beside if sign)
    name, _at, host = said.partition("@")
    is_example = name.lower() in MAIL_HOUSES or host.startswith(("domain.", "example."))
    if (is_field and not around.asks) or is_example:
        return False
    return around.asks or not _is_of(host.lower(), NEEDED)


def _within(spans: Sequence[Span], start: int, end: int) -> Sequence[Span]:
    """Those of sorted spans that begin there."""
    return spans[bisect_left(spans, (start, 0)) : bisect_left(spans, (end, 0))]


def _widened(text: str, start: int, end: int, contacts: Sequence[Span]) -> Iterator[Span]:
    """The contacts with what only leads to them: a clause that asks to write, a label."""
    for first, last in _split(text, _CLAUSE, start, end):
        inside = _within(contacts, first, last)
        upto = max([last, *(span[1] for span in inside)])
        if _ASKING.search(text, first, upto):
            yield first, upto
        if not inside:
            continue
        label = _LABEL.fullmatch(text, first, inside[0][0])
        if label is not None:
            yield first, inside[0][0]
        yield from inside


def _merged(text: str, spans: list[Span]) -> Iterator[Span]:
    """Spans that touch as one, each with the border that would be left over behind it."""
    spans.sort()
    start, end = spans[0]
    for following in spans[1:]:
        if not text[end : following[0]].strip(_EDGES + "\n&+)）]"):
            end = max(end, following[1])
        else:
            yield _tidied(text, start, end)
            start, end = following
    yield _tidied(text, start, end)


def _apart(spans: Iterable[Span]) -> Iterator[Span]:
    """Spans of which none begins before the one before it ended."""
    at = 0
    for start, end in spans:
        if end > at:
            yield max(start, at), end
            at = end


def _tidied(text: str, start: int, end: int) -> Span:
    """The span with the line it stands on, where nothing but signs is left of that."""
    line = text.rfind("\n", 0, start) + 1
    stop = text.find("\n", end)
    stop = len(text) if stop < 0 else stop
    before, behind = text[line:start], text[end:stop]
    if not any(sign.isalnum() for sign in before + behind):
        return _with_blank_lines(text, line, stop)
    if before.rstrip()[-1:] in _PARTING and behind.lstrip()[:1] in _PARTING:
        return start, stop - len(behind.lstrip()) + 1
    if not any(sign.isalnum() for sign in behind):
        return line + len(before.rstrip(_ENDS)), stop
    if not before.strip(_EDGES + _OPENING):
        start = line if before.strip(_EDGES) else start
        return start, stop - len(behind.lstrip(_EDGES + ".!?。)）]】》»}"))
    return start, end


def _with_blank_lines(text: str, line: int, stop: int) -> Span:
    """A whole line, with its border: what is around it stays one paragraph apart at most."""
    above, below = line, stop
    while above and text[above - 1] == "\n":
        above -= 1
    while below < len(text) and text[below] == "\n":
        below += 1
    if not above or below == len(text):
        return above, below
    return (above, stop) if below - stop > 1 or line - above == 1 else (line - 1, stop)
