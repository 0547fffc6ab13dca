import os
from collections.abc import Callable
from decimal import Decimal
from pathlib import Path

import pytest
from cryptography.fernet import Fernet

from bot.settings import KnownSuppliers, Settings, SettingsError, load_settings, setting_names
from bot.suppliers import KNOWN_SUPPLIERS

TOKEN = "123456:olga-tells-nobody"
ENOUGH = f"BOT_TOKEN={TOKEN}\nADMIN_IDS=1, 2\nSUPPLIERS__ACCPLANET__KEY=quiet-key\n"

Load = Callable[..., Settings]


@pytest.fixture
def load(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Load:
    names = {name.upper() for name in os.environ}
    for name in names & set(setting_names()) | {n for n in names if n.startswith("SUPPLIER")}:
        monkeypatch.delenv(name, raising=False)

    def load(*lines: str, base: str = ENOUGH, known: KnownSuppliers = KNOWN_SUPPLIERS) -> Settings:
        file = tmp_path / ".env"
        said = {line.partition("=")[0] for line in lines}
        kept = [line for line in base.splitlines() if line.partition("=")[0] not in said]
        file.write_text("\n".join([*kept, *lines]), encoding="utf-8")
        return load_settings(known, file)

    return load


def test_three_lines_are_enough(load: Load) -> None:
    settings = load()

    assert settings.bot_token.get_secret_value() == TOKEN
    assert settings.admin_ids == {1, 2}
    assert settings.markup_percent == Decimal(20)
    assert settings.telegram_api_url == "https://api.telegram.org"
    assert settings.database_url.get_secret_value() == "sqlite+aiosqlite:///data/kiosk.db"


def test_a_known_supplier_brings_its_address_dialect_and_basis(load: Load) -> None:
    settings = load("SUPPLIERS__HSTOCKPLUS__KEY=other-key")

    accplanet, hstockplus = settings.suppliers["accplanet"], settings.suppliers["hstockplus"]
    assert (accplanet.url, accplanet.rate_per) == ("https://accplanet.com/api/v2", 1)
    assert (hstockplus.dialect, hstockplus.rate_per) == ("hstockplus", None)


def test_what_is_known_of_a_supplier_can_be_said_otherwise(load: Load) -> None:
    settings = load(
        "SUPPLIERS__ACCPLANET__RATE_PER=flat",
        "SUPPLIERS__ACCPLANET__URL=http://127.0.0.1:8001/api/v2/",
        'SUPPLIERS__ACCPLANET__RATE_PER_OVERRIDES={"Email": 1000, "#42": "flat", "#43": "7"}',
        'SUPPLIERS__ACCPLANET__PRODUCTS=["Email", "#42"]',
        "SUPPLIERS__ACCPLANET__LOW_BALANCE=12.50",
    )

    supplier = settings.suppliers["accplanet"]
    assert supplier.rate_per == "flat"
    assert supplier.url == "http://127.0.0.1:8001/api/v2"
    assert supplier.rate_per_overrides == {"Email": 1000, "#42": "flat", "#43": 7}
    assert supplier.products == ("Email", "#42")
    assert supplier.low_balance == Decimal("12.50")


BAZAAR = {"url": "https://bazaar.example/api", "dialect": "bazaar", "rate_per": 100}


def test_a_supplier_of_a_new_dialect_brings_its_own_as_well(load: Load) -> None:
    settings = load("SUPPLIERS__BAZAAR__KEY=k", known={**KNOWN_SUPPLIERS, "bazaar": BAZAAR})

    bazaar = settings.suppliers["bazaar"]
    assert (bazaar.url, bazaar.dialect) == ("https://bazaar.example/api", "bazaar")
    assert (bazaar.rate_per, settings.suppliers["accplanet"].rate_per) == (100, 1)


def test_a_supplier_without_a_dialect_is_told_which_there_are(load: Load) -> None:
    line = "SUPPLIERS__ACCPLANET__URL=https://accplanet.example"

    with pytest.raises(SettingsError, match=r"DIALECT is missing: .* needs one of bazaar, souk"):
        load(line, known={"bazaar": BAZAAR, "souk": {}})


@pytest.mark.parametrize(
    "url",
    [
        "http://supplier.example/api",
        "HTTP://10.0.0.7/api",
        "http://localhost.example",
        "http://[::2]",
    ],
)
def test_a_key_goes_to_other_machines_encrypted_unless_that_is_allowed(
    load: Load, url: str
) -> None:
    line = f"SUPPLIERS__ACCPLANET__URL={url}"

    with pytest.raises(SettingsError, match="SUPPLIERS__ACCPLANET__URL must begin with https://"):
        load(line)
    assert load(line, "ALLOW_PLAIN_HTTP=true").suppliers["accplanet"].url == url


@pytest.mark.parametrize(
    "url",
    ["https://supplier.example", "http://localhost:8001", "http://127.0.0.9", "http://[::1]"],
)
def test_this_machine_may_be_spoken_to_plainly(load: Load, url: str) -> None:
    assert load(f"SUPPLIERS__ACCPLANET__URL={url}").suppliers["accplanet"].url == url


def test_an_empty_value_means_unset(load: Load) -> None:
    settings = load("MARKUP_PERCENT=", "WEBHOOK_URL=", "DATABASE_URL=", 'SHOP_NAME=" "')
    blank = load('SUPPLIERS__ACCPLANET__URL=" "').suppliers["accplanet"]

    assert settings.markup_percent == Decimal(20)
    assert settings.webhook_url is None
    assert settings.shop_name == "Kiosk"
    assert blank.url == "https://accplanet.com/api/v2"


def test_the_environment_wins_over_the_file(load: Load, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CURRENCY", "eur")

    assert load("CURRENCY=USD").currency == "EUR"


def test_the_database_file_lies_in_the_folder_for_it(load: Load) -> None:
    assert load("DATA_DIR=/srv/shop").database_label == "sqlite+aiosqlite:////srv/shop/kiosk.db"


def test_a_hosters_database_address_gets_our_driver(load: Load) -> None:
    url = load("DATABASE_URL=postgres://olga:hush@db/kiosk").database_url.get_secret_value()

    assert url == "postgresql+asyncpg://olga:hush@db/kiosk"


@pytest.mark.parametrize("word", ["disable", "prefer", "require", "verify-full"])
def test_a_hosted_servers_wish_for_encryption_is_passed_on(load: Load, word: str) -> None:
    url = load(f"DATABASE_URL=postgresql://olga:hush@db/kiosk?sslmode={word}").database_url

    assert url.get_secret_value() == f"postgresql+asyncpg://olga:hush@db/kiosk?ssl={word}"


@pytest.mark.parametrize("address", ["postgresql://db:5433/kiosk?ssl=allow", "postgres:///kiosk"])
def test_addresses_of_servers_that_can_be(load: Load, address: str) -> None:
    url = load(f"DATABASE_URL={address}").database_url.get_secret_value()

    assert url.partition(":")[2] == address.partition(":")[2]


def test_goods_keys_rotate_newest_first(load: Load) -> None:
    new, old = Fernet.generate_key().decode(), Fernet.generate_key().decode()

    keys = load(f"GOODS_KEY={new}, {old}").goods_key

    assert [key.get_secret_value() for key in keys] == [new, old]


def test_every_secret_is_known_to_the_masking_and_shown_by_nothing(load: Load) -> None:
    key = Fernet.generate_key().decode()
    settings = load(
        f"GOODS_KEY={key}",
        "WEBHOOK_URL=https://shop.example",
        "WEBHOOK_SECRET=hook-secret",
        "DATABASE_URL=postgresql+asyncpg://olga:hu%23sh@db/kiosk",
    )

    secrets = {TOKEN, "quiet-key", key, "hook-secret", "hu#sh"}
    assert set(settings.list_secrets()) == secrets
    assert settings.database_label == "postgresql+asyncpg://db/kiosk"
    for secret in secrets | {"hu%23sh"}:
        assert secret not in repr(settings)
        assert secret not in str(settings.model_dump())


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ("BOT_TOKEN=hello", "BOT_TOKEN must be a bot token"),
        ("ADMIN_IDS=@olga", "ADMIN_IDS must be numeric Telegram ids"),
        ("ADMIN_IDS=١٢", "ADMIN_IDS must be numeric Telegram ids"),
        ("TELEGRAM_API_URL=ftp://x", "TELEGRAM_API_URL must be an address"),
        ("MARKUP_PERCENT=-101", "MARKUP_PERCENT must be a number, at least -100"),
        ("MARKUP_PERCENT=nan", "MARKUP_PERCENT must be a number"),
        ("PRICE_STEP=0", "PRICE_STEP must be above zero"),
        ("PRICE_STEP=0.0000005", "PRICE_STEP must be above zero and a multiple of 0.000001"),
        ("CURRENCY=dollars", "CURRENCY must be three letters"),
        ("SELL_SOCIAL=perhaps", "SELL_SOCIAL must be true or false"),
        ("LOG_LEVEL=loud", "LOG_LEVEL must be DEBUG, INFO, WARNING or ERROR"),
        ("QUOTE_MINUTES=0", "QUOTE_MINUTES must be a whole number from 1 to 1440"),
        ("HEALTH_PORT=70000", "HEALTH_PORT must be a whole number from 1 to 65535"),
        ("LISTEN_ON=everybody", "LISTEN_ON must be an address of this machine"),
        ("GOODS_KEY=tooshort", "GOODS_KEY must be a Fernet key"),
        ("DATABASE_URL=mysql://x", "DATABASE_URL must be sqlite+aiosqlite:///"),
        ("DATABASE_URL=sqlite://", "DATABASE_URL must be sqlite+aiosqlite:///<file>, with three"),
        ("DATABASE_URL=sqlite:///", "DATABASE_URL must be sqlite+aiosqlite:///<file>"),
        ("DATABASE_URL=sqlite://sub/x.db", "DATABASE_URL must be sqlite+aiosqlite:///<file>"),
        ("DATABASE_URL=sqlite:///:memory:", "DATABASE_URL must be sqlite+aiosqlite:///<file>"),
        ("DATABASE_URL=postgresql://[::1/d", "DATABASE_URL must be postgresql+asyncpg://<user>"),
        ("DATABASE_URL=postgresql://u:p@h:abc/d", "DATABASE_URL must be postgresql+asyncpg://"),
        ("DATABASE_URL=postgresql://u:p@h:99999/d", "DATABASE_URL must be postgresql+asyncpg://"),
        ("DATABASE_URL=postgresql://u:p/w@h/d", "password are written as %40"),
        ("DATABASE_URL=postgresql://u:p@w@h/d", "password are written as %40"),
        ("DATABASE_URL=postgresql://h/d?foo=bar", "DATABASE_URL must be an address whose"),
        ("DATABASE_URL=postgresql://h/d?sslmode=yes", "DATABASE_URL must be an address whose"),
        ("DATABASE_URL=postgresql://h/d?ssl=allow&sslmode=allow", "must be an address whose"),
        ("DATABASE_URL=postgresql://h/d?port=x", "DATABASE_URL must be an address whose"),
        ("WEBHOOK_URL=https://shop.example", "WEBHOOK_SECRET is missing"),
        ("WEBHOOK_SECRET=with blank", "WEBHOOK_SECRET must be 1 to 256"),
        (f"SHOP_NAME={'x' * 65}", "SHOP_NAME must be at most 64 characters"),
        ("MARKUP_PERCNT=5", "MARKUP_PERCNT is not a setting: did you mean MARKUP_PERCENT?"),
        ("SUPPLIERS__ACCPLANET__KEYS=x", "KEYS is not a setting: did you mean KEY?"),
        ("SUPPLIER__ACCPLANET__KEY=x", "SUPPLIER__ACCPLANET__KEY is not a setting"),
        ("SUPPLIERS_ACCPLANET_KEY=x", "SUPPLIERS_ACCPLANET_KEY is not a setting"),
        ("SUPPLIERS__ACCPLANET=x", "SUPPLIERS__ACCPLANET is not a setting"),
        ("SUPPLIERS__MINE__KEY=x", "SUPPLIERS__MINE__URL is missing"),
        ("SUPPLIERS__HSTOCKPLUS__RATE_PER=1", "SUPPLIERS__HSTOCKPLUS__KEY is missing"),
        ("SUPPLIERS__ACCPLANET__RATE_PER=0", "SUPPLIERS__ACCPLANET__RATE_PER must be a whole"),
        ("SUPPLIERS__ACCPLANET__RATE_PER=1.5", "SUPPLIERS__ACCPLANET__RATE_PER must be a whole"),
        ("SUPPLIERS__ACCPLANET__RATE_CAP=0", "SUPPLIERS__ACCPLANET__RATE_CAP must be above zero"),
        ("SUPPLIERS__ACCPLANET__PRODUCTS=Email", "__PRODUCTS must be a JSON list"),
        ("SUPPLIERS__ACCPLANET__PRODUCTS=[1]", "__PRODUCTS must be a JSON list"),
        ("SUPPLIERS__ACCPLANET__RATE_PER_OVERRIDES=[1]", "_OVERRIDES must be JSON such as"),
        ('SUPPLIERS__ACCPLANET__RATE_PER_OVERRIDES={"a":0.5}', "_OVERRIDES must be a whole"),
    ],
)
def test_a_wrong_setting_is_refused_in_one_line_that_names_it(
    load: Load, line: str, said: str
) -> None:
    with pytest.raises(SettingsError) as refusal:
        load(line)

    assert said in str(refusal.value)
    assert "\n" not in str(refusal.value)


