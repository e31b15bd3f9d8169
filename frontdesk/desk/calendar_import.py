"""A calendar, taken in: each occurrence becomes an appointment where it names a patient, else a block with its words.

An appointment keeps its start; its room is the named one or the first that is free for the whole stay; where the
practitioner is taken or off it goes in squeezed, and shows. What has no room, or would put a patient in two places, is
rejected by name. An occurrence that was taken in before is compared with what it said then, and follows it as long as
the visit has not begun.
"""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from msgspec import Struct, field
from msgspec.structs import replace

from frontdesk.desk.calendar_targets import Targets
from frontdesk.desk.names import pick_practitioner, pick_rooms, pick_service
from frontdesk.desk.transfer import (
    WINDOW_DAYS,
    Apply,
    FileKind,
    ImportOptions,
    ImportResult,
    Progress,
)
from frontdesk.domain.clinic import Clinic
from frontdesk.domain.errors import Problem, Refused
from frontdesk.domain.event import Steering
from frontdesk.domain.instants import to_ms
from frontdesk.exchange.ics import CalendarFile, Occurrence, read_calendar
from frontdesk.store import events
from frontdesk.store.engine import Writing


def prepare(
    clinic: Clinic, name: str, data: bytes, today: date, options: ImportOptions, progress: Progress | None
) -> Apply:
    """Reads the occurrences inside the window; raises `Refused` for what is no calendar as a whole."""
    first = options.first_day or today
    last = options.last_day or first + timedelta(days=WINDOW_DAYS)
    if last < first:
        raise Refused(f"the window ends on {last} before it begins on {first}")
    file = read_calendar(data, first_day=first, until_day=last, timezone=clinic.timezone, progress=progress)
    steering = _steering(clinic, options)
    result = ImportResult(name, FileKind.CALENDAR, rejected=file.rejected, notes=_notes(file, first, last))
    return lambda writing: _Import(writing, clinic, steering, file).run(result, progress)


def _notes(file: CalendarFile, first: date, last: date) -> tuple[Problem, ...]:
    if not file.events:
        return (*file.notes, Problem("file", "no appointment is in it"))
    if not file.occurrences and not file.rejected:
        return (*file.notes, Problem("file", f"nothing of it falls between {first} and {last}"))
    return file.notes


def _steering(clinic: Clinic, options: ImportOptions) -> Steering:
    return Steering(
        pick_practitioner(clinic, options.practitioner) if options.practitioner else None,
        pick_service(clinic, options.service) if options.service else None,
        pick_rooms(clinic, options.room) if options.room else (),
    )


class _Import(Struct):
    """One file on its way in: what it has come to so far."""

    writing: Writing
    clinic: Clinic
    steering: Steering
    file: CalendarFile
    created: int = 0
    updated: int = 0
    unchanged: int = 0
    cancelled: int = 0
    rejected: list[Problem] = field(default_factory=list)

    def run(self, result: ImportResult, progress: Progress | None) -> ImportResult:
        """Takes every occurrence in; returns the counts, each occurrence in one of them."""
        targets = Targets(self.writing, self.clinic, self.steering, self.file.name)
        known = events.event_sources(self.writing.connection, [one.key for one in self.file.occurrences])
        sources: dict[str, events.EventSource] = {}
        for done, occurrence in enumerate(self.file.occurrences):
            if progress and done % 100 == 0:
                progress(done, len(self.file.occurrences))
            said = said_by(occurrence)
            was = known.get(occurrence.key)
            if was is not None and was.fields == said and not targets.becomes_a_visit(occurrence, was):
                self.unchanged += 1
                continue
            try:
                target = targets.create(occurrence) if was is None else targets.follow(occurrence, was)
            except Refused as refusal:
                self.rejected.append(Problem(occurrence.where, f"{occurrence.title or 'event'}: {refusal.reason}"))
                continue
            sources[occurrence.key] = replace(target, fields=said)
            if occurrence.cancelled:
                self.cancelled += 1
            elif was is None:
                self.created += 1
            else:
                self.updated += 1
        events.save_event_sources(self.writing.connection, sources)
        return replace(
            result,
            created=self.created,
            updated=self.updated,
            unchanged=self.unchanged,
            cancelled=self.cancelled,
            rejected=(*result.rejected, *self.rejected),
        )


def said_by(occurrence: Occurrence) -> dict[str, Any]:
    """What an occurrence says that matters here, to be compared when the file comes again."""
    return {
        "starts": to_ms(occurrence.starts),
        "ends": to_ms(occurrence.ends),
        "all_day": occurrence.all_day,
        "title": occurrence.title,
        "location": occurrence.location,
        "categories": list(occurrence.categories),
        "people": [list(person) for person in occurrence.attendees],
        "cancelled": occurrence.cancelled,
        "transparent": occurrence.transparent,
    }
