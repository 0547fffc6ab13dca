"""What stands in the place of goods is told from goods, and doubt is on the customer's side."""

import pytest

from bot.orders.rules.settlement import is_covered, is_goods


@pytest.mark.parametrize(
    "line",
    [
        "processing", "Processing...", "PENDING", "Preparing your order...", "In progress",
        "in_progress", "Your account will be here shortly", "Order #12 is being processed",
        "Status: waiting", "Processing (2/4)", "We are on it…", "N/A", "null", "-", "------",
        "...", "****", "обрабатывается", "处理中", "[]",
    ],
)  # fmt: skip
def test_words_about_goods_are_none(line: str) -> None:
    assert not is_goods(line)
    assert not is_goods(f"  {line}\t")


@pytest.mark.parametrize(
    "line",
    ["u1:****", "u1:**", "u1|•••••|m@x.y", "u1:p***w", "u***@x.y:p", "u1:xxxx", "login: hidden",
     '{"login":"u1","password":"****"}'],
)  # fmt: skip
def test_a_covered_account_is_not_yet_goods(line: str) -> None:
    assert is_covered(line)
    assert not is_goods(line)


@pytest.mark.parametrize(
    "line",
    [
        "a", "u1:p1", "u1:p1|m1@x.y", "bob:waiting", "pending@mail.com:pw", "ABCD-EFGH-IJKL",
        "• u1:p1", "https://host/hidden/key", "sunflower", "user pass",
        "wait process order ready abandon ability able about above absent absorb abstract",
        "u1:p*1", "xx:yy", "👩🔑", "x" * 40, "中文:密码",
    ],
)  # fmt: skip
def test_goods_are_goods(line: str) -> None:
    assert is_goods(line)
