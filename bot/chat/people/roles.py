"""Who runs the shop, and in which role."""

from __future__ import annotations

from bot.base.acts import Role
from bot.base.page import PAGE_SIZE
from bot.chat.desk.parts import desk_screen, sure_screen
from bot.chat.desk.words import who
from bot.chat.kit.locale import Locale
from bot.chat.kit.names import clip, shorten
from bot.chat.kit.richtext import Rich, bold, fill, join
from bot.chat.kit.screen import Button, Row, Screen, choice
from bot.chat.people.taps import GiveRole, OpenLog, OpenRole, OpenRoles
from bot.chat.people.words import role_meaning, role_words
from bot.people.customers import Customer
from bot.people.operators import SETTINGS
from bot.people.roles import Operator


def roles_screen(_: Locale, operators: tuple[Operator, ...]) -> Screen:
    """Everybody who runs the shop, and how a role is given."""
    lines = [_line(_, one) for one in operators[: 4 * PAGE_SIZE]]
    usage = fill(
        _("To give somebody a role, write it like this:\n{usage}\nFor example:\n{example}"),
        usage=_.copied("/role <id|@username> owner|cashier|support|viewer|none"),
        example=_.copied("/role @alice support"),
    )
    text = join([bold(_("Who runs the shop")), *lines, "", usage])
    rows = tuple((_person(_, one),) for one in operators[:PAGE_SIZE] if one.customer is not None)
    return desk_screen(_, text, *rows, (Button(_("Log"), OpenLog()),))


def _line(_: Locale, one: Operator) -> Rich:
    name = Rich(_.iso(str(one.id))) if one.customer is None else who(_, one.customer)
    given = _("named in ADMIN_IDS") if one.by == SETTINGS else ""
    return join([bold(role_words(_, one.role)), name, given], " · ")


def _person(_: Locale, one: Operator) -> Button:
    name = "" if one.customer is None else clip(one.customer.first_name, 30)
    return Button(shorten(f"{_.iso(name)} · {role_words(_, one.role)}"), OpenRole(customer=one.id))


def role_screen(_: Locale, customer: Customer, note: Rich | str = "") -> Screen:
    """One person, and the roles that they may have; `note` says first what was just done."""
    has = fill(_("Role: {role}"), role=bold(role_words(_, customer.role)))
    text = join([note, bold("👤 ") + who(_, customer), has, role_meaning(_, customer.role)])
    return desk_screen(_, text, *_choices(_, customer), _back(_))


def _choices(_: Locale, customer: Customer) -> tuple[Row, ...]:
    roles: tuple[Role | None, ...] = (*Role, None)
    taps = [
        choice(
            role_words(_, role),
            GiveRole(customer=customer.id, role=role),
            chosen=role is customer.role,
        )
        for role in roles
    ]
    return (tuple(taps[:2]), tuple(taps[2:4]), tuple(taps[4:]))


def _back(_: Locale) -> Row:
    return (Button(_("◀ Back"), OpenRoles()),)


def role_sure_screen(_: Locale, customer: Customer, role: Role | None) -> Screen:
    """What a role means, before it is given."""
    said = fill(
        _("From {before} to {after}?"),
        before=bold(role_words(_, customer.role)),
        after=bold(role_words(_, role)),
    )
    text = join([bold("👤 ") + who(_, customer), said, role_meaning(_, role)])
    tap = GiveRole(customer=customer.id, role=role, sure=True)
    yes = Button(_("✅ Yes, change the role"), tap)
    return sure_screen(_, text, yes, OpenRole(customer=customer.id), "success")


def role_notice_screen(_: Locale, role: Role | None) -> Screen:
    """Somebody is told of their new role."""
    text = fill(_("Your role in this shop is now: {role}"), role=bold(role_words(_, role)))
    return desk_screen(_, join([text, role_meaning(_, role)]))
