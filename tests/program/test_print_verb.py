"""`frontdesk print` as scripts use it."""

from __future__ import annotations

from pathlib import Path

import pytest

from frontdesk.cli.dashboard import write_paper
from tests.program.conftest import Frontdesk

BOOK = ("book", "--service", "Follow-up", "--with", "Dr Lin", "--at", "tomorrow 10:00", "--json", "--patient")


def test_the_day_sheet_is_printed_here_or_into_a_file(clinic: Frontdesk, tmp_path: Path) -> None:
    clinic(*BOOK, "1")
    said = clinic("print", "day", "tomorrow")
    assert (said.code, said.err) == (0, "")
    assert "10:00-10:45 García, Maria" in said.out
    assert max(len(row) for row in said.out.splitlines()) == 80
    entry = clinic("log", "--json", "--limit", "1").json[0]
    assert (entry["what"], entry["after"]) == ("paper.print", {"sheet": "day", "to": "standard output"})
    sheet = clinic("print", "day", "tomorrow", "--json").json
    (lin,) = sheet["practitioners"]
    assert (lin["title"], lin["visits"][0]["name"], lin["visits"][0]["count_in"]) == ("Dr Lin", "García, Maria", "")

    target = tmp_path / "sheet.pdf"
    said = clinic("print", "day", "tomorrow", "--to", str(target), "--json")
    assert said.json == {"file": str(target), "in_latin": 0}
    assert target.read_bytes().startswith(b"%PDF-")
    again = clinic("print", "day", "tomorrow", "--to", str(target))
    assert (again.code, again.out) == (1, "")
    assert again.err == f"frontdesk: {target} exists already; name a file that doesn't\n"
    assert "a PDF needs a file: name one with --to" in clinic("print", "day", "--format", "pdf").err
    assert clinic("print").code == 2


def test_the_close_of_the_day_is_a_page_too(clinic: Frontdesk, tmp_path: Path) -> None:
    clinic(*BOOK, "1")
    said = clinic("print", "close", "--columns", "100")
    assert said.code == 0
    assert "0 seen, 0 no-shows, 0 cancelled" in said.out
    assert "#1 García, Maria, Dr Lin, Follow-up" in said.out
    target = tmp_path / "close.pdf"
    assert clinic("print", "close", "--to", str(target)).code == 0
    assert target.read_bytes().startswith(b"%PDF-")
    page = clinic("print", "close", "--json").json
    assert page["sections"][0]["title"] == "How the day went"
    shut = clinic("close", "--dry-run", "--json").json
    assert shut["needles"] == {"in": 0, "out": 0, "kept": 0, "missing": 0, "open": 0}
    assert (shut["late_cancelled"], shut["unbooked"]) == (0, [])


def test_the_sheets_that_are_kept_lie_where_the_workstation_says(
    clinic: Frontdesk, where: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path / "config"))
    settings = tmp_path / "config" / "frontdesk" / "workstation.toml"
    settings.parent.mkdir(parents=True)
    settings.write_text(f'paper_folder = "{tmp_path / "stick"}"\n', encoding="utf-8")
    gave_way: list[int] = []
    monkeypatch.setattr("os.nice", gave_way.append)  # this process goes on with other tests
    clinic(*BOOK, "1")
    kept = clinic("print", "day", "--beside", "--json").json
    assert [Path(one["file"]).parent for one in kept] == [tmp_path / "stick"] * 4
    assert "nothing was written" in clinic("print", "day", "--beside", "--if-older", "60").out
    assert len(gave_way) == 1
    assert clinic("print", "day", "tomorrow", "--beside").code == 1
    # As a dashboard has them written: by a process of its own, which learns of the database from its environment.
    for sheet in (tmp_path / "stick").iterdir():
        sheet.unlink()
    child = write_paper(where, "Ana", 60)
    _, complaint = child.communicate(timeout=60)
    assert complaint == ""
    assert child.returncode == 0
    assert len([one for one in (tmp_path / "stick").iterdir() if one.suffix in (".txt", ".pdf")]) == 4
    settings.write_text('paper_folder = "stick"\n', encoding="utf-8")
    assert "paper_folder is a whole path" in clinic("print", "day", "--beside").err
