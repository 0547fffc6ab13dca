"""Keeps locales/ equal to the texts in bot/chat: `update`, `add <code>` and `check`."""

import argparse
import sys
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Final

from babel.messages.catalog import Catalog
from babel.messages.extract import extract_from_dir
from babel.messages.pofile import PoFileError, write_po

from bot.i18n.language import LANGUAGES
from bot.i18n.texts import DOMAIN, po_file, read_catalog, set_plural_forms
from tools.translations import catalog_faults

ROOT: Final = Path(__file__).parents[1]
LOCALES: Final = ROOT / "locales"
SOURCES: Final = ROOT / "bot" / "chat"
_KEYWORDS: Final = {
    "_": None,
    "locale": None,
    "N_": None,
    "n": (1, 2),
    "gettext": None,
    "ngettext": (1, 2),
    "pgettext": ((1, "c"), 2),
    "npgettext": ((1, "c"), 2, 3),
}
_UNCHANGING: Final = datetime(2026, 1, 1, tzinfo=UTC)
"""Dates in the headers would change every file at every update, for nobody's good."""


def extract_template(sources: Path) -> Catalog:
    """Every marked text under a folder, with the files it stands in."""
    template = Catalog(
        domain=DOMAIN,
        project="Kiosk",
        copyright_holder="the Kiosk authors",
        creation_date=_UNCHANGING,
        fuzzy=False,
    )
    found = extract_from_dir(
        sources, [("**.py", "python")], keywords=_KEYWORDS, comment_tags=["Translators:"]
    )
    for file, line, message, comments, context in found:
        place = (f"{sources.name}/{Path(file).as_posix()}", line)
        template.add(message, locations=[place], auto_comments=comments, context=context)
    return template


def shipped_languages(locales: Path) -> tuple[str, ...]:
    """The codes that have a .po."""
    return tuple(code for code in LANGUAGES if po_file(locales, code).exists())


def update(locales: Path, template: Catalog, *extra: str) -> None:
    """Write the template and bring every language up to it: new texts empty, old ones dropped."""
    locales.mkdir(exist_ok=True)
    _write(locales / f"{DOMAIN}.pot", template)
    for code in dict.fromkeys([*shipped_languages(locales), *extra]):
        path = po_file(locales, code)
        catalog = _read(locales, code) if path.exists() else _new_catalog(code)
        # Guessed translations would only have to be refused by `check`.
        catalog.update(template, no_fuzzy_matching=True, update_creation_date=False)
        set_plural_forms(catalog, code)
        path.parent.mkdir(parents=True, exist_ok=True)
        _write(path, catalog)


def find_faults(locales: Path, template: Catalog) -> Iterator[str]:
    """What keeps the languages from being shipped, one line each."""
    for code in shipped_languages(locales):
        try:
            catalog = _read(locales, code)
        except PoFileError as error:
            yield f"{code}: the file is broken: {error}"
            continue
        yield from (f"{code}: {fault}" for fault in catalog_faults(catalog, template, code))


def _read(locales: Path, code: str) -> Catalog:
    with po_file(locales, code).open("rb") as file:
        return read_catalog(file, code)


def _new_catalog(code: str) -> Catalog:
    return Catalog(
        locale=code.replace("-", "_"),
        domain=DOMAIN,
        project="Kiosk",
        copyright_holder="the Kiosk authors",
        creation_date=_UNCHANGING,
        fuzzy=False,
    )


def _write(path: Path, catalog: Catalog) -> None:
    catalog.creation_date = catalog.revision_date = _UNCHANGING
    catalog.header_comment = f"# Kiosk, {catalog.locale_identifier or 'the texts to translate'}."
    with path.open("wb") as file:
        write_po(
            file, catalog, width=99, sort_by_file=True, ignore_obsolete=True, include_lineno=False
        )


def main(arguments: list[str] | None = None) -> int:
    """The command line; 0 when all is well."""
    parser = argparse.ArgumentParser(prog="python -m tools.messages", description=__doc__)
    parser.add_argument("verb", choices=["update", "add", "check"])
    parser.add_argument("code", nargs="*", choices=[*LANGUAGES, []], help="languages to add")
    asked = parser.parse_args(arguments)
    template = extract_template(SOURCES)
    if asked.verb == "check":
        faults = tuple(find_faults(LOCALES, template))
        print(*faults, sep="\n", end="\n" if faults else "")
        return 1 if faults else 0
    update(LOCALES, template, *asked.code)
    print(f"{len(template)} texts in {len(shipped_languages(LOCALES))} languages")
    return 0


if __name__ == "__main__":
    sys.exit(main())
