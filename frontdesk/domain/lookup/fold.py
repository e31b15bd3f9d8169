"""Names as the lookup sees them: folded to plain small letters, so that typing needs no accents and no order.

Done here, once, for what is stored and for what is typed; SQL's own folding knows no ß, ø, ł or đ and no second
script. A word may have several forms (`Müller`: muller, mueller); a patient is found under each of them.
"""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

from anyascii import anyascii

from frontdesk.domain.lookup.nearness import SHORTEST
from frontdesk.domain.lookup.romanised import other_forms
from frontdesk.patterns import late

TOKEN_LIMIT = 60
"""Characters of a folded word that are kept; what is typed is cut at the same place."""

_APOSTROPHES = "'`\u00b4\u00b7\u02b9\u02bb\u02bc\u02c8\u2018\u2019\u2032\u05f3\u30fb\uff07"
_HYPHENS = "-\u2010\u2011\u2012\u2013\u2014\u05be"
_JOINERS = _APOSTROPHES + _HYPHENS
_JOINER = late(f"[{re.escape(_JOINERS)}]")
_DIGIT = late("[0-9]")
_NO_DIGIT = late("[^0-9]+")
_ASCII_WORD = late(r"[0-9A-Za-z'`-]+")
_NOT_PLAIN = late(r"[^0-9a-z]+")
_UNSPACED = late("[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7a3\U00020000-\U0003ffff]")
_OTHER_SCRIPT = late(
    "[\u0370-\u1dff\u1f00-\u1fff\u2c00-\ua71f\ua800-\ufaff\ufb10-\ufdff\ufe70-\ufeff\U00010000-\U0010ffff]"
)
"""Letters that are not Latin: a word with one is kept as typed too; a Latin word's plain form says all."""

_PAIRS = str.maketrans(
    {"ä": "ae", "ö": "oe", "ü": "ue", "ø": "oe", "å": "aa", "Ä": "ae", "Ö": "oe", "Ü": "ue", "Ø": "oe", "Å": "aa"}
)
"""German and Nordic letters that are also written as two."""

_SURNAMES: dict[str, tuple[str, ...]] = {
    # Chinese surnames that are not read as the character is elsewhere (Xinhua Zidian, readings marked 姓).
    "曾": ("zeng",), "单": ("shan",), "單": ("shan",), "解": ("xie",), "翟": ("zhai",), "仇": ("qiu",),
    "查": ("zha",), "朴": ("piao", "park"), "区": ("ou",), "區": ("ou",), "缪": ("miao",), "繆": ("miao",),
    "尉迟": ("yuchi",), "尉遲": ("yuchi",), "乐": ("yue",), "樂": ("yue",), "覃": ("qin",), "秘": ("bi",),
    "召": ("shao",), "种": ("chong",), "員": ("yun",), "员": ("yun",), "祭": ("zhai",), "逄": ("pang",),
    "万俟": ("moqi",), "长孙": ("zhangsun",), "吕": ("lu",), "呂": ("lu",),
    # Korean surnames as their bearers write them (the usual spellings on passports).
    "김": ("kim",), "이": ("lee", "yi"), "박": ("park", "bak"), "최": ("choi",), "정": ("jung", "chung"),
    "강": ("kang",), "조": ("cho",), "윤": ("yoon", "yun"), "장": ("jang", "chang"), "임": ("lim", "im", "rim", "yim"),
    "오": ("oh",), "신": ("shin",), "권": ("kwon",), "우": ("woo",), "유": ("yoo", "yu"), "노": ("noh", "roh"),
    "구": ("koo",), "주": ("joo",), "류": ("ryu", "yoo", "yu"), "전": ("jeon", "chun"), "고": ("ko",), "문": ("moon",),
    "허": ("huh", "hur"), "백": ("baek", "paik"), "심": ("shim",), "곽": ("kwak",), "성": ("sung",),
    "리": ("lee", "rhee", "yi"), "림": ("lim", "rim"), "량": ("yang", "ryang"), "양": ("yang", "ryang"),
    "로": ("noh", "roh", "no"), "라": ("na", "ra", "la"), "나": ("na", "ra"), "서": ("suh", "seo"), "한": ("hahn",),
    "손": ("sohn",), "배": ("bae", "pae"), "황": ("hwang",), "안": ("ahn",), "송": ("song",), "홍": ("hong",),
}  # fmt: skip


def words(text: str) -> tuple[str, ...]:
    """The words of a text as typed, apostrophes and hyphens kept inside them; anything else but letters divides."""
    if text.isascii():
        found = _ASCII_WORD.findall(text)
    else:
        composed = unicodedata.normalize("NFC", text.encode("utf-8", "ignore").decode())
        found = "".join(_letter(character) for character in composed).split()
    return tuple(word for word in found if _JOINER.sub("", word))


def _letter(character: str) -> str:
    """The character where it may be part of a word, nothing for an invisible one, a blank for a divider."""
    if character in _JOINERS:
        return character
    category = unicodedata.category(character)
    if category == "Cf":
        return ""
    return character if category[0] in "LMN" else " "


def parts(word: str) -> tuple[str, ...]:
    """A word cut at its apostrophes and hyphens: `O'Brien` is `O` and `Brien`."""
    return tuple(part for part in _JOINER.split(word) if part)


