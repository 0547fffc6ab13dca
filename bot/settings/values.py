"""How single values are written in .env; each refusal completes the sentence `NAME must be ...`.

A refusal never repeats the value: it may be a secret in the wrong place.
"""

import binascii
import json
import re
from collections.abc import Callable
from datetime import timedelta
from decimal import Decimal
from ipaddress import ip_address
from typing import Annotated, Final
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from cryptography.fernet import Fernet
from pydantic import AfterValidator, BeforeValidator, SecretStr

from bot.base.basis import FLAT, Basis
from bot.base.ids import AlertChat, CustomerId
from bot.settings.addresses import read_database_url

_NUMBER: Final = re.compile(r"[+-]?[0-9]{1,12}(\.[0-9]{1,12})?")
_WHOLE: Final = re.compile(r"[0-9]{1,18}")
_GROUP: Final = re.compile(r"(-[0-9]{1,18})(?:/([0-9]{1,10}))?")
_CLOCK: Final = re.compile(r"([01]?[0-9]|2[0-3]):([0-5][0-9])")
_MICRO: Final = Decimal("0.000001")
_ADDRESS_WORDS: Final = "must be an address of this machine such as 127.0.0.1, 0.0.0.0 or ::"
_BASIS_WORDS: Final = "a whole number above zero (the rate is for that many) or flat"


def _demand(holds: bool, be: str) -> None:  # noqa: FBT001 - reads as a sentence
    if not holds:
        message = f"must be {be}"
        raise ValueError(message)


def whole(low: int, high: int) -> BeforeValidator:
    """A whole number in Western digits from `low` to `high`."""

    def read(raw: object) -> int:
        text = "" if isinstance(raw, bool) else str(raw)
        fits = bool(_WHOLE.fullmatch(text)) and low <= int(text) <= high
        _demand(fits, f"a whole number from {low} to {high}")
        return int(text)

    return BeforeValidator(read)


def _number(be: str, fits: Callable[[Decimal], bool]) -> BeforeValidator:
    def read(raw: object) -> Decimal:
        text = "" if isinstance(raw, float) else str(raw)
        _demand(bool(_NUMBER.fullmatch(text)) and fits(Decimal(text)), be)
        return Decimal(text)

    return BeforeValidator(read)


def _secret(pattern: str, be: str) -> AfterValidator:
    def check(secret: SecretStr) -> SecretStr:
        _demand(bool(re.fullmatch(pattern, secret.get_secret_value())), be)
        return secret

    return AfterValidator(check)


def _http_url(text: str) -> str:
    parts = urlsplit(text)
    real = parts.scheme in {"http", "https"} and bool(parts.hostname)
    _demand(real, "an address that begins with https:// or http://")
    return text.rstrip("/")


def is_plain_http(url: str) -> bool:
    """Whether an address is http:// on another machine than this one."""
    parts = urlsplit(url)
    host = parts.hostname or ""
    if parts.scheme != "http" or host == "localhost":
        return False
    try:
        return not ip_address(host).is_loopback
    except ValueError:
        return True


def _currency(text: str) -> str:
    _demand(bool(re.fullmatch("[A-Za-z]{3}", text)), "three letters, such as USD")
    return text.upper()


def _pieces(raw: object) -> object:
    if isinstance(raw, str):
        return [piece.strip() for piece in raw.split(",") if piece.strip()]
    return raw


def _ids(raw: object) -> object:
    if not isinstance(raw, str):
        return raw
    pieces = [piece.strip() for piece in raw.split(",")]
    numeric = all(map(_WHOLE.fullmatch, pieces))
    _demand(numeric, "numeric Telegram ids, comma separated (@userinfobot tells you yours)")
    return [int(piece) for piece in pieces]


def _is_fernet(key: str) -> bool:
    try:
        Fernet(key)
    except (ValueError, binascii.Error):
        return False
    return True


def _fernet_keys(keys: tuple[SecretStr, ...]) -> tuple[SecretStr, ...]:
    fit = all(_is_fernet(key.get_secret_value()) for key in keys)
    _demand(fit, "a Fernet key, or several comma separated, the newest first")
    return keys


def _basis(raw: object) -> Basis:
    text = "" if isinstance(raw, bool | float) else str(raw).strip().lower()
    if text == FLAT:
        return FLAT
    _demand(bool(_WHOLE.fullmatch(text)) and int(text) > 0, _BASIS_WORDS)
    return int(text)


