"""What follows from the kind of a notice: whose it is, how soon it goes, what it is about."""

from __future__ import annotations

from bot.base.acts import Permission
from bot.base.ids import OrderId
from bot.base.subjects import (
    approval_subject,
    broadcast_subject,
    claim_subject,
    export_subject,
    order_subject,
    request_subject,
)
from bot.outbox.broadcast_notices import BroadcastAlert, BroadcastCard
from bot.outbox.claim_notices import ClaimAlert, ClaimAnswered, OrderRemedied
from bot.outbox.export_notices import ExportCard
from bot.outbox.notices import (
    AnyNotice,
    ApprovalAsked,
    ApprovalDecided,
    AttentionAlert,
    BooksAlert,
    CodeArrived,
    DoubtAlert,
    GoodsArrived,
    OrderCard,
    OrderInDoubt,
    OrderNeedsPerson,
    OrderOddity,
    OrderWaits,
    ProblemAlert,
    RequestQuestion,
    ShopRestored,
    TokenShared,
    TopupAsked,
)
from bot.outbox.sales_notices import SalesDigest
from bot.outbox.tables import (
    CARD,
    DELIVERY,
    NOTICE,
    WATCHED,
)
from bot.outbox.watch_notices import WatchedCame


def acts_on(notice: AnyNotice) -> Permission:
    """What an operator has to be permitted for this notice to be theirs."""
    match notice:
        case TopupAsked() | ApprovalAsked() | ApprovalDecided():
            return Permission.CREDIT
        case DoubtAlert() | AttentionAlert() | ProblemAlert() | OrderOddity() | ClaimAlert():
            return Permission.ORDERS
        case ShopRestored() | TokenShared() | BooksAlert() | SalesDigest() | BroadcastAlert():
            return Permission.SHOP
    return Permission.SUPPLIERS


def priority(notice: AnyNotice) -> int:
    """Deliveries before words before edits of cards before what many have waited for."""
    if isinstance(notice, GoodsArrived | CodeArrived):
        return DELIVERY
    if isinstance(notice, WatchedCame):
        return WATCHED
    return CARD if isinstance(notice, OrderCard | BroadcastCard) else NOTICE


def subject_of(notice: AnyNotice) -> str:
    """What it is about, where its words stay true only for a while; else nothing."""
    match notice:
        case OrderWaits() | OrderInDoubt() | OrderNeedsPerson() | DoubtAlert() | AttentionAlert():
            return order_subject(OrderId(notice.order))
        case TopupAsked() | RequestQuestion():
            return request_subject(notice.request)
        case ClaimAlert() | ClaimAnswered() | OrderRemedied() if notice.claim:
            return claim_subject(notice.claim)
        case ApprovalAsked():
            return approval_subject(notice.approval)
        case BroadcastCard() | BroadcastAlert() | ExportCard():
            return _work_subject(notice)
    return ""


def _work_subject(notice: BroadcastCard | BroadcastAlert | ExportCard) -> str:
    """Of long work whose card an operator watches."""
    if isinstance(notice, ExportCard):
        return export_subject(notice.export)
    return broadcast_subject(notice.broadcast)
