"""A link for a social service: https, a public host, a page of the network that it names."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Final
from urllib.parse import SplitResult, quote, urlsplit, urlunsplit

from bot.base.errors import ShopError
from bot.orders.rules.networks import Network

LONGEST: Final = 500
_FIRST_PRINTABLE: Final = 0x20
_HOST: Final = re.compile(r"[a-z0-9_-]+(\.[a-z0-9_-]+)+\.?")
_HANDLE: Final = re.compile(r"@\w[\w.-]{0,59}", re.ASCII)
_CUT: Final = 62
_NUMBER: Final = re.compile(r"[0-9]+|0x[0-9a-f]*")
_PRIVATE_ENDINGS: Final = (
    *("localhost", "local", "localdomain", "internal", "intranet", "lan", "home", "corp"),
    *("private", "arpa", "test", "example", "invalid", "onion"),
    # Public names that lead to this machine, or to whatever number stands before them.
    *("localtest.me", "lvh.me", "vcap.me", "nip.io", "sslip.io", "xip.io"),
)
_KEPT: Final = "%/:=&?~#+!$,;'@()*[]"


class BadLinkReason(StrEnum):
    """Why a link was refused."""

    NOT_A_LINK = "not_a_link"
    NOT_HTTPS = "not_https"
    TOO_LONG = "too_long"
    NOT_PUBLIC = "not_public"
    WRONG_NETWORK = "wrong_network"
    WRONG_PAGE = "wrong_page"


@dataclass(eq=False)
class BadLink(ShopError):
    """A typed link that cannot be used; `network` is the one whose link was wanted."""

    why: BadLinkReason
    network: Network | None = None


def normal_link(text: str, networks: Sequence[Network] = ()) -> str:
    """The link in its normal form: https, lower-case ASCII host, no user, port kept, no spaces.

    Where `networks` are named, it is a page of one of them; `@name` is the profile of the only
    one. Raises BadLink, also beyond 500 characters, typed or as it is sent.
    """
    shown = _profile(text.strip(), networks)
    if len(shown) > LONGEST:
        raise BadLink(BadLinkReason.TOO_LONG)
    if "://" not in shown and "." in shown.split("/", 1)[0]:
        shown = f"https://{shown}"
    if any(ch.isspace() or ord(ch) < _FIRST_PRINTABLE for ch in shown):
        raise BadLink(BadLinkReason.NOT_A_LINK)
    try:
        normal = _normal(urlsplit(shown))
    except ValueError:
        raise BadLink(BadLinkReason.NOT_A_LINK) from None
    if len(normal) > LONGEST:
        raise BadLink(BadLinkReason.TOO_LONG)
    _check_page(urlsplit(normal), networks)
    return normal


def _profile(typed: str, networks: Sequence[Network]) -> str:
    """The address of the profile that `@name` means; any other text as it is."""
    if len(networks) != 1 or not networks[0].profile or not _HANDLE.fullmatch(typed[:_CUT]):
        return typed
    return networks[0].profile.format(typed.removeprefix("@"))


def _check_page(link: SplitResult, networks: Sequence[Network]) -> None:
    """Let a link pass that leads to a page of a named network, or of any where none is named."""
    if not networks:
        return
    host, first = link.hostname or "", networks[0]
    owners = [network for network in networks if network.has_host(host)]
    if not owners:
        raise BadLink(BadLinkReason.WRONG_NETWORK, first)
    if link.port or not any(owner.has_page(host, link.path, link.query) for owner in owners):
        raise BadLink(BadLinkReason.WRONG_PAGE, owners[0])


def _normal(parts: SplitResult) -> str:
    """The link put together again; a host or port that is none raises ValueError."""
    host = (parts.hostname or "").encode("idna").decode("ascii").lower()
    port = f":{parts.port}" if parts.port else ""
    if not _HOST.fullmatch(host):
        raise BadLink(BadLinkReason.NOT_A_LINK)
    if not _is_public(host):
        raise BadLink(BadLinkReason.NOT_PUBLIC)
    if parts.scheme.lower() != "https":
        raise BadLink(BadLinkReason.NOT_HTTPS)
    if parts.username is not None:
        raise BadLink(BadLinkReason.NOT_A_LINK)
    path, query = quote(parts.path, _KEPT), quote(parts.query, _KEPT)
    return urlunsplit(("https", host + port, path, query, quote(parts.fragment, _KEPT)))


def _is_public(host: str) -> bool:
    """Whether a host has a name that the whole internet knows: no number, nothing at home."""
    bare = host.rstrip(".")
    if _NUMBER.fullmatch(bare.rpartition(".")[2]):
        return False
    return not any(bare == end or bare.endswith(f".{end}") for end in _PRIVATE_ENDINGS)
