"""The README says what the program does: its tables are the program's own, its example is a valid clinic."""

from __future__ import annotations

import re
from pathlib import Path

from frontdesk.domain.visit import step_diagram, step_table
from frontdesk.exchange.clinic_toml import read_clinic
from frontdesk.ui.keys import key_table

ROOT = Path(__file__).resolve().parents[2]
README = (ROOT / "README.md").read_text(encoding="utf-8")


def _between(name: str) -> str:
    found = re.search(f"<!-- {name} -->\n(.*?)<!-- /{name} -->", README, flags=re.DOTALL)
    assert found is not None
    return found[1]


def test_its_tables_are_made_from_the_program() -> None:
    assert _between("keys") == key_table()
    assert _between("steps") == step_table()
    assert _between("diagram") == step_diagram()


def test_its_example_of_a_clinic_is_one(tmp_path: Path) -> None:
    found = re.search(r"```toml\n(.*?)```", README, flags=re.DOTALL)
    assert found is not None
    (tmp_path / "clinic.toml").write_text(found[1], encoding="utf-8")
    assert read_clinic(tmp_path / "clinic.toml").name == "Shenmen Clinic"


def test_its_pictures_are_there() -> None:
    pictures = re.findall(r"!\[[^]]*\]\(([^)]+)\)", README)
    assert len(pictures) >= 4
    assert all((ROOT / picture).is_file() for picture in pictures)


def test_it_opens_with_two_commands() -> None:
    first, second = re.findall(r"```sh\n(.*?)\n```", README, flags=re.DOTALL)[:2]
    assert first.endswith("frontdesk demo")
    assert second.endswith("pytest")
    assert "\n" not in first + second
