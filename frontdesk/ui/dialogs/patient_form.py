"""The form of a patient's file, new or to be changed; what is half-typed outlives everybody else's changes."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Any, ClassVar

from msgspec.structs import replace
from textual.binding import Binding
from textual.containers import Vertical
from textual.widget import AwaitMount, Widget
from textual.widgets import Input

from frontdesk.domain.birth_dates import parse_birth_date
from frontdesk.domain.errors import Invalid, Refused
from frontdesk.domain.flags import ticked
from frontdesk.domain.patient import Patient, PatientDetails, Sex
from frontdesk.domain.patient_file import NOTHING_MORE, FileDetails
from frontdesk.ui.dialogs.base import Said
from frontdesk.ui.dialogs.form import Form
from frontdesk.ui.dialogs.patient_fields import (
    CONTACTS,
    FIELDS,
    OF_FILE,
    PAGES,
    SEXES,
    STATUSES,
    PatientFields,
    begun,
    shown_of,
    texts_of,
)
from frontdesk.ui.widgets.box import Box
from frontdesk.ui.widgets.choice_field import ChoiceField
from frontdesk.ui.widgets.field import Field
from frontdesk.ui.widgets.flag_picker import FlagPicker
from frontdesk.ui.widgets.likely_same import LikelySame
from frontdesk.ui.widgets.long_field import LongField


class PatientForm(Form[Patient]):
    """Writes a file and answers with the patient as saved; three pages, saved together."""

    WIDTH: ClassVar[int] = 104
    BINDINGS: ClassVar = [
        Binding("pagedown", "page(1)", "next page", show=False, priority=True),
        Binding("pageup", "page(-1)", "page before", show=False, priority=True),
        Binding("tab", "field(1)", "next field", show=False, priority=True),
        Binding("shift+tab", "field(-1)", "field before", show=False, priority=True),
        Binding("down", "field(1)", "field below", show=False),
        Binding("up", "field(-1)", "field above", show=False),
        Binding("ctrl+y", "turn_names", "family and given turned", show=False, priority=True),
        Binding("ctrl+o", "open_likely", "open that file", show=False, priority=True),
    ]
    DEFAULT_CSS: ClassVar[str] = "PatientForm .page { height: auto; width: 100%; }"

    def __init__(
        self,
        patient: Patient | None = None,
        file: FileDetails | None = None,
        *,
        typed: str = "",
        at: str = "",
    ) -> None:
        """`patient` None opens a new file; `typed` is what was looked for in vain, and begins the name.

        `file` None is read when it is needed: whoever has not opened the file has only the patient. `at` is the field
        to begin in.
        """
        super().__init__(self._titled)
        self._patient = patient
        self._file = NOTHING_MORE if patient is None else file
        self._at = at
        self._page = next((number for number, names in enumerate(FIELDS) if at in names), 0)
        details = patient.details if patient else begun(typed)
        values = texts_of(details, self._file or NOTHING_MORE)
        self.fields = self._fields = PatientFields(values, self._birth_date, self.day)
        self.longs = {
            "address": LongField("Address", details.address, name="address", rows=2),
            "notes": LongField("Notes", details.notes, name="notes", rows=2),
        }
        self._sex: ChoiceField[Sex | None] = ChoiceField("Sex", SEXES, chosen=details.sex, cells=14, of_patient=True)
        self.choices = {
            "sex": self._sex,
            "preferred_contact": ChoiceField(
                "Reach them",
                CONTACTS,
                chosen=(self._file or NOTHING_MORE).preferred_contact,
                cells=14,
                of_patient=True,
            ),
            "retired": ChoiceField("Status", STATUSES, chosen=details.retired, cells=14),
        }
        self.ticks = {}
        self._flags = FlagPicker()
        self._note: Field[str] = Field(
            "⚠ Flag note", self._flags.note, name="flags", placeholder="what to know about it", of_patient=True
        )
        self._likely = LikelySame(self._fields)
        self._is_asked = False
        self.is_other = False
        """Whether the answer is a file that was there already, opened in place of a new one."""

    @property
    def draft_key(self) -> str:
        """Whose file."""
        return f"patient-{self._patient.id if self._patient else 'new'}"

    @property
    def draft_title(self) -> str:
        """Whose file, as it is stored."""
        return self._patient.details.name if self._patient else f"New patient: {self._fields['family'].text}"

    def body(self) -> Iterator[Widget]:
        """Who, how to reach them, what to look out for; then what is asked more seldom."""
        if self._patient is not None:
            self._flags.begin(self._patient.details.flags_on(self.desk_app.local_day()))
            self._note.begin(self._flags.note)
        yield self._made(self._page)
        if self._patient is None:
            yield self._likely

    def on_mount(self) -> None:
        """The other pages after the first that is shown; what is not known of the file yet is read."""
        # The first frame does not wait for what it does not show; keys wait until it is there.
        self.call_after_refresh(self._mount_other_pages)
        if self._at:
            self._focus(self._at)
        patient = self._patient
        if self._file is None and patient is not None:
            self.ask(lambda: self.desk.files.read(patient.id).file, self._got_file, group="file")

    def key_line(self) -> tuple[tuple[str, str], ...]:
        """Space and arrows where they mean something."""
        ticks = (("Space", "tick"), ("← → ↑ ↓", "move")) if self.focused is self._flags else ()
        likely = (("Ctrl+O", "open that file"),) if self._likely.found else ()
        both = self._patient is None and not self._page and all(self._fields[one].text for one in ("family", "given"))
        names = (("Ctrl+Y", "turn names"),) if both else ()
        return (*super().key_line(), *likely, *names, *ticks, ("PgDn", f"page {self._page + 1} of {len(PAGES)}"))

    def changed_names(self) -> set[str]:
        """The fields and the flags."""
        return super().changed_names() | ({"flags"} if self._flags.is_changed else set())

    def on_input_changed(self, event: Input.Changed) -> None:
        """A note belongs to the flag under the cursor."""
        if self._patient is None:
            self._likely.look(self)
        if event.input is self._note and self._note.has_focus:
            self._flags.set_note(self._note.text)

    def on_flag_picker_moved(self) -> None:
        """Shows the note of the flag the cursor is on."""
        self._note.begin(self._flags.note)
        self.tell(f"{self._flags.kind.called}: Space ticks, Tab goes to its note")

    def accept(self) -> None:
        """Saves; everything that is wrong is said beside its field at once."""
        if self._file is None:
            self.tell("The file is still being read: Enter again when it is there.", "warn")
            return
        try:
            details, file = self._details(self._file)
        except Refused as refused:
            self.fail(refused)
            self.to_what_is_wrong()
            return
        patient = self._patient
        if patient is None and self._asks_for_more(details):
            return
        if patient is None:
            self.save(lambda: self.desk.patients.add(details, file), self.saved, refused=self.overtaken)
        else:
            key, version = patient.id, patient.version
            self.save(lambda: self.desk.patients.save(key, version, details, file), self.saved, refused=self.overtaken)

    def _asks_for_more(self, details: PatientDetails) -> bool:
        """Enter in the first field: by a family name alone nobody is told apart or reached. Asked once."""
        known = details.given or details.birth_date or details.phones or details.email
        if known or self._is_asked:
            return False
        self._is_asked = True
        self._show_page(0)
        self._focus("given")
        self.tell("No given name, birth date or phone yet; Enter again saves it as it is.", "warn")
        return True

    def tell(self, text: Said, role: str = "dim") -> None:
        """As in every dialog; who is on file already gives way to it."""
        super().tell(text, role)
        if self._likely.is_attached:
            self._likely.take_turns(self)

    def fail(self, reason: str | Refused) -> None:
        """As in every form; a phone that is none is shown beside the one of the two it is."""
        super().fail(reason)
        if self._likely.is_attached:
            self._likely.take_turns(self)
        if isinstance(reason, Invalid):
            other = self._fields["phone_2"]
            for problem in reason.problems:
                if problem.where == "phones" and other.text and other.text in problem.reason:
                    self._fields["phone"].fail("")
                    other.fail(problem.reason)
                elif problem.where == "flags":
                    self._note.fail(problem.reason)
            self.to_what_is_wrong()

    def action_open_likely(self) -> None:
        """The file that is there already, in place of a second one."""
        if self._likely.found:
            self.is_other = True
            self.done(self._likely.found[0].patient)

    def action_turn_names(self) -> None:
        """Family name and given name change places: who types `Nguyen Thi Huong` means the first as the family's."""
        family, given = self._fields["family"], self._fields["given"]
        family.value, given.value = given.value, family.value

    def action_page(self, by: int) -> None:
        """The next page, its first field."""
        page = self._page + by
        if 0 <= page < len(PAGES):
            self._show_page(page)
            self._focus(FIELDS[page][0])
        else:
            self.tell("That is the last page." if by > 0 else "That is the first page.")

    def action_field(self, by: int) -> None:
        """The next field, on the next page where this one ends."""
        on_page = [one for one in self.query(f"#page-{self._page} *") if one.focusable]
        at = next((index for index, one in enumerate(on_page) if one is self.focused), -1)
        if 0 <= at + by < len(on_page):
            on_page[at + by].focus()
            return
        page = (self._page + by) % len(PAGES)
        self._show_page(page)
        fresh = [one for one in self.query(f"#page-{page} *") if one.can_focus]
        if fresh:
            self.set_focus(fresh[0 if by > 0 else -1])

    def _made(self, number: int) -> Vertical:
        """A page with its fields, hidden where it is not the one that is shown."""
        also = () if number else (self._flags, self._note)
        page = Vertical(*(self._widget(name) for name in FIELDS[number]), *also, id=f"page-{number}", classes="page")
        page.display = number == self._page
        return page

    def _mount_other_pages(self) -> AwaitMount:
        first = self._page
        others = [self._made(number) for number in range(len(PAGES)) if number != first]
        return self.query_one(Box).mount(*others, after=f"#page-{first}")

    def _show_page(self, page: int) -> None:
        self._page = page
        for one in self.query(".page"):
            one.display = one.id == f"page-{page}"
        self.set_title(self._titled)
        self.refresh_frame()

    def _titled(self) -> str:
        whose = f"Change {self._patient.name}" if self._patient else "New patient"
        return f"{self._page + 1} of {len(PAGES)}, {PAGES[self._page]} · {whose}"

    def _focus(self, name: str) -> None:
        self.set_focus(self._widget(name))

    def to_what_is_wrong(self) -> None:
        """To the first field that was refused, on this page if one is, unless the keys are in one."""
        for page in (self._page, *range(len(PAGES))):
            for name in FIELDS[page]:
                field = self._fields.get(name)
                if field is not None and field.failed:
                    if page != self._page:
                        self._show_page(page)
                    elif any(one.failed and one.has_focus for one in self._fields.values()):
                        return
                    self._focus(name)
                    return

    def _widget(self, name: str) -> Widget:
        if name in self._fields:
            return self._fields[name]
        return self.longs[name] if name in self.longs else self.choices[name]

    def _birth_date(self, typed: str) -> date | None:
        return parse_birth_date(typed, self.desk_app.local_day()) if typed else None

    def _details(self, file: FileDetails) -> tuple[PatientDetails, FileDetails]:
        """What is to be saved; raises `Refused` after marking every field that can't be read."""
        before = self._patient.details if self._patient else PatientDetails()
        values = self.changed_values()
        if self._patient is None:
            # What was looked for in vain stands in the fields without having been typed there.
            values = {"family": self._fields["family"].checked(), "given": self._fields["given"].checked(), **values}
        values.pop("flags", None)
        kept = (*before.phones, "", "")
        phones = (values.pop("phone", kept[0]), values.pop("phone_2", kept[1]), *before.phones[2:])
        day = self.desk_app.local_day()
        flags = ticked(before.flags, self._flags.flags, day) if self._flags.is_changed else before.flags
        also = {name: values.pop(name) for name in list(values) if name in OF_FILE}
        details = replace(before, **values, phones=tuple(one for one in phones if one), flags=flags)
        return details, replace(file, **also)

    def _value(self, name: str) -> Any:
        return None if name == "flags" else super()._value(name)

    def _typed(self, name: str) -> Any:
        return self._flags.notes if name == "flags" else super()._typed(name)

    def _begun(self, name: str) -> Any:
        return self._flags.begun_with if name == "flags" else super()._begun(name)

    def _put(self, name: str, value: Any) -> None:
        if name == "flags":
            self._flags.put(value)
            self._note.begin(self._flags.note)
        else:
            super()._put(name, value)

    def known_names(self) -> set[str]:
        """The fields, also those that are not made yet, and the flags."""
        return super().known_names().union(*FIELDS, ("flags",))

    def read_theirs(self) -> None:
        """The file; there is none yet where a new one is written."""
        patient = self._patient
        if patient is not None:
            key = patient.id
            self.ask(
                lambda: self.desk.files.read(key),
                lambda sheet: self._take_theirs(sheet.patient, sheet.file),
                group="theirs",
            )

    def _take_theirs(self, patient: Patient, file: FileDetails) -> None:
        was = shown_of(self._patient.details, self._file or NOTHING_MORE) if self._patient else {}
        flags_are_mine = self._flags.is_changed
        self.merge(was, shown_of(patient.details, file))
        if not flags_are_mine:
            self._flags.begin(patient.details.flags_on(self.desk_app.local_day()))
        self._patient, self._file = patient, file

    def _got_file(self, file: FileDetails) -> None:
        """The part of the file that only an open one shows; what was typed meanwhile stays."""
        if self._file is None and self._patient is not None:
            self._file = file
            shown = shown_of(self._patient.details, file)
            self.merge(
                {},
                {name: value for name, value in shown.items() if name in OF_FILE and name not in self.changed_names()},
            )
