"""The verbs: what they print, what they promise in JSON, and how they refuse."""

from __future__ import annotations

import os
import subprocess
import sys
from datetime import datetime
from pathlib import Path

import pytest

from tests.engines import ENGINES
from tests.program.conftest import Frontdesk

BOOK = ("book", "--patient", "1", "--service", "Follow-up", "--with", "Dr Lin", "--at", "tomorrow 10:00")
BOOK_NOW = (*BOOK[:-1], "today 00:30")


@pytest.fixture(params=ENGINES)
def engine(request: pytest.FixtureRequest) -> str:
    """Every verb on each kind of database."""
    return str(request.param)


def test_a_wrong_file_is_told_whole_and_leaves_no_database(frontdesk: Frontdesk, tmp_path: Path) -> None:
    wrong = tmp_path / "wrong.toml"
    wrong.write_text('[clinic]\nname = ""\ntimezone = "Mars/Base"\nslot_minutes = 0\n', encoding="utf-8")
    said = frontdesk("setup", str(wrong))
    assert said.code == 1
    lines = said.err.splitlines()
    assert len(lines) >= 4
    assert all(line.startswith("frontdesk: ") for line in lines)
    assert any("timezone" in line for line in lines)
    assert not (tmp_path / "clinic.db").exists()


def test_setting_up_twice_says_unchanged(clinic: Frontdesk, tmp_path: Path) -> None:
    assert "unchanged" in clinic("setup", str(tmp_path / "clinic.toml")).out


def test_the_set_up_is_shown_as_a_file_that_changes_nothing(clinic: Frontdesk, tmp_path: Path) -> None:
    shown = clinic("setup", "--show")
    assert shown.code == 0
    again = tmp_path / "again.toml"
    again.write_text(shown.out, encoding="utf-8")
    assert "unchanged" in clinic("setup", str(again)).out
    assert clinic("setup").code == 2


def test_without_a_clinic_each_verb_says_what_to_do(frontdesk: Frontdesk) -> None:
    for verb in (("agenda",), ("rooms",), ("slots", "--service", "x"), BOOK):
        said = frontdesk(*verb)
        assert said.code == 1
        assert "frontdesk setup" in said.err


def test_find_by_two_fragments(clinic: Frontdesk) -> None:
    (found,) = clinic("find", "gar", "mar", "--json").json
    assert set(found) == {"id", "name", "birth_date", "phone", "email", "score"}
    assert (found["name"], found["birth_date"], found["phone"]) == ("García, Maria", "1961-03-14", "(416) 555-0134")
    assert "nobody found" in clinic("find", "zzz").out


def test_a_file_is_read_and_that_it_was_is_in_the_log(clinic: Frontdesk) -> None:
    (found,) = clinic("find", "gar", "mar", "--json").json
    file = clinic("patient", f"{found['id']}", "--json").json
    assert (file["name"], file["phones"], file["visits"], file["language"]) == (
        found["name"],
        [found["phone"]],
        0,
        None,
    )
    assert "García, Maria" in clinic("patient", f"{found['id']}").out
    assert clinic("log", "--json", "--limit", "1").json[0]["what"] == "patient.open"
    assert "there is no patient #999" in clinic("patient", "999").err


def test_who_must_leave_is_booked_shorter_and_moved_no_later(clinic: Frontdesk) -> None:
    booked = clinic(*BOOK, "--leave-by", "10:40", "--json").json
    assert (booked["end"][11:16], booked["leave_by"][11:16]) == ("10:40", "10:40")
    refused = clinic("visit", "move", str(booked["id"]), "--at", "tomorrow 10:15")
    assert (refused.code, "Must leave by 10:40: ends 10:55, 15 min too late" in refused.err) == (1, True)
    moved = clinic("visit", "move", str(booked["id"]), "--at", "tomorrow 10:15", "--leave-by", "11am", "--json").json
    assert (moved["end"][11:16], moved["leave_by"][11:16]) == ("11:00", "11:00")
    free = clinic("slots", "--service", "Follow-up", "--from", "tomorrow", "--leave-by", "10:00", "--json").json
    assert free
    assert all(slot["end"][11:16] <= "10:00" for slot in free)
    assert clinic(*BOOK, "--leave-by", "sometime").code == 1