def _json(text: str) -> object:
    try:
        return json.loads(text)
    except ValueError:
        return None


def _overrides(raw: object) -> dict[str, Basis]:
    table = _json(raw) if isinstance(raw, str) else raw
    be = 'JSON such as {"Followers": 1000, "#42": "flat"}, each ' + _BASIS_WORDS
    _demand(isinstance(table, dict), be)
    rows = table if isinstance(table, dict) else {}
    return {str(name).strip(): _basis(basis) for name, basis in rows.items()}


def _names(raw: object) -> object:
    names = _json(raw) if isinstance(raw, str) else list(raw) if isinstance(raw, tuple) else raw
    fit = isinstance(names, list) and all(isinstance(n, str) and n.strip() for n in names)
    _demand(fit, 'a JSON list of category names and ids such as ["Accounts", "#42"]')
    return names


def _address(raw: str) -> str:
    try:
        return str(ip_address(raw.strip()))
    except ValueError:
        raise ValueError(_ADDRESS_WORDS) from None


def _alert_chat(raw: object) -> AlertChat:
    text = "" if isinstance(raw, bool | float) else str(raw)
    be = "the id of a group, such as -1001234567890, or <id>/<topic id>"
    found = raw if isinstance(raw, AlertChat) else None
    parts = _GROUP.fullmatch(text)
    if parts is not None:
        topic = int(parts[2]) if parts[2] else None
        found = AlertChat(CustomerId(int(parts[1])), topic)
    if found is None:
        message = f"must be {be}"
        raise ValueError(message)
    return found


def _time_of_day(raw: object) -> timedelta:
    found = _CLOCK.fullmatch(str(raw))
    _demand(found is not None, "a time of the day from 00:00 to 23:59, such as 09:00")
    hour, minute = map(int, found.groups() if found else ())
    return timedelta(hours=hour, minutes=minute)


def _zone(raw: object) -> ZoneInfo:
    be = "must be a time zone of the IANA list, such as UTC, Europe/Berlin or Asia/Shanghai"
    try:
        return raw if isinstance(raw, ZoneInfo) else ZoneInfo(str(raw))
    except (ZoneInfoNotFoundError, ValueError, OSError):
        raise ValueError(be) from None


HttpUrl = Annotated[str, AfterValidator(_http_url)]
BotToken = Annotated[
    SecretStr,
    _secret(
        "[0-9]+:[A-Za-z0-9_-]+",
        "a bot token (digits, a colon, letters): copy it again from @BotFather",
    ),
]
WebhookSecret = Annotated[
    SecretStr, _secret("[A-Za-z0-9_-]{1,256}", "1 to 256 of the characters A-Z a-z 0-9 _ -")
]
DatabaseUrl = Annotated[SecretStr, AfterValidator(read_database_url)]
Currency = Annotated[str, AfterValidator(_currency)]
OperatorIds = Annotated[frozenset[int], BeforeValidator(_ids)]
GoodsKeys = Annotated[
    tuple[SecretStr, ...], BeforeValidator(_pieces), AfterValidator(_fernet_keys)
]
RatePer = Annotated[Basis, BeforeValidator(_basis)]
Overrides = Annotated[dict[str, Basis], BeforeValidator(_overrides)]
Names = Annotated[tuple[str, ...], BeforeValidator(_names)]
GroupChat = Annotated[AlertChat, BeforeValidator(_alert_chat)]
TimeOfDay = Annotated[timedelta, BeforeValidator(_time_of_day)]
TimeZone = Annotated[ZoneInfo, BeforeValidator(_zone)]
Port = Annotated[int, whole(1, 65535)]
ListenOn = Annotated[str, AfterValidator(_address)]
Minutes = Annotated[int, whole(1, 1440)]
Count = Annotated[int, whole(1, 1_000_000)]
Percent = Annotated[int, whole(0, 1_000_000)]
Days = Annotated[int, whole(1, 3650)]
Markup = Annotated[Decimal, _number("a number, at least -100", lambda n: n >= -100)]  # noqa: PLR2004 - minus a hundred percent is free of charge
Step = Annotated[
    Decimal,
    _number("above zero and a multiple of 0.000001", lambda n: n > 0 and n % _MICRO == 0),
]
Amount = Annotated[Decimal, _number("an amount, zero or more", lambda n: n >= 0)]
PerSecond = Annotated[Decimal, _number("above zero: requests a second", lambda n: n > 0)]