@lru_cache(maxsize=2_000)
def forms(word: str) -> tuple[str, ...]:
    """The folded forms of one word without apostrophes or hyphens, the plain one first; none for a word of marks."""
    if word.isascii():
        only = plain(word)
        return (only,) if only else ()
    word = unicodedata.normalize("NFC", word)
    found = [plain(word), plain(word.translate(_PAIRS)), *_surname_forms(word)]
    if "ου" in word or "ού" in word:
        found.append(plain(word.replace("ου", "ou").replace("ού", "ou")))  # Παπαδόπουλος is Papadopoulos abroad
    if _OTHER_SCRIPT.search(word):
        found.append(_typed(word))
    return tuple(dict.fromkeys(form for form in found if form))


def plain(word: str) -> str:
    """The word in the letters a to z; other scripts are romanised."""
    if word.isascii():
        return _NOT_PLAIN.sub("", word.lower())[:TOKEN_LIMIT]
    return _NOT_PLAIN.sub("", anyascii(unicodedata.normalize("NFC", word)).lower())[:TOKEN_LIMIT]


def _typed(word: str) -> str:
    """The word in its own script without marks; Hangul by its letters, so that half a syllable finds the whole."""
    decomposed = unicodedata.normalize("NFKD", unicodedata.normalize("NFKD", word).casefold())
    return "".join(c for c in decomposed if unicodedata.category(c) not in ("Mn", "Cn", "Co"))[:TOKEN_LIMIT]


def _surname_forms(word: str) -> tuple[str, ...]:
    for length in (2, 1):
        readings = _SURNAMES.get(word[:length])
        if readings:
            return tuple((reading + plain(word[length:]))[:TOKEN_LIMIT] for reading in readings)
    return ()


def all_forms(word: str) -> tuple[str, ...]:
    """The forms that a stored word is found under: those of `forms`, and the other ways to romanise it."""
    return forms(word) if word.isascii() else (*forms(word), *other_forms(unicodedata.normalize("NFC", word)))


@lru_cache(maxsize=2_000)
def fold(text: str) -> tuple[str, ...]:
    """Every token a name is found under: each word, words joined, and the tails of names written without blanks.

    `De La Cruz` is found as cruz, lacruz and delacruz, `O'Brien` as obrien and brien, `王小明` also as 小明 and
    xiaoming.
    """
    found: dict[str, None] = {}
    simple: list[str] = []
    for word in words(text):
        pieces = parts(word)
        simple.append("".join(pieces))
        for piece in dict.fromkeys((simple[-1], *pieces)):
            for tail in tails(piece):
                found.update(dict.fromkeys(all_forms(tail)))
    for first in range(len(simple) - 1):
        found.update(dict.fromkeys(forms("".join(simple[first:]))))
    return tuple(found)


def tails(word: str) -> tuple[str, ...]:
    """The word, and where it is of a script that sets no blanks, what follows each of its first characters."""
    if word.isascii() or not is_unspaced(word):
        return (word,)
    word = unicodedata.normalize("NFC", word)
    return tuple(word[first:] for first in range(min(len(word), 12)))


def is_unspaced(text: str) -> bool:
    """Whether the text is Chinese, Japanese or Korean, where family and given name are written without a blank."""
    return _UNSPACED.search(text) is not None


def name_tokens(given: str, family: str, *others: str, email: str = "") -> frozenset[str]:
    """Every token of one patient by whatever name; an e-mail address is one token, marked with a leading `@`."""
    found = {token for name in (given, family, *others) if name for token in fold(name)}
    if not (given.isascii() or family.isascii()) and is_unspaced(given) and is_unspaced(family):
        found.update(fold(family + given))
    address = email_token(email)
    if address:
        found.add(address)
    return frozenset(found)


def name_words(*names: str) -> frozenset[str]:
    """The single words of names that may be mistyped: each form of three letters or more, without digits."""
    return frozenset().union(*(_name_words(name) for name in names if name))


@lru_cache(maxsize=2_000)
def _name_words(name: str) -> frozenset[str]:
    found = {form for word in words(name) for one in _whole_and_parts(word) for form in forms(one)}
    return frozenset(form for form in found if len(form) >= SHORTEST and not _DIGIT.search(form))


def _whole_and_parts(word: str) -> tuple[str, ...]:
    pieces = parts(word)
    return pieces if len(pieces) == 1 else ("".join(pieces), *pieces)


def email_token(text: str) -> str:
    """An e-mail address, or its beginning, as the token it is found under; empty for none."""
    kept = "".join(c for c in text.casefold() if c.isprintable() and not c.isspace() and not "\ud800" <= c <= "\udfff")
    return f"@{kept.lstrip('@')}"[:TOKEN_LIMIT] if kept.lstrip("@") else ""


def phone_digits(text: str) -> str:
    """The digits of a telephone number in whatever script; `+49 (0)30` is written without its `(0)`."""
    text = text.replace("(0)", "")
    if text.isascii():
        return _NO_DIGIT.sub("", text)
    found = (unicodedata.decimal(c, None) for c in text)
    return "".join(str(digit) for digit in found if digit is not None)
