"""Every unique key in one place: the same deed, message or cause always has the same key.

Keys of deeds make transfers happen once, keys of messages make them be sent once, causes make
alerts be told once. What stands in a database under a key must go on being made like this.
"""

from __future__ import annotations

from datetime import datetime
from typing import Final

from bot.base.ids import CustomerId, OrderId, ServiceId, SupplierName, TransferId

# Deeds: the keys of transfers.


def hold_key(order: OrderId) -> str:
    """An order's total is held."""
    return f"hold:{order}"


def capture_key(order: OrderId) -> str:
    """A hold, or a part of it, becomes sales."""
    return f"cap:{order}"


def release_key(order: OrderId) -> str:
    """A hold, or a part of it, goes back."""
    return f"rel:{order}"


def reverse_key(transfer: TransferId) -> str:
    """A transfer is made undone."""
    return f"rev:{transfer}"


def request_key(request: int) -> str:
    """A request for credit is approved."""
    return f"req:{request}"


def refund_key(order: OrderId, remedy: int) -> str:
    """Money that was paid for an order goes back, as this remedy of it."""
    return f"refund:{order}:{remedy}"


def message_key(bot: int, chat: int, message: int) -> str:
    """What a message asks for; only a bot's own chats count their messages without repeating."""
    return f"cmd:{bot}:{chat}:{message}"


def message_of(key: str) -> int:
    """The number of the message that `message_key` names, 0 where it names none."""
    number = key.rpartition(":")[2]
    return int(number) if number.isdecimal() else 0


def beside_key(key: str, message: int) -> str:
    """The key of another message of the same chat."""
    return f"{key.rpartition(':')[0]}:{message}"


def export_key(key: str, wanted: str) -> str:
    """An export is asked for on a card on which others may be asked for as well."""
    return f"{key}:export:{wanted}"


# Messages: the keys of the outbox.


def card_key(order: OrderId) -> str:
    """The order's card is to be edited."""
    return f"card:{order}"


def broadcast_key(mark: str, *numbers: int) -> str:
    """What is told of a broadcast: its `card` in a chat; that it `rests`, by the log's line."""
    return ":".join((f"broadcast-{mark}", *map(str, numbers)))


def delivery_key(mark: str, order: OrderId, batch: int) -> str:
    """A batch of goods, or a code; `mark` is the kind's own (`OrderKind.delivery_mark`)."""
    return f"{mark}:{order}:{batch}"


def ended_key(order: OrderId) -> str:
    """An order came to its end."""
    return f"ended:{order}"


def waits_key(order: OrderId) -> str:
    """An order waits for its supplier."""
    return f"waits:{order}"


def doubt_key(order: OrderId, attempt: int, at: datetime) -> str:
    """An order is in doubt, each time anew."""
    return f"doubt:{order}:{attempt}:{int(at.timestamp() * 1_000_000)}"


def restored_doubt_key(order: OrderId, mark: int) -> str:
    """An order is in doubt because the shop was restored."""
    return f"doubt:{order}:restored:{mark}"


def attention_key(order: OrderId, at: datetime) -> str:
    """An order needs a person, each time anew."""
    return f"attention:{order}:{int(at.timestamp())}"


def role_key(line: int) -> str:
    """Somebody is told that their role was changed, as this line of the log says."""
    return f"role:{line}"


def claim_key(claim: int, round_: int = 0) -> str:
    """A claim was made; once more when a replacement did not come, each `round_` anew."""
    return f"claim:{claim}" if not round_ else f"claim:{claim}:again:{round_}"


def claim_letter_key(letter: int) -> str:
    """Somebody wrote about a claim."""
    return f"claim-letter:{letter}"


def claim_closed_key(claim: int, at: datetime) -> str:
    """An operator closed a claim, each time anew."""
    return f"claim-closed:{claim}:{int(at.timestamp() * 1_000_000)}"


def remedy_key(order: OrderId, remedy: int) -> str:
    """An order was made good in some way."""
    return f"remedy:{order}:{remedy}"


