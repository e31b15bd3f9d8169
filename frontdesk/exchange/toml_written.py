"""Tables of a `clinic.toml` written out, so that they read back as the same."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from typing import Any

_BARE = re.compile(r"[A-Za-z0-9_-]+")


def nested(title: str, values: Mapping[str, Any]) -> list[str]:
    """A table and the tables inside it, each under a heading of its own: long texts are not squeezed into one line."""
    inner = {key: value for key, value in values.items() if isinstance(value, Mapping)}
    plain = {key: value for key, value in values.items() if key not in inner}
    return [block(f"[{title}]", plain), *(block(f"[{title}.{key}]", one) for key, one in inner.items())]


def block(title: str, values: Mapping[str, Any]) -> str:
    """One table: its heading, then a line a key."""
    return "".join((f"{title}\n", *(f"{_key(key)} = {_value(value)}\n" for key, value in values.items())))


def _key(key: str) -> str:
    """A key as TOML has it: bare where it may be."""
    return key if _BARE.fullmatch(key) else _value(key)


def _value(value: object) -> str:
    if isinstance(value, str):
        return json.dumps(value, ensure_ascii=False).replace("\x7f", "\\u007f")
    if isinstance(value, list):
        return f"[{', '.join(_value(one) for one in value)}]"
    if isinstance(value, Mapping):
        inner = ", ".join(f"{key} = {_value(one)}" for key, one in value.items())
        return f"{{ {inner} }}" if inner else "{}"
    return str(value)
