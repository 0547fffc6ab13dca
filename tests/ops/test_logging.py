import io
import json
import logging
from collections.abc import Callable, Iterator

import httpx
import pytest
import structlog

from bot.ops.logging import configure_logging
from bot.ops.secrets import MASK, Secrets

TOKEN = "123456789:AAE-olga_tells_nobody_this_token_xyz"
KEY = "supplier key/with+odd chars"


@pytest.fixture
def log() -> Iterator[Callable[..., io.StringIO]]:
    root = logging.getLogger()
    before, level = list(root.handlers), root.level

    def begin(*, as_json: bool = False, level: str = "INFO") -> io.StringIO:
        stream = io.StringIO()
        configure_logging(Secrets([KEY]), level=level, as_json=as_json, stream=stream)
        return stream

    shape = structlog.get_config()
    yield begin
    structlog.configure(**shape)
    structlog.contextvars.clear_contextvars()
    root.handlers[:] = before
    root.setLevel(level)


Begin = Callable[..., io.StringIO]


def _fail(*said: str) -> None:
    raise ConnectionError(*said)


def test_our_own_events_are_one_line_of_words_and_values(log: Begin) -> None:
    stream = log()

    structlog.get_logger("bot.orders").info("order confirmed", order=7, text="two\nlines")

    line = stream.getvalue()
    assert line.count("\n") == 1
    assert 'level=info logger=bot.orders event="order confirmed" order=7' in line


def test_other_peoples_events_look_the_same(log: Begin) -> None:
    stream = log()

    logging.getLogger("someone").info("running %s", "upgrade")

    assert 'logger=someone event="running upgrade"' in stream.getvalue()


def test_json_lines_hold_what_the_event_held_and_what_was_bound(log: Begin) -> None:
    stream = log(as_json=True)
    structlog.contextvars.bind_contextvars(update=12)

    structlog.get_logger("bot").warning("slow", seconds=3)

    line = json.loads(stream.getvalue())
    assert (line["event"], line["seconds"], line["update"]) == ("slow", 3, 12)
    assert line["level"] == "warning"


@pytest.mark.parametrize("as_json", [False, True])
def test_no_secret_survives_in_texts_values_urls_or_tracebacks(log: Begin, as_json: bool) -> None:
    stream = log(as_json=as_json)
    url = httpx.URL("https://api.telegram.org", path=f"/bot{TOKEN}/getMe", params={"key": KEY})

    structlog.get_logger("bot").error(f"failed with {KEY}", url=str(url), body={"key": KEY})
    try:
        _fail(str(url), KEY)
    except ConnectionError:
        logging.getLogger("aiogram").exception("cannot reach %s", url)

    written = stream.getvalue()
    for secret in (TOKEN, TOKEN.partition(":")[2], KEY, "supplier%20key", "supplier+key"):
        assert secret not in written
    assert written.count(MASK) >= 5
    assert written.count("\n") == 2


async def test_a_request_line_of_httpx_never_shows(log: Begin) -> None:
    stream = log(level="DEBUG")
    transport = httpx.MockTransport(lambda _: httpx.Response(200))

    async with httpx.AsyncClient(transport=transport) as client:
        await client.get(f"http://127.0.0.1/bot{TOKEN}/getMe")

    assert "getMe" not in stream.getvalue()


def test_a_level_keeps_quieter_events_out(log: Begin) -> None:
    stream = log(level="WARNING")

    structlog.get_logger("bot").info("hello")

    assert stream.getvalue() == ""


def test_what_is_too_short_to_be_a_secret_does_not_eat_the_text() -> None:
    assert Secrets(["", "abc"]).mask("abc of logs") == "abc of logs"


def test_the_longer_secret_goes_first_where_one_begins_like_another() -> None:
    assert Secrets(["olga", "olga-and-alice"]).mask("olga-and-alice") == MASK
