"""A price rule as an operator types it: `20%`, `+0.50`, `min 0.10`, `step 0.05`, `off`."""

from __future__ import annotations

import re
from dataclasses import replace
from decimal import Decimal
from enum import StrEnum
from typing import Final

from bot.base.digits import western_digits
from bot.base.money import ZERO, Money, amounts_of
from bot.catalog.prices.errors import BadPrice, BadPriceReason
from bot.catalog.prices.rules import NO_RULE, PriceRule
from bot.catalog.selection.selection import cut_quoted

OFF: Final = "off"
"""Written where there is no rule."""


class RulePart(StrEnum):
    """One part of a rule, which may be typed by itself."""

    PERCENT = "percent"
    ADDED = "added"
    LEAST = "min"
    STEP = "step"


LEAST_PERCENT: Final = Decimal(-100)
MOST_PERCENT: Final = Decimal(10_000)
"""More is a slip of the finger, not a price."""
_MOST: Final = Money(10**15)
"""A thousand million of the currency: more is one as well."""
_NUMBER: Final = r"[^\s%]+"
_PART: Final = (
    rf"(?:off|[-+]?\s?{_NUMBER}\s?%|\+\s?{_NUMBER}|(?:min|step)\s+(?:off|\+?\s?{_NUMBER}(?!\S)))"
)
_COMMAND: Final = re.compile(rf"(?P<what>.+?)\s+(?P<rule>{_PART}(?:\s+{_PART})*)", re.IGNORECASE)
_EACH: Final = re.compile(_PART, re.IGNORECASE)
_BARE: Final = re.compile(r"(?P<what>.+?)\s+(?P<rule>[-+]?[0-9][^\s%]*)")
_LONGEST: Final = 300
_SIGNS: Final = str.maketrans({"−": "-", "﹪": "%", "٪": "%"})


def split_command(text: str) -> tuple[str, str]:
    """What a rule is for and the rule, of `Email 20%` or `"Email > Gmail" +0.50 min 0.10`.

    The rule is empty where only a name was typed.
    """
    typed = _plain(text)
    quoted = cut_quoted(typed)
    if quoted is not None:
        return quoted
    found = _COMMAND.fullmatch(typed) or _BARE.fullmatch(typed)
    return (typed, "") if found is None else (found["what"], found["rule"])


def in_full(text: str, part: RulePart) -> str:
    """What was typed for one part, with the sign or word that says so."""
    typed = _plain(text)
    word = typed.casefold().partition(" ")[0]
    if word == OFF:
        return f"{part} {OFF}" if part in {RulePart.LEAST, RulePart.STEP} else OFF
    if "%" in typed or word in {RulePart.LEAST, RulePart.STEP}:
        return typed
    match part:
        case RulePart.PERCENT:
            return f"{typed}%"
        case RulePart.ADDED:
            return f"+{typed.removeprefix('+')}"
    return f"{part} {typed}"


def part_of(text: str) -> RulePart:
    """Which part of a rule was meant first; the percentage where that is not said."""
    typed = _plain(text).casefold()
    if typed.startswith("+") and "%" not in typed:
        return RulePart.ADDED
    word = typed.partition(" ")[0]
    return RulePart(word) if word in {RulePart.LEAST, RulePart.STEP} else RulePart.PERCENT


def read_rule(text: str, before: PriceRule, step: Money, group: str = "") -> PriceRule:
    """The rule with the typed parts in the place of the former ones.

    A percentage takes the place of an amount and the other way round. `step` is the shop's own,
    `group` what the reader's language puts between groups of digits. Raises BadPrice.
    """
    typed = _plain(text)
    parts = _EACH.findall(typed)
    if not parts or _EACH.sub("", typed).strip():
        is_bare = len(amounts_of(typed.lstrip("+-"), group)) > 0
        reason = BadPriceReason.WITHOUT_UNIT if is_bare else BadPriceReason.UNREADABLE
        raise BadPrice(reason)
    names = [_name(part) for part in parts]
    if {"percent", "added"} <= set(names):
        raise BadPrice(BadPriceReason.TWO_MARKUPS)
    if len(names) > len(set(names)) or ("off" in names and len(names) > 1):
        raise BadPrice(BadPriceReason.TWICE)
    rule = before
    for name, part in zip(names, parts, strict=True):
        rule = _changed(rule, name, part, group)
    check_rule(rule, step)
    return rule


def check_rule(rule: PriceRule, step: Money) -> None:
    """Let a rule stand that can be meant. Raises BadPrice."""
    if rule.percent is not None and not LEAST_PERCENT < rule.percent <= MOST_PERCENT:
        raise BadPrice(BadPriceReason.PERCENT)
    amounts = [one for one in (rule.added, rule.least_margin, rule.step) if one is not None]
    if any(not ZERO <= one <= _MOST for one in amounts):
        raise BadPrice(BadPriceReason.AMOUNT)
    if rule.step is not None and (not rule.step or not rule.step.is_in_steps(step)):
        raise BadPrice(BadPriceReason.STEP, step)
    if rule.added is not None and rule.added < (rule.least_margin or ZERO):
        raise BadPrice(BadPriceReason.MARGIN_ABOVE_AMOUNT)


def _plain(text: str) -> str:
    return " ".join(western_digits(text[:_LONGEST]).translate(_SIGNS).split())


def _name(part: str) -> str:
    """Which part of a rule is meant."""
    word = part.casefold().partition(" ")[0]
    if word in {"off", "min", "step"}:
        return word
    return "percent" if part.endswith("%") else "added"


def _changed(rule: PriceRule, name: str, part: str, group: str) -> PriceRule:
    value = part.partition(" ")[2].strip()
    is_off = value.casefold() == "off"
    match name:
        case "off":
            return NO_RULE
        case "min":
            return replace(rule, least_margin=None if is_off else _amount(value, group))
        case "step":
            return replace(rule, step=None if is_off else _amount(value, group))
        case "percent":
            return replace(rule, percent=_percent(part, group), added=None)
    return replace(rule, added=_amount(part, group), percent=None)


def _percent(part: str, group: str) -> Decimal:
    written = part.removesuffix("%").strip()
    amount = _amount(written.removeprefix("-"), group).decimal.normalize()
    return -amount if written.startswith("-") else amount


def _amount(written: str, group: str) -> Money:
    meant = amounts_of(written.removeprefix("+").strip(), group)
    if not meant:
        raise BadPrice(BadPriceReason.UNREADABLE)
    if len(meant) > 1:
        raise BadPrice(BadPriceReason.UNCLEAR)
    return meant[0]
