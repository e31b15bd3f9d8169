"""Keys of one's own: a file of actions with the keys they get, checked whole before any of it holds.

`keys.toml` lies in the platform's configuration folder, beside `workstation.toml`. What is wrong in it is told by file
and line and left out; the rest holds, since a slip there must not keep the timers off the screen.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from difflib import get_close_matches
from pathlib import Path
from typing import Any

from msgspec import Struct
from msgspec.structs import replace

from frontdesk.patterns import late
from frontdesk.text import visible
from frontdesk.ui.actions import ACTIONS
from frontdesk.ui.actions.action import PLACES, Action
from frontdesk.ui.key_names import BadKey, key_named, key_words

FIXED = (
    "back", "dialog.help", "dialog.cancel", "dialog.accept", "offer.take", "offer.squeeze", "privacy", "look", "lock",
)  # fmt: skip
"""What works in every dialog, or while somebody types: its keys stay as they are."""
NEEDED = ("help", "palette", "quit")
"""Without a key for these nobody would find the others, or the way out."""
_MOVING = ("up", "down", "left", "right", "home", "end", "tab", "enter", "escape", *"hjkl", *"123456789")
"""Keys that move, answer, and choose a screen or an offered place, wherever they are pressed."""
_MOST_PROBLEMS = 20
_LINE = late(r"\(at line (\d+)")


class Wrong(Struct, frozen=True):
    """Something in the file that does not hold."""

    line: int
    """Counted from 1; 0 where it is in no line."""
    words: str


class KeyFile(Struct, frozen=True):
    """What a file of keys says: the actions with the keys that hold now, and what was left out."""

    path: Path
    actions: tuple[Action, ...] = ACTIONS
    wrong: tuple[Wrong, ...] = ()

    @property
    def complaints(self) -> tuple[str, ...]:
        """What is wrong, each in one line with the file and the line."""
        named = f"{visible(str(self.path))}"
        return tuple(f"{named}:{one.line}: {one.words}" if one.line else f"{named}: {one.words}" for one in self.wrong)


def read_key_file(path: Path) -> KeyFile:
    """The keys as the file has them; all as usual where there is none."""
    try:
        text = path.read_text(encoding="utf-8")
    except FileNotFoundError:
        return KeyFile(path)
    except (OSError, UnicodeDecodeError) as error:
        why = (getattr(error, "strerror", None) or "").lower() or "it is not UTF-8 text"
        return KeyFile(path, wrong=(Wrong(0, f"can't be read: {why}"),))
    return read_keys(text, path)


def read_keys(text: str, path: Path) -> KeyFile:
    """As `read_key_file`, of the text itself."""
    import tomllib  # most workstations have no such file

    try:
        found = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        at = _LINE.search(str(error))
        return KeyFile(path, wrong=(Wrong(int(at[1]) if at else 0, f"is no TOML: {visible(str(error))[:120]}"),))
    lines = _lines(text)
    wrong: list[Wrong] = []
    asked: dict[str, tuple[str, ...]] = {}
    for name, value in _flat(found).items():
        try:
            asked[name] = _keys(name, value)
        except ValueError as error:
            wrong.append(Wrong(lines.get(name, 0), str(error)))
    wrong += _without_clashes(asked, lines)
    actions = tuple(replace(one, keys=asked[one.id]) if one.id in asked else one for one in ACTIONS)
    return KeyFile(path, actions, tuple(sorted(wrong, key=lambda one: one.line))[:_MOST_PROBLEMS])


def clashes_of(actions: Iterable[Action]) -> list[tuple[str, str, str, str]]:
    """Where a key means two things: the place, the key, and the ids of both."""
    taken: dict[tuple[str, str], str] = {}
    found = []
    for one in actions:
        for place in one.places:
            for key in one.keys:
                other = taken.setdefault((place, key), one.id)
                if other != one.id:
                    found.append((place, key, other, one.id))
    return found


def template(actions: Sequence[Action] = ACTIONS) -> str:
    """A file with every action and its present keys, each line as a comment, to be taken out where it is changed."""
    rows = [
        "# Keys of your own: take the # away before an action and write the keys it shall have.",
        '# A key is written as the help shows it: "m", "M", "F6", "Space", "Ctrl+B", "/". [] leaves it to the palette.',
        "",
    ]
    for one in actions:
        if one.id not in FIXED:
            keys = ", ".join(f'"{_written(key)}"' for key in one.keys)
            asked = f'"{one.id}" = [{keys}]'
            rows.append(f"# {asked:40} # {one.words}: {', '.join(PLACES[at] for at in one.places)}")
    return "\n".join(rows) + "\n"


def _written(key: str) -> str:
    return key_words(key).replace("\\", "\\\\").replace('"', '\\"')


def _flat(found: Mapping[str, Any], before: str = "") -> dict[str, Any]:
    """An action may be written in quotes, or, where no other begins with its name, with a dot or under [book]."""
    flat: dict[str, Any] = {}
    for name, value in found.items():
        whole = f"{before}.{name}" if before else name
        if isinstance(value, dict):
            flat |= _flat(value, whole)
        else:
            flat[whole] = value
    return flat


def _lines(text: str) -> dict[str, int]:
    """The line in which each name stands."""
    lines: dict[str, int] = {}
    section = ""
    for number, row in enumerate(text.splitlines(), 1):
        bare = row.strip().replace('"', "").replace("'", "")
        if bare.startswith("["):
            section = bare.strip("[] ") + "."
        elif "=" in bare and not bare.startswith("#"):
            name = "".join(bare.partition("=")[0].split())
            lines.setdefault(section + name, number)
    return lines


def _keys(name: str, value: Any) -> tuple[str, ...]:
    """The keys an action is to have; raises ValueError with what is wrong."""
    known = {one.id: one for one in ACTIONS}
    shown = visible(name)[:60]
    if name not in known:
        near = get_close_matches(name, known, 1)
        hint = f'; did you mean "{near[0]}"?' if near else "; `frontdesk keys` names all"
        raise ValueError(f'there is no action "{shown}"{hint}')
    if name in FIXED:
        raise ValueError(f"{name}: its keys are the same everywhere and can't be changed")
    listed = [value] if isinstance(value, str) else value
    if not isinstance(listed, list) or not all(isinstance(one, str) for one in listed):
        raise ValueError(f'{name}: write a key, "m", or several, ["m", "F6"]')
    if not listed and name in NEEDED:
        raise ValueError(f"{name}: keeps at least one key, or nobody finds the others")
    keys = []
    for one in listed:
        try:
            key = key_named(one)
        except BadKey as error:
            raise ValueError(f"{name}: {error}") from None
        if key in _MOVING and key not in known[name].keys:
            raise ValueError(f"{name}: {key_words(key)} moves, answers or chooses everywhere; take another")
        keys.append(key)
    return tuple(dict.fromkeys(keys))


def _without_clashes(asked: dict[str, tuple[str, ...]], lines: Mapping[str, int]) -> list[Wrong]:
    """Takes out of `asked` what would give one key two meanings, until none has; says what."""
    words = {one.id: one.words for one in ACTIONS}
    wrong: list[Wrong] = []
    while True:
        actions = [replace(one, keys=asked[one.id]) if one.id in asked else one for one in ACTIONS]
        clashing = clashes_of(actions)
        if not clashing:
            return wrong
        place, key, one, other = clashing[0]
        # The later line gives way, since whoever wrote it saw the earlier one.
        loser, holder = max((one, other), (other, one), key=lambda pair: (pair[0] in asked, lines.get(pair[0], 0)))
        at = f" (line {lines[holder]})" if holder in asked and holder in lines else ""
        wrong.append(
            Wrong(
                lines.get(loser, 0),
                f'{loser}: {key_words(key)} is "{words[holder]}" ({holder}) on {PLACES[place]}{at}; take another',
            )
        )
        del asked[loser]
