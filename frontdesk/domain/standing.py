"""Whether somebody ought to be called about coming again: booked, on the list, ended with a reason, or neither.

One function over a patient's facts (`standing`), so that nobody drops out unseen: whoever's plan says come is booked,
or on the list with since when and when to try next, or ended, and why.
"""

from __future__ import annotations

from datetime import date, timedelta
from enum import StrEnum

from msgspec import Struct
from pendulum import DateTime

from frontdesk.domain.hours import local_day
from frontdesk.domain.plan import PlanState, Progress
from frontdesk.domain.plurals import number_of
from frontdesk.domain.privacy import is_private
from frontdesk.domain.recall import Contact, ContactResult, RecallReason
from frontdesk.domain.recall_rules import USUAL_RULES, RecallRules
from frontdesk.domain.time_text import date_text

_RETRY_DAYS = (1, 3, 7)
"""Days until the next try after the first call that nobody answered, the second, and each later one."""

REASON_WORDS: dict[RecallReason, str] = {
    RecallReason.NEEDLES: "needles to come out",
    RecallReason.PLAN: "plan says come",
    RecallReason.REASSESS: "re-assessment due",
    RecallReason.LAPSED: "not seen for long",
}
_RANKS = (RecallReason.NEEDLES, RecallReason.PLAN, RecallReason.REASSESS, RecallReason.LAPSED)
_POSTPONES = frozenset({ContactResult.NOT_NOW, ContactResult.NO_ANSWER, ContactResult.WAIT})


class State(StrEnum):
    """Where a patient stands."""

    BOOKED = "booked"
    LISTED = "listed"
    ENDED = "ended"
    QUIET = "quiet"
    """Nobody need call: seen lately, or never."""


class RecallFacts(Struct, frozen=True):
    """What is known of one patient, on one day."""

    patient_id: int
    last_seen_at: DateTime | None = None
    """When they last checked out."""
    last_seen: date | None = None
    """The clinic's day of that."""
    coming_on: date | None = None
    """The day of the next visit that is booked."""
    is_here: bool = False
    progress: Progress | None = None
    """Of the plan that has not ended."""
    ended_on: date | None = None
    """When the latest plan ended, of whoever has none that has not."""
    ended_words: str = ""
    """With what outcome."""
    kept: int = 0
    """Needles that went home by plan and are not known to be out."""
    kept_visits: tuple[int, ...] = ()
    """The visits they were kept at."""
    kept_on: date | None = None
    """The day on which they come out; None where nobody said."""
    contacts: tuple[Contact, ...] = ()
    """What came of asking them, the latest first."""
    timezone: str = "UTC"
    """The clinic's: the day of a contact is the clinic's day."""
    gone: str = ""
    """Why nobody asks them at all: they died, or their file was put away."""

    @property
    def since_seen(self) -> tuple[Contact, ...]:
        """The contacts since their last visit, the latest first."""
        seen = self.last_seen_at
        return tuple(one for one in self.contacts if seen is None or one.at >= seen)

    @property
    def latest(self) -> Contact | None:
        """The last of them."""
        return self.since_seen[0] if self.contacts and self.since_seen else None


