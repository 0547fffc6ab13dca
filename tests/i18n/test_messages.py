from collections.abc import Callable
from pathlib import Path

import pytest
from babel.messages.catalog import Catalog

from bot.i18n.texts import Texts, po_file
from tools.messages import extract_template, find_faults, update
from tools.translations import longest, placeholders

CHAT = """
def screens(t):
    t.gettext("Wallet")
    t.gettext("Balance {amount}")
    t.ngettext("{count} order", "{count} orders", 2)
    _.n("{count} piece", "{count} pieces", 2)
    t.pgettext("button", "Order")
    _("Hello {name}")
"""


@pytest.fixture
def template(tmp_path: Path) -> Catalog:
    sources = tmp_path / "chat"
    sources.mkdir()
    (sources / "wallet.py").write_text(CHAT, encoding="utf-8")
    return extract_template(sources)


@pytest.fixture
def translate(tmp_path: Path, template: Catalog) -> Callable[..., list[str]]:
    """Bring one language up to date, put in what is given, and read what is wrong then."""

    def translate(code: str, **strings: str) -> list[str]:
        update(tmp_path, template, code)
        path = po_file(tmp_path, code)
        text = path.read_text(encoding="utf-8")
        for source, target in strings.items():
            text = text.replace(f'"{source}"\nmsgstr ""', f'"{source}"\nmsgstr "{target}"')
        path.write_text(text, encoding="utf-8")
        return list(find_faults(tmp_path, template))

    return translate


Translate = Callable[..., list[str]]


def test_every_marked_text_is_found(template: Catalog) -> None:
    found = {message.id for message in template if message.id}

    plurals = {("{count} order", "{count} orders"), ("{count} piece", "{count} pieces")}
    assert found == {"Wallet", "Balance {amount}", *plurals, "Order", "Hello {name}"}


def test_english_may_stay_empty_because_the_source_is_english(translate: Translate) -> None:
    assert translate("en") == []


def test_a_text_without_translation_is_a_fault(translate: Translate) -> None:
    faults = translate("de", Wallet="Geldbörse")

    assert "de: not translated: 'Balance {amount}'" in faults
    assert not [fault for fault in faults if "Wallet" in fault]


def test_a_lost_placeholder_is_a_fault(translate: Translate) -> None:
    faults = translate("de", **{"Hello {name}": "Hallo {nmae}"})

    assert "de: placeholders differ (name, nmae): 'Hello {name}'" in faults


def test_an_open_brace_is_a_fault(translate: Translate) -> None:
    assert "de: a brace is not closed: 'Hello {name}'" in translate(
        "de", **{"Hello {name}": "Hallo {name"}
    )


def test_a_text_that_would_burst_its_button_is_a_fault(translate: Translate) -> None:
    faults = translate("de", Wallet="Geldbörse", Order="Donaudampfschifffahrtsgesellschaft")

    assert "de: over-long (34 characters): 'Order'" in faults
    assert not [fault for fault in faults if "Wallet" in fault]


def test_what_fits_a_toast_in_english_fits_in_every_language() -> None:
    assert longest("x" * 190) == 200
    assert longest("x" * 201) > 400


def test_arabic_may_leave_the_number_out_where_the_word_says_it(
    tmp_path: Path, template: Catalog, translate: Translate
) -> None:
    translate("ar")
    path = po_file(tmp_path, "ar")
    text = path.read_text(encoding="utf-8")
    for index, form in enumerate(("لا", "طلب", "طلبان", "{count} طلبات", "طلبا", "{count} طلب")):
        text = text.replace(f'msgstr[{index}] ""', f'msgstr[{index}] "{form}"')
    path.write_text(text, encoding="utf-8")

    faults = [fault for fault in find_faults(tmp_path, template) if "order" in fault]

    assert faults == ["ar: placeholders differ (count): '{count} order'"]


def test_an_update_keeps_translations_and_drops_what_is_gone(
    tmp_path: Path, template: Catalog, translate: Translate
) -> None:
    translate("de", Wallet="Geldbörse", Order="Bestellen")
    (tmp_path / "chat" / "wallet.py").write_text('_("Wallet")\n_("New")', encoding="utf-8")

    update(tmp_path, extract_template(tmp_path / "chat"))

    text = po_file(tmp_path, "de").read_text(encoding="utf-8")
    assert "Geldbörse" in text
    assert 'msgid "New"\nmsgstr ""' in text
    assert "Bestellen" not in text


def test_an_update_without_news_changes_no_file(
    tmp_path: Path, template: Catalog, translate: Translate
) -> None:
    translate("pt-BR", Wallet="Carteira")
    update(tmp_path, template)
    before = po_file(tmp_path, "pt-BR").read_bytes()

    update(tmp_path, template)

    assert po_file(tmp_path, "pt-BR").read_bytes() == before
    assert Texts.load(tmp_path).for_locale("pt-BR").gettext("Wallet") == "Carteira"


def test_a_placeholder_is_counted_as_often_as_it_stands() -> None:
    assert placeholders("{a} {b} {a}") == {"a": 2, "b": 1}
