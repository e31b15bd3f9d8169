"""Flags begin, bear who set them, and are over; nothing about them is forgotten."""

from __future__ import annotations

from datetime import date

from msgspec.structs import replace

from frontdesk.domain.flags import stamped, ticked
from frontdesk.domain.patient import Flag, FlagKind, PatientDetails

DAY = date(2026, 11, 23)
FAINTS = Flag(FlagKind.FAINTS, "twice", date(2025, 1, 7), set_by="Bo")
PREGNANCY = Flag(FlagKind.PREGNANCY, since=date(2026, 4, 2), until=date(2026, 11, 23), set_by="Bo")


def test_a_flag_is_over_on_the_day_it_ends_and_not_before() -> None:
    details = PatientDetails("Maria", flags=(FAINTS, PREGNANCY))
    assert details.flags_on(date(2026, 11, 22)) == (FAINTS, PREGNANCY)
    assert details.flags_on(DAY) == (FAINTS,)


def test_what_is_no_longer_ticked_is_over_but_what_was_ticked_by_mistake_today_goes() -> None:
    mistake = Flag(FlagKind.PACEMAKER, since=DAY, set_by="Ana")
    allergy = Flag(FlagKind.ALLERGY, "latex")
    after = ticked((FAINTS, PREGNANCY, mistake), (allergy,), DAY)
    assert after == (allergy, replace(FAINTS, until=DAY), PREGNANCY)


def test_a_new_flag_bears_who_set_it_and_since_when() -> None:
    again = Flag(FlagKind.PREGNANCY)
    saved = stamped((FAINTS, PREGNANCY, again, Flag(FlagKind.ALLERGY)), (FAINTS, PREGNANCY), "Ana", DAY)
    assert saved[:2] == (FAINTS, PREGNANCY)
    assert [(flag.since, flag.set_by) for flag in saved[2:]] == [(DAY, "Ana")] * 2


def test_one_from_an_older_release_stays_as_it_is_and_another_of_its_kind_after_it_is_new() -> None:
    old = Flag(FlagKind.PREGNANCY, until=DAY)
    assert stamped((old,), (old,), "Ana", DAY) == (old,)
    assert stamped((Flag(FlagKind.PREGNANCY), old), (old,), "Ana", DAY)[0].set_by == "Ana"
