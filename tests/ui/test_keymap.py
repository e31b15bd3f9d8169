"""Keys of one's own: what the file may say, what is told of what it may not, and that everything follows it."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from textual.keys import _character_to_key

from frontdesk.cli import main
from frontdesk.config import key_file
from frontdesk.ui import keys
from frontdesk.ui.actions import ACTIONS
from frontdesk.ui.app import FrontdeskApp
from frontdesk.ui.key_names import BadKey, key_named, key_words
from frontdesk.ui.keymap import FIXED, read_key_file, read_keys, template
from frontdesk.ui.screens.all import screens
from tests.driver import at_the_desk
from tests.ui.house import House

HERE = Path("keys.toml")
MINE = """
"book.new" = ["F6", "B"]
"screen.board" = []
sound = "M"
help = "ä"
[book]
move = "V"
"""


def test_a_key_is_written_as_it_is_read() -> None:
    for key in {key for one in ACTIONS for key in one.keys}:
        assert key_named(key_words(key)) == key
    for code in range(0x21, 0x7F):
        assert key_named(chr(code)) == _character_to_key(chr(code))
        assert key_words(key_named(chr(code))) == chr(code)
    assert [key_named(one) for one in ("space", "ctrl-b", "F12", "PGUP", "é")] == [
        "space",
        "ctrl+b",
        "f12",
        "pageup",
        "é",
    ]


@pytest.mark.parametrize(
    "written", ["", "mm", "F13", "Ctrl+C", "ctrl+1", "Alt+x", "Shift+M", "\x1b", "\x1b[2J", "Ctrl+"]
)
def test_what_is_no_key_is_refused_and_nothing_of_it_reaches_a_terminal(written: str) -> None:
    with pytest.raises(BadKey) as error:
        key_named(written)
    assert str(error.value).isprintable()


def test_the_file_is_read_with_dots_quotes_or_sections() -> None:
    found = read_keys(MINE, HERE)
    assert found.complaints == ()
    mine = {one.id: one.keys for one in found.actions}
    assert mine["book.new"] == ("f6", "B")
    assert mine["screen.board"] == ()
    assert mine["sound"] == ("M",)
    assert mine["book.move"] == ("V",)
    assert mine["book.cancel"] == ("x",)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("\nbook.mov = 'm'", 'keys.toml:2: there is no action "book.mov"; did you mean "book.move"?'),
        ("[book]\n\nmove = 'Ctrl+C'", "keys.toml:3: book.move: Ctrl+C is kept by terminals"),
        ("book.move = 'Enter'", "keys.toml:1: book.move: Enter moves, answers or chooses everywhere"),
        ("book.move = 'j'", "book.move: j moves"),
        ("book.move = 5", 'keys.toml:1: book.move: write a key, "m", or several'),
        ("back = 'B'", "keys.toml:1: back: its keys are the same everywhere"),
        ("help = []", "keys.toml:1: help: keeps at least one key"),
        ("book.move = 'X'", 'keys.toml:1: book.move: X is "no-show" (book.no_show) on Day; take another'),
        (
            "book.move = 'V'\nbook.cancel = 'V'",
            'keys.toml:2: book.cancel: V is "move" (book.move) on Day (line 1); take another',
        ),
        ("book.move = [", "keys.toml: is no TOML"),
        ("\x1b]0;x\x07 = 1", "keys.toml:1: is no TOML"),
    ],
)
def test_what_is_wrong_is_told_in_one_line_by_file_and_line(text: str, said: str) -> None:
    (line,) = read_keys(text, HERE).complaints
    assert said in line
    assert line.isprintable()


def test_what_is_wrong_is_left_out_and_the_rest_holds() -> None:
    found = read_keys("book.move = 'X'\nbook.mov = 'z'\nbook.new = 'F6'", HERE)
    assert len(found.wrong) == 2
    mine = {one.id: one.keys for one in found.actions}
    assert mine["book.move"] == ("m",)
    assert mine["book.new"] == ("f6",)
    assert keys.clashes(found.actions) == []


def test_keys_may_be_swapped() -> None:
    found = read_keys("book.move = 'a'\nblock.new = 'm'", HERE)
    assert found.complaints == ()


def test_the_template_says_what_holds_and_changes_nothing() -> None:
    text = template()
    taken_in = "\n".join(row.removeprefix("# ") for row in text.splitlines()[3:])
    found = read_keys(taken_in, HERE)
    assert found.complaints == ()
    assert found.actions == ACTIONS
    assert read_keys(text, HERE).actions == ACTIONS
    assert [one for one in FIXED if f"\n# {one} =" in text] == []


def test_a_file_that_cannot_be_read_is_told(tmp_path: Path) -> None:
    assert read_key_file(tmp_path / "none.toml").wrong == ()
    (tmp_path / "keys.toml").write_bytes(b"\xff\xfe")
    assert "not UTF-8" in read_key_file(tmp_path / "keys.toml").complaints[0]
    assert "can't be read" in read_key_file(tmp_path).complaints[0]


async def test_keys_key_line_help_and_palette_follow_the_file(house: House) -> None:
    app = FrontdeskApp(house.opener(), screens(), keys.DAY, key_file=read_keys(MINE, HERE))
    house.patient("Garcia, Maria")
    async with at_the_desk(app, (120, 40)) as me:
        assert me.row(-1).strip().endswith("ä help")
        assert "F6 new booking" in me.row(-1)
        await me.press("n")
        assert not me.sees("Patient ")
        await me.press("f6")
        assert me.sees("Patient ")
        await me.press("escape", "b")
        assert app.current_mode == keys.DAY  # no key for the board any more; the palette has it
        await me.press("M")
        assert "not heard" in me.message()
        await me.press("ä")
        assert me.sees("F6, B")
        assert not me.sees("Ctrl+P all actions, n")
        await me.press("escape", "ctrl+p", *"wall board", "enter")
        assert app.current_mode == keys.BOARD


async def test_what_is_wrong_is_told_when_the_dashboard_opens(house: House) -> None:
    app = FrontdeskApp(house.opener(), screens(), keys.DAY, key_file=read_keys("book.mov = 'm'", HERE))
    async with at_the_desk(app, (80, 24)) as me:
        assert me.sees('keys.toml:1: there is no action "book.mov"')
        await me.press("enter", "n")
        assert me.sees("Patient")


def test_the_verb_prints_the_table_and_what_is_wrong(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr("platformdirs.user_config_dir", lambda *_, **__: str(tmp_path))
    assert main(["keys"]) == 0
    assert "book.move" in capsys.readouterr().out
    key_file().write_text("book.move = 'V'\nnothing = 'x'", encoding="utf-8")
    assert main(["keys", "--json"]) == 1
    said = capsys.readouterr()
    assert next(one for one in json.loads(said.out) if one["action"] == "book.move")["keys"] == ["V"]
    assert said.err == f'frontdesk: {key_file()}:2: there is no action "nothing"; `frontdesk keys` names all\n'
    assert main(["keys", "--template"]) == 1
    assert '# "book.move" = ["V"]' in capsys.readouterr().out
