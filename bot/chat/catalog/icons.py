"""A sign before what is named on a button, where a known brand or kind is named in English."""

from __future__ import annotations

import unicodedata
from collections.abc import Mapping
from functools import lru_cache
from itertools import groupby
from typing import Final

_READ: Final = 120
"""Characters of a name that are looked at."""
_LONGEST: Final = 3
"""Words of the longest phrase."""

BRANDS: Final[Mapping[str, str]] = {
    "instagram": "📸", "threads": "🧵", "facebook": "📘", "messenger": "💬",
    "telegram": "✈️", "whatsapp": "💬", "signal": "💬", "viber": "💬", "wechat": "💬",
    "line messenger": "💬", "discord": "🎮", "skype": "☎️", "zoom": "🎥", "slack": "💼",
    "tiktok": "🎵", "youtube": "▶️", "twitch": "🟣", "kick": "🟢", "vimeo": "🎞",
    "twitter": "🐦", "x com": "🐦", "snapchat": "👻", "pinterest": "📌", "reddit": "👽",
    "linkedin": "💼", "quora": "❓", "tumblr": "📝", "medium": "📝", "vk": "🔵",
    "vkontakte": "🔵", "tinder": "❤️", "badoo": "❤️", "bumble": "🐝",
    "netflix": "🎬", "disney": "🏰", "hulu": "🎬", "hbo": "🎬", "prime video": "🎬",
    "crunchyroll": "🍥", "paramount": "🎬", "spotify": "🎵", "deezer": "🎵", "tidal": "🎵",
    "soundcloud": "🎧", "apple music": "🎵", "audible": "🎧",
    "gmail": "📧", "outlook": "📧", "hotmail": "📧", "yahoo": "📧", "protonmail": "📧",
    "icloud": "☁️", "dropbox": "☁️", "google drive": "☁️", "onedrive": "☁️",
    "google voice": "☎️", "google play": "▶️", "google ads": "📣", "google": "🔎",
    "apple": "🍏", "itunes": "🍏", "microsoft": "🪟", "windows": "🪟", "office": "🗂",
    "android": "🤖", "steam": "🎮", "xbox": "🎮", "playstation": "🎮", "psn": "🎮",
    "nintendo": "🎮", "roblox": "🎮", "fortnite": "🎮", "minecraft": "⛏", "valorant": "🎮",
    "epic games": "🎮", "genshin": "🎮", "pubg": "🎮", "canva": "🎨", "adobe": "🎨",
    "photoshop": "🎨", "figma": "🎨", "github": "🐙", "chatgpt": "🤖", "openai": "🤖",
    "claude": "🤖", "gemini": "🤖", "midjourney": "🤖", "grammarly": "✍️", "duolingo": "🦉",
    "coursera": "🎓", "udemy": "🎓", "nordvpn": "🛡", "expressvpn": "🛡", "surfshark": "🛡",
    "paypal": "💸", "stripe": "💸", "wise": "💸", "payoneer": "💸", "binance": "🪙",
    "coinbase": "🪙", "amazon": "📦", "ebay": "🛒", "aliexpress": "🛒", "etsy": "🛒",
    "shopify": "🛒", "walmart": "🛒", "uber": "🚗", "airbnb": "🏠",
}  # fmt: skip
"""What a brand is known by; of several that are named the first in the name counts."""

KINDS: Final[Mapping[str, str]] = {
    "mail": "📧", "mails": "📧", "email": "📧", "emails": "📧", "e mail": "📧",
    "mailbox": "📧", "mailboxes": "📧", "gift card": "🎁", "gift cards": "🎁",
    "giftcard": "🎁", "giftcards": "🎁", "vouchers": "🎁", "voucher": "🎁",
    "game": "🎮", "games": "🎮", "gaming": "🎮", "vpn": "🛡", "vpns": "🛡",
    "antivirus": "🛡", "proxy": "🌐", "proxies": "🌐", "hosting": "🌐", "domains": "🌐",
    "rdp": "🖥", "vps": "🖥", "software": "💾", "license": "🔑", "licenses": "🔑",
    "license key": "🔑", "keys": "🔑", "streaming": "🎬", "movies": "🎬", "tv": "📺",
    "iptv": "📺", "music": "🎵", "likes": "❤️", "followers": "👥", "members": "👥",
    "subscribers": "👥", "friends": "👥", "views": "👁", "comments": "💬", "reviews": "⭐",
    "shares": "🔁", "retweets": "🔁", "reactions": "👍", "votes": "🗳", "traffic": "📈",
    "seo": "📈", "ads": "📣", "advertising": "📣", "sms": "💬", "education": "🎓",
    "courses": "🎓", "crypto": "🪙", "cloud": "☁️", "storage": "☁️", "ai": "🤖",
    "design": "🎨", "subscriptions": "⭐", "subscription": "⭐", "dating": "❤️",
    "social": "👥", "social media": "👥",
}  # fmt: skip
"""What a kind is known by, where no brand is named; the most telling words stand first."""

_ORDER: Final = {word: nth for nth, word in enumerate(KINDS)}


@lru_cache(maxsize=8192)  # the same names are shown at every tap
def find_icon(english: str) -> str:
    """The sign of the brand that is named, or else of the kind; empty where neither is."""
    phrases = _phrases(english[:_READ])
    brand = next((one for one in phrases if one in BRANDS), None)
    if brand is not None:
        return BRANDS[brand]
    kinds = sorted((one for one in phrases if one in KINDS), key=_ORDER.__getitem__)
    return KINDS[kinds[0]] if kinds else ""


def with_icon(english: str, shown: str) -> str:
    """What is shown, after the sign of what its English name means; never after a second sign."""
    icon = find_icon(english)
    return f"{icon} {shown}" if icon and not _begins_with_sign(shown) else shown


def _phrases(name: str) -> list[str]:
    """Whole words and runs of words, those that begin first and are longest first."""
    runs = groupby(name.casefold(), key=str.isalnum)
    words = ["".join(run) for is_word, run in runs if is_word]
    return [
        " ".join(words[at : at + length])
        for at in range(len(words))
        for length in range(min(_LONGEST, len(words) - at), 0, -1)
    ]


def _begins_with_sign(shown: str) -> bool:
    """Whether a supplier put a sign of its own there; what only turns the line is no sign."""
    first = next((one for one in shown if unicodedata.category(one) not in {"Cf", "Zs"}), "")
    return unicodedata.category(first) in {"So", "Sk"} if first else False