def test_a_booking_is_in_the_agenda(clinic: Frontdesk) -> None:
    booked = clinic(*BOOK, "--json").json
    (line,) = clinic("agenda", "tomorrow", "--json").json
    assert line == booked
    assert set(line) >= {
        "kind",
        "id",
        "title",
        "start",
        "end",
        "patient",
        "practitioner",
        "room",
        "service",
        "status",
        "phases",
        "squeezed",
        "series",
        "cancelled_by",
        "leave_by",
    }
    assert line["patient"] == {"id": 1, "name": "García, Maria"}
    assert (line["practitioner"], line["room"], line["status"]) == ("Dr Lin", "Room 1", "booked")
    assert [(phase["name"], phase["hands_on"]) for phase in line["phases"]] == [
        ("consultation", True),
        ("insertion", True),
        ("retention", False),
        ("removal", True),
        ("turnover", False),
    ]
    starts, ends = datetime.fromisoformat(line["start"]), datetime.fromisoformat(line["end"])
    assert starts.utcoffset() is not None
    assert (ends - starts).total_seconds() == 45 * 60


def test_a_clash_is_refused_in_one_line_that_helps(clinic: Frontdesk) -> None:
    clinic(*BOOK)
    said = clinic("book", "--patient", "2", *BOOK[3:-1], "tomorrow 10:05", "--json")
    assert (said.code, said.out) == (1, "")
    assert said.err.count("\n") == 1
    assert "García, Maria" in said.err
    assert "10:15" in said.err
    assert clinic("book", "--patient", "2", *BOOK[3:-1], "tomorrow 10:05", "--squeeze", "--json").json["squeezed"]


def test_free_places(clinic: Frontdesk) -> None:
    slots = clinic("slots", "--service", "follow", "--from", "tomorrow", "--limit", "3", "--json").json
    assert [set(one) for one in slots] == [{"start", "end", "practitioner", "room", "retention_minutes"}] * 3
    assert slots[0]["start"] < slots[1]["start"]


def test_the_best_place_is_booked_with_the_retention_it_is_offered_with(clinic: Frontdesk) -> None:
    (best,) = clinic("slots", "--service", "follow", "--from", "tomorrow", "--best", "--limit", "1", "--json").json
    book = ("book", "--patient", "2", "--service", "follow", "--with", best["practitioner"], "--at", best["start"][:16])
    minutes = best["retention_minutes"]

    made = clinic(*book, "--retention", str(minutes), "--json").json

    (retention,) = [phase for phase in made["phases"] if phase["name"] == "retention"]
    assert (made["start"], made["end"]) == (best["start"], best["end"])
    assert retention["start"] < retention["end"]
    assert clinic(*book, "--retention", "3").code == 1


def test_a_visit_by_verbs_to_the_end(clinic: Frontdesk) -> None:
    assert clinic(*BOOK_NOW).code == 0
    assert clinic("visit", "arrive", "1", "--json").json["status"] == "arrived"
    assert clinic("visit", "room", "1").code == 0
    assert "(45 min, not 20 to 30)" in clinic("visit", "needles-in", "1", "--count", "12", "--minutes", "45").out
    assert clinic("visit", "needles-in", "1", "--count", "12", "--minutes", "25").code == 0
    (room,) = (one for one in clinic("rooms", "--json").json if one["room"] == "Room 1")
    assert set(room) >= {
        "room",
        "state",
        "appointment",
        "patient",
        "practitioner",
        "needles_in_at",
        "planned_minutes",
        "due_at",
        "latest_at",
        "remaining_seconds",
        "alarm",
        "silenced_until",
        "needles_in",
        "leave_by",
    }
    assert (room["state"], room["needles_in"], room["planned_minutes"], room["alarm"]) == ("retention", 12, 25, "none")
    assert 24 * 60 < room["remaining_seconds"] <= 25 * 60
    refused = clinic("visit", "checkout", "1")
    assert (refused.code, "needles" in refused.err) == (1, True)
    assert clinic("visit", "needles-out", "1", "--count", "11").code == 1
    assert clinic("visit", "needles-out", "1", "--count-later").code == 0
    assert clinic("visit", "checkout", "1").code == 1
    assert clinic("visit", "needles-out", "1", "--count", "12").code == 0
    done = clinic("visit", "checkout", "1", "--json").json
    assert done["status"] == "checked_out"
    assert done["next_visit"] == {
        "coming": None,
        "plan": None,
        "wanted": False,
        "wished": None,
        "why_not": None,
        "places": [],
    }
    assert clinic("visit", "undo", "1", "--json").json["status"] == "needles_out"
    log = clinic("log", "--json").json
    assert [set(one) for one in log] == [{"at", "who", "what", "subject", "before", "after"}] * len(log)
    assert (log[0]["what"], log[0]["who"]) == ("visit.undo", "Ana")
    assert log[0]["after"]["status"] == "needles_out"


