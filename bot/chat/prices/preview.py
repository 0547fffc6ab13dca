"""What a price rule would change, before it is saved."""

from __future__ import annotations

from bot.catalog.prices.preview import PriceMove, PricePreview
from bot.catalog.prices.rules import PriceRule
from bot.chat.desk.parts import desk_screen
from bot.chat.kit.locale import Locale
from bot.chat.kit.names import IN_TEXT, fit
from bot.chat.kit.richtext import Rich, bold, fill, join
from bot.chat.kit.screen import Button, Screen, named
from bot.chat.prices.taps import OpenPrice, SavePrice
from bot.chat.prices.words import amount_meaning, rule_words, what_words
from bot.desk.prices import PriceCard


def preview_screen(
    _: Locale,
    card: PriceCard,
    rule: PriceRule,
    seen: PricePreview,
    mark: str,
    note: str | Rich = "",
) -> Screen:
    """The rule before and after, and what that does to prices; `mark` names what is saved."""
    title = bold(what_words(_, card.selection, card.named.path))
    change = fill(
        _("Rule: {before} → {after}"),
        before=rule_words(_, card.named.rule),
        after=bold(rule_words(_, rule)),
    )
    has_amount = rule.added is not None or rule.least_margin is not None
    meaning = amount_meaning(_) if has_amount else ""
    open_cards = _("Confirm cards that are open now keep their price.")
    parts = [note, join([title, change]), meaning, _counted(_, seen), _moves(_, seen)]
    parts += [_lost(_, seen), open_cards]
    save = Button(_("✅ Save"), SavePrice(mark=mark), style="danger" if seen.lost else "success")
    back = Button(_("✖ Cancel"), OpenPrice.of(card.selection))
    return desk_screen(_, join(parts, "\n\n"), (save, back))


def _counted(_: Locale, seen: PricePreview) -> Rich:
    if not seen.changed:
        return Rich(_("No price on the shelf changes by it now."))
    head = fill(
        _.n("{count} service changes:", "{count} services change:", seen.changed),
        count=bold(_.number(seen.changed)),
    )
    dearer = fill(_("dearer: {count}"), count=_.number(seen.dearer)) if seen.dearer else ""
    cheaper = fill(_("cheaper: {count}"), count=_.number(seen.cheaper)) if seen.cheaper else ""
    lost = fill(_("no longer sold: {count}"), count=_.number(seen.lost)) if seen.lost else ""
    back = fill(_("sold again: {count}"), count=_.number(seen.back)) if seen.back else ""
    return join([head, join([dearer, cheaper, lost, back], " · ")])


def _moves(_: Locale, seen: PricePreview) -> Rich:
    if not seen.moves:
        return Rich()
    return join([_("The largest moves:"), *(_move(_, one) for one in seen.moves)])


def _move(_: Locale, move: PriceMove) -> Rich:
    words = _("{name}: {before} → {after}")
    if move.unit > 1:
        words = _("{name}: {before} → {after} per {count}")
    return fill(
        words,
        name=named(_, move.name),
        before=_.money(move.before),
        after=bold(_.money(move.after)),
        count=_.number(move.unit),
    )


def _lost(_: Locale, seen: PricePreview) -> Rich:
    """The warning about what could not be sold."""
    if not seen.lost:
        return Rich()
    said = _.n(
        "⚠️ {count} service would cost less than its supplier takes for it. It will be hidden and "
        "cannot be bought:",
        "⚠️ {count} services would cost less than their suppliers take for them. They will be "
        "hidden and cannot be bought:",
        seen.lost,
    )
    names = [join(["• ", _.iso(fit(one, IN_TEXT))], "") for one in seen.lost_names]
    more = "…" if seen.lost > len(seen.lost_names) else ""
    return join([fill(said, count=bold(_.number(seen.lost))), *names, more])
