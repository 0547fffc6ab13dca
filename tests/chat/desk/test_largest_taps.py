"""The largest ids fit into every tap of the desk."""

from __future__ import annotations

from aiogram.filters.callback_data import CallbackData

from bot.base.acts import Role
from bot.base.ids import SupplierName
from bot.catalog.prices.typed import RulePart
from bot.catalog.selection.selection import Scope
from bot.chat.broadcasts.taps import Asked
from bot.chat.claims.taps import Share
from bot.chat.desk.taps import Decision, ending_of
from bot.chat.places.taps import key_of
from bot.desk.details import DeskFilter
from bot.desk.exports.tables import ExportKind
from bot.money.decide import DenyReason
from bot.people.limits import Limit
from bot.people.texts.own import TextName
from tests.chat.desk.of_requests import HUGE, MOST_TYPED


def test_the_largest_ids_fit_into_every_desk_tap() -> None:
    kinds = [
        subclass
        for subclass in CallbackData.__subclasses__()
        if getattr(subclass, "needs", None) is not None
    ]
    assert len(kinds) > 10
    for kind in kinds:
        fields = {name: LARGEST.get(name, HUGE) for name in kind.model_fields}
        fields |= LARGEST_OF.get(kind.__name__, {})
        assert len(kind(**fields).pack().encode()) <= 64


LARGEST = {
    "remote": "x" * 32,
    "scope": Scope.CATEGORY,
    "mark": "9" * 16,
    "part": RulePart.PERCENT,
    "basis": "1000000",
    "ending": ending_of("x" * 200),
    "supplier": key_of(SupplierName("x" * 200)),
    "what": "category-" + str(HUGE),
    "shows": True,
    "code": "pt-BR",
    "step": "t",
    "attempt": 9999,
    "name": TextName.GREETING,
    "language": "pt-BR",
    "days": 10**9,
    "place": 9999,
    "gives": True,
    "page": 10**9,
    "delivered": 10**9,
    "count": 10**9,
    "act": Decision.CANCEL,
    "which": DeskFilter.ATTENTION,
    "sure": True,
    "again": True,
    "asked": Asked.LANGUAGE,
    "banned": True,
    "approve": True,
    "limit": Limit.ORDERS,
    "kind": ExportKind.CUSTOMERS,
    "month": "2026-11",
    "share": Share.SOME,
    "seen": 10**9,
    "units": 10**9,
    "every": True,
    "role": Role.SUPPORT,
    "version": 10**9,
    "amount": MOST_TYPED.micros,
    "reason": DenyReason.ALREADY_ADDED,
    "new": True,
}
"""What is no id; every other field is one."""
LARGEST_OF: dict[str, dict[str, object]] = {
    name: {"what": key_of(SupplierName("x" * 200))}
    for name in ("SwitchOff", "SwitchOn", "TypeOffWords", "DropOffWords")
}
"""Where a field of the same name is another thing."""
