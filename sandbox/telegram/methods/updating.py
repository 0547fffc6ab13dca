"""How updates reach the bot: it asks for them, or names an address they are posted to."""

from __future__ import annotations

import re
from typing import Any, Final
from urllib.parse import urlsplit

from sandbox.telegram.params import Params
from sandbox.telegram.refusals import bad_request
from sandbox.telegram.updates import BATCH_MAX, Update, Webhook
from sandbox.telegram.wire import unix
from sandbox.telegram.world import TelegramWorld

KINDS: Final = frozenset(
    (
        "message",
        "edited_message",
        "channel_post",
        "edited_channel_post",
        "business_connection",
        "business_message",
        "edited_business_message",
        "deleted_business_messages",
        "message_reaction",
        "message_reaction_count",
        "inline_query",
        "chosen_inline_result",
        "callback_query",
        "shipping_query",
        "pre_checkout_query",
        "purchased_paid_media",
        "poll",
        "poll_answer",
        "my_chat_member",
        "chat_member",
        "chat_join_request",
        "chat_boost",
        "removed_chat_boost",
    ),
)
_SECRET = re.compile(r"[A-Za-z0-9_-]{1,256}")
_PORTS: Final = (443, 80, 88, 8443)
_LOOPBACK: Final = ("127.0.0.1", "localhost", "::1")
_CONNECTIONS_MAX: Final = 100


async def get_updates(world: TelegramWorld, params: Params) -> list[Update]:
    """Answer what waits, or wait a while for something to come."""
    _remember_kinds(world, params)
    limit = params.find_whole("limit") or BATCH_MAX
    timeout_s = params.find_whole("timeout") or 0
    batch_size = min(max(limit, 1), BATCH_MAX)
    return await world.updates.poll(params.find_whole("offset"), batch_size, timeout_s)


def set_webhook(world: TelegramWorld, params: Params) -> bool:
    """Post updates to an address from now on; an empty address ends it."""
    url, secret = params.text("url"), params.text("secret_token")
    if not url:
        return delete_webhook(world, params)
    _check_address(url)
    if secret and not _SECRET.fullmatch(secret):
        raise bad_request("secret token contains unallowed characters")
    _remember_kinds(world, params)
    connections = params.find_whole("max_connections") or Webhook.max_connections
    webhook = Webhook(url, secret, min(max(connections, 1), _CONNECTIONS_MAX))
    world.updates.set_webhook(webhook, drop_pending=params.flag("drop_pending_updates"))
    return True


def delete_webhook(world: TelegramWorld, params: Params) -> bool:
    """Go back to polling."""
    world.updates.set_webhook(Webhook(), drop_pending=params.flag("drop_pending_updates"))
    return True


def get_webhook_info(world: TelegramWorld, _: Params) -> dict[str, Any]:
    """Tell where updates are posted to, and how that goes."""
    updates, webhook = world.updates, world.updates.webhook
    wire: dict[str, Any] = {
        "url": webhook.url,
        "has_custom_certificate": False,
        "pending_update_count": len(updates.pending),
    }
    if webhook.url:
        wire["max_connections"] = webhook.max_connections
    if webhook.last_error_at is not None:
        wire["last_error_date"] = unix(webhook.last_error_at)
        wire["last_error_message"] = webhook.last_error
    if updates.allowed:
        wire["allowed_updates"] = list(updates.allowed)
    return wire


def _remember_kinds(world: TelegramWorld, params: Params) -> None:
    """Leaving `allowed_updates` out keeps what was asked for before; unknown kinds are ignored."""
    allowed = params.find_array("allowed_updates")
    if allowed is not None:
        world.updates.allowed = tuple(kind for kind in allowed if kind in KINDS)


def _check_address(url: str) -> None:
    """Refuse what Telegram would not post to; loopback is allowed, as with a local server."""
    try:
        parts = urlsplit(url)
        port = parts.port or (443 if parts.scheme == "https" else 80)
    except ValueError as error:
        raise bad_request("bad webhook: invalid URL") from error
    if parts.scheme in ("http", "https") and parts.hostname in _LOOPBACK:
        return
    if parts.scheme != "https":
        raise bad_request("bad webhook: An HTTPS URL must be provided for webhook")
    if port not in _PORTS:
        raise bad_request(
            "bad webhook: Webhook can be set up only on ports 80, 88, 443 or 8443",
        )


METHODS: Final = {
    "getUpdates": get_updates,
    "setWebhook": set_webhook,
    "deleteWebhook": delete_webhook,
    "getWebhookInfo": get_webhook_info,
}