def test_who_acts_is_in_the_log(clinic: Frontdesk) -> None:
    clinic("--as", "Ben", *BOOK)
    clinic("visit", "confirm", "1", "--as", "Cai Ling")
    assert [one["who"] for one in clinic("log", "--limit", "2", "--json").json] == ["Cai Ling", "Ben"]


@pytest.mark.parametrize(
    "wrong",
    [
        ("fly",),
        ("book",),
        ("visit", "dance", "1"),
        ("visit", "needles-in", "1"),
        ("visit", "needles-out", "1"),
        ("find",),
        ("log", "--limit", "none"),
        ("agenda", "--jso"),
    ],
)
def test_wrong_usage_is_2(clinic: Frontdesk, wrong: tuple[str, ...]) -> None:
    said = clinic(*wrong)
    assert (said.code, said.out) == (2, "")
    assert "usage" in said.err


@pytest.mark.parametrize(
    "refused",
    [
        ("agenda", "sometime"),
        ("visit", "arrive", "4711"),
        ("visit", "needles-in", "1", "--count", "0"),
        ("book", "--patient", "99", *BOOK[3:]),
        (*BOOK[:-1], "yesterday 10:00"),
        (*BOOK[:-1], "2099-11-24 10:00:30"),
        ("slots", "--service", "Massage"),
        ("import", "nowhere.csv"),
        ("restore", "nowhere.db"),
        ("setup", "nowhere.toml"),
        ("import", "--column", "given", "x.csv"),
    ],
)
def test_what_can_not_be_is_1_in_one_line(clinic: Frontdesk, refused: tuple[str, ...]) -> None:
    said = clinic(*refused)
    assert (said.code, said.out) == (1, "")
    assert said.err.startswith("frontdesk: ")
    assert said.err.count("\n") == 1
    assert "Traceback" not in said.err
    assert "internal error" not in said.err


def test_nothing_in_a_name_reaches_the_terminal(clinic: Frontdesk, tmp_path: Path) -> None:
    calendar = tmp_path / "c.ics"
    calendar.write_bytes(
        b"BEGIN:VCALENDAR\r\nVERSION:2.0\r\nBEGIN:VEVENT\r\nUID:1\r\nDTSTART:20300101T150000Z\r\n"
        b"DTEND:20300101T160000Z\r\nSUMMARY:\x1b]0;title\x07[red]\xc2\x9b31mBad[/red]\r\nEND:VEVENT\r\nEND:VCALENDAR\r\n"
    )
    assert clinic("import", str(calendar), "--from", "2030-01-01").code == 0
    said = clinic("agenda", "2030-01-01")
    assert "[red]" in said.out
    assert not any(
        (ord(character) < 32 and character != "\n") or 0x7F <= ord(character) < 0xA0 for character in said.out
    )


def test_the_same_file_twice_changes_nothing(clinic: Frontdesk, tmp_path: Path) -> None:
    before = clinic("log", "--json").json
    (result,) = clinic("import", str(tmp_path / "patients.csv"), "--json").json
    assert (result["kind"], result["created"], result["unchanged"], result["rejected"]) == ("patients", 0, 2, [])
    assert clinic("log", "--json").json == before


