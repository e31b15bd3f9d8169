"""Keys as a person reads them, on the key line, in the help and in the README."""

from __future__ import annotations

_NAMES = {
    "space": "Space",
    "escape": "Esc",
    "enter": "Enter",
    "tab": "Tab",
    "slash": "/",
    "question_mark": "?",
    "full_stop": ".",
    "left_square_bracket": "[",
    "right_square_bracket": "]",
    "less_than_sign": "<",
    "greater_than_sign": ">",
    "exclamation_mark": "!",
    "colon": ":",
    "up": "↑",
    "down": "↓",
    "left": "←",
    "right": "→",
    "pageup": "PgUp",
    "pagedown": "PgDn",
    "shift+tab": "Shift+Tab",
    "comma": ",",
    "plus": "+",
    "minus": "-",
    "equals_sign": "=",
}


def key_words(key: str) -> str:
    """A key as a person reads it: `ctrl+p` is Ctrl+P, `slash` is /."""
    if key in _NAMES:
        return _NAMES[key]
    if key.startswith("ctrl+"):
        return "Ctrl+" + key_words(key[5:]).upper()
    return key
