"""Everything a verb says on standard output: plain lines, tables, one JSON document."""

from __future__ import annotations

import io
import os
import sys
from collections.abc import Sequence

from frontdesk.domain.errors import Refused
from frontdesk.text import visible


def prepare_streams() -> None:
    """Lets a terminal that lacks a letter (ASCII, Latin-1) show its number instead of ending the program."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="backslashreplace")


def out(text: str) -> None:
    """One line, with nothing in it that a terminal would obey."""
    _write(visible(text) + "\n")


def document(value: object) -> None:
    """One JSON document; what a terminal would obey is escaped, other scripts are kept where they can be shown."""
    import json

    encoding = getattr(sys.stdout, "encoding", None) or "utf-8"
    shown = encoding.lower().replace("-", "") == "utf8"
    text = json.dumps(value, ensure_ascii=not shown, indent=2)
    _write("\n".join(line if line == visible(line) else _escaped(line) for line in text.split("\n")) + "\n")


def _escaped(line: str) -> str:
    import json

    return "".join(one if one == visible(one) else json.dumps(one)[1:-1] for one in line)


def table(rows: Sequence[Sequence[str]]) -> None:
    """Rows in columns as wide as their widest cell, in terminal cells."""
    cleaned = [[visible(cell) for cell in row] for row in rows]
    if not cleaned:
        return
    # When it is asked for: the dashboard prints no tables.
    from frontdesk.exchange.plain_text import cells

    widths = [max(cells(row[index]) for row in cleaned) for index in range(len(cleaned[0]))]
    for row in cleaned:
        line = "  ".join(cell + " " * (width - cells(cell)) for cell, width in zip(row, widths, strict=True))
        _write(line.rstrip() + "\n")


def finish() -> None:
    """Sends what is still held back; raises as writing does."""
    _write("", flush=True)


def _write(text: str, *, flush: bool = False) -> None:
    """Raises `BrokenPipeError` when the reader has gone, and `Refused` when there is no room for the answer."""
    try:
        print(text, end="", flush=flush)
    except OSError as error:
        # Python writes what it holds back once more when it ends: that must not complain again.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        if isinstance(error, BrokenPipeError):
            raise
        reason = (error.strerror or "no more is taken").lower()
        raise Refused(f"it was done, but the answer can't be written: {reason}") from error
