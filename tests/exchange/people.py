"""Patients whose files say anything that a file may, for what is written to be read again."""

from __future__ import annotations

from datetime import date

from hypothesis import strategies as st

from frontdesk.domain.patient import Flag, FlagKind, Patient, PatientDetails, Sex, tidied, wrong_with
from frontdesk.domain.patient_file import ContactBy, FileDetails, tidied_file, wrong_with_file
from frontdesk.exchange.patient_row import is_blank

TODAY = date(2026, 11, 23)
_PIECES = st.sampled_from((
    *"=+-@'\"`^~|,;#&\\:<>%/?! ",
    *("  ", "=1+1", '=HYPERLINK("http://evil")', "''=", "sep=;", ":::", '\\"', "x\\", ", ", '", "'),
    *("García", "O'Neill", "王小明", "محمد", "יוסף", "e\u0301", "ガ", "👩‍⚕️", "Ann", "Lee", "1980", "birth_date", "0"),
))  # fmt: skip
_TEXT = st.lists(_PIECES, max_size=4).map("".join).filter(lambda text: not text or not is_blank(text.strip()))
_LINES = st.lists(_TEXT, max_size=3).map("\n".join).filter(lambda text: not is_blank(text.strip()) or not text)
_PHONE = _TEXT.map(lambda text: f"{text[:20]}416 555 0134{text[:20]}")
_DAY = st.none() | st.dates(date(1900, 1, 1), TODAY)
_FLAG = st.builds(Flag, st.sampled_from(FlagKind), _TEXT.map(str.strip), st.none() | st.just(date(2020, 1, 1)))
_DETAILS = st.builds(
    PatientDetails,
    given=_TEXT,
    family=_TEXT.map(lambda text: text if text.strip() else "Roe"),
    known_as=_TEXT,
    former_name=_TEXT,
    original_name=_TEXT,
    birth_date=_DAY,
    sex=st.none() | st.sampled_from(Sex),
    phones=st.lists(_PHONE, max_size=3).map(tuple),
    email=st.sampled_from(("", "maria@example.org", "=m@example.org", "'o@example.org")),
    address=_LINES,
    notes=_LINES,
    deceased_on=_DAY,
    retired=st.booleans(),
    flags=st.lists(_FLAG, max_size=3).map(tuple),
).map(tidied)
_FILE = st.builds(
    FileDetails,
    pronunciation=_TEXT,
    pronouns=_TEXT,
    emergency_name=_TEXT,
    emergency_relation=_TEXT,
    emergency_phone=st.just("") | _PHONE,
    guardian_name=_TEXT,
    guardian_phone=st.just("") | _PHONE,
    referred_by=_TEXT,
    referral=_TEXT,
    consent_treatment=_DAY,
    consent_data=_DAY,
    preferred_contact=st.none() | st.sampled_from(ContactBy),
    language=_TEXT,
    no_reminders_since=_DAY,
).map(tidied_file)
PEOPLE = st.lists(
    st.tuples(
        _DETAILS.filter(lambda details: not wrong_with(details, TODAY)),
        _FILE.filter(lambda file: not wrong_with_file(file, TODAY)),
    ),
    min_size=1,
    max_size=6,
).map(lambda found: [(Patient(number, 1, details), file) for number, (details, file) in enumerate(found, start=1)])
"""A few of them, numbered from 1."""
