"""Files that are likely one person's: asked while one is opened, listed, told apart, made one, and parted again."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from msgspec import Struct

from frontdesk.desk.context import Context, clinic_of
from frontdesk.desk.differing import differing
from frontdesk.desk.everybody import Tell, go_on, look_for, traits_of
from frontdesk.desk.packages import put_right
from frontdesk.desk.patients import as_fields
from frontdesk.desk.words import on_day
from frontdesk.domain.appointment import Appointment
from frontdesk.domain.duplicates import Likeness, likeness
from frontdesk.domain.errors import Refused, Stale
from frontdesk.domain.hours import local_day
from frontdesk.domain.merging import BOTH, Difference, differences, merged, merged_details
from frontdesk.domain.patient import Patient, PatientDetails
from frontdesk.domain.patient_file import FileDetails
from frontdesk.domain.visit import ENDED, ON_PREMISES
from frontdesk.store import (
    appointments,
    duplicates,
    file_writes,
    files,
    merges,
    patient_writes,
    patients,
    plans,
    search,
    told_apart,
)
from frontdesk.store.engine import Writing
from frontdesk.store.subjects import subject_of_patient

if TYPE_CHECKING:
    from frontdesk.store.engine import Askable

DETAILS = frozenset(PatientDetails.__struct_fields__) - BOTH
CHOSEN = DETAILS | frozenset(FileDetails.__struct_fields__)
"""The fields of which one file may be right and the other not."""
MOST_ALIKE = 5
"""Files that somebody is asked about while opening another."""
_NAMED_ALIKE = 40
"""Files of the name that is typed which are compared."""


class Like(Struct, frozen=True):
    """A file that another one, or one still being written, is like."""

    patient: Patient
    likeness: Likeness


class Pair(Struct, frozen=True):
    """Two files that are likely one person's; `one` was opened first."""

    one: Patient
    other: Patient
    likeness: Likeness


class Sides(Struct, frozen=True):
    """Two files side by side, the one that would stay first, and in what a person has to choose."""

    kept: Patient
    other: Patient
    likeness: Likeness | None
    differences: tuple[Difference, ...]
    kept_file: FileDetails
    other_file: FileDetails
    kept_visits: int
    other_visits: int


class Merged(Struct, frozen=True):
    """What came of a merge or of taking one back, in words."""

    patient: Patient
    words: str


