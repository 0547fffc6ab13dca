"""Screens of a purchase and of the orders that come of it, with what goes wrong on the way."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from typing import Any, Final

from bot.app.kinds import KINDS
from bot.base.ids import OrderId, ServiceId
from bot.base.money import Money
from bot.base.page import Page
from bot.base.quantity import BadQuantity, QuantityRefusal
from bot.chat.catalog.errors import bad_quantity_text
from bot.chat.claims import own, report
from bot.chat.claims.taps import ClaimForm
from bot.chat.kinds import CHAT_KINDS
from bot.chat.kit.locale import Locale
from bot.chat.orders import confirm, notices
from bot.chat.orders.again import gone_again_screen
from bot.chat.orders.goods import goods_screen
from bot.chat.orders.order import orders_screen
from bot.chat.orders.quantity import link_screen, quantity_screen, which_quantity_screen
from bot.chat.orders.taps import TakeQuantity
from bot.orders.claims.read import ClaimView
from bot.orders.claims.rows import File, RemedyRow
from bot.orders.quantity import Choice, Preset
from bot.orders.rules.claims import ClaimReason, ClaimState, Units
from bot.orders.rules.moves import FINISHED, Reason, State
from bot.orders.rules.networks import NETWORKS
from bot.orders.views import Goods, OrderView
from bot.people.letters import Letter
from bot.suppliers.words import Kind
from tools.contact_sheet import samples
from tools.contact_sheet.goods_screens import Shown
from tools.contact_sheet.samples import LINK, NOW, PROFILE, usd

_PRODUCT: Final = CHAT_KINDS[Kind.PRODUCT]
_LIVE: Final[tuple[tuple[str, dict[str, Any]], ...]] = (
    ("waits for the supplier", {"state": State.QUEUED}),
    ("the supplier is away", {"state": State.QUEUED, "waiting_until": NOW + timedelta(hours=1)}),
    ("being placed", {"state": State.SUBMITTING}),
    ("under way", {}),
    ("a part has come", {"delivered": 2, "batches": 1}),
    ("in doubt", {"state": State.IN_DOUBT, "reason": Reason.ANSWER_LOST}),
    ("a person looks", {"state": State.ATTENTION, "reason": Reason.TROUBLE_STATUS}),
)


def buying(_: Locale) -> Iterator[Shown]:
    """How many, where to, the price, and what may be wrong with each."""
    offer = samples.offer(samples.service())
    presets = tuple(
        Preset(count, Money(usd("3.33").micros * count)) for count in (1, 3, 5, 10, 100)
    )
    choice = Choice(offer, KINDS[Kind.PRODUCT], presets, usd("12.4"))
    quote, total = samples.quote(), usd("9.99")
    yield "quantity", quantity_screen(_, choice, 3, total)
    for why in (QuantityRefusal.NOT_A_NUMBER, QuantityRefusal.TOO_MANY):
        refusal = bad_quantity_text(_, BadQuantity(why, 1, 100))
        yield f"quantity: {why}", quantity_screen(_, choice, 3, total, refusal)
    yield "quantity: two readings", which_quantity_screen(_, ServiceId(1), (1500, 2))
    tap = TakeQuantity(service=1, quantity=1000)
    yield "link", link_screen(_, "Instagram followers", tap, NETWORKS[:1])
    yield "link: any", link_screen(_, "Website visitors", tap)
    rule = _PRODUCT.refund_rule(_)
    yield "confirm", confirm.confirm_screen(_, quote, rule, NOW)
    dearer = confirm.dearer(_, total, usd("10.5"))
    changed = replace(quote, unit_price=usd("3.5"), total=usd("10.5"))
    yield "confirm: price changed", confirm.confirm_screen(_, changed, rule, NOW, change=dearer)
    social = {"kind": Kind.SOCIAL, "service_name": "Instagram followers", "link": LINK}
    cost = {"unit_price": usd("1.2"), "unit": 1000, "quantity": 5000, "total": usd("6")}
    followers = samples.quote(**social, **cost)
    rule = CHAT_KINDS[Kind.SOCIAL].refund_rule(_)
    yield "confirm: followers", confirm.confirm_screen(_, followers, rule, NOW)
    ways = _PRODUCT.ways(quote)
    yield "confirm: expired", confirm.expired_screen(_, quote, ways)
    short = replace(quote, credit=usd("2.5"))
    pays = confirm.shortfall_screen(_, short, ways, PROFILE.topup_instructions)
    yield "not enough balance", pays
    near = samples.CATEGORIES[offer.service.category]
    yield "again: gone", gone_again_screen(_, samples.order(), near)


def orders(_: Locale) -> Iterator[Shown]:
    """The card of an order in every state, what is written about it, and the list."""
    for name, changes in _LIVE:
        yield f"order: {name}", _PRODUCT.order_screen(_, samples.order(**changes), NOW, live=True)
    for name, one in ends():
        yield f"order: {name}", _PRODUCT.order_screen(_, one, NOW)
        yield f"message: {name}", _PRODUCT.ended_screen(_, one)
    followers = {"kind": Kind.SOCIAL, "service_name": "Instagram followers", "link": LINK}
    social = samples.order(**followers, quantity=5000, delivered=1200)
    yield "order: followers", CHAT_KINDS[Kind.SOCIAL].order_screen(_, social, NOW, live=True)
    away = samples.order(state=State.QUEUED, waiting_until=NOW + timedelta(hours=1))
    yield "message: waits", notices.waits_screen(_, away, NOW)
    doubt = samples.order(state=State.IN_DOUBT, reason=Reason.ANSWER_LOST)
    yield "message: in doubt", notices.in_doubt_screen(_, doubt)
    person = samples.order(state=State.ATTENTION, reason=Reason.TROUBLE_STATUS)
    yield "message: a person looks", notices.needs_person_screen(_, person)
    yield "message: settled", notices.settled_screen(_, samples.order())
    accounts = tuple(f"user{at}@gmail.com:pa55-{at}" for at in range(1, 4))
    goods = Goods(OrderId(12), 1, "Gmail account, 2 years old", accounts, NOW)
    yield "goods", goods_screen(_, goods)
    yield "goods: a file", goods_screen(_, replace(goods, accounts=accounts * 200))
    rows = (samples.order(), social, *(one for _name, one in ends()))
    yield "orders", orders_screen(_, Page(rows, 0, 2, 12))
    yield "orders: open ones", orders_screen(_, Page(rows[:2], 0, 1, 2), only_open=True)
    yield "orders: none", orders_screen(_, Page((), 0, 1, 0))


def ends() -> Iterator[tuple[str, OrderView]]:
    """An order at each of its ends."""
    paid = {State.COMPLETED: "9.99", State.PARTIAL: "6.66"}
    for state in sorted(FINISHED):
        brought = {State.COMPLETED: 3, State.PARTIAL: 2}.get(state, 0)
        why = Reason.OUT_OF_STOCK if state is State.FAILED else None
        changes = {"delivered": brought, "batches": int(brought > 0), "reason": why}
        yield state.value, samples.ended(state, paid.get(state, "0"), **changes)


def problems(_: Locale) -> Iterator[Shown]:
    """A report on an order, step by step, and what comes of it."""
    order = samples.ended(State.COMPLETED, "9.99", delivered=3, batches=1)
    form = ClaimForm(12, ClaimReason.DOES_NOT_WORK, 3, "2", "send", "The password is wrong.")
    yield "problem: what", report.reasons_screen(_, order)
    yield "problem: which", report.units_screen(_, order, form)
    yield "problem: words", report.words_screen(_, order, form)
    yield "problem: send", report.send_screen(_, order, form)
    letter = Letter(1, "claim:1", NOW, "900", "Which password did you try?", "AgAC", "photo")
    for state in ClaimState:
        claim = _claim(state, letter)
        yield f"problem: {state}", own.own_claim_screen(_, claim, order)
    claim = _claim(ClaimState.OPEN, letter)
    yield "problem: take back?", own.own_claim_screen(_, claim, order, withdraws=True)
    yield "problem: add", own.add_screen(_, claim)
    yield "message: answer", own.answered_screen(_, claim, order, letter)
    yield "message: closed", own.closed_screen(_, _claim(ClaimState.SOLVED, letter), order, letter)
    for remedy in _remedies():
        yield "message: made good", own.remedied_screen(_, order, remedy, settled=True)


def _claim(state: ClaimState, letter: Letter) -> ClaimView:
    remedies = _remedies() if state is ClaimState.MADE_GOOD else ()
    return ClaimView(
        1, OrderId(12), samples.ALICE.id, ClaimReason.DOES_NOT_WORK, Units(((2, 2),)),
        "The password is wrong.", File(), state, NOW, "900", (letter,), remedies,
    )  # fmt: skip


def _remedies() -> tuple[RemedyRow, ...]:
    said = "Sorry for the trouble."
    return (
        RemedyRow(OrderId(12), 1, NOW, "900", 1, "2", usd("3.33"), None, said),
        RemedyRow(OrderId(12), 2, NOW, "900", 1, "3", usd("0"), OrderId(13), ""),
    )
