"""A table of patients, taken in: each row becomes a patient, changes one that it became before, or is rejected."""

from __future__ import annotations

from datetime import date

from msgspec.structs import replace

from frontdesk.desk.file_fields import file_fields
from frontdesk.desk.patients import as_fields
from frontdesk.desk.phones import as_written
from frontdesk.desk.transfer import Apply, FileKind, ImportOptions, ImportResult, Progress
from frontdesk.domain.clinic import Clinic
from frontdesk.domain.errors import Problem, Refused
from frontdesk.domain.patient import PatientDetails
from frontdesk.domain.patient_file import FIELDS, NOTHING_MORE, FileDetails, tidied_file
from frontdesk.exchange.patients_csv import PatientFile, PatientRecord, frontdesk_namespace, read_patients
from frontdesk.store import file_writes, files, patient_writes, patients
from frontdesk.store.engine import Writing


def prepare(
    clinic: Clinic,
    name: str,
    data: bytes,
    today: date,
    options: ImportOptions,
    progress: Progress | None,
    *,
    database_id: str,
) -> Apply:
    """Reads the table; raises `Refused` for what is no table of patients as a whole, or was written by this database.

    Telephones go into the files as people of the clinic's region write them; as they came is remembered with the row.
    """
    file = read_patients(data, today=today, columns=options.columns, day_first=options.day_first, progress=progress)
    if file.namespace == frontdesk_namespace(database_id):
        raise Refused(
            "this table was written by this very clinic, and would put everybody in it on file twice; to have an older"
            " state back, restore a backup"
        )
    result = ImportResult(name, FileKind.PATIENTS, notes=file.mended)
    return lambda writing: _apply(writing, file, result, clinic.phone_region)


def _apply(writing: Writing, file: PatientFile, result: ImportResult, region: str) -> ImportResult:
    connection = writing.connection
    known = patients.sources(connection, file.namespace)
    new: list[PatientRecord] = []
    changed: list[tuple[PatientRecord, int, dict[str, object]]] = []
    rejected = list(file.rejected)
    unchanged = 0
    for record in file.records:
        if record.key not in known:
            new.append(record)
            continue
        patient_id, was = known[record.key]
        now = _said(record)
        if now == was:
            unchanged += 1
        elif _somebody_else(was, now):
            who = ", ".join(str(was[key]) for key in ("family", "given") if was.get(key))
            rejected.append(
                Problem(record.where, f"the same record was {who} in an earlier file; add this one by hand")
            )
        else:
            changed.append((record, patient_id, was))
    ids = patient_writes.insert_many(connection, [_written(record.details, region) for record in new], writing.at)
    filled = {
        one: tidied_file(record.file, lambda phone: as_written(phone, region))
        for record, one in zip(new, ids, strict=True)
        if record.file != NOTHING_MORE
    }
    file_writes.put_files(connection, filled)
    _update(writing, changed, region)
    patient_writes.save_sources(
        connection,
        file.namespace,
        {
            **{record.key: (one, _said(record)) for record, one in zip(new, ids, strict=True)},
            **{record.key: (one, _said(record)) for record, one, _ in changed},
        },
        again=[record.key for record, _, _ in changed],
    )
    return replace(result, created=len(new), updated=len(changed), unchanged=unchanged, rejected=_in_order(rejected))


def _update(writing: Writing, changed: list[tuple[PatientRecord, int, dict[str, object]]], region: str) -> None:
    """Writes what the file says anew; what it says as before stays as the desk has it by now."""
    present = patients.by_ids(writing.connection, [patient_id for _, patient_id, _ in changed])
    for record, patient_id, was in changed:
        patient = present[patient_id]
        now = _said(record)
        differing = {key for key in {**was, **now} if was.get(key) != now.get(key)}
        of_file = differing.intersection(FIELDS)
        details: PatientDetails = replace(
            patient.details, **{key: getattr(record.details, key) for key in differing - of_file if key != "flags"}
        )
        if "flags" in differing:
            # Nothing that somebody must see is taken away by a file.
            had = {(one.kind, one.note) for one in details.flags}
            more = (one for one in record.details.flags if (one.kind, one.note) not in had)
            details = replace(details, flags=(*details.flags, *more))
        if "phones" in differing:
            details = _written(details, region)
        patient_writes.update(writing.connection, patient_id, patient.version, details)
        if of_file:
            before = files.file_of(writing.connection, patient_id)
            has: FileDetails = replace(before, **{key: getattr(record.file, key) for key in of_file})
            file_writes.put_files(
                writing.connection, {patient_id: tidied_file(has, lambda phone: as_written(phone, region))}
            )


def _written(details: PatientDetails, region: str) -> PatientDetails:
    """The details with their telephones as people of the region write them."""
    phones = tuple(dict.fromkeys(as_written(one, region) for one in details.phones))
    return details if phones == details.phones else replace(details, phones=phones)


def _said(record: PatientRecord) -> dict[str, object]:
    """What a row said, as it is remembered."""
    return {**as_fields(record.details), **file_fields(record.file)}


def _somebody_else(was: dict[str, object], now: dict[str, object]) -> bool:
    """Whether a record that had one person's name and birth date now has another's: ids do get given twice."""
    return all(was.get(key) != now.get(key) for key in ("given", "family", "birth_date"))


def _in_order(rejected: list[Problem]) -> tuple[Problem, ...]:
    def line(problem: Problem) -> int:
        digits = "".join(character for character in problem.where if character.isdigit())
        return int(digits or 0)

    return tuple(sorted(rejected, key=line))
