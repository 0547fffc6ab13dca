"""The words for a price rule and for what it is for."""

from __future__ import annotations

from decimal import Decimal

from bot.catalog.prices.errors import BadPrice, BadPriceReason, PricesChanged
from bot.catalog.prices.rules import PriceRule
from bot.catalog.prices.typed import MOST_PERCENT
from bot.catalog.pricing import Pricing
from bot.catalog.selection.selection import Scope, Selection
from bot.chat.kit.errors import Wordings, plain
from bot.chat.kit.locale import Locale
from bot.chat.kit.names import clip
from bot.chat.kit.richtext import Rich, fill
from bot.desk.prices import NamedRule


def what_words(_: Locale, selection: Selection, path: tuple[str, ...], most: int = 60) -> str:
    """What a rule is for, by name: `🏪 The whole shop`, `📁 Email › Gmail`."""
    name = " › ".join(_.iso(clip(one, most) or "-") for one in path[-3:])
    match selection.scope:
        case Scope.SUPPLIER:
            return f"🚚 {name}"
        case Scope.CATEGORY:
            return f"📁 {name or _('a category that is gone')}"
        case Scope.SERVICE:
            return f"🏷 #{selection.id} {name}".strip()
    return f"🏪 {_('The whole shop')}"


def percent_words(_: Locale, percent: Decimal) -> str:
    """A percentage with its sign."""
    sign = "" if percent < 0 else "+"
    return _.iso(f"{sign}{_.number(percent)}%")


def rule_words(_: Locale, rule: PriceRule) -> str:
    """A rule in one line: `+20% · margin at least $0.10 · totals in steps of $0.05`."""
    parts = list[str]()
    if rule.percent is not None:
        parts.append(percent_words(_, rule.percent))
    if rule.added is not None:
        parts.append(_.iso(f"+{_.money(rule.added)}"))
    if rule.least_margin is not None:
        least = _("margin at least {amount}")
        parts.append(fill(least, amount=_.money(rule.least_margin)).text)
    if rule.step is not None:
        parts.append(fill(_("totals in steps of {amount}"), amount=_.money(rule.step)).text)
    return " · ".join(parts) or _("no rule of its own")


def settings_words(_: Locale, settings: Pricing) -> str:
    """What holds where no rule says anything."""
    return rule_words(_, PriceRule(percent=settings.markup_percent, step=settings.step))


def named_rule(_: Locale, one: NamedRule) -> Rich:
    """A rule with what it is for."""
    what = what_words(_, one.selection, one.path)
    return fill(_("{name}: {rule}"), name=what, rule=rule_words(_, one.rule))


def amount_meaning(_: Locale) -> str:
    """For how many units an amount of a rule is."""
    return _(
        "Amounts are for as many pieces as the supplier's price is: for one, for 1,000 where the "
        "supplier lists a price of 1,000, or for the whole order where that is its price."
    )


def bad_price_text(_: Locale, error: BadPrice) -> Rich:
    """Why a typed rule cannot stand."""
    if error.reason is BadPriceReason.STEP and error.step is not None:
        said = _(
            "Nothing was changed: the step has to be a multiple of {step}, which the shop counts "
            "in (PRICE_STEP)."
        )
        return fill(said, step=_.money(error.step))
    if error.reason is BadPriceReason.PERCENT:
        said = _("Nothing was changed: the percentage has to be above -100 and at most {most}.")
        return fill(said, most=_.number(int(MOST_PERCENT)))
    return Rich(
        {
            BadPriceReason.UNREADABLE: _("Nothing was changed: that is not a price rule."),
            BadPriceReason.UNCLEAR: _(
                "Nothing was changed: that can be read in two ways. Please write it without a "
                "sign between thousands, and not with three digits after the point: 1000, 1.50."
            ),
            BadPriceReason.WITHOUT_UNIT: _(
                "Nothing was changed: is that a percentage or an amount? Write 20% or +20."
            ),
            BadPriceReason.TWO_MARKUPS: _(
                "Nothing was changed: a rule adds a percentage or an amount, not both."
            ),
            BadPriceReason.TWICE: _(
                "Nothing was changed: the same was said twice, and one of it contradicts the "
                "other."
            ),
            BadPriceReason.AMOUNT: _("Nothing was changed: the amount is too large."),
            BadPriceReason.MARGIN_ABOVE_AMOUNT: _(
                "Nothing was changed: with a margin above the amount that is added, that amount "
                "would never count. Please say one of the two."
            ),
            BadPriceReason.UNKNOWN: _("Nothing was changed: nothing is called that."),
            BadPriceReason.PATTERN: _(
                "Nothing was changed: a price rule is for the shop, a supplier, a category or one "
                "service. Names with * are for /hide and /show."
            ),
        }.get(error.reason, _("Nothing was changed: that is not a price rule."))
    )


WORDING: Wordings = {
    BadPrice: bad_price_text,
    PricesChanged: plain(
        lambda _: _(
            "Nothing was saved: a price rule was changed meanwhile. This is what yours would "
            "change now."
        )
    ),
}
