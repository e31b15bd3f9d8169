"""Who finds whom: whatever a receptionist types of a name, a number or a date, in any order and half-typed."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import Connection

from frontdesk.domain.lookup.ranking import Days
from frontdesk.domain.patient import PatientDetails
from frontdesk.store import findable, patient_writes, search
from frontdesk.store.engine import Store
from tests.store.conftest import NOW
from tests.store.people import PEOPLE, Find, named
from tests.store.sent import sent, steps


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
        ("14th of March 1961", {"muller"}),
        ("14 de marzo de 1961", {"muller"}),
        ("March 1961", {"muller"}),
        ("muller mar 1961", {"muller"}),
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
    march, december = patient_writes.insert_many(conn, people, NOW)
    typed = "12/03/1985"
    assert [one.patient_id for one in search.candidates(conn, typed, day_first=True)] == [march, december]
    assert [one.patient_id for one in search.candidates(conn, typed, day_first=False)] == [december, march]


def test_a_record_number_finds_one_patient(conn: Connection) -> None:
    ids = patient_writes.insert_many(conn, list(PEOPLE.values()), NOW)
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
    ids = dict(zip(names, patient_writes.insert_many(conn, details, NOW), strict=True))
    patient_writes.mark_seen(conn, ids["Ana Seen"], NOW)
    patient_writes.mark_seen(conn, ids["Anabel Seen"], NOW)
    patient_writes.mark_seen(conn, ids["Ana Long-Ago"], NOW.subtract(years=3))
    order = ["Ana Seen", "Ana Long-Ago", "Ana Adler", "Ana Weber", "Anabel Seen", "Anabel Zorn"]
    found = search.candidates(conn, "ana")
    assert [one.patient_id for one in found] == [ids[name] for name in order]
    assert all(0 < one.score <= 1 for one in found)
    assert [one.patient_id for one in search.candidates(conn, "ana", limit=2)] == [ids[name] for name in order[:2]]


def test_nothing_typed_shows_whoever_was_seen_last(conn: Connection) -> None:
    first, second, third = patient_writes.insert_many(conn, [PatientDetails(given=name) for name in "ABC"], NOW)
    patient_writes.mark_seen(conn, second, NOW)
    assert [one.patient_id for one in search.candidates(conn, "  ", limit=2)] == [second, third]
    assert first not in [one.patient_id for one in search.candidates(conn, "", limit=2)]


def test_among_very_many_of_a_name_those_seen_last_come_up(conn: Connection) -> None:
    ids = patient_writes.insert_many(
        conn, [PatientDetails(given="Maria", family=f"Lopez{n:04}") for n in range(3_000)], NOW
    )
    patient_writes.mark_seen(conn, ids[2_500], NOW)
    assert search.candidates(conn, "ma")[0].patient_id == ids[2_500]
    assert search.candidates(conn, "lop mar")[0].patient_id == ids[2_500]
    assert [one.patient_id for one in search.candidates(conn, "mar lopez2999") if one.is_sure] == [ids[2_999]]


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
    "\\@ *@",
    "a@ b@ c",
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


def test_whoever_has_died_or_gone_is_last(conn: Connection) -> None:
    people = [
        PatientDetails(given="Ana", family="Ng", deceased_on=date(2026, 1, 1)),
        PatientDetails(given="Ana", family="Ng", retired=True),
        PatientDetails(given="Anabel", family="Ngata"),
    ]
    ids = patient_writes.insert_many(conn, people, NOW)
    found = [one.patient_id for one in search.candidates(conn, "ana ng")]
    assert found == [ids[2], ids[0], ids[1]]


def test_who_comes_today_then_soon_is_first_even_among_very_many(clinic: Connection) -> None:
    ids = patient_writes.insert_many(clinic, [named(f"Maria Lopez{n:03}") for n in range(700)], NOW)
    for patient_id, ahead in ((ids[600], 3), (ids[650], 0), (ids[620], 30)):
        starts = NOW.add(days=ahead, hours=3)
        sql = (
            "INSERT INTO appointment (patient_id, practitioner_id, service_id, status, starts, retention_minutes,"
            f" created_at) VALUES ({patient_id}, 1, 1, 'booked', {int(starts.timestamp() * 1000)}, 25, 0)"
        )
        clinic.exec_driver_sql(sql)
    days = Days.around(date(2026, 11, 23), "UTC")
    for typed in ("m", "maria lop"):
        found = [one.patient_id for one in search.candidates(clinic, typed, days=days, limit=3)]
        assert found == [ids[650], ids[600], ids[0]]


def test_every_question_walks_an_index(tmp_path: Path) -> None:
    store = Store.open(str(tmp_path / "clinic.db"), now=NOW)
    with store.write(who="Ana", at=NOW) as writing:
        writing.log("test", "test")
        patient_writes.insert_many(writing.connection, list(PEOPLE.values()), NOW)
    typed = (
        "g",
        "garcia mar",
        "gracia",
        "strauss peter",
        "14.3.61",
        "garcia 61",
        "555",
        "#3",
        "a@b",
        "siobhan.pb@example.org",
        "01709988767 gracia",
        "garcia 1985-03-21",
        "41 mar",
    )
    days = Days.around(date(2026, 11, 23), "UTC")
    with store.read() as conn:

        def ask() -> None:
            for one in typed:
                search.candidates(conn, one, days=days)
            findable.is_behind(conn)

        plans = steps(conn, [sql for sql in sent(conn, ask) if sql.startswith("SELECT")])
    store.close()
    assert len(plans) > 100
    read = ("patient", "patient_token", "phone", "phone_part", "word_near", "appointment")
    scans = {plan for plan in plans if plan.startswith("SCAN") and plan.split()[1] in read and "INDEX" not in plan}
    assert scans == set()
    walked = {plan for plan in plans if plan.startswith("SCAN") and plan.split()[1] in read}
    assert {plan.partition(" USING ")[2] for plan in walked} <= {
        "INDEX ix_patient_found_otherwise",
        "COVERING INDEX ix_patient_found_otherwise",
        "INDEX ix_phone_found_otherwise",
        "COVERING INDEX ix_phone_found_otherwise",
    }
