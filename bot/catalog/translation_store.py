"""Suppliers' texts in other languages, and when each language is read."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import islice
from typing import Any, Final, NamedTuple, TypeVar

from sqlalchemy import Table, Update, select, update

from bot.base.ids import CategoryId, ServiceId, SupplierName
from bot.catalog.tables import category_texts, language_turns, service_texts
from bot.catalog.translation import Translation, Words, mark_of
from bot.db.tx import Tx, insert_for

T = TypeVar("T")
_LONGEST: Final = timedelta(hours=1)
"""The longest wait until a language is read again."""
_AT_ONCE: Final = 5_000
"""Ids in one query; both databases take some 32,000 parameters at most."""


@dataclass(frozen=True, slots=True)
class Translated:
    """What one service is called and said to be elsewhere; None where that is English."""

    service: ServiceId
    name: Translation | None
    description: Translation | None


@dataclass(frozen=True, slots=True)
class Turn:
    """A language whose turn it is to be read from a supplier, where it was last at `read_at`."""

    supplier: SupplierName
    language: str
    read_at: datetime | None = None


def find(
    tx: Tx,
    language: str,
    services: Sequence[ServiceId],
    categories: Sequence[CategoryId],
    *,
    described: bool,
) -> Words:
    """What is translated of exactly these; descriptions only when they are asked for."""
    rows = list(_rows_of(tx, language, services, described=described))
    return Words(
        {row.service: name for row in rows if (name := _text(row.name, row.name_mark))},
        {
            row.service: text
            for row in rows
            if (text := _text(row.description, row.description_mark))
        },
        _labels_of(tx, language, categories),
    )


def _text(text: str | None, mark: int | None) -> Translation | None:
    return None if text is None or mark is None else Translation(text, mark)


class TextRow(NamedTuple):
    """A row of `service_texts` in one language."""

    service: ServiceId
    name: str | None
    name_mark: int | None
    description: str | None = None
    description_mark: int | None = None


def _rows_of(
    tx: Tx, language: str, services: Sequence[ServiceId], *, described: bool = True
) -> Iterator[TextRow]:
    names = TextRow._fields if described else TextRow._fields[:3]
    columns = [service_texts.c[name] for name in names]
    for some in _in_parts(services):
        query = select(*columns).where(
            service_texts.c.language == language, service_texts.c.service.in_(some)
        )
        yield from tx.list(TextRow, query)


def _labels_of(tx: Tx, language: str, categories: Sequence[CategoryId]) -> dict[CategoryId, str]:
    found: dict[CategoryId, str] = {}
    for some in _in_parts(categories):
        query = select(category_texts.c.category, category_texts.c.name).where(
            category_texts.c.language == language, category_texts.c.category.in_(some)
        )
        found |= {CategoryId(row.category): row.name for row in tx.execute(query)}
    return found


def _in_parts(rows: Iterable[T]) -> Iterator[list[T]]:
    left = iter(rows)
    while part := list(islice(left, _AT_ONCE)):
        yield part


def list_changes(tx: Tx, language: str, rows: Sequence[Translated]) -> tuple[dict[str, Any], ...]:
    """What would have to be written: rows that say something else than what is kept."""
    kept = {
        row.service: {"language": language, **row._asdict()}
        for row in _rows_of(tx, language, [row.service for row in rows])
    }
    wanted = ({"language": language, "service": row.service, **_values(row)} for row in rows)
    return tuple(
        {**_EMPTY, **kept.get(one["service"], {}), **one}
        for one in wanted
        if _is_news(one, kept.get(one["service"], one | _EMPTY))
    )


_EMPTY: Final = {"name": None, "name_mark": None, "description": None, "description_mark": None}


def _values(told: Translated) -> dict[str, Any]:
    """The columns of the texts that there are; the others keep what they hold."""
    values: dict[str, Any] = {}
    if told.name is not None:
        values |= {"name": told.name.text, "name_mark": told.name.mark}
    if told.description is not None:
        about = told.description
        values |= {"description": about.text, "description_mark": about.mark}
    return values


def _is_news(wanted: Mapping[str, Any], kept: Mapping[str, Any]) -> bool:
    return any(kept[name] != value for name, value in wanted.items())


def write(tx: Tx, rows: Sequence[dict[str, Any]]) -> int:
    """Write these rows whole, whether they are there or not."""
    return _write(tx, service_texts, tuple(_EMPTY), rows)


def _write(tx: Tx, table: Table, said: tuple[str, ...], rows: Sequence[dict[str, Any]]) -> int:
    row = insert_for(tx, table)
    again = {name: row.excluded[name] for name in said}
    key = table.primary_key.columns
    tx.execute(row.on_conflict_do_update(index_elements=key, set_=again), list(rows))
    return len(rows)


def list_label_changes(
    tx: Tx, language: str, labels: Mapping[CategoryId, str]
) -> tuple[dict[str, Any], ...]:
    """The same for categories."""
    kept = _labels_of(tx, language, list(labels))
    return tuple(
        {"language": language, "category": category, "name": name}
        for category, name in labels.items()
        if kept.get(category) != name
    )


def write_labels(tx: Tx, rows: Sequence[dict[str, Any]]) -> int:
    """Write these labels, whether they are there or not."""
    return _write(tx, category_texts, ("name",), rows)


def find_due(tx: Tx, supplier: SupplierName, languages: Sequence[str]) -> Turn | None:
    """The language that has waited longest; one that was never asked for goes before all."""
    turns = language_turns.c
    query = select(turns.language, turns.due_at, turns.read_at).where(turns.supplier == supplier)
    known = {row.language: row for row in tx.execute(query)}
    new = [language for language in languages if language not in known]
    if new:
        return Turn(supplier, new[0])
    due = [
        known[language]
        for language in languages
        if not tx.now < known[language].due_at <= tx.now + _LONGEST
    ]
    if not due:
        return None
    chosen = min(due, key=lambda row: (row.due_at, row.language))
    return Turn(supplier, chosen.language, chosen.read_at)


def take(tx: Tx, turn: Turn, until: datetime) -> bool:
    """Take the turn until then; False when another process took it first."""
    row = insert_for(tx, language_turns).values(
        supplier=turn.supplier,
        language=turn.language,
        due_at=until,
        claimed_by=tx.settings.replica,
    )
    free = row.on_conflict_do_update(
        index_elements=["supplier", "language"],
        set_={"due_at": until, "claimed_by": tx.settings.replica},
        where=tx.is_due(language_turns.c.due_at, _LONGEST),
    )
    taken = tx.execute(free.returning(language_turns.c.language))
    return taken.one_or_none() is not None


def done(tx: Tx, turn: Turn, due_at: datetime) -> None:
    """Note that a language was read; it is due again at `due_at`."""
    tx.execute(_change(tx, turn).values(due_at=due_at, read_at=tx.now))


def postpone(tx: Tx, turn: Turn, due_at: datetime) -> None:
    """Note that a language was not read; it is due at `due_at`."""
    tx.execute(_change(tx, turn).values(due_at=due_at))


def _change(tx: Tx, turn: Turn) -> Update:
    """Let go of a turn that is ours still."""
    mine = language_turns.c.supplier == turn.supplier
    held = language_turns.c.claimed_by == tx.settings.replica
    this = update(language_turns).where(mine, held, language_turns.c.language == turn.language)
    return this.values(claimed_by=None)


class ServiceText(NamedTuple):
    """What is to be translated of a service."""

    service: ServiceId
    name: str
    description: str


def lacks_any(tx: Tx, language: str, texts: Sequence[ServiceText]) -> bool:
    """Whether any of these texts is not translated as it stands now."""
    for some in _in_parts(texts):
        ids = [text.service for text in some]
        kept = {
            row.service: (row.name_mark, row.description_mark)
            for row in _rows_of(tx, language, ids)
        }
        for text in some:
            name, description = kept.get(text.service, (None, None))
            if name != mark_of(text.name):
                return True
            if text.description and description != mark_of(text.description):
                return True
    return False
