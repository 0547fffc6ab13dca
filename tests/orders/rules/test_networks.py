"""A link leads to a page of the network that the service names; `@name` is its profile."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.orders.rules.links import BadLink, BadLinkReason, normal_link
from bot.orders.rules.networks import NETWORKS, named_networks


@pytest.mark.parametrize(
    ("names", "networks"),
    [
        (("Instagram Followers", "", "TikTok"), ["Instagram"]),
        (("Followers", "Followers", "🔥 TIKTOK 🔥"), ["TikTok"]),
        (("Tik Tok likes",), ["TikTok"]),
        (("Real | 10K/day", "YT Views", "Other"), ["YouTube"]),
        (("X Followers",), ["X"]),
        (("Twitter/X likes",), ["X"]),
        (("Server boosts x14", "", "Discord"), ["Discord"]),
        (("Boost x 14", "", "Other"), []),
        (("YouTube Shares from Facebook",), ["YouTube", "Facebook"]),
        (("Подписчики в телеграм",), ["Telegram"]),
        (("Website Traffic from Instagram",), []),
        (("From Facebook", "", "Website Traffic"), []),
        (("Google reviews", "", "Reviews"), []),
        (("x" * 400 + " instagram",), []),
        ((), []),
    ],
)
def test_the_closest_name_that_speaks_of_a_network_decides(
    names: tuple[str, ...], networks: list[str]
) -> None:
    assert [network.name for network in named_networks(*names)] == networks


PAGES = {
    "Instagram": (
        "https://instagram.com/alice", "https://www.instagram.com/alice/?hl=en",
        "https://instagram.com/p/Cx_-1/", "https://instagram.com/alice/reel/Cx",
        "https://instagram.com/stories/alice/123",
    ),
    "TikTok": (
        "https://www.tiktok.com/@alice", "https://tiktok.com/@alice/video/71",
        "https://vm.tiktok.com/ZMabc/", "https://tiktok.com/t/ZTabc",
        "https://tiktok.com/@alice/live",
    ),
    "YouTube": (
        "https://www.youtube.com/watch?v=dQw4w9WgXcQ", "https://youtu.be/dQw4w9WgXcQ?t=1",
        "https://youtube.com/watch?app=desktop&v=dQw4w9WgXcQ&t=1", "https://youtube.com/@alice",
        "https://youtube.com/shorts/abc", "https://youtube.com/channel/UCabc/videos",
        "https://m.youtube.com/playlist?list=PL1",
    ),
    "Telegram": (
        "https://t.me/alice", "https://t.me/alice/12?single", "https://t.me/+AbC-1",
        "https://t.me/joinchat/AbC", "https://telegram.me/alice", "https://t.me/bot_x?start=ref",
    ),
    "X": (
        "https://x.com/alice", "https://twitter.com/alice/status/1?s=20",
        "https://x.com/i/spaces/1ab",
    ),
    "Facebook": (
        "https://facebook.com/alice", "https://m.facebook.com/profile.php?id=1",
        "https://fb.watch/abc/", "https://www.facebook.com/groups/1/posts/2",
    ),
    "Spotify": (
        "https://open.spotify.com/track/1abc?si=2", "https://open.spotify.com/intl-de/album/1abc",
        "https://open.spotify.com/user/alice",
    ),
}  # fmt: skip
OTHER_PAGES = {
    "Instagram": ("https://instagram.com/", "https://instagram.com/explore/tags/x",
                  "https://instagram.com/a/b/c/d"),
    "TikTok": ("https://tiktok.com/alice", "https://tiktok.com", "https://tiktok.com/search?q=x"),
    "YouTube": ("https://youtube.com/watch", "https://youtube.com/feed/trending",
                "https://youtube.com"),
    "Telegram": ("https://t.me/", "https://t.me/ab", "https://t.me/c/1234/5"),
    "X": ("https://x.com/home", "https://x.com/alice/likes/status", "https://x.com"),
    "Facebook": ("https://facebook.com/", "https://facebook.com/login"),
    "Spotify": ("https://open.spotify.com/", "https://open.spotify.com/search"),
}  # fmt: skip


@pytest.mark.parametrize("name", PAGES)
def test_pages_of_the_named_network_are_taken_and_of_no_other(name: str) -> None:
    for page in PAGES[name]:
        assert normal_link(page, named_networks(name + " likes")) == page
        for other in PAGES.keys() - {name}:
            with pytest.raises(BadLink) as refusal:
                normal_link(page, named_networks(other + " likes"))
            assert refusal.value.why is BadLinkReason.WRONG_NETWORK
            assert refusal.value.network is not None
            assert refusal.value.network.name in (other, "X")


@pytest.mark.parametrize("name", OTHER_PAGES)
def test_what_is_no_profile_and_no_post_is_refused(name: str) -> None:
    for page in OTHER_PAGES[name]:
        with pytest.raises(BadLink) as refusal:
            normal_link(page, named_networks(name))
        assert refusal.value.why is BadLinkReason.WRONG_PAGE


@pytest.mark.parametrize(
    "typed",
    [
        "https://instagram.com.example.com/alice", "https://notinstagram.com/alice",
        "https://example.com/instagram.com/alice", "https://instagr\u0430m.com/alice",
        "https://instagram.co/alice",
    ],
)  # fmt: skip
def test_a_host_that_only_looks_like_the_networks_is_refused(typed: str) -> None:
    with pytest.raises(BadLink) as refusal:
        normal_link(typed, named_networks("Instagram"))

    assert refusal.value.why is BadLinkReason.WRONG_NETWORK


@pytest.mark.parametrize(
    ("names", "typed", "link"),
    [
        ("Instagram", "@alice", "https://instagram.com/alice"),
        ("TikTok", " @alice.b ", "https://tiktok.com/@alice.b"),
        ("YouTube", "@Alice-1", "https://youtube.com/@Alice-1"),
        ("Telegram", "@alice", "https://t.me/alice"),
        ("Twitter", "@alice", "https://x.com/alice"),
        ("Facebook", "@alice", "https://facebook.com/alice"),
        ("VK", "@alice", "https://vk.com/alice"),
    ],
)
def test_a_name_alone_is_the_address_of_its_profile(names: str, typed: str, link: str) -> None:
    assert normal_link(typed, named_networks(names)) == link


@pytest.mark.parametrize(
    ("names", "typed"),
    [
        ("Google", "@alice"), ("Spotify", "@alice"), ("Instagram and TikTok", "@alice"),
        ("Instagram", "alice"), ("Instagram", "@"), ("Instagram", "@a/b"), ("Instagram", "@@a"),
        ("Instagram", "@алиса"), ("Instagram", "@" + "a" * 61),
    ],
)  # fmt: skip
def test_a_name_that_leads_nowhere_is_no_link(names: str, typed: str) -> None:
    with pytest.raises(BadLink) as refusal:
        normal_link(typed, named_networks(names))

    assert refusal.value.why is BadLinkReason.NOT_A_LINK


@pytest.mark.parametrize("network", NETWORKS, ids=lambda network: network.name)
def test_the_example_of_a_network_is_one_of_its_pages(network: object) -> None:
    known = next(one for one in NETWORKS if one is network)

    assert normal_link(known.example, [known]) == known.example


@given(
    st.sampled_from(NETWORKS),
    st.text(max_size=40) | st.text("abc/@?=&.-_%1", max_size=40).map("@{}".format),
)
def test_any_text_becomes_a_page_of_the_network_or_is_refused(network: object, typed: str) -> None:
    known = next(one for one in NETWORKS if one is network)
    try:
        link = normal_link(typed, [known])
    except BadLink:
        return
    assert normal_link(link, [known]) == link
