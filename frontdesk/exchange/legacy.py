"""Which old encoding a text was written in, when nothing in the file says so.

Names decide: in the right encoding their letters are those of one language, in a wrong one some are not, or
capitals stand inside words. Statistics over whole texts, as charset-normalizer does them, need more than a list of
names; they are asked where no alphabet fits (Chinese, Japanese, Korean).
"""

from __future__ import annotations

import re

from charset_normalizer import from_bytes

_FRENCH = "àâæçéèêëîïôœùûüÿ"
_WESTERN = "äöüßáàâãåæçéèêëíìîïñóòôõøœúùûÿªº¿¡"
_LANGUAGES: tuple[tuple[tuple[str, ...], str], ...] = (
    (("cp1252", "mac_roman", "cp850"), "äöüßé"),  # German; the commonest first: of equals, the first is taken
    (("cp1252", "mac_roman", "cp850"), _FRENCH),
    (("cp1252", "mac_roman", "cp850"), "áéíóúüñçàèòïªº¿¡"),  # Spanish, Catalan
    (("cp1252", "mac_roman", "cp850"), "áâãàçéêíóôõúü"),  # Portuguese
    (("cp1252", "mac_roman", "cp850"), "àèéìíîòóùú"),  # Italian
    (("cp1252", "mac_roman", "cp850"), "åäöæøéüè"),  # Danish, Norwegian, Swedish, Finnish
    (("cp1252",), "ëïéèöüêóáíç"),  # Dutch
    (("cp1250", "iso8859_2", "cp852"), "ąćęłńóśźż"),  # Polish
    (("cp1250", "iso8859_2", "cp852"), "áčďéěíňóřšťúůýžľĺŕäô"),  # Czech, Slovak
    (("cp1250", "iso8859_2", "cp852"), "áéíóöőúüű"),  # Hungarian
    (("cp1250", "iso8859_2", "cp852"), "čćđšž"),  # Croatian, Slovene
    (("cp1250", "iso8859_2"), "ăâîşţ"),  # Romanian
    (("cp1254", "cp857"), "çğıöşüâî"),  # Turkish
    (("cp1252",), "áéíóúýþæðö"),  # Icelandic
    (("cp1257",), "āčēģīķļņšūžąęėįųõäöü"),  # Baltic
    (("cp1251", "koi8_r", "cp866", "iso8859_5"), "абвгдеёжзийклмнопрстуфхцчшщъыьэюя"),  # Russian
    (("cp1251", "koi8_u"), "абвгґдеєжзиіїйклмнопрстуфхцчшщьюя"),  # Ukrainian
    (("cp1253", "iso8859_7"), "αβγδεζηθικλμνξοπρσςτυφχψωάέήίόύώϊϋΐΰ"),  # Greek
    (("cp1255",), "אבגדהוזחטיךכלםמןנסעףפץצקרשת"),  # Hebrew
    (("cp1252", "mac_roman"), _WESTERN),  # a mixed list
    (("cp1256",), "ءآأؤإئابةتثجحخدذرزسشصضطظعغفقكلمنهوىيپچژگ"),  # Arabic
)
"""Alphabets beyond ASCII, and the encodings each was written in, the likeliest first."""

_MARKS = "\u00a0°©®€£§«»‘’“”„‚–—…·"
"""Signs that are no letters and tell nothing about the language."""
_FIT = 0.15
"""The share of odd letters up to which a language is believed: a German list has some French names in it."""
_MIXED = 0.02
"""What a mixed list must be better by than a list in one language, since it allows nearly everything."""
_WORD = re.compile(rb"[^\x00-\x40\x5b-\x60\x7b-\x7f]*[\x80-\xff][^\x00-\x40\x5b-\x60\x7b-\x7f]*")
_WORDS = 2000


def guess(data: bytes) -> str:
    """The Python codec name that reads `data` best; for a text that fits nothing, the Western one."""
    words = _WORD.findall(data[:1_000_000])[:_WORDS]
    best, least = "", _FIT
    for rank in range(max(len(encodings) for encodings, _ in _LANGUAGES)):
        for encodings, alphabet in _LANGUAGES:
            if rank < len(encodings):
                odd = _oddness(words, encodings[rank], alphabet)
                if odd < least:
                    best, least = encodings[rank], odd
    if not best:
        found = from_bytes(data[:65_536]).best()
        best = found.encoding if found else "cp1252"
    try:
        data.decode(best)
    except UnicodeDecodeError:
        return "latin-1" if _undefined_in_western(data) else "cp1252"
    return best


def _undefined_in_western(data: bytes) -> bool:
    """Whether `data` holds one of the five bytes that Windows-1252 leaves undefined, so that Latin-1 must do."""
    return any(byte in data for byte in (b"\x81", b"\x8d", b"\x8f", b"\x90", b"\x9d"))


def _oddness(words: list[bytes], encoding: str, alphabet: str) -> float:
    """The share of letters beyond ASCII in `words` that the language does not have or that stand oddly."""
    odd = letters = 0
    latin = alphabet[0] < "\u0370"
    known = set(alphabet + alphabet.upper() + "İ")
    for word in words:
        try:
            text = word.decode(encoding)
        except UnicodeDecodeError:
            return 1.0
        for before, character, after in zip(" " + text, text, text[1:] + " ", strict=False):
            if character.isascii():
                continue
            if character in _MARKS:
                odd += before.isalpha() and after.isalpha() and character not in "’‘·"
                continue
            letters += 1
            within = (before + after).strip()
            odd += (
                character not in known
                or (character.isupper() and before.islower())
                or (not latin and within.isascii() and within.isalpha())
            )
    share = odd / letters if letters else float(odd > 0)
    return share + (_MIXED if alphabet is _WESTERN else 0)
