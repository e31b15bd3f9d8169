"""Reports: a week or a month in numbers."""

from __future__ import annotations

from frontdesk.ui.actions.action import REPORTS, Action

REPORTING: tuple[Action, ...] = (
    Action("report.week", ("w",), "week", "The week that the shown day is in", (REPORTS,), ("by week",), 1),
    Action("report.month", ("m",), "month", "The month that the shown day is in", (REPORTS,), ("by month",), 2),
    Action(
        "report.back",
        ("left_square_bracket", "left", "h"),
        "before",
        "The week or month before",
        (REPORTS,),
        ("last week", "last month", "previous"),
        3,
    ),
    Action(
        "report.on",
        ("right_square_bracket", "right", "l"),
        "after",
        "The week or month after",
        (REPORTS,),
        ("next week", "next month"),
        4,
    ),
    Action(
        "report.csv",
        ("e",),
        "export",
        "The report as a table, into a CSV file",
        (REPORTS,),
        ("csv", "spreadsheet", "table", "excel"),
        5,
    ),
)