class Standing(Struct, frozen=True):
    """Where a patient stands on one day, and why."""

    facts: RecallFacts
    state: State
    reasons: tuple[RecallReason, ...] = ()
    """Why they are on the list, the most urgent first."""
    since: date | None = None
    """Since when there is reason to call: their last visit, or the day from which they count as lapsed."""
    expected_on: date | None = None
    """The day on which they were to come: by the plan, for their needles, as they said, or at last as who lapses."""
    next_on: date | None = None
    """The day from which to call them; before that they are on the list, and left alone."""
    tries: int = 0
    """Calls in a row that nobody answered."""
    words: str = ""
    """Why they are not on the list: when they come, how it ended."""

    @property
    def patient_id(self) -> int:
        """Who."""
        return self.facts.patient_id

    def is_due(self, today: date) -> bool:
        """Whether they are to be called now."""
        return self.state is State.LISTED and (self.next_on is None or self.next_on <= today)

    def is_worn(self, rules: RecallRules) -> bool:
        """Whether so many calls were not answered that something else should be tried."""
        return self.state is State.LISTED and self.tries >= rules.tries

    @property
    def about(self) -> RecallReason:
        """The most urgent reason."""
        return self.reasons[0] if self.reasons else RecallReason.LAPSED

    @property
    def reason_words(self) -> str:
        """`plan says come, 4 of 8`; what tells of a treatment is left out in privacy mode."""
        if is_private():
            return "to be called"
        far = self.facts.progress
        parts: list[str] = []
        for reason in self.reasons:
            if reason is RecallReason.NEEDLES:
                parts.append(f"{number_of(self.facts.kept, 'needle')} to come out")
            elif reason is RecallReason.PLAN and far is not None:
                parts.append(f"plan says come, {far.words}")
            elif reason is RecallReason.REASSESS and far is not None and not far.left:
                parts.append(f"{far.words} done: end the plan or plan on")
            elif reason is RecallReason.LAPSED and self.facts.last_seen is not None:
                parts.append(f"not seen since {date_text(self.facts.last_seen)}")
            else:
                parts.append(REASON_WORDS[reason])
        return " · ".join(parts)

    @property
    def short_words(self) -> tuple[str, ...]:
        """The reasons in the fewest words, the most urgent first: what a row of a list has room for."""
        if is_private():
            return ("to be called",)
        far, kept, seen = self.facts.progress, self.facts.kept, self.facts.last_seen
        words: dict[RecallReason, str] = {
            RecallReason.NEEDLES: f"{number_of(kept, 'needle')} to come out",
            RecallReason.PLAN: f"plan {far.words}" if far is not None else REASON_WORDS[RecallReason.PLAN],
            RecallReason.REASSESS: f"{far.words} done: plan on?" if far is not None and not far.left else "re-assess",
            RecallReason.LAPSED: f"not seen since {date_text(seen)}"
            if seen is not None
            else REASON_WORDS[RecallReason.LAPSED],
        }
        return tuple(words[reason] for reason in self.reasons)

    def overdue_days(self, today: date) -> int | None:
        """Days since they were to come; negative where that day is still ahead, None where there is no such day."""
        return (today - self.expected_on).days if self.expected_on is not None else None

    def overdue_words(self, today: date) -> str:
        """`18 d overdue`, `14 wk overdue`, `due today`, `in 6 d`; empty where no day is known.

        Whose day is still ahead is called all the same, while there is a place: not due, but expected then.
        """
        days = self.overdue_days(today)
        if days is None:
            return ""
        if days <= 0:
            return f"in {-days} d" if days else "due today"
        return f"{days} d overdue" if days < 100 else f"{days // 7} wk overdue"

    def urgency(self, today: date) -> tuple[bool, int, int, int, int, int]:
        """What sorts the list: to be called now first; needles, plans, re-assessments, those who lapsed.

        Of one kind the most overdue comes first, of two equally overdue who was here longest ago. Who is to be called
        later comes in the order of the days on which they are.
        """
        due = self.is_due(today)
        return (
            not due,
            0 if due else _ordinal(self.next_on),
            _RANKS.index(self.about),
            _ordinal(self.expected_on),
            _ordinal(self.facts.last_seen),
            self.patient_id,
        )


def _ordinal(day: date | None) -> int:
    return day.toordinal() if day is not None else 0


def next_try(tries: int, today: date) -> date:
    """When to call again after so many calls that nobody answered, this one counted."""
    return today + timedelta(days=_RETRY_DAYS[min(max(1, tries), len(_RETRY_DAYS)) - 1])


