"""What the shop tells a person unasked: ids alone, put into words when a notice is sent."""

from __future__ import annotations

from datetime import datetime
from enum import StrEnum

from bot.base.acts import Role
from bot.outbox.broadcast_notices import BroadcastAlert, BroadcastCard
from bot.outbox.claim_notices import ClaimNotice
from bot.outbox.export_notices import ExportCard
from bot.outbox.notice import Notice
from bot.outbox.sales_notices import SalesDigest
from bot.outbox.supplier_notices import CalibrationDone, LowBalance, PricesJumped
from bot.outbox.watch_notices import WatchedCame


class GoodsArrived(Notice, frozen=True, tag="goods"):
    """A delivery: one batch of an order's goods, as a new message."""

    order: int
    batch: int


class CodeArrived(Notice, frozen=True, tag="code"):
    """A delivery: one code that a rented number received, as a new message."""

    order: int
    batch: int


class OrderCard(Notice, frozen=True, tag="card"):
    """The order's own card is to be edited to what is true now."""

    order: int


class OrderEnded(Notice, frozen=True, tag="ended"):
    """An order came to its end; what happened to the money comes first."""

    order: int


class OrderWaits(Notice, frozen=True, tag="waits"):
    """The supplier cannot be reached; the order is tried until its patience is over."""

    order: int


class OrderInDoubt(Notice, frozen=True, tag="doubt"):
    """The order is being checked; the money is safe."""

    order: int


class OrderNeedsPerson(Notice, frozen=True, tag="person"):
    """A person looks at the order; the money is safe."""

    order: int


class Credited(Notice, frozen=True, tag="credited"):
    """Credit was granted. `service`/`quantity` offer the purchase again that lacked it.

    `corrects` where credit comes back that had been taken by mistake; `asked` where the customer
    had asked for another amount, `request` where there was one.
    """

    amount: int
    balance: int
    note: str = ""
    service: int | None = None
    quantity: int = 0
    corrects: bool = False
    asked: int = 0
    request: int = 0


class Debited(Notice, frozen=True, tag="debited"):
    """Credit was taken back by an operator; `corrects` where it had been given by mistake."""

    amount: int
    balance: int
    note: str = ""
    corrects: bool = False


class DoubtAlert(Notice, frozen=True, tag="a-doubt"):
    """To operators: an order is in doubt; shows the card with the four decisions."""

    order: int


class AttentionAlert(Notice, frozen=True, tag="a-attention"):
    """To operators: an order needs a person."""

    order: int


class ProblemAlert(Notice, frozen=True, tag="a-problem"):
    """To operators: a customer reported a problem, as it was told before there were claims."""

    order: int


class RequestNews(StrEnum):
    """What operators are told of a request for credit."""

    ASKED = ""
    PROOF = "proof"
    """The customer has sent a proof of the payment."""
    ANSWER = "answer"
    """The customer has answered an operator's question."""
    REMINDER = "reminder"
    """It has been open for a while."""


class TopupAsked(Notice, frozen=True, tag="a-topup"):
    """To operators: a customer asks for credit; shows the request's card with its decisions."""

    request: int
    about: RequestNews = RequestNews.ASKED


class TopupDenied(Notice, frozen=True, tag="topup-denied"):
    """To the customer: it was declined; `reason` is a `DenyReason`, or what was typed."""

    amount: int
    reason: str = ""
    request: int = 0


class RequestQuestion(Notice, frozen=True, tag="topup-question"):
    """To the customer: an operator asks about their request for credit, in this letter."""

    request: int
    letter: int


class ApprovalAsked(Notice, frozen=True, tag="a-approval"):
    """To operators: a colleague gives more than one may alone; agree or refuse.

    `reminder` where it has waited for a while.
    """

    approval: int
    reminder: bool = False


class ApprovalDecided(Notice, frozen=True, tag="approval-decided"):
    """To the operator who asked for it: what became of credit that needed a second one."""

    approval: int


