"""What is told of claims, to operators and to the customer."""

from __future__ import annotations

from bot.outbox.notice import Notice


class ClaimAlert(Notice, frozen=True, tag="a-claim"):
    """To operators: a customer claims that something is wrong with an order.

    `letter` is set where the customer has written more, `came_back` where a replacement has not
    come.
    """

    claim: int
    letter: int = 0
    came_back: bool = False


class ClaimAnswered(Notice, frozen=True, tag="claim-answered"):
    """To the customer: an operator wrote this about their claim."""

    claim: int
    letter: int


class ClaimClosed(Notice, frozen=True, tag="claim-closed"):
    """To the customer: an operator closed their claim; `letter` says why, if anything does."""

    claim: int
    letter: int = 0


class OrderRemedied(Notice, frozen=True, tag="remedied"):
    """To the customer: money went back for an order, or another one replaces a part of it.

    `claim` is set where it was claimed.
    """

    order: int
    remedy: int
    claim: int = 0


ClaimNotice = ClaimAlert | ClaimAnswered | ClaimClosed | OrderRemedied
