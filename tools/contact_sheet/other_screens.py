"""Screens of rented numbers, of money, and the pages and errors that belong to nothing else."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import Final

from bot.base.errors import Banned, DatabaseUnavailable, NotYours, PerhapsDone, ShopError
from bot.base.ids import OrderId, QuoteId, ServiceId, TransferId
from bot.base.page import Page
from bot.base.quantity import Span
from bot.catalog.errors import NotForSale, NotForSaleReason, SoldOut
from bot.catalog.rules import Offer
from bot.chat.errors import error_screen, neutral_screen
from bot.chat.home.commands import commands_screen
from bot.chat.home.home import Ways, group_screen, lost_screen
from bot.chat.home.taps import Topic
from bot.chat.home.topics import language_screen, topic_screen
from bot.chat.kinds import CHAT_KINDS
from bot.chat.kit.locale import Locale
from bot.chat.money import notices, request
from bot.chat.money.wallet import wallet_screen
from bot.chat.numbers.codes import code_screen
from bot.chat.numbers.confirm import number_confirm_screen, number_gone_screen, number_ways
from bot.chat.numbers.countries import countries_screen, numbers_screen
from bot.chat.numbers.taps import ListOffers, OpenCountries
from bot.chat.orders.confirm import shortfall_screen
from bot.i18n.language import LANGUAGES
from bot.money.decide import DenyReason
from bot.money.ledger import TopupDecision, TransferKind, Wallet
from bot.money.requests import Proof, TopupRequest
from bot.money.topup import Wanted
from bot.money.wallet import HoldEnd, Movement, WalletView
from bot.orders.rules.errors import OverLimit, PriceRose, QuoteExpired, TooManyOpen
from bot.orders.rules.moves import Reason, State
from bot.orders.views import RentalState
from bot.outbox.notices import Credited, Debited, TopupDenied
from bot.people.letters import Letter
from bot.suppliers.words import MOST_NUMBERS, Code, Kind
from tools.contact_sheet import samples
from tools.contact_sheet.goods_screens import Shown
from tools.contact_sheet.samples import NOW, PROFILE, SHARE, usd

_ERRORS: Final[tuple[ShopError, ...]] = (
    SoldOut(0),
    SoldOut(2),
    NotForSale(NotForSaleReason.GONE),
    NotForSale(NotForSaleReason.STALE),
    NotForSale(NotForSaleReason.SERVICE_PAUSED),
    QuoteExpired(),
    PriceRose(QuoteId(1)),
    TooManyOpen(5, 5, numbers=False),
    OverLimit(orders=10),
    NotYours(),
    Banned(),
    DatabaseUnavailable(""),
    PerhapsDone(""),
)


def numbers(_: Locale) -> Iterator[Shown]:
    """Services, countries, the price, and the card of a number in every state."""
    whatsapp = samples.numbers(_)
    others = [replace(whatsapp, name=name) for name in ("Telegram", "Google", "OpenAI / ChatGPT")]
    rows = (whatsapp, *others)
    yield "numbers", numbers_screen(_, Page(rows, 0, 9, 70))
    yield "numbers: found", numbers_screen(_, Page(rows[:1], 0, 1, 1), "whats")
    yield "numbers: not found", numbers_screen(_, Page((), 0, 1, 0), "xyzzy")
    tap = OpenCountries(project=whatsapp.key)
    cheap = sorted(whatsapp.offers, key=lambda one: one.price)
    page = Page(tuple(cheap), 0, 3, 21)
    yield "countries", countries_screen(_, "WhatsApp", page, tap, share=SHARE, more=4)
    more = ListOffers(project=whatsapp.key, more=True)
    dearer = Page(tuple(cheap[2:4]), 0, 1, 2)
    yield "countries: more offers", countries_screen(_, "WhatsApp", dearer, more)
    found = ListOffers(project=whatsapp.key, found=True)
    one = Page(whatsapp.offers[1:2], 0, 1, 1)
    yield "countries: found", countries_screen(_, "WhatsApp", one, found, words="ger", more=2)
    none: Page[Offer] = Page((), 0, 1, 0)
    yield "countries: not found", countries_screen(_, "WhatsApp", none, found, words="xyzzy")
    quote = samples.quote(
        service_name="WhatsApp", kind=Kind.NUMBER, quantity=1, unit_price=usd("0.9"),
        total=usd("0.9"),
    )  # fmt: skip
    place, span = samples.country(_), Span(1, MOST_NUMBERS)
    yield "number: confirm", number_confirm_screen(_, quote, place, span, NOW)
    three = replace(quote, quantity=3, total=usd("2.7"))
    yield "number: confirm three", number_confirm_screen(_, three, place, span, NOW)
    again = replace(quote, reuse=OrderId(12), phone=samples.PHONE)
    yield "number: the same again", number_confirm_screen(_, again, place, span, NOW)
    short = replace(quote, credit=usd("0.1"))
    said = PROFILE.topup_instructions
    lacking = shortfall_screen(_, short, number_ways(short), said)
    yield "number: not enough balance", lacking
    yield "number: gone", number_gone_screen(_, name="WhatsApp")
    yield from _number_cards(_)


def _number_cards(_: Locale) -> Iterator[Shown]:
    kind = CHAT_KINDS[Kind.NUMBER]
    waiting = samples.rented(_, RentalState.WAITING, state=State.QUEUED, rental=None)
    yield "number: being rented", kind.order_screen(_, waiting, NOW, live=True)
    for state in RentalState:
        order = samples.rented(_, state)
        if state in {RentalState.RECEIVED, RentalState.CLOSED}:
            order = replace(order, state=State.COMPLETED, captured=order.total, delivered=1)
        elif state is not RentalState.WAITING:
            order = replace(order, state=State.CANCELED, reason=Reason.NO_CODE)
            order = replace(order, released=order.total)
        if order.state is not State.ACTIVE:
            order = replace(order, finished_at=NOW, goods_kept=order.delivered > 0)
            yield f"message: {state}", kind.ended_screen(_, order)
        yield f"number: {state}", kind.order_screen(_, order, NOW, live=not order.finished_at)
    order = samples.rented(_, RentalState.RECEIVED, delivered=1)
    came = Code("123456", "Your WhatsApp code is 123-456. Do not share it.")
    yield "message: code", code_screen(_, order, came)


def money(_: Locale) -> Iterator[Shown]:
    """The wallet, a request for a top-up, and what is written about money."""
    rows = (
        Movement(TransferId(4), NOW, TransferKind.HOLD, -usd("9.99"), OrderId(13), "",
                 HoldEnd.HELD),
        Movement(TransferId(3), NOW, TransferKind.HOLD, -usd("6.66"), OrderId(12), "",
                 HoldEnd.PAID_IN_PART, usd("3.33")),
        Movement(TransferId(2), NOW, TransferKind.HOLD, usd("0"), OrderId(11), "",
                 HoldEnd.BACK, usd("9.99")),
        Movement(TransferId(1), NOW, TransferKind.TOPUP, usd("30"), None, ""),
    )  # fmt: skip
    view = WalletView(Wallet(usd("13.35"), usd("9.99")), rows)
    asked = TopupRequest(
        1, samples.ALICE, usd("20"), NOW, TopupDecision.OPEN,
        wanted=Wanted(ServiceId(1), 3),
    )  # fmt: skip
    yield "wallet", wallet_screen(_, view, NOW)
    yield "wallet: asked", wallet_screen(_, WalletView(Wallet(usd("0"), usd("0")), ()), NOW, asked)
    pay, name = PROFILE.topup_instructions, "Gmail account, 2 years old"
    yield "top up", request.topup_screen(_, pay)
    yield "top up: two readings", request.which_topup_screen(_, (usd("1500"), usd("1.5")))
    note = request.asked_note(_, asked.amount)
    first = request.request_screen(_, asked, name, pay, NOW, note=note, asks_proof=True)
    yield "request: asked", first
    yield "request: open", request.request_screen(_, asked, name, pay, NOW)
    proven = replace(asked, proof=Proof("TX 81F3", "file", "photo"))
    yield "request: proven", request.request_screen(_, proven, name, pay, NOW)
    for decision in TopupDecision:
        if decision is not TopupDecision.OPEN:
            ended = replace(proven, decision=decision, reason=DenyReason.NOT_FOUND)
            yield f"request: {decision}", request.request_screen(_, ended, name, pay, NOW)
    yield "request: change", request.change_amount_screen(_, asked)
    yield "request: amount or proof", request.amount_or_proof_screen(_, asked, (usd("1500"),))
    letter = Letter(1, "request:1", NOW, "900", "From which address did you pay?")
    yield "message: question", request.question_screen(_, asked, letter)
    yield "request: answer", request.answer_screen(_, asked)
    given, left = usd("20").micros, usd("33.35").micros
    offer = samples.offer(samples.service())
    added = Credited(given, left, service=1, quantity=3)
    yield "message: added", notices.credited_notice_screen(_, added, offer)
    yield "message: taken", notices.debited_notice_screen(_, Debited(given, left))
    denied = TopupDenied(given, DenyReason.NOT_FOUND)
    yield "message: declined", notices.topup_denied_screen(_, denied)


def pages(_: Locale) -> Iterator[Shown]:
    """Help and its pages, the languages, what was not understood, and errors."""
    for topic in Topic:
        yield f"page: {topic.name.lower()}", topic_screen(_, topic, PROFILE)
    yield "language", language_screen(_, tuple(LANGUAGES))
    yield "not understood", lost_screen(_, Ways(numbers=True))
    yield "unknown command", commands_screen(_, Ways(numbers=True))
    yield "in a group", group_screen(_, "Kiosk", "https://t.me/kiosk_bot")
    for error in _ERRORS:
        yield f"error: {type(error).__name__}", error_screen(_, error)
    yield "error: unexpected", neutral_screen(_)
    yield "error: unexpected, buying", neutral_screen(_, buying=True)
