"""The style sheets, read once, and what they say of a widget worked out once for all that stand where it stands.

Textual 8.2.8 parses every sheet anew when a screen or a dialog brings one of its own, and its own for all widgets when
one comes from it by more steps than those before. Every rule is asked about every widget each time one is made, shown
again or given the keys. It is half of what it took to open a form. What the rules say depends on nothing but a widget's
kind, name, classes and state and those of what it is in, so that is the key to what was found before. Rests on private
parts of textual==8.2.8, which pyproject pins and tests/ui/test_stylesheet.py holds.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, KeysView, Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

from textual.app import App
from textual.cache import LRUCache
from textual.css.model import RuleSet
from textual.css.styles import RenderStyles, RulesMap
from textual.css.stylesheet import Stylesheet
from textual.css.tokenize import tokenize_value
from textual.css.tokenizer import Token
from textual.css.types import CSSLocation
from textual.dom import DOMNode
from textual.widget import Widget

NEIGHBOURS = frozenset(
    {"first-of-type", "last-of-type", "first-child", "last-child", "odd", "even", "empty", "focus-within"}
)
"""What rules may ask that the key does not tell: where a sheet does, nothing is remembered."""
MOST = 4000
"""Places remembered; a day at all screens and forms takes a few hundred."""


class HouseSheet(Stylesheet):
    """Textual's, with a memory."""

    def __init__(self, variables: dict[str, str]) -> None:
        super().__init__(variables=variables)
        self._parse_cache = LRUCache(1024)
        self._parsed: dict[tuple[str, CSSLocation, bool, str], tuple[int, list[RuleSet]]] = {}
        self._values = Values(variables)
        self._found: dict[tuple[Any, ...], Found] = {}
        self._keyed = True
        self._said: RulesMap | None = None

    def set_variables(self, variables: dict[str, str]) -> None:
        """Other colours: everything is parsed anew, where they are others."""
        if variables != self._variables:
            super().set_variables(variables)
            self._parsed.clear()
            self._values = Values(variables)
            self._require_parse = True

    @property
    def _variable_tokens(self) -> dict[str, list[Token]]:
        return self._values

    def _parse_rules(
        self,
        css: str,
        read_from: CSSLocation,
        is_default_rules: bool = False,
        tie_breaker: int = 0,
        scope: str = "",
    ) -> list[RuleSet]:
        """As Textual; what was parsed as it stands for another rank among the sheets is only given this one."""
        key = css, read_from, is_default_rules, scope
        rank, rules = self._parsed.get(key, (0, []))
        if rank and rank != tie_breaker:
            # A rule within rules has the rank once for each it is in.
            return [replace(one, tie_breaker=one.tie_breaker // rank * tie_breaker) for one in rules]
        rules = super()._parse_rules(css, read_from, is_default_rules, tie_breaker, scope)
        self._parsed[key] = tie_breaker, rules
        return rules

    def parse(self) -> None:
        """Parses the sheets that were not parsed before."""
        super().parse()
        self._found.clear()
        self._keyed = all(NEIGHBOURS.isdisjoint(rule.pseudo_classes) for rule in self._rules)

    def read_ahead(self, path: Path) -> None:
        """Reads and parses a sheet before anybody comes who needs it: nobody that is there does."""
        if not self.has_source(str(path)):
            self.read(path)
            self.parse()

    def reparse(self) -> None:
        """As `parse`: what was parsed with these colours is as it was."""
        self.parse()

    def update_nodes(self, nodes: Iterable[DOMNode], animate: bool = False) -> None:
        """As Textual; a widget that is not in a screen yet has its styles worked out when it comes into one."""
        super().update_nodes([node for node in nodes if node.is_attached], animate)

    def apply(self, node: DOMNode, *, animate: bool = False, cache: dict[Any, RulesMap] | None = None) -> None:
        """Gives a widget the styles that the rules say."""
        key = _key(node) if self.rules and self._keyed else None
        known = None if key is None else self._found.get(key)
        if known is not None:
            known.give(node, lambda said: Stylesheet.replace_rules(node, said))
        else:
            self._said = None
            super().apply(node, animate=animate)
            if key is not None:
                if len(self._found) >= MOST:
                    self._found.clear()
                self._found[key] = Found(self._said, node)
        self._give_parts(node)

    def _give_parts(self, node: DOMNode) -> None:
        """The styles of a widget's parts, anew where they were drawn with."""
        names = node._get_component_classes()
        if names:
            before, parts = node._component_styles, Parts(node, names, self.apply)
            node._component_styles = parts
            if any(parts[name].base != styles.base for name, styles in before.items()):
                node.refresh()

    def _process_component_classes(self, node: DOMNode) -> None:
        """Nothing: `apply` does it, when what was said of the widget itself is written down."""

    def replace_rules(  # type: ignore[override]
        self, node: DOMNode, rules: RulesMap, animate: bool = False
    ) -> None:
        """As Textual, which calls this from `apply`, and keeps what was said."""
        self._said = rules
        Stylesheet.replace_rules(node, rules, animate)


class Values(dict[str, list[Token]]):
    """The sheets' variables by name, each taken apart when one asks for it: most of Textual's own nobody does.

    A sheet works on a copy, to which it may add its own. Of what a mapping can be asked, only what Textual asks: `in`,
    `[]`, `keys`, `copy`, and whether there is one.
    """

    def __init__(self, variables: Mapping[str, str], known: dict[str, list[Token]] | None = None) -> None:
        """`known` are those that were asked for before."""
        super().__init__()
        self._variables = variables
        self._known = {} if known is None else known

    def copy(self) -> Values:
        """One that has nothing of its own."""
        return Values(self._variables, self._known)

    def keys(self) -> KeysView[str]:  # type: ignore[override]
        """The names of all, for whoever wrote one that is none."""
        return dict.fromkeys((*self._variables, *super().keys())).keys()

    def __bool__(self) -> bool:
        return True

    def __contains__(self, name: object) -> bool:
        return super().__contains__(name) or name in self._variables

    def __missing__(self, name: str) -> list[Token]:
        if name not in self._known:
            self._known[name] = list(tokenize_value(self._variables[name], ("__name__", "")))
        return self._known[name]


class Parts(dict[str, RenderStyles]):
    """The styles of a widget's parts by their names, each worked out when it is first drawn with.

    A field of one line draws itself and needs none of its four, one of several lines three of fourteen; each is a node
    like a widget.
    """

    def __init__(self, node: DOMNode, names: Collection[str], apply: Callable[[DOMNode], None]) -> None:
        super().__init__()
        self._node, self._names, self._apply = node, names, apply

    def __contains__(self, name: object) -> bool:
        return name in self._names

    def __missing__(self, name: str) -> RenderStyles:
        if name not in self._names:
            raise KeyError(name)
        part = DOMNode(classes=name)
        part._attach(self._node)
        self._apply(part)
        self[name] = part.styles
        return part.styles


class Found:
    """What the rules say of one kind of widget in one place: as they say it, and as it is understood once it is set."""

    def __init__(self, said: RulesMap | None, node: DOMNode) -> None:
        """`node` has just been given it."""
        self._said = said
        self._set = node.styles.base.get_rules()
        self._flags = node._has_hover_style, node._has_focus_within, node._has_order_style, node._has_odd_or_even

    def give(self, node: DOMNode, replace: Callable[[RulesMap], None]) -> None:
        """Puts it on another, or again on the same; `replace` does what has to be drawn or laid out anew."""
        node._has_hover_style, node._has_focus_within, node._has_order_style, node._has_odd_or_even = self._flags
        if self._said is None:
            return
        styles = node.styles.base
        rules = styles._rules
        if rules == self._set:
            node.notify_style_update()
        elif rules:
            replace(self._said)
        else:
            # It was just made: nothing of it is drawn or laid out yet.
            rules.update(self._set)
            styles._updates += 1
            node.notify_style_update()


def _key(node: DOMNode) -> tuple[Any, ...]:
    """What rules can ask of a widget and of all it is in."""
    key: list[Any] = []
    at: Any = node
    while isinstance(at, DOMNode):
        key += (type(at), at._id, frozenset(at._classes))
        if isinstance(at, Widget):
            key.append((at.has_focus, at.mouse_hover, at.disabled, at.allow_focus()))
        elif isinstance(at, App):
            key.append((at.app_focus, at.theme, at.native_ansi_color, at.is_inline, at.no_color))
        at = at._parent
    return tuple(key)
