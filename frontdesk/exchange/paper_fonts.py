"""Which fonts a printed page is set in, so that every name can be read; and what is done where none has the letters.

FiraGO comes along with the program: Latin, Greek, Cyrillic, Arabic, Hebrew, Devanagari, Thai, Georgian. What it lacks
(Chinese, Japanese, Korean first of all) is taken from the font that the workstation names, from the package
`noto-cjk-sans-jp-regular` (`pip install 'frontdesk[cjk]'`), or from the fonts of this machine. Letters that none of
them has are written in Latin letters with a number, and their code points stand at the end of the document.
"""

from __future__ import annotations

import os
import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from importlib.util import find_spec
from pathlib import Path

from anyascii import anyascii
from msgspec import Struct, field

from frontdesk.domain.errors import Refused
from frontdesk.text import visible

MOST_LOOKED_AT = 200
"""Fonts of the machine that are opened at most, those whose names promise most first: each takes milliseconds."""
_SUFFIXES = (".ttf", ".otf", ".ttc", ".otc")
_PROMISING = (
    "notosanscjk",
    "sourcehansans",
    "notoserifcjk",
    "droidsansfallback",
    "wqy",
    "pingfang",
    "hiragino",
    "applesdgothic",
    "arialunicode",
    "arial unicode",
    "msyh",
    "simsun",
    "meiryo",
    "malgun",
    "unifont",
    "notosans",
    "freesans",
    "dejavusans",
)
"""How the names of fonts with many scripts begin, the likeliest first."""


class Letters(Struct):
    """What can be written of the texts of one document, and how the rest is."""

    files: tuple[Path, ...] = ()
    """Fonts that are needed beside FiraGO, in the order in which they are asked for a letter."""
    lacking: frozenset[str] = frozenset()
    """Letters that no font has."""
    notes: list[str] = field(default_factory=list)
    """`[1] U+738B U+7F8E`: what was written in Latin letters, by its number."""
    _known: dict[str, str] = field(default_factory=dict)

    def written(self, text: str) -> str:
        """A text as it can be set: letters without a font in Latin ones, with the number of their note."""
        text = visible(text)
        if not self.lacking or not any(one in self.lacking for one in text):
            return text
        if text not in self._known:
            self._known[text] = self._in_latin(text)
        return self._known[text]

    def _in_latin(self, text: str) -> str:
        points = [f"U+{ord(one):04X}" for one in text if one in self.lacking and not _is_unseen(one)]
        spelled = "".join(_spelled(run) if lacking else run for lacking, run in _runs(text, self.lacking))
        if not points:
            return spelled
        told = " ".join(points)
        number = next((index for index, note in enumerate(self.notes, 1) if note.endswith(f"] {told}")), None)
        if number is None:
            number = len(self.notes) + 1
            self.notes.append(f"[{number}] {told}")
        return f"{' '.join(spelled.split())} [{number}]"


def letters_for(texts: Iterable[str], has: frozenset[int], named: Path | None = None) -> Letters:
    """How texts are written with a font that `has` some code points; raises `Refused` where the `named` one is none."""
    wanted = {one for text in texts for one in visible(text) if ord(one) not in has}
    files: list[Path] = []
    if named is not None:
        found = _code_points(named)
        if found is None:
            raise Refused(f"{visible(str(named))} is no font that can be read: see paper_font in workstation.toml")
        files.append(named)
        wanted -= {one for one in wanted if ord(one) in found}
    for path in _candidates() if any(not _is_unseen(one) for one in wanted) else ():
        found = _code_points(path)
        covered = {one for one in wanted if found and ord(one) in found and not _is_unseen(one)}
        if covered:
            files.append(path)
            wanted -= covered
        if all(_is_unseen(one) for one in wanted):
            break
    return Letters(tuple(files), frozenset(wanted))


def _candidates() -> Iterator[Path]:
    package = find_spec("noto_cjk_sans_jp_regular")
    if package is not None and package.origin is not None:
        yield from sorted(Path(package.origin).parent.glob("*.otf"))
    found = [
        Path(folder) / name
        for root in font_folders()
        for folder, _, names in os.walk(root)
        for name in names
        if name.lower().endswith(_SUFFIXES)
    ]
    yield from sorted(found, key=_promise)[:MOST_LOOKED_AT]


def font_folders() -> Sequence[Path]:
    """Where machines keep fonts: Linux, macOS, and the Windows around a Linux."""
    data = Path(os.environ.get("XDG_DATA_HOME") or Path.home() / ".local" / "share")
    return (
        data / "fonts",
        Path.home() / ".fonts",
        Path("/usr/local/share/fonts"),
        Path("/usr/share/fonts"),
        Path("/System/Library/Fonts"),
        Path("/Library/Fonts"),
        Path("/mnt/c/Windows/Fonts"),
    )


def _promise(path: Path) -> tuple[int, bool, str]:
    name = path.name.lower()
    rank = next((index for index, begin in enumerate(_PROMISING) if name.startswith(begin)), len(_PROMISING))
    return rank, "regular" not in name, name


def _code_points(path: Path) -> frozenset[int] | None:
    """What a font file can write; None for what is no font, or one in another form than outlines."""
    from fontTools.ttLib import TTFont, TTLibError

    try:
        with TTFont(path, fontNumber=0, lazy=True) as font:
            if "glyf" not in font and "CFF " not in font:
                return None
            return frozenset(font.getBestCmap() or ())
    except (OSError, TTLibError, ValueError, KeyError, AssertionError, IndexError, TypeError):
        return None


def _runs(text: str, lacking: frozenset[str]) -> Iterator[tuple[bool, str]]:
    run, state = "", False
    for one in text:
        if (one in lacking) != state and run:
            yield state, run
            run = ""
        state = one in lacking
        run += one
    if run:
        yield state, run


def _spelled(run: str) -> str:
    """Letters that can't be set, in Latin ones; by their numbers where nobody knows how."""
    return "".join(
        "" if _is_unseen(one) else (anyascii(one) or f"U+{ord(one):04X}") for one in unicodedata.normalize("NFC", run)
    )


def _is_unseen(one: str) -> bool:
    """Whether a character only says how its neighbours are drawn (joiners, marks of direction, variants)."""
    return unicodedata.category(one) == "Cf" or "\ufe00" <= one <= "\ufe0f" or "\U000e0100" <= one <= "\U000e01ef"
