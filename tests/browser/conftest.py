"""The whole demo and a headless Chromium for each test, and the people on the page."""

import sys
from collections.abc import AsyncIterator, Callable
from pathlib import Path

import pytest

from sandbox.world import ALICE, OLGA
from tools.browser.chromium import Chromium, chromium
from tools.browser.demo import demo
from tools.browser.phone import Phone
from tools.browser.tab import Tab


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    here = Path(__file__).parent
    for item in items:
        if item.path.is_relative_to(here):
            item.add_marker(pytest.mark.browser)


@pytest.fixture
async def address() -> AsyncIterator[str]:
    """Where the page of a fresh demo is, with the real bot behind it."""
    async with demo() as address:
        yield address


@pytest.fixture
async def browser() -> AsyncIterator[Chromium]:
    """A browser; an error that no script caught fails the test."""
    async with chromium() as browser:
        yield browser
    assert browser.complaints == []


@pytest.fixture
async def page(browser: Chromium, address: str) -> Tab:
    """The page, 1440 px wide."""
    return await Tab.open(browser, address)


@pytest.fixture
def alice(page: Tab) -> Phone:
    return Phone(page, ALICE)


@pytest.fixture
def olga(page: Tab) -> Phone:
    return Phone(page, OLGA)


@pytest.fixture
def tell(capsys: pytest.CaptureFixture[str]) -> Callable[[str], None]:
    """Write a measured figure past pytest's capture: it is told, not judged."""

    def say(text: str) -> None:
        with capsys.disabled():
            sys.stdout.write(f"\n  {text}\n")

    return say
