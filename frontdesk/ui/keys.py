"""What is made of the table of actions: bindings, the key line, the help screen, the tables of the documents."""

from __future__ import annotations

from collections.abc import Iterable

from textual.binding import Binding

from frontdesk.ui.actions import (
    ACTIONS,
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
    "PATIENTS",
    "PLACES",
    "RECALLS",
    "REMINDERS",
    "REPORTS",
    "ROOMS",
    "SCREENS",
    "SETUP",
    "WAITING",
    "Action",
    "action",
    "actions_for",
    "bindings_for",
    "clashes",
    "key_line_for",
    "key_summary",
    "key_table",
    "key_words",
]

_BY_ID = {action.id: action for action in ACTIONS}


def action(action_id: str) -> Action:
    """The action of that id; KeyError for one that is not in the table."""
    return _BY_ID[action_id]


def actions_for(place: str) -> tuple[Action, ...]:
    """The actions that work in a place, in the table's order."""
    return tuple(one for one in ACTIONS if place in one.places)


def bindings_for(place: str) -> list[Binding]:
    """The bindings of a place's screen: each runs `action_do` with the action's id, which says why when it can't."""
    return [
        Binding(",".join(one.keys), f"do({one.id!r})", one.words, id=one.id, show=bool(one.line))
        for one in actions_for(place)
        if one.keys
    ]


def key_line_for(place: str) -> tuple[Action, ...]:
    """What the key line of a place may show, most wanted first."""
    return tuple(sorted((one for one in actions_for(place) if one.line), key=lambda one: one.line))


def clashes(actions: Iterable[Action] = ACTIONS) -> list[str]:
    """What is wrong with a table: a key that means two things in one place, an id or a place used wrongly."""
    wrong: list[str] = []
    ids: set[str] = set()
    taken: dict[tuple[str, str], str] = {}
    for one in actions:
        if one.id in ids:
            wrong.append(f"{one.id} is there twice")
        ids.add(one.id)
        for place in one.places:
            if place not in PLACES:
                wrong.append(f"{one.id}: no place {place}")
            for key in one.keys:
                other = taken.setdefault((place, key), one.id)
                if other != one.id:
                    wrong.append(f"{place}: {key} means {other} and {one.id}")
    return wrong


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
    rows.append("| all screens | arrows or `h` `j` `k` `l` move, Tab next pane, Enter opens, " + _in_words(everywhere))
    for place, words in PLACES.items():
        line = [one for one in key_line_for(place) if one not in everywhere]
        if line:
            rows.append(f"| {words} | " + _in_words(line))
    return "\n".join(rows) + "\n"


def _in_words(actions: Iterable[Action]) -> str:
    return ", ".join(f"`{one.key_words}` {one.words}" for one in actions) + " |"
