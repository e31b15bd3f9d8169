"""Tables are split as a person would split them, and every row keeps its line."""

from __future__ import annotations

import csv
import io

import pytest
from hypothesis import given
from hypothesis import strategies as st

from frontdesk.domain.errors import Refused
from frontdesk.exchange.splitting import split
from frontdesk.exchange.table import read_table


def cells(text: str) -> list[list[str]]:
    return [row.cells for row in split(text)[0]]


@pytest.mark.parametrize(
    ("text", "delimiter"),
    [
        ("a,b,c\n1,2,3\n", ","),
        ("a;b;c\n1;2;3\n", ";"),
        ("a;b\nHauptstr. 1, Köln;1,5\nWeg 2, Bonn;2,5\n", ";"),
        ("a\tb\n1, 2\t3; 4\n", "\t"),
        ("a|b\n1|2\n", "|"),
        ("a`b\n1`2\n", "`"),
        ('a,b\n"x; y; z",1\n"x; y; z",2\n', ","),
        ("List of patients; today\n\nname,age\nAnn,3\nBob,4\n", ","),
        ("only\n4.5\n", ","),
        ("sep=|\na|b;c\n1|2;3\n", "|"),
    ],
)
def test_the_separator_is_recognised(text: str, delimiter: str) -> None:
    assert read_table(text).delimiter == delimiter


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ('a,b\n1,"x ""y"" z"\n', [["a", "b"], ["1", 'x "y" z']]),
        ('a,b\n1,""""""\n', [["a", "b"], ["1", '""']]),
        ('a,b\n"one\ntwo",2\n', [["a", "b"], ["one\ntwo", "2"]]),
        ('a,b\r"one\rtwo",2\r', [["a", "b"], ["one\rtwo", "2"]]),
        ('a, b\n1, "x, y"\n', [["a", "b"], ["1", "x, y"]]),
        ("a,b\n1,   2\n", [["a", "b"], ["1", "   2"]]),
        ("a|b\n1|#x|y#\n2|##\n", [["a", "b"], ["1", "x|y"], ["2", ""]]),
        ("a,b\n'x, y','z'\n", [["a", "b"], ["x, y", "z"]]),
        ("a,b\n's-Gravenhage,O'Hara\n", [["a", "b"], ["'s-Gravenhage", "O'Hara"]]),
        ("a,b,c\n\x00,2,3\n", [["a", "b", "c"], ["\x00", "2", "3"]]),
        ('a;b\n"O\\"Neill; x";2\n', [["a", "b"], ['O"Neill; x', "2"]]),
        ("a,b\n1,2,3\n4\n\n", [["a", "b"], ["1", "2", "3"], ["4"], []]),
        ("a,b\n1,x\u2028y\n", [["a", "b"], ["1", "x\u2028y"]]),
    ],
)
def test_cells_are_cut_as_written(text: str, expected: list[list[str]]) -> None:
    assert cells(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ('a,b\n"x,1\n2,3\n4,5\n', [(1, ["a", "b"]), (2, ['"x', "1"]), (3, ["2", "3"]), (4, ["4", "5"])]),
        ('a,b\n"x,1\n2,3\n"4",5\n', [(1, ["a", "b"]), (2, ['"x', "1"]), (3, ["2", "3"]), (4, ["4", "5"])]),
        ('a,b\n"x" y,1\n2,3\n', [(1, ["a", "b"]), (2, ["x y", "1"]), (3, ["2", "3"])]),
        ('a,b\n1,"x\ny "z" w"\n3,4\n', [(1, ["a", "b"]), (2, ["1", 'x\ny z" w"']), (4, ["3", "4"])]),
    ],
)
def test_a_wrong_quote_never_swallows_the_rows_below(text: str, expected: list[tuple[int, list[str]]]) -> None:
    assert [(row.line, row.cells) for row in split(text)[0]] == expected


def test_a_wrong_quote_on_every_line_costs_no_row() -> None:
    rows = split("a,b\n" + '"x,1\n' * 5000)[0]
    assert len(rows) == 5001
    assert {tuple(row.cells) for row in rows[1:]} == {('"x', "1")}


def test_a_cell_of_a_megabyte_is_one_cell() -> None:
    assert cells(f'a,b\n"{"x" * 1_000_000}",2\n')[1] == ["x" * 1_000_000, "2"]


def test_rows_know_the_line_they_begin_on() -> None:
    table = read_table('# made today\n\nname,note\nAnn,"one\ntwo"\n,\n# checked\nBob,x\n')
    assert table.header == ("name", "note")
    assert [(row.line, row.cells[0]) for row in table.rows] == [(4, "Ann"), (8, "Bob")]


def test_title_rows_of_a_spreadsheet_are_no_header() -> None:
    table = read_table("Our patients,,,\n,,,\nName,Born,Town,Phone\nAnn,1980,Bath,1\nBob,1981,Bath,2\n")
    assert table.header == ("Name", "Born", "Town", "Phone")
    assert len(table.rows) == 2


def test_a_header_that_is_known_is_found_below_anything() -> None:
    text = "Clinic,Town,Street,Tel\nLotus,Bath,High St,1\n\nName,Born,,\nAnn,1980,,\n"
    table = read_table(text, known=lambda row: sum(cell in {"Name", "Born"} for cell in row))
    assert table.header[:2] == ("Name", "Born")
    assert [row.line for row in table.rows] == [5]


def test_blank_and_double_headers_stay_in_their_places() -> None:
    assert read_table("id,,id\n1,2,3\n").header == ("id", "", "id")


@pytest.mark.parametrize("text", ["", " \r\n\t\n", ",,\n,,\n", "<!DOCTYPE html>\n<html>a,b</html>"])
def test_no_table_is_refused_in_one_line(text: str) -> None:
    with pytest.raises(Refused) as refusal:
        read_table(text)
    assert "\n" not in refusal.value.reason


CELL = st.text(st.characters(exclude_categories=["Cc", "Cs"], exclude_characters="\\#"), max_size=12)


@given(
    rows=st.lists(st.tuples(CELL, CELL, CELL), min_size=1, max_size=8),
    delimiter=st.sampled_from([",", ";", "\t", "|"]),
    line_end=st.sampled_from(["\n", "\r\n", "\r"]),
)
def test_what_a_spreadsheet_writes_is_read_back(
    rows: list[tuple[str, str, str]], delimiter: str, line_end: str
) -> None:
    buffer = io.StringIO(newline="")
    writer = csv.writer(buffer, delimiter=delimiter, lineterminator=line_end, quoting=csv.QUOTE_ALL)
    writer.writerow(["first", "second", "third"])
    writer.writerows(rows)
    assert cells(buffer.getvalue())[1:] == [list(row) for row in rows]
