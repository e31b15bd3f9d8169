"""Reports: a week or a month on one page, turned by keys."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from functools import partial
from typing import TYPE_CHECKING, ClassVar

from textual.widget import Widget

from frontdesk.domain.report import Period, PeriodKind
from frontdesk.domain.report_tables import title_of
from frontdesk.ui import keys
from frontdesk.ui.layout.report_lines import report_lines
from frontdesk.ui.screens.base import DeskScreen
from frontdesk.ui.widgets.frame import HeaderLine, KeyLine
from frontdesk.ui.widgets.page import Page

if TYPE_CHECKING:
    from pathlib import Path

    from frontdesk.domain.report import Report


class ReportScreen(DeskScreen):
    """One period at a time."""

    GOES_BACK: ClassVar[bool] = True
    PLACE: ClassVar[str] = keys.REPORTS
    CSS_PATH = "report.tcss"
    BINDINGS: ClassVar = [*keys.bindings_for(keys.REPORTS)]

    def __init__(self) -> None:
        super().__init__()
        self._kind = PeriodKind.WEEK
        self._day: date | None = None
        """A day of the period shown; None is today, whatever day that is."""
        self._page = Page(id="report")
        self._found: Report | None = None

    def content(self) -> Iterator[Widget]:
        """The page."""
        yield self._page

    def heading(self) -> str:
        """Which period it is."""
        return title_of(self._found) if self._found is not None else "Reports"

    def on_mount(self) -> None:
        """The arrows move the page."""
        self._page.focus()

    def why_not(self, action_id: str) -> str | None:
        """What goes by the report waits for it."""
        if self._found is None and action_id in ("report.back", "report.on", "report.csv"):
            return "The report is still being counted: press again when it is there."
        return super().why_not(action_id)

    def reload(self) -> None:
        """Counts the period shown anew."""
        kind, day = self._kind, self._day
        self.ask(lambda: self.desk.reports.load(kind, day), self._got, group="report")

    def action_report_week(self) -> None:
        """The week that the day shown is in."""
        self._show(PeriodKind.WEEK, self._day)

    def action_report_month(self) -> None:
        """The month that the day shown is in."""
        self._show(PeriodKind.MONTH, self._day)

    def action_report_back(self) -> None:
        """The period before."""
        if self._found is not None:
            self._turn_to(self._found.period.before)

    def action_report_on(self) -> None:
        """The period after."""
        if self._found is not None:
            self._turn_to(self._found.period.after)

    def action_day_today(self) -> None:
        """Back to the present one."""
        self._show(self._kind, None)

    def action_day_go(self) -> None:
        """To the one that a typed day is in; reports look back, so that `2 oct` is the last one."""
        from frontdesk.domain.day_asked import day_to_look_back_to
        from frontdesk.ui.dialogs.goto import ask_day

        ask_day(self, lambda day: self._show(self._kind, day), day_to_look_back_to)

    def action_report_csv(self) -> None:
        """Asks where to, and writes the report shown there."""
        from frontdesk.ui.dialogs.save_as import save_as

        found = self._found
        if found is None:
            return

        def write(path: Path) -> str:
            return f"{title_of(found)} is in {self.desk.reports.write(found, path)}"

        name = f"report-{found.period.kind.value}-{found.period.first.isoformat()}.csv"
        save_as(self, f"{title_of(found)} as a table for a spreadsheet", write, name=name)

    def _turn_to(self, period: Period) -> None:
        today = self.desk_app.local_day()
        self._show(period.kind, None if period.first <= today <= period.last else period.first)

    def _show(self, kind: PeriodKind, day: date | None) -> None:
        self._kind, self._day = kind, day
        self.reload()

    def _got(self, found: Report) -> None:
        anew = self._found is None or self._found.period != found.period
        self._found = found
        self._page.show(partial(report_lines, found), anew=anew)
        self.refresh_frame(HeaderLine, KeyLine)
