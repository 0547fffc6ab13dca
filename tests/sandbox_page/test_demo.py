"""The demo starts a bot in the pretend world, tells where to look, and ends cleanly."""

import asyncio
import json
import os
import signal
import socket
import sys
from pathlib import Path

import pytest

from bot.settings.env_file import read_env_file
from bot.settings.shop import Settings
from bot.suppliers import KNOWN_SUPPLIERS
from sandbox.__main__ import greeting
from sandbox.bot_settings import bot_settings, env_lines
from sandbox.command_line import run_until_done
from sandbox.demo import Demo
from sandbox.world import OLGA, ServedWorld, demo_world

CHILD = (sys.executable, str(Path(__file__).with_name("child.py")))


def test_a_bot_that_dies_ends_the_demo_with_its_last_words(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    demo = Demo((*CHILD, "dies"), tmp_path, port=0)
    assert run_until_done(demo.run(), demo.taken) == 1
    said = capsys.readouterr().out
    assert "The bot ended by itself with code 1" in said
    assert "no settings, no shop" in said


async def test_once_the_bot_polls_the_page_is_named_and_ctrl_c_stops_both(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("WEBHOOK_URL", "https://a.real.shop")
    said: list[str] = []
    opened = asyncio.Event()

    def tell(text: str) -> None:
        said.append(text)
        if "The shop is open" in text:
            opened.set()

    demo = Demo((*CHILD, "lives"), tmp_path, port=0, tell=tell)
    async with asyncio.TaskGroup() as group, asyncio.timeout(60):
        running = group.create_task(demo.run())
        await opened.wait()
        os.kill(os.getpid(), signal.SIGINT)
        assert await running == 0
    assert "http://127.0.0.1:" in said[1]
    assert said[-1] == "The bot has stopped."
    environment = json.loads((tmp_path / "environment.json").read_text())
    assert "WEBHOOK_URL" not in environment
    assert environment["ADMIN_IDS"] == str(OLGA)


def test_a_taken_port_is_one_clear_line(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        demo = Demo((*CHILD, "lives"), tmp_path, port)
        assert run_until_done(demo.run(), demo.taken) == 1
    said = capsys.readouterr().err
    assert said.count("\n") == 1
    assert f"Port {port} is taken" in said
    assert f"make demo PORT={port + 10}" in said


async def test_the_printed_lines_are_settings_the_bot_accepts(
    served: ServedWorld, tmp_path: Path
) -> None:
    file = tmp_path / ".env"
    file.write_text(env_lines(bot_settings(served)))
    settings = Settings(KNOWN_SUPPLIERS, read_env_file(file))
    assert settings.telegram_api_url == served.url
    assert settings.admin_ids == {OLGA}
    assert settings.sell_social
    assert set(settings.suppliers) == {"accplanet", "hstockplus"}
    hstockplus = settings.suppliers["hstockplus"]
    assert hstockplus.url == served.supplier_url("hstockplus")
    assert (hstockplus.rate_per, hstockplus.rate_per_overrides["Email Accounts"]) == (1000, 1)
    assert env_lines(bot_settings(served)) in greeting(served)


def test_a_bigger_shelf_can_be_asked_for() -> None:
    more, plain = demo_world(more_services=500), demo_world()
    assert len(more.suppliers[0].services) == len(plain.suppliers[0].services) + 500
