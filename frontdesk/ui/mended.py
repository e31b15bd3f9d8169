"""Textual 8.2.8 mended where it keeps what is gone, and where it looks for the same thing each time.

It remembers two colours for each of the last thousand widgets, and with them the widgets' rows: a day of dialogs would
hold forty megabytes of closed ones. Rich, beneath it, remembers how wide the last four thousand texts are, most of them
a timer's at some second: it takes an hour until that holds all the memory it will. And for each message to a widget all
that the widget's class comes from is looked through, a dialog that opens is 250 messages; as it all is, name by name,
for each class of widgets that is made, three dozen of them before the first day is seen.

Rests on private parts of textual==8.2.8, which pyproject pins and tests/ui/test_mended.py holds.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Iterable
from functools import cache, lru_cache
from typing import Any

from rich import cells, segment
from textual._styles_cache import StylesCache
from textual.color import Color
from textual.dom import DOMNode
from textual.message import Message
from textual.message_pump import MessagePump
from textual.reactive import Reactive
from textual.style import Style

Handler = Callable[[Message], Awaitable[None]]


@lru_cache(maxsize=256)
def _inner_outer(base_background: Color, background: Color) -> tuple[Style, Style]:
    return Style(background=base_background + background), Style(background=base_background)


def _of_colours(self: StylesCache, base_background: Color, background: Color) -> tuple[Style, Style]:
    """The styles inside and outside a border, remembered by the colours alone."""
    del self
    return _inner_outer(base_background, background)


_cell_len = lru_cache(maxsize=512)(cells.cached_cell_len.__wrapped__)
"""How wide a text is, as Rich finds it."""


@cache
def _handlers(receiver: type, message: type[Message], name: str) -> tuple[tuple[type, Any], ...] | None:
    """A class's methods for a kind of message, the most special first; None where it takes more than names to know."""
    kinds = [kind for kind in message.__mro__ if issubclass(kind, Message)]
    found = []
    for owner in receiver.__mro__:
        own = vars(owner)
        if any(own.get("_decorated_handlers", {}).get(kind) for kind in kinds):
            return None
        method = own.get(f"_{name}") or own.get(name)
        if method is not None and not getattr(method, "_textual_on", None):
            found.append((owner, method))
    return tuple(found)


searched = MessagePump._get_dispatch_methods
"""As Textual does it."""


def dispatch_methods(self: MessagePump, method_name: str, message: Message) -> Iterable[tuple[type, Handler]]:
    """What handles a message, until one of them has said that it was enough."""
    handlers = _handlers(type(self), type(message), method_name)  # type: ignore[arg-type]  # a class can be hashed
    if handlers is None:
        yield from searched(self, method_name, message)
        return
    for owner, method in handlers:
        if message._no_default_action:
            return
        yield owner, method.__get__(self, owner)


@cache
def _own(kind: type) -> tuple[dict[str, Reactive[Any]], frozenset[str]]:
    """What a class itself has, not what it comes from: its reactives, and which of them it computes."""
    names = vars(kind)
    computed = (name.lstrip("_")[8:] for name in names if name.startswith(("_compute_", "compute_")))
    return {name: one for name, one in names.items() if isinstance(one, Reactive)}, frozenset(computed)


def begin_class(
    cls: type[DOMNode],
    inherit_css: bool = True,
    inherit_bindings: bool = True,
    inherit_component_classes: bool = True,
) -> None:
    """As Textual does for a class that was just made, what each it comes from has being found once."""
    super(DOMNode, cls).__init_subclass__()
    cls._inherit_css, cls._inherit_bindings = inherit_css, inherit_bindings
    cls._inherit_component_classes = inherit_component_classes
    owned = [_own(base) for base in reversed(cls.__mro__)]
    cls._reactives = {name: one for reactives, _ in owned for name, one in reactives.items()}
    cls._computes = frozenset().union(*(computed for _, computed in owned))
    bases = cls._css_bases(cls)
    cls._css_type_name = bases[0].__name__
    cls._css_type_names = frozenset(base.__name__ for base in bases)
    cls._merged_bindings = cls._merge_bindings()


begun = vars(DOMNode)["__init_subclass__"]
"""As Textual does it."""


def mend() -> None:
    """Before the first widget of ours is made; once or more."""
    DOMNode.__init_subclass__ = classmethod(begin_class)  # type: ignore[assignment]
    for module in cells, segment:
        vars(module)["cached_cell_len"] = _cell_len
    MessagePump._get_dispatch_methods = dispatch_methods  # type: ignore[method-assign]
    StylesCache.get_inner_outer = _of_colours  # type: ignore[method-assign,assignment]
