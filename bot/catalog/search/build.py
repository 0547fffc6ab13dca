"""How the indexes are built: of the shelf in English, and of its translations over that."""

from __future__ import annotations

import time
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from bot.base.ids import CategoryId
from bot.catalog.search.countries import (
    Country,
    NameCountry,
    english_names,
    list_countries,
    names_elsewhere,
)
from bot.catalog.search.documents import Document, Names, list_documents, names_in, names_of
from bot.catalog.search.index import Layer, build_layer
from bot.catalog.shelf import Shelf

_REST_S: Final = 0.0002
"""How long the thread rests now and then, so that taps are answered meanwhile."""


@dataclass(frozen=True, slots=True)
class EnglishIndex:
    """The names on one shelf; `signature` is of all of them, `numbers` are the projects."""

    signature: int
    documents: tuple[Document, ...]
    categories: Mapping[CategoryId, str]
    layer: Layer
    numbers: tuple[tuple[int, Document], ...]
    countries: tuple[Country, ...]
    country_layer: Layer


@dataclass(frozen=True, slots=True)
class SpokenIndex:
    """The same documents and countries in one language; `countries` are named by title."""

    names: Names
    layer: Layer
    countries: Mapping[str, str]
    country_layer: Layer


def build_english(
    shelf: Shelf, name_country: NameCountry, before: EnglishIndex | None = None
) -> EnglishIndex:
    """The index of a shelf; the one before where no name has changed since."""
    documents, countries = list_documents(shelf), list_countries(shelf)
    named = tuple((one.id, *sorted(one.names.items())) for one in shelf.labels() if one.names)
    signature = hash((documents, countries, named))
    if before is not None and before.signature == signature:
        return before
    categories = {one.category: one.name for one in documents if one.category is not None}
    return EnglishIndex(
        signature,
        documents,
        categories,
        build_layer((names_of(one, categories) for one in documents), _rest),
        tuple(row for row in enumerate(documents) if row[1].project),
        countries,
        build_layer(((english_names(one, name_country), ()) for one in countries), _rest),
    )


def build_spoken(
    english: EnglishIndex, names: Names, language: str, name_country: NameCountry
) -> SpokenIndex:
    """The index of a language over the English one."""
    said = [
        names_elsewhere(one, language, names.words.labels, name_country)
        for one in english.countries
    ]
    return SpokenIndex(
        names,
        build_layer((names_in(one, names) for one in english.documents), _rest),
        {one.title: words[0] for one, words in zip(english.countries, said, strict=True)},
        build_layer(((words, ()) for words in said), _rest),
    )


def _rest() -> None:
    time.sleep(_REST_S)
