"""Finding an action by the words a receptionist would use."""

from __future__ import annotations

from collections.abc import Iterable

from frontdesk.ui.keys import Action
from frontdesk.ui.layout.cells import cut, width

NO_KEY = (
    (
        ("backup", "back up", "restore", "copy of the database", "update", "install"),
        "That is done in a terminal: see the owner's page, docs/owner.md.",
    ),
    (
        ("tour", "tutorial", "training", "show me round"),
        "Leave, and start it in a terminal: frontdesk demo --tour",
    ),
)
"""What is looked for that no key does, by its names, and where it is done."""
NOT_FOUND = "no action is called that"
_EXPLAINED = 3
"""The rank of an action that has the typed words only with those of its explanation."""


def said_of_none(typed: str) -> str:
    """What stands where no action is found: where it is done that was looked for, if that is known."""
    wanted = typed.casefold().split()
    return next((where for names, where in NO_KEY if wanted and any(_holds(one, wanted) for one in names)), NOT_FOUND)


def find_among(here: Iterable[Action], elsewhere: Iterable[Action], typed: str) -> list[Action]:
    """Finds actions as `find_actions` does: first of what works on a screen, then of what works on others.

    What has the typed words in its explanation alone comes last, also where it works here.
    """
    found = [(one, False) for one in find_actions(here, typed)] + [
        (one, True) for one in find_actions(elsewhere, typed)
    ]
    wanted = typed.casefold().split()
    return [one for one, _ in sorted(found, key=lambda row: (_rank(row[0], wanted) == _EXPLAINED, row[1]))]


def find_actions(actions: Iterable[Action], typed: str) -> list[Action]:
    """The actions whose words hold every typed word's beginning, those called so first.

    An action's own words count before what people call it, and those before its explanation.
    """
    wanted = typed.casefold().split()
    found: list[tuple[int, int, Action]] = []
    for place, action in enumerate(actions):
        if not wanted:
            found.append((0, place, action))
            continue
        rank = _rank(action, wanted)
        if rank is not None:
            found.append((rank, place, action))
    return [action for _, _, action in sorted(found, key=lambda one: one[:2])]


def clause(text: str, cells: int) -> str:
    """As much of an explanation as makes sense by itself in so many cells: to a colon or semicolon, else to a comma.

    The whole stands beneath the list once its row is marked; a word cut in its middle explains nothing.
    """
    if width(text) <= cells:
        return text
    for ends in (":;", ","):
        whole = [text[:at] for at, char in enumerate(text) if char in ends and width(text[:at]) <= cells]
        if whole:
            return whole[-1]
    return cut(text, cells)


def _rank(action: Action, wanted: list[str]) -> int | None:
    called = [action.words, *action.say]
    typed = _in_one(" ".join(wanted))
    for rank, text in enumerate(called):
        if typed and _in_one(text).startswith(typed):
            return min(rank, 1)
    if any(_holds(text, wanted) for text in called):
        return 2
    if _holds(" ".join((*called, action.help)), wanted):
        return _EXPLAINED
    return None


def _in_one(text: str) -> str:
    """The letters and figures alone: `set-up`, `set up` and `setup` are one word to whoever looks for it."""
    return "".join(filter(str.isalnum, text.casefold()))


def _holds(text: str, wanted: list[str]) -> bool:
    words = text.casefold().replace(",", " ").replace(":", " ").replace("-", " ").split()
    return all(any(word.startswith(one) for word in words) for one in wanted)
