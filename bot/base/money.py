"""Money is a whole number of micro-units of the shop's one currency; float never comes near it."""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import ROUND_CEILING, ROUND_FLOOR, ROUND_HALF_EVEN, Context, Decimal
from typing import Final

from bot.base.digits import western_digits

MICRO: Final = 1_000_000
LARGEST: Final = 2**63 - 1
_EXACT = Context(prec=60)
_PLACES: Final = 6
_WHOLE_DIGITS: Final = 12
_EXPONENT: Final = 18
_DIGITS: Final = 30
_LARGEST_POWER: Final = 13
_GROUPED = re.compile(r"[1-9][0-9]{0,2}[.,][0-9]{3}")
_SPACES: Final = " \u00a0\u2009\u202f"
_LONGEST_TYPED: Final = 64
_NUMBER = re.compile(r"[-+]?([0-9]+\.?[0-9]*|\.[0-9]+)([eE][-+]?[0-9]{1,3})?")


class NotMoney(ValueError):
    """A text or number that is not an exact, representable amount."""


@dataclass(frozen=True, slots=True, order=True)
class Money:
    """An amount of the shop's currency in micro-units (10^-6); below zero for differences.

    It carries no currency: the shop has one, and a supplier's amounts become `Money` only through
    `bot.catalog.pricing`, which refuses another. Raises NotMoney beyond the signed 64-bit range.
    """

    micros: int

    def __post_init__(self) -> None:
        """Refuse what a BIGINT cannot hold, and bools and floats that look like integers."""
        if type(self.micros) is not int:
            msg = f"micro-units are whole numbers, not {type(self.micros).__name__}"
            raise NotMoney(msg)
        if not -LARGEST <= self.micros <= LARGEST:
            msg = "the amount is too large"
            raise NotMoney(msg)

    def __add__(self, other: Money) -> Money:
        return Money(self.micros + other.micros)

    def __sub__(self, other: Money) -> Money:
        return Money(self.micros - other.micros)

    def __neg__(self) -> Money:
        return Money(-self.micros)

    def __bool__(self) -> bool:
        """Whether there is any money at all, as with numbers."""
        return self.micros != 0

    @property
    def decimal(self) -> Decimal:
        """The amount in whole units of the currency, exact."""
        return Decimal(self.micros).scaleb(-6)

    def share(self, part: int, whole: int) -> Money:
        """This amount x part / whole (0 <= part <= whole), rounded up to the micro-unit."""
        if whole <= 0 or not 0 <= part <= whole:
            msg = "a share is a part of a whole"
            raise ValueError(msg)
        return Money(-(-self.micros * part // whole))

    def split(self, part: int, whole: int, step: Money) -> tuple[Money, Money]:
        """`share(part, whole)` rounded up to `step`, at most all, and what is left of this."""
        steps = -(-self.share(part, whole).micros // step.micros)
        taken = Money(min(self.micros, steps * step.micros))
        return taken, self - taken

    def is_in_steps(self, step: Money) -> bool:
        """Whether it is a whole number of steps."""
        return self.micros % step.micros == 0


ZERO: Final = Money(0)
CENT: Final = Money(10_000)


def parse_money(text: str, group: str = "") -> Money:
    """Read a person's typed amount such as `12.5`, `12,50` or `١٢٫٥`; exact to the micro-unit.

    `group` is what the reader's language puts between groups of digits: `1,000.50` is taken where
    that is a comma. Raises NotMoney for anything else, also for the `1,000` and `1.000` of others,
    which may mean a thousand.
    """
    amounts = amounts_of(text, group)
    if len(amounts) != 1:
        msg = f"not an amount: {text[:40]!r}"
        raise NotMoney(msg)
    return amounts[0]


def amounts_of(text: str, group: str = "") -> tuple[Money, ...]:
    """Every amount that a person's typed text may mean: none, one, or two, the larger one first.

    Two are meant by one mark and three digits after it, where the reader's language does not put
    that mark between groups: `1.000` is a thousand or one for a reader of English.
    """
    typed = _without_groups(western_digits(text).strip(), group)
    written = _written(typed)
    if written is None:
        return ()
    if _GROUPED.fullmatch(typed):
        return Money(int(re.sub("[.,]", "", typed)) * MICRO), written
    return (written,)


def _written(typed: str) -> Money | None:
    """The amount whose fraction begins at the mark, None where the text is none."""
    whole, point, fraction = typed.replace("\u066b", ".").replace(",", ".").partition(".")
    plain = (whole + fraction).isascii() and whole.isdigit() and (fraction.isdigit() or not point)
    if not plain or len(whole) > _WHOLE_DIGITS or len(fraction) > _PLACES:
        return None
    return Money(int(whole) * MICRO + int(fraction.ljust(6, "0")))


def _without_groups(typed: str, group: str) -> str:
    """An amount in groups of digits as the reader writes them, without what parts the groups."""
    sign = f"[{_SPACES}]" if group.isspace() else re.escape(group)
    # Indian groups are of two digits, but for the last.
    whole = rf"[1-9][0-9]{{0,2}}(?:{sign}[0-9]{{2,3}})*{sign}[0-9]{{3}}"
    grouped = rf"({whole})((?!{sign})[.,\u066b][0-9]+)?"
    found = re.fullmatch(grouped, typed[:_LONGEST_TYPED]) if group else None
    if found is None:
        return typed
    return re.sub(sign, "", found.group(1)) + (found.group(2) or "")


def read_decimal(raw: object) -> Decimal:
    """Read a supplier's number (string, int or Decimal), exact and finite.

    Raises NotMoney for bool, float, exponents beyond reason, more than 30 digits, and texts that
    only Python takes for a number (`1_000`, digits of other scripts).
    """
    if isinstance(raw, bool) or not isinstance(raw, int | str | Decimal):
        msg = f"not a number: {type(raw).__name__}"
        raise NotMoney(msg)
    if isinstance(raw, str) and not _NUMBER.fullmatch(raw.strip()):
        msg = "not a number"
        raise NotMoney(msg)
    number = Decimal(raw.strip() if isinstance(raw, str) else raw)
    if not number.is_finite() or _is_absurd(number):
        msg = "not a number of a sensible size"
        raise NotMoney(msg)
    return number


def _is_absurd(number: Decimal) -> bool:
    """More digits or a larger exponent than any amount of money has."""
    return abs(number.adjusted()) > _EXPONENT or len(number.as_tuple().digits) > _DIGITS


def money_up(over: int, under: int, step: Money) -> Money:
    """The smallest multiple of `step` not below over/under (whole units of the currency)."""
    steps = -(-over * MICRO // (under * step.micros))
    return Money(steps * step.micros)


def money_from(number: Decimal, rounding: str = ROUND_HALF_EVEN) -> Money:
    """A Decimal of whole units as Money; `rounding` is of the decimal module. Raises NotMoney."""
    if not number.is_finite() or number.adjusted() > _LARGEST_POWER:
        msg = "not a number, or too large a one"
        raise NotMoney(msg)
    scaled = _EXACT.scaleb(number, 6).to_integral_value(rounding)
    return Money(int(scaled))


__all__ = [
    "CENT",
    "MICRO",
    "ROUND_CEILING",
    "ROUND_FLOOR",
    "ZERO",
    "Money",
    "NotMoney",
    "amounts_of",
    "money_from",
    "money_up",
    "parse_money",
    "read_decimal",
]
