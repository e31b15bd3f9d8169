"""Other ways in which a name of another script is written in Latin letters: one name has several, by who wrote it down.

The plain one is anyascii's. Here are the usual others: Russian, Bulgarian, Ukrainian and Serbian as newspapers and
passports have them, Chinese by Wade and Giles, Korean as its bearers spell it, Japanese and Cantonese readings of Han
characters; and, for scripts that write no vowels and for all that is left, the consonants alone.
"""

from __future__ import annotations

import re
from functools import lru_cache

from anyascii import anyascii

from frontdesk.patterns import late

SOUND = "~"
"""Stands before the consonants of a name, as `sound` gives them; no folded word begins so."""

_CYRILLIC = late("[\u0400-\u052f]")
_HAN = late("[\u3400-\u9fff\u3005]")
_HANGUL = late("[\uac00-\ud7a3]")
_HEBREW = late("[\u05d0-\u05ea]")
_GEORGIAN = late("[\u10d0-\u10ff]")
_GREEK = late("[\u0370-\u03ff]")
_NOT_PLAIN = late("[^a-z]+")

_POPULAR = (
    ("ия", "ia"), ("ья", "ia"), ("ью", "iu"), ("ьё", "yo"), ("ье", "ye"), ("ий", "y"), ("ый", "y"), ("ей", "ei"),
    ("ай", "ai"), ("ой", "oi"), ("кс", "x"), ("ё", "yo"), ("ъ", "a"), ("х", "h"), ("й", "i"),
)  # fmt: skip
_PASSPORT = (
    ("ия", "iia"), ("ье", "e"), ("ьё", "yo"), ("ий", "ii"), ("ю", "iu"), ("я", "ia"), ("й", "i"), ("ё", "e"),
    ("ъ", "u"), ("щ", "sht"), ("ц", "ts"),
)  # fmt: skip
_SOUTHERN = (
    ("дж", "dz"), ("ц", "c"), ("ч", "c"), ("ш", "s"), ("ж", "z"), ("х", "h"), ("џ", "dz"), ("ј", "j"), ("љ", "lj"),
    ("њ", "nj"), ("ћ", "c"), ("ђ", "dj"), ("ѓ", "gj"), ("ќ", "kj"),
)  # fmt: skip
_UKRAINIAN = (
    ("ія", "ia"), ("ій", "iy"), ("ий", "yi"), ("г", "h"), ("и", "y"), ("і", "i"), ("є", "ie"), ("ї", "i"), ("й", "i"),
    ("ю", "iu"), ("я", "ia"), ("щ", "shch"),
)  # fmt: skip
_BELARUSIAN_OR_TURKIC = (("ў", "u"), ("г", "h"), ("ы", "i"), ("ұ", "u"), ("ү", "u"), ("ә", "a"), ("і", "i"), ("х", "h"))