@pytest.mark.parametrize(
    ("missing", "said"),
    [
        ("BOT_TOKEN", "BOT_TOKEN is missing: put the token from @BotFather into .env"),
        ("ADMIN_IDS", "ADMIN_IDS is missing"),
        ("SUPPLIERS", "SUPPLIERS__<NAME>__KEY is missing"),
    ],
)
def test_what_is_missing_is_asked_for(load: Load, missing: str, said: str) -> None:
    base = "\n".join(line for line in ENOUGH.splitlines() if not line.startswith(missing))

    with pytest.raises(SettingsError) as refusal:
        load(base=base)

    assert str(refusal.value).startswith(said)


def test_a_refusal_never_repeats_the_value_and_leaves_no_trace_of_it(load: Load) -> None:
    with pytest.raises(SettingsError) as refusal:
        load("BOT_TOKEN=top-secret but broken", "CURRENCY=top-secret")

    assert "top-secret" not in str(refusal.value)
    assert refusal.value.__context__ is None


def test_a_strange_variable_of_another_program_is_not_ours_to_judge(load: Load) -> None:
    assert load("COMPOSE_PROJECT_NAME=shop").shop_name == "Kiosk"


@pytest.mark.parametrize("held", [b"SHOP_NAME=Caf\xe9\n", "SHOP_NAME=Kiosk".encode("utf-16")])
def test_a_file_in_another_encoding_is_one_line_without_its_text(
    tmp_path: Path, held: bytes
) -> None:
    (tmp_path / ".env").write_bytes(ENOUGH.encode() + held)
    with pytest.raises(SettingsError) as refusal:
        load_settings(KNOWN_SUPPLIERS, tmp_path / ".env")

    assert str(refusal.value) == ".env must be UTF-8 text"
    assert refusal.value.__context__ is None
