"""What was noted about suppliers and orders: our notes in words, the supplier's as quotations.

Notes are kept as they were written. What the bot itself wrote (a reason, why no answer came, what
an operator did) is said in the reader's language; whatever else stands there is the supplier's.
"""

from __future__ import annotations

import re
from typing import Final

from bot.chat.desk.words import outcome_words, reason_words
from bot.chat.kit.locale import Locale
from bot.chat.kit.names import clip
from bot.chat.kit.richtext import Rich, code, fill, join, rich
from bot.orders.rules.moves import Outcome, Reason
from bot.orders.standins.rows import HandedOn
from bot.suppliers.api_v2.reasons import FailureReason

_LONGEST: Final = 160
_AT_STATUS: Final = re.compile(r"HTTP (\d{3}): (.+)", re.DOTALL)
_UNREAD: Final = "cannot be read: "
"""What stands before why an answer about an order cannot be read."""
_CLASS: Final = re.compile(
    r"(?:[A-Za-z]\w*(?:Error|Exception|Timeout|Mismatch)|NotSent|InDoubt|Malformed|Unreadable)"
    r"(?:: .*)?",
    re.DOTALL,
)
"""The name of an exception, as earlier versions wrote it down."""
_TOO_LATE: Final = re.compile(r"timeout|no complete answer within .*")
_FIELD: Final = re.compile(r'([A-Za-z]\w*): ("(?:[^"\\]|\\.)*"|[^,"]*)(?:, |$)')
"""One field of an answer as it is kept: its name, and a text, a number or how many there are."""
_NOTHING: Final = frozenset({"", "null", "none"})
_NO_ANSWER: Final = re.compile(
    r"no usable answer|answer lost|unreadable \(\w+\)|a body of \d+ bytes, not shown"
)


def note_words(_: Locale, said: str) -> Rich:
    """What an attempt or a reading ended in; empty where nothing was noted."""
    ours = _ours(_, said.strip())
    return rich(ours) if ours else _answer(_, said.strip()) or code(clip(said, _LONGEST))


def note_text(_: Locale, said: str) -> str:
    """The same for a file, where nothing has to be short."""
    return _ours(_, said.strip()) or said


def _answer(_: Locale, said: str) -> Rich | None:
    """A supplier's answer whose fields are known, in words; None for any other text."""
    fields = [(found[1].lower(), found[2].strip('"')) for found in _FIELD.finditer(said)]
    if not fields or _FIELD.sub("", said):
        return None
    told = {name: value for name, value in fields if value not in _NOTHING}
    charge = " ".join((told.get("charge", ""), told.get("currency", ""))).strip()
    words = {
        "status": _("status “{value}”"),
        "charge": _("charged: {value}"),
        "remains": _("left: {value}"),
        "accounts": _("goods: {value}"),
        "order": _("order {value} there"),
        "error": "“{value}”",
    }
    shown = {**told, "charge": charge} if "charge" in told else told
    parts = [
        fill(said_so, value=_.iso(clip(shown[name].strip("()"), _LONGEST)))
        for name, said_so in words.items()
        if name in shown
    ]
    return join(parts, " · ") if parts else None


def _ours(_: Locale, said: str) -> str:
    if said in set(Reason):
        return reason_words(_, Reason(said))
    handed = HandedOn.find(said)
    if handed is not None:
        return _handed_on(_, handed)
    done = {
        "not sent": outcome_words(_, Outcome.NOT_SENT),
        "refused": outcome_words(_, Outcome.REFUSED),
        "asked to wait": _("it asked us to wait"),
        "send again": _("Send again"),
        "keep asking": _("Keep asking"),
        "taken over": _("Take over"),
        "refunded": _("money went back"),
        "replaced": _("a replacement was sent"),
        "goods sent again": _("the goods were sent again"),
    }
    return done.get(said) or failure_words(_, said)


def _handed_on(_: Locale, handed: HandedOn) -> str:
    """Whose order it became, and why it was not left where it was."""
    said = _("handed from {left} to {to}, service {service}: {why}")
    return said.format(
        left=_.iso(clip(handed.left, 40)),
        to=_.iso(clip(handed.to, 40)),
        service=_.iso(clip(handed.service, 60)),
        why=reason_words(_, handed.reason),
    )


def failure_words(_: Locale, why: str) -> str:
    """Why no usable answer came; empty where these are not the bot's own words."""
    if why.startswith(_UNREAD):
        return failure_words(_, why.removeprefix(_UNREAD)) or _("its answer cannot be read")
    at = _AT_STATUS.fullmatch(why)
    if at is not None:
        known = failure_words(_, at[2])
        return f"{known} (HTTP {at[1]})" if known else ""
    if why in set(FailureReason):
        return _reason(_, FailureReason(why))
    if _TOO_LATE.fullmatch(why):
        return _("it did not answer in time")
    if _NO_ANSWER.fullmatch(why):
        return _("its answer cannot be read")
    return _("the connection failed") if _CLASS.fullmatch(why) else ""


def _reason(_: Locale, why: FailureReason) -> str:
    errors = _("it answered with an error")
    strange = _("its answer is about something else")
    long = _("its answer is too long")
    unclear = _("its answer neither takes nor refuses the order")
    return {
        FailureReason.BROKEN_OFF: _("the connection broke off"),
        FailureReason.LATE: _("it did not answer in time"),
        FailureReason.NO_SUCH_ADDRESS: _("its address could not be found"),
        FailureReason.UNREACHABLE: _("its address could not be reached"),
        FailureReason.BAD_CERTIFICATE: _("its certificate could not be checked"),
        FailureReason.NO_CONNECTION: _("the connection failed"),
        FailureReason.SPARED: _("after several failures it is asked again in a while"),
        FailureReason.TOO_LATE: _("it was too late to send it"),
        FailureReason.CROWDED: _("too many requests of our own were waiting"),
        FailureReason.BAD_STATUS: errors,
        FailureReason.ODD_ERROR: errors,
        FailureReason.UNCLEAR_THROTTLING: _("it asked us to wait"),
        FailureReason.OTHER_ORDER: strange,
        FailureReason.OTHER_SERVICE: strange,
        FailureReason.TOO_LONG: long,
        FailureReason.SLOW_PAGES: long,
        FailureReason.NEITHER: unclear,
        FailureReason.NO_ORDER_ID: unclear,
        FailureReason.NOT_ONE_NUMBER: unclear,
    }.get(why, _("its answer cannot be read"))
