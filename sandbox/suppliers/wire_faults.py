"""Faults of the wire: answers that are not an answer of the API at all.

Those that look like a failure do nothing by default; those that lose or break a good
answer act by default. `after_acting` and `without_acting` turn either round.
"""

import json
from collections.abc import Mapping
from datetime import timedelta

from sandbox.suppliers.answers import Answer
from sandbox.suppliers.faults import Ending, Fault

_HTML = "<!DOCTYPE html><html><head><title>{0}</title></head><body><h1>{0}</h1></body></html>"


def custom(
    status: int,
    body: str,
    content_type: str = "application/json",
    headers: Mapping[str, str] | None = None,
) -> Fault:
    """Answer exactly this and do nothing."""
    answer = Answer(status=status, body=body, content_type=content_type, headers=headers or {})
    return Fault(name=f"answers {status}", acts=False, spoil=lambda _honest: answer)


def raw(body: bytes) -> Fault:
    """Answer 200 with exactly these bytes, whatever they are."""
    return custom(200, body.decode("utf-8", "surrogateescape"))


def between(before: bytes, after: bytes) -> Fault:
    """The whole answer with bytes before and behind it."""

    def spoil(honest: Answer) -> Answer:
        begin, end = (part.decode("utf-8", "surrogateescape") for part in (before, after))
        return Answer(status=honest.status, body=begin + honest.body + end)

    return Fault(name="an answer between bytes", acts=True, spoil=spoil)


def server_error(status: int = 500) -> Fault:
    """A 5xx with a small JSON error, as a broken server or its proxy gives."""
    return custom(status, json.dumps({"error": "Internal server error"}))


def html_page(status: int = 200, title: str = "Checking your browser") -> Fault:
    """A page for people in the place of an answer."""
    return custom(status, _HTML.format(title), "text/html")


def error_text(said: str, status: int = 200) -> Fault:
    """A refusal in any words with any HTTP status (408, 409, 423 and 425 are doubtful ones)."""
    return custom(status, json.dumps({"error": said}))


def redirect(status: int = 302, to: str = "/api/v2") -> Fault:
    """Send the client elsewhere; who follows is seen among the received requests."""
    return custom(status, "", "text/plain", {"Location": to})


def throttle(retry_after: str | None = "3", *, html: bool = False) -> Fault:
    """A 429, with or without Retry-After, with a JSON or an HTML body."""
    headers = {} if retry_after is None else {"Retry-After": retry_after}
    if html:
        return custom(429, _HTML.format("Too Many Requests"), "text/html", headers)
    return custom(429, json.dumps({"error": "Too many requests"}), headers=headers)


def _breaks(name: str, cut: slice, tail: str) -> Fault:
    def spoil(honest: Answer) -> Answer:
        return Answer(status=honest.status, body=honest.body[cut] + tail)

    return Fault(name=name, acts=True, spoil=spoil)


def broken_json() -> Fault:
    """The whole answer with signs in it that no JSON has."""
    return _breaks("broken JSON", slice(0, None), ",}]")


def truncated_json() -> Fault:
    """An HTTP answer that is complete around half a JSON text."""
    return Fault(
        name="truncated JSON",
        acts=True,
        spoil=lambda honest: Answer(
            status=honest.status, body=honest.body[: len(honest.body) // 2]
        ),
    )


def empty_body() -> Fault:
    """The right status and nothing else."""
    return _breaks("empty body", slice(0, 0), "")


def not_an_object(payload: object) -> Fault:
    """JSON, but a list, a string, a number or null."""
    return Fault(
        name="not an object",
        acts=True,
        spoil=lambda honest: Answer.of(payload, status=honest.status),
    )


def hang(longest: timedelta = timedelta(seconds=30)) -> Fault:
    """Act, then keep the client waiting: until released, or for so long in real time."""
    return Fault(name="hangs", acts=True, hangs=longest)


def lost_reply() -> Fault:
    """Act, then close the connection without a word."""
    return Fault(name="reply lost", acts=True, ending=Ending.CLOSED)


def dropped_before() -> Fault:
    """Close the connection without doing anything."""
    return Fault(name="dropped before acting", acts=False, ending=Ending.CLOSED)


def cut_midway() -> Fault:
    """Act, promise a whole body and break the connection after half of it."""
    return Fault(name="cut midway", acts=True, ending=Ending.CUT)
