"""What must be said before something is started on a patient: their flags crossed with what it is.

The program names a fact and asks; whether to go on is for the person who is asked. Each is asked once a visit.
"""

from __future__ import annotations

from datetime import date

from msgspec import Struct
from pendulum import DateTime

from frontdesk.domain.patient import FlagKind, Patient
from frontdesk.domain.privacy import is_private
from frontdesk.domain.timer import TimerKind

AWAY_MONTHS = 6
"""Months without a visit after which needles are as new to a patient as the first ones."""


class Caution(Struct, frozen=True):
    """One thing to be asked: a key to remember it by, and the words."""

    key: str
    words: str

    @property
    def shown(self) -> str:
        """The words; in privacy mode only that there is something: it must still be asked, and can be looked at."""
        return "the patient's file speaks against it (hidden)" if is_private() else self.words


_TIMED: tuple[tuple[TimerKind, FlagKind, str], ...] = (
    (TimerKind.LAMP, FlagKind.REDUCED_SENSATION, "heat lamp with reduced sensation: the patient may not feel a burn"),
    (TimerKind.ESTIM, FlagKind.PACEMAKER, "e-stim with a pacemaker"),
    (TimerKind.ESTIM, FlagKind.EPILEPSY, "e-stim with epilepsy"),
    (TimerKind.CUPS, FlagKind.ANTICOAGULANT, "cups with an anticoagulant: bruises and bleeding"),
)
"""What is started, the flag it does not go with, and what is said."""


def timer_cautions(kind: TimerKind, patient: Patient, day: date) -> tuple[Caution, ...]:
    """What to ask on that day before something timed is started on a patient."""
    flags = {flag.kind for flag in patient.details.flags_on(day)}
    return tuple(
        Caution(f"{kind.value}/{flag.value}", words) for one, flag, words in _TIMED if one is kind and flag in flags
    )


def needle_cautions(patient: Patient, now: DateTime, day: date) -> tuple[Caution, ...]:
    """What to ask before needles go in, at an instant of that day: whether the patient may faint."""
    why = _faint_risk(patient, now, day)
    return (Caution("needles/faint-risk", f"faint risk: {why}"),) if why else ()


def _faint_risk(patient: Patient, now: DateTime, day: date) -> str:
    if any(flag.kind is FlagKind.FAINTS for flag in patient.details.flags_on(day)):
        return "has fainted before"
    seen = patient.last_seen_at
    if seen is None:
        return "first visit"
    return f"not here for {AWAY_MONTHS} months" if seen.add(months=AWAY_MONTHS) <= now else ""
