"""Acceptance: every table of the corpus is read as its expected.json says."""

from __future__ import annotations

import csv
import io
import json
import os
from collections import Counter
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from frontdesk.domain.errors import Refused
from frontdesk.exchange.decode import decode
from frontdesk.exchange.patients_csv import PatientFile, read_patients
from frontdesk.exchange.splitting import split

CORPUS = os.environ.get("FRONTDESK_CORPUS")
DELIMITERS = {"comma": ",", "semicolon": ";", "tab": "\t", "pipe": "|", "backtick": "`"}
TODAY = date.today()  # noqa: DTZ011 - the files hold birth dates up to the day they were made

pytestmark = [
    pytest.mark.corpus,
    pytest.mark.skipif(not CORPUS, reason="FRONTDESK_CORPUS names no folder"),
]


def entries(folder: str, *starts: str) -> list[Any]:
    if not CORPUS:
        return []
    root = Path(CORPUS) / folder
    files: dict[str, dict[str, Any]] = json.loads((root / "expected.json").read_text("utf-8"))["files"]
    return [
        pytest.param(root / name, expected, id=name)
        for name, expected in files.items()
        if name.startswith(starts) and Path(name).suffix in {".csv", ".tsv", ".ssv", ".txt"}
    ]


def read(path: Path) -> PatientFile:
    return read_patients(path.read_bytes(), today=TODAY)


def attempt(path: Path) -> tuple[PatientFile | None, str]:
    try:
        return read(path), ""
    except Refused as refusal:
        return None, refusal.reason


def says_sex(path: Path) -> bool:
    """Whether any cell of the file says a sex: one layout has the column but never fills it."""
    text = path.read_text("utf-8-sig")
    table = csv.DictReader(io.StringIO(text, newline=""), delimiter="\t" if path.suffix == ".tsv" else ",")
    return any(
        (value or "").strip() for row in table for name, value in row.items() if name.lower() in {"sex", "gender"}
    )


def as_expected(file: PatientFile, number: int) -> dict[str, Any]:
    details = file.records[number].details
    return {
        "given": details.given,
        "family": details.family,
        "birth_date": details.birth_date.isoformat() if details.birth_date else None,
        "sex": str(details.sex) if details.sex else None,
    }


def asked(person: dict[str, Any], path: Path) -> dict[str, Any]:
    """What the file can be asked for about a person of expected.json."""
    return person if person.get("sex") is None or says_sex(path) else {**person, "sex": None}


def plain(person: dict[str, Any]) -> dict[str, Any]:
    """A person of expected.json with the birth date in one spelling: some are quoted as the file writes them."""
    born = str(person.get("birth_date") or "").replace("-", "")
    return {**person, "birth_date": f"{born[:4]}-{born[4:6]}-{born[6:8]}" if len(born) == 8 else None}


@pytest.mark.parametrize(("path", "expected"), entries("badinput", "csv/"))
def test_hostile_tables_are_cut_as_expected(path: Path, expected: dict[str, Any]) -> None:
    decoded = decode(path.read_bytes())
    rows, dialect = split(decoded.text)
    assert dialect.delimiter == DELIMITERS[expected["delimiter"]]
    if "widths" in expected:
        assert dialect.quote == expected.get("quote", '"')
        assert len(rows) == expected["records_with_header"]
        assert sum(not row.empty for row in rows) == expected["records_not_empty"]
        assert {str(width): n for width, n in Counter(len(row.cells) for row in rows).items()} == expected["widths"]
        assert [[cell[:60] for cell in row.cells[:8]] for row in rows[:3]] == expected["first_3"]
    for number, truth in enumerate(expected.get("truth", ()), start=1):
        assert dict(zip(rows[0].cells, rows[number].cells, strict=True)) == truth


@pytest.mark.parametrize(("path", "expected"), entries("badinput", "csv/"))
def test_hostile_tables_give_patients_or_one_line(path: Path, expected: dict[str, Any]) -> None:
    file, refused = attempt(path)
    if "patients" not in expected:
        if file:
            assert {"given", "family"} <= set(file.columns)
        else:
            assert refused
            assert "\n" not in refused
        return
    assert file
    assert file.rejected == ()
    assert len(file.records) == expected["patients"]
    assert [record.details.family for record in file.records] == expected["all_families"]
    for number, person in enumerate(expected["first_3"]):
        assert as_expected(file, number).items() >= person.items()


@pytest.mark.parametrize(("path", "expected"), entries("patients", "csv/", "layouts/"))
def test_patient_tables_give_the_people_expected(path: Path, expected: dict[str, Any]) -> None:
    if "patients" not in expected and "first_3" not in expected:
        with pytest.raises(Refused, match="no column"):
            read(path)
        return
    file = read(path)
    assert len(file.records) + len(file.rejected) == expected["rows"]
    reasons = Counter(_kind(problem.reason) for problem in file.rejected)
    assert reasons["no name"] == expected.get("rows_without_both", 0)
    assert reasons["does not exist"] == expected.get("birth_dates_that_do_not_exist", 0)
    assert set(reasons) <= {"no name", "does not exist"}
    for number, person in enumerate(expected.get("first_3", ())):
        assert as_expected(file, number).items() >= plain(person).items()
    for number, person in enumerate(expected.get("patients", ())):
        assert as_expected(file, number).items() >= asked(person, path).items()
    columns = expected.get("the_columns_that_matter", {})
    assert {field: file.columns.get(field) for field in columns} == columns


@pytest.mark.parametrize(("path", "expected"), entries("patients", "csv/", "layouts/"))
def test_patient_tables_hold_who_was_counted(path: Path, expected: dict[str, Any]) -> None:
    if "distinct_given_family" not in expected:
        pytest.skip("nothing was counted")
    people = [record.details for record in read(path).records]
    lost = expected["rows"] - len(people) - expected["rows_without_both"]
    named = {(person.given, person.family) for person in people}
    assert expected["distinct_given_family"] - lost - 1 <= len(named) <= expected["distinct_given_family"]
    without_given = sum(not person.given for person in people)
    assert abs(without_given - (expected["rows_without_given"] - expected["rows_without_both"])) <= lost
    without_family = sum(not person.family for person in people)
    assert abs(without_family - (expected["rows_without_family"] - expected["rows_without_both"])) <= lost
    if "sex_codes" in expected:
        counted = Counter(str(person.sex)[0] for person in people if person.sex)
        wanted: Counter[str] = Counter()
        for code, number in expected["sex_codes"].items():
            wanted[code[0].lower()] += number
        assert counted == wanted


@pytest.mark.parametrize(("path", "expected"), entries("patients", "csv/", "layouts/"))
def test_the_same_file_twice_gives_the_same_keys(path: Path, expected: dict[str, Any]) -> None:
    if "patients" not in expected and "first_3" not in expected:
        pytest.skip("no patients")
    first, second = read(path), read(path)
    assert first == second
    assert len({record.key for record in first.records}) == len(first.records)


def _kind(reason: str) -> str:
    kinds = ("no name", "does not exist")
    return next((kind for kind in kinds if kind in reason), reason)
