"""A link is https with a host name, in one normal form, or refused with the reason."""

from urllib.parse import urlsplit

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.orders.rules.links import LONGEST, BadLink, BadLinkReason, normal_link

FULL = "https://example.com/".ljust(500, "a")


@pytest.mark.parametrize(
    ("typed", "normal"),
    [
        ("https://example.com/p/1", "https://example.com/p/1"),
        ("  https://EXAMPLE.com  ", "https://example.com"),
        ("HTTPS://Example.COM/Path", "https://example.com/Path"),
        ("example.com/p", "https://example.com/p"),
        ("https://example.com:8443/x?a=1&b=2#c", "https://example.com:8443/x?a=1&b=2#c"),
        ("https://пример.рф/я", "https://xn--e1afmkfd.xn--p1ai/%D1%8F"),
        ("https://example.com/%D1%8F", "https://example.com/%D1%8F"),
        ("https://t.me/@alice", "https://t.me/@alice"),
        ("https://example.com/#a=b&c:d", "https://example.com/#a=b&c:d"),
        (FULL, FULL),
        ("https://example.com/a<b>", "https://example.com/a%3Cb%3E"),
    ],
)
def test_a_link_is_shown_back_in_its_normal_form(typed: str, normal: str) -> None:
    assert normal_link(typed) == normal


@pytest.mark.parametrize(
    ("typed", "why"),
    [
        ("http://example.com", BadLinkReason.NOT_HTTPS),
        ("ftp://example.com", BadLinkReason.NOT_HTTPS),
        ("javascript://example.com/%0aalert(1)", BadLinkReason.NOT_HTTPS),
        ("", BadLinkReason.NOT_A_LINK),
        ("alice", BadLinkReason.NOT_A_LINK),
        ("example.com/?to=https://example.org", BadLinkReason.NOT_A_LINK),
        ("https://", BadLinkReason.NOT_A_LINK),
        ("https://localhost/x", BadLinkReason.NOT_A_LINK),
        ("https://exa mple.com", BadLinkReason.NOT_A_LINK),
        ("https://example.com/a b", BadLinkReason.NOT_A_LINK),
        ("https://example.com/a\nb", BadLinkReason.NOT_A_LINK),
        ("https://exa<mple.com", BadLinkReason.NOT_A_LINK),
        ("https://alice:pw@example.com", BadLinkReason.NOT_A_LINK),
        ("mailto:alice@example.com", BadLinkReason.NOT_A_LINK),
        ("https://example.com:99999", BadLinkReason.NOT_A_LINK),
        ("https://a..b", BadLinkReason.NOT_A_LINK),
        ("https://[::1]/x", BadLinkReason.NOT_A_LINK),
        ("https://example.com/\ud800", BadLinkReason.NOT_A_LINK),
        ("https://127.0.0.1/x", BadLinkReason.NOT_PUBLIC),
        ("127.1/x", BadLinkReason.NOT_PUBLIC),
        ("https://8.8.8.8", BadLinkReason.NOT_PUBLIC),
        ("https://0x7f.0x1/x", BadLinkReason.NOT_PUBLIC),
        ("https://0177.0.0.0x1./x", BadLinkReason.NOT_PUBLIC),
        ("https://１２７.０.０.１/x", BadLinkReason.NOT_PUBLIC),
        ("https://127。0。0。1/x", BadLinkReason.NOT_PUBLIC),
        ("https://me.localhost/x", BadLinkReason.NOT_PUBLIC),
        ("https://router.local./x", BadLinkReason.NOT_PUBLIC),
        ("https://db.internal", BadLinkReason.NOT_PUBLIC),
        ("https://nas.lan/x", BadLinkReason.NOT_PUBLIC),
        ("https://1.0.0.10.in-addr.arpa", BadLinkReason.NOT_PUBLIC),
        ("https://10.0.0.1.nip.io/x", BadLinkReason.NOT_PUBLIC),
        ("https://localtest.me", BadLinkReason.NOT_PUBLIC),
        (FULL + "a", BadLinkReason.TOO_LONG),
        ("https://example.com/" + "я" * 200, BadLinkReason.TOO_LONG),
    ],
)
def test_what_a_service_cannot_use_is_refused_with_the_reason(
    typed: str, why: BadLinkReason
) -> None:
    with pytest.raises(BadLink) as refusal:
        normal_link(typed)

    assert refusal.value.why is why


@given(st.text(max_size=40) | st.text(max_size=40).map("https://example.com/{}".format))
def test_any_text_becomes_a_plain_https_link_that_stays_as_it_is_or_is_refused(typed: str) -> None:
    try:
        link = normal_link(typed)
    except BadLink:
        return
    assert normal_link(link) == link
    assert link.isascii()
    assert len(link) <= LONGEST
    assert urlsplit(link).scheme == "https"
