"""The networks that services name, and which of their addresses something can be done to."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from itertools import pairwise
from typing import Final

_LONGEST_NAME: Final = 300
_WORD: Final = re.compile(r"[^\W_]+")
_NAME: Final = r"[\w.%-]+"


@dataclass(frozen=True, slots=True)
class Network:
    """A network: the words that name it, its hosts with their pages, and a profile's address.

    A pattern of pages is for a whole path with its query, without a slash at the end; `profile`
    is empty where a name alone leads nowhere.
    """

    name: str
    words: frozenset[str]
    pages: Mapping[str, re.Pattern[str]]
    profile: str = ""
    example: str = ""

    def has_host(self, host: str) -> bool:
        """Whether a host belongs to it."""
        return self._host_of(host) is not None

    def has_page(self, host: str, path: str, query: str) -> bool:
        """Whether an address leads to a profile, a post or the like, not to any other page."""
        own = self._host_of(host)
        if own is None:
            return False
        target = path.rstrip("/")
        if target.lower().lstrip("/").split("/", 1)[0] in _NOBODYS:
            return False
        return any(self.pages[own].fullmatch(one) for one in (target, f"{target}?{query}"))

    def _host_of(self, host: str) -> str | None:
        bare = host.rstrip(".")
        fitting = (own for own in self.pages if bare == own or bare.endswith(f".{own}"))
        return max(fitting, key=len, default=None)


_NOBODYS: Final = frozenset(
    {"accounts", "login", "explore", "home", "settings", "search", "about", "feed", "signup"}
    | {"privacy", "terms", "help", "download", "legal", "developer", "register", "trending"}
)
"""First steps of paths that belong to the network itself."""


def _network(
    name: str, words: str, hosts: str, pages: str, profile: str = "", *, example: str = ""
) -> Network:
    pattern = re.compile(pages, re.ASCII)
    shown = example or profile.format("name")
    by_host = dict.fromkeys(hosts.split(), pattern)
    return Network(name, frozenset(words.split()), by_host, profile, shown)


NETWORKS: Final = (
    _network(
        "Instagram", "instagram insta ig инстаграм инстаграмм", "instagram.com instagr.am",
        rf"/{_NAME}(/live)?|(/{_NAME})?/(p|reel|reels|tv)/{_NAME}|/stories/{_NAME}(/{_NAME})?"
        rf"|/(share|channel|j)(/(p|reel))?/{_NAME}",
        "https://instagram.com/{}",
    ),
    _network(
        "TikTok", "tiktok тикток", "tiktok.com",
        rf"/@{_NAME}(/(video|photo|story)/\d+|/live)?|/(t|v)/{_NAME}|/Z{_NAME}",
        "https://tiktok.com/@{}",
    ),
    _network(
        "YouTube", "youtube yt ютуб", "youtube.com youtu.be",
        rf"/watch\?(.*&)?v={_NAME}(&.*)?|/(shorts|live|embed|post|channel|c|user)/{_NAME}(/\w+)?"
        rf"|/playlist\?(.*&)?list={_NAME}(&.*)?|/@{_NAME}(/\w+)?|/(?!watch$|playlist$){_NAME}",
        "https://youtube.com/@{}",
    ),
    _network(
        "Telegram", "telegram tg телеграм телеграмм", "t.me telegram.me telegram.dog",
        r"/(s/|boost/)?[A-Za-z]\w{3,31}(/\d+){0,2}|/\+[\w-]+|/joinchat/[\w-]+",
        "https://t.me/{}",
    ),
    _network(
        "X", "twitter tweet tweets retweets твиттер", "x.com twitter.com",
        r"/\w{1,15}(/status/\d+(/(photo|video)/\d)?)?"
        r"|/i/(spaces|communities|status|broadcasts|lists)/\w+",
        "https://x.com/{}",
    ),
    _network(
        "Facebook", "facebook fb фейсбук", "facebook.com fb.com fb.watch fb.me", r"/.+",
        "https://facebook.com/{}",
    ),
    _network(
        "Spotify", "spotify", "spotify.com spotify.link",
        rf"(/intl-[a-z-]+)?/(track|album|artist|playlist|user|show|episode)/{_NAME}|/\w{{8,}}",
        example="https://open.spotify.com/track/id",
    ),
    _network(
        "SoundCloud", "soundcloud", "soundcloud.com", rf"/{_NAME}(/{_NAME}){{0,2}}",
        "https://soundcloud.com/{}",
    ),
    _network(
        "Threads", "threads", "threads.net threads.com",
        rf"/@{_NAME}(/post/{_NAME})?|/t/{_NAME}", "https://threads.net/@{}",
    ),
    _network(
        "Twitch", "twitch", "twitch.tv",
        rf"/\w{{2,25}}(/(clip|v|video)/{_NAME})?|/videos/\d+|/{_NAME}", "https://twitch.tv/{}",
    ),
    _network("Kick", "kick", "kick.com", rf"/{_NAME}(/.+)?", "https://kick.com/{}"),
    _network(
        "Discord", "discord", "discord.gg discord.com", rf"/(invite/)?{_NAME}|/channels/\d+/.+",
        example="https://discord.gg/invite",
    ),
    _network(
        "LinkedIn", "linkedin", "linkedin.com lnkd.in",
        rf"/(in|company|school|groups|posts|pulse|feed/update)/{_NAME}.*",
        "https://linkedin.com/in/{}",
    ),
    _network(
        "Pinterest", "pinterest", "pinterest.com pin.it", rf"/{_NAME}(/{_NAME}){{0,2}}",
        "https://pinterest.com/{}",
    ),
    _network(
        "Snapchat", "snapchat", "snapchat.com", rf"/(add|spotlight|t|p)/{_NAME}.*|/@{_NAME}.*",
        "https://snapchat.com/add/{}",
    ),
    _network(
        "Reddit", "reddit subreddit", "reddit.com redd.it", rf"/(r|u|user)/{_NAME}.*|/{_NAME}",
        "https://reddit.com/user/{}",
    ),
    _network("VK", "vk vkontakte вк вконтакте", "vk.com vk.ru", r"/.+", "https://vk.com/{}"),
    _network(
        "WhatsApp", "whatsapp", "whatsapp.com wa.me", rf"/channel/{_NAME}(/\d+)?|/{_NAME}",
        example="https://whatsapp.com/channel/id",
    ),
)  # fmt: skip
_WEBSITE_WORDS: Final = frozenset(
    {"traffic", "website", "websites", "site", "seo", "backlink", "backlinks", "трафик", "сайт"}
)
"""What is done to a page of the buyer's own, wherever the visitors come from."""


def named_networks(*names: str) -> tuple[Network, ...]:
    """The networks that the first of some names speaks of; none where any link will do.

    The names are those of a service and of what it stands under, the closest first.
    """
    texts = [_WORD.findall(name[:_LONGEST_NAME].casefold()) for name in names]
    if any(not _WEBSITE_WORDS.isdisjoint(words) for words in texts):
        return ()
    found = (tuple(one for one in NETWORKS if _is_named(one, words)) for words in texts)
    return next(filter(None, found), ())


def _is_named(network: Network, words: list[str]) -> bool:
    if not network.words.isdisjoint(words):
        return True
    if network.name == "TikTok":
        return ("tik", "tok") in pairwise(words)
    # A letter alone is the network's name only where it leads: "X Followers", not "boost x 14".
    return network.name == "X" and words[:1] == ["x"]
