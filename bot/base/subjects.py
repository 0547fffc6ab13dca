"""Subjects: what a notice is about whose words stay true only for a while."""

from __future__ import annotations

from bot.base.ids import CustomerId, OrderId


def order_subject(order: OrderId) -> str:
    """An order waits, is in doubt or needs a person."""
    return f"order:{order}"


def request_subject(request: int) -> str:
    """A request for credit is open."""
    return f"request:{request}"


def customer_subject(customer: CustomerId) -> str:
    """What operators and a customer write to each other."""
    return f"customer:{customer}"


def claim_subject(claim: int) -> str:
    """A claim is open; letters about it have the same subject."""
    return f"claim:{claim}"


def broadcast_subject(broadcast: int) -> str:
    """A broadcast goes on."""
    return f"broadcast:{broadcast}"


def approval_subject(approval: int) -> str:
    """Credit waits for a second operator."""
    return f"approval:{approval}"


def export_subject(export: int) -> str:
    """An export is made and sent; its card is known by the same name."""
    return f"export:{export}"
