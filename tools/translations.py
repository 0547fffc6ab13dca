"""What is wrong with one language's texts: missing, unsure, too long, with other placeholders."""

from collections import Counter
from collections.abc import Iterator
from gettext import c2py
from string import Formatter
from typing import Final

from babel.messages.catalog import Catalog, Message

from bot.i18n.language import ENGLISH

COUNT: Final = frozenset({"count", "n"})
"""Placeholders that a form for exactly one number may leave out: Arabic's word for "two days"."""

_TOAST_MAX: Final = 200
"""What fits one of Telegram's toasts in English has to fit in every language."""
_ROOM: Final = 12


def catalog_faults(catalog: Catalog, template: Catalog, code: str) -> Iterator[str]:
    """One line for each text of the template that this catalog cannot be trusted with."""
    single = _forms_for_one_number(catalog)
    for wanted in template:
        if not wanted.id:
            continue  # the header
        message = catalog.get(wanted.id, wanted.context)
        text = wanted.id if isinstance(wanted.id, str) else wanted.id[0]
        yield from (f"{fault}: {text[:60]!r}" for fault in _message_faults(message, code, single))


def _message_faults(message: Message | None, code: str, single: frozenset[int]) -> Iterator[str]:
    if message is None:
        yield "missing (run `make messages`)"
        return
    forms = tuple(message.string or "") if message.pluralizable else (str(message.string or ""),)
    if code == ENGLISH and not any(forms):
        return  # the source is English already
    if message.fuzzy:
        yield "marked as unsure"
    if not all(forms):
        yield "not translated"
        return
    for index, form in enumerate(forms):
        spare = COUNT if message.pluralizable and index in single else frozenset()
        if fault := _placeholder_fault(message, form, spare):
            yield fault
        if len(form) > longest(_source(message)):
            yield f"over-long ({len(form)} characters)"


def longest(source: str) -> int:
    """How many characters a translation may have: buttons stay buttons, and toasts toasts."""
    wide = 2 * len(source) + _ROOM
    return min(wide, _TOAST_MAX) if len(source) <= _TOAST_MAX else wide


def _source(message: Message) -> str:
    return message.id if isinstance(message.id, str) else message.id[-1]


def _placeholder_fault(message: Message, form: str, spare: frozenset[str]) -> str | None:
    try:
        has, should = placeholders(form), placeholders(_source(message))
    except ValueError:
        return "a brace is not closed"
    differ = (has - should) + (should - has)
    return f"placeholders differ ({', '.join(sorted(differ))})" if set(differ) - spare else None


def placeholders(text: str) -> Counter[str]:
    """The `{names}` of a text and how often each stands there.

    Raises:
        ValueError: the braces do not match.
    """
    return Counter(name for _, name, _, _ in Formatter().parse(text) if name is not None)


def _forms_for_one_number(catalog: Catalog) -> frozenset[int]:
    """The plural forms that only ever stand for one number, such as Arabic's dual."""
    form_of = c2py(catalog.plural_expr)
    uses = Counter(form_of(n) for n in range(1000))
    return frozenset(form for form, numbers in uses.items() if numbers == 1)
