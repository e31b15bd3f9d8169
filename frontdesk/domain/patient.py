"""Who is treated: the patient's file as plain values."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from enum import StrEnum
from functools import cached_property

from msgspec import Struct
from msgspec.structs import replace
from pendulum import DateTime

from frontdesk.domain.errors import Problem
from frontdesk.domain.privacy import is_private
from frontdesk.domain.texts import one_line, text_problems
from frontdesk.text import LINE_LIMIT, NAME_LIMIT, NOTES_LIMIT, visible


class Sex(StrEnum):
    """The administrative sex as other systems export it (HL7 FHIR R4 administrative-gender)."""

    FEMALE = "female"
    MALE = "male"
    OTHER = "other"


class FlagKind(StrEnum):
    """Safety facts that staff must see before they act; the program shows and asks, it never judges."""

    PACEMAKER = "pacemaker"
    EPILEPSY = "epilepsy"
    ANTICOAGULANT = "anticoagulant"
    PREGNANCY = "pregnancy"
    REDUCED_SENSATION = "reduced_sensation"
    FAINTS = "faints"
    NEEDLE_SHY = "needle_shy"
    ALLERGY = "allergy"
    METAL_IMPLANT = "metal_implant"
    OTHER = "other"

    @property
    def called(self) -> str:
        """Its name alone, where there is little room: `reduced sensation`."""
        return self.value.replace("_", " ")


FLAG_WORDS: dict[FlagKind, str] = {
    FlagKind.PACEMAKER: "pacemaker: no e-stim",
    FlagKind.EPILEPSY: "epilepsy: no e-stim",
    FlagKind.ANTICOAGULANT: "anticoagulant",
    FlagKind.PREGNANCY: "pregnancy",
    FlagKind.REDUCED_SENSATION: "reduced sensation: no heat lamp",
    FlagKind.FAINTS: "faints",
    FlagKind.NEEDLE_SHY: "needle-shy",
    FlagKind.ALLERGY: "allergy",
    FlagKind.METAL_IMPLANT: "metal implant",
    FlagKind.OTHER: "note",
}
"""The words a flag is shown with; a flag's own note follows them."""


class Flag(Struct, frozen=True):
    """One safety fact on a patient, with a note of its own where the kind does not say it all.

    It holds from `since` on (None: from before it was written down) and no longer on the day `until`.
    """

    kind: FlagKind
    note: str = ""
    since: date | None = None
    until: date | None = None
    set_by: str = ""
    """Who put it there; empty for what came from a file or an older release."""

    def is_over(self, day: date) -> bool:
        """Whether it holds no longer on that day."""
        return self.until is not None and self.until <= day

    @property
    def words(self) -> str:
        """How the flag reads on a card."""
        words = FLAG_WORDS[self.kind]
        if not self.note:
            return words
        return self.note if self.kind is FlagKind.OTHER else f"{words} ({self.note})"


class PatientDetails(Struct, frozen=True):
    """What a form, a file or a person may say about a patient; a given or a family name is required."""

    given: str = ""
    family: str = ""
    known_as: str = ""
    former_name: str = ""
    """What they were called before: a maiden name, a name given up."""
    original_name: str = ""
    """The name in the script its bearer writes it in: `王小明`."""
    birth_date: date | None = None
    sex: Sex | None = None
    phones: tuple[str, ...] = ()
    email: str = ""
    address: str = ""
    notes: str = ""
    deceased_on: date | None = None
    retired: bool = False
    """Whether the file is put away: they come no more. Marked, and found last."""
    flags: tuple[Flag, ...] = ()
    """Every flag, those that are over too; `flags_on` has those that hold."""

    def flags_on(self, day: date) -> tuple[Flag, ...]:
        """The flags that hold on a day: what must be seen before anything is done."""
        return tuple(flag for flag in self.flags if not flag.is_over(day))

    @property
    def name(self) -> str:
        """`Garcia, Maria`: family name first, as lists are sorted."""
        return ", ".join(part for part in (self.family, self.given) if part)

    @property
    def short_name(self) -> str:
        """`Garcia M`: for chips and narrow cells."""
        if not self.family:
            return self.given
        return f"{self.family} {self.given[:1]}".rstrip()

    @property
    def initials(self) -> str:
        """`M G`, for a board that strangers can read."""
        return " ".join(part[:1] for part in (self.given, self.family) if part)


