"""A table of patients becomes patients, and every row that can't is named with its reason."""

from __future__ import annotations

import csv
import io
from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from frontdesk.domain.errors import Refused
from frontdesk.domain.full_names import take_apart
from frontdesk.domain.patient import Flag, FlagKind, PatientDetails, Sex
from frontdesk.domain.patient_file import NOTHING_MORE
from frontdesk.exchange.flag_lines import flags_of
from frontdesk.exchange.patients_csv import PatientFile, read_patients

TODAY = date(2025, 6, 15)


def read(text: str, **columns: str) -> PatientFile:
    return read_patients(text.encode(), today=TODAY, columns=columns)


def only(text: str) -> PatientDetails:
    file = read(text)
    assert not file.rejected
    (record,) = file.records
    return record.details


def test_everything_a_row_can_say() -> None:
    assert only(
        "Client ID,First Name,Middle Name,Last Name,Preferred Name,Date of Birth,Gender,Home Phone,Mobile,Fax,Email,"
        "Address 1,Address 2,Suburb,State,Postcode,Country,Notes,Date of Death\n"
        "17, Maria ,Luz,Garcia Lopez,Mari,22/03/1980,F,02 5550 1234,0412 555 678,99,maria@example.org,"
        '1 High St,Unit 4,Carlton,VIC,3053,Australia,"afraid of needles\nspeaks Spanish",25/12/2024\n'
    ) == PatientDetails(
        given="Maria",
        family="Garcia Lopez",
        known_as="Mari",
        birth_date=date(1980, 3, 22),
        sex=Sex.FEMALE,
        phones=("02 5550 1234", "0412 555 678"),
        email="maria@example.org",
        address="1 High St\nUnit 4\nCarlton, VIC 3053\nAustralia",
        notes="afraid of needles\nspeaks Spanish\nMiddle name: Luz",
        deceased_on=date(2024, 12, 25),
    )


def test_a_maiden_name_is_the_former_name_and_the_mothers_is_a_note() -> None:
    found = only("First,Last,MAIDEN,Mother's maiden name\nMaria,Garcia,Lopez,Ruiz\n")
    assert found.former_name == "Lopez"
    assert found.notes == "Mother's maiden name: Ruiz"


def test_a_german_table_of_the_old_kind() -> None:
    data = "Name;Vorname;Geb.-Datum;Geschlecht;Telefon\r\nMüller;Jörg;31.12.1980;m;0221 5550\r\n".encode("cp1252")
    file = read_patients(data, today=TODAY)
    assert file.records[0].details == PatientDetails(
        given="Jörg", family="Müller", birth_date=date(1980, 12, 31), sex=Sex.MALE, phones=("0221 5550",)
    )
    assert (file.encoding, file.delimiter) == ("cp1252", ";")


def test_phones_of_all_columns_and_of_one_cell_without_doubles() -> None:
    text = "Last Name,Phone 1 - Type,Phone 1 - Value,Phone 2 - Value\nLee,Mobile,555-1 ::: 555-2,555-1\n"
    assert only(text).phones == ("555-1", "555-2")


def test_digits_in_names_stay_as_they_are() -> None:
    assert only("FIRST,LAST\nMaynard46,Mosciski958\n").name == "Mosciski958, Maynard46"


def test_a_person_called_null_keeps_the_name() -> None:
    assert only("First Name,Last Name,Email\nAnn,Null,NULL\n") == PatientDetails(given="Ann", family="Null")


def test_the_column_with_words_for_the_sex_wins_over_letters() -> None:
    assert only("lname,GENDER,gender\nLee,X,female\n").sex is Sex.FEMALE


