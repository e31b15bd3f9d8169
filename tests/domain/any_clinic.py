"""Any clinic's week, made by hypothesis, and its free places found the slow way."""

from __future__ import annotations

from datetime import date, timedelta

from hypothesis import strategies as st
from pendulum import DateTime

from frontdesk.domain.appointment import Appointment, Block
from frontdesk.domain.clinic import Clinic
from frontdesk.domain.hours import WeekHours, day_span, week_hours
from frontdesk.domain.packing import (
    Fit,
    Occupancy,
    Slot,
    first_fit,
)
from frontdesk.domain.patient import Patient, PatientDetails
from frontdesk.domain.phases import Service
from frontdesk.domain.visit import Status
from tests.domain.make import (
    LIN,
    OKAFOR,
    ROOM_1,
    ROOM_2,
    at,
    block,
    visit,
)

PATIENTS = tuple(Patient(n, 1, PatientDetails(family=f"P{n}")) for n in range(1, 6))


DAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")


SERVICES = st.builds(
    lambda consultation, insertion, earliest, width, removal, turnover: Service(
        1,
        "Any",
        consultation,
        insertion,
        earliest,
        earliest + width,
        earliest + width // 2,
        removal,
        turnover,
    ),
    st.sampled_from((0, 5, 20)),
    st.sampled_from((0, 5)),
    st.sampled_from((0, 10, 20)),
    st.sampled_from((0, 7, 10)),
    st.sampled_from((0, 5)),
    st.sampled_from((0, 5)),
).filter(lambda service: service.patient_minutes(service.retention_earliest) > 0)


def hours_of(spans: list[tuple[int, int]]) -> WeekHours:
    """The same quarter-hour spans every day."""
    texts = [f"{a // 4:02}:{a % 4 * 15:02}-{b // 4:02}:{b % 4 * 15:02}" for a, b in spans]
    return week_hours(dict.fromkeys(DAYS, texts))


HOURS = st.lists(st.integers(0, 96), min_size=2, max_size=6, unique=True).map(
    lambda marks: hours_of(list(zip(*[iter(sorted(marks))] * 2, strict=False)))
)


def oracle(
    where: Clinic, occupancy: Occupancy, service: Service, day: date, days: int, not_before: DateTime, patient_id: int
) -> list[tuple[DateTime, str, str, int]]:
    """Every minute of every day asked of `first_fit`, kept when a local clock shows a multiple of the slot."""
    found: list[tuple[DateTime, str, str, int]] = []
    minute = day_span(day, where.timezone).starts
    end = day_span(day + timedelta(days=days - 1), where.timezone).ends
    while minute < end:
        local = minute.in_timezone(where.timezone)
        if minute >= not_before and (local.hour * 60 + local.minute) % where.slot_minutes == 0:
            for practitioner in where.practitioners:
                fit = first_fit(
                    where,
                    occupancy,
                    service=service,
                    practitioner=practitioner,
                    starts=minute,
                    rooms=where.rooms,
                    patient_id=patient_id,
                )
                if isinstance(fit, Fit):
                    found.append((minute, practitioner.name, fit.room.name, fit.plan.retention_minutes))
        minute = minute.add(minutes=1)
    return found


def seen(slots: tuple[Slot, ...]) -> list[tuple[DateTime, str, str, int]]:
    return [(slot.starts, slot.practitioner.name, slot.room.name, slot.retention_minutes) for slot in slots]


@st.composite
def busy_day(draw: st.DrawFn) -> tuple[list[Appointment], list[Block]]:
    """Appointments and blocks strewn over Monday, careless of whether they fit, off the grid too."""
    seconds = st.integers(-4, 100).map(lambda quarter: quarter * 900) | st.integers(-60, 3000).map(
        lambda half: half * 30
    )
    moments = seconds.map(lambda passed: at("00:00").add(seconds=passed))
    appointments = draw(
        st.lists(
            st.builds(
                visit,
                moments,
                patient=st.sampled_from(PATIENTS),
                practitioner=st.sampled_from((LIN, OKAFOR)),
                room=st.sampled_from((ROOM_1, ROOM_2, None)),
                squeezed=st.booleans(),
                status=st.sampled_from((Status.BOOKED, Status.CANCELLED)),
            ),
            max_size=8,
        )
    )
    blocks = [
        block(start, start.add(minutes=length), practitioner=practitioner, room=room)
        for start, length, practitioner, room in draw(
            st.lists(
                st.tuples(
                    moments,
                    st.integers(0, 200),
                    st.sampled_from((LIN, OKAFOR, None)),
                    st.sampled_from((ROOM_1, ROOM_2, None)),
                ),
                max_size=4,
            )
        )
    ]
    return appointments, blocks
