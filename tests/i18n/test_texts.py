import time
from gettext import c2py
from pathlib import Path

import pytest
from babel import Locale

from bot.i18n.language import LANGUAGES, PLURAL_FORMS
from bot.i18n.texts import Texts, po_file

CLDR_ORDER = ("zero", "one", "two", "few", "many", "other")

RUSSIAN = """
msgid ""
msgstr ""
"Content-Type: text/plain; charset=utf-8\\n"
"Plural-Forms: nplurals=3; plural=0;\\n"

msgid "Wallet"
msgstr "Кошелёк"

msgid "Orders"
msgstr ""

#, fuzzy
msgid "Search"
msgstr "Найди"

msgctxt "verb"
msgid "Order"
msgstr "Заказать"

msgid "{count} order"
msgid_plural "{count} orders"
msgstr[0] "{count} заказ"
msgstr[1] "{count} заказа"
msgstr[2] "{count} заказов"
"""


@pytest.fixture
def texts(tmp_path: Path) -> Texts:
    path = po_file(tmp_path, "ru")
    path.parent.mkdir(parents=True)
    path.write_text(RUSSIAN, encoding="utf-8")
    return Texts.load(tmp_path)


def test_a_translated_text_is_in_the_readers_language(texts: Texts) -> None:
    russian = texts.for_locale("ru")

    assert russian.gettext("Wallet") == "Кошелёк"


@pytest.mark.parametrize("message", ["Orders", "Search", "never heard of"])
def test_what_is_missing_or_unsure_is_english(texts: Texts, message: str) -> None:
    assert texts.for_locale("ru").gettext(message) == message


def test_a_missing_plural_is_english_too(texts: Texts) -> None:
    assert texts.for_locale("ru").ngettext("{count} day", "{count} days", 1) == "{count} day"
    assert texts.for_locale("ru").ngettext("{count} day", "{count} days", 5) == "{count} days"


def test_a_language_without_a_file_reads_english(texts: Texts) -> None:
    assert texts.for_locale("de").gettext("Wallet") == "Wallet"


@pytest.mark.parametrize(
    ("n", "form"), [(1, "заказ"), (21, "заказ"), (3, "заказа"), (12, "заказов")]
)
def test_plurals_follow_our_rule_whatever_the_header_says(texts: Texts, n: int, form: str) -> None:
    translated = texts.for_locale("ru").ngettext("{count} order", "{count} orders", n)

    assert translated == f"{{count}} {form}"


def test_a_code_of_telegram_finds_its_texts(texts: Texts) -> None:
    assert texts.for_locale("ru-RU").gettext("Wallet") == "Кошелёк"
    assert texts.for_locale(None).code == "en"


def test_a_lookup_takes_less_than_five_microseconds(texts: Texts) -> None:
    russian = texts.for_locale("ru")
    rounds = 2_000

    def spent() -> float:
        begin = time.perf_counter()
        for _ in range(rounds):
            russian.gettext("Wallet")
        return time.perf_counter() - begin

    assert min(spent() for _ in range(5)) / rounds < 5e-6


@pytest.mark.parametrize("code", LANGUAGES)
def test_the_plural_rule_is_cldrs_with_the_forms_in_cldrs_order(code: str) -> None:
    rule = Locale.parse(code, sep="-").plural_form
    count, _, expression = PLURAL_FORMS[code].partition(";")
    form_of = c2py(expression.partition("=")[2].rstrip(";"))
    names = [name for name in CLDR_ORDER if any(rule(n) == name for n in range(1000))]

    assert count == f"nplurals={len(names)}"
    assert [names[form_of(n)] for n in range(1000)] == [rule(n) for n in range(1000)]


def test_a_language_is_read_when_somebody_reads_it(texts: Texts, tmp_path: Path) -> None:
    po_file(tmp_path, "ru").write_text(RUSSIAN.replace("Кошелёк", "Бумажник"), encoding="utf-8")
    russian = texts.for_locale("ru")
    assert russian.is_there
    assert not texts.for_locale("de").is_there
    assert russian.gettext("Wallet") == "Бумажник"
