"""Everything that is done in an operator's name, each with something to do it to."""

from collections.abc import Awaitable, Callable
from decimal import Decimal
from typing import Final

from bot.base.acts import Act, Role
from bot.base.ids import CategoryId, CustomerId, OrderId, RemoteId, ServiceId, TransferId
from bot.catalog import standing, store
from bot.catalog.hiding import decide as hiding
from bot.catalog.places import decide as places
from bot.catalog.places import look
from bot.catalog.places.tree import EVERYBODY
from bot.catalog.prices.decide import PriceProposal, save_rule
from bot.catalog.prices.rules import PriceRule, digest_of
from bot.catalog.selection.selection import SHOP
from bot.catalog.standins import decide as standins
from bot.catalog.switches import switch as switches
from bot.desk.exports import ask as export
from bot.desk.exports.ask import ExportRequest
from bot.desk.exports.days import ALL_DAYS
from bot.desk.exports.tables import ExportKind
from bot.money import approvals, topup
from bot.money import decide as decide_request
from bot.money.topup import Grant
from bot.orders import decide
from bot.orders.claims import answer, remedy
from bot.orders.claims.replace import replace_claimed
from bot.orders.claims.rows import NO_FILE
from bot.orders.rules.moves import Reason
from bot.people import customers, limits, roles, writing
from bot.people.limits import Limit
from bot.people.operators import (
    check_act,
    check_refund,
)
from bot.people.texts import store as texts
from bot.people.texts.own import EVERY, OwnText, TextName
from bot.safety import safe_mode
from bot.safety.safe_mode import Restored
from tests.people.desk_deeds import DESK_DEEDS, DRAFTS
from tests.stored_shop import ACC, ALICE, HSTOCK, OLGA, Books, usd

DOUBT, ATTENTION, ACTIVE, CAME, QUEUED = map(OrderId, range(1, 6))
CLAIM = 1
REQUEST, TOPUP, APPROVAL = 1, TransferId(1), 1
OTTO = CustomerId(901)
MAIL, GAMES = CategoryId(1), CategoryId(2)
MINE, OTHER = ServiceId(1), ServiceId(2)


async def ends_safe_mode(books: Books, act: Act) -> object:
    restored = Restored(books.now, books.now)
    await books.db.write(safe_mode.switch_on, restored)
    return await books.db.write(safe_mode.end, act, restored.mark)


async def puts_back(books: Books, act: Act) -> object:
    await books.sql("DELETE FROM category_places")
    await books.sql(f"INSERT INTO category_places VALUES ({MAIL}, '', {GAMES})")  # noqa: S608 - numbers
    return await books.db.write(places.put_back, act, MAIL, EVERYBODY)


async def saves_rule(books: Books, act: Act) -> object:
    await books.sql("DELETE FROM price_rules")
    proposal = PriceProposal(SHOP, PriceRule(percent=Decimal(50)), digest_of({}))
    return await books.db.write(save_rule, act, proposal)


async def drops_order(books: Books, act: Act) -> object:
    await books.sql("DELETE FROM category_looks")
    await books.sql(f"INSERT INTO category_looks VALUES ({MAIL}, '', 0)")  # noqa: S608 - a number
    return await books.db.write(look.drop_order, act, MAIL, (MAIL, GAMES))


async def drops_rule(books: Books, act: Act) -> object:
    await books.sql("DELETE FROM hidings")
    values = "(7, 'shop', '', 0, 'hide', '99', 1)"
    await books.sql(f"INSERT INTO hidings VALUES {values}")  # noqa: S608 - our own words
    return await books.db.write(hiding.drop_rule, act, 7)


async def calls_off(books: Books, act: Act) -> object:
    await books.sql(
        "INSERT INTO exports (idem_key, asked_by, asked_at, kind, newest) "  # noqa: S608 - a number
        f"VALUES ('x', {act.who}, 0, 'orders', 0)"
    )
    return await books.db.write(export.cancel_export, act, 1)


async def _are_tied(books: Books, *tied: ServiceId) -> None:
    await books.sql("DELETE FROM stand_ins")
    for place, one in enumerate(tied, start=1):
        await books.sql(f"INSERT INTO stand_ins VALUES ({one}, 1, {place})")  # noqa: S608 - numbers


async def ties(books: Books, act: Act) -> object:
    await _are_tied(books)
    return await books.db.write(standins.tie_services, act, (MINE, OTHER))


async def puts_first(books: Books, act: Act) -> object:
    await _are_tied(books, MINE, OTHER)
    return await books.db.write(standins.put_first, act, OTHER)


async def unties(books: Books, act: Act) -> object:
    await _are_tied(books, MINE, OTHER)
    return await books.db.write(standins.untie_service, act, MINE)


