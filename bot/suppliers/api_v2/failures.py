"""The seam where the wire's outcomes become the words of `bot.base.errors`.

For `add` the money depends on it: refused and throttled only when the supplier clearly said so,
accepted only with an id, everything else in doubt.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from email.utils import parsedate_to_datetime
from typing import Final

from bot.base.ids import RemoteId
from bot.suppliers.api_v2.masking import Mask
from bot.suppliers.api_v2.reasons import FailureReason
from bot.suppliers.api_v2.values import NotJson, loads, loads_reading, one_line
from bot.suppliers.api_v2.wire import Lost, Reply
from bot.suppliers.dialects.dialect import Dialect, as_list
from bot.suppliers.errors import InDoubt, Malformed, NotSent, Refused, SupplierError, Throttled
from bot.suppliers.port import Accepted, Rented

_TOO_MANY: Final = 429
_DOUBTFUL: Final = frozenset({408, 409, 423, 425, _TOO_MANY})
"""4xx answers that a server or a proxy gives although the request may have had its effect."""
_LONGEST_PHONE: Final = 64
_LONGEST_HEADER: Final = 64
_SHORTEST: Final = timedelta(seconds=1)
_USUAL: Final = timedelta(seconds=10)
_LONGEST: Final = timedelta(minutes=10)


@dataclass(frozen=True, slots=True)
class Judge:
    """Judges answers in one supplier's name."""

    mask: Mask
    dialect: Dialect
    now: Callable[[], datetime]

    def besides(self, *texts: str) -> Judge:
        """The same judge, in whose words these texts are covered as the key is."""
        return replace(self, mask=self.mask.besides(*texts))

    def placed(self, reply: Reply) -> Accepted:
        """The order that an answer to `add` names.

        Raises Refused for an error text and no other field, Throttled for 429 in words of the
        supplier's, InDoubt for everything else.
        """
        answer = self._taken(reply)
        return self._accepted(reply, answer, answer.get("order"))

    def rented(self, reply: Reply) -> Rented:
        """The one number an `add_sms` answer names; InDoubt for several, else as `placed`."""
        answer = self._taken(reply)
        listed = as_list(answer.get("orders"))
        number = listed[0] if listed is not None and len(listed) == 1 else None
        if not isinstance(number, dict):
            raise self._doubt(reply, answer, FailureReason.NOT_ONE_NUMBER)
        if number.get("error") is not None:
            raise self._doubt(reply, number, FailureReason.NEITHER)
        accepted = self._accepted(reply, number, number.get("order"))
        phone = self.mask.in_goods(one_line(number.get("phone"), _LONGEST_PHONE))
        phone = phone if any(map(str.isdecimal, phone)) else ""
        country = self.mask.in_goods(one_line(number.get("country"), _LONGEST_PHONE))
        return Rented(accepted.order, accepted.said, phone, country)

    def _taken(self, reply: Reply) -> dict[str, object]:
        """The answer to an order, unless it is a clear no or no answer at all."""
        answer = self._json_of(reply)
        if reply.status == _TOO_MANY:
            raise self._too_many(reply, answer)
        if not isinstance(answer, dict):
            raise self._doubt(reply, answer, FailureReason.NOT_AN_OBJECT)
        if _may_refuse(reply.status, {200}) and answer.keys() == {"error"}:
            refused = self._refusal(reply, answer)
            if refused is not None:
                raise refused
        if reply.status not in {200, 201} or answer.get("error") is not None:
            raise self._doubt(reply, answer, FailureReason.NEITHER)
        return answer

    def _accepted(self, reply: Reply, answer: dict[str, object], order: object) -> Accepted:
        if not self.dialect.is_order_id(order) or self.mask.in_goods(str(order)) != str(order):
            raise self._doubt(reply, answer, FailureReason.NO_ORDER_ID)
        return Accepted(RemoteId(str(order)), self.mask.summary(answer))

    def reading(self, reply: Reply) -> object:
        """The JSON of an answer to a reading.

        Raises Refused for an error text or an HTTP status that refuses by itself, Throttled for
        429, Malformed for no JSON and any other HTTP status than 2xx.
        """
        if reply.status == _TOO_MANY:
            raise Throttled(self.patience(reply.retry_after))
        answer = self._json_of(reply, loads_reading)
        is_good = 200 <= reply.status < 300  # noqa: PLR2004 - HTTP's own numbers
        if isinstance(answer, dict) and answer.get("error"):
            refused = self._refusal(reply, answer)
            if refused is not None and _may_refuse(reply.status, range(200, 300)):
                raise refused
            raise Malformed(_at(reply, FailureReason.ODD_ERROR))
        if reply.status in self.dialect.refusal_codes:
            raise self._no(reply, f"HTTP {reply.status}")
        if not is_good or answer is _NOTHING:
            raise Malformed(
                _at(
                    reply,
                    FailureReason.NOT_JSON if answer is _NOTHING else FailureReason.BAD_STATUS,
                )
            )
        return answer

    def patience(self, retry_after: str | None) -> timedelta:
        """How long a Retry-After asks us to wait: seconds or a date, 1 s to 10 min, else 10 s."""
        text = (retry_after or "")[:_LONGEST_HEADER].strip()
        if re.fullmatch(r"-?[0-9]+(\.[0-9]*)?", text):
            return _bounded(timedelta(seconds=float(text[:9])))
        try:
            until = parsedate_to_datetime(text)
        except (ValueError, TypeError, IndexError, OverflowError):
            return _USUAL
        return _bounded((until if until.tzinfo else until.replace(tzinfo=UTC)) - self.now())

    def _json_of(self, reply: Reply, read: Callable[[bytes], object] = loads) -> object:
        try:
            return self.dialect.named(read(reply.body))
        except NotJson:
            return _NOTHING

    def _refusal(self, reply: Reply, answer: dict[str, object]) -> Refused | None:
        error = answer["error"]
        if not isinstance(error, str) or not error.strip():
            return None
        return self._no(reply, self.mask.quoted(error))

    def _no(self, reply: Reply, said: str) -> Refused:
        return Refused(said, self.dialect.refusal(reply.status, said))

    def _too_many(self, reply: Reply, answer: object) -> SupplierError:
        names_an_order = isinstance(answer, dict) and (
            answer.get("order") is not None or bool(answer.get("orders"))
        )
        if names_an_order or (answer is _NOTHING and reply.retry_after is None):
            return self._doubt(reply, answer, FailureReason.UNCLEAR_THROTTLING)
        return Throttled(self.patience(reply.retry_after))

    def _doubt(self, reply: Reply, answer: object, why: FailureReason) -> InDoubt:
        if isinstance(answer, dict):
            return InDoubt(_at(reply, why), self.mask.summary(answer))
        return InDoubt(_at(reply, why), f"a body of {len(reply.body)} bytes, not shown")


_NOTHING: Final = object()
"""Stands for a body that is not JSON; JSON's own null is None."""


def _at(reply: Reply, why: FailureReason) -> str:
    return f"HTTP {reply.status}: {why}"


def _may_refuse(status: int, good: set[int] | range) -> bool:
    """Whether an error text under this HTTP status is the supplier's own no."""
    return status in good or (400 <= status < 500 and status not in _DOUBTFUL)  # noqa: PLR2004 - HTTP


def _bounded(wait: timedelta) -> timedelta:
    return min(max(wait, _SHORTEST), _LONGEST)


def lost_order(lost: Lost) -> NotSent | InDoubt:
    """What an `add` without an answer is."""
    return InDoubt(lost.why) if lost.sent else NotSent(lost.why)


def lost_reading(lost: Lost) -> NotSent | Malformed:
    """What a reading without an answer is."""
    return Malformed(lost.why) if lost.sent else NotSent(lost.why)
