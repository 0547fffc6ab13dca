"""The operators' group and the shop's time zone, as they stand in .env."""

from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from bot.base.ids import AlertChat, CustomerId
from bot.settings import Settings, SettingsError, load_settings
from bot.suppliers import KNOWN_SUPPLIERS

ENOUGH = "BOT_TOKEN=1:a\nADMIN_IDS=1\nSUPPLIERS__ACCPLANET__KEY=quiet-key\n"
Load = Callable[..., Settings]


@pytest.fixture
def load(tmp_path: Path) -> Load:
    def load(*lines: str) -> Settings:
        file = tmp_path / ".env"
        file.write_text(ENOUGH + "\n".join(lines), encoding="utf-8")
        return load_settings(KNOWN_SUPPLIERS, file)

    return load


def test_the_operators_group_is_an_id_with_perhaps_a_topic(load: Load) -> None:
    assert load().alert_chat is None
    assert load("ALERT_CHAT=-1001234567890").alert_chat == AlertChat(CustomerId(-1001234567890))
    assert load("ALERT_CHAT=-100500/7").alert_chat == AlertChat(CustomerId(-100500), 7)


@pytest.mark.parametrize("wrong", ["12", "@olgas_group", "-100/", "-100/x", "-100/7/8", "-1.5"])
def test_a_group_that_cannot_be_one_is_refused_in_words(load: Load, wrong: str) -> None:
    with pytest.raises(SettingsError, match="ALERT_CHAT must be the id of a group, such as -100"):
        load(f"ALERT_CHAT={wrong}")


def test_days_begin_where_the_time_zone_says(load: Load) -> None:
    assert load().timezone == ZoneInfo("UTC")
    assert load("TIMEZONE=Asia/Tokyo").timezone == ZoneInfo("Asia/Tokyo")


def test_a_digest_comes_at_an_hour_or_never(load: Load) -> None:
    assert load().digest_at is None
    assert load("DIGEST_AT=").digest_at is None
    assert load("DIGEST_AT=09:30").digest_at == timedelta(hours=9, minutes=30)
    assert load("DIGEST_AT=7:00").digest_at == timedelta(hours=7)


@pytest.mark.parametrize("wrong", ["9", "24:00", "09:60", "9am", "-1:00", "09:00:00"])
def test_an_hour_that_no_clock_shows_is_refused_in_words(load: Load, wrong: str) -> None:
    with pytest.raises(SettingsError, match="DIGEST_AT must be a time of the day from 00:00"):
        load(f"DIGEST_AT={wrong}")


@pytest.mark.parametrize("wrong", ["Tokyo", "+3", "../../etc/passwd", "/etc/passwd", "Europe"])
def test_a_time_zone_that_nobody_knows_is_refused_in_words(load: Load, wrong: str) -> None:
    with pytest.raises(SettingsError, match="TIMEZONE must be a time zone of the IANA list"):
        load(f"TIMEZONE={wrong}")
