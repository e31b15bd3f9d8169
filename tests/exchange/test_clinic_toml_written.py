"""A clinic written as a file reads back as the same clinic."""

from __future__ import annotations

import unicodedata

from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from frontdesk.domain.clinic import Closure
from frontdesk.domain.hours import OpenSpan, WeekHours
from frontdesk.domain.setup import ClinicSpec, EquipmentSpec, PractitionerSpec, RoomSpec, ServiceSpec, name_key
from frontdesk.exchange.clinic_toml import clinic_toml, parse_clinic

names = (
    st.text(st.characters(exclude_categories=("C", "Z")) | st.just(" "), min_size=1, max_size=30)
    .map(lambda text: unicodedata.normalize("NFC", " ".join(text.split())))
    .filter(lambda text: any(character.isalnum() for character in text))
)


def unique_names(count: int) -> st.SearchStrategy[list[str]]:
    return st.lists(names, min_size=1, max_size=count, unique_by=name_key)


@st.composite
def week(draw: st.DrawFn) -> WeekHours:
    days: list[tuple[OpenSpan, ...]] = []
    for _ in range(7):
        minutes = sorted(draw(st.sets(st.integers(0, 1440), max_size=6)))
        pairs = zip(minutes[::2], minutes[1::2], strict=False)
        days.append(tuple(OpenSpan(start, end) for start, end in pairs))
    return WeekHours(tuple(days))


LAST = st.none() | st.integers(0, 1439)


@st.composite
def services(draw: st.DrawFn) -> ServiceSpec:
    first, planned, last = sorted(draw(st.lists(st.integers(0, 480), min_size=3, max_size=3)))
    phase = st.integers(0, 480)
    return ServiceSpec(
        draw(names),
        draw(st.integers(1, 480)),
        draw(phase),
        first,
        last,
        planned,
        draw(phase),
        draw(phase),
        last_start=draw(LAST),
    )


@st.composite
def specs(draw: st.DrawFn) -> ClinicSpec:
    days = draw(st.lists(st.dates(), min_size=2, max_size=2).map(sorted))
    kind = draw(st.just("") | names)
    things = draw(unique_names(3))
    return ClinicSpec(
        draw(names),
        draw(st.sampled_from(["America/Toronto", "Asia/Kathmandu", "UTC"])),
        draw(st.sampled_from(["CA", "NP", "GB"])),
        draw(st.integers(1, 60)),
        draw(week().filter(lambda hours: hours != WeekHours())),
        tuple(RoomSpec(f"{name} hall", draw(st.integers(1, 100)), kind) for name in draw(unique_names(3))),
        tuple(PractitionerSpec(name, draw(st.none() | week()), draw(LAST)) for name in draw(unique_names(3))),
        tuple(
            replace(
                one,
                rooms=(kind,) if kind and draw(st.booleans()) else (),
                equipment=tuple(draw(st.lists(st.sampled_from(things), max_size=2, unique=True))),
            )
            for one in draw(st.lists(services(), min_size=1, max_size=3, unique_by=lambda one: name_key(one.name)))
        ),
        draw(st.sampled_from([(), (Closure(days[0], days[1], draw(names)),)])),
        tuple(EquipmentSpec(name, draw(st.integers(1, 100))) for name in things),
    )


@given(specs())
def test_what_is_written_reads_back_as_the_same(spec: ClinicSpec) -> None:
    assert parse_clinic(clinic_toml(spec).encode()) == spec
