"""Prepaid packages: sold, changed, used at the check-out and given back by its undo."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date
from typing import Any

from msgspec import Struct
from msgspec.structs import replace

from frontdesk.desk.context import Context, clinic_of
from frontdesk.desk.names import pick_service
from frontdesk.domain.appointment import Appointment
from frontdesk.domain.errors import Invalid, NotFound, Refused, Stale
from frontdesk.domain.hours import local_day
from frontdesk.domain.package import Left, Package, to_use, wrong_with_package
from frontdesk.domain.patient import Patient
from frontdesk.domain.time_text import iso_day
from frontdesk.store import appointments, package_writes, packages, patients
from frontdesk.store.engine import Writing
from frontdesk.store.subjects import subject_of_patient


class PackageSheet(Struct, frozen=True):
    """A patient's packages as of one moment, the one bought last first."""

    patient: Patient
    today: date
    packages: tuple[Left, ...]


class PackageDone(Struct, frozen=True):
    """The package as it is now, and what was done in one line."""

    package: Package
    words: str


class Packages:
    """What is done with packages; each method is one transaction."""

    def __init__(self, context: Context) -> None:
        self._context = context

    def of(self, patient_id: int) -> PackageSheet:
        """A patient's packages."""
        with self._context.store.glance() as connection:
            today = self._context.today(clinic_of(connection).timezone)
            return PackageSheet(
                patients.get(connection, patient_id), today, packages.of_patient(connection, patient_id)
            )

    def sell(
        self, patient_id: int, visits: int, *, service: str | None = None, expires_on: date | None = None
    ) -> PackageDone:
        """Writes down that a package was bought today; raises `Invalid` with every field that is wrong."""
        with self._context.writing() as writing:
            connection = writing.connection
            clinic = clinic_of(connection)
            patient = patients.get(connection, patient_id)
            today = local_day(writing.at, clinic.timezone)
            _check(visits, today, expires_on, today)
            of = pick_service(clinic, service) if service is not None else None
            new = Package(0, 1, patient_id, visits, today, writing.who, of, expires_on)
            new = replace(new, id=package_writes.insert(connection, new))
            writing.log("package.sell", subject_of_patient(patient_id), after=_fields(new))
            return PackageDone(new, f"{patient.name}: package of {visits}, {Left(new).words(today) or 'written down'}")

    def change(self, before: Package, *, visits: int, expires_on: date | None) -> PackageDone:
        """Other visits or another last day; raises `Refused` for fewer visits than were used, `Stale` after others."""
        with self._context.writing() as writing:
            connection = writing.connection
            found = self._read_again(writing, before)
            patient = patients.get(connection, before.patient_id)
            today = local_day(writing.at, clinic_of(connection).timezone)
            _check(visits, found.package.bought_on, expires_on, today)
            if visits < found.used:
                raise Refused(f"{found.used} visits of that package were used: it can't have only {visits}")
            new = replace(found.package, visits=visits, expires_on=expires_on)
            if new != found.package:
                package_writes.update(connection, new)
                writing.log(
                    "package.change", subject_of_patient(patient.id), before=_fields(found.package), after=_fields(new)
                )
                new = replace(new, version=new.version + 1)
            return PackageDone(new, f"{patient.name}: package changed, {Left(new, found.used).words(today)}")

    def take_back(self, before: Package) -> str:
        """Takes the sale of a package back; raises `Refused` once a visit was taken from it."""
        with self._context.writing() as writing:
            found = self._read_again(writing, before)
            patient = patients.get(writing.connection, before.patient_id)
            if found.used:
                raise Refused(f"{found.used} visits of that package were used: it stays")
            package_writes.delete(writing.connection, before.id)
            writing.log("package.undo", subject_of_patient(patient.id), before=_fields(found.package))
            return f"{patient.name}: the package is taken back"

    def _read_again(self, writing: Writing, before: Package) -> Left:
        found = packages.get(writing.connection, before.id)
        if found is None:
            raise NotFound("that package is not there any more")
        if found.package.version != before.version:
            raise Stale("that package was changed by somebody else meanwhile: look again")
        return found


def use_one(writing: Writing, visit: Appointment) -> str | None:
    """Takes a visit that was just checked out from the package that fits, and says what is left; None where none is.

    A part of the check-out's transaction: it never keeps the patient here.
    """
    connection = writing.connection
    every = packages.of_patient(connection, visit.patient.id)
    if not every:
        return None
    today = local_day(writing.at, clinic_of(connection).timezone)
    chosen = to_use(every, visit.service, today)
    if chosen is None:
        return "no prepaid visit is left" if any(one.left == 0 or one.has_expired(today) for one in every) else None
    package_writes.use(connection, chosen.package.id, visit.id, writing.at)
    after = replace(chosen, used=chosen.used + 1)
    writing.log(
        "package.use",
        subject_of_patient(visit.patient.id),
        after={"package": chosen.package.id, "appointment": visit.id, "left": after.left},
    )
    return f"package: {after.words(today)}" if after.words(today) else None


def give_back(writing: Writing, visit: Appointment) -> str | None:
    """Gives back what a visit took from a package, as its check-out is taken back; None where it took nothing."""
    package_id = packages.used_at(writing.connection, visit.id)
    if package_id is None:
        return None
    package_writes.give_back(writing.connection, visit.id)
    writing.log(
        "package.give-back",
        subject_of_patient(visit.patient.id),
        before={"package": package_id, "appointment": visit.id},
    )
    found = packages.get(writing.connection, package_id)
    today = local_day(writing.at, clinic_of(writing.connection).timezone)
    return f"package: {found.words(today)}" if found is not None and found.words(today) else None


def put_right(writing: Writing, patient_ids: Collection[int]) -> str:
    """Takes visits of some patients off packages that are somebody else's, and from their own where one fits.

    Two files that were one have each their packages again, and the visits that were checked out meanwhile may be on the
    other's. Gives what was done in words; empty where nothing was to do.
    """
    connection = writing.connection
    zone = clinic_of(connection).timezone
    own = none = 0
    for appointment_id, package_id in packages.astray(connection, patient_ids):
        visit = appointments.get(connection, appointment_id)
        package_writes.give_back(connection, appointment_id)
        subject, at = subject_of_patient(visit.patient.id), {"appointment": appointment_id}
        writing.log("package.give-back", subject, before={"package": package_id, **at})
        chosen = to_use(packages.of_patient(connection, visit.patient.id), visit.service, local_day(visit.starts, zone))
        if chosen is None:
            none += 1
            continue
        package_writes.use(connection, chosen.package.id, appointment_id, writing.at)
        writing.log("package.use", subject, after={"package": chosen.package.id, **at, "left": chosen.left - 1})
        own += 1
    said = (
        (own, "taken from its own patient's package, not the other's"),
        (none, "taken from no package, since that is the other's"),
    )
    return "; ".join(f"{n} visit{' is' if n == 1 else 's are'} {words}" for n, words in said if n)


def _check(visits: int, bought_on: date, expires_on: date | None, today: date) -> None:
    problems = wrong_with_package(visits, bought_on, expires_on, today)
    if problems:
        raise Invalid(problems)


def _fields(package: Package) -> dict[str, Any]:
    return {
        "package": package.id,
        "visits": package.visits,
        "service": package.service.name if package.service else None,
        "expires_on": iso_day(package.expires_on),
    }
