"""The shop's texts in every language: compiled from .po in memory when a reader comes."""

import io
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from gettext import GNUTranslations, NullTranslations
from pathlib import Path
from typing import IO, Final, Self

from babel.messages.catalog import Catalog
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po

from bot.i18n.language import ENGLISH, LANGUAGES, PLURAL_FORMS, choose_language, is_rtl, isolate

DOMAIN: Final = "bot"
_LATIN: Final = re.compile(r"https?://[\x21-\x7e]*|(?<![\w/])/[a-z_]+")
"""Addresses and commands."""


def po_file(locales: Path, code: str) -> Path:
    """Where a language's texts lie."""
    return locales / code / "LC_MESSAGES" / f"{DOMAIN}.po"


def read_catalog(file: IO[bytes], code: str) -> Catalog:
    """A language's .po, with our plural rule whatever its header says. Raises PoFileError."""
    catalog = read_po(file, locale=code.replace("-", "_"), domain=DOMAIN, abort_invalid=True)
    set_plural_forms(catalog, code)
    return catalog


def set_plural_forms(catalog: Catalog, code: str) -> None:
    """Give a catalog our plural rule for its language."""
    others = [
        (name, value) for name, value in catalog.mime_headers if name.lower() != "plural-forms"
    ]
    catalog.mime_headers = [*others, ("Plural-Forms", PLURAL_FORMS[code])]


class Translator:
    """One language's texts, read when somebody first asks for one.

    What is not translated comes back in English.
    """

    __slots__ = ("_path", "_texts", "code")

    def __init__(self, path: Path, code: str) -> None:
        self.code = code
        self._path = path
        self._texts: NullTranslations | None = None

    @property
    def is_there(self) -> bool:
        """Whether the language has a .po."""
        return self._path.exists()

    def gettext(self, message: str) -> str:
        """The text in this language."""
        return self._found.gettext(message)

    def ngettext(self, singular: str, plural: str, n: int) -> str:
        """The text in the form that fits the number."""
        return self._found.ngettext(singular, plural, n)

    @property
    def _found(self) -> NullTranslations:
        if self._texts is None:
            self._texts = _read(self._path, self.code) if self.is_there else NullTranslations()
        return self._texts


@dataclass(frozen=True, slots=True)
class Texts:
    """All languages; lives as long as the process."""

    _translators: Mapping[str, Translator] = field(repr=False)

    @classmethod
    def load(cls, locales: Path) -> Self:
        """Every language; those that have no .po read English for now."""
        return cls({code: Translator(po_file(locales, code), code) for code in LANGUAGES})

    def for_locale(self, code: str | None) -> Translator:
        """The translator for one of our codes, or for any that Telegram may send."""
        return self._translators.get(code or ENGLISH) or self._translators[choose_language(code)]


def _read(path: Path, code: str) -> GNUTranslations:
    return GNUTranslations(io.BytesIO(_compiled(path, code)))


def _compiled(path: Path, code: str) -> bytes:
    """A .po as gettext reads it. What that takes is given back before the texts are kept."""
    compiled = io.BytesIO()
    with path.open("rb") as file:
        catalog = read_catalog(file, code)
    if is_rtl(code):
        _isolate_latin(catalog)
    write_mo(compiled, catalog)
    return compiled.getvalue()


def _isolate_latin(catalog: Catalog) -> None:
    """Commands and addresses keep their direction between words that run the other way."""
    for message in catalog:
        if message.id and message.pluralizable:
            message.string = tuple(map(_isolated, message.string or ()))
        elif message.id:
            message.string = _isolated(str(message.string or ""))


def _isolated(text: str) -> str:
    return _LATIN.sub(lambda found: isolate(found.group()), text)
