"""The one table of actions, and what is made of it."""

from __future__ import annotations

import pytest
from textual.keys import Keys, _character_to_key

from frontdesk.ui import keys
from frontdesk.ui.keys import ACTIONS, Action, actions_for, bindings_for, clashes, key_table, key_words
from frontdesk.ui.layout.palette import find_actions

_NAMED = {key.value for key in Keys}
_NAMED_CHARACTERS = {_character_to_key(character) for character in "[]<>?/.!:;+-="}


def test_no_key_means_two_things_in_one_place() -> None:
    assert clashes() == []


def test_a_clash_would_be_found() -> None:
    twice = (Action("a", ("x",), "a", "", (keys.DAY,)), Action("b", ("x",), "b", "", (keys.DAY, "moon")))
    assert clashes(twice) == ["day: x means a and b", "b: no place moon"]


@pytest.mark.parametrize("action", ACTIONS, ids=lambda action: action.id)
def test_every_key_is_one_that_terminals_send_and_offices_do_not_keep(action: Action) -> None:
    for key in action.keys:
        assert key in _NAMED or key in _NAMED_CHARACTERS or (len(key) == 1 and key.isalnum()), key
        assert not key.startswith(("alt+", "shift+", "f1"))
        assert key not in ("ctrl+s", "ctrl+z", "ctrl+c", "ctrl+i", "ctrl+m", "ctrl+j", "ctrl+h")


def test_bindings_carry_the_actions_id_so_that_they_can_be_remapped() -> None:
    ids = [binding.id for binding in bindings_for(keys.DAY)]
    assert "visit.next" in ids
    assert len(ids) == len(set(ids))


@pytest.mark.parametrize(
    ("typed", "action_id"),
    [
        ("check in", "visit.next"),
        ("came in", "visit.next"),
        ("arrived", "visit.next"),
        ("resch", "book.move"),
        ("change time", "book.move"),
        ("can't come", "book.cancel"),
        ("emergency", "needles.faint"),
        ("tomorrow", "day.on"),
        ("mute", "needles.silence"),
        ("alarm off", "needles.silence"),
        ("patient arrived", "visit.next"),
        ("patient late", "book.move"),
        ("called in sick", "book.cancel"),
        ("doctor on vacation", "block.new"),
        ("add a doctor", "screen.setup"),
        ("help", "help"),
        ("print today's list on paper", "paper.write"),
        ("take back", "undo"),
    ],
)
def test_a_receptionists_words_find_the_action(typed: str, action_id: str) -> None:
    found = [action.id for action in find_actions(actions_for(keys.DAY), typed)]
    assert found[0] == action_id


def test_nonsense_finds_nothing_and_nothing_finds_all() -> None:
    assert find_actions(actions_for(keys.DAY), "zzz") == []
    assert find_actions(actions_for(keys.DAY), " ") == list(actions_for(keys.DAY))


def test_the_readmes_table_names_every_key() -> None:
    table = key_table()
    for action in ACTIONS:
        if action.keys:
            assert f"`{key_words(action.keys[0])}`" in table
            assert action.help in table


@pytest.mark.parametrize(
    ("typed", "action_id"),
    [
        ("postpone", "book.move"),
        ("running late", "book.move"),
        ("sick", "book.cancel"),
        ("didn't come", "book.no_show"),
        ("register", "patient.new"),
        ("address", "patient.edit"),
        ("duplicate", "patient.duplicates"),
        ("sms", "screen.reminders"),
        ("staff", "screen.setup"),
        ("dark mode", "theme"),
        ("tv", "screen.board"),
        ("setup", "screen.setup"),
        ("set up", "screen.setup"),
        ("check-in", "visit.next"),
        ("checkout", "visit.next"),
        ("noshow", "book.no_show"),
        ("log out", "lock"),
        ("turnover", "room.ready"),
    ],
)
def test_what_a_receptionist_calls_it_is_found_among_all_actions(typed: str, action_id: str) -> None:
    assert find_actions(ACTIONS, typed)[0].id == action_id
