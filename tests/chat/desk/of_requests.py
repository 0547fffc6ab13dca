"""Every screen of the desk about a request for a top-up, as ugly as it can be."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import Any

from bot.base.ids import ServiceId, TransferId
from bot.base.money import Money
from bot.chat.kit.locale import Locale
from bot.chat.kit.screen import Screen
from bot.chat.money import queue, second
from bot.desk.requests import QueuedCard, RequestCard
from bot.money.approvals import CreditApproval
from bot.money.ledger import MANUAL, ApprovalDecision, TopupDecision, TransferKind
from bot.money.post import TransferRow
from bot.money.requests import Proof, TopupRequest
from bot.money.topup import Change, Wanted
from bot.outbox.notices import RequestNews
from bot.people.customers import Customer
from bot.people.letters import Letter
from tests.chat.desk.samples import NOW, UGLY
from tests.stored_shop import OLGA

HUGE = 2**63 - 1
MOST_MONEY = Money(HUGE)
MOST_TYPED = Money(10**18 - 1)


def request_screens(_: Locale, ugly: Customer, change: Change) -> Iterator[Screen]:
    """A request for a top-up, and credit that needs a second operator."""
    request = TopupRequest(
        HUGE,
        ugly,
        MOST_MONEY,
        NOW,
        TopupDecision.OPEN,
        wanted=Wanted(ServiceId(HUGE), 10**9),
        proof=Proof(UGLY, "file", "document"),
        reason=UGLY,
        decided_by="9" * 18,
    )
    waiting = CreditApproval(
        HUGE,
        "key",
        ugly,
        MOST_MONEY,
        UGLY,
        HUGE,
        OLGA,
        ugly,
        NOW,
        ApprovalDecision.WAITING,
        OLGA,
    )
    letters = tuple(
        Letter(n, "request:1", NOW, "900" * (n % 2), UGLY, "f", "photo") for n in range(9)
    )
    topups = (TransferRow(TransferId(1), MANUAL, MANUAL, MOST_MONEY, *_rest_of_a_topup()),) * 3
    card = RequestCard(
        request,
        MOST_MONEY,
        topups,
        letters,
        change,
        is_undone=True,
        approval=waiting,
        others=10**6,
    )
    for news in RequestNews:
        for decision in TopupDecision:
            shown = replace(card, request=replace(request, decision=decision))
            queued = QueuedCard(shown, 5, 10**6)
            yield queue.request_card_screen(_, shown, UGLY, news=news, note=UGLY, queued=queued)
    yield queue.denial_screen(_, request)
    yield queue.other_amount_screen(_, request, UGLY)
    yield queue.type_words_screen(_, request, UGLY)
    yield queue.approve_sure_screen(_, request, (MOST_TYPED, MOST_TYPED), is_other=True)
    yield queue.proof_screen(_, request, queue.files_of(card)[0])
    for ended in ApprovalDecision:
        yield second.approval_screen(_, replace(waiting, decision=ended), OLGA, UGLY)
        yield second.approval_screen(_, replace(waiting, decision=ended))


def _rest_of_a_topup() -> tuple[Any, ...]:
    return TransferKind.TOPUP, "key", None, "900", UGLY, None, NOW