def test_a_dry_run_changes_nothing(clinic: Frontdesk, tmp_path: Path) -> None:
    more = tmp_path / "more.csv"
    more.write_text("given name;surname\nAnn;Roe\n;\n", encoding="utf-8")
    (result,) = clinic("import", str(more), "--dry-run", "--json").json
    assert result["created"] == 1
    assert clinic("find", "roe", "--json").json == []


def test_good_files_go_in_beside_a_bad_one(clinic: Frontdesk, tmp_path: Path) -> None:
    more, bad = tmp_path / "more.csv", tmp_path / "bad.csv"
    more.write_text("given name;surname\nAnn;Roe\n", encoding="utf-8")
    bad.write_text("a,b\n1,2\n", encoding="utf-8")
    said = clinic("import", str(bad), str(more))
    assert said.code == 1
    assert "bad.csv" in said.err
    assert len(clinic("find", "roe", "--json").json) == 1


def test_backup_restore_and_check(clinic: Frontdesk, tmp_path: Path) -> None:
    copy = tmp_path / "copy.db"
    assert clinic("backup", str(copy)).code == 0
    assert copy.stat().st_mode & 0o077 == 0
    clinic(*BOOK)
    assert clinic("restore", str(copy)).code == 0
    assert clinic("agenda", "tomorrow", "--json").json == []
    assert clinic("check", "--json").json == {"ok": True, "problems": []}


def test_the_dashboard_needs_a_terminal(clinic: Frontdesk) -> None:
    for verb in ((), ("board",), ("demo",)):
        said = clinic(*verb)
        assert said.code == 1
        assert "agenda" in said.err
        assert "rooms" in said.err


def _loaded(code: str) -> set[str]:
    """The modules that a program has loaded when it ends, seen from outside this process."""
    script = f"import sys\n{code}\nprint(*sorted(sys.modules), file=sys.stderr)"
    run = subprocess.run(
        [sys.executable, "-c", script], capture_output=True, text=True, check=True, env={**os.environ}, timeout=60
    )
    return set(run.stderr.split())


def test_a_headless_verb_pays_for_no_screen(clinic: Frontdesk, engine: str) -> None:
    looks = [[verb] for verb in ("recalls", "waiting", "reminders", "kept", "report", "log")]
    verbs = (["agenda", "tomorrow"], ["rooms", "--json"], ["find", "gar"], *looks)
    loaded = _loaded("\n".join(["from frontdesk.cli import main", *(f"assert not main({verb})" for verb in verbs)]))
    unwanted = {"textual", "rich", "icalendar", "alembic", "sqlalchemy" if engine == "sqlite" else "sqlalchemy.orm"}
    assert not {name for name in loaded if name in unwanted}


def test_the_first_frame_waits_for_no_database() -> None:
    loaded = _loaded("from frontdesk.ui.run import open_dashboard\nimport frontdesk.ui.app, frontdesk.ui.screens.day")
    assert "textual" in loaded
    assert not {name for name in loaded if name.split(".")[0] in ("sqlalchemy", "alembic", "icalendar")}


def test_one_line_books_and_a_dry_run_only_tells(clinic: Frontdesk) -> None:
    line = "garcia follow-up lin tomorrow 10:20"
    told = clinic("say", line, "--dry-run", "--json").json
    assert set(told) == {"understood", "candidates", "fits", "why_not", "alternatives", "missed"}
    assert told["understood"]["patient"] == {"id": 1, "name": "García, Maria"}
    assert (told["understood"]["service"], told["understood"]["practitioner"], told["fits"], told["why_not"]) == (
        "Follow-up",
        "Dr Lin",
        True,
        None,
    )
    assert clinic("agenda", "tomorrow", "--json").json == []
    booked = clinic("say", *line.split(), "--json").json["appointment"]
    assert clinic("agenda", "tomorrow", "--json").json == [booked]
    again = clinic("say", line.replace("garcia", "lee"))
    assert (again.code, again.out, again.err.count("\n")) == (1, "", 1)
    assert "several" not in again.err
    assert "--squeeze" not in again.err, "say has no such option"