class Duplicates:
    """Each method is one transaction; nothing is merged that a person did not ask to be."""

    def __init__(self, context: Context) -> None:
        self._context = context

    def like(self, details: PatientDetails, besides: int | None = None) -> tuple[Like, ...]:
        """Who is on file already and likely the same person, most alike first; `besides` is the file being changed."""
        with self._context.store.glance() as connection:
            ids = set(
                duplicates.sharing(connection, born=details.birth_date, phones=details.phones, email=details.email)
            )
            for typed in _ways_to_say(details):
                ids.update(one.patient_id for one in search.candidates(connection, typed, limit=_NAMED_ALIKE))
            ids.discard(besides or 0)
            apart = told_apart.pairs(connection, (besides,)) if besides is not None else frozenset()
            ids -= {one for pair in apart for one in pair}
            mine = traits_of(details)
            alike = (
                (patient, likeness(mine, traits_of(patient.details)))
                for patient in patients.by_ids(connection, ids).values()
            )
            found = [Like(patient, how) for patient, how in alike if how is not None and how.is_worth_asking]
            return tuple(sorted(found, key=lambda one: (-one.likeness.weight, one.patient.id))[:MOST_ALIKE])

    def likely(self, limit: int = 200, tell: Tell = go_on) -> tuple[Pair, ...]:
        """Files that are likely one person's, the most alike first, those that were told apart left out.

        Goes through everybody, which takes seconds where many are on file: `tell` hears how far it is, and may end it.
        """
        with self._context.store.read() as connection:
            apart = told_apart.pairs(connection)
            found = [one for one in look_for(connection, tell) if one[0] not in apart][:limit]
            people = patients.by_ids(connection, {key for pair, _ in found for key in pair})
            return tuple(Pair(people[one], people[other], how) for (one, other), how in found)

    def still(self, pairs: Iterable[tuple[int, int]]) -> tuple[Pair, ...]:
        """Those of some pairs that are likely one person's by now: nobody was merged, told apart or changed since."""
        with self._context.store.glance() as connection:
            wanted = [*pairs]
            people = patients.by_ids(connection, {key for pair in wanted for key in pair})
            apart = told_apart.pairs(connection, people)
            found: list[Pair] = []
            for one, other in wanted:
                if (one, other) not in apart and one in people and other in people:
                    how = likeness(traits_of(people[one].details), traits_of(people[other].details))
                    if how is not None and how.is_likely:
                        found.append(Pair(people[one], people[other], how))
            return tuple(found)

    def sides(self, kept_id: int, other_id: int) -> Sides:
        """Two files to be compared; raises `Refused` for one file twice."""
        with self._context.store.glance() as connection:
            kept, other = _both(connection, kept_id, other_id)
            file, other_file = files.file_of(connection, kept.id), files.file_of(connection, other.id)
            return Sides(
                kept,
                other,
                likeness(traits_of(kept.details), traits_of(other.details)),
                (*differences(kept.details, other.details), *differences(file, other_file)),
                file,
                other_file,
                len(appointments.of_patient(connection, kept.id)),
                len(appointments.of_patient(connection, other.id)),
            )

    def tell_apart(self, one_id: int, other_id: int) -> str:
        """Remembers that two files are two people's, and gives the words for it."""
        with self._context.writing() as writing:
            one, other = _both(writing.connection, one_id, other_id)
            told_apart.tell(writing.connection, (one.id, other.id), at=writing.at, who=writing.who)
            writing.log("patient.apart", subject_of_patient(one.id), after={"not": other.id})
            return f"{one.name} #{one.id} and {other.name} #{other.id}: two people"

    def together_again(self, one_id: int, other_id: int) -> str:
        """Takes back that two files are two people's."""
        with self._context.writing() as writing:
            one, other = _both(writing.connection, one_id, other_id)
            if not told_apart.take_back(writing.connection, (one.id, other.id)):
                raise Refused(f"nobody said that {one.name} #{one.id} and {other.name} #{other.id} are two people")
            writing.log("patient.apart-undo", subject_of_patient(one.id), before={"not": other.id})
            return f"{one.name} #{one.id} and {other.name} #{other.id}: may be one person again"

    def merge(
        self,
        kept_id: int,
        other_id: int,
        take: frozenset[str] = frozenset(),
        *,
        versions: tuple[int, int] | None = None,
    ) -> Merged:
        """Makes two files one: the first stays, with all of the other; `take` names fields the other is right in.

        Raises `Refused` while either has needles in, or where both are booked at the same time; `Stale` where somebody
        changed one of them since `versions` were read.
        """
        with self._context.writing() as writing:
            connection = writing.connection
            kept, other = _both(connection, kept_id, other_id)
            if versions is not None and versions != (kept.version, other.version):
                raise Stale(f"{kept.name} or {other.name} was changed meanwhile: look at both again")
            self._refuse_clashes(writing, kept, other)
            unknown = take - CHOSEN
            if unknown:
                raise Refused(f"a file has no {', '.join(sorted(unknown))}: name any of {', '.join(sorted(CHOSEN))}")
            details = merged_details(kept.details, other.details, take & DETAILS)
            file = merged(files.file_of(connection, kept.id), files.file_of(connection, other.id), take - DETAILS)
            merge_id = merges.merge(connection, kept.id, other.id, at=writing.at, who=writing.who)
            if details != kept.details:
                patient_writes.update(connection, kept.id, kept.version, details)
            file_writes.put_files(connection, {kept.id: file})
            seen = max((one.last_seen_at for one in (kept, other) if one.last_seen_at), default=None)
            if seen != kept.last_seen_at:
                patient_writes.mark_seen(connection, kept.id, seen)
            merges.settle(connection, merge_id)
            was, now = differing(as_fields(kept.details), as_fields(details))
            writing.log(
                "patient.merge",
                subject_of_patient(kept.id),
                before=was,
                after={**now, "merged": other.id},
            )
            done = patients.get(connection, kept.id)
            return Merged(done, f"{other.name} #{other.id} is now part of {done.name} #{done.id}")

    def part(self, patient_id: int) -> Merged:
        """Takes the last merge into a file back: both are there again, each with what was its own.

        What was booked or written down since stays with the file that stayed.
        """
        with self._context.writing() as writing:
            connection = writing.connection
            kept = patients.get(connection, patient_id)
            last = next(iter(merges.of_kept(connection, patient_id)), None)
            if last is None:
                raise Refused(f"no other file was made part of {kept.name} #{kept.id}")
            self._refuse_needled(writing, kept)
            merges.part_again(connection, last.id, at=writing.at, who=writing.who)
            also = put_right(writing, (kept.id, last.gone_id))
            back = patients.get(connection, last.gone_id)
            now = patients.get(connection, kept.id)
            was, then = differing(as_fields(kept.details), as_fields(now.details))
            writing.log(
                "patient.part",
                subject_of_patient(kept.id),
                before=was,
                after={**then, "parted": back.id},
            )
            words = f"{back.name} #{back.id} and {now.name} #{now.id} are two files again"
            return Merged(now, f"{words}; {also}" if also else words)

    def _refuse_clashes(self, writing: Writing, kept: Patient, other: Patient) -> None:
        """Nobody is in two places at once: what would be so must be settled before two files are one."""
        for person in (kept, other):
            self._refuse_needled(writing, person)
        clinic = clinic_of(writing.connection)
        if len(plans.open_plans(writing.connection, (kept.id, other.id))) > 1:
            raise Refused(f"both have a treatment plan that runs: end the one of {other.name} #{other.id} first")
        ours, theirs = (
            [one for one in appointments.of_patient(writing.connection, person.id) if one.status not in ENDED]
            for person in (kept, other)
        )
        here = [one for one in (*ours, *theirs) if one.status in ON_PREMISES]
        if len(here) > 1:
            raise Refused(f"{kept.name} is in the house under both numbers: end one of the two visits first")
        today = local_day(writing.at, clinic.timezone)
        for one in ours:
            for two in theirs:
                if one.starts < two.ends and two.starts < one.ends:
                    when = on_day(clinic, max(one.starts, two.starts), today)
                    raise Refused(
                        f"both are booked at the same time, {when}: cancel one of them first",
                        option=f"appointments {one.id} and {two.id}",
                    )

    def _refuse_needled(self, writing: Writing, person: Patient) -> None:
        if any(one.patient.id == person.id and _is_open(one) for one in appointments.in_house(writing.connection)):
            raise Refused(f"{person.name} has needles in or a count owed: first settle that")


def _is_open(visit: Appointment) -> bool:
    return visit.needles_are_in or visit.count_owed


def _both(connection: Askable, one_id: int, other_id: int) -> tuple[Patient, Patient]:
    if one_id == other_id:
        raise Refused(f"#{one_id} is one file: name two")
    return patients.get(connection, one_id), patients.get(connection, other_id)


def _ways_to_say(details: PatientDetails) -> Iterable[str]:
    """What the lookup is asked for: the whole name."""
    name = f"{details.given} {details.family}".strip()
    return (name,) if name else ()