def standing(facts: RecallFacts, today: date, rules: RecallRules = USUAL_RULES) -> Standing:
    """Where somebody stands on a day. Kept needles outrank all else: not even a stop takes them off the list."""
    if facts.gone:
        return Standing(facts, State.ENDED, words=facts.gone)
    needles = _needles_due(facts, today)
    wanted = _wanted(facts, today, rules)
    if needles:
        on = facts.kept_on or facts.last_seen
        reasons = () if isinstance(wanted, Standing) else wanted.reasons
        wanted = _Wanted((RecallReason.NEEDLES, *reasons), on, on)
    elif facts.is_here or facts.coming_on is not None:
        day = None if facts.is_here else facts.coming_on
        return Standing(facts, State.BOOKED, words=f"comes on {date_text(day)}" if day else "is here")
    elif isinstance(wanted, Standing):
        return wanted
    latest = facts.latest
    later = [wanted.first] if wanted.first is not None else []
    if latest is not None and latest.result in _POSTPONES and latest.next_on is not None:
        later.append(latest.next_on)
    since, on = wanted.since, wanted.expected_on
    return Standing(facts, State.LISTED, wanted.reasons, since, on, max(later, default=since), _tries(facts))


def _needles_due(facts: RecallFacts, today: date) -> bool:
    """Whether kept needles are to come out, and no visit takes care of it in time."""
    if not facts.kept or (facts.kept_on is not None and facts.kept_on > today) or facts.is_here:
        return False
    return facts.coming_on is None or facts.coming_on > max(facts.kept_on or today, today)


class _Wanted(Struct, frozen=True):
    """Why to call, since when there is reason to, on which day they were to come, and from which on to call."""

    reasons: tuple[RecallReason, ...]
    since: date | None
    expected_on: date | None
    first: date | None = None


def _wanted(facts: RecallFacts, today: date, rules: RecallRules) -> _Wanted | Standing:
    """Why to call besides needles; or where they stand if there is nothing to call about."""
    latest = facts.latest
    far = facts.progress
    if latest is not None and latest.result is ContactResult.STOP and not _planned_since(facts, latest):
        return Standing(facts, State.ENDED, words=f"stopped: {latest.shown_words}".rstrip(": "))
    if far is not None:
        since = far.seen[-1] if far.seen else far.plan.started_on
        if far.plan.state_on(today) is PlanState.PAUSED:
            # A pause that nobody gave an end is looked at again like anybody who lapses.
            paused = far.plan.paused_on or since
            again = far.plan.paused_until or paused + timedelta(weeks=rules.lapsed_weeks)
            return _Wanted((RecallReason.PLAN,), since, again, again)
        reasons = [RecallReason.PLAN] if far.left else []
        if far.reassessment_due or not far.left:
            reasons.append(RecallReason.REASSESS)
        # A course that is done was to be decided on at its last visit.
        return _Wanted(tuple(reasons), since, far.expected_on if far.left else since, since + timedelta(days=1))
    seen = facts.last_seen
    if facts.ended_on is not None and (seen is None or seen <= facts.ended_on):
        return Standing(facts, State.ENDED, words=f"plan ended: {facts.ended_words}".rstrip(": "))
    asked = latest if latest is not None and latest.result in _POSTPONES else None
    if asked is not None and asked.next_on is not None and asked.result is not ContactResult.NO_ANSWER:
        return _Wanted((asked.about,), seen, asked.next_on)
    if seen is None:
        return Standing(facts, State.QUIET, words="never seen")
    lapses = seen + timedelta(weeks=rules.lapsed_weeks)
    if today >= seen + timedelta(weeks=rules.until_weeks):
        over = f"not seen for {rules.until_weeks} weeks or more"
        return Standing(facts, State.ENDED, words=over)
    if today < lapses and (asked is None or asked.about is RecallReason.NEEDLES):
        return Standing(facts, State.QUIET, words=f"seen on {date_text(seen)}")
    return _Wanted((RecallReason.LAPSED,), lapses, lapses)


def _planned_since(facts: RecallFacts, stop: Contact) -> bool:
    """Whether a plan was begun after somebody stopped: then they come again."""
    return facts.progress is not None and facts.progress.plan.started_on > local_day(stop.at, facts.timezone)


def _tries(facts: RecallFacts) -> int:
    tries = 0
    for one in facts.since_seen:
        if one.result is not ContactResult.NO_ANSWER:
            break
        tries += 1
    return tries
