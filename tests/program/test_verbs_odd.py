"""The verbs, given what nobody should type and read by what nobody should read with: one line, no traceback."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.engines import about_files
from tests.foreign import Foreign
from tests.program.conftest import Frontdesk
from tests.program.test_verbs import BOOK, BOOK_NOW

HUGE = "9" * 30


@pytest.mark.parametrize(
    "odd",
    [
        ("visit", "arrive", HUGE),
        ("visit", "undo", "0"),
        ("visit", "undo", "-1"),
        ("book", "--patient", HUGE, *BOOK[3:]),
        ("agenda", "9999-12-31"),
        ("agenda", "0001-01-01"),
        ("agenda", ""),
        ("agenda", "\udcff\x1b[31m"),
        ("slots", "--service", "Follow-up", "--from", ""),
        ("slots", "--service", "Follow-up", "--days", HUGE),
        ("slots", "--service", "x" * 100_000),
        ("import", "--from", "", "nowhere.csv"),
        ("agenda", "--db", ""),
        ("agenda", "--db", "~nobody-of-that-name/clinic.db"),
        ("backup", ""),
        ("backup", "--db", "x" * 300),
        ("restore", "x" * 300),
        ("restore", ""),
        ("copy", "x" * 300, "there.db"),
        ("copy", "there.db", "x" * 300),
    ],
)
def test_odd_values_are_refused_in_one_line(clinic: Frontdesk, odd: tuple[str, ...]) -> None:
    said = clinic(*odd)
    assert (said.code, said.out) == (1, "")
    assert said.err.startswith("frontdesk: ")
    assert said.err.count("\n") == 1
    assert "internal error" not in said.err
    assert "\x1b" not in said.err


@pytest.mark.parametrize(
    "odd",
    [("visit", "arrive", "1_0"), ("visit", "arrive", "9" * 5000), ("log", "--limit", "٣"), ("agenda", "--\x1b[31m")],
)
def test_what_is_no_number_and_no_option_is_wrong_usage(clinic: Frontdesk, odd: tuple[str, ...]) -> None:
    said = clinic(*odd)
    assert (said.code, said.out) == (2, "")
    assert "\x1b" not in said.err


def test_a_limit_may_be_as_large_as_anyone_likes(clinic: Frontdesk) -> None:
    assert len(clinic("find", "mar", "--limit", HUGE, "--json").json) == 1
    assert len(clinic("log", "--limit", HUGE, "--json").json) == 2


@pytest.mark.parametrize("text", ["\udcff", "ill\0", "\x1b[31m", "x" * 100_000])
def test_words_that_can_not_be_kept_are_refused(clinic: Frontdesk, text: str) -> None:
    clinic(*BOOK_NOW)
    before = clinic("log", "--json").json
    assert clinic("visit", "cancel", "1", "--reason", text).code == 1
    clinic("visit", "needles-in", "1", "--count", "2")
    for missing, by in ((text, "Ben"), ("lost", text), (" ", " ")):
        said = clinic("visit", "needles-out", "1", "--count", "1", "--missing", missing, "--by", by)
        assert (said.code, said.err.count("\n")) == (1, 1)
        assert "internal error" not in said.err
    assert [one["what"] for one in clinic("log", "--json").json[: -len(before)]] == ["visit.needles-in", "needles.in"]


def test_json_holds_nothing_that_a_terminal_would_obey(clinic: Frontdesk, tmp_path: Path) -> None:
    named = tmp_path / "a\x9b31m\udcff\u202e.csv"
    named.write_bytes((tmp_path / "patients.csv").read_bytes())
    said = clinic("import", str(named), "--json")
    assert said.json[0]["file"] == named.name
    assert not set(said.out) & {"\x9b", "\udcff", "\u202e"}


def _run(*arguments: str, redirect: str = "", **environment: str) -> subprocess.CompletedProcess[bytes]:
    """The program in a process of its own, its streams as a shell redirects them."""
    return subprocess.run(
        ["/bin/sh", "-c", f'"$@" {redirect}', "sh", sys.executable, "-m", "frontdesk", *arguments],
        capture_output=True,
        env={**os.environ, **environment},
        timeout=60,
        check=False,
    )


@pytest.mark.parametrize("encoding", ["ascii", "latin-1"])
def test_a_terminal_that_lacks_letters_is_served(clinic: Frontdesk, encoding: str) -> None:
    clinic(*BOOK)
    plain = _run("agenda", "tomorrow", PYTHONIOENCODING=encoding)
    assert (plain.returncode, plain.stderr) == (0, b"")
    assert b"Maria" in plain.stdout
    assert b'"Garc\\u00eda, Maria"' in _run("find", "gar", "--json", PYTHONIOENCODING=encoding).stdout


def test_nobody_listens(clinic: Frontdesk) -> None:
    clinic(*BOOK)
    for redirect in (">&-", "<&-", ">&- 2>&- <&-"):
        done = _run("agenda", "tomorrow", redirect=redirect)
        assert (done.returncode, done.stderr) == (0, b"")
    gone = _run("log", "--json", redirect="| { exec <&-; sleep 0.1; }")
    assert gone.stderr == b""


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="this system has no /dev/full")
def test_an_answer_that_can_not_be_written_is_said(clinic: Frontdesk) -> None:
    done = _run("agenda", redirect=">/dev/full")
    assert (done.returncode, done.stderr.count(b"\n")) == (1, 1)
    assert b"no space" in done.stderr


def test_a_demo_that_is_refused_leaves_nothing(
    frontdesk: Frontdesk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path / "temporary"))
    (tmp_path / "temporary").mkdir()
    assert frontdesk("demo", "--no-open", "--at", "never").code == 1
    assert frontdesk("demo", "--no-open", "--db", "").code == 1
    assert list((tmp_path / "temporary").iterdir()) == []
    made = frontdesk("demo", "--no-open", "--patients", "3")
    assert (made.code, Path(made.out.strip()).is_file()) == (0, True)


@pytest.mark.parametrize(
    ("asked", "what_to_do"),
    [
        (("book", "--patient", "99", *BOOK[3:]), "frontdesk find NAME"),
        (
            ("series", "--patient", "99", *BOOK[3:], "--every", "week", "--times", "4"),
            "frontdesk find NAME",
        ),
        (("visit", "move", "99", "--at", "tomorrow 10:00"), "frontdesk agenda DAY"),
        (("visit", "retention", "99", "--minutes", "25"), "frontdesk agenda DAY"),
        (("block", "remove", "b99"), "frontdesk agenda DAY"),
        (("block", "--everyone", "--from", "tomorrow 13:00", "--until", "12:00"), "give an end that comes after"),
        (
            ("agenda", "--db", "dbname=clinic host=db.example password=hunter2"),
            "postgresql+psycopg://USER@HOST/DATABASE",
        ),
        (("agenda", "--db", "user = ana"), "never on a command line"),
    ],
)
def test_a_refusal_says_what_to_do_and_repeats_no_password(
    clinic: Frontdesk, asked: tuple[str, ...], what_to_do: str
) -> None:
    said = clinic(*asked)
    assert (said.code, said.out, said.err.count("\n")) == (1, "", 1)
    assert what_to_do in said.err
    assert "hunter2" not in said.err


@about_files
def test_a_database_without_its_safeguards_is_checked_copied_and_put_back_by_verbs_alone(
    clinic: Frontdesk, where: str, tmp_path: Path
) -> None:
    with Foreign(where) as other:
        other.execute("DROP TRIGGER guard_retention_delete")
    refused = clinic("agenda")
    assert (refused.code, refused.err.count("\n")) == (1, 1)
    said = clinic("check")
    assert (said.code, said.out) == (1, "the safeguard guard_retention_delete is missing or was changed\n")
    assert "frontdesk restore FILE" in said.err
    copy = str(tmp_path / "copy.db")
    assert clinic("backup", copy).out == f"backed up to {copy}\n"
    assert clinic("restore", copy).code == 0
    assert clinic("check").out == "everything checked is sound\n"
    assert "García" in clinic("find", "gar").out


@about_files
def test_a_damaged_database_or_backup_is_called_so_and_what_to_do_about_it(
    clinic: Frontdesk, where: str, tmp_path: Path
) -> None:
    copy, half = tmp_path / "copy.db", tmp_path / "half.db"
    clinic("backup", str(copy))
    whole = copy.read_bytes()
    half.write_bytes(whole[: len(whole) // 2])
    said = clinic("restore", str(half))
    assert (said.code, said.err) == (1, f"frontdesk: {half} is damaged, or no database; name another backup\n")
    assert clinic("check").code == 0
    Path(where).write_bytes(whole[: len(whole) // 2])
    said = clinic("check")
    assert said.code == 1
    assert said.out.startswith("the file is damaged: ")
    assert "frontdesk restore FILE" in said.err
    assert clinic("restore", str(copy)).code == 0
    assert clinic("check").code == 0


@about_files
def test_a_clinic_that_is_not_there_is_not_backed_up(clinic: Frontdesk, tmp_path: Path) -> None:
    missing, copy = tmp_path / "missing.db", tmp_path / "copy.db"
    said = clinic("--db", str(missing), "backup", str(copy))
    assert (said.code, "is not there" in said.err) == (1, True)
    assert not missing.exists()
    assert not copy.exists()


def test_a_file_that_can_not_be_imported_is_named_once(clinic: Frontdesk, tmp_path: Path) -> None:
    for name, what in (("empty.csv", ""), ("words.csv", "a,b\n1,2\n")):
        (tmp_path / name).write_text(what, encoding="utf-8")
    for file in (tmp_path / "empty.csv", tmp_path / "words.csv", tmp_path / "nowhere.csv", tmp_path):
        said = clinic("import", str(file))
        assert (said.code, said.err.count(str(file))) == (1, 1), said.err
