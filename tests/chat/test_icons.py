"""The sign before a name: whole English words, one sign, the same in every language."""

import pytest

from bot.chat.catalog.icons import BRANDS, KINDS, find_icon, with_icon
from bot.chat.kit.richtext import rich


@pytest.mark.parametrize(
    ("name", "icon"),
    [
        ("Instagram Followers", "📸"), ("Followers for Instagram", "📸"), ("Followers", "👥"),
        ("INSTAGRAM", "📸"), ("Telegram accounts", "✈️"), ("Netflix Premium 4K", "🎬"),
        ("Email Accounts", "📧"), ("E-mail", "📧"), ("Spotify", "🎵"), ("NordVPN 1 year", "🛡"),
        ("VPN", "🛡"), ("Gift cards", "🎁"), ("Amazon gift card", "📦"), ("Games", "🎮"),
        ("Software", "💾"), ("Likes", "❤️"), ("Google Play card", "▶️"), ("Google", "🔎"),
        ("Maillot", ""), ("Steampunk", ""), ("Signalling", ""), ("Windowsill", ""),
        ("Something else", ""), ("", ""), ("\u202e\u200f", ""), ("почта", ""),
        ("x" * 100_000, ""), ("word " * 50_000 + "instagram", ""),
    ],
)  # fmt: skip
def test_a_name_has_the_sign_of_what_it_names(name: str, icon: str) -> None:
    assert find_icon(name) == icon


@pytest.mark.parametrize(
    ("english", "shown", "label"),
    [
        ("Email", "Почта", "📧 Почта"),
        ("Email", "\u2068بريد\u2069", "📧 \u2068بريد\u2069"),
        ("Email", "📬 Mail", "📬 Mail"),
        ("Netflix", "\u2068🎬 Netflix\u2069", "\u2068🎬 Netflix\u2069"),
        ("Netflix", "🇺🇸 Netflix", "🇺🇸 Netflix"),
        ("Things", "Dinge", "Dinge"),
        ("Email", "[New] Mail", "📧 [New] Mail"),
    ],
)
def test_a_label_has_one_sign(english: str, shown: str, label: str) -> None:
    assert with_icon(english, shown) == label


def test_every_sign_is_short_and_every_word_as_names_are_read() -> None:
    for word, icon in (*BRANDS.items(), *KINDS.items()):
        assert rich(icon).length <= 3
        assert word == " ".join(word.casefold().split())
        assert len(word.split()) <= 3
        assert find_icon(word) == icon, word