_HEBREW_NAMES: dict[str, tuple[str, ...]] = {
    "בן": ("ben",), "בר": ("bar",),
    "כהן": ("cohen", "kohen"), "לוי": ("levi", "levy"), "מזרחי": ("mizrahi", "mizrachi"), "פרץ": ("peretz", "perez"),
    "ביטון": ("biton", "bitton"), "דהן": ("dahan",), "אברהם": ("avraham", "abraham"), "פרידמן": ("friedman",),
    "מלכה": ("malka", "malcah"), "אזולאי": ("azoulay", "azulay", "azulai"), "כץ": ("katz",),
    "יוסף": ("yosef", "joseph"),
    "דוד": ("david",), "עמר": ("amar", "omer"), "אוחיון": ("ohayon",), "חדד": ("hadad", "haddad", "chadad"),
    "גבאי": ("gabai", "gabay"), "אדרי": ("edri", "edry", "adri"), "לוין": ("levin",), "טל": ("tal",),
    "קליין": ("klein",),
    "חן": ("chen", "khen", "hen"), "שפירא": ("shapira", "shapiro"), "חזן": ("hazan", "chazan"), "משה": ("moshe",),
    "אשכנזי": ("ashkenazi",), "אוחנה": ("ohana",), "סגל": ("segal", "segel"), "גולן": ("golan",),
    "יצחק": ("yitzhak", "isaac"),
    "יעקב": ("yaakov", "jacob"), "שרה": ("sara", "sarah"), "רחל": ("rachel", "rahel"), "לאה": ("lea", "leah"),
    "מרים": ("miriam",), "רבקה": ("rivka", "rebecca"), "נועם": ("noam",), "נועה": ("noa", "noah"), "תמר": ("tamar",),
    "יעל": ("yael",), "שירה": ("shira",), "מיכל": ("michal",), "דניאל": ("daniel",), "אורי": ("uri", "ori"),
    "יונתן": ("yonatan", "jonathan"), "איתי": ("itai", "itay"), "אריאל": ("ariel",), "שלמה": ("shlomo", "solomon"),
    "חיים": ("haim", "chaim"), "אליהו": ("eliyahu", "elijah"), "שמואל": ("shmuel", "samuel"), "רוזנברג": ("rosenberg",),
    "גרינברג": ("greenberg",), "גולדשטיין": ("goldstein",), "ברק": ("barak",), "שלום": ("shalom",), "עזרא": ("ezra",),
}  # fmt: skip
"""Hebrew writes no vowels: the commonest names as their bearers spell them abroad."""
_WADE_FINALS = {"ong": "ung", "ian": "ien", "ie": "ieh", "ue": "ueh", "uo": "o"}
_WADE = {
    "zi": "tzu", "ci": "tzu", "si": "ssu", "zhi": "chih", "chi": "chih", "shi": "shih", "ri": "jih", "er": "erh",
    "yi": "i", "yan": "yen", "ye": "yeh", "you": "yu", "yue": "yueh", "e": "o", "ge": "ko", "ke": "ko", "he": "ho",
    "gui": "kuei", "kui": "kuei", "gong": "kung", "long": "lung", "rong": "jung", "ju": "chu", "xu": "hsu",
}  # fmt: skip
_WADE_INITIALS = (
    ("zh", "ch"), ("ch", "ch"), ("sh", "sh"), ("b", "p"), ("d", "t"), ("g", "k"), ("j", "ch"), ("q", "ch"),
    ("x", "hs"), ("z", "ts"), ("c", "ts"), ("r", "j"),
)  # fmt: skip

_INITIALS = (*("g", "kk", "n", "d", "tt", "r", "m", "b", "pp", "s", "ss", "", "j", "jj", "ch", "k", "t", "p", "h"),)
_VOWELS = (
    *("a", "ae", "ya", "yae", "eo", "e", "yeo", "ye", "o", "wa", "wae", "oe", "yo", "u", "wo", "we", "wi", "yu", "eu"),
    *("ui", "i"),
)
_FINALS = (
    *("", "k", "k", "k", "n", "n", "n", "t", "l", "k", "m", "l", "l", "l", "p", "l", "m", "p", "p", "t", "t", "ng"),
    *("t", "t", "k", "t", "p", "t"),
)
_KOREAN_HABITS = (
    (("eo", "u"), ("woo", "u"), ("oo", "u")),
    (("yu", "yoo"), ("ju", "joo"), ("su", "soo"), ("gu", "koo"), ("u", "oo")),
    (("wu", "woo"),),
)


@lru_cache(maxsize=2_000)
def other_forms(word: str) -> tuple[str, ...]:
    """The other ways to write a word of another script in small letters a to z, and its consonants; none for Latin."""
    found: list[str] = []
    if _CYRILLIC.search(word):
        small = word.casefold()
        for system in (_POPULAR, _PASSPORT, _SOUTHERN, _UKRAINIAN, _BELARUSIAN_OR_TURKIC):
            found.append(_plain(_replaced(small, system)))
        popular = found[0]
        if popular.endswith(("dr", "tr")):
            found.append(f"{popular[:-1]}er")  # Alexander, Peter
        if small[0] == "е":
            found += [f"y{found[0]}", f"ye{found[1][1:]}"]
    elif _HAN.search(word):
        found += _of_han(word)
    elif _HANGUL.search(word):
        found += _of_hangul(word)
    elif _GEORGIAN.search(word) and word.endswith("ი"):
        found.append(_plain(word[:-1]))  # the nominative's ending, which is not taken abroad
    elif _HEBREW.search(word):
        found += [*_HEBREW_NAMES.get(word, ()), _plain(word.replace("ו", ""))]
    elif not _GREEK.search(word) and not _is_other(word):
        return ()
    sounds = dict.fromkeys(SOUND + sound(form) for form in (_plain(word), *found) if sound(form))
    return (*dict.fromkeys(form for form in found if form), *sounds)