class LetterCame(Notice, frozen=True, tag="letter"):
    """To the customer: an operator writes to them."""

    letter: int


class LetterAnswered(Notice, frozen=True, tag="letter-answer"):
    """To operators: a customer has answered what one of them wrote."""

    customer: int
    letter: int


class RoleChanged(Notice, frozen=True, tag="role"):
    """To somebody whose role at the desk was changed; None for one who has none any more."""

    role: Role | None


class SupplierCause(StrEnum):
    """What may be wrong with a supplier; each begins and ends once."""

    DOWN = "down"
    KEY = "key"
    WALLET = "wallet"
    """Orders are refused because the operator's balance there does not cover them."""
    LOW = "low"
    """The balance there is under the operator's mark."""
    UNREAD = "unread"
    """The balance there cannot be read."""
    BUSY = "busy"  # orders are asked to wait
    CURRENCY = "currency"
    SHRANK = "shrank"
    UNLISTED = "unlisted"
    """The catalogue cannot be read."""
    NUMBERS = "numbers"
    """What it answers about rented numbers cannot be read."""
    STATUS = "status"
    """A status in a new spelling."""
    SWITCHED = "switched"  # off, by an operator
    OUTAGE = "outage"  # down for so long that its sales are paused


class SupplierAlert(Notice, frozen=True, tag="a-supplier"):
    """To operators: something about a supplier began or ended.

    `over` when it is good again. `words` is detail (a masked reason, an amount, the spelling).
    """

    supplier: str
    about: SupplierCause
    over: bool = False
    words: str = ""


class ChargeAlert(Notice, frozen=True, tag="a-charge"):
    """To operators: a charge is off; the service is paused, the order goes on."""

    order: int
    charge: str
    cost: str


class Oddity(StrEnum):
    """What an order may do that moves no money and that operators have to know."""

    SURPLUS = "surplus"
    """More goods came than were ordered."""
    LATE_ANSWER = "late_answer"
    CANCELED_AFTER_GOODS = "canceled_after_goods"
    UNDELIVERABLE = "undeliverable"
    LATE_CODE = "late_code"
    """A number's code came after the money went back: the shop's loss."""
    RELEASED = "released"
    """An order in doubt ended by itself: our balance at the supplier stayed the same."""
    STUCK = "stuck"
    """Under way for a day."""


class OrderOddity(Notice, frozen=True, tag="a-oddity"):
    """To operators: an order did something odd that moved no money."""

    order: int
    about: Oddity
    words: str = ""


class ShopRestored(Notice, frozen=True, tag="a-restored"):
    """To operators: the shop was restored from a copy and waits for them; `mark` names which."""

    copied_at: datetime
    mark: int


class TokenShared(Notice, frozen=True, tag="a-token"):
    """To operators: another program takes the updates of this bot; `over` when none does."""

    over: bool = False


class BooksAlert(Notice, frozen=True, tag="a-books"):
    """To operators: the proof of the books found this."""

    words: str


AnyNotice = (
    GoodsArrived
    | CodeArrived
    | OrderCard
    | OrderEnded
    | OrderWaits
    | OrderInDoubt
    | OrderNeedsPerson
    | Credited
    | Debited
    | DoubtAlert
    | AttentionAlert
    | ProblemAlert
    | ClaimNotice
    | TopupAsked
    | TopupDenied
    | RequestQuestion
    | ApprovalAsked
    | ApprovalDecided
    | LetterCame
    | LetterAnswered
    | RoleChanged
    | SupplierAlert
    | CalibrationDone
    | LowBalance
    | PricesJumped
    | ChargeAlert
    | OrderOddity
    | BooksAlert
    | ShopRestored
    | TokenShared
    | SalesDigest
    | WatchedCame
    | BroadcastCard
    | ExportCard
    | BroadcastAlert
)
