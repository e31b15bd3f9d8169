"""The bytes of a file that somebody named, or one line that says why they can't be had."""

from __future__ import annotations

from pathlib import Path

from frontdesk.domain.errors import Refused
from frontdesk.text import visible


def read_bytes(path: Path, limit: int) -> bytes:
    """What a file holds; raises `Refused` for one that is not there, no file, empty, or larger than `limit` bytes."""
    name = visible(str(path))
    try:
        with path.open("rb") as file:
            data = file.read(limit + 1)
    except FileNotFoundError:
        raise Refused(f"there is no file {name}") from None
    except IsADirectoryError:
        raise Refused(f"{name} is a folder; name the files in it") from None
    except OSError as error:
        raise Refused(f"{name} can't be read: {(error.strerror or 'it is no file').lower()}") from None
    except ValueError:
        raise Refused(f"{name} is no name of a file") from None
    if len(data) > limit:
        raise Refused(f"{name} is larger than {limit / 1_000_000:g} MB; this is another file, or split it")
    if not data:
        raise Refused(f"{name} is empty")
    return data
