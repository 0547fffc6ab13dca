"""What is typed after /topup and /debit, in every way that it can be read."""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from typing import Final

from bot.base.digits import western_digits
from bot.base.money import Money, amounts_of
from bot.chat.money.amounts import GROUP, without_currency

_LONGEST_NOTE: Final = 200
_FIRST: Final = re.compile(r"[1-9][0-9]{0,2}")


@dataclass(frozen=True, slots=True)
class MoneyCommand:
    """`<who> <amount> [note]` as typed."""

    who: str
    amount: Money
    note: str


def list_meanings(
    typed: str | None, group: str = "", signs: Collection[str] = ()
) -> tuple[MoneyCommand, ...]:
    """What a command may mean; nothing where its words are not whole or the amount is 0.

    `1 000` is a thousand, or one and a note that begins so. What could be read in still more
    ways, such as `1 000 000`, means nothing. `signs` are those of the shop's currency.
    """
    who, *said = (typed or "").split() or [""]
    left = without_currency(said, signs) or []
    written, *rest = [*left, ""]
    spaced = [GROUP.match(western_digits(word)) for word in rest[:2]]
    if any(spaced[1:]) and spaced[0]:
        return ()
    amounts = [(amount, rest) for amount in amounts_of(written, group)]
    if spaced and spaced[0]:
        amounts = [*_in_two_words(written, rest), *amounts] if _begins(written) else []
    return tuple(MoneyCommand(who, amount, _note(left)) for amount, left in amounts if amount)


def _begins(written: str) -> bool:
    return _FIRST.fullmatch(western_digits(written)) is not None


def _in_two_words(written: str, rest: Sequence[str]) -> list[tuple[Money, list[str]]]:
    """The amount that two words make together, with the words of the note after it."""
    return [(amount, list(rest[1:])) for amount in amounts_of(written + rest[0])]


def _note(words: Sequence[str]) -> str:
    return " ".join(words).strip()[:_LONGEST_NOTE]