def resend_key(order: OrderId, remedy: int, batch: int) -> str:
    """A batch of goods, or a code, is sent once more."""
    return f"resend:{order}:{remedy}:{batch}"


def calibration_key(order: OrderId) -> str:
    """An operator reads what an order found out about a rate."""
    return f"calibration:{order}"


WATCHED: Final = "watched:"
"""What begins the keys of messages to those who waited for something."""


def watched_key(customer: CustomerId, batch: int) -> str:
    """What a customer waited for has come true, each time anew."""
    return f"{WATCHED}{customer}:{batch}"


def operators_key(key: str) -> str:
    """What operators are told beside what a customer is told under this key."""
    return f"a-{key}"


def oddity_key(oddity: str, order: OrderId, nth: int | None = None) -> str:
    """An order did something odd; `nth` where that may happen several times."""
    return f"{oddity}:{order}" if nth is None else f"{oddity}:{order}:{nth}"


def undeliverable_key(row: int) -> str:
    """A row of the outbox cannot be delivered."""
    return f"undeliverable:{row}"


def credited_key(transfer: TransferId) -> str:
    """Credit came."""
    return f"credited:{transfer}"


def debited_key(transfer: TransferId) -> str:
    """Credit was taken back."""
    return f"debited:{transfer}"


def undone_key(transfer: TransferId) -> str:
    """A transfer was made undone."""
    return f"undone:{transfer}"


def topup_key(request: int, restored: int | None = None) -> str:
    """A customer asks for credit; once more after the shop was `restored`."""
    return f"topup:{request}" if restored is None else f"topup:{request}:restored:{restored}"


def proof_key(request: int) -> str:
    """A customer sent a proof of the payment that a request is about."""
    return f"topup:{request}:proof"


def reminder_key(request: int) -> str:
    """A request for credit has been open for a while."""
    return f"topup:{request}:reminder"


def letter_key(letter: int) -> str:
    """A letter is brought to whom it is for."""
    return f"letter:{letter}"


def approval_key(approval: int) -> str:
    """Credit needs a second operator."""
    return f"approval:{approval}"


def approval_reminder_key(approval: int) -> str:
    """Credit has waited for a second operator for a while."""
    return f"approval:{approval}:reminder"


def approval_decided_key(approval: int) -> str:
    """What became of credit that needed a second operator."""
    return f"approval-decided:{approval}"


def topup_denied_key(request: int) -> str:
    """A request for credit was denied."""
    return f"topup-denied:{request}"


def restored_key(mark: int) -> str:
    """The shop was restored from a copy."""
    return f"restored:{mark}"


def alert_key(cause: str, rounds: int, *, on: bool) -> str:
    """A cause began or ended, for the `rounds`-th time."""
    return f"alert:{cause}:{rounds}:{'on' if on else 'off'}"


def digest_key(day: int) -> str:
    """What owners are told once on this day of the shop's."""
    return f"digest:{day}"


# Causes of alerts.


def supplier_cause(about: str, supplier: SupplierName) -> str:
    """Something about a supplier."""
    return f"{about}:{supplier}"


def charge_cause(service: ServiceId) -> str:
    """The charge of a service is off."""
    return f"charge:{service}"


def stuck_cause(order: OrderId) -> str:
    """An order has been under way for too long."""
    return f"stuck:{order}"


def spelling_cause(supplier: SupplierName, spelling: str) -> str:
    """A status nobody knows; `spelling` is folded, with its digits put aside."""
    return f"status:{supplier}:{spelling}"


BOOKS_CAUSE: Final = "books"
"""The proof of the books found something."""

SHARED_CAUSE: Final = "token"
"""Another program uses the bot's token."""


# Changes: what other processes remember, and forget when it is named.


def customer_change(customer: CustomerId) -> str:
    """A customer's language, ban or role."""
    return f"{CUSTOMER_CHANGE}{customer}"


CUSTOMER_CHANGE: Final = "customer:"
"""What begins the names of changes of customers."""

SHELF: Final = "shelf"
"""What is on sale."""
