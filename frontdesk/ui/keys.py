"""What is made of the table of actions: bindings, the key line, the help screen, the tables of the documents."""

from __future__ import annotations

from collections.abc import Iterable

from textual.binding import Binding, BindingsMap

from frontdesk.ui.actions import ACTIONS
from frontdesk.ui.actions.action import (
    BOARD,
    CLOSE,
    DAY,
    DIALOG,
    FILE,
    LISTS,
    PATIENTS,
    PLACES,
    RECALLS,
    REMINDERS,
    REPORTS,
    ROOMS,
    SCREENS,
    SETUP,
    WAITING,
    Action,
)
from frontdesk.ui.key_names import key_words

__all__ = [
    "ACTIONS",
    "BOARD",
    "CLOSE",
    "DAY",
    "DIALOG",
    "FILE",
    "LISTS",
    "PATIENTS",
    "PLACES",
    "RECALLS",
    "REMINDERS",
    "REPORTS",
    "ROOMS",
    "SCREENS",
    "SETUP",
    "USUAL",
    "WAITING",
    "Action",
    "Keymap",
    "action",
    "actions_for",
    "bindings_for",
    "clashes",
    "key_line_for",
    "key_summary",
    "key_table",
    "key_words",
]


class Keymap:
    """The actions with the keys that they have on this workstation, and what is made of them."""

    def __init__(self, actions: Iterable[Action] = ACTIONS) -> None:
        """`actions` are all there are, with their keys."""
        self.actions = tuple(actions)
        self._by_id = {one.id: one for one in self.actions}
        self._lines: dict[str, tuple[Action, ...]] = {}
        """What `key_line_for` found, which is asked after every key: the actions stay as they are."""
        self._moved = {one.id for one, usual in zip(self.actions, ACTIONS, strict=True) if one.keys != usual.keys}

    def action(self, action_id: str) -> Action:
        """The action of that id; KeyError for one that is not in the table."""
        return self._by_id[action_id]

    def actions_for(self, place: str) -> tuple[Action, ...]:
        """The actions that work in a place, in the table's order."""
        return tuple(one for one in self.actions if place in one.places)

    def key_line_for(self, place: str) -> tuple[Action, ...]:
        """What the key line of a place may show, most wanted first; what has no key is found in the palette."""
        if place not in self._lines:
            wanted = (one for one in self.actions_for(place) if one.line and one.keys)
            self._lines[place] = tuple(sorted(wanted, key=lambda one: one.line))
        return self._lines[place]

    def bindings_for(self, place: str) -> list[Binding]:
        """The bindings of a place's screen: each runs `action_do` with the action's id, which says why not."""
        return [
            Binding(",".join(one.keys), f"do({one.id!r})", one.words, id=one.id, show=bool(one.line))
            for one in self.actions_for(place)
            if one.keys
        ]

    def rebind(self, bindings: BindingsMap, place: str) -> None:
        """Gives a screen of a place the keys of this workstation in place of the usual ones."""
        if not self._moved:
            return
        for key, bound in list(bindings.key_to_bindings.items()):
            bindings.key_to_bindings[key] = [one for one in bound if one.id not in self._moved]
            if not bindings.key_to_bindings[key]:
                del bindings.key_to_bindings[key]
        moved = BindingsMap([one for one in self.bindings_for(place) if one.id in self._moved])
        for key, bound in moved.key_to_bindings.items():
            bindings.key_to_bindings.setdefault(key, []).extend(bound)


USUAL = Keymap()
"""The keys as the program has them."""


def action(action_id: str) -> Action:
    """The action of that id with its usual keys; KeyError for one that is not in the table."""
    return USUAL.action(action_id)


def actions_for(place: str) -> tuple[Action, ...]:
    """The actions that work in a place, with their usual keys."""
    return USUAL.actions_for(place)


def bindings_for(place: str) -> list[Binding]:
    """The usual bindings of a place's screen."""
    return USUAL.bindings_for(place)


def key_line_for(place: str) -> tuple[Action, ...]:
    """What the key line of a place may show with the usual keys."""
    return USUAL.key_line_for(place)


def clashes(actions: Iterable[Action] = ACTIONS) -> list[str]:
    """What is wrong with a table: a key that means two things in one place, an id or a place used wrongly."""
    from frontdesk.ui.keymap import clashes_of

    table = tuple(actions)
    wrong: list[str] = []
    ids: set[str] = set()
    for one in table:
        if one.id in ids:
            wrong.append(f"{one.id} is there twice")
        ids.add(one.id)
        wrong += [f"{one.id}: no place {place}" for place in one.places if place not in PLACES]
    return [f"{place}: {key} means {one} and {other}" for place, key, one, other in clashes_of(table)] + wrong


def key_table() -> str:
    """Every key with what it does, as Markdown: the table of `docs/keys.md`."""
    rows = ["| keys | where | what |", "| --- | --- | --- |"]
    rows.append("| arrows, `h` `j` `k` `l`, Home, End, PgUp, PgDn | everywhere | move |")
    rows.append("| Tab, Shift+Tab | everywhere | the next pane or field |")
    rows.append("| Enter | everywhere | open, or save |")
    for one in ACTIONS:
        if one.keys:
            keys = ", ".join(f"`{key_words(key)}`" for key in one.keys)
            if one.keys == tuple("123456789"):
                keys = "`1` to `9`"
            where = ", ".join(PLACES[place] for place in one.places)
            rows.append(f"| {keys} | {where} | {one.help} |")
    return "\n".join(rows) + "\n"


def key_summary() -> str:
    """What each screen's key line offers, as Markdown: the README's table. What works on all of them stands once."""
    rows = ["| where | keys |", "| --- | --- |"]
    everywhere = [one for one in ACTIONS if one.keys and {*SCREENS, *LISTS} <= set(one.places)]
    everywhere.sort(key=lambda one: one.keys[0] if one.keys[0].isdecimal() else "~")
    rows.append("| all screens | arrows or `h` `j` `k` `l` move, Tab next pane, Enter opens, " + _in_words(everywhere))
    for place, words in PLACES.items():
        line = [one for one in key_line_for(place) if one not in everywhere]
        if line:
            rows.append(f"| {words} | " + _in_words(line))
    return "\n".join(rows) + "\n"


def _in_words(actions: Iterable[Action]) -> str:
    return ", ".join(f"`{one.key_words}` {one.words}" for one in actions) + " |"
