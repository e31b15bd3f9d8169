"""The way of a key through the screen: who could take it, and which bindings it meets.

Textual 8.2.8 sends a key through the queue of every widget from the focused one up, though none of them takes keys, and
copies all bindings on the way, twice, to look for one. Rests on private parts of textual==8.2.8, which pyproject pins
and tests/ui/test_key_path.py holds.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from typing import Any

from textual.app import App
from textual.binding import Binding
from textual.dom import DOMNode
from textual.events import Key
from textual.keys import Keys, key_to_character
from textual.screen import Screen
from textual.widget import Widget

_NAMES = frozenset(key.value.replace("+", "_").replace("-", "_") for key in Keys)
"""The keys after which a widget may name a method, `key_enter`, besides every single character."""


def may_be_taken(app: App[Any]) -> bool:
    """Whether the screen or a widget on the way of the next key may do something with it that is no binding.

    One that handles keys may say by a property `wants_keys` that it would do nothing with any of them just now.
    """
    screen = app.screen
    focused = screen.focused
    if screen.maximized is not None:
        return True
    if focused is None:
        return _wants_keys(screen)
    way = [node for node in focused.ancestors_with_self if isinstance(node, Widget)]
    return focused.loading or any(node.disabled or _wants_keys(node) for node in way)


def _wants_keys(widget: Widget) -> bool:
    return takes_keys(type(widget)) and bool(getattr(widget, "wants_keys", True))


@cache
def takes_keys(kind: type[Widget]) -> bool:
    """Whether widgets of a kind handle keys themselves, besides what all do: look for a method named after the key."""
    return any(
        name in ("on_key", "_on_key", "handle_key")
        or (name == "_decorated_handlers" and Key in value)
        or _is_named_after_a_key(name)
        for one in kind.__mro__
        if one is not Screen and one not in Widget.__mro__
        for name, value in vars(one).items()
    )


def _is_named_after_a_key(method: str) -> bool:
    before, mark, key = method.partition("key_")
    return bool(mark) and before in ("", "_") and (len(key) == 1 or key in _NAMES)


def bound_to(screen: Screen[Any], key: str, *, priority: bool) -> Iterator[tuple[DOMNode, Binding]]:
    """The bindings of a key in the order in which they are tried: from the focused widget up; priority ones from the
    app down.

    Not those behind a dialog, and not those above a field that types the key.
    """
    focused = screen.focused
    way: list[DOMNode] = [screen, screen.app]
    if focused is not None and not focused.loading:
        way = focused.ancestors_with_self
    character = key_to_character(key) if len(way) > 2 else None
    found: list[tuple[DOMNode, Binding]] = []
    for node in way:
        bindings = node._bindings.key_to_bindings.get(key, ())
        found += [(node, binding) for binding in bindings if binding.priority == priority]
        if (node.is_modal and not priority) or node.check_consume_key(key, character):
            break
    return reversed(found) if priority else iter(found)
