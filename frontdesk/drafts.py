"""What is half typed in a form, kept on this workstation so that a crash or a power cut loses none of it.

Health data: files of mode 0600 in a folder of mode 0700, gone as soon as the form is saved or left. Each running
program has a folder of its own that it holds locked; a folder that nobody holds is of one that ended without being
asked to, and the next start takes what lies in it.
"""

from __future__ import annotations

import os
import re
from contextlib import suppress
from pathlib import Path
from typing import Any
from uuid import uuid4

from msgspec import Struct, field
from msgspec.structs import asdict

from frontdesk.holding import hold
from frontdesk.patterns import late

_KEY = late(r"[a-z]+(?:-[a-z0-9]+)*")
_LOCK = "in-use"


class Draft(Struct, frozen=True):
    """What stood in a form: `typed` by field, and what those fields began with."""

    key: str
    """Which form of what: `patient-12`, `intake-12-new`."""
    title: str
    typed: dict[str, Any] = field(default_factory=dict)
    was: dict[str, Any] = field(default_factory=dict)


class Drafts:
    """The drafts of this run, and those that earlier runs left behind."""

    def __init__(self, folder: Path, database_id: str) -> None:
        """Takes over what no running program holds; raises OSError where nothing can be kept."""
        self._root = folder / re.sub(r"\W", "", database_id)
        self._own = self._root / uuid4().hex
        self._own.mkdir(mode=0o700, parents=True)
        for one in (folder, self._root):
            with suppress(OSError):
                one.chmod(0o700)
        self._held = hold(self._own / _LOCK)
        self._kept: dict[str, Draft] = {}
        for other in sorted(self._root.iterdir()):
            if other != self._own:
                self._take_over(other)
        self.left = tuple(self._kept.values())
        """What earlier runs left behind, as it was found at the start."""

    def found(self, key: str) -> Draft | None:
        """The draft of a form, if there is one; reads no file."""
        return self._kept.get(key)

    def keep(self, draft: Draft) -> None:
        """Writes a draft down in place of the one before it; raises OSError where that can't be done."""
        if not _KEY.fullmatch(draft.key):
            raise ValueError(f"no key of a draft: {draft.key!r}")
        self._kept[draft.key] = draft
        import json

        beside = self._own / f"{draft.key}.new"
        with os.fdopen(os.open(beside, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "w", encoding="utf-8") as file:
            json.dump(asdict(draft), file, ensure_ascii=False)
            file.flush()
            os.fsync(file.fileno())
        beside.replace(self._own / f"{draft.key}.json")

    def drop(self, key: str) -> None:
        """Forgets a draft: it was saved, or nobody wants it."""
        if self._kept.pop(key, None) is not None:
            for name in (f"{key}.json", f"{key}.new"):
                with suppress(OSError):
                    (self._own / name).unlink(missing_ok=True)

    def close(self) -> None:
        """Lets go of the folder; what is still in it is found by the next start."""
        self._held.close()
        if not self._kept:
            _remove(self._own)

    def _take_over(self, other: Path) -> None:
        try:
            held = hold(other / _LOCK)
        except OSError:
            return  # a running program's
        try:
            for path in sorted(other.glob("*.json")):
                draft = _read(path)
                if draft is None or draft.key in self._kept:
                    continue
                self.keep(draft)
        finally:
            held.close()
        _remove(other)


def _read(path: Path) -> Draft | None:
    """The draft in a file; None for what is none."""
    import json

    with suppress(OSError, ValueError, TypeError):
        said = json.loads(path.read_text(encoding="utf-8"))
        draft = Draft(**said)
        if _KEY.fullmatch(draft.key) and isinstance(draft.typed, dict) and isinstance(draft.was, dict):
            return draft
    return None


def _remove(folder: Path) -> None:
    with suppress(OSError):
        for path in folder.iterdir():
            path.unlink()
        folder.rmdir()
