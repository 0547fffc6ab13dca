"""The words and phrases by which the names of services tell work on a link from goods."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from enum import Enum, auto
from typing import Final


class Sign(Enum):
    """What a phrase in a name says."""

    WORK = auto()
    """Something is done to a link: followers, views, reviews, boosts."""
    GOODS = auto()
    """Something is handed over: accounts, license keys, gift cards."""
    SOURCE = auto()
    """Accounts that the work is done by, beside words of work; goods where there are none."""
    BRAND = auto()
    """A network, a mail house or a program: goods only together with a FORM."""
    FORM = auto()
    """The shape in which goods of a brand come: goods only together with a BRAND."""
    DOUBT = auto()
    """Something about the buyer's own account or link, which only a person can judge."""
    READY = auto()
    """A channel or page that is handed over as it is, whatever work stands beside it."""
    WITH = auto()
    COUNT = auto()
    OTHER = auto()


Phrase = tuple[str, ...]


def _phrases(sign: Sign, *lines: str) -> Iterable[tuple[Phrase, Sign]]:
    """Phrases of one word stand apart by blanks; longer ones are lines with underscores."""
    return [(tuple(phrase.split("_")), sign) for line in lines for phrase in line.split()]


_QUALITIES: Final = (
    "real hq old active aged organic quality mixed premium usa female male indian arab russian"
    " brazilian turkish worldwide from by bot eligible native different unique nft global"
)
_SOURCES: Final = [
    ((quality, accounts), Sign.SOURCE)
    for quality in _QUALITIES.split()
    for accounts in ("account", "accounts", "profile", "profiles")
]
SIGNS: Final[Mapping[Phrase, Sign]] = dict(
    [
        *_SOURCES,
        *_phrases(
            Sign.WORK,
            "follower followers follows followings subscriber subscribers subs members member",
            "likes dislikes auto_like page_like post_like photo_like video_like comment_like",
            "comment comments reply replies view views viewer viewers visit visits visitor",
            "visitors traffic reach impression impressions engagement engagements interaction",
            "interactions share shares save saves repost reposts retweet retweets tweets quotes",
            "reaction reactions emoji_reactions vote votes upvote upvotes downvote downvotes poll",
            "plays streams listeners stream_views presaves pre_saves repins repin bookmarks",
            "watch_time watch_hours watchtime watchhours hours_watch retention shoutout shoutouts",
            "mention mentions hashtag hashtags mass_dm direct_message direct_messages",
            "friend friends friend_requests connections endorsements recommendations claps",
            "review reviews rating ratings checkins check_ins clicks click hits downloads",
            "installs install signups registrations referrals referral bot_start bot_starts",
            "starts boost boosts boosting booster growth seo backlink backlinks",
            "guest_post guest_posts fans favorites favourites watchers watchlist adds sign_ups",
            "reports mass_report ranking serp chatters raid story_views reel_views",
            "profile_visits profile_clicks group_joins joins pin_saves post_shares",
            # What panels in other languages write for the same.
            "seguidores curtidas visualizações visualizacoes inscritos suscriptores vistas",
            "comentarios comentários me_gusta abonnés abonnes vues takipçi takipci beğeni begeni",
            "izlenme abone yorum aufrufe abonnenten pengikut penonton",
            "подписчик подписчики подписчиков лайк лайки лайков просмотр просмотры просмотров",
            "друзей друзья репосты"
            " репостов комментарии комментариев реакции реакций участники участников",
            "голоса голосов охват трафик отзывы отзывов бусты буст накрутка",
        ),
        *_phrases(
            Sign.GOODS,
            "account accounts acc accs accounts_pva gift_card gift_cards giftcard giftcards",
            "license_key licence_key license_keys licence_keys product_key product_keys cd_key",
            "cd_keys activation_key activation_code steam_key retail_key oem_key game_key",
            "licence license licenses licences proxy proxies prepaid_card voucher vouchers vcc",
            "аккаунт аккаунты аккаунтов cuenta cuentas conta contas compte comptes hesap",
            "hesaplar akun konto konten tài_khoản",
        ),
        *_phrases(
            Sign.BRAND,
            "gmail google outlook hotmail yahoo aol gmx icloud protonmail rambler yandex mail_ru",
            "instagram facebook twitter tiktok telegram discord reddit linkedin snapchat vk",
            "pinterest quora github whatsapp threads twitch youtube amazon ebay paypal",
            "windows office microsoft kaspersky norton mcafee nordvpn expressvpn adobe autodesk",
            "netflix spotify disney chatgpt openai canva steam xbox playstation origin apple",
        ),
        *_phrases(
            Sign.FORM,
            "key keys emails mails mailbox mailboxes imap pop3 oauth2 pva trusted",
            "cookie cookies token tokens tdata session sessions json",
        ),
        *_phrases(
            Sign.DOUBT,
            "your yours own service services upgrade upgrading recovery recover restore unlock",
            "unlocking unban unbanned ban removal remove removing delete deletion verification",
            "verify badge tick appeal setup management marketing design creation creator create",
            "warmup warm_up warming transfer audit analysis topup top_up recharge username",
            "link links url website per_day refill drip panel bot script training course report",
            "promo promotion promotions promote campaign migration consulting consultation",
            "stars coins coin gems robux diamonds giveaway optimization optimisation ads_setup",
            "push trending hype popularity increase cashout viral exposure telegram_premium",
            "discord_nitro insurance boosted hack hacking",
            "lookup checker swap rename renaming invite invites invitation insert",
            "monetization monetisation activation enable enabling reinstatement post posting",
            "posts_publishing delivery_to linking protection support insights analytics",
        ),
        *_phrases(
            Sign.READY,
            "monetized_channel monetised_channel monetized_page aged_channel for_sale",
            "ready_made ready_channel ready_page channel_transfer full_access ownership",
        ),
        *_phrases(Sign.WITH, "with having w for с con com avec and incl including has"),
    ]
)
LONGEST_PHRASE: Final = max(map(len, SIGNS))
BEGINNINGS: Final = frozenset(phrase[0] for phrase in SIGNS if len(phrase) > 1)
PARTING: Final = frozenset({"from", "by", "to", "на", "для", "para", "pour", "için"})
"""Words behind which accounts are what the work comes from or goes to."""
DESCRIBING: Final = frozenset(
    {"aged", "old", "new", "fresh", "verified", "unverified", "farmed", "softreg", "autoreg"}
    | {"usa", "us", "uk", "eu", "europe", "germany", "france", "india", "brazil", "turkey"}
    | {"russia", "ukraine", "poland", "spain", "italy", "vietnam", "indonesia", "philippines"}
    | {"canada", "mix", "mixed", "world", "ip", "pva", "reg", "registered", "made", "created"}
    | {"from", "by", "on", "in", "no", "not", "the", "of", "or", "without", "age", "gender"}
    | {"level", "lvl", "rank", "th12", "ar", "day", "days", "month", "months", "year", "years"}
    | {"lifetime", "email", "mail", "login", "password", "passwords", "com", "cookies", "cookie"}
    | {"token", "random", "empty", "full", "basic", "standard", "pro", "plus", "premium"}
    | {"private", "shared", "personal", "warranty", "replacement", "instant", "manual", "auto"}
    | {"2fa", "kyc", "antiguas", "antigas", "sms", "phone", "photo", "photos", "avatar", "female"}
    | {"male", "posts", "added", "picture", "user", "agent", "ua", "included", "mobile"}
    | {"marketplace", "enabled", "dating", "hash", "post", "karma", "device", "devices", "pc"}
    | {"profile", "account", "gb", "usd", "eur", "usdt", "home", "edition", "server", "retail"}
    | {"1y", "ads", "fully", "trusted", "real", "good", "high", "quality", "hq", "cheap"}
)
"""Words that only describe goods: nothing else is made of them by such a word."""
TOOLS: Final = frozenset(
    {"bot", "panel", "script", "software", "tool", "license", "license key", "key", "keys"}
)
"""What does the work, sold by itself: unclear, however the work is called."""
WORKING_TYPES: Final = frozenset(
    {"custom", "comment", "comments", "mentions", "package", "poll", "subscription", "replies"}
    | {"subscriptions", "invites", "seo", "traffic", "hashtag", "likes", "followers", "drip"}
)
"""Words of a row's type that stand for work on a link, which takes more than a quantity."""