@pytest.mark.parametrize(
    ("values", "sexes"),
    [
        (["M", "F"], [Sex.MALE, Sex.FEMALE]),
        (["M", "H"], [Sex.FEMALE, Sex.MALE]),
        (["K", "M"], [Sex.FEMALE, Sex.MALE]),
        (["K", "E"], [Sex.FEMALE, Sex.MALE]),
        (["w", "m", "d"], [Sex.FEMALE, Sex.MALE, Sex.OTHER]),
        (["Mujer", "hombre"], [Sex.FEMALE, Sex.MALE]),
        (["unknown", ""], [None, None]),
    ],
)
def test_letters_for_the_sex_are_read_by_their_column(values: list[str], sexes: list[Sex | None]) -> None:
    file = read("lname,sex\n" + "".join(f"Lee,{value}\n" for value in values))
    assert [record.details.sex for record in file.records] == sexes


@pytest.mark.parametrize(
    ("written", "family_first", "given", "family"),
    [
        ("Ann Miller", False, "Ann", "Miller"),
        ("Miller, Ann", False, "Ann", "Miller"),
        ("Miller Ann", True, "Ann", "Miller"),
        ("Ludwig van Beethoven", False, "Ludwig", "van Beethoven"),
        ("van Beethoven Ludwig", True, "Ludwig", "van Beethoven"),
        ("Jesse L. Jackson Jr.", False, "Jesse L.", "Jackson Jr."),
        ("Jesse L. Jackson, Jr.", False, "Jesse L.", "Jackson Jr."),
        ("María de la Cruz", False, "María", "de la Cruz"),
        ("王小明", False, "", "王小明"),
        ("Van Nguyen", False, "Van", "Nguyen"),
    ],
)
def test_a_whole_name_is_taken_apart(written: str, family_first: bool, given: str, family: str) -> None:
    assert take_apart(written, family_first=family_first) == (given, family)


@pytest.mark.parametrize(
    ("text", "family"),
    [
        ("Nombre;Primer apellido;Segundo apellido\nAna;García;López\n", "García López"),
        ("Achternaam;Tussenvoegsel;Voornaam\nBerg;van den;Jan\n", "van den Berg"),
        ("Achternaam;Tussenvoegsel;Voornaam\nBakker;;Jan\n", "Bakker"),
    ],
)
def test_a_family_name_in_two_columns_is_one(text: str, family: str) -> None:
    assert only(text).family == family


@pytest.mark.parametrize(
    ("text", "address"),
    [
        ("Name;Vorname;Straße;Hausnr.;PLZ;Ort\nGroß;Anne;Weg;1;50667;Köln\n", "Weg 1\n50667 Köln"),
        ("surname,street_number,address_1,suburb,postcode\nLee,6,High St,Bath,4011\n", "6 High St\nBath 4011"),
        ("Last,Street,City,State,Zip\nLee,1 High St,Boston,MA,02108\n", "1 High St\nBoston, MA 02108"),
        ("Last,Address,City\nLee,,Bath\n", "Bath"),
    ],
)
def test_an_address_reads_as_its_country_writes_it(text: str, address: str) -> None:
    assert only(text).address == address


def test_a_whole_name_serves_where_its_parts_are_blank() -> None:
    file = read("Full Name,First Name,Last Name\nAnn Miller,,\nIgnored Here,Bob,Ross\n")
    assert [record.details.name for record in file.records] == ["Miller, Ann", "Ross, Bob"]


@pytest.mark.parametrize(
    ("row", "reason"),
    [
        (",,1980-01-01", "no name"),
        (" , ,", "no name"),
        ("Ann,Lee,1981-02-29", "birth date '1981-02-29' is a day that does not exist"),
        ("Ann,Lee,soon", "birth date 'soon' is not a date"),
        ("Ann,Lee,1980-01-01,9 High St", "has 4 cells under 3 columns"),
        ('"Ann\x1b[2J",Lee,1980-01-01', "given name holds a control character"),
        ('Ann,"Lee\nRow",1980-01-01', "family name holds a control character"),
        (f"Ann,{'x' * 200},1980-01-01", "family name is 200 characters long"),
        ("Ann,\u202eeeL,1980-01-01", "family name holds a control character"),
    ],
)
def test_a_bad_row_is_rejected_with_its_line_and_the_good_ones_go_in(row: str, reason: str) -> None:
    file = read(f"First,Last,DOB\nBob,Ross,1942-10-29\n{row}\nCat,Stevens,1948-07-21\n")
    if row.strip(" ,"):
        ((where, why),) = [(problem.where, problem.reason) for problem in file.rejected]
        assert where == "line 3"
        assert why.startswith(reason)
        assert why.isprintable()
    assert [record.details.given for record in file.records] == ["Bob", "Cat"]


