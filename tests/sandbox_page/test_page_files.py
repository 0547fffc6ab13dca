"""The page is complete in itself: its files are served, and nothing comes from elsewhere."""

import re

from yarl import URL

from sandbox.page.routes import ASSETS
from sandbox.world import ServedWorld
from tests.sandbox_page.conftest import Page

_ADDRESS = re.compile(r"""(https?:)?//[\w-]+\.[\w.-]+|@import|url\((?!['"]?data:)""")


async def test_every_file_of_the_page_is_served(page: Page, served: ServedWorld) -> None:
    for path in ASSETS.iterdir():
        address = "/" if path.name == "index.html" else f"/page/{path.name}"
        async with page.session.get(f"{served.url}{address}") as answer:
            assert answer.status == 200, path.name
            assert await answer.read() == path.read_bytes()
            assert "default-src 'self'" in answer.headers["Content-Security-Policy"]


def test_no_file_of_the_page_names_an_address_outside() -> None:
    named = {
        path.name: found[0]
        for path in ASSETS.iterdir()
        if (found := _ADDRESS.search(path.read_text(encoding="utf-8")))
    }
    assert named == {}


def test_what_a_file_of_the_page_imports_is_there() -> None:
    html = (ASSETS / "index.html").read_text(encoding="utf-8")
    wanted = set(re.findall(r'"/page/([\w.]+)"', html))
    for path in ASSETS.glob("*.js"):
        wanted |= set(re.findall(r'from "\./([\w.]+)"', path.read_text(encoding="utf-8")))
    assert wanted == {path.name for path in ASSETS.iterdir()} - {"index.html"}


async def test_nothing_but_the_page_is_served(page: Page, served: ServedWorld) -> None:
    for path in ("/page/routes.py", "/page/..%2froutes.py", "/page/nothing.js", "/nothing"):
        url = URL(f"{served.url}{path}", encoded=True)
        async with page.session.get(url) as answer:
            assert answer.status == 404, path
