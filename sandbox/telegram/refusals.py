"""What the Bot API says when it refuses, in its own words."""

from __future__ import annotations

from typing import Any, Final


class Refusal(Exception):
    """A call that is answered with `ok: false`.

    Attributes:
        code: both the HTTP status and the `error_code` of the reply.
        description: the words of the reply, prefix included.
        retry_after: seconds, for floods only.
    """

    def __init__(self, code: int, description: str, retry_after: int | None = None) -> None:
        super().__init__(description)
        self.code = code
        self.description = description
        self.retry_after = retry_after

    def as_reply(self) -> dict[str, Any]:
        """Answer the JSON body of the reply."""
        reply = {"ok": False, "error_code": self.code, "description": self.description}
        if self.retry_after is not None:
            reply["parameters"] = {"retry_after": self.retry_after}
        return reply


def bad_request(words: str) -> Refusal:
    """Refuse with 400."""
    return Refusal(400, f"Bad Request: {words}")


def forbidden(words: str) -> Refusal:
    """Refuse with 403."""
    return Refusal(403, f"Forbidden: {words}")


def conflict(words: str) -> Refusal:
    """Refuse with 409: somebody else receives the updates."""
    return Refusal(409, f"Conflict: {words}")


def flood(retry_after: int) -> Refusal:
    """Refuse with 429, to be tried again after so many seconds."""
    return Refusal(429, f"Too Many Requests: retry after {retry_after}", retry_after)


def unauthorized() -> Refusal:
    """Refuse a token nobody was given."""
    return Refusal(401, "Unauthorized")


def not_found() -> Refusal:
    """Refuse a method the Bot API does not have."""
    return Refusal(404, "Not Found")


def too_large() -> Refusal:
    """Refuse a body above the size of any file."""
    return Refusal(413, "Request Entity Too Large")


NOT_MODIFIED: Final = (
    "message is not modified: specified new message content and reply markup are exactly the "
    "same as a current content and reply markup of the message"
)
QUERY_TOO_OLD: Final = "query is too old and response timeout expired or query ID is invalid"
TEXT_BUTTON: Final = (
    "can't parse inline keyboard button: Text buttons are unallowed in the inline keyboard"
)
OTHER_POLLER: Final = (
    "terminated by other getUpdates request; make sure that only one bot instance is running"
)
WEBHOOK_ACTIVE: Final = (
    "can't use getUpdates method while webhook is active; use deleteWebhook to delete the "
    "webhook first"
)
