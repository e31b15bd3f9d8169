"""Bytes of a file somebody was sent, as text.

Practice systems, spreadsheets and phones write whatever their country's system wrote twenty years ago, and no
file says which. A byte order mark and valid UTF-8 are certain and come first; the rest is weighed.
"""

from __future__ import annotations

import codecs
import re
from typing import TYPE_CHECKING

from msgspec import Struct

from frontdesk.domain.errors import Refused
from frontdesk.exchange.legacy import guess

if TYPE_CHECKING:
    from collections.abc import Mapping


class Decoded(Struct, frozen=True):
    """A file's text and the Python codec name it was read with, so that a person can be told the guess."""

    text: str
    encoding: str


# UTF-32's little-endian mark begins with UTF-16's, so it is asked for first.
_MARKS: tuple[tuple[bytes, str], ...] = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)

_KINDS: tuple[tuple[bytes, str], ...] = (
    (b"PK\x03\x04", "a zip archive or an Excel workbook; open it and save it as CSV"),
    (b"\xd0\xcf\x11\xe0", "an old Excel workbook; open it and save it as CSV"),
    (b"%PDF-", "a PDF"),
    (b"\x1f\x8b", "a gzip archive; unpack it first"),
    (b"SQLite format 3\x00", "a database"),
    (b"\x89PNG", "a picture"),
    (b"\xff\xd8\xff", "a picture"),
)
"""How files that are not text begin, and what to tell the person who chose one."""

_SAMPLE = 65_536
_CONTROLS = re.compile("[\x00-\x08\x0e-\x19\x1c-\x1f\x7f]")  # not tab, line ends, DOS end of file or escape
_STRAYS: Mapping[int, str] = {
    0xDC00 + byte: bytes([byte]).decode("cp1252", errors="replace") for byte in range(0x80, 0x100)
}


def decode(data: bytes) -> Decoded:
    """The text of `data` and the encoding it was read with; line ends and NULs are kept as they are.

    Any text is read, if need be with replacement characters, because one bad byte must not cost a whole file.
    Raises `Refused` for a file that holds no text at all.
    """
    for start, kind in _KINDS:
        if data.startswith(start):
            raise Refused(f"this is not a text file but {kind}")
    decoded = _decode(data)
    sample = decoded.text[:_SAMPLE]
    controls = len(_CONTROLS.findall(sample))
    certain = decoded.encoding.startswith("utf")
    if controls > 2 and controls > len(sample) * (0.3 if certain else 0.05):
        raise Refused("this is not a text file: it is full of control characters")
    return decoded


def _decode(data: bytes) -> Decoded:
    for mark, encoding in _MARKS:
        if data.startswith(mark):
            return Decoded(data[len(mark) :].decode(encoding.removesuffix("-sig"), errors="replace"), encoding)
    wide = _wide(data[:_SAMPLE])
    if wide:
        return Decoded(data.decode(wide, errors="replace"), wide)
    try:
        return Decoded(data.decode("utf-8"), "utf-8")
    except UnicodeDecodeError:
        pass
    mixed = data.decode("utf-8", errors="surrogateescape")
    strays = sum("\udc80" <= character <= "\udcff" for character in mixed)
    proper = sum(character > "\x7f" for character in mixed) - strays
    if proper >= strays:
        # Two files glued together, or one cut inside a character: what is UTF-8 stays, the rest is Western.
        return Decoded(mixed.translate(_STRAYS), "utf-8")
    encoding = guess(data)
    return Decoded(data.decode(encoding, errors="replace"), encoding)


def _wide(sample: bytes) -> str | None:
    """Which UTF-16 a text without a byte order mark is in: every second byte of Latin text is zero there."""
    pairs = len(sample) // 2
    if pairs < 2:
        return None
    first = sample[0 : pairs * 2 : 2].count(0) / pairs
    second = sample[1 : pairs * 2 : 2].count(0) / pairs
    if second > 0.4 and first < 0.05:
        return "utf-16-le"
    if first > 0.4 and second < 0.05:
        return "utf-16-be"
    return None
