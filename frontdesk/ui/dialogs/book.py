"""A new booking: who, then where it fits; a digit takes a place, Enter books, and nothing is booked unseen."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING, ClassVar

from msgspec.structs import replace
from pendulum import DateTime
from textual.binding import Binding
from textual.widget import Widget

from frontdesk.domain.errors import Refused, Retired
from frontdesk.domain.packing import Slot
from frontdesk.domain.packing.offers import numbered
from frontdesk.domain.patient import Patient
from frontdesk.ui import keys
from frontdesk.ui.closed_day import ClosedDay
from frontdesk.ui.dialogs.base import Note
from frontdesk.ui.dialogs.for_patient import ForPatient
from frontdesk.ui.dialogs.typed_time import TypedTime
from frontdesk.ui.dialogs.when_field import WhenField
from frontdesk.ui.dialogs.wish import Wish
from frontdesk.ui.layout.day_fits import DayAlone, folded, in_rows, verdict
from frontdesk.ui.layout.offer_rows import SIDE_FROM, side_cells
from frontdesk.ui.layout.patient_words import COMES_NO_MORE
from frontdesk.ui.widgets.choice_field import ChoiceField
from frontdesk.ui.widgets.offer_list import OfferList

if TYPE_CHECKING:
    from frontdesk.desk.booking import Answer, Request
    from frontdesk.desk.offering import Offers, Wanted
    from frontdesk.desk.outcome import Outcome

_SQUEEZE = keys.action("offer.squeeze")
_SQUEEZES = f"{_SQUEEZE.key_words} squeezes it in"
_LEFT = "".join((*_SQUEEZE.keys, "0123456789"))
"""What a choice leaves to the dialog, instead of jumping to an answer that begins with it."""
ANYBODY = "anybody"
ANY_ROOM = "any room that is free"


Behind = Callable[["Offers | None", Slot | None], None]
"""Told what is offered and what of it is chosen, so that the day behind can show it; None when the dialog is left."""


class Book(TypedTime["Outcome"]):
    """Books an appointment; the answer is the desk's Outcome.

    First the patient is looked up, then the form shows whether the wished time fits and what else does. Nothing that
    happens on other terminals touches what is typed or chosen; only the verdict and the offers are asked for again.
    """

    TITLE_WORDS = "New booking"
    ACCEPT_WORDS: ClassVar[str] = "book"
    WIDTH: ClassVar[int] = 78
    BINDINGS: ClassVar = [
        Binding(",".join(_SQUEEZE.keys), "squeeze", "squeeze in", id=_SQUEEZE.id, show=False),
        *(Binding(key, f"offer({key})", "place", show=False) for key in keys.action("offer.take").keys),
    ]
    # Textual reads only the style sheet of a screen's own class.
    CSS: ClassVar[str] = f"""{ForPatient.CSS}
    Book #fits {{ height: 4; }}
    Book #offers {{ height: 5; width: 100%; }}
    Book.-flagged #offers {{ height: 4; }}
    Book.-toured #offers {{ height: 3; }}
    Book.-side {{ align: right top; background: $paper 0%; }}
    Book.-side #box {{ height: 100%; margin: 0 0 1 0; }}
    Book.-side #found {{ height: 1fr; }}
    Book.-side #fits {{ height: 6; }}
    Book.-side #offers {{ height: 1fr; }}
    """

    def __init__(self, wish: Wish, behind: Behind | None = None) -> None:
        """`wish` fills the form; with a day `behind` it stands beside that where there is room."""
        super().__init__(wish.patient, wish.typed)
        clinic = wish.clinic
        self._wish, self._behind = wish, behind
        self._answer: Answer | None = None
        self._judged_on: Request | None = None
        self._offers: Offers | None = None
        self._asked: Wanted | None = None
        self._day = wish.day
        self._closed_day = ClosedDay()
        self._asked_again = 0
        """The retired patient of whom Enter says now that they come again."""
        self._service = ChoiceField(
            "Service", [(one.name, one.name) for one in clinic.active_services], chosen=wish.service, leaves=_LEFT
        )
        people: list[tuple[str | None, str]] = [(one.name, one.name) for one in clinic.active_practitioners]
        if len(people) > 1:
            people.append((None, ANYBODY))
        self._with = ChoiceField("With", people, chosen=wish.practitioner, leaves=_LEFT)
        self._when = WhenField(wish)
        rooms: list[tuple[str | None, str]] = [(None, ANY_ROOM), *((one.name, one.name) for one in clinic.open_rooms)]
        self._room = ChoiceField("Room", rooms, chosen=wish.room, leaves=_LEFT)
        self._fits = Note(" ", "dim", id="fits")
        self._list = OfferList(clinic.timezone, wish.today)

    def always(self) -> Iterator[Widget]:
        """What is booked: to be looked over also before it is said for whom."""
        yield from (self._service, self._with, self._when, self._room)

    def on_mount(self) -> None:
        """Shows the form of a patient that is known, or looks up what was typed."""
        self.show_phase()
        if self.patient is None:
            self.begin_looking_up()
        self.recheck()

    def first(self) -> Widget:
        """The patient, or what to book where the patient is known: digits take places there."""
        return self.who if self.patient is None else self._service

    def on_unmount(self) -> None:
        """The day behind shows no offers any more."""
        if self._behind is not None:
            self._behind(None, None)

    def fit_window(self) -> None:
        """At the side where the day has room beside it."""
        super().fit_window()
        self.set_class(self.app.size.width >= SIDE_FROM and self._behind is not None, "-side")
        for box in self.query("#box"):
            box.styles.width = self.cells
            self._judge_anew()

    @property
    def cells(self) -> int:
        """As wide as there is room for beside the day."""
        return side_cells(self.app.size.width) if self.has_class("-side") else self.WIDTH

    def form(self) -> Iterator[Widget]:
        """The verdict, and what is offered."""
        yield from (self._fits, self._list)

    def written_down(self, patient: Patient) -> None:
        """Who was never here comes for the clinic's first service, unless another was said or chosen."""
        wish = self._wish
        if self._service.value == wish.service and not wish.is_service_said:
            self._service.choose(wish.clinic.active_services[0].name)
        super().written_down(patient)

    def taken(self) -> None:
        """What it is for is asked next: digits take places there."""
        self._service.focus()
        self.recheck()

    def key_line(self) -> tuple[tuple[str, str], ...]:
        """What works in the field that has the focus."""
        if self.patient is None:
            return (("Enter", "take the patient"), ("↑ ↓", "choose"), ("Tab", "next field"), ("Esc", "back"))
        field = self.focused.id or "" if self.focused else ""
        if field == "who":
            return (("Enter", "book"), ("Tab", "next field"), ("Esc", "back"))
        if field == "when":
            return (("Enter", "book"), ("↓", "nearest place"), ("Tab", "next field"), ("Esc", "back"))
        squeeze = ((_SQUEEZE.key_words, "squeeze in"),) if self._may_squeeze else ()
        return (
            ("Enter", "book"), ("1-9", "place"), ("← →", "turn"), *squeeze, ("Tab", "next field"), ("Esc", "back"),
        )  # fmt: skip

    def is_changed(self) -> bool:
        """Whether Esc would lose a patient that was looked up or a time that was typed."""
        return super().is_changed() or self._when.is_changed

    def wish_changed(self) -> None:
        """Asks whether the time fits."""
        self.recheck(anew=False)

    def on_choice_field_changed(self) -> None:
        """Another service, person or room: a place that was taken for the one before may not do."""
        self.tell("")
        self._when.let_go()
        self.recheck()

    def type_time(self, typed: str) -> None:
        """Goes on with it under When."""
        self._when.let_go()
        self._when.value = typed
        self._when.resume()

    def on_descendant_focus(self) -> None:
        """The key line names what works in the field."""
        self.refresh_frame()

    def action_step(self, by: int) -> None:
        """In the results by rows; in the time to the nearest place or by a slot; elsewhere through what is offered."""
        if self.focused is self.who:
            self.move_in_results(by)
        elif self.focused is self._when:
            self._step_time(by)
        elif self.patient is not None:
            self.once_answered("offers", lambda: self._step_place(by))

    def action_offer(self, digit: int) -> None:
        """Takes the place of that number; Enter books it."""
        if self.patient is None:
            self.tell("Who is it for? Then a digit takes a place.", "warn")
        else:
            self.once_answered("offers", lambda: self._take_numbered(digit))

    def _take_numbered(self, digit: int) -> None:
        place = numbered(self._list.offers, digit)
        if place is None:
            self.tell(f"There is no place {digit}.", "warn")
        else:
            self.tell("")
            self._take_place(place)

    def action_squeeze(self) -> None:
        """Books over the practitioner's time, on purpose: never by Enter alone, nor unasked on a closed day."""
        zone, judged = self._wish.clinic.timezone, self._judged_on
        if self.patient is None:
            self.tell("Who is it for? Then Enter.", "warn")
        elif self._answer is not None and self._answer.fit is not None:
            self.tell("It fits: Enter books it.", "dim")
        elif not self._may_squeeze:
            self.fail("A room or a patient can't be squeezed.")
        elif question := self._closed_day.question(judged.starts if judged else None, zone, _SQUEEZE.key_words):
            self.tell(question, "warn")
        else:
            self._book(self.patient, squeeze=True)

    def accept(self) -> None:
        """Takes the patient that is marked, then books."""
        if self.patient is None:
            self.take_patient()
        else:
            self._book(self.patient, squeeze=False)

    def recheck(self, *, anew: bool = True) -> None:
        """Asks whether the form fits as it is now, and what else would; `anew` also where nothing of it changed."""
        if self.patient is None:
            return
        try:
            starts = self._when.starts()
            if self._when.place is None:
                self._day = self.desk_app.local_day(starts)
        except DayAlone as alone:
            self._day = alone.day
        except Refused:
            pass
        self._ask_verdict(self.patient)
        self._ask_offers(self.patient, anew=anew)

    def _step_place(self, by: int) -> None:
        offers, at = self._list.offers, self._list.index
        if offers:
            begin = 0 if by > 0 else len(offers) - 1
            self._take_place(offers[begin if at is None else (at + by) % len(offers)])

    def _take_place(self, place: Slot) -> None:
        self._when.take(place)
        self.recheck(anew=False)

    @property
    def _may_squeeze(self) -> bool:
        return self._answer is not None and self._answer.fit is None and self._answer.squeezable

    def _requests(self, patient: Patient) -> list[Request]:
        """What the form asks for; with anybody, one request for each who might."""
        from frontdesk.desk.booking import Request

        starts, place = self._when.starts(), self._when.place
        who, room, service = self._with.value, self._room.value, self._service.value
        if place is not None:
            name, kept = place.practitioner.name, place.retention_minutes
            return [Request(patient.id, service, name, starts, room or place.room.name, retention_minutes=kept)]
        names = [one.name for one in self._wish.clinic.active_practitioners] if who is None else [who]
        return [Request(patient.id, service, name, starts, room) for name in names]

    def _step_time(self, by: int) -> None:
        """Down goes to the nearest free place where the time does not fit; else by the clinic's slot."""
        answer = self._answer
        try:
            starts = self._when.starts()
        except DayAlone:
            self.once_answered("offers", lambda: self._step_place(by))
            return
        except Refused as refused:
            self.fail(refused)
            return
        if answer is not None and answer.fit is None and answer.alternatives and by > 0:
            starts = answer.alternatives[0].starts
        else:
            starts = starts.add(minutes=by * self._wish.clinic.slot_minutes)
        self._when.put_time(starts)

    def _ask_offers(self, patient: Patient, *, anew: bool) -> None:
        """What is offered begins with the day that was typed; taking a place of another day does not turn it."""
        from frontdesk.desk.offering import Wanted

        wanted = Wanted(self._service.value, self._with.value, self._day, patient.id, self._room.value)
        if wanted == self._asked and not anew:
            return
        self._asked = wanted
        self.ask(
            lambda: self.desk.offering.places(wanted),
            self._offered,
            group="offers",
            holds=False,
            refused=lambda refused: self._list.show((), refused.reason),
        )

    def _offered(self, offers: Offers) -> None:
        self._offers = offers
        self._list.show(offers.places, "no free place in the next weeks")
        self._mark()

    def _mark(self) -> None:
        """Shows in the list and in the day behind which place is chosen."""
        try:
            starts: DateTime | None = self._when.starts()
        except Refused:
            starts = None
        self._list.choose(starts)
        if self._behind is not None and self._offers is not None:
            self._behind(self._offers, self._when.place)

    def _ask_verdict(self, patient: Patient) -> None:
        try:
            requests = self._requests(patient)
        except Refused as refused:
            self._answer = None
            places = " ↓ goes to the first of these." if isinstance(refused, DayAlone) else ""
            self._show(f"{refused.reason}{places}", "dim")
            self._mark()
            return
        self._mark()
        self.ask(
            lambda: self.desk.offering.first_that_fits(requests),
            lambda found: self._judged(*found),
            group="fits",
            refused=lambda refused: self._show(refused.reason, "error"),
        )

    def _judged(self, request: Request, answer: Answer) -> None:
        self._answer, self._judged_on = answer, request
        self._closed_day.judged(request.starts, answer)
        self._judge_anew()
        self.refresh_frame()

    def _judge_anew(self) -> None:
        answer, request = self._answer, self._judged_on
        if answer is None or request is None:
            return
        whose = request.practitioner if self._with.value is None else ""
        text, role = verdict(request.starts, answer, self._wish.clinic.timezone, squeeze=_SQUEEZES, whose=whose)
        self._show(text, role)

    def _show(self, text: str, role: str) -> None:
        side = self.has_class("-side")
        self._fits.set_text(in_rows(folded(text, self.cells - 4), 6 if side else 4), role)

    def _book(self, patient: Patient, *, squeeze: bool) -> None:
        try:
            requests = self._requests(patient)
        except Refused as refused:
            self.fail(refused)
            self._when.resume()
            return

        again = self._asked_again == patient.id

        def book() -> Outcome:
            request = requests[0] if len(requests) == 1 else self.desk.offering.first_that_fits(requests)[0]
            return self.desk.booking.book(replace(request, squeeze=squeeze, comes_again=again))

        self.save(book, self.done, refused=self._not_booked)

    def _not_booked(self, refused: Refused) -> None:
        if isinstance(refused, Retired) and self.patient is not None:
            self._asked_again = self.patient.id
            self.tell(COMES_NO_MORE, "warn")
            return
        squeeze = f" · {_SQUEEZES}" if self._may_squeeze else ""
        known = f"Not booked: it does not fit there{squeeze}"
        self.fail(known if self._is_clash else refused.why)
        self.recheck()

    @property
    def _is_clash(self) -> bool:
        """Whether the verdict above the offers says already what is in the way."""
        return self._answer is not None and self._answer.fit is None