class Patient(Struct, frozen=True):
    """A patient on file; `version` counts saves, so that a save over someone else's is noticed."""

    id: int
    version: int
    details: PatientDetails
    last_seen_at: DateTime | None = None
    """When they last checked out; None where they have never been treated here."""

    @property
    def name(self) -> str:
        """Family name first; in privacy mode initials and the number, which tells two of the same initials apart."""
        return f"{self.initials} #{self.id}" if is_private() else self.details.name

    @property
    def short_name(self) -> str:
        """`Garcia M`, for chips and narrow cells; in privacy mode initials, told apart by where and when they stand."""
        return self.initials if is_private() else self.details.short_name

    @property
    def listed(self) -> str:
        """As `short_name`, where neither a room nor a time beside it tells two of the same initials apart."""
        return self.name if is_private() else self.details.short_name

    @property
    def initials(self) -> str:
        """`M G`, for a board that strangers can read."""
        return self.details.initials

    @property
    def shown(self) -> PatientDetails:
        """What of the file may be seen now, beside the name: everything, or in privacy mode that there are flags.

        Begun from nothing, so that a field added to the file is hidden until somebody says otherwise. What saves or
        compares uses `details`.
        """
        if not is_private():
            return self.details
        hidden = tuple(Flag(FlagKind.OTHER, "hidden flag", until=flag.until) for flag in self.details.flags)
        return PatientDetails(deceased_on=self.details.deceased_on, retired=self.details.retired, flags=hidden)

    def age_on(self, day: date) -> int | None:
        """Whole years on `day`, None where the birth date is unknown, or hidden."""
        born = self.shown.birth_date
        if born is None:
            return None
        return day.year - born.year - ((day.month, day.day) < (born.month, born.day))


Part = tuple[int, int]
"""Where a matched part begins and where it ends, in characters of the text as it is stored."""


class Marks(Struct, frozen=True):
    """The parts of one patient's line that are what was typed."""

    name: tuple[Part, ...] = ()
    """Of the name as lists show it, family name first."""
    known_as: tuple[Part, ...] = ()
    phones: tuple[tuple[int, Part], ...] = ()
    """With the place of the number among the patient's."""
    is_born: bool = False
    is_record: bool = False
    former_name: tuple[Part, ...] = ()
    """Of the former name, as far as what was typed is not in the names that are always shown; so of the next two."""
    original_name: tuple[Part, ...] = ()
    is_email: bool = False


NO_MARKS = Marks()


class Found:
    """One line of a patient lookup, best first; `score` runs from 0 to 1.

    More are found than are looked at, so who it is and what is marked are made when they are asked for.
    """

    def __init__(
        self,
        patient_id: int,
        score: float,
        is_sure: bool,
        made: Callable[[], Patient],
        marked: Callable[[int, PatientDetails], Marks],
    ) -> None:
        """`made` gives the patient and `marked` their marks; neither may need the database any more."""
        self.id = patient_id
        self.score = score
        self.is_sure = is_sure
        """Whether all that was typed is theirs; else it was taken for a slip, or a part of it is not theirs."""
        self._made = made
        self._marked = marked

    @cached_property
    def patient(self) -> Patient:
        """Who it is."""
        return self._made()

    @cached_property
    def marks(self) -> Marks:
        """Why they are there."""
        return self._marked(self.id, self.patient.details)


def tidied(details: PatientDetails) -> PatientDetails:
    """The details as they are kept: trimmed, phones without blanks or repeats."""
    phones = tuple(dict.fromkeys(one_line(phone) for phone in details.phones if phone.strip()))
    return replace(
        details,
        given=one_line(details.given),
        family=one_line(details.family),
        known_as=one_line(details.known_as),
        former_name=one_line(details.former_name),
        original_name=one_line(details.original_name),
        phones=phones,
        email=details.email.strip(),
        address=details.address.strip(),
        notes=details.notes.strip(),
    )


def wrong_with(details: PatientDetails, today: date) -> tuple[Problem, ...]:
    """Everything that keeps these details from being saved, each with its field; empty when they may be."""
    problems: list[Problem] = []
    if not details.given and not details.family:
        problems.append(Problem("family", "a given or a family name is needed"))
    problems += text_problems(
        (
            ("given", details.given, NAME_LIMIT, False),
            ("family", details.family, NAME_LIMIT, False),
            ("known_as", details.known_as, NAME_LIMIT, False),
            ("former_name", details.former_name, NAME_LIMIT, False),
            ("original_name", details.original_name, NAME_LIMIT, False),
            ("email", details.email, LINE_LIMIT, False),
            ("address", details.address, NOTES_LIMIT, True),
            ("notes", details.notes, NOTES_LIMIT, True),
            *(("phones", phone, 60, False) for phone in details.phones),
            *(("flags", flag.note, LINE_LIMIT, False) for flag in details.flags),
        )
    )
    if details.birth_date is not None and details.birth_date > today:
        problems.append(Problem("birth_date", "lies in the future"))
    if details.birth_date is not None and details.birth_date.year < 1600:
        problems.append(Problem("birth_date", "lies before 1600"))
    if details.deceased_on is not None and details.deceased_on > today:
        problems.append(Problem("deceased_on", "lies in the future"))
    for flag in details.flags:
        if flag.since is not None and flag.until is not None and flag.until < flag.since:
            problems.append(Problem("flags", f"{flag.words} ends before it begins"))
    for phone in details.phones:
        if sum(character.isdigit() for character in phone) < 3:
            problems.append(Problem("phones", f'"{visible(phone)}" holds no phone number'))
    if details.email and ("@" not in details.email[1:-1] or " " in details.email):
        problems.append(Problem("email", f'"{visible(details.email)}" is no e-mail address'))
    return tuple(problems)
