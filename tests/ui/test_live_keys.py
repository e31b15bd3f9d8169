"""Hints, refusals, empty lists and the header name the keys of this workstation, not the usual ones."""

from __future__ import annotations

import ast
import re
from collections.abc import Callable, Iterator
from contextvars import copy_context
from pathlib import Path

import frontdesk.ui
from frontdesk.ui import keys
from frontdesk.ui.actions import ACTIONS
from frontdesk.ui.app import FrontdeskApp
from frontdesk.ui.key_names import key_words
from frontdesk.ui.keymap import FIXED, read_keys
from frontdesk.ui.layout.cells import Line
from frontdesk.ui.layout.frame import Header, header_line
from frontdesk.ui.live_keys import key_of, live, named, use
from frontdesk.ui.screens.all import screens
from tests.driver import at_the_desk
from tests.ui.house import House

MOVABLE = {key_words(key) for one in ACTIONS if one.id not in FIXED for key in one.keys}
NAMES_A_KEY = re.compile(
    r"(?<![\w'’.-])(\w|/|Space|Ctrl\+[A-Z])(?= (?!weeks)[a-z]+s\b)|(?<=\s)\((\w)\)|\([A-Z]?[a-z]+, (\w)\)"
)
"""`n writes them down`, `(m)`, `(Esc, o)`; `3 weeks` names none."""
OF_THEIR_OWN = ("dialogs", "actions", "tour")
"""Dialogs have letters of their own, which no file changes; the tour says actions and has its own test."""


def said_in(path: Path) -> Iterator[tuple[int, str]]:
    """Every text that is written in a module, but for its docstrings, with `{}` for what is put into it."""
    parts: set[int] = set()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant):
            parts.add(id(node.value))
        elif isinstance(node, ast.JoinedStr):
            parts |= {id(part) for part in node.values}
            yield node.lineno, "".join(str(one.value) if isinstance(one, ast.Constant) else "{}" for one in node.values)
        elif isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in parts:
            yield node.lineno, node.value


def in_the_screens(found_in: Callable[[Path], Iterator[tuple[int, str]]]) -> Iterator[tuple[str, str]]:
    """What is found in each module that has no keys of its own: where and what, and the text alone."""
    root = Path(frontdesk.ui.__file__).parent
    for path in root.rglob("*.py"):
        if not set(path.relative_to(root).parts) & set(OF_THEIR_OWN):
            for line, text in found_in(path):
                yield f"{path.relative_to(root)}:{line}: {text}", text


def test_no_words_of_a_screen_hold_a_key_that_a_file_may_change() -> None:
    found = [
        one
        for one, text in in_the_screens(said_in)
        if any(MOVABLE & set(named.groups()) for named in NAMES_A_KEY.finditer(text))
    ]
    # A course's dates are a dialog, though they are laid out elsewhere.
    assert [one for one in found if "series_rows" not in one] == []


def spans_of_a_key(path: Path) -> Iterator[tuple[int, str]]:
    """`Span(" Space ", "key")`: every span that is drawn as a key, and written as one."""
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Call) and getattr(node.func, "id", "") == "Span" and len(node.args) == 2:
            text, role = (getattr(part, "value", None) for part in node.args)
            if isinstance(text, str) and role in ("key", "foot-key"):
                yield node.lineno, text.strip()


def test_no_key_that_a_file_may_change_is_drawn_as_it_usually_is() -> None:
    assert [one for one, text in in_the_screens(spans_of_a_key) if text in MOVABLE - {"Enter"}] == []


def test_an_action_without_a_key_is_named_by_the_palette() -> None:
    before = live()
    use(keys.Keymap(read_keys("find = []\npalette = 'F9'\n'book.new' = 'B'", Path("keys.toml")).actions))
    try:
        assert (key_of("book.new"), key_of("find"), key_of("screen.setup")) == ("B", "F9, find", "F9, set-up")
        assert named(("book.new", "books"), ("find", "finds")) == (("B", "books"),)
    finally:
        use(before)


MINE = """
"screen.patients" = "Ω"
"screen.waiting" = "Ψ"
"patient.new" = "Ä"
"waiting.add" = "Ö"
"waiting.put" = "Ü"
"day.go" = "Ξ"
"book.new" = "Λ"
"close.day" = "Σ"
"screen.close" = "Θ"
find = "ß"
undo = "ö"
"file.visits" = "ä"
"""


async def test_what_a_screen_says_names_the_keys_of_the_file(house: House) -> None:
    file = read_keys(MINE, Path("keys.toml"))
    assert file.complaints == ()
    said = {
        keys.DAY: ("Λ books here, Ξ goes to another day", "Λ new booking"),
        keys.PATIENTS: ("Ä writes down the first patient", "ß name parts", "Ω Patients"),
        keys.WAITING: ("Ö puts somebody on the list; on Day and Patients Ü does", "Ψ Waiting"),
        keys.REMINDERS: ("Ξ goes to another day",),
        keys.CLOSE: ("Σ closes the day", "Σ close the day"),
        keys.FILE: ("ß finds a patient",),
    }
    app = FrontdeskApp(house.opener(), screens(), keys.DAY, key_file=file)
    async with at_the_desk(app, (120, 40)) as me:
        for place, words in said.items():
            await app.show(place)
            await me.settle()
            for one in words:
                assert me.sees(one), me.screen()
        await app.show(keys.PATIENTS)
        await me.press("e")
        assert me.message() == "Choose a patient first: ß finds one."
        await me.press("Ψ", "e")
        assert app.current_mode == keys.WAITING
        assert me.message() == "Nobody is marked: Ö puts somebody on the waiting list."


def test_the_header_is_drawn_anew_for_other_keys() -> None:
    head = Header("Elm Street Clinic", "Mon 23 Nov 2026", "Day", "10:00:00", "Ana")
    usual = header_line(head, 120)

    def with_own_keys() -> Line:
        use(keys.Keymap(read_keys(MINE, Path("keys.toml")).actions))
        return header_line(head, 120)

    assert any("Ω" in span.text for span in copy_context().run(with_own_keys))
    assert header_line(head, 120) == usual
