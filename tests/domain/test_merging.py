"""Two files made one: nothing that only one says is lost, and a person decides where both say something."""

from __future__ import annotations

from datetime import date

from hypothesis import given
from hypothesis import strategies as st

from frontdesk.domain.merging import BOTH, differences, merged, merged_details
from frontdesk.domain.patient import Flag, FlagKind, PatientDetails

ONE = PatientDetails(
    given="Maria", family="Garcia", phones=("416 555 0134",), notes="by the window", flags=(Flag(FlagKind.PACEMAKER),)
)
OTHER = PatientDetails(
    given="María",
    family="Garcia",
    birth_date=date(1961, 3, 14),
    phones=("(416) 555-0134", "416 555 0199"),
    notes="hard of hearing",
    flags=(Flag(FlagKind.PACEMAKER), Flag(FlagKind.ALLERGY, "latex")),
)


def test_what_stays_is_right_where_both_say_something_else() -> None:
    assert [one.name for one in differences(ONE, OTHER)] == ["given"]
    assert merged(ONE, OTHER) == PatientDetails(
        given="Maria",
        family="Garcia",
        birth_date=date(1961, 3, 14),
        phones=("416 555 0134", "416 555 0199"),
        notes="by the window\nhard of hearing",
        flags=(Flag(FlagKind.PACEMAKER), Flag(FlagKind.ALLERGY, "latex")),
    )


def test_a_person_may_find_the_other_right() -> None:
    assert merged(ONE, OTHER, frozenset({"given"})).given == "María"


def test_a_family_name_that_is_given_up_stays_as_the_former_one() -> None:
    married = PatientDetails(given="Maria", family="Lopez")
    assert merged_details(ONE, married).former_name == "Lopez"
    taken = merged_details(ONE, married, frozenset({"family"}))
    assert (taken.family, taken.former_name) == ("Lopez", "Garcia")
    assert merged_details(ONE, OTHER).former_name == ""


texts = st.sampled_from(["", "a", "b", "a b"])
details = st.builds(
    PatientDetails,
    given=texts,
    family=st.sampled_from(["x", "y"]),
    birth_date=st.none() | st.dates(date(1960, 1, 1), date(1960, 1, 3)),
    phones=st.lists(st.sampled_from(["1", "2", "(1)"]), max_size=3, unique=True).map(tuple),
    email=texts,
    notes=texts,
    flags=st.lists(
        st.sampled_from([Flag(FlagKind.FAINTS), Flag(FlagKind.ALLERGY, "latex")]), max_size=2, unique=True
    ).map(tuple),
)


@given(details, details, st.frozensets(st.sampled_from(["given", "email", "birth_date", "notes"])))
def test_nothing_that_only_one_file_says_is_lost(
    one: PatientDetails, other: PatientDetails, take: frozenset[str]
) -> None:
    made = merged(one, other, take)
    chosen = {difference.name for difference in differences(one, other)}
    for name in PatientDetails.__struct_fields__:
        ours, theirs, now = getattr(one, name), getattr(other, name), getattr(made, name)
        if name == "notes":
            assert ours in now
            assert theirs in now
        elif name == "phones":
            digits = {"".join(filter(str.isdigit, phone)) for phone in (*ours, *theirs)}
            assert {"".join(filter(str.isdigit, phone)) for phone in now} == digits
        elif name in BOTH:
            assert set(now) == {*ours, *theirs}
        elif name in chosen:
            assert now == (theirs if name in take else ours)
        else:
            assert now == (ours or theirs or now)


def test_whoever_comes_under_one_of_two_numbers_comes() -> None:
    here, gone = PatientDetails(family="Lee"), PatientDetails(family="Lee", retired=True)
    assert not merged_details(here, gone).retired
    assert not merged_details(gone, here).retired
    assert merged_details(gone, gone).retired
