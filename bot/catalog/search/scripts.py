"""Words of other scripts in Latin letters, and what was typed with the wrong keyboard."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Iterator
from typing import Final


def _table(letters: Iterable[str], latin: str) -> dict[str, str]:
    """A table of two rows; a dot stands for a letter that is not spoken."""
    written = ("" if one == "." else one for one in latin.split())
    return dict(zip(letters, written, strict=True))


_CYRILLIC: Final = _table(
    "абвгдежзийклмнопрстуфхцчшщъыьэюяіїєў",
    "a b v g d e zh z i i k l m n o p r s t u f h ts ch sh sch . y . e yu ya i i e u",
)
_GREEK: Final = _table(
    "αβγδεζηθικλμνξοπρστυφχψω", "a v g d e z i th i k l m n x o p r s t y f ch ps o"
)
_ARABIC: Final = _table(
    "ابتثجحخدذرزسشصضطظعغفقكلمنهويپچژگڤٹڈڑںء",
    "a b t th j h kh d z r z s sh s d t z a g f q k l m n h o i p ch zh g v t d r n .",
)
_HEBREW: Final = _table(
    "אבגדהוזחטיכךלמםנןסעפףצץקרשת",
    "a b g d h o z h t i k k l m m n n s a p p ts ts k r sh t",
)
_KANA: Final = _table(
    "あいうえおかきくけこさしすせそたちつてとなにぬねのはひふへほまみむめもやゆよらりるれろわをん"
    "がぎぐげござじずぜぞだぢづでどばびぶべぼぱぴぷぺぽぁぃぅぇぉゃゅょっゔ",
    "a i u e o ka ki ku ke ko sa shi su se so ta chi tsu te to na ni nu ne no ha hi fu he "
    "ho ma mi mu me mo ya yu yo ra ri ru re ro wa wo n ga gi gu ge go za ji zu ze zo da "
    "ji zu de do ba bi bu be bo pa pi pu pe po a i u e o ya yu yo t vu",
)
_LETTERS: Final = _CYRILLIC | _GREEK | _ARABIC | _HEBREW | _KANA
_FIRST_HANGUL, _LAST_HANGUL = 0xAC00, 0xD7A3
_VOWELS_AND_ENDS, _ENDS = 21 * 28, 28
_HANGUL_FIRST: Final = _table(map(chr, range(19)), "g kk n d tt r m b pp s ss . j jj ch k t p h")
_HANGUL_VOWEL: Final = _table(
    map(chr, range(21)), "a ae ya yae eo e yeo ye o wa wae oe yo u wo we wi yu eu ui i"
)
_HANGUL_LAST: Final = _table(
    map(chr, range(28)), ". k k k n n n t l k m l l l p l m p p t t ng t t k t p t"
)
_INDIC: Final = (
    _table(map(chr, range(0x05, 0x15)), "a a i i u u r l e e e ai o o o au")
    | _table(map(chr, range(0x3E, 0x4D)), "a i i u u r r e e e ai o o o au")
    | {"\x01": "n", "\x02": "n"}
)
_INDIC_CONSONANTS: Final = _table(
    map(chr, range(0x15, 0x3A)),
    "k kh g gh n ch chh j jh n t th d dh n t th d dh n n p ph b bh m y r r l l l v sh sh s h",
)
_DEVANAGARI, _BENGALI, _BLOCK = 0x0900, 0x0980, 0x80
"""Hindi and Bengali letters stand in the same places of two blocks."""

_ENGLISH_KEYS: Final = "qwertyuiop[]asdfghjkl;'zxcvbnm,."
_RUSSIAN_KEYS: Final = "йцукенгшщзхъфывапролджэячсмитьбю"
_SWAPPED: Final = str.maketrans(_ENGLISH_KEYS + _RUSSIAN_KEYS, _RUSSIAN_KEYS + _ENGLISH_KEYS)


def in_latin(word: str) -> str:
    """A normalised word in Latin letters, as people spell it; as it is where no table knows it."""
    return word if word.isascii() else "".join(_spelt(word))


def _spelt(word: str) -> Iterator[str]:
    after = (*word[1:], "")
    for letter, following in zip(word, after, strict=True):
        code = ord(letter)
        if _FIRST_HANGUL <= code <= _LAST_HANGUL:
            yield _hangul(code - _FIRST_HANGUL)
        elif _DEVANAGARI <= code < _BENGALI + _BLOCK:
            yield _indic(letter, following)
        else:
            yield _LETTERS.get(letter, letter)


def _hangul(number: int) -> str:
    first, rest = divmod(number, _VOWELS_AND_ENDS)
    vowel, last = divmod(rest, _ENDS)
    return _HANGUL_FIRST[chr(first)] + _HANGUL_VOWEL[chr(vowel)] + _HANGUL_LAST[chr(last)]


def _indic(letter: str, following: str) -> str:
    """A consonant is followed by an a unless another sign says otherwise."""
    at = chr(ord(letter) % _BLOCK)
    if at not in _INDIC_CONSONANTS:
        return _INDIC.get(at, "")
    is_bare = not following or unicodedata.category(following).startswith("M")
    return _INDIC_CONSONANTS[at] + ("" if is_bare else "a")


def swapped_keys(text: str) -> str:
    """What the same keys write with the other of the English and the Russian keyboard."""
    return text.casefold().translate(_SWAPPED)
