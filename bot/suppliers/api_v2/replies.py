"""The short answers read into our words: a status, a balance, a stock, the categories."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from bot.base.ids import RemoteId
from bot.suppliers.api_v2.listing import LONGEST_NAME, find_rows
from bot.suppliers.api_v2.masking import Mask, plain_status
from bot.suppliers.api_v2.reasons import FailureReason
from bot.suppliers.api_v2.values import (
    compact,
    find_amount,
    find_currency,
    find_number,
    find_whole,
    name_line,
    one_line,
    text_of,
)
from bot.suppliers.dialects.dialect import Dialect, as_list
from bot.suppliers.dialects.waiting_words import is_waiting_text
from bot.suppliers.errors import Malformed
from bot.suppliers.port import Balance, StatusAnswer, Stock
from bot.suppliers.progress import Progress
from bot.suppliers.words import is_same_id

_LONGEST_STATUS: Final = 100
_DOLLARS: Final = frozenset({"USD", "AUD", "CAD", "HKD", "NZD", "SGD"})


def read_status(answer: object, order: RemoteId, mask: Mask, dialect: Dialect) -> StatusAnswer:
    """Read a `status` answer; money fields that cannot be read are None. Raises Malformed."""
    fields = fields_of(answer)
    plain = status_of(fields, order, mask)
    progress = Progress(
        status=plain,
        stage=dialect.stage(plain),
        charge=find_number(fields.get("charge")),
        currency=find_currency(fields.get("currency")),
        remains=find_whole(fields.get("remains")),
        remains_said=fields.get("remains") is not None,
        accounts=_accounts(fields.get("accounts"), mask),
    )
    return StatusAnswer(progress, mask.summary(fields))


def _accounts(raw: object, mask: Mask) -> tuple[str, ...] | None:
    """The goods, one text per unit; what is not a text is written out as JSON."""
    if raw is None or isinstance(raw, bool):
        return None
    entries: list[object] = [raw]
    if isinstance(raw, str):
        entries = list(raw.splitlines())
    elif (listed := as_list(raw)) is not None:
        entries = listed
    elif not isinstance(raw, dict):  # a number counts goods, and is none
        return None
    written = (
        _account(entry) for entry in entries if entry is not None and not isinstance(entry, bool)
    )
    return tuple(mask.in_goods(account) for account in written if _is_goods(account))


def _is_goods(account: str) -> bool:
    """Whether there is a unit: blanks are none, nor are words such as `processing`."""
    looks_so = account[:_LONGEST_STATUS].isascii() and ":" in account
    return bool(account.strip()) and (looks_so or not is_waiting_text(account))


def _account(entry: object) -> str:
    """One unit as text. Half a surrogate pair has no bytes and could not be stored."""
    if isinstance(entry, list | dict) and not entry:
        return ""
    text = entry if isinstance(entry, str) else compact(entry)
    return text.encode("utf-8", "ignore").decode()


def read_stock(answer: object, service: RemoteId) -> Stock:
    """Read an `inventory` answer. Raises Malformed where it says none, or of another service."""
    fields = fields_of(answer)
    said = text_of(fields.get("service"))
    if said and not is_same_id(said, service):
        raise Malformed(FailureReason.OTHER_SERVICE)
    units, available = find_whole(fields.get("stock")), fields.get("available")
    if units is None and not isinstance(available, bool):
        raise Malformed(FailureReason.NO_STOCK)
    if units is not None and units < 0:
        return Stock(0, available=False)
    is_there = available if isinstance(available, bool) else bool(units)
    return Stock(units, available=is_there)


def read_balance(answer: object) -> Balance:
    """Read a `balance` answer. Raises Malformed without an exact amount and a currency."""
    fields = fields_of(answer)
    if isinstance(fields.get("balance"), dict):
        fields = fields_of(fields["balance"])
    amount, beside = find_amount(fields.get("balance"))
    said = fields.get("currency")
    currency = find_currency(beside if said in (None, "") else said)
    if amount is None or currency is None or beside not in {"", "$", currency}:
        raise Malformed(FailureReason.NO_BALANCE)
    if beside == "$" and currency not in _DOLLARS:
        raise Malformed(FailureReason.NO_BALANCE)
    return Balance(amount, currency)


def status_of(fields: Mapping[str, object], order: RemoteId, mask: Mask) -> str:
    """The status text, fit to be shown. Raises Malformed for none, or of another order."""
    status = mask.in_goods(one_line(fields.get("status"), _LONGEST_STATUS))
    if not isinstance(fields.get("status"), str) or not status:
        raise Malformed(FailureReason.NO_STATUS)
    said = text_of(fields.get("order"))
    if said and not is_same_id(said, order):
        raise Malformed(FailureReason.OTHER_ORDER)
    return plain_status(status)


def fields_of(answer: object) -> Mapping[str, object]:
    """The fields of an answer that has to be an object. Raises Malformed."""
    if isinstance(answer, list) and len(answer) == 1:
        [answer] = answer
    if not isinstance(answer, dict):
        raise Malformed(FailureReason.NOT_AN_OBJECT)
    return answer


def read_category_names(answer: object, mask: Mask) -> dict[str, tuple[str, ...]]:
    """Categories and their subcategories from a `categories` answer. Raises Malformed."""
    rows = find_rows(answer, "categories")
    if rows is None:
        raise Malformed(FailureReason.NO_CATEGORIES)
    found: dict[str, dict[str, None]] = {}
    for row in rows:
        named = row if isinstance(row, dict) else {"category": row}
        category = mask.in_goods(name_line(named.get("category"), LONGEST_NAME))
        below = named.get("subcategories")
        names = (name_line(name, LONGEST_NAME) for name in as_list(below) or ())
        if category:
            kept = found.setdefault(category, {})
            kept.update((mask.in_goods(name), None) for name in names if name)
    return {category: tuple(below) for category, below in found.items()}
