"""`export` as its users and their scripts type it: a file, one line about it, and nothing else on the terminal."""

from __future__ import annotations

import json
import stat
from pathlib import Path

import pytest

from frontdesk.cli.parser import build_parser
from frontdesk.desk.exporting import ExportKind
from tests.engines import on_both
from tests.program.conftest import Frontdesk


@on_both
def test_each_kind_is_a_private_file_and_one_line(clinic: Frontdesk, tmp_path: Path) -> None:
    booked = ("--service", "Follow-up", "--with", "Dr Lin", "--at", "tomorrow 10:00")
    assert clinic("book", "--patient", "1", *booked).code == 0
    files = {kind: tmp_path / f"out-{kind}" for kind in ("patients.csv", "patients.json", "calendar.ics")}
    table, bundle = (clinic("export", kind, "--to", f"{files[kind]}") for kind in ("patients.csv", "patients.json"))
    for said, kind in ((table, "patients.csv"), (bundle, "patients.json")):
        assert (said.code, said.err) == (0, "")
        assert said.out == f"2 patients are in {files[kind]}: health data, readable by you alone\n"
    assert "Maria" in files["patients.csv"].read_text("utf-8")
    assert [one["resource"]["birthDate"] for one in json.loads(files["patients.json"].read_text("utf-8"))["entry"]] == [
        *("1961-03-14", "1980-07-02")
    ]
    said = clinic("export", "calendar.ics", "--to", f"{files['calendar.ics']}", "--from", "today", "--until", "+2w")
    assert (said.code, said.out.startswith("1 appointment and 0 blocks from 20")) == (0, True)
    assert "SUMMARY:Maria García" in files["calendar.ics"].read_text("utf-8")
    assert {stat.S_IMODE(path.stat().st_mode) for path in files.values()} == {0o600}
    assert [one["what"] for one in clinic("log", "--limit", "3", "--json").json] == [
        *("export.calendar", "export.patients", "export.patients")
    ]


def test_scripts_get_the_counts(clinic: Frontdesk, tmp_path: Path) -> None:
    target = f"{tmp_path / 'p.json'}"
    assert clinic("export", "patients.json", "--to", target, "--json").json == {
        "file": target,
        "what": "patients.json",
        "patients": 2,
        "retired": 0,
    }
    clinic("block", "--with", "Dr Lin", "--from", "tomorrow 12:00", "--until", "tomorrow 13:00", "--title", "Lunch")
    target = f"{tmp_path / 'c.ics'}"
    told = clinic("export", "calendar.ics", "--to", target, "--until", "tomorrow", "--json").json
    assert {*told} == {"file", "what", "appointments", "blocks", "from", "until"}
    assert (told["appointments"], told["blocks"], told["file"]) == (0, 1, target)


def test_what_can_not_be_is_said_in_one_line(clinic: Frontdesk, tmp_path: Path) -> None:
    mine = tmp_path / "mine.csv"
    mine.write_text("mine", encoding="utf-8")
    refused = clinic("export", "patients.csv", "--to", f"{mine}")
    assert (refused.code, refused.out, refused.err) == (
        *(1, ""),
        f"frontdesk: {mine} exists already; name a file that doesn't\n",
    )
    assert mine.read_text(encoding="utf-8") == "mine"
    for wrong in (("--until", "yesterday"), ("--from", "someday"), ()):
        said = clinic("export", "calendar.ics", "--to", f"{tmp_path / 'c.ics'}", *wrong)
        assert (said.code, said.out, said.err.count("\n")) == (1, "", 1)
    assert not (tmp_path / "c.ics").exists()


@pytest.mark.parametrize(
    "wrong",
    [
        ("patients.xml", "--to", "f"),
        ("patients.csv",),
        ("patients.csv", "--to", "f", "--from", "today"),
        (),
    ],
)
def test_wrong_usage_names_what_there_is(clinic: Frontdesk, wrong: tuple[str, ...]) -> None:
    said = clinic("export", *wrong)
    assert (said.code, said.out) == (2, "")
    assert "usage: frontdesk" in said.err
    if wrong[:1] == ("patients.xml",):
        assert all(kind in said.err for kind in ExportKind)


def test_the_help_offers_what_the_desk_writes(capsys: pytest.CaptureFixture[str]) -> None:
    for kind in ExportKind:
        with pytest.raises(SystemExit, match="0"):
            build_parser().parse_args(["export", kind.value, "--help"])
        assert "--to FILE" in capsys.readouterr().out


def test_no_clinic_is_made_by_asking_for_its_patients(frontdesk: Frontdesk, nowhere: str, tmp_path: Path) -> None:
    said = frontdesk("export", "patients.csv", "--to", f"{tmp_path / 'p.csv'}")
    assert (said.code, said.out) == (1, "")
    assert not (tmp_path / "p.csv").exists()
    assert "://" in nowhere or not Path(nowhere).exists()
