"""Ten thousand names as catalogues have them, in twelve scripts, and what people type for them."""

from __future__ import annotations

from typing import Final

_BRANDS: Final = (
    *("Instagram", "Facebook", "Telegram", "TikTok", "YouTube", "Gmail", "Outlook", "Netflix"),
    *("Spotify", "Discord", "Steam", "Canva", "ChatGPT", "Amazon", "PayPal", "Reddit", "Twitter"),
    *("Snapchat", "LinkedIn", "Pinterest", "Twitch", "Yahoo", "Proton", "NordVPN", "Windows"),
)
_WORDS: Final = (
    ("account", "aged", "verified", "followers", "premium", "email included", "old", "fresh"),
    ("аккаунт", "старый", "проверенный", "подписчики", "с почтой", "отлега", "новый", "ключ"),
    ("حساب", "قديم", "موثق", "متابعين", "بريد إلكتروني", "جديد", "مفتاح", "مشاهدات"),
    ("账号", "老账号", "已验证", "粉丝", "含邮箱", "新注册", "激活码", "播放量"),
    (
        "アカウント",
        "古いアカウント",
        "認証済み",
        "フォロワー",
        "メール付き",
        "新規",
        "キー",
        "再生数",
    ),
    ("계정", "오래된 계정", "인증된", "팔로워", "이메일 포함", "신규", "키", "조회수"),
    ("खाता", "पुराना खाता", "सत्यापित", "फॉलोअर्स", "ईमेल सहित", "नया", "कुंजी", "व्यूज"),
    ("অ্যাকাউন্ট", "পুরানো", "যাচাইকৃত", "ফলোয়ার", "ইমেইল সহ", "নতুন", "কী", "ভিউ"),
    ("บัญชี", "บัญชีเก่า", "ยืนยันแล้ว", "ผู้ติดตาม", "พร้อมอีเมล", "ใหม่", "คีย์", "ยอดดู"),
    ("λογαριασμός", "παλιός", "επαληθευμένος", "ακόλουθοι", "με email", "νέος", "κλειδί", "θέαση"),
    ("חשבון", "ישן", "מאומת", "עוקבים", "כולל מייל", "חדש", "מפתח", "צפיות"),
    (
        "ანგარიში",
        "ძველი",
        "დადასტურებული",
        "გამომწერები",
        "ფოსტით",
        "ახალი",
        "გასაღები",
        "ნახვები",
    ),
)
"""What is said of goods, in one script a row."""

_SYLLABLES: Final = (
    *("ba", "cor", "del", "fan", "gim", "hol", "jur", "kam", "lor", "mex"),
    *("nid", "pol", "qua", "ris", "sol", "tav", "uri", "vel", "wop", "zen"),
)

QUERIES: Final = (
    *("instagram", "instagrm folowers", "gmail 2019", "1000 followers", "netflx", "tik tok"),
    *("инстаграм подписчики", "старый аккаунт телеграм", "ntktuhfv", "انستقرام متابعين"),
    *("谷歌邮箱账号", "インスタ フォロワー", "인스타그램 팔로워", "इंस्टाग्राम खाता", "ইমেইল সহ"),
    *("บัญชีเฟสบุ๊ค", "παλιός λογαριασμός", "חשבון ישן", "ძველი ანგარიში", "حساب قديم 2015"),
    *("aged verified reddit account with email included 2015", "qwxzvkj plmoknij", "🔥🔥🔥"),
    "ключ аккаунт старый новый проверенный подписчики с почтой отлега 2019 1000 5000",
    "аккаунты " * 400,
)
"""Usual ones, one that nothing is called like, and some that are as long as they can be."""


def listed_name(number: int) -> str:
    """The name of the service of this number: `Telegram старый с почтой 2016 | 500 lormexba`."""
    words = _WORDS[number % len(_WORDS)]
    brand = _BRANDS[number // len(_WORDS) % len(_BRANDS)]
    first, second = words[number // 7 % len(words)], words[number // 11 % len(words)]
    return f"{brand} {first} {second} {2009 + number % 16} | {number % 977 * 50} {_made(number)}"


def _made(number: int) -> str:
    """A word of its own for each name, as sellers, countries and games bring them."""
    size = len(_SYLLABLES)
    return "".join(_SYLLABLES[number // size**place % size] for place in range(3))
