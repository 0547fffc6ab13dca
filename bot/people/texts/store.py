"""Own words in the database: set, taken back, and read again by every process on a change."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from typing import Final

from sqlalchemy import Text, cast, delete, select

from bot.base.acts import Act, Permission
from bot.base.topics import TEXTS
from bot.db.meta import facts
from bot.db.replicas import note_change
from bot.db.tx import Tx, insert_for
from bot.db.types import Id
from bot.people.audit import note_act
from bot.people.operators import check_act
from bot.people.tables import texts
from bot.people.texts.own import OwnText, OwnTexts, Said, TextName

_VERSION: Final = "texts_version"


def version(tx: Tx) -> int:
    """The number of the texts as they stand, which grows with each change."""
    query = select(facts.c.value).where(facts.c.name == _VERSION)
    return int(tx.execute(query).scalar_one_or_none() or 0)


def load_texts(tx: Tx) -> OwnTexts:
    """All own words."""
    by_name: defaultdict[str, dict[str, OwnText]] = defaultdict(dict)
    for row in tx.execute(select(texts)):
        by_name[row.name][row.language] = OwnText(row.words, row.entities, row.until)
    return OwnTexts(dict(by_name), version(tx))


def load_words(tx: Tx, name: str) -> Said:
    """One text in each language that it is said in."""
    rows = tx.execute(select(texts).where(texts.c.name == name))
    return {row.language: OwnText(row.words, row.entities, row.until) for row in rows}


def save_text(tx: Tx, act: Act, name: TextName, language: str, own: OwnText) -> bool:
    """Say something in own words, in one language or `EVERY`; whether that changed anything.

    Raises NotYours, NotAllowed.
    """
    check_act(tx, act, Permission.SHOP)
    before = load_words(tx, name).get(language)
    if before == own:
        return False
    put_words(tx, name, {language: own})
    was = "" if before is None else before.text
    note_act(tx, act.actor, "text", _subject(name, language), was, own.text)
    return True


def reset_text(tx: Tx, act: Act, name: TextName, language: str | None = None) -> bool:
    """Say something in the shipped words again, in one language or in all; whether it was not.

    Raises NotYours, NotAllowed.
    """
    check_act(tx, act, Permission.SHOP)
    gone = drop_words(tx, name, language)
    for code, own in sorted(gone.items()):
        note_act(tx, act.actor, "reset text", _subject(name, code), own.text)
    return bool(gone)


def put_words(tx: Tx, name: str, words: Mapping[str, OwnText]) -> None:
    """Keep words in these languages, in the place of what was said in them before."""
    for language, own in words.items():
        values = {"words": own.text, "entities": own.entities, "until": own.until, "at": tx.now}
        row = insert_for(tx, texts).values(name=name, language=language, **values)
        tx.execute(row.on_conflict_do_update(index_elements=["name", "language"], set_=values))
    _bump_version(tx)


def drop_words(tx: Tx, name: str, language: str | None = None) -> Said:
    """Forget what is said in one language, or in all; what that was."""
    before = load_words(tx, name)
    gone = {code: own for code, own in before.items() if language in {None, code}}
    if gone:
        mine = texts.c.name == name, texts.c.language.in_(sorted(gone))
        tx.execute(delete(texts).where(*mine))
        _bump_version(tx)
    return gone


def _bump_version(tx: Tx) -> None:
    """Say to every process that the texts changed; counted by the database itself."""
    grown = {"value": cast(cast(facts.c.value, Id) + 1, Text)}
    row = insert_for(tx, facts).values(name=_VERSION, value="1")
    tx.execute(row.on_conflict_do_update(index_elements=["name"], set_=grown))
    note_change(tx, TEXTS)


def _subject(name: str, language: str) -> str:
    return f"text:{name} {language}".rstrip()
