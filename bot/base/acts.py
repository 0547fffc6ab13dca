"""Who acts, in which role, what a role permits, and the key that makes an act count once."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from bot.base.ids import CustomerId


class Role(StrEnum):
    """Who an operator is at the desk; `PERMISSIONS` says what each may do."""

    OWNER = "owner"
    CASHIER = "cashier"
    SUPPORT = "support"
    VIEWER = "viewer"


class Permission(StrEnum):
    """One kind of thing that is done or read at the desk.

    SEE: orders, suppliers, the log. SEE_CUSTOMERS: a customer's card. CREDIT: give and take
    credit, answer requests for it. ORDERS: decide about orders and claims. CUSTOMERS: ban, limit,
    write to and note about customers. SUPPLIERS: resume what was paused. SHOP: roles, safe mode,
    and all that is set for the whole shop.
    """

    SEE = "see"
    SEE_CUSTOMERS = "see_customers"
    CREDIT = "credit"
    ORDERS = "orders"
    CUSTOMERS = "customers"
    SUPPLIERS = "suppliers"
    SHOP = "shop"


PERMISSIONS: Final[Mapping[Role, frozenset[Permission]]] = {
    Role.OWNER: frozenset(Permission),
    Role.CASHIER: frozenset({Permission.SEE_CUSTOMERS, Permission.CREDIT}),
    Role.SUPPORT: frozenset(
        {
            Permission.SEE,
            Permission.SEE_CUSTOMERS,
            Permission.ORDERS,
            Permission.CUSTOMERS,
        }
    ),
    Role.VIEWER: frozenset({Permission.SEE, Permission.SEE_CUSTOMERS}),
}
"""What each role may do and read."""


def may(role: Role | None, permission: Permission) -> bool:
    """Whether somebody in this role may; nobody without one may do anything."""
    return role is not None and permission in PERMISSIONS[role]


@dataclass(frozen=True, slots=True)
class Act:
    """One act of an operator, as a use-case is asked for it; `role` is read again when it acts.

    `key` names the deed and where it came from (bot, chat, message), so that a message that
    Telegram brings twice acts once. It never is an id that Telegram may hand out again.
    """

    who: CustomerId
    role: Role
    key: str = ""

    @property
    def actor(self) -> str:
        """The operator as journals and histories name them."""
        return str(self.who)
