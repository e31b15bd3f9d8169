"""`recalls`, `reminders` and `calendar` as scripts use them."""

from __future__ import annotations

from pathlib import Path

from tests.program.conftest import Frontdesk

BOOK = ("book", "--service", "Follow-up", "--with", "Dr Lin", "--at", "tomorrow 10:30", "--json", "--patient")


def test_whose_plan_says_come_is_listed_until_the_call_says_otherwise(clinic: Frontdesk) -> None:
    assert clinic("plan", "start", "1", "--every", "week", "--visits", "8").code == 0
    (row,) = clinic("recalls", "--json").json
    assert (row["patient"]["id"], row["reasons"], row["due"], row["plan"]) == (
        1,
        ["plan"],
        False,
        {"done": 0, "planned": 8},
    )
    told = clinic("recalls", "wait", "1", "--until", "+2w", "--reason", "on holiday", "--json").json
    assert told["result"] == "wait"
    assert clinic("recalls", "wait", "1", "--until", "today").code == 1
    assert clinic("recalls", "--json").json[0]["next_on"] == told["next_on"]
    assert "no contact" in clinic("recalls", "undo", "2", "--contact", f"{told['contact']}").err
    assert clinic("recalls", "undo", "1", "--json").json == told
    assert clinic("recalls", "undo", "1").code == 1
    assert clinic("recalls", "stop", "1", "--reason", "too far").out == "García, Maria: called no more (too far)\n"
    assert clinic("recalls").out == "0 to call now, 0 later\n"
    assert clinic("recalls", "no-answer", "99").code == 1


def test_who_is_not_on_the_list_is_not_called_from_it(clinic: Frontdesk) -> None:
    for said in (("no-answer", "2"), ("stop", "2", "--reason", "too far")):
        refused = clinic("recalls", *said)
        assert (refused.code, refused.err) == (
            1,
            "frontdesk: Lee, Jun is not on the list of whom to call: never seen\n",
        )
    assert clinic("recalls", "wait", "2", "--until", "+2w").code == 0, "they are put on it from that day on"
    (row,) = clinic("recalls", "--json").json
    assert (row["patient"]["id"], row["due"], row["overdue_days"]) == (2, False, -14)
    clinic(*BOOK, "2")
    refused = clinic("recalls", "no-answer", "2")
    assert (refused.code, "not on the list of whom to call: comes on" in refused.err) == (1, True)
    assert clinic("recalls", "wait", "2", "--until", "+3w").code == 1


def test_reminders_send_nothing_unless_told_to(clinic: Frontdesk, tmp_path: Path) -> None:
    key = clinic(*BOOK, "1").json["id"]
    found = clinic("reminders", "tomorrow", "--json").json
    (row,) = found["reminders"]
    assert (row["appointment"], row["state"], row["mail"], found["sent"]) == (key, "not_reminded", False, None)
    assert "10:30" in row["text"]
    refused = clinic("reminders", "tomorrow", "--send")
    assert (refused.code, "names no mail server" in refused.err) == (1, True)
    assert clinic("reminders", "tomorrow", "--message", f"{key}", "--json").json["reminders"][0]["state"] == "reminded"
    assert clinic("reminders", "tomorrow", "--to", str(tmp_path / "list.csv")).code == 0
    written = tmp_path / "again.csv"
    assert clinic("reminders", "tomorrow", "--to", str(written), "--json").json == {"file": str(written)}
    assert (tmp_path / "list.csv").read_text(encoding="utf-8").startswith("appointment,day,time,name")
    assert clinic("calendar", f"{key}", "--to", str(tmp_path / "one.ics")).code == 0
    assert clinic("calendar", f"{key}", "--to", str(tmp_path / "one.ics")).code == 1
    assert "BEGIN:VEVENT" in (tmp_path / "one.ics").read_text(encoding="utf-8")
    written = clinic("calendar", f"{key}", "--to", str(tmp_path / "two.ics"), "--json").json
    assert written == {"appointment": key, "file": str(tmp_path / "two.ics")}
