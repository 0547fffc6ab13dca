"""A seal opens with any of its keys, and only with these."""

import pytest

from bot.ops.seal import Seal, SealBroken
from tests.books import KEY


def test_a_seal_opens_with_any_of_its_keys_and_seals_with_the_newest() -> None:
    newer = "bmV3ZXIga2V5LCBidXQgb25seSBmb3Igb3VyIHRlc3Q="
    old, both = Seal.with_keys([KEY]), Seal.with_keys([newer, KEY])

    assert both.unseal(old.seal("a")) == "a"
    with pytest.raises(SealBroken):
        old.unseal(both.seal("a"))
    with pytest.raises(SealBroken):
        old.unseal("no seal at all")
