"""`frontdesk report` as scripts use it."""

from __future__ import annotations

from pathlib import Path

from tests.program.conftest import Frontdesk


def test_a_report_is_printed_given_as_json_and_written_as_a_table(clinic: Frontdesk, tmp_path: Path) -> None:
    book = ("book", "--patient", "1", "--service", "Follow-up", "--with", "Dr Lin", "--at", "tomorrow 10:00")
    assert clinic(*book).code == 0
    said = clinic("report", "month", "tomorrow")
    assert (said.code, said.err) == (0, "")
    for title in ("VISITS BY PRACTITIONER", "ROOM USE BY HOUR", "WAITING, IN MINUTES", "COURSES"):
        assert title in said.out
    found = clinic("report", "tomorrow", "--json").json
    assert (found["period"], found["total"]["to_come"], found["total"]["no_show_rate"]) == ("week", 1, None)
    (room,) = (one for one in found["rooms"] if one["room"] == "Room 1")
    assert [one["minutes"] for one in room["hours"] if one["hour"] == 10] == [50]
    target = tmp_path / "week.csv"
    assert clinic("report", "week", "tomorrow", "--csv", str(target)).out.endswith(f"is in {target}\n")
    assert target.read_text(encoding="utf-8").startswith("period,from,until,report,of,hour_or_day,measure,value\n")
    assert clinic("report", "--csv", str(target)).code == 1
    assert clinic("report", "month", "yesterdaze").code == 1


def test_a_month_and_a_week_are_named_as_calendars_do(clinic: Frontdesk) -> None:
    for said, period, first, last in (
        (("month", "2025-01"), "month", "2025-01-01", "2025-01-31"),
        (("2024-02",), "month", "2024-02-01", "2024-02-29"),
        (("week", "2025-W03"), "week", "2025-01-13", "2025-01-19"),
        (("2026-w53",), "week", "2026-12-28", "2027-01-03"),
    ):
        found = clinic("report", *said, "--json").json
        assert (found["period"], found["from"], found["until"]) == (period, first, last)
    for said, words in (
        (("month", "2025-13"), "2025-13 is no month: write 2025-01"),
        (("week", "2025-W60"), "2025-W60 is no week: write 2025-W03"),
        (("week", "2025-01"), "2025-01 is a month: `report month 2025-01`"),
        (("month", "2025-W03"), "2025-W03 is a week: `report week 2025-W03`"),
    ):
        refused = clinic("report", *said)
        assert (refused.code, refused.err) == (1, f"frontdesk: {words}\n")
