"""A patient's whole record in a file, and a file erased: who somebody was is nowhere then, that they came stays."""

from __future__ import annotations

import json
import stat
from datetime import date
from pathlib import Path

import pytest
from msgspec.structs import replace

from frontdesk.clock import ManualClock
from frontdesk.desk.booking import Request
from frontdesk.desk.open import Desk
from frontdesk.domain.errors import NotFound, Refused
from frontdesk.domain.intake import IntakeDetails
from frontdesk.domain.patient import Flag, FlagKind, Patient, PatientDetails
from frontdesk.domain.patient_file import FileDetails
from frontdesk.domain.plan import PlanOutcome
from frontdesk.domain.scores import Scores
from tests.desk.conftest import local
from tests.foreign import FORBIDDEN, Foreign

DETAILS = PatientDetails(
    given="Zornwilda",
    family="Quaxelburg",
    known_as="Wippli",
    birth_date=date(1961, 3, 14),
    phones=("416 555 9731",),
    email="quax@zorn.example",
    address="77 Blimpfer Way",
    notes="plays the kazoo",
    flags=(Flag(FlagKind.ALLERGY, "quinces"),),
)
SECRETS = (
    "zornwilda", "quaxelburg", "wippli", "1961-03-14", "9731", "1379", "quax@zorn", "blimpfer", "kazoo", "quinces",
    "grumbletum", "schnurrian", "kneebone", "schnirk", "snorf",
)  # fmt: skip


@pytest.fixture
def quax(desk: Desk) -> Patient:
    """Treated once, on file twice and merged, one visit cancelled with a reason."""
    one = desk.patients.add(DETAILS)
    again = desk.patients.add(PatientDetails(given="Zornwilda", family="Schnirk", birth_date=date(1961, 3, 14)))
    desk.files.add_intake(one.id, IntakeDetails(complaint="grumbletum"))
    desk.files.score(one.id, Scores(pain=7))
    one = desk.patients.save(one.id, one.version, one.details, FileDetails(language="Schnurrian"))
    seen = desk.booking.book(Request(one.id, "Follow-up", "Dr Lin", local("2026-11-23 09:00"))).appointment
    desk.needles.put_in(seen.id, 5)
    desk.needles.take_out(seen.id, 5)
    desk.visits.checkout(seen.id)
    off = desk.booking.book(Request(again.id, "Follow-up", "Dr Lin", local("2026-11-23 11:00"))).appointment
    desk.visits.cancel(off.id, "broke her kneebone")
    plan = desk.plans.start(one.id, replace(desk.plans.of(one.id).usual, complaint="snorfing")).plan
    assert plan is not None
    desk.plans.end(plan, PlanOutcome.BETTER, "snorfs less")
    desk.duplicates.merge(one.id, again.id)
    return desk.patients.get(one.id)


def test_a_record_has_everything_and_is_for_one_pair_of_eyes(desk: Desk, quax: Patient, tmp_path: Path) -> None:
    target = tmp_path / "record.json"
    desk.records.write(quax.id, target)

    told = target.read_text(encoding="utf-8").casefold()
    assert [secret for secret in SECRETS if secret not in told] == ["1379"]  # the digits from behind are an index
    record = json.loads(told)
    assert record["visits"][1]["needles"][0]["out"] == 5
    assert stat.S_IMODE(target.stat().st_mode) == 0o600
    assert desk.log.latest(1)[0].what == "patient.export"

    with pytest.raises(Refused, match="exists already"):
        desk.records.write(quax.id, target)
    with pytest.raises(NotFound):
        desk.records.write(4711, tmp_path / "nobody.json")
    assert not (tmp_path / "nobody.json").exists()


def test_a_file_is_kept_as_long_as_the_clinic_says(desk: Desk, quax: Patient, clock: ManualClock) -> None:
    assert desk.records.kept_until(quax.id) == date(2036, 11, 23)
    clock.instant = local("2036-11-22 12:00")
    with pytest.raises(Refused, match=r"is kept until 23.11.2036: 10 years from the last visit"):
        desk.records.erase(quax.id, quax.name)


def test_an_erased_file_is_nowhere_and_its_visits_stay(
    desk: Desk, quax: Patient, clock: ManualClock, where: str
) -> None:
    clock.instant = local("2036-11-23 12:00")
    with pytest.raises(Refused, match="is not called that"):
        desk.records.erase(quax.id, "Somebody Else")
    before = len(desk.patients.card(quax.id).past)

    words = desk.records.erase(quax.id, "quaxelburg, ZORNWILDA")

    assert words == f"the file #{quax.id} is erased; {before} visits stay without a name"
    with Foreign(where) as foreign:
        everything = str(foreign.dump()).casefold()
    assert [secret for secret in SECRETS if secret in everything] == []
    card = desk.patients.card(quax.id)
    assert len(card.past) == before == 2
    assert [one.count_out for visit in card.past for one in visit.retentions] == [5]
    assert desk.upkeep.check() == ()
    assert desk.lookup.find("quax") == ()
    with pytest.raises(Refused, match="was erased already"):
        desk.records.erase(quax.id, "Erased file")
    with pytest.raises(Refused, match="no other file"):
        desk.duplicates.part(quax.id)


def test_the_log_forgets_nothing_else(desk: Desk, quax: Patient, clock: ManualClock, where: str) -> None:
    other = desk.patients.add(PatientDetails(given="Maria", family="Garcia"))
    clock.instant = local("2036-11-23 12:00")
    desk.records.erase(quax.id, quax.name)
    with Foreign(where) as foreign:
        for change in (
            f"UPDATE audit SET after = NULL WHERE subject = 'patient {other.id}'",
            f"UPDATE audit SET who = 'nobody' WHERE subject = 'patient {quax.id}'",
            f"DELETE FROM audit WHERE subject = 'patient {quax.id}'",
        ):
            with pytest.raises(FORBIDDEN, match="the log can not be changed"):
                foreign.execute(change)


def test_nothing_is_erased_over_what_is_still_to_come(desk: Desk, clock: ManualClock) -> None:
    one = desk.patients.add(DETAILS)
    coming = desk.booking.book(Request(one.id, "Follow-up", "Dr Lin", local("2026-11-23 09:00"))).appointment
    with pytest.raises(
        Refused, match=r"has a visit that has not ended, Mon 23 Nov 09:00: end or cancel it$"
    ) as refused:
        desk.records.erase(one.id, one.name)
    assert refused.value.line.endswith(f"(appointment {coming.id})")
    desk.visits.cancel(coming.id)
    assert desk.records.kept_until(one.id) is None
    assert "is erased" in desk.records.erase(one.id, one.name)
