"""An operator's hand in what stands in for what: services tied, put first, and untied."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from sqlalchemy import delete, func, insert, select

from bot.base.acts import Act, Permission
from bot.base.ids import ServiceId
from bot.catalog.basis.rows import load_bases
from bot.catalog.errors import CannotTie, CannotTieReason
from bot.catalog.rules import Service, ShelfRules
from bot.catalog.standins.rows import list_tied
from bot.catalog.standins.rules import find_difference
from bot.catalog.store import bump_version, load_some
from bot.catalog.tables import stand_ins
from bot.db.tx import Tx
from bot.people.audit import note_act
from bot.people.operators import check_act

_FEWEST: Final = 2


def tie_services(tx: Tx, act: Act, chosen: Sequence[ServiceId]) -> tuple[ServiceId, ...]:
    """Let services stand in for each other, in this order; all that are tied then.

    Those that were tied before bring theirs along, behind what is named. Raises CannotTie, and
    NotAllowed.
    """
    _begin(tx, act)
    named = list(dict.fromkeys(chosen))
    if len(named) < _FEWEST:
        raise CannotTie(CannotTieReason.TOO_FEW)
    before = [list_tied(tx, one) for one in named]
    group = tuple(dict.fromkeys([*named, *(other for tied in before for other in tied)]))
    if group == before[0]:
        return group
    _check_equal(tx, group)
    _write(tx, group, group)
    note_act(tx, act.actor, "tie", f"service:{group[0]}", _words(before[0]), _words(group))
    return group


def put_first(tx: Tx, act: Act, service: ServiceId) -> bool:
    """Let a service of a tie be taken before the others of it; whether that changed anything."""
    _begin(tx, act)
    before = list_tied(tx, service)
    if not before or before[0] == service:
        return False
    after = (service, *(one for one in before if one != service))
    _write(tx, before, after)
    note_act(tx, act.actor, "tie", f"service:{service}", _words(before), _words(after))
    return True


def untie_service(tx: Tx, act: Act, service: ServiceId) -> bool:
    """Take a service out of its tie, the other with it where two were left; whether it was in one.

    Orders that it has are placed there all the same. Raises NotAllowed.
    """
    _begin(tx, act)
    before = list_tied(tx, service)
    if not before:
        return False
    left = tuple(one for one in before if one != service)
    after = left if len(left) >= _FEWEST else ()
    _write(tx, before, after)
    note_act(tx, act.actor, "untie", f"service:{service}", _words(before), _words(after))
    return True


def _begin(tx: Tx, act: Act) -> None:
    check_act(tx, act, Permission.SHOP)
    bump_version(tx)  # first: it locks, so that two operators together tie nothing twice


def _check_equal(tx: Tx, group: tuple[ServiceId, ...]) -> None:
    """Let a group pass in which each is an equal of every other. Raises CannotTie."""
    rules = tx.part(ShelfRules).with_bases(load_bases(tx))
    known = {kept.id: rules.service(kept) for kept in load_some(tx, group)}
    seen: list[Service] = []
    for one in group:
        service = known.get(one)
        if service is None:
            raise CannotTie(CannotTieReason.UNKNOWN, one)
        for first in seen:
            why = find_difference(first, service)
            if why is not None:
                raise CannotTie(why, service.id, first.id)
        seen.append(service)


def _write(tx: Tx, before: Sequence[ServiceId], after: Sequence[ServiceId]) -> None:
    tx.execute(delete(stand_ins).where(stand_ins.c.service.in_([*before, *after])))
    if not after:
        return
    newest = tx.execute(select(func.max(stand_ins.c.tie))).scalar_one_or_none() or 0
    rows = [
        {"service": one, "tie": newest + 1, "place": place}
        for place, one in enumerate(after, start=1)
    ]
    tx.execute(insert(stand_ins), rows)


def _words(group: Sequence[ServiceId]) -> str:
    return " ".join(f"#{one}" for one in group)
