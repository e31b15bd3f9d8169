"""`close`, `off` and `visit hand-over` as scripts use them."""

from __future__ import annotations

from tests.foreign import Foreign
from tests.program.conftest import Frontdesk

BOOK = ("book", "--service", "Follow-up", "--with", "Dr Lin", "--at", "today 00:30", "--json", "--patient")


def _a_day_later(where: str) -> None:
    """The database's own clock, as a demo clinic has one."""
    with Foreign(where) as other:
        other.execute("INSERT INTO meta (key, value) VALUES ('clock_offset_ms', '86400000')")


def test_the_close_refuses_with_the_list_and_gives_it_as_json(clinic: Frontdesk, where: str) -> None:
    never = clinic(*BOOK, "2").json["id"]
    resting = clinic(*BOOK, "1", "--squeeze").json["id"]
    _a_day_later(where)
    clinic("visit", "needles-in", f"{resting}", "--count", "9")

    refused = clinic("close", "yesterday", "--json")
    assert refused.code == 1
    assert len(refused.err.splitlines()) == 1
    assert "García, Maria in Community 1 (needles in); never came: Lee, Jun 00:30" in refused.err
    assert [(one["need"], one["appointment"], one["needles_in"]) for one in refused.json["open"]] == [
        ("needles_in", resting, 9),
        ("no_show", never, None),
    ]
    assert not refused.json["closed"]

    clinic("visit", "needles-out", f"{resting}", "--count", "7", "--kept", "2", "--told")
    clinic("visit", "checkout", f"{resting}")
    closed = clinic("close", "yesterday", "--no-shows", "--json")
    assert closed.code == 0
    assert closed.json["closed"]
    assert (closed.json["closed_by"], closed.json["seen"], closed.json["no_shows"]) == ("Ana", 1, 1)
    (kept,) = closed.json["kept"]
    assert (kept["appointment"], kept["count"], kept["patient"]["id"]) == (resting, 2, 1)
    assert kept["remove_on"] > closed.json["day"]
    assert "closed at " in clinic("agenda", "yesterday").out
    again = clinic("close", "yesterday")
    assert (again.code, "stays closed" in again.out) == (0, True)
    assert clinic("log", "--json", "--limit", "1").json[0]["what"] == "day.close"
    assert clinic("close", "tomorrow").code == 1


def test_whoever_goes_off_leaves_a_room_that_is_nobodys_until_it_is_handed_over(clinic: Frontdesk) -> None:
    said = clinic(
        "book", "--patient", "1", "--service", "Follow-up", "--with", "Dr Lin", "--at", "today 23:00", "--json"
    )
    clinic("visit", "begin", f"{said.json['id']}")
    gone = clinic("off", "Dr Lin")
    assert (gone.code, gone.out) == (0, "Dr Lin is off; nobody has García, Maria in Room 1\n")
    assert "** NOBODY'S" in clinic("rooms").out
    room = clinic("rooms", "--json").json[0]
    assert (room["alarm"], room["owner"], room["ownerless"]) == ("medium", None, True)
    assert clinic("visit", "hand-over", f"{said.json['id']}", "--to", "Dr Lin").code == 1
    assert clinic("off", "Dr Lin", "--back").out == "Dr Lin is back\n"
    assert clinic("rooms", "--json").json[0]["owner"] == "Dr Lin"
    assert clinic("off", "Dr Lin", "--back").code == 1