@lru_cache(maxsize=2_000)
def sound(word: str) -> str:
    """The consonants of a word in small letters a to z, those that are written for one another as one; no vowels."""
    text = word
    for letters, instead in _ALIKE:
        text = text.replace(letters, instead)
    found = "".join(_CLASSES.get(letter, "") for letter in text)
    return re.sub(r"(.)\1+", r"\1", found)


def sounds(typed: str) -> tuple[str, ...]:
    """What a typed word may sound like, as `other_forms` writes it down: `ch` and `kh` are one thing or nothing.

    One consonant alone is what very many names have, so it says something only of a word that is long without it.
    """
    least = 1 if len(typed) >= _LONG else 2
    ways = dict.fromkeys((sound(typed), sound(typed.replace("ch", "h").replace("kh", "h"))))
    if typed.startswith(_UNHEARD) and len(without_first := sound(typed[1:])) > 1:
        ways[without_first] = None
    return tuple(SOUND + one for one in ways if len(one) >= least)


_UNHEARD = ("j", "g")
"""Letters that another writer has as `y` or `h`, or leaves out: Jelena and Yelena, Ganna and Hanna."""
_LONG = 6
"""Letters from which a word with one consonant is like few others."""


_ALIKE = (
    ("sch", "s"), ("tch", "s"), ("tsch", "s"), ("tz", "s"), ("ts", "s"), ("zh", "s"), ("sh", "s"), ("ch", "s"),
    ("hs", "s"), ("kh", "k"), ("gh", "g"), ("ph", "f"), ("th", "t"), ("x", "s"), ("ng", "n"),
    ("ce", "se"), ("ci", "si"), ("cy", "sy"), ("c", "k"),
)  # fmt: skip
_CLASSES = {
    **dict.fromkeys("bpfv", "p"), **dict.fromkeys("dt", "t"), **dict.fromkeys("gkq", "k"), **dict.fromkeys("szj", "s"),
    **dict.fromkeys("lr", "r"), "m": "m", "n": "n",
}  # fmt: skip


def _is_other(word: str) -> bool:
    return any(ord(one) > 0x24F and one.isalpha() for one in word)


def _plain(word: str) -> str:
    return _NOT_PLAIN.sub("", anyascii(word).lower())


def _replaced(word: str, system: tuple[tuple[str, str], ...]) -> str:
    for letters, instead in system:
        word = word.replace(letters, instead)
    return word


def _of_han(word: str) -> list[str]:
    # Tables that most clinics never ask.
    from frontdesk.domain.lookup.han_names import japanese, surnames

    syllables = [_plain(one) for one in word]
    found = ["".join(_wade_giles(one) for one in syllables), *japanese(word)]
    for length in (2, 1):
        readings = surnames().get(word[:length], ())
        found += [reading + "".join(syllables[length:]) for reading in readings]
        if readings:
            break
    return found


def _wade_giles(pinyin: str) -> str:
    if pinyin in _WADE:
        return _WADE[pinyin]
    for initial, instead in _WADE_INITIALS:
        if pinyin.startswith(initial):
            rest = pinyin[len(initial) :]
            return instead + _WADE_FINALS.get(rest, rest)
    for last, instead in _WADE_FINALS.items():
        if pinyin.endswith(last):
            return pinyin.removesuffix(last) + instead
    return pinyin


def _of_hangul(word: str) -> list[str]:
    revised = ""
    for character in word:
        code = ord(character) - 0xAC00
        if 0 <= code < 11_172:
            first, middle, last = code // 588, code // 28 % 21, code % 28
            revised += _INITIALS[first] + _VOWELS[middle] + _FINALS[last]
    return [revised, *(_replaced(revised, habit) for habit in _KOREAN_HABITS), f"{revised}h"]
