"""A course from a visit on: its dates as a list, each repaired, chosen or left out, and booked with one Enter."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, ClassVar

from msgspec.structs import replace
from pendulum import DateTime
from textual.binding import Binding
from textual.widget import Widget

from frontdesk.domain.appointment import Appointment
from frontdesk.domain.errors import Refused, Retired
from frontdesk.domain.packing import MOST_VISITS, CourseDate, Mark, Slot
from frontdesk.ui.dialogs.base import Dialog, Note
from frontdesk.ui.layout.cells import wrapped
from frontdesk.ui.layout.patient_words import COMES_NO_MORE
from frontdesk.ui.layout.series_rows import MOST_ROWS, date_row, detail_rows, summary
from frontdesk.ui.widgets.pick_list import Item, PickList

if TYPE_CHECKING:
    from frontdesk.desk.outcome import Outcome
    from frontdesk.desk.series import SeriesPlan, SeriesRequest

FEWEST, USUAL = 2, 8
"""Visits of a course: the least, and what the list begins with; the visit it begins with is one of them."""


class Repeat(Dialog["Outcome"]):
    """Books a course; the answer is the desk's outcome.

    What was chosen or left out stays with its date when the number or the rhythm changes, and when somebody else books.
    """

    ACCEPT_WORDS: ClassVar[str] = "book the course"
    WIDTH: ClassVar[int] = 78
    BINDINGS: ClassVar = [
        Binding("left", "turn(-1)", "place before", show=False),
        Binding("right", "turn(1)", "next place", show=False),
        Binding("x,delete", "leave_out", "leave out", show=False),
        Binding("plus,equals_sign", "count(1)", "more", show=False),
        Binding("minus", "count(-1)", "fewer", show=False),
        Binding("w", "cadence", "rhythm", show=False),
        Binding("a", "anybody", "anybody", show=False),
        *(Binding(digit, f"digit({digit})", "number", show=False) for digit in "0123456789"),
    ]

    def __init__(self, visit: Appointment, timezone: str, request: SeriesRequest | None = None) -> None:
        """The course is as the visit, its service, practitioner, time and room; or as `request` says, after it."""
        what = "The rest of the course" if request else "A course"
        super().__init__(lambda: f"{what} for {visit.patient.name}")
        self._visit, self._zone = visit, timezone
        self._request = request
        self._service = request.service if request else visit.service.name
        self._own = (request.practitioner if request else None) or visit.practitioner.name
        self._plan: SeriesPlan | None = None
        self._chosen: dict[DateTime, Slot | None] = {}
        self._left_out: set[DateTime] = set()
        self._digits = ""
        self._comes_again = False
        """Whether Enter says of a retired patient that they come again."""
        self._shifts = 0
        """Moves of the mark that come from a list of another length."""
        self._what = Note(" ", "text")
        self._list: PickList[DateTime] = PickList(empty="looking for places…")
        self._detail = Note(" \n ", "dim")

    def body(self) -> Iterator[Widget]:
        """What is repeated, the dates, and about the one that is marked."""
        yield self._what
        self._list.styles.height = MOST_ROWS
        yield self._list
        yield self._detail

    def on_mount(self) -> None:
        """Asks for the usual course."""
        from frontdesk.desk.series import SeriesRequest

        visit = self._visit
        room = visit.room.name if visit.room else None
        self._request = self._request or SeriesRequest(
            visit.patient.id,
            visit.service.name,
            visit.practitioner.name,
            visit.starts,
            count=USUAL,
            room=room,
            repeats=visit.id,
        )
        self.recheck()

    def recheck(self) -> None:
        """Lays the course out anew: another number or rhythm, or somebody else booked meanwhile."""
        request = self._request
        if request is not None:
            self.ask(lambda: self.desk.series.propose(request), self._proposed, group="course")

    def is_changed(self) -> bool:
        """Whether Esc would lose what was chosen or left out."""
        return bool(self._chosen or self._left_out)

    def key_line(self) -> tuple[tuple[str, str], ...]:
        """What can be done with the list and with the date that is marked."""
        turned = self._request.cadence.turned.words if self._request else ""
        who = self._own if self._request and self._request.practitioner is None else "anybody"
        out = "take it in" if self._list.key in self._left_out else "leave out"
        return (
            ("Enter", "book"), ("← →", "place"), ("x", out), ("+ -", "number"), ("w", turned), ("a", who),
            ("Esc", "back"),
        )  # fmt: skip

    def on_pick_list_moved(self) -> None:
        """About another date; digits go on only where the list changed under the mark."""
        if self._shifts:
            self._shifts -= 1
        else:
            self._digits = ""
        self._show_detail()

    def on_pick_list_picked(self) -> None:
        """Enter on a date books them all."""
        self.accept()

    def action_turn(self, by: int) -> None:
        """The marked date gets the next of its places; one that need not be booked may also get none."""
        self._digits = ""
        one = self._marked
        if one is None:
            return
        choices: list[Slot | None] = [*one.places]
        if one.proposed is None:
            choices.insert(0, None)
        if len(choices) < 2:
            self.tell("There is no other place around that date; x leaves it out.", "warn")
            return
        at = choices.index(self._place_of(one))
        self._left_out.discard(one.wished)
        self._chosen[one.wished] = choices[(at + by) % len(choices)]
        self.tell("")
        self._show()

    def action_leave_out(self) -> None:
        """The marked date is not booked; pressed again, it is."""
        self._digits = ""
        one = self._marked
        if one is None:
            return
        self._left_out ^= {one.wished}
        self.tell("")
        self._show()

    def action_count(self, by: int) -> None:
        """One visit more or fewer."""
        self._digits = ""
        if self._request is not None:
            self._set_count(self._request.count + by)

    def action_digit(self, digit: int) -> None:
        """The number of visits as typed: `6`, or `1` and `2`."""
        typed = f"{self._digits}{digit}"
        self._digits = typed if int(typed) <= MOST_VISITS else f"{digit}"
        if int(self._digits) >= FEWEST:
            self._set_count(int(self._digits))

    def action_cadence(self) -> None:
        """Weekly, every two weeks, twice a week, and round again."""
        self._digits = ""
        if self._request is not None:
            self._ask_for(replace(self._request, cadence=self._request.cadence.turned))

    def action_anybody(self) -> None:
        """With whoever is free at the time; pressed again, with the visit's own practitioner."""
        self._digits = ""
        if self._request is not None:
            self._ask_for(
                replace(self._request, practitioner=self._own if self._request.practitioner is None else None)
            )

    def accept(self) -> None:
        """Books everything that has a place; a date that has none must be chosen for or left out first.

        Of the rest of a plan's course it is left out by itself, and named.
        """
        request, plan = self._request, self._plan
        if request is None or plan is None or plan.request != request:
            self.tell("Still looking; Enter again when the dates are there.", "dim")
            return
        open_date = next((one for one in plan.dates if self._is_open(one)), None)
        if open_date is not None:
            self._list.select(open_date.wished)
            self.fail("This date has no place yet: ← → choose one, or x leaves it out.")
            return
        places = tuple(place for one in plan.dates if (place := self._taken(one)) is not None)
        if not places:
            self.fail("There is nothing to book: every date is there already or left out.")
            return
        wanted = replace(request, comes_again=self._comes_again)
        none = tuple(one.wished for one in plan.dates if one.mark is Mark.NOTHING and self._taken(one) is None)
        self.save(lambda: self.desk.series.book(wanted, places, none), self.done, refused=self._not_booked)

    @property
    def _marked(self) -> CourseDate | None:
        dates = self._plan.dates if self._plan else ()
        return next((one for one in dates if one.wished == self._list.key), None)

    def _place_of(self, one: CourseDate) -> Slot | None:
        """The place of a date: chosen by a person as long as it is offered, else proposed."""
        chosen = self._chosen.get(one.wished, one.proposed)
        return chosen if chosen is None or chosen in one.places else one.proposed

    def _taken(self, one: CourseDate) -> Slot | None:
        return None if one.wished in self._left_out else self._place_of(one)

    def _is_open(self, one: CourseDate) -> bool:
        if self._by_itself:
            return False
        return one.mark is not Mark.THERE and one.wished not in self._left_out and self._place_of(one) is None

    def _differs(self, one: CourseDate) -> bool:
        """Whether a date of the rest of a course did not come out as the plan has it: that is looked at first."""
        return self._by_itself and one.mark in (Mark.MOVED, Mark.NOTHING)

    @property
    def _by_itself(self) -> bool:
        """Whether dates find places unasked, and those that find none are left out."""
        return self._request is not None and self._request.nearest is not None

    def _set_count(self, count: int) -> None:
        if self._request is None:
            return
        if not FEWEST <= count <= MOST_VISITS:
            self.tell(f"A course has {FEWEST} to {MOST_VISITS} visits.", "warn")
            return
        self._ask_for(replace(self._request, count=count))

    def _ask_for(self, request: SeriesRequest) -> None:
        self._request = request
        self.tell("")
        self._show_what()
        self.refresh_frame()
        self.recheck()

    def _proposed(self, plan: SeriesPlan) -> None:
        first = self._plan is None
        self._plan = plan
        self._show()
        if first:
            to_do = next((one for one in plan.dates if self._is_open(one)), None)
            to_do = to_do or next((one for one in plan.dates if self._differs(one)), None)
            to_do = to_do or next((one for one in plan.dates if self._taken(one) is not None), None)
            if to_do is not None:
                self._list.select(to_do.wished)

    def _not_booked(self, refused: Refused) -> None:
        if isinstance(refused, Retired):
            self._comes_again = True
            self.tell(COMES_NO_MORE, "warn")
            return
        self.fail(refused)
        self.recheck()

    def _show(self) -> None:
        plan = self._plan
        if plan is None:
            return
        own = plan.request.practitioner
        taken = [place for one in plan.dates if (place := self._taken(one)) is not None]
        who = own is None or any(place.practitioner.name != own for place in taken)
        before = self._list.key
        self._list.set_items(
            [
                Item(
                    one.wished,
                    date_row(
                        number,
                        one,
                        self._place_of(one),
                        one.wished in self._left_out,
                        self._zone,
                        who=who,
                        also=plan.also.get(one.wished, ()),
                    ),
                )
                for number, one in enumerate(plan.dates, 1)
            ]
        )
        self._shifts += self._list.key != before
        self._show_what()
        self._show_detail()

    def _show_what(self) -> None:
        request = self._request
        if request is None:
            return
        dates = self._plan.dates if self._plan and self._plan.request == request else ()
        taken = sum(self._taken(one) is not None for one in dates)
        asked, moved, without = (sum(map(which, dates)) for which in (self._is_open, self._moved, self._without))
        counts = f" · {summary(request.count, taken, asked, moved, without)}" if dates else ""
        whose = request.practitioner or "anybody"
        words = f"{self._service} with {whose}, {request.cadence.words}{counts or f', {request.count} visits'}"
        self._what.set_text("\n".join(wrapped(words, self.WIDTH - 4)))

    def _moved(self, one: CourseDate) -> bool:
        place = self._taken(one)
        return place is not None and place.starts != one.wished

    def _without(self, one: CourseDate) -> bool:
        return one.mark is Mark.NOTHING and self._taken(one) is None and not self._is_open(one)

    def _show_detail(self) -> None:
        one = self._marked
        rows = ("", "")
        if one is not None:
            left_out = one.wished in self._left_out
            rows = detail_rows(one, self._place_of(one), left_out, self._zone, by_itself=self._by_itself)
        self._detail.set_text("\n".join(row or " " for row in rows))
        self.refresh_frame()
