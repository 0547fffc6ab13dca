"""The screens about bases: suppliers, their categories, one of them, and what another would do."""

from __future__ import annotations

from bot.base.basis import Basis
from bot.base.page import page_of
from bot.chat.basis.taps import (
    OpenBases,
    OpenBasesOf,
    OpenBasis,
    OpenTrials,
    SetBasis,
    SetServiceBasis,
    TypeBasis,
)
from bot.chat.basis.words import bases_words, basis_words
from bot.chat.desk.parts import desk_screen, sure_screen
from bot.chat.kit.locale import Locale
from bot.chat.kit.names import IN_TEXT, clip, shorten
from bot.chat.kit.richtext import Rich, bold, fill, join
from bot.chat.kit.screen import Button, Screen, choice, pager
from bot.chat.places.card import path_words
from bot.chat.places.taps import key_of
from bot.desk.bases import BasisGroup, BasisMove, BasisPreview, SupplierBases

_OFTEN: tuple[Basis, ...] = (1, 1000, "flat")


def bases_screen(_: Locale, suppliers: tuple[SupplierBases, ...]) -> Screen:
    """Every supplier in a paragraph; each can be opened."""
    said = _("How many pieces a supplier's rate is for. What is not known cannot be sold.")
    parts = [_supplier_words(_, one) for one in suppliers]
    rows = [
        (Button(_.iso(clip(one.name, 40)), OpenBasesOf(supplier=key_of(one.name))),)
        for one in suppliers
    ]
    return desk_screen(_, join([bold(_("Bases")), said, *parts], "\n\n"), *rows)


def _supplier_words(_: Locale, one: SupplierBases) -> Rich:
    name = bold(_.iso(clip(one.name, 40)))
    basis = Rich(_("Nobody has said what its rates are for."))
    if one.basis is not None:
        here = _("Rates are {basis}, set here.")
        words = here if one.is_own else _("Rates are {basis}, from the settings.")
        basis = fill(words, basis=basis_words(_, one.basis))
    unknown: str | Rich = ""
    if one.unknown:
        count = _.number(one.unknown)
        said = _.n(
            "⚠️ {count} service has no basis and is not sold.",
            "⚠️ {count} services have no basis and are not sold.",
            one.unknown,
        )
        unknown = fill(said, count=bold(count))
    return join([name, basis, unknown])


def supplier_bases_screen(
    _: Locale, one: SupplierBases, page: int, note: str | Rich = ""
) -> Screen:
    """A supplier's categories, those that nobody has decided about first."""
    shown, key = page_of(one.groups, page), key_of(one.name)
    whole = (Button(_("✏️ For the whole supplier"), OpenBasis(supplier=key)),)
    rows = [
        (Button(_group_label(_, group), OpenBasis(supplier=key, category=group.category)),)
        for group in shown.rows
    ]
    turn = pager(shown.number, shown.pages, OpenBasesOf(supplier=key))
    text = join([note, _supplier_words(_, one)], "\n\n")
    return desk_screen(_, text, whole, *rows, *turn, (Button(_("◀ Back"), OpenBases()),))


def _group_label(_: Locale, group: BasisGroup) -> str:
    sign = "⚠️ " if None in group.bases else ""
    count = _.number(sum(group.bases.values()))
    bases = bases_words(_, group.bases)
    return shorten(f"{sign}{path_words(_, group.path)} · {bases} · {count}")


def basis_screen(
    _: Locale, one: SupplierBases, group: BasisGroup | None, problem: str | Rich = ""
) -> Screen:
    """One category of a supplier, or all of it: how it is read, and what may be chosen."""
    category = 0 if group is None else group.category
    key = key_of(one.name)
    bases = set(group.bases) if group else {one.basis}
    title = join([_.iso(clip(one.name, 40)), path_words(_, group.path) if group else ""], " · ")
    is_own = group.is_own if group else one.is_own
    source = _("This was set here.") if is_own else _("This is from the settings.")
    now = fill(_("The rate is {basis}."), basis=bold(bases_words(_, bases)))
    known = bases != {None}
    text = join([problem, bold(title), join([now, source if known else ""])], "\n\n")
    picks = tuple(
        choice(
            basis_words(_, basis),
            SetBasis(supplier=key, category=category, basis=str(basis)),
            chosen=bases == {basis},
        )
        for basis in _OFTEN
    )
    other = Button(_("✏️ Another number…"), TypeBasis(supplier=key, category=category))
    settings = SetBasis(supplier=key, category=category, basis="")
    back = (Button(_("↩ As the settings say"), settings),) if is_own else ()
    find = Button(_("🧪 Find out with one order"), OpenTrials(supplier=key, category=category))
    ways = (Button(_("◀ Back"), OpenBasesOf(supplier=key)),)
    return desk_screen(_, text, picks, (other, *back), (find,), ways)


def ask_basis_screen(_: Locale, name: str, back: OpenBasis, problem: str = "") -> Screen:
    """The number is typed next."""
    ask = _("How many pieces is one rate for? Send a whole number such as 100, or “flat”.")
    text = join([problem, bold(_.iso(clip(name, IN_TEXT))), ask], "\n\n")
    return desk_screen(_, text, (Button(_("◀ Back"), back),))


def basis_sure_screen(
    _: Locale,
    name: str,
    basis: Basis | None,
    seen: BasisPreview,
    tap: SetBasis | SetServiceBasis,
    back: OpenBasis,
) -> Screen:
    """What another basis would do, before it is done."""
    title = fill(_("{name}: the rate is {basis}"), name=_.iso(clip(name, 60)), basis=_to(_, basis))
    said = _.n("This changes {count} service.", "This changes {count} services.", seen.changed)
    sold = fill(
        _("On sale of these: {before} now, {after} then."),
        before=_.number(seen.sold_before),
        after=_.number(seen.sold_after),
    )
    lines = [_move(_, move) for move in seen.moves]
    open_ones = _("Prices that customers have open now stay as they are.")
    counted = join([fill(said, count=_.number(seen.changed)), sold])
    text = join([bold(title), counted, join(lines), open_ones], "\n\n")
    yes = Button(_("✅ Use this basis"), tap)
    return sure_screen(_, text, yes, back, "success")


def _to(_: Locale, basis: Basis | None) -> str:
    return basis_words(_, basis) if basis is not None else _("as the settings say")


def _move(_: Locale, move: BasisMove) -> Rich:
    none = _("not sold")
    prices = [none if each is None else _.money(each) for each in (move.before, move.after)]
    return fill(
        _("{name} × {quantity}: {before} → {after}"),
        name=_.iso(clip(move.name, 40)),
        quantity=_.number(move.quantity),
        before=prices[0],
        after=bold(prices[1]),
    )
