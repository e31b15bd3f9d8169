"""Which 8-bit encoding a text was written in, when nothing says so."""

from __future__ import annotations

from charset_normalizer import from_bytes


def guess(data: bytes) -> str:
    """The Python codec name that reads `data` best."""
    try:
        data.decode("cp1252")
    except UnicodeDecodeError:
        best = from_bytes(data[:65_536]).best()
        return best.encoding if best else "latin-1"
    return "cp1252"
