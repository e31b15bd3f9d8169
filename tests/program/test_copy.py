"""A whole clinic moved between files and servers: `copy`, and `backup` and `restore` where the database is a server."""

from __future__ import annotations

import json
import os
import re
import sqlite3
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest

from frontdesk.domain.errors import Unavailable
from frontdesk.store.copying import digests
from frontdesk.store.engine import Store
from tests.foreign import Foreign
from tests.program.conftest import Frontdesk
from tests.server import GUARDED, SECRET, Server
from tests.store.conftest import NOW

Shown = list[Any]


def shows(frontdesk: Frontdesk, where: str) -> Shown:
    """What a receptionist sees of a clinic."""
    lines = (
        ("agenda", "2026-11-23"),
        ("agenda", "2026-11-24"),
        ("rooms",),
        ("find", "garcia"),
        ("find", "555"),
        ("slots", "--service", "Follow-up", "--from", "2026-11-24", "--days", "2"),
    )
    said = [frontdesk(*line, "--json", "--db", where) for line in lines]
    assert [one.err for one in said] == [""] * len(said)
    documents = [one.json for one in said]
    # Of the rooms what does not move with the clock.
    documents[2] = [[room[name] for name in ("room", "patient", "needles_in", "due_at")] for room in documents[2]]
    return documents


def contents(where: str) -> dict[str, tuple[int, int]]:
    store = Store.open(where, now=NOW)
    with store.read() as connection:
        found = dict(digests(connection))
    store.close()
    return found


@pytest.mark.parametrize("way", ["server and back", "file"])
def test_a_clinic_is_the_same_wherever_it_is_copied(
    frontdesk: Frontdesk, demo_copy: Path, tmp_path: Path, way: str, request: pytest.FixtureRequest
) -> None:
    before = shows(frontdesk, str(demo_copy))
    stops = [str(tmp_path / "moved.db")]
    if way == "server and back":
        stops.insert(0, request.getfixturevalue("empty_url"))
    here = str(demo_copy)
    was = demo_copy.read_bytes()
    identities = [Store.open(here, now=NOW).database_id]
    for number, there in enumerate(stops, 1):
        said = frontdesk("copy", here, there)
        assert (said.code, said.err) == (0, "")
        assert "rows from" in said.out
        assert shows(frontdesk, there) == before
        assert frontdesk("check", "--db", there).code == 0
        entries = frontdesk("log", "--limit", "9", "--json", "--db", there).json
        assert [entry["what"] for entry in entries].count("database.copy") == number
        assert entries[0]["after"]["database_id"] == identities[-1]
        identities.append(Store.open(there, now=NOW).database_id)
        here = there
    assert len(set(identities)) == len(identities)  # each has an identity of its own
    assert demo_copy.read_bytes() == was
    # And what is booked there gets a number that nothing has.
    slot = frontdesk("slots", "--service", "Follow-up", "--limit", "1", "--json", "--db", here).json[0]
    booked = frontdesk(
        *("book", "--patient", "1", "--service", "Follow-up", "--with", slot["practitioner"]),
        *("--at", slot["start"][:16].replace("T", " "), "--json", "--db", here),
    )
    assert booked.code == 0


def test_what_is_there_already_is_left_alone(frontdesk: Frontdesk, demo_copy: Path, fresh_url: str) -> None:
    there = Foreign(fresh_url)
    there.execute("INSERT INTO patient (given, created_at) VALUES ('Maria', 0)")
    was = there.dump()
    said = frontdesk("copy", str(demo_copy), fresh_url)
    assert (said.code, said.err.count("\n")) == (1, 1)
    assert "holds a clinic already: name an empty database" in said.err
    assert there.dump() == was
    there.close()
    assert "exists already" in frontdesk("copy", str(demo_copy), str(demo_copy)).err


def test_what_is_not_there_is_not_made_to_be_copied(frontdesk: Frontdesk, tmp_path: Path, empty_url: str) -> None:
    assert "is not there" in frontdesk("copy", str(tmp_path / "no.db"), str(tmp_path / "to.db")).err
    assert "is empty" in frontdesk("copy", empty_url, str(tmp_path / "to.db")).err
    assert list(tmp_path.glob("*.db")) == []
    with Foreign(empty_url) as other:
        assert other.execute("SELECT 1 FROM pg_class WHERE relnamespace = 'public'::regnamespace") == []


@pytest.mark.parametrize(
    ("spoil", "words"),
    [
        ("UPDATE patient SET notes = 'a' || char(0) WHERE id = 7", "patient can't be kept there .*NUL"),
        ("INSERT INTO flag (patient_id, kind) VALUES (1, hex(zeroblob(20)))", "flag can't be kept there .*too long"),
    ],
)
def test_what_can_not_be_kept_there_stops_the_copy_and_nothing_is_left_of_it(
    frontdesk: Frontdesk, demo_copy: Path, empty_url: str, spoil: str, words: str
) -> None:
    with closing(sqlite3.connect(demo_copy)) as raw, raw:
        raw.execute(spoil)
    said = frontdesk("copy", str(demo_copy), empty_url)
    assert (said.code, said.err.count("\n")) == (1, 1)
    assert re.search(words, said.err)
    with Foreign(empty_url) as other:
        assert other.execute("SELECT 1 FROM pg_class WHERE relnamespace = 'public'::regnamespace") == []


