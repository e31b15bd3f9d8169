"""The form of a patient's file, new or to be changed; what is half-typed outlives everybody else's changes."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from typing import Any, ClassVar

from textual.widget import Widget

from frontdesk.domain.birth_dates import parse_birth_date
from frontdesk.domain.errors import Invalid, Refused, Stale
from frontdesk.domain.flags import ticked
from frontdesk.domain.patient import Patient, PatientDetails, Sex
from frontdesk.text import LINE_LIMIT, NAME_LIMIT, NOTES_LIMIT, objection
from frontdesk.ui.dialogs.base import Dialog
from frontdesk.ui.widgets.choice_field import ChoiceField
from frontdesk.ui.widgets.field import CleanInput, Field
from frontdesk.ui.widgets.flag_picker import FlagPicker, kind_words

_SEXES: tuple[tuple[Sex | None, str], ...] = (
    (None, "not said"),
    (Sex.FEMALE, "female"),
    (Sex.MALE, "male"),
    (Sex.OTHER, "other"),
)
PHONE_LIMIT = 60
"""Characters of a phone number with whatever people write beside it."""


class PatientForm(Dialog[Patient]):
    """Writes a file and answers with the patient as saved.

    A field nobody touched keeps what is stored to the letter, and takes what others saved meanwhile.
    """

    ACCEPT_WORDS: ClassVar[str] = "save"
    WIDTH: ClassVar[int] = 104
    DEFAULT_CSS: ClassVar[str] = """
    PatientForm Field { height: 1; grid-size: 4 1; grid-columns: 14 3fr 1 2fr; grid-rows: 1; }
    """

    def __init__(self, patient: Patient | None = None, *, typed: str = "") -> None:
        """`patient` None opens a new file; `typed` is what was looked for in vain, and begins the name."""
        super().__init__(lambda: f"Change {patient.name}" if patient else "New patient")
        self._patient = patient
        details = patient.details if patient else _begun(typed)
        values = _texts(details)
        self._fields: dict[str, Field[Any]] = {
            "family": Field("Family name", values["family"], name="family", limit=NAME_LIMIT, of_patient=True),
            "given": Field("Given name", values["given"], name="given", limit=NAME_LIMIT, of_patient=True),
            "known_as": Field("Known as", values["known_as"], name="known_as", limit=NAME_LIMIT, of_patient=True),
            "birth_date": Field(
                "Birth date",
                values["birth_date"],
                name="birth_date",
                check=self._birth_date,
                limit=40,
                placeholder="14.3.61, 14 mar 1961",
                of_patient=True,
            ),
            "phone": Field("Phone", values["phone"], name="phones", limit=PHONE_LIMIT, of_patient=True),
            "phone_2": Field("Other phone", values["phone_2"], name="phone_2", limit=PHONE_LIMIT, of_patient=True),
            "email": Field("E-mail", values["email"], name="email", limit=LINE_LIMIT, of_patient=True),
            "address": Field("Address", values["address"], name="address", limit=NOTES_LIMIT, of_patient=True),
            "notes": Field("Notes", values["notes"], name="notes", limit=NOTES_LIMIT, of_patient=True),
        }
        self._sex: ChoiceField[Sex | None] = ChoiceField("Sex", _SEXES, chosen=details.sex, cells=14)
        self._flags = FlagPicker()
        self._note: Field[str] = Field(
            "⚠ Flag note", self._flags.note, name="flags", placeholder="what to know about it", of_patient=True
        )

    def body(self) -> Iterator[Widget]:
        """Who, how to reach them, what to look out for."""
        if self._patient is not None:
            self._flags.begin(self._patient.details.flags_on(self.desk_app.local_day()))
            self._note.begin(self._flags.note)
        for name in ("family", "given", "known_as", "birth_date"):
            yield self._fields[name]
        yield self._sex
        for name in ("phone", "phone_2", "email", "address", "notes"):
            yield self._fields[name]
        yield self._flags
        yield self._note

    def key_line(self) -> tuple[tuple[str, str], ...]:
        """Space and arrows where they mean something."""
        ticks = (("Space", "tick"), ("← → ↑ ↓", "move")) if self.focused is self._flags else ()
        return (*super().key_line(), ("Tab", "next field"), *ticks)

    def is_changed(self) -> bool:
        """Whether Esc would lose anything."""
        return any(one.is_changed for one in self._fields.values()) or self._flags.is_changed or self._sex_is_changed

    def on_input_changed(self, event: CleanInput.Changed) -> None:
        """A note belongs to the flag under the cursor."""
        self.tell("")
        if event.input is self._note.input and self._note.input.has_focus:
            self._flags.set_note(self._note.text)

    def on_flag_picker_moved(self) -> None:
        """Shows the note of the flag the cursor is on."""
        self._note.begin(self._flags.note)
        self.tell(f"{kind_words(self._flags.kind)}: Space ticks, Tab goes to its note")

    def accept(self) -> None:
        """Saves; everything that is wrong is said beside its field at once."""
        try:
            details = self._details()
        except Refused as refused:
            self.fail(refused)
            return
        patient = self._patient
        if patient is None:
            self.save(lambda: self.desk.patients.add(details), self.done)
        else:
            key, version = patient.id, patient.version
            self.save(lambda: self.desk.patients.save(key, version, details), self.done, refused=self._refused)

    def fail(self, reason: str | Refused) -> None:
        """As in every dialog; a phone that is none is shown beside the one of the two it is."""
        super().fail(reason.problems[0].reason if isinstance(reason, Invalid) else reason)
        if isinstance(reason, Invalid):
            other = self._fields["phone_2"]
            for problem in reason.problems:
                field = next((one for one in self._fields.values() if one.name == problem.where), None)
                if problem.where == "phones" and other.text and other.text in problem.reason:
                    self._fields["phone"].fail("")
                    field = other
                if field is None:
                    super().fail(str(problem))
                else:
                    field.fail(problem.reason)

    @property
    def _sex_is_changed(self) -> bool:
        return self._sex.value != (self._patient.details.sex if self._patient else None)

    def _birth_date(self, typed: str) -> date | None:
        local = self.desk_app.local(self.desk_app.now())
        return parse_birth_date(typed, date(local.year, local.month, local.day)) if typed else None

    def _details(self) -> PatientDetails:
        """What is to be saved; raises `Refused` after marking every field that can't be read."""
        before = self._patient.details if self._patient else PatientDetails()
        changed = {name: field for name, field in self._fields.items() if field.is_changed or self._patient is None}
        values: dict[str, Any] = {}
        wrong: list[Refused] = []
        for name, field in changed.items():
            try:
                values[name] = _long(field) if name in ("address", "notes") else field.value()
            except Refused as refused:
                wrong.append(refused)
        if wrong:
            raise wrong[0]
        kept = (*before.phones, "", "")
        phones = (values.pop("phone", kept[0]), values.pop("phone_2", kept[1]), *before.phones[2:])
        day = self.desk_app.local_day()
        flags = ticked(before.flags, self._flags.flags, day) if self._flags.is_changed else before.flags
        return replace(before, **values, phones=tuple(one for one in phones if one), sex=self._sex.value, flags=flags)

    def _refused(self, refused: Refused) -> None:
        """Somebody else saved first: theirs goes where nothing was typed, and is shown beside what was."""
        self.fail(refused)
        patient = self._patient
        if isinstance(refused, Stale) and patient is not None:
            key = patient.id
            self.ask(lambda: self.desk.patients.get(key), self._take_theirs, group="theirs")

    def _take_theirs(self, patient: Patient) -> None:
        theirs = _texts(patient.details)
        ours = _texts(self._patient.details) if self._patient else {}
        sex_was_changed = self._sex_is_changed
        for name, field in self._fields.items():
            if not field.is_changed:
                field.begin(theirs[name])
            elif theirs[name] != ours.get(name):
                field.fail(f"theirs: {theirs[name] or 'empty'}")
        if not self._flags.is_changed:
            self._flags.begin(patient.details.flags_on(self.desk_app.local_day()))
        if not sex_was_changed:
            self._sex.choose(patient.details.sex)
        self._patient = patient


def _begun(typed: str) -> PatientDetails:
    """What was typed into the lookup as a name: `garcia maria`, or `Garcia, Maria`."""
    if any(character.isdigit() or character in "@#+" for character in typed):
        return PatientDetails()
    family, _, given = typed.strip().partition("," if "," in typed else " ")
    return PatientDetails(given=_capital(given.strip()), family=_capital(family.strip()))


def _capital(name: str) -> str:
    return name[:1].upper() + name[1:] if name == name.lower() else name


def _texts(details: PatientDetails) -> dict[str, str]:
    """What each field begins with."""
    phones = (*details.phones, "", "")
    return {
        "family": details.family,
        "given": details.given,
        "known_as": details.known_as,
        "birth_date": f"{details.birth_date:%d.%m.%Y}" if details.birth_date else "",
        "phone": phones[0],
        "phone_2": phones[1],
        "email": details.email,
        "address": details.address,
        "notes": details.notes,
    }


def _long(field: Field[Any]) -> str:
    """A long text; raises `Refused` where it may not be stored."""
    text = field.input.value.strip()
    wrong = objection(text, limit=NOTES_LIMIT)
    if wrong is not None:
        field.fail(wrong)
        raise Refused(wrong)
    return text
