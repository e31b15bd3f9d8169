"""What an entry of the log says of a change: the fields that differ, as they were and as they are."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

Fields = dict[str, Any]


def differing(was: Mapping[str, Any], now: Mapping[str, Any], *, besides: str = "") -> tuple[Fields, Fields]:
    """The fields that differ, before and after, None where there was or is none; but for the one named `besides`."""
    changed = [key for key in {**was, **now} if key != besides and was.get(key) != now.get(key)]
    return {key: was.get(key) for key in changed}, {key: now.get(key) for key in changed}
