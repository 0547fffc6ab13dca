"""The taps about people at the desk: roles, the log, and what is noted of a customer."""

from __future__ import annotations

from typing import ClassVar

from aiogram.filters.callback_data import CallbackData

from bot.base.acts import Permission, Role
from bot.chat.kit.forms import Form
from bot.chat.kit.taps import Count, Id
from bot.people.limits import Limit


class OpenRoles(CallbackData, prefix="dp"):
    """Who runs the shop."""

    needs: ClassVar = Permission.SHOP


class OpenRole(CallbackData, prefix="dy"):
    """One person's role, and the others that they may be given."""

    needs: ClassVar = Permission.SHOP

    customer: Id


class GiveRole(CallbackData, prefix="dw"):
    """Give somebody a role, or take theirs without one; `sure` on the second tap."""

    needs: ClassVar = Permission.SHOP

    customer: Id
    role: Role | None
    sure: bool = False


class OpenLog(CallbackData, prefix="di"):
    """Who did what, newest first; with an `actor` what this operator did."""

    needs: ClassVar = Permission.SEE

    actor: Id = 0
    page: Count = 0


class WriteNote(CallbackData, prefix="un"):
    """A note about a customer is typed next."""

    needs: ClassVar = Permission.CUSTOMERS

    customer: Id


class OpenLimits(CallbackData, prefix="ul"):
    """How much a customer may buy."""

    needs: ClassVar = Permission.CUSTOMERS

    customer: Id


class TypeLimit(CallbackData, prefix="ux"):
    """A limit of a customer is typed next."""

    needs: ClassVar = Permission.CUSTOMERS

    customer: Id
    limit: Limit


class DropLimit(CallbackData, prefix="uz"):
    """Take a limit of a customer away."""

    needs: ClassVar = Permission.CUSTOMERS

    customer: Id
    limit: Limit


class WriteToCustomer(CallbackData, prefix="uw"):
    """A letter to a customer is typed next."""

    needs: ClassVar = Permission.CUSTOMERS

    customer: Id


class AnswerShop(CallbackData, prefix="uy"):
    """The answer to what an operator wrote is typed next."""

    new: bool = False


class WriteForm(Form, frozen=True, tag="desk-write"):
    """A letter to a customer is typed."""

    customer: int

    def ask_again(self) -> CallbackData:
        """The same step."""
        return WriteToCustomer(customer=self.customer)


class AnswerShopForm(Form, frozen=True, tag="answer-shop"):
    """The answer to what an operator wrote is typed."""

    def ask_again(self) -> CallbackData:
        """The same step."""
        return AnswerShop()


class NoteForm(Form, frozen=True, tag="desk-note"):
    """A note about a customer is typed."""

    customer: int

    def ask_again(self) -> CallbackData:
        """The same step."""
        return WriteNote(customer=self.customer)


class LimitForm(Form, frozen=True, tag="desk-limit"):
    """A limit of a customer is typed."""

    customer: int
    limit: Limit

    def ask_again(self) -> CallbackData:
        """The same step."""
        return TypeLimit(customer=self.customer, limit=self.limit)
