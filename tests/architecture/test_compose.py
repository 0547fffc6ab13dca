"""What is shipped to run several replicas speaks of settings that there are."""

import re
from typing import Final

from bot.settings import setting_names
from tests.architecture.tree import ROOT

_NOT_OURS: Final = {"POSTGRES_USER", "POSTGRES_DB", "POSTGRES_PASSWORD", "KIOSK_DOMAIN"}
_SET: Final = re.compile(r"^\s+([A-Z][A-Z_]+):", re.MULTILINE)
_ROW: Final = re.compile(r"^\| `([A-Z_`, ]+)` \|", re.MULTILINE)


def test_compose_sets_nothing_but_settings() -> None:
    said = set(_SET.findall((ROOT / "compose.yaml").read_text(encoding="utf-8")))

    assert said - _NOT_OURS <= set(setting_names())
    assert {"DATABASE_URL", "LISTEN_ON", "HEALTH_PORT"} <= said


def test_the_page_about_replicas_names_settings_that_there_are() -> None:
    rows = _ROW.findall((ROOT / "docs" / "scale.md").read_text(encoding="utf-8"))
    named = {name.strip("` ") for row in rows for name in row.split(",")}

    assert {"DATABASE_URL", "GOODS_KEY"} <= named <= set(setting_names())


def test_the_balancer_looks_where_compose_has_the_pages_of_health() -> None:
    compose = (ROOT / "compose.yaml").read_text(encoding="utf-8")
    caddy = (ROOT / "deploy" / "Caddyfile").read_text(encoding="utf-8")

    assert 'HEALTH_PORT: "9090"' in compose
    assert "{$KIOSK_HEALTH_PORT:9090}" in caddy
    assert 'WEBHOOK_PORT: "8080"' in compose
    assert "kiosk1:8080 kiosk2:8080 kiosk3:8080" in caddy