def test_a_birth_date_to_come_is_left_out_and_told() -> None:
    file = read("First,Last,DOB\nAnn,Lee,2031-01-01\nBob,Ross,1942-10-29\n")
    assert [record.details.birth_date for record in file.records] == [None, date(1942, 10, 29)]
    assert [(problem.where, "future" in problem.reason) for problem in file.mended] == [("line 2", True)]


def test_cells_missing_at_the_end_are_blank() -> None:
    assert only("First,Last,DOB,Email\nAnn,Lee\n") == PatientDetails(given="Ann", family="Lee")


def test_what_is_left_out_of_a_row_that_goes_in_is_told() -> None:
    file = read(f"Last,DOB,Notes\nLee,1980-05,ok\nRoy,1981-01-01,\x07{'x' * 5000}\n")
    assert len(file.records) == 2
    assert [problem.where for problem in file.mended] == ["line 2", "line 3"]
    assert "'1980-05' is not a whole date" in file.mended[0].reason
    assert file.records[1].details.notes == "x" * 4000


def test_an_undecided_order_of_day_and_month_is_told_and_can_be_said() -> None:
    data = b"Last,Born\nLee,03/04/1980\n"
    told = read_patients(data, today=TODAY)
    assert "day first" in told.mended[0].reason
    said = read_patients(data, today=TODAY, day_first=False)
    assert said.mended == ()
    assert said.records[0].details.birth_date == date(1980, 3, 4)
    assert only("Last,Born (MM/DD/YYYY)\nLee,03/04/1980\n").birth_date == date(1980, 3, 4)


def test_namesakes_stay_two_and_keep_their_keys() -> None:
    text = "First,Last,DOB\nAnn,Lee,1980-01-01\nANN, lee,1980-01-01\nAnn,Lee,\n"
    keys = [record.key for record in read(text).records]
    assert len(set(keys)) == 3
    assert keys == [record.key for record in read(text).records]


def test_an_id_of_the_other_system_is_the_key() -> None:
    first = read("Id,First,Last\na1,Ann,Lee\nb2,Bob,Ross\n")
    later = read("Id,First,Last\nb2,Robert,Ross\na1,Ann,Lee-Smith\n")
    assert {record.key for record in first.records} == {record.key for record in later.records}
    assert first.namespace == later.namespace


def test_a_number_that_rows_share_is_no_key() -> None:
    file = read("Id,First,Last\n7,Ann,Lee\n7,Bob,Lee\n")
    assert len({record.key for record in file.records}) == 2


def test_tables_of_different_systems_have_different_namespaces() -> None:
    assert read("Id,First,Last\n1,A,B\n").namespace != read("PID,fname,lname\n1,A,B\n").namespace


def test_the_caller_names_columns_that_nobody_knows() -> None:
    text = "made by hand,,\nwho,aka,when\nLee,Annie,1980-01-01\n"
    with pytest.raises(Refused, match="no column is known to hold patients' names"):
        read(text)
    details = read(text, family="who", known_as="aka", birth_date="when").records[0].details
    assert details == PatientDetails(family="Lee", known_as="Annie", birth_date=date(1980, 1, 1))


@pytest.mark.parametrize("data", [b"", b"\n\n", b"PK\x03\x04xl", b"a,b\n1,2\n", b"just a letter, dear madam\n"])
def test_a_file_without_patients_is_refused_in_one_line(data: bytes) -> None:
    with pytest.raises(Refused) as refusal:
        read_patients(data, today=TODAY)
    assert "\n" not in refusal.value.reason


