"""Finding an action by the words a receptionist would use."""

from __future__ import annotations

from collections.abc import Iterable

from frontdesk.ui.keys import Action
from frontdesk.ui.layout.cells import cut, width


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
    typed = " ".join(wanted)
    for rank, text in enumerate(called):
        if text.casefold().startswith(typed):
            return min(rank, 1)
    if any(_holds(text, wanted) for text in called):
        return 2
    if _holds(" ".join((*called, action.help)), wanted):
        return 3
    return None


def _holds(text: str, wanted: list[str]) -> bool:
    words = text.casefold().replace(",", " ").replace(":", " ").replace("-", " ").split()
    return all(any(word.startswith(one) for word in words) for one in wanted)
