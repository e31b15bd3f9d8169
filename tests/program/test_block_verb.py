"""`frontdesk block` and `visit retention`: time without patients, and a plan made longer, by script."""

from __future__ import annotations

import pytest

from tests.program.conftest import Frontdesk

BOOK = ("book", "--patient", "1", "--service", "Follow-up", "--with", "Dr Lin", "--at", "tomorrow 12:10")
LUNCH = ("block", "--with", "Dr Lin", "--from", "tomorrow 12:00", "--until", "12:45", "--kind", "lunch")


def test_a_lunch_names_whom_it_runs_into_and_is_in_the_agenda(clinic: Frontdesk) -> None:
    visit = clinic(*BOOK, "--json").json["id"]
    done = clinic(*LUNCH, "--json").json
    assert [one["id"] for one in done["runs_into"]] == [visit]
    (block,) = done["blocks"]
    assert (block["kind"], block["title"], block["practitioner"]) == ("block", "Lunch", "Dr Lin")
    assert (block["start"][11:16], block["end"][11:16]) == ("12:00", "12:45")
    agenda = clinic("agenda", "tomorrow")
    assert f"{block['id']} " in agenda.out
    assert "(Lunch)" in agenda.out
    removed = clinic("block", "remove", block["id"])
    assert (removed.code, "Lunch, Dr Lin: removed" in removed.out) == (0, True)


def test_a_block_is_repeated_until_a_day(clinic: Frontdesk) -> None:
    done = clinic(*LUNCH, "--repeat-until", "+15d", "--json").json
    assert len(done["blocks"]) == 3
    assert "give a later one" in clinic(*LUNCH, "--repeat-until", "today").err


def test_days_off_are_whole_days(clinic: Frontdesk) -> None:
    done = clinic("block", "--with", "Dr Lin", "--from", "+1w", "--until", "+9d", "--kind", "time-off", "--json").json
    (block,) = done["blocks"]
    assert (block["start"][11:16], block["end"][11:16]) == ("00:00", "00:00")


@pytest.mark.parametrize(
    ("wrong", "why"),
    [
        (("block",), "from when until when"),
        (("block", "--from", "tomorrow 12:00", "--until", "13:00"), "whose time"),
        ((*LUNCH[:-2], "--weeks", "99"), "1 to 60 weeks"),
        (("block", "remove"), "block remove ID"),
        (("block", "remove", "b77"), "there is no block 77"),
        (("block", "--with", "Dr Lin", "--from", "noonish", "--until", "13:00"), "noonish"),
    ],
)
def test_what_can_not_be_is_refused_in_one_line(clinic: Frontdesk, wrong: tuple[str, ...], why: str) -> None:
    said = clinic(*wrong)
    assert said.code == 1
    assert len(said.err.splitlines()) == 1
    assert why in said.err


def test_a_planned_retention_is_changed_inside_its_window(clinic: Frontdesk) -> None:
    visit = clinic(*BOOK, "--json").json
    longer = clinic("visit", "retention", str(visit["id"]), "--minutes", "30", "--json").json
    assert longer["end"] > visit["end"]
    refused = clinic("visit", "retention", str(visit["id"]), "--minutes", "90")
    assert (refused.code, "20 to 30 min" in refused.err) == (1, True)