@pytest.mark.parametrize(
    ("cell", "reason"),
    [
        (";".join(str(number) for number in range(21)), "has 21 phones; at most 20 fit"),
        ("5" + " " * 100_000 + "5", "phone is 100002 characters long; at most 250 fit"),
        ("555\x9b31m", "phone holds a control character (U+009B) that can't be shown"),
    ],
)
def test_phones_beyond_reason_reject_the_row(cell: str, reason: str) -> None:
    assert [str(problem) for problem in read(f'Last,Phone\nLee,"{cell}"\n').rejected] == [f"line 2: {reason}"]


def test_progress_ends_with_all_rows_done() -> None:
    seen: list[tuple[int, int]] = []
    data = "Last\n" + "Lee\n" * 1200
    read_patients(data.encode(), today=TODAY, progress=lambda done, of: seen.append((done, of)))
    assert seen[-1] == (1200, 1200)
    assert seen == sorted(seen)
    assert len(seen) > 2


NAME = st.text(st.characters(categories=["Lu", "Ll", "Lo"], max_codepoint=0x2FFF), min_size=1, max_size=20)
LATIN = st.text("abcdefghijklmnopqrstuvwxyzäöüßÄÖÜéèê", min_size=1, max_size=20)
DAY = st.dates(date(1900, 1, 1), TODAY)


@settings(deadline=None)
@given(
    people=st.lists(st.tuples(NAME, NAME, DAY), min_size=1, max_size=10),
    delimiter=st.sampled_from([",", ";", "\t", "|"]),
    encoding=st.sampled_from(["utf-8", "utf-8-sig", "utf-16"]),
    line_end=st.sampled_from(["\n", "\r\n", "\r"]),
    quoting=st.sampled_from([csv.QUOTE_ALL, csv.QUOTE_MINIMAL]),
)
def test_names_survive_every_dialect(
    people: list[tuple[str, str, date]], delimiter: str, encoding: str, line_end: str, quoting: int
) -> None:
    buffer = io.StringIO(newline="")
    writer = csv.writer(buffer, delimiter=delimiter, lineterminator=line_end, quoting=quoting)  # type: ignore[arg-type]
    writer.writerow(["First Name", "Last Name", "Birth Date"])
    writer.writerows((given, family, born.isoformat()) for given, family, born in people)
    file = read_patients(buffer.getvalue().encode(encoding), today=TODAY)
    assert file.rejected == ()
    read_back = [(r.details.given, r.details.family, r.details.birth_date) for r in file.records]
    assert read_back == people
    assert len({record.key for record in file.records}) == len(people)


def test_text_that_was_kept_from_being_a_formula_is_text_again() -> None:
    found = only("given,family,known as,phone,notes\n'@Ann,''=Roe,'tis,'+1 416 555 0134,'-x\n")
    assert (found.given, found.family, found.known_as) == ("@Ann", "'=Roe", "'tis")
    assert (found.phones, found.notes) == (("+1 416 555 0134",), "-x")


def test_what_names_no_kind_of_flag_is_one_all_the_same() -> None:
    assert flags_of("Pacemaker\nafraid of: dogs\n\nother: x") == (
        Flag(FlagKind.PACEMAKER),
        Flag(FlagKind.OTHER, "afraid of: dogs"),
        Flag(FlagKind.OTHER, "x"),
    )


def test_what_other_tables_say_there_is_left_out_and_told() -> None:
    table = "given,family,consent data,preferred contact,retired\nAnn,Roe,yes,carrier pigeon,yes\nBo,Ash,2999-01-01,,\n"
    file = read_patients(table.encode(), today=TODAY)
    assert [(one.details.retired, one.file) for one in file.records] == [(False, NOTHING_MORE)] * 2
    assert [(one.where, one.reason.partition(" '")[0]) for one in file.mended] == [
        ("line 2", "consent data"),
        ("line 2", "preferred contact"),
        ("line 3", "consent data"),
    ]
