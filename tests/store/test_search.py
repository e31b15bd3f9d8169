"""Who finds whom: whatever a receptionist types of a name, a number or a date, in any order and half-typed."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date

import pendulum
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import Connection

from frontdesk.domain.patient import PatientDetails
from frontdesk.store import patients, search
from frontdesk.store.engine import Store

NOW = pendulum.datetime(2026, 11, 23, 10, 42, tz="UTC")
PEOPLE = {
    "muller": PatientDetails(given="Jürgen", family="Müller", birth_date=date(1961, 3, 14), phones=("030 123 45 67",)),
    "mueller": PatientDetails(given="Anna", family="Mueller", phones=("+49 (0)170 998-8776",)),
    "soren": PatientDetails(given="Søren", family="Åkesson"),
    "strauss": PatientDetails(given="Łukasz", family="Strauß"),
    "obrien": PatientDetails(given="Siobhán", family="O'Brien", email="siobhan.ob@example.org"),
    "garcia": PatientDetails(
        given="María José", family="García-López", birth_date=date(1985, 3, 12), phones=("555 0142",)
    ),
    "delacruz": PatientDetails(given="Ana", family="De La Cruz", known_as="Nanette", birth_date=date(1985, 12, 3)),
    "wang": PatientDetails(given="小明", family="王", known_as="Tony"),
    "kim": PatientDetails(given="민준", family="김"),
    "nguyen": PatientDetails(given="Thị Đặng", family="Nguyễn"),
    "ivanova": PatientDetails(given="Ольга", family="Иванова"),
    "yilmaz": PatientDetails(given="İbrahim", family="Yılmaz"),
    "percent": PatientDetails(given="100%", family="_under_"),
}

Find = Callable[[str], set[str]]


@pytest.fixture(scope="module")
def find(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Find]:
    """The keys of PEOPLE that a text finds; one database for all who only look."""
    store = Store.open(str(tmp_path_factory.mktemp("people") / "clinic.db"), now=NOW)
    with store.write(who="Ana", at=NOW) as writing:
        writing.log("test", "test")
        ids = dict(zip(patients.insert_many(writing.connection, list(PEOPLE.values()), NOW), PEOPLE, strict=True))
    with store.read() as conn:
        yield lambda text: {ids[one.patient_id] for one in search.candidates(conn, text)}
    store.close()


@pytest.mark.parametrize(
    ("typed", "found"),
    [
        ("muller", {"muller"}),
        ("MÜLLER", {"muller", "mueller"}),
        ("mueller", {"muller", "mueller"}),
        ("Mu\u0308ller", {"muller", "mueller"}),
        ("jür mül", {"muller"}),
        ("mul jur", {"muller"}),
        ("Müller, Jürgen", {"muller"}),
        ("Müller,Jürgen", {"muller"}),
        ("soren", {"soren"}),
        ("søren aakesson", {"soren"}),
        ("strauss lukasz", {"strauss"}),
        ("STRAUẞ", {"strauss"}),
        ("obrien", {"obrien"}),
        ("o'brien", {"obrien"}),
        ("o’bri", {"obrien"}),
        ("o brien", {"obrien"}),
        ("brien", {"obrien"}),
        ("garcialopez", {"garcia"}),
        ("garcia-l", {"garcia"}),
        ("lopez garcia", {"garcia"}),
        ("mariajose", {"garcia"}),
        ("delacruz", {"delacruz"}),
        ("de la cruz", {"delacruz"}),
        ("cruz ana", {"delacruz"}),
        ("nanette", {"delacruz"}),
        ("王小明", {"wang"}),
        ("小明", {"wang"}),
        ("wang xiao", {"wang"}),
        ("xiaoming wang", {"wang"}),
        ("wangxiaom", {"wang"}),
        ("tony 王", {"wang"}),
        ("김민준", {"kim"}),
        ("기", {"kim"}),
        ("kim min", {"kim"}),
        ("nguyen dang", {"nguyen"}),
        ("Иван", {"ivanova"}),
        ("ivanova olga", {"ivanova"}),
        ("yilmaz ibrahim", {"yilmaz"}),
        ("siobhan.ob@", {"obrien"}),
        ("SIOBHAN.OB@EXAMPLE.ORG", {"obrien"}),
        ("siobhan.o", {"obrien"}),
        ("muller anna jurgen", set()),
        ("uller", set()),
    ],
)
def test_names_are_found_by_their_beginnings(find: Find, typed: str, found: set[str]) -> None:
    assert find(typed) == found


@pytest.mark.parametrize(
    ("typed", "found"),
    [
        ("0301234567", {"muller"}),
        ("030 12 34", {"muller"}),
        ("4567", {"muller"}),
        ("234-56", {"muller"}),
        ("+49 30 1234567", {"muller"}),
        ("0049301234567", {"muller"}),
        ("0170 998 8776", {"mueller"}),
        ("0170/9988776", {"mueller"}),
        ("+49 170 9988776", {"mueller"}),
        ("٠٣٠١٢٣٤", {"muller"}),
        ("gar mar 555", {"garcia"}),
        ("0142 lopez", {"garcia"}),
        ("mul 999", set()),
    ],
)
def test_numbers_are_found_by_any_of_their_digits(find: Find, typed: str, found: set[str]) -> None:
    assert find(typed) == found


@pytest.mark.parametrize(
    ("typed", "found"),
    [
        ("1961-03-14", {"muller"}),
        ("14.3.61", {"muller"}),
        ("14.03.1961", {"muller"}),
        ("14/03/1961", {"muller"}),
        ("3/14/61", {"muller"}),
        ("14 3 61", {"muller"}),
        ("14031961", {"muller"}),
        ("19610314", {"muller"}),
        ("14 mar 1961", {"muller"}),
        ("14. März 61", {"muller"}),
        ("March 14, 1961", {"muller"}),
        ("14.3.", {"muller"}),
        ("14.3.6", {"muller"}),
        ("1961-03", {"muller"}),
        ("1961-0", {"muller"}),
        ("1961-", {"muller"}),
        ("1961-03-1", {"muller"}),
        ("1961-03-15", set()),
        ("196", {"muller"}),
        ("14 mar", {"muller", "garcia"}),
        ("1985", {"garcia", "delacruz"}),
        ("12.3.85", {"garcia", "delacruz"}),
        ("12/03/1985", {"garcia", "delacruz"}),
        ("garcia 85", {"garcia"}),
        ("cruz 1985", {"delacruz"}),
        ("garcia 12 mar 1985", {"garcia"}),
        ("mul 61 30", {"muller"}),
        ("31.2.1985", set()),
        ("garcia 61", set()),
    ],
)
def test_birth_dates_are_found_as_people_write_them(find: Find, typed: str, found: set[str]) -> None:
    assert find(typed) == found


def test_of_two_readings_of_a_date_the_clinics_own_comes_first(conn: Connection) -> None:
    people = (PEOPLE["garcia"], PEOPLE["delacruz"])
    march, december = patients.insert_many(conn, people, NOW)
    typed = "12/03/1985"
    assert [one.patient_id for one in search.candidates(conn, typed, day_first=True)] == [march, december]
    assert [one.patient_id for one in search.candidates(conn, typed, day_first=False)] == [december, march]


def test_a_record_number_finds_one_patient(conn: Connection) -> None:
    ids = patients.insert_many(conn, list(PEOPLE.values()), NOW)
    assert [(one.patient_id, one.score) for one in search.candidates(conn, f"#{ids[2]}")] == [(ids[2], 1.0)]
    assert search.candidates(conn, "#999999999999999") == search.candidates(conn, f"#{ids[0]} tony") == []


@pytest.mark.parametrize("typed", ["%", "_", "garc_a", "\\", "'", '"', "*", "…", "@", "#", "- -", "\x00", "\ud800"])
def test_signs_are_no_wildcards(find: Find, typed: str) -> None:
    assert find(typed) == set()


def test_wildcards_in_a_name_do_not_hide_it(find: Find) -> None:
    assert find("100%") == find("under") == {"percent"}


def test_a_whole_word_comes_before_a_beginning_then_whoever_was_seen_last_then_by_name(conn: Connection) -> None:
    names = ["Anabel Zorn", "Ana Weber", "Ana Adler", "Ana Seen", "Anabel Seen", "Ana Long-Ago"]
    details = [PatientDetails(given=name.split()[0], family=name.split()[1]) for name in names]
    ids = dict(zip(names, patients.insert_many(conn, details, NOW), strict=True))
    patients.mark_seen(conn, ids["Ana Seen"], NOW)
    patients.mark_seen(conn, ids["Anabel Seen"], NOW)
    patients.mark_seen(conn, ids["Ana Long-Ago"], NOW.subtract(years=3))
    order = ["Ana Seen", "Ana Long-Ago", "Ana Adler", "Ana Weber", "Anabel Seen", "Anabel Zorn"]
    found = search.candidates(conn, "ana")
    assert [one.patient_id for one in found] == [ids[name] for name in order]
    assert all(0 < one.score <= 1 for one in found)
    assert [one.patient_id for one in search.candidates(conn, "ana", limit=2)] == [ids[name] for name in order[:2]]


def test_nothing_typed_shows_whoever_was_seen_last(conn: Connection) -> None:
    first, second, third = patients.insert_many(conn, [PatientDetails(given=name) for name in "ABC"], NOW)
    patients.mark_seen(conn, second, NOW)
    assert [one.patient_id for one in search.candidates(conn, "  ", limit=2)] == [second, third]
    assert first not in [one.patient_id for one in search.candidates(conn, "", limit=2)]


def test_among_very_many_of_a_name_those_seen_last_come_up(conn: Connection) -> None:
    ids = patients.insert_many(conn, [PatientDetails(given="Maria", family=f"Lopez{n:04}") for n in range(3_000)], NOW)
    patients.mark_seen(conn, ids[2_500], NOW)
    assert search.candidates(conn, "ma")[0].patient_id == ids[2_500]
    assert search.candidates(conn, "lop mar")[0].patient_id == ids[2_500]
    assert [one.patient_id for one in search.candidates(conn, "mar lopez2999")] == [ids[2_999]]


HOSTILE = [
    "NEAR(a b)",
    'a" OR 1=1 --',
    "*",
    "a" * 10_000,
    "1" * 10_000,
    "a " * 5_000,
    "1.1.1 " * 2_000,
    "#" * 300,
    "#99999999999999999999999",
    "9999-99-99",
    "9999-12",
    "0000-1",
    "00.00.0000",
    "0",
    "00",
    "+",
    "+0",
    "٣٣٣٣-٠٠-٠٠",
    "²³¹",
    "\U0010ffff",
    "\udcff\ud800",
    "29 feb",
    "0 jan 0",
    "o'-'-'o",
    "@@@@",
]


@pytest.mark.parametrize("typed", HOSTILE)
def test_no_text_is_refused(find: Find, typed: str) -> None:
    find(typed)


@settings(max_examples=300, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(
    st.one_of(
        st.text(st.characters()),
        st.text(st.sampled_from("0123456789./-+() #@'%_*\"amr\x00"), max_size=40),
        st.lists(st.sampled_from(["mar", "14", "1961", "3.", "o'b", "555", "#1", "@", "王", "%", "may"])).map(" ".join),
    )
)
def test_the_lookup_never_raises(conn: Connection, text: str) -> None:
    found = search.candidates(conn, text, limit=5)
    assert len(found) <= 5
    assert len({one.patient_id for one in found}) == len(found)