Deed = Callable[[Books, Act], Awaitable[object]]
DEEDS: Final[dict[Callable[..., object], Deed]] = {
    **DESK_DEEDS,
    topup.top_up: lambda books, act: books.db.write(topup.top_up, act, ALICE, usd("5")),
    topup.grant_credit: lambda books, act: books.db.write(
        topup.grant_credit, act, Grant(ALICE, usd("5"), act.key, act.actor)
    ),
    topup.debit: lambda books, act: books.db.write(topup.debit, act, ALICE, usd("5")),
    topup.undo: lambda books, act: books.db.write(topup.undo, act, TOPUP),
    decide_request.approve_topup: lambda books, act: books.db.write(
        decide_request.approve_topup, act, REQUEST, 1
    ),
    decide_request.deny_topup: lambda books, act: books.db.write(
        decide_request.deny_topup, act, REQUEST
    ),
    decide_request.ask_customer: lambda books, act: books.db.write(
        decide_request.ask_customer, act, REQUEST, "Which bank?"
    ),
    approvals.ask_second: lambda books, act: books.db.write(
        approvals.ask_second, act, ALICE, usd("5")
    ),
    approvals.agree: lambda books, act: books.db.write(approvals.agree, act, APPROVAL),
    approvals.refuse: lambda books, act: books.db.write(approvals.refuse, act, APPROVAL),
    customers.set_banned: lambda books, act: books.db.write(
        customers.set_banned, act, ALICE, banned=True
    ),
    standing.resume_supplier: lambda books, act: books.db.write(
        standing.resume_supplier, act, ACC
    ),
    store.resume_service: lambda books, act: books.db.write(
        store.resume_service, act, ServiceId(1)
    ),
    hiding.hide: lambda books, act: books.db.write(hiding.hide, act, SHOP),
    hiding.show: lambda books, act: books.db.write(hiding.show, act, SHOP, over=True),
    hiding.allow: lambda books, act: books.db.write(hiding.allow, act, SHOP),
    hiding.drop_rule: drops_rule,
    places.merge_category: lambda books, act: books.db.write(
        places.merge_category, act, MAIL, GAMES
    ),
    places.keep_apart: lambda books, act: books.db.write(
        places.keep_apart, act, MAIL, ACC, "Mail by hand"
    ),
    places.rename_category: lambda books, act: books.db.write(
        places.rename_category, act, MAIL, "Letters"
    ),
    places.put_back: puts_back,
    save_rule: saves_rule,
    look.name_in: lambda books, act: books.db.write(look.name_in, act, MAIL, "ru", "Почта"),
    look.give_icon: lambda books, act: books.db.write(look.give_icon, act, MAIL, "📧"),
    look.order_categories: lambda books, act: books.db.write(
        look.order_categories, act, MAIL, (MAIL, GAMES)
    ),
    look.drop_order: drops_order,
    standins.tie_services: ties,
    standins.put_first: puts_first,
    standins.untie_service: unties,
    decide.attach: lambda books, act: books.db.write(decide.attach, act, DOUBT, RemoteId("r")),
    decide.fail_order: lambda books, act: books.db.write(
        decide.fail_order, act, DOUBT, Reason.NOT_PLACED
    ),
    decide.send_again: lambda books, act: books.db.write(decide.send_again, act, DOUBT),
    decide.end: lambda books, act: books.db.write(decide.end, act, ATTENTION, 1),
    decide.keep_polling: lambda books, act: books.db.write(decide.keep_polling, act, ATTENTION),
    decide.keep_polling_all: lambda books, act: books.db.write(
        decide.keep_polling_all, act, ACC, Reason.TROUBLE_STATUS
    ),
    decide.cancel_all: lambda books, act: books.db.write(
        decide.cancel_all, act, ACC, Reason.TROUBLE_STATUS
    ),
    decide.call_off: lambda books, act: books.db.write(decide.call_off, act, QUEUED),
    decide.take_over: lambda books, act: books.db.write(decide.take_over, act, ACTIVE),
    answer.answer_claim: lambda books, act: books.db.write(
        answer.answer_claim, act, CLAIM, "Try again", NO_FILE
    ),
    answer.solve_claim: lambda books, act: books.db.write(answer.solve_claim, act, CLAIM),
    remedy.refund_claimed: lambda books, act: books.db.write(remedy.refund_claimed, act, CLAIM, 0),
    remedy.refund_order: lambda books, act: books.db.write(
        remedy.refund_order, act, CAME, 0, usd("0.5"), "late"
    ),
    remedy.resend: lambda books, act: books.db.write(remedy.resend, act, CAME, 0),
    replace_claimed: lambda books, act: books.db.write(replace_claimed, act, CLAIM, 0, usd("0.9")),
    safe_mode.end: ends_safe_mode,
    limits.set_limit: lambda books, act: books.db.write(
        limits.set_limit, act, ALICE, Limit.ORDERS, 1
    ),
    limits.set_note: lambda books, act: books.db.write(limits.set_note, act, ALICE, "pays late"),
    writing.write_to: lambda books, act: books.db.write(
        writing.write_to, act, ALICE, "Hello Alice"
    ),
    switches.switch_off: lambda books, act: books.db.write(switches.switch_off, act, ACC),
    switches.change_off_words: lambda books, act: books.db.write(
        switches.change_off_words, act, HSTOCK, {EVERY: OwnText("Back soon")}
    ),
    switches.switch_on: lambda books, act: books.db.write(switches.switch_on, act, HSTOCK),
    texts.save_text: lambda books, act: books.db.write(
        texts.save_text, act, TextName.HELP, EVERY, OwnText("Ask Olga")
    ),
    texts.reset_text: lambda books, act: books.db.write(texts.reset_text, act, TextName.TERMS),
    export.ask_export: lambda books, act: books.db.write(
        export.ask_export, act, ExportRequest(ExportKind.ORDERS, ALL_DAYS)
    ),
    export.cancel_export: calls_off,
    roles.set_role: lambda books, act: books.db.write(roles.set_role, act, ALICE, Role.VIEWER),
}
"""Everything that is done in an operator's name."""
CHECKS: Final = (check_act, check_refund, topup.check_day, *DRAFTS)


async def gives_role(books: Books, who: CustomerId, role: Role) -> None:
    """Olga makes somebody an operator, or another one."""
    await books.sql(f"DELETE FROM operators WHERE id = {who}")  # noqa: S608 - a number
    await books.sql(f"INSERT INTO operators VALUES ({who}, '{role}', '{OLGA}', 1)")  # noqa: S608 - our own words
