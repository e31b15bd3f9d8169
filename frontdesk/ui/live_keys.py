"""The keys of this workstation, for words that name them: hints, refusals, what an empty list says."""

from __future__ import annotations

from contextvars import ContextVar

from frontdesk.ui.keys import USUAL, Keymap

_live: ContextVar[Keymap] = ContextVar("keymap", default=USUAL)


def use(keymap: Keymap) -> None:
    """What is said from here on, and in tasks begun from here on, names these keys."""
    _live.set(keymap)


def live() -> Keymap:
    """The keys as they are here."""
    return _live.get()


def key_of(action_id: str) -> str:
    """How the key of an action reads here, `n`; where it has none, the palette's and what to type there."""
    action = live().action(action_id)
    return action.key_words or f"{live().action('palette').key_words}, {action.words}"


def named(*pairs: tuple[str, str]) -> tuple[tuple[str, str], ...]:
    """Keys with words for a key line, from actions with their words; without those that have no key here."""
    actions = [(live().action(action_id), words) for action_id, words in pairs]
    return tuple((action.key_words, words) for action, words in actions if action.keys)