@pytest.fixture
def moved(frontdesk: Frontdesk, demo_copy: Path, empty_url: str, monkeypatch: pytest.MonkeyPatch) -> str:
    """A demo clinic on a server, as FRONTDESK_DB says."""
    assert frontdesk("copy", str(demo_copy), empty_url).code == 0
    monkeypatch.setenv("FRONTDESK_DB", empty_url)
    return empty_url


def test_a_backup_of_a_server_is_a_file_like_any_other(frontdesk: Frontdesk, moved: str, tmp_path: Path) -> None:
    before = shows(frontdesk, moved)
    copy = tmp_path / "backup.db"
    assert frontdesk("backup", str(copy)).out == f"backed up to {copy}\n"
    assert os.stat(copy).st_mode & 0o777 == 0o600
    assert "exists already" in frontdesk("backup", str(copy)).err
    by_itself = Path(frontdesk("backup").out.removeprefix("backed up to ").strip())
    assert by_itself.parent == tmp_path / "data" / "frontdesk"
    assert contents(str(by_itself)) == contents(moved)
    assert contents(str(copy)) == contents(moved)
    assert shows(frontdesk, str(copy)) == before  # opened as it is
    into = str(tmp_path / "restored.db")
    assert frontdesk("restore", str(copy), "--db", into).code == 0
    assert shows(frontdesk, into) == before


def test_a_server_goes_back_to_its_backup_and_keeps_what_it_was(
    frontdesk: Frontdesk, moved: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path / "data"))
    before = shows(frontdesk, moved)
    frontdesk("backup", str(tmp_path / "backup.db"))
    session = Store.open(moved, now=NOW)
    with session.write(who="Ben", at=NOW) as work:
        work.connection.exec_driver_sql("UPDATE clinic SET name = 'Another'")
        work.log("renamed", "clinic")
    said = frontdesk("restore", str(tmp_path / "backup.db"))
    assert (said.code, said.err) == (0, "")
    kept = said.out.split(" is kept at ")[1].strip()
    assert shows(frontdesk, moved) == before
    assert frontdesk("log", "--limit", "1", "--json").json[0]["what"] == "database.restore"
    assert frontdesk("check").code == 0
    with closing(sqlite3.connect(kept)) as raw:
        assert raw.execute("SELECT name FROM clinic").fetchall() == [("Another",)]
    with pytest.raises(Unavailable, match="replaced or restored"), session.write(who="Ben", at=NOW) as work:
        work.log("too late", "")
    session.close()


def test_a_file_that_is_no_backup_leaves_the_server_as_it_was(frontdesk: Frontdesk, moved: str, tmp_path: Path) -> None:
    was = contents(moved)
    (tmp_path / "words.db").write_text("given,family\n")
    for name in ("words.db", "nowhere.db"):
        said = frontdesk("restore", str(tmp_path / name))
        assert (said.code, said.err.count("\n")) == (1, 1)
    assert contents(moved) == was


def test_the_demo_clinic_is_made_on_a_server(frontdesk: Frontdesk, empty_url: str) -> None:
    made = frontdesk("demo", "--no-open", "--patients", "100", "--at", "2026-11-23 10:40", "--db", empty_url)
    assert (made.code, made.out) == (0, f"{empty_url}\n")
    assert frontdesk("check", "--db", empty_url).code == 0
    again = frontdesk("demo", "--no-open", "--db", empty_url)
    assert "holds a clinic already" in again.err


@pytest.mark.parametrize("verb", ["rooms", "copy", "demo"])
def test_a_password_on_the_command_line_is_refused_and_not_repeated(
    frontdesk: Frontdesk, tmp_path: Path, verb: str
) -> None:
    url = "postgresql+psycopg://lin:hunter2@db.example/clinic"
    lines = {
        "rooms": ("rooms", "--db", url),
        "copy": ("copy", str(tmp_path / "clinic.db"), url),
        "demo": ("demo", "--no-open", "--db", url),
    }
    said = frontdesk(*lines[verb])
    assert (said.code, said.err.count("\n")) == (1, 1)
    assert "~/.pgpass" in said.err
    assert "FRONTDESK_DB" in said.err
    assert "hunter2" not in said.err + said.out


@pytest.mark.parametrize("way", ["FRONTDESK_DB", "PGPASSFILE", "PGPASSWORD"])
def test_a_password_comes_from_where_others_can_not_read_it(
    frontdesk: Frontdesk, server: Server, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, way: str
) -> None:
    name = server.create(f"OWNER {GUARDED}")
    url = server.url(name, user=GUARDED)
    if way == "FRONTDESK_DB":
        url = url.replace(GUARDED, f"{GUARDED}:{SECRET.replace(' ', '%20').replace('&', '%26')}", 1)
    elif way == "PGPASSWORD":
        monkeypatch.setenv("PGPASSWORD", SECRET)
    else:
        (tmp_path / "pgpass").write_text(f"127.0.0.1:*:*:{GUARDED}:{SECRET}\n")
        (tmp_path / "pgpass").chmod(0o600)
        monkeypatch.setenv("PGPASSFILE", str(tmp_path / "pgpass"))
    monkeypatch.setenv("FRONTDESK_DB", url)
    said = frontdesk("log", "--json")
    assert (said.code, json.loads(said.out)) == (0, [])
    said = frontdesk("rooms")
    assert "no clinic is set up" in said.err
    assert "hunter2" not in said.err
    server.drop(name)
