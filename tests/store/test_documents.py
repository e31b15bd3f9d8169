"""What a document in a column says, whoever wrote it."""

from __future__ import annotations

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from frontdesk.store.question import as_document, from_json

ANY = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text(st.characters(codec="utf-8")),
    lambda inner: st.lists(inner) | st.dictionaries(st.text(st.characters(codec="utf-8")), inner),
)


@given(ANY)
def test_it_says_what_was_written(value: object) -> None:
    assert from_json(json.dumps(value)) == value


def test_half_a_letter_that_another_program_left_is_read() -> None:
    assert from_json(r'["\ud800", "+44 20"]') == ["\ud800", "+44 20"]
    assert from_json('["\ud800"]') == ["\ud800"]


def test_what_is_no_document_is_an_error() -> None:
    with pytest.raises(ValueError, match="Expecting"):
        from_json("[1, 2")


def test_a_server_has_read_it_already() -> None:
    assert as_document(["a"]) == ["a"]
    assert as_document(None) is None
    assert as_document('["a"]') == ["a"]
