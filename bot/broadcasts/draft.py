"""Drafts: what is said and to whom, changed until it is sent."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import delete, select, update

from bot.base.acts import Act, Permission
from bot.broadcasts.content import Content, Link, Segment, encode
from bot.broadcasts.errors import CannotBroadcast, CannotBroadcastReason
from bot.broadcasts.read import Broadcast, load_broadcast
from bot.broadcasts.states import BroadcastState
from bot.broadcasts.tables import broadcasts
from bot.db.tx import Tx, insert_for
from bot.people.operators import check_act


def begin_draft(tx: Tx, act: Act, content: Content) -> int:
    """A new draft for everybody, once by the act's key; its number. Raises NotAllowed."""
    check_act(tx, act, Permission.SHOP)
    row = insert_for(tx, broadcasts).values(
        author=act.who,
        idem_key=act.key,
        at=tx.now,
        content=encode(content),
        segment=encode(Segment()),
        state=BroadcastState.DRAFT,
        mark=content.mark,
    )
    tx.execute(row.on_conflict_do_nothing(index_elements=["idem_key"]))
    same = select(broadcasts.c.id).where(broadcasts.c.idem_key == act.key)
    return int(tx.execute(same).scalar_one())


def set_links(tx: Tx, act: Act, broadcast: int, links: Sequence[Link]) -> None:
    """Give a draft these buttons. Raises CannotBroadcast, NotAllowed."""
    draft = load_draft(tx, act, broadcast)
    was = draft.content
    content = Content(was.text, was.marks, was.photo, tuple(links))
    _change(tx, broadcast, content=encode(content))


def set_segment(tx: Tx, act: Act, broadcast: int, segment: Segment) -> Broadcast:
    """Choose whom a draft is for; as it is then. Raises CannotBroadcast, NotAllowed."""
    load_draft(tx, act, broadcast)
    _change(tx, broadcast, segment=encode(segment))
    return load_broadcast(tx, broadcast)


def drop_draft(tx: Tx, act: Act, broadcast: int) -> None:
    """Throw a draft away. Raises CannotBroadcast, NotAllowed."""
    load_draft(tx, act, broadcast)
    tx.execute(delete(broadcasts).where(broadcasts.c.id == broadcast))


def load_draft(tx: Tx, act: Act, broadcast: int) -> Broadcast:
    """A draft that nobody else changes before the commit. Raises CannotBroadcast, NotAllowed."""
    check_act(tx, act, Permission.SHOP)
    found = load_broadcast(tx, broadcast, lock=True)
    if found.state is not BroadcastState.DRAFT:
        raise CannotBroadcast(CannotBroadcastReason.CHANGED)
    return found


def _change(tx: Tx, broadcast: int, **values: str) -> None:
    changed = update(broadcasts).where(broadcasts.c.id == broadcast)
    tx.execute(changed.values(version=broadcasts.c.version + 1, **values))
