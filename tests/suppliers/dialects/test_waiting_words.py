"""Words that only say that nothing has come yet are told from codes, texts and goods."""

import pytest

from bot.suppliers.dialects.waiting_words import find_code, find_text, is_waiting_text

LONGEST = "waiting ".ljust(293, ".") + "waiting"


@pytest.mark.parametrize("received", [True, False])
@pytest.mark.parametrize(
    "text",
    [
        "", "...", "------", "…", "·•–—", " \t\r\n_*=~?/#", "waiting", "WAITING", "Not-Received",
        "Code not received yet", "Wait 30 seconds", "wait 999 seconds", "in_progress", "NA",
        "Your code is not ready, please try again in 5 min", LONGEST,
    ],
)  # fmt: skip
def test_a_text_of_waiting_words_says_that_there_is_nothing(text: str, *, received: bool) -> None:
    assert is_waiting_text(text, received=received)


@pytest.mark.parametrize("received", [True, False])
@pytest.mark.parametrize(
    "text",
    [
        "your code", "waiting for godot", "godot", "!!", "-!-", "12", "123456", "wait12", "G-482",
        "is 12", f"{LONGEST}.",
    ],
)  # fmt: skip
def test_a_text_with_anything_else_says_something(text: str, *, received: bool) -> None:
    assert not is_waiting_text(text, received=received)


@pytest.mark.parametrize("text", ["wait 1234", "no sms 12: 482913", "482913 not 12"])
def test_a_long_number_among_waiting_words_is_a_code_once_one_was_received(text: str) -> None:
    assert not is_waiting_text(text)
    assert not is_waiting_text(text, received=True)
    assert is_waiting_text(text, received=False)


@pytest.mark.parametrize("code", ["0", "-1", " 0 ", "0.", ". -1 .", "waiting", "--", "Wait 30 s"])
@pytest.mark.parametrize("received", [True, False])
def test_a_word_or_no_number_in_the_place_of_a_code_is_none(code: str, *, received: bool) -> None:
    assert find_code(code, f"Your code is {code}", received=received) == ""


@pytest.mark.parametrize(
    "code", ["1", "007", "00", "123456", "123 456", "X0X", "G-482913", "WAIT12"]
)
@pytest.mark.parametrize("received", [True, False])
def test_a_code_with_a_digit_is_one_whatever_else_is_said(code: str, *, received: bool) -> None:
    assert find_code(code, "", received=received) == code


def test_a_code_among_waiting_words_is_one_once_it_was_received() -> None:
    assert find_code("wait 1234", "", received=True) == "wait 1234"
    assert find_code("wait 1234", "", received=False) == ""


@pytest.mark.parametrize(
    ("code", "text", "received", "found"),
    [
        ("QWERTZ", "Your code is QWERTZ", True, "QWERTZ"),
        ("QWERTZ", "Your code is QWERTZ", False, ""),
        ("QWERTZ", "Your code is qwertz", True, ""),
        ("QWERTZ", "", True, ""),
        ("Your Code", "Your Code is QWERTZ", True, ""),
        ("Your QWERTZ", "Your QWERTZ", True, "Your QWERTZ"),
    ],
)
def test_a_code_of_letters_is_believed_when_it_was_received_and_stands_in_its_text(
    code: str, text: str, *, received: bool, found: str
) -> None:
    assert find_code(code, text, received=received) == found


@pytest.mark.parametrize(
    ("text", "code", "received", "found"),
    [
        ("Welcome", "", False, False),
        ("Welcome", "", True, True),
        ("Welcome", "123", False, True),
        ("Welcome, 4 stars", "", False, True),
        ("waiting", "123", True, False),
        ("waiting", "", False, False),
        ("wait 1234", "", True, True),
        ("wait 1234", "", False, False),
    ],
)
def test_a_text_is_shown_when_it_may_bring_a_code(
    text: str, code: str, *, received: bool, found: bool
) -> None:
    assert find_text(text, code, received=received) == (text if found else "")
