"""Needles counted by area of the body."""

from __future__ import annotations

import pytest

from frontdesk.domain.areas import Area, area_words, changed, differing, parse_areas, total
from frontdesk.domain.errors import Refused

HEAD_AND_FEET = ((Area.HEAD, 2), (Area.FEET, 6))


@pytest.mark.parametrize(
    "text",
    ["head 2, feet 6", "feet6 he2", "2 head 6 feet", " HEAD 1 Feet 6 head 1 ", "fe 6;he 2"],
)
def test_areas_are_read_as_short_as_they_stay_clear(text: str) -> None:
    assert parse_areas(text) == HEAD_AND_FEET


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("h 2", "head or hands"),
        ("knee 2", "head, ears, trunk"),
        ("head", "is no area with its count"),
        ("head two", "is no area with its count"),
        ("a2 7", "is no area with its count"),
    ],
)
def test_what_is_no_area_is_said(text: str, said: str) -> None:
    with pytest.raises(Refused, match=said):
        parse_areas(text)


def test_areas_without_needles_are_none() -> None:
    assert parse_areas("") == ()
    assert parse_areas("ears 0 head 2 feet 6") == HEAD_AND_FEET
    assert (total(HEAD_AND_FEET), area_words(HEAD_AND_FEET)) == (8, "head 2 · feet 6")


def test_one_more_and_one_fewer() -> None:
    assert changed(HEAD_AND_FEET, Area.EARS, 1) == ((Area.HEAD, 2), (Area.EARS, 1), (Area.FEET, 6))
    assert changed(HEAD_AND_FEET, Area.HEAD, -2) == ((Area.FEET, 6),)
    with pytest.raises(Refused, match="no needle is in the ears"):
        changed(HEAD_AND_FEET, Area.EARS, -1)


def test_areas_that_differ_are_named_though_the_total_is_right() -> None:
    assert differing(HEAD_AND_FEET, HEAD_AND_FEET) == ()
    assert differing(HEAD_AND_FEET, ((Area.HEAD, 1), (Area.LEGS, 1), (Area.FEET, 6))) == (
        (Area.HEAD, 2, 1),
        (Area.LEGS, 0, 1),
    )
