"""The program as its users start it: by verbs, on a database of its own, open day and night."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from frontdesk.cli import main
from tests.engines import USUAL

CLINIC_TOML = """
[clinic]
name = "Test Clinic"
timezone = "America/Toronto"
phone_region = "CA"
slot_minutes = 5

[hours]
mon = ["00:00-24:00"]
tue = ["00:00-24:00"]
wed = ["00:00-24:00"]
thu = ["00:00-24:00"]
fri = ["00:00-24:00"]
sat = ["00:00-24:00"]
sun = ["00:00-24:00"]

[[rooms]]
name = "Room 1"

[[rooms]]
name = "Community"
chairs = 2

[[practitioners]]
name = "Dr Lin"

[[services]]
name = "Follow-up"
consultation = 10
insertion = 5
retention = [20, 30]
removal = 5
turnover = 5
"""

PATIENTS_CSV = """First Name,Last Name,Date of Birth,Mobile Phone,Email
Maria,García,1961-03-14,416 555 0134,maria@example.org
Jun,Lee,1980-07-02,416 555 0199,
"""


@dataclass(frozen=True, slots=True)
class Said:
    """What a run of the program left behind."""

    code: int
    out: str
    err: str

    @property
    def json(self) -> Any:
        """The document on standard output."""
        return json.loads(self.out)


Frontdesk = Callable[..., Said]


@pytest.fixture
def engine(request: pytest.FixtureRequest) -> str:
    """The usual kind of database; every kind for a test that is marked `on_both`."""
    return str(getattr(request, "param", USUAL))


@pytest.fixture
def verbs(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Frontdesk:
    """Runs one verb, on the database that FRONTDESK_DB names by then."""
    monkeypatch.setenv("FRONTDESK_USER", "Ana")
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path / "state"))
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path / "data"))

    def run(*arguments: str) -> Said:
        capsys.readouterr()
        try:
            code = main(list(arguments))
        except SystemExit as stop:
            code = stop.code if isinstance(stop.code, int) else 2
        said = capsys.readouterr()
        return Said(code, said.out, said.err)

    return run


@pytest.fixture
def frontdesk(verbs: Frontdesk, nowhere: str, monkeypatch: pytest.MonkeyPatch) -> Frontdesk:
    """Runs one verb where no clinic is yet: `frontdesk("agenda", "today", "--json")`."""
    monkeypatch.setenv("FRONTDESK_DB", nowhere)
    return verbs


@pytest.fixture
def clinic(verbs: Frontdesk, tmp_path: Path, where: str, monkeypatch: pytest.MonkeyPatch) -> Frontdesk:
    """The same, with a clinic set up and two patients on file."""
    monkeypatch.setenv("FRONTDESK_DB", where)
    (tmp_path / "clinic.toml").write_text(CLINIC_TOML, encoding="utf-8")
    (tmp_path / "patients.csv").write_text(PATIENTS_CSV, encoding="utf-8")
    assert verbs("setup", str(tmp_path / "clinic.toml")).code == 0
    assert verbs("import", str(tmp_path / "patients.csv")).code == 0
    return verbs
