"""Operators read words of their language: no code of ours, and no class name."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from decimal import Decimal
from enum import StrEnum

import pytest

from bot.chat.desk.history import history_screen
from bot.chat.desk.notes import failure_words, note_words
from bot.chat.desk.order import order_details_screen
from bot.chat.desk.parts import stamped_lines
from bot.chat.desk.suppliers import suppliers_screen
from bot.chat.desk.words import pause_words
from bot.chat.kit.locale import Locale
from bot.chat.kit.screen import Screen
from bot.chat.outbox.alerts import oddity_screen, supplier_alert_screen
from bot.chat.outbox.gone import GoneReason
from bot.desk.suppliers import SupplierReport
from bot.i18n.language import LANGUAGES
from bot.orders.order_details import Attempt, Event
from bot.orders.rules.evidence import EvidenceReason, EvidenceResult, EvidenceVerdict
from bot.orders.rules.moves import Outcome, Reason, State
from bot.outbox.notices import Oddity, OrderOddity, SupplierAlert, SupplierCause
from bot.suppliers.api_v2.reasons import FailureReason
from bot.suppliers.port import SupplierHealth
from tests.chat.desk.samples import NOW, a_dossier, an_order
from tests.human import ALL_LOCALES, ENGLISH
from tests.stored_shop import ACC

RUSSIAN = ALL_LOCALES.of("ru")
OLD = (
    "ServerDisconnectedError",
    "ClientConnectorError: Cannot connect to host example.com:443",
    "ReadTimeout",
    "NotSent",
    "HTTP 200: unreadable (KeyError)",
    "no complete answer within 5 s",
)
"""What earlier versions wrote down."""
OURS = (*FailureReason, *OLD, *(f"HTTP 502: {why}" for why in FailureReason))
ENUMS: tuple[type[StrEnum], ...] = (Reason, Outcome, SupplierCause, Oddity, State)
CODES = {one.value for each in ENUMS for one in each if "_" in one.value}
CLASS = re.compile(r"\b(?:[A-Z][a-z]+){2,}\b|Error\b|NotSent|InDoubt")


@pytest.fixture(params=[ENGLISH, RUSSIAN], ids=["en", "ru"])
def locale(request: pytest.FixtureRequest) -> Locale:
    given: Locale = request.param
    return given


def text_of(screen: Screen) -> str:
    file = "" if screen.document is None else screen.document.content.decode()
    return screen.text.text + file


def cards(_: Locale) -> Iterator[Screen]:
    """An order with every note that the bot writes."""
    details = a_dossier(an_order(State.IN_DOUBT))
    notes = (*Reason, "not sent", "asked to wait", "send again", "keep asking", "taken over", *OLD)
    for reason in Reason:
        order = replace(details.order, reason=reason)
        for note in notes:
            event = Event(NOW, State.IN_DOUBT, note, "")
            shown = replace(details, order=order, events=(event,), answers=())
            yield order_details_screen(_, shown, NOW)
            yield history_screen(_, shown)
    for outcome in Outcome:
        for said in (*OURS, *(f"cannot be read: {why}" for why in OURS)):
            attempt = Attempt(1, NOW, "", outcome, said, None)
            shown = replace(details, attempts=(attempt,), answers=((NOW, said),))
            yield order_details_screen(_, shown, NOW)
            yield history_screen(_, shown)


def alerts(_: Locale) -> Iterator[Screen]:
    for about in SupplierCause:
        for over in (False, True):
            for words in ("", *OURS, "120 -> 8", "12.5 USD"):
                yield supplier_alert_screen(_, SupplierAlert("acc", about, over, words))
    for oddity in Oddity:
        for words in ("", "3", "refused", "accepted as 77", *OLD, *GoneReason):
            yield oddity_screen(_, OrderOddity(12, oddity, words))
    for why in OURS:
        yield suppliers_screen(_, (report(why),), NOW)


def report(why: str) -> SupplierReport:
    health = SupplierHealth(NOW, why)
    return SupplierReport(ACC, health, (SupplierCause.KEY,), None, None, None, 1, (), ())


def test_no_card_alert_or_history_shows_a_code_or_a_class(locale: Locale) -> None:
    for screen in (*cards(locale), *alerts(locale)):
        text = text_of(screen)
        assert not [code for code in CODES if code in text], text
        assert not CLASS.search(text), text


def test_every_cause_of_a_pause_has_words(locale: Locale) -> None:
    for about in SupplierCause:
        words = pause_words(locale, (about,))
        assert words
        assert words not in set(SupplierCause)


@pytest.mark.parametrize("code", [code for code in LANGUAGES if code != "en"])
def test_why_no_usable_answer_came_is_said_in_every_language(code: str) -> None:
    _ = ALL_LOCALES.of(code)
    for why in OURS:
        words = failure_words(_, why)
        assert words, why
        assert words != failure_words(ENGLISH, why), why


def test_the_suppliers_own_words_are_quoted() -> None:
    for said in ("start_count: 12", "Not enough funds", "HTTP 500", "r77"):
        quoted = note_words(RUSSIAN, said)
        assert quoted.text == said
        assert [entity.type for entity in quoted.entities] == ["code"]


def test_numbers_of_alerts_are_words_and_not_arrows_of_a_machine() -> None:
    shrank = SupplierAlert("acc", SupplierCause.SHRANK, words="12000 -> 8")
    assert "Services listed: 12,000 → 8" in text_of(supplier_alert_screen(ENGLISH, shrank))
    late = OrderOddity(12, Oddity.LATE_ANSWER, "accepted as 77")
    assert "accepted · 77" in text_of(oddity_screen(ENGLISH, late))
    down = SupplierAlert("acc", SupplierCause.DOWN, words=FailureReason.BROKEN_OFF)
    assert "Why: the connection broke off" in text_of(supplier_alert_screen(ENGLISH, down))


def test_a_card_begins_with_the_verdict_and_folds_its_history() -> None:
    order = an_order(State.IN_DOUBT, reason=Reason.ANSWER_LOST)
    found = EvidenceResult(EvidenceVerdict.LIKELY_PLACED, EvidenceReason.NONE_BEFORE, None)
    details = replace(a_dossier(order), evidence=found)

    text = order_details_screen(ENGLISH, details, NOW).text

    assert text.text.split("\n")[:3] == [
        "Order #12: in doubt",
        "Why: it was sent and no answer came back",
        "🔎 Likely placed",
    ]
    [folded] = [one for one in text.entities if one.type == "expandable_blockquote"]
    assert folded.offset + folded.length == text.length
    head, _, _ = text.text.partition("\n\naccplanet")
    assert len(head.split("\n\n")[-1].split("\n")) == 4
    assert text.text.index("What the supplier said") < text.text.index("History")


def test_what_an_attempt_came_to_is_said_once_and_a_charge_has_a_currency() -> None:
    details = a_dossier(an_order(State.QUEUED))
    attempt = Attempt(1, NOW, "", Outcome.NOT_SENT, "not sent", NOW)
    charged = replace(details, charge=Decimal("2.4"), charge_currency="")
    shown = replace(charged, attempts=(attempt,), answers=((NOW, "not sent"),))

    text = order_details_screen(ENGLISH, shown, NOW).text.text

    assert text.count("never left") == 1
    assert "charged: 2.4 USD" in text


def test_the_same_minute_is_said_once() -> None:
    lines = [(NOW, "a"), (NOW + timedelta(seconds=9), "b"), (NOW + timedelta(minutes=1), "c")]

    first, second, third = stamped_lines(ENGLISH, lines)

    assert first.text.endswith(" · a")
    assert second.text == "· b"
    assert third.text.endswith(" · c")
    assert [entity.type for entity in third.entities] == ["date_time"]


@pytest.mark.parametrize(
    ("said", "words"),
    [
        (
            'order: "77", status: "In progress", charge: "0.90", currency: "USD", remains: 2',
            "status “In progress” · charged: 0.90 USD · left: 2 · order 77 there",
        ),
        ('status: "Completed", charge: null, accounts: (3)', "status “Completed” · goods: 3"),
        ('error: "out of stock, sorry"', "“out of stock, sorry”"),
        ("start_count: 12", "start_count: 12"),
        ("whatever it says, in its own words", "whatever it says, in its own words"),
    ],
)
def test_a_suppliers_answer_is_told_in_words(said: str, words: str) -> None:
    assert note_words(ENGLISH, said).text == words
