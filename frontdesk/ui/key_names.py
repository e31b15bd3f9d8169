"""Keys as a person reads them, on the key line, in the help and in the README."""

from __future__ import annotations

import unicodedata

_SHORTER = {
    "solidus": "slash",
    "reverse_solidus": "backslash",
    "commercial_at": "at",
    "hyphen_minus": "minus",
    "plus_sign": "plus",
    "low_line": "underscore",
}


def _sign_name(unicode_name: str) -> str:
    name = unicode_name.casefold().replace("-", "_").replace(" ", "_")
    return _SHORTER.get(name, name)


_SIGNS = {_sign_name(unicodedata.name(chr(code))): chr(code) for code in range(0x21, 0x7F) if not chr(code).isalnum()}
_NAMES = {
    "space": "Space",
    "escape": "Esc",
    "enter": "Enter",
    "tab": "Tab",
    "up": "↑",
    "down": "↓",
    "left": "←",
    "right": "→",
    "pageup": "PgUp",
    "pagedown": "PgDn",
    "home": "Home",
    "end": "End",
    "delete": "Del",
    "backspace": "Backspace",
    "shift+tab": "Shift+Tab",
}

_FUNCTION_KEYS = tuple(f"f{number}" for number in range(1, 13))
_KEPT = "chijmsz"
"""Letters that with Ctrl are an interrupt, a backspace, a tab, a line end, a stopped screen or a stopped program."""
_WRITTEN = {words.casefold(): key for key, words in _NAMES.items()} | {
    "delete": "delete",
    "insert": "insert",
    "backspace": "backspace",
    "up": "up",
    "down": "down",
    "left": "left",
    "right": "right",
}


def key_words(key: str) -> str:
    """A key as a person reads it: `ctrl+p` is Ctrl+P, `slash` is /."""
    if key in _NAMES:
        return _NAMES[key]
    if key.startswith("ctrl+"):
        return "Ctrl+" + key_words(key[5:]).upper()
    return _SIGNS.get(key, key.upper() if key in _FUNCTION_KEYS else key)


class BadKey(ValueError):
    """What is written is no key that every terminal sends; the words say what to write."""


def key_named(written: str) -> str:
    """A key by how a person writes it, `Ctrl+P` or `/`, as bindings name it; raises `BadKey`."""
    text = written.strip(" ")
    if len(text) == 1 and text not in _WRITTEN:
        name = unicodedata.name(text, "")
        if not name or not text.isprintable():
            raise BadKey("a control character is no key")
        return text if text.isalnum() else _sign_name(name)
    low = text.casefold().replace(" ", "").replace("-", "+" if text[:4].casefold() == "ctrl" else "-")
    if low in _WRITTEN:
        return _WRITTEN[low]
    if low in _FUNCTION_KEYS:
        return low
    if low.startswith("ctrl+") and len(low) == 6 and low[5].isascii() and low[5].isalpha():
        if low[5] in _KEPT:
            raise BadKey(f"Ctrl+{low[5].upper()} is kept by terminals, or is another key for them; take another")
        return low
    shown = "".join(character for character in written if character.isprintable())[:20]
    if low.startswith(("alt+", "shift+", "meta+", "cmd+", "super+")):
        raise BadKey(f'"{shown}": not every terminal sends that; a capital letter is written as itself, "M"')
    raise BadKey(f'"{shown}" is no key; write "m", "M", "F6", "Space", "Ctrl+B" or a sign')
