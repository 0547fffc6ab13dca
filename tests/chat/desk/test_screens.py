"""Telegram takes every desk screen and notice, whatever suppliers and customers are called."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from decimal import Decimal

import pytest
from aiogram.filters.callback_data import CallbackData

from bot.base.acts import Role
from bot.base.ids import OrderId, SupplierName, TransferId
from bot.base.money import ZERO, Money
from bot.base.page import page_of
from bot.catalog.errors import NotForSaleReason
from bot.catalog.refresh import Unread, UnreadReason
from bot.catalog.standing import SupplierState
from bot.chat.desk import decisions
from bot.chat.desk.history import history_screen
from bot.chat.desk.home import desk_home_screen, money_usage_screen
from bot.chat.desk.order import order_details_screen
from bot.chat.desk.orders import desk_orders_screen
from bot.chat.desk.shared import (
    shared_decided_words,
    shared_moved_words,
    shared_rows,
    shared_sure_screen,
    shared_words,
)
from bot.chat.desk.suppliers import suppliers_screen
from bot.chat.desk.taps import Decision, ending_of, find_remote_id
from bot.chat.desk.words import (
    hidden_words,
    movement_words,
    reason_words,
    state_words,
    unread_words,
)
from bot.chat.home.desk_help import desk_help_screen
from bot.chat.kit.locale import Locale
from bot.chat.kit.present import message_of
from bot.chat.kit.richtext import units
from bot.chat.kit.screen import Screen
from bot.chat.money import desk_credit
from bot.chat.money import notices as money_notices
from bot.chat.money.taps import MoneyForm
from bot.chat.orders import goods, notices
from bot.chat.outbox import alerts
from bot.chat.outbox.price_jumps import prices_jumped_screen
from bot.chat.people.customer import ban_sure_screen, customer_card_screen
from bot.desk.dashboard import Dashboard, PeriodFigures, SupplierNeeds, Waiting
from bot.desk.details import DeskFilter, SharedCause
from bot.desk.suppliers import SupplierReport
from bot.i18n.language import LANGUAGES
from bot.money.ledger import TransferKind
from bot.money.topup import Change
from bot.orders.rules.moves import Reason, State
from bot.outbox import notices as said
from bot.outbox.notices import Oddity, SupplierCause
from bot.outbox.supplier_notices import JumpedPrice, LowBalance, LowReason, PricesJumped
from bot.suppliers.errors import Refused
from bot.suppliers.port import Balance, SupplierHealth
from tests.chat.desk.of_requests import HUGE, MOST_MONEY, request_screens
from tests.chat.desk.samples import NOW, UGLY, a_card, a_movement, alice, an_order, ugly_dossier
from tests.chat.desk.samples import goods as batch
from tests.human import ALL_LOCALES, ENGLISH
from tests.stored_shop import usd

PAUSING = (SupplierCause.CURRENCY, SupplierCause.KEY, SupplierCause.WALLET)


@pytest.fixture(params=list(LANGUAGES))
def locale(request: pytest.FixtureRequest) -> Locale:
    return ALL_LOCALES.of(request.param)


@pytest.mark.long
def test_every_desk_screen_fits_in_every_language(locale: Locale) -> None:
    for screen in (*desk_screens(locale), *alert_screens(locale), *notice_screens(locale)):
        assert_telegram_takes(screen)


def assert_telegram_takes(screen: Screen) -> None:
    has_file = screen.document is not None or screen.file is not None
    most = 1024 if has_file else 4096
    assert 0 < screen.text.length <= most
    assert len(screen.text.entities) <= 100
    for entity in screen.text.entities:
        assert 0 <= entity.offset < entity.offset + entity.length <= screen.text.length
    for button in (button for line in screen.rows for button in line):
        assert button.label.strip()
        assert button.copy is None or 0 < units(button.copy) <= 256
        assert button.tap is None or len(button.tap.pack().encode()) <= 64
    keyboard = message_of(screen).get("reply_markup", {}).get("inline_keyboard", [[]])
    assert max(map(len, keyboard)) <= 8


def desk_screens(_: Locale) -> Iterator[Screen]:
    details, ugly = ugly_dossier(), replace(alice, first_name=UGLY, username="u" * 32)
    card = replace(a_card(movements=(replace(a_movement(), reason=UGLY),) * 10), customer=ugly)
    change = Change(TransferId(HUGE), ugly, MOST_MONEY, MOST_MONEY, MOST_MONEY)
    yield desk_home_screen(_, ugly_dashboard(), Role.OWNER)
    yield desk_home_screen(_, replace(ugly_dashboard(), waiting=Waiting()), Role.CASHIER)
    for role in Role:
        yield desk_help_screen(_, role, is_lost=True)
    yield money_usage_screen(_, "topup")
    yield order_details_screen(_, details, NOW, _("⚠️ An order needs a person."))
    yield history_screen(_, details)
    yield customer_card_screen(_, card, NOW)
    yield ban_sure_screen(_, card, banned=True)
    yield desk_credit.change_screen(_, change, _("✅ {amount} of credit given."))
    yield desk_credit.undo_sure_screen(_, card, TransferId(HUGE))
    asked = MoneyForm(
        f"cmd:1:2:{HUGE}", gives=True, who=UGLY, amounts=(HUGE, HUGE), notes=(UGLY, "")
    )
    yield desk_credit.ask_back_screen(_, asked, ugly, is_sure=False, much=ZERO)
    one = MoneyForm(f"cmd:1:2:{HUGE}", gives=False, who=UGLY, amounts=(HUGE,), notes=("",))
    yield desk_credit.ask_back_screen(_, one, ugly, is_sure=False, much=ZERO)
    yield decisions.which_delivered_screen(_, details.order, (999_999, 999))
    yield from request_screens(_, ugly, change)
    yield desk_orders_screen(_, DeskFilter.ALL, page_of([details.order] * 30, 1))
    yield from shared_screens(_)
    yield suppliers_screen(_, (ugly_report(),) * 5, NOW)
    yield decisions.attach_sure_screen(_, details, "x" * 32)
    for act in Decision:
        yield decisions.decision_sure_screen(_, details, act, Money(10_000), 1)


def ugly_dashboard() -> Dashboard:
    day = PeriodFigures(10**9, MOST_MONEY, MOST_MONEY, MOST_MONEY)
    balance = Balance(usd("999999999").decimal, UGLY)
    name = SupplierName("s" * 200)
    needs = SupplierNeeds(SupplierState(name, PAUSING, balance, NOW, NOW, 1), usd("0.01"))
    other = replace(needs.state, balance=Balance(Decimal(10**9), "USD"))
    many = (needs, replace(needs, state=other)) * 5
    waiting = Waiting(10**6, 10**6, 10**6, 10**6, 10**6)
    return Dashboard(
        now=NOW,
        waiting=waiting,
        today=day,
        week=day,
        suppliers=many,
        is_closed=True,
        group_takes=False,
        down=frozenset({name}),
        paused_services=10**6,
    )


def shared_screens(_: Locale) -> Iterator[Screen]:
    name = SupplierName("s" * 200)
    causes = tuple(SharedCause(name, why, 10**6, OrderId(HUGE), MOST_MONEY) for why in Reason)
    page = page_of([ugly_dossier().order] * 30, 1)
    for known in ({name}, set[SupplierName]()):
        text, rows = shared_words(_, causes[:5]), shared_rows(_, causes[:5], known)
        note = shared_moved_words(_)
        yield desk_orders_screen(_, DeskFilter.ATTENTION, page, note, shared=text, more=rows)
        yield from (shared_sure_screen(_, cause, known) for cause in causes)
    for act in (Decision.KEEP_ASKING, Decision.CANCEL):
        done = shared_decided_words(_, act, 10**6)
        yield desk_orders_screen(_, DeskFilter.ATTENTION, page, done)


def ugly_report() -> SupplierReport:
    return SupplierReport(
        name=SupplierName("s" * 200),
        health=SupplierHealth(NOW, UGLY),
        pauses=PAUSING,
        balance=Balance(usd("999999999").decimal, UGLY),
        balance_at=NOW,
        read_at=NOW,
        on_sale=10**9,
        hidden=tuple((why, 10**6) for why in NotForSaleReason),
        basis_advice=(UGLY,) * 9,
        unread=Unread(NOW, UnreadReason.KEY),
        unread_numbers=Unread(NOW, UnreadReason.SHRANK),
    )


def alert_screens(_: Locale) -> Iterator[Screen]:
    for about in SupplierCause:
        for over in (False, True):
            yield alerts.supplier_alert_screen(_, said.SupplierAlert("s" * 99, about, over, UGLY))
    for why in LowReason:
        most = usd("999999999").decimal
        yield alerts.low_balance_screen(_, LowBalance(UGLY, most, UGLY, most, why))
    dear = JumpedPrice(UGLY, 1, MOST_MONEY.micros, 1000)
    yield prices_jumped_screen(_, PricesJumped("s" * 99, 10**6, (dear,) * 5))
    for oddity in Oddity:
        yield alerts.oddity_screen(_, said.OrderOddity(HUGE, oddity, UGLY))
    yield alerts.charge_alert_screen(_, said.ChargeAlert(HUGE, UGLY, UGLY))
    yield alerts.books_alert_screen(_, said.BooksAlert(UGLY * 40))
    for over in (False, True):
        yield alerts.token_alert_screen(_, said.TokenShared(over=over))


def notice_screens(_: Locale) -> Iterator[Screen]:
    ugly = an_order(service_name=UGLY, total=MOST_MONEY, waiting_until=NOW)
    for state in (State.COMPLETED, State.PARTIAL, State.CANCELED, State.FAILED):
        for reason in (None, *Reason):
            yield notices.ended_screen(_, replace(ugly, state=state, reason=reason))
    yield notices.waits_screen(_, ugly, NOW)
    yield notices.in_doubt_screen(_, ugly)
    yield notices.needs_person_screen(_, ugly)
    yield money_notices.credited_notice_screen(_, said.Credited(HUGE, HUGE, UGLY), None)
    yield money_notices.debited_notice_screen(_, said.Debited(HUGE, HUGE, UGLY))
    yield money_notices.topup_denied_screen(_, said.TopupDenied(HUGE, UGLY * 5))
    for corrects in (said.Credited(HUGE, HUGE, corrects=True), said.Credited(HUGE, HUGE)):
        yield money_notices.credited_notice_screen(_, corrects, None)
    yield money_notices.debited_notice_screen(_, said.Debited(HUGE, HUGE, corrects=True))
    yield goods.goods_screen(_, replace(batch("🔥" * 128, "b" * 256), service_name=UGLY))
    yield goods.goods_screen(_, replace(batch(*["x" * 290] * 10), service_name=UGLY))
    yield goods.goods_screen(_, replace(batch(*["x"] * 500, batch=2), service_name=UGLY))
    yield goods.plain_goods_screen(_, replace(batch("\ud800"), service_name=UGLY))


def test_every_state_reason_movement_and_cause_has_words() -> None:
    _ = ENGLISH
    assert all(state_words(_, one) for one in State)
    assert all(reason_words(_, one) for one in Reason)
    assert all(movement_words(_, one) for one in TransferKind)
    assert all(hidden_words(_, one) for one in NotForSaleReason)
    assert all(unread_words(_, one) for one in UnreadReason)
    assert decisions.supplier_no_words(_, Refused("a\nb")).text.endswith("says: a b")


@pytest.mark.parametrize("kind", CallbackData.__subclasses__(), ids=lambda kind: kind.__prefix__)
def test_no_two_taps_share_a_prefix(kind: type[CallbackData]) -> None:
    same = [
        subclass
        for subclass in CallbackData.__subclasses__()
        if subclass.__prefix__ == kind.__prefix__
    ]
    assert same == [kind]


def test_a_typed_id_has_to_fit_into_a_tap() -> None:
    assert find_remote_id(" #12-a_b.c ") == "12-a_b.c"
    assert find_remote_id("x" * 33) is None
    assert find_remote_id("a:b") is None
    assert find_remote_id("") is None
    assert ending_of("ÄÖ") == "-"
