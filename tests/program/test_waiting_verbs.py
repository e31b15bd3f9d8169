"""The waiting list and walk-ins, by verbs."""

from __future__ import annotations

import pytest

from tests.program.conftest import Frontdesk

BOOK = ("book", "--service", "Follow-up", "--with", "Dr Lin", "--patient")


def test_onto_the_list_told_of_a_freed_place_and_booked_from_it(clinic: Frontdesk) -> None:
    later = clinic(*BOOK, "1", "--at", "+6d 10:00", "--json").json["id"]
    gone = clinic(*BOOK, "2", "--at", "+2d 10:00", "--json").json["id"]
    line = ("after", "9:50", "from", "+2d", "until", "+2d", "urgent;", "knee")
    kept = clinic("waiting", "add", "1", *line, "--earlier-than", f"{later}", "--json").json
    assert (kept["earlier_than"], kept["urgent"], kept["note"], kept["from"]) == (later, True, "knee", "09:50")
    assert clinic("waiting", "add", "1", "--earlier-than", f"{later}").code == 1
    said = clinic("visit", "cancel", f"{gone}").out.splitlines()
    assert "waits and fits here: García, Maria" in said[1]
    sheet = clinic("waiting", "--json").json
    assert [one["entry"] for one in sheet["waiting"]] == [kept["entry"]]
    assert [fit["patient"]["name"] for one in sheet["freed"] for fit in one["fits"]] == ["García, Maria"]
    assert "García, Maria" in clinic("waiting").out
    changed = clinic("waiting", "change", f"{kept['entry']}", "after", "10", "--json").json
    assert (changed["from"], changed["urgent"]) == ("10:00", False)
    booked = clinic("waiting", "book", f"{kept['entry']}", "--json").json
    assert booked["id"] == later
    assert clinic("waiting", "--json").json["waiting"] == []
    again = clinic("waiting", "book", f"{kept['entry']}")
    assert (again.code, "not on the waiting list any more" in again.err) == (1, True)
    assert clinic("check").code == 0


def test_the_line_may_stand_before_between_or_after_the_options(clinic: Frontdesk) -> None:
    for patient, said in (
        ("1", ("1", "--service", "Follow-up", "mon", "thu", "before", "12")),
        ("2", ("--service", "Follow-up", "2", "mon", "--json", "thu", "before", "12")),
    ):
        kept = clinic("waiting", "add", *said, *(() if "--json" in said else ("--json",))).json
        assert (kept["patient"]["id"], kept["weekdays"], kept["until"]) == (int(patient), [0, 3], "12:00")
    changed = clinic("waiting", "change", "1", "--json", "tue").json
    assert changed["weekdays"] == [1]
    assert clinic("waiting", "add", "1", "--service", "Follow-up", "--bogus", "mon").code == 2


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (("add", "1", "thu", "10:20"), "before 12"),
        (("add", "99"), "no patient"),
        (("remove", "7", "--reason", "x"), "no entry 7"),
        (("book", "7"), "no entry 7"),
    ],
)
def test_what_can_not_be_is_said_in_one_line(clinic: Frontdesk, arguments: tuple[str, ...], words: str) -> None:
    said = clinic("waiting", *arguments)
    assert (said.code, len(said.err.splitlines())) == (1, 1)
    assert words in said.err


def test_who_walks_in_is_told_the_wait_and_stands_in_the_queue(clinic: Frontdesk) -> None:
    (wait,) = clinic("walk-in", "1", "--service", "Follow-up", "--dry-run", "--json").json
    assert wait["wait_minutes"] <= 6
    done = clinic("walk-in", "1", "--service", "Follow-up", "--json").json
    assert (done["status"], done["practitioner"]) == ("arrived", "Dr Lin")
    again = clinic("walk-in", "1", "--service", "Follow-up")
    assert (again.code, "in the house already" in again.err) == (1, True)
