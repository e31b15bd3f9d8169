"""A whole name in one cell or one line, taken apart into given and family name."""

from __future__ import annotations

import unicodedata


def _words(text: str) -> list[str]:
    return text.split()


_PARTICLES = frozenset(
    _words("""
    van von vom zu zum zur der den de del della di da das do dos du des la las le los lo y e al el bin ibn
    ben bint abu ter ten te st st. saint san santa mac mc o af av till 't 's
""")
)
"""Words that belong to the family name that follows them."""
_AFTER = frozenset(
    _words("""
    jr jr. sr sr. ii iii iv md m.d. phd ph.d. esq esq. dds rn
""")
)
"""What may follow a whole name and is no family name."""


def take_apart(name: str, *, family_first: bool = False) -> tuple[str, str]:
    """Given and family name of `Miller, Ann`, `Ann Miller` or, with `family_first`, `Miller Ann`.

    A name of one word is a family name, because lists are sorted by those.
    """
    words = name.split()
    before, comma, after = (part.strip() for part in " ".join(words).partition(","))
    if comma and after.casefold() not in _AFTER:
        return after, before
    words = before.split()
    if len(words) < 2:
        return "", before
    if family_first:
        split = 1
        while split < len(words) - 1 and words[split - 1].casefold() in _PARTICLES:
            split += 1
        return " ".join(words[split:]), " ".join(words[:split])
    split = len(words) - 1
    while split > 1 and words[split].casefold() in _AFTER:
        split -= 1
    while split > 1 and words[split - 1].casefold() in _PARTICLES:
        split -= 1
    return " ".join(words[:split]), " ".join([*words[split:], *([after] if comma and after else [])])


_FAMILY_FIRST = ("CJK", "HANGUL", "HIRAGANA", "KATAKANA")
"""How the letters of scripts are called in which the family name is written first."""


def as_spoken(name: str) -> tuple[str, str]:
    """Given and family name of a name as it is said, or with a comma: in Han, Hangul and Kana the family comes first.

    What was typed without capitals gets them.
    """
    first = unicodedata.name(name.strip()[:1] or " ", "")
    given, family = take_apart(name, family_first=first.startswith(_FAMILY_FIRST))
    return (_capital(given), _capital(family)) if name == name.lower() else (given, family)


def _capital(name: str) -> str:
    return " ".join(word if word in _PARTICLES else word[:1].upper() + word[1:] for word in name.split())
