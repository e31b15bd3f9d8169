"""The forms of the set-up's rows: a room, equipment, a practitioner, a service, closed or opening days, one answer."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from datetime import date
from typing import Any, ClassVar

from textual.widget import Widget

from frontdesk.domain.day_asked import day_asked
from frontdesk.domain.errors import Refused
from frontdesk.domain.hours import DAY_NAMES, WEEKDAYS
from frontdesk.domain.keeping import MOST_YEARS
from frontdesk.domain.opening_words import spans_of
from frontdesk.domain.setup import middle_retention
from frontdesk.domain.setup_draft import HEAD, THRESHOLDS, RowKey
from frontdesk.domain.threshold import LONGEST_THRESHOLD
from frontdesk.domain.time_text import clock_text
from frontdesk.domain.visit import MOST_LATE_CANCEL_HOURS
from frontdesk.domain.when import parse_time
from frontdesk.text import NAME_LIMIT
from frontdesk.ui.dialogs.base import Dialog, Note
from frontdesk.ui.widgets.field import Field, needed
from frontdesk.ui.widgets.number_field import NumberField

LONGEST = 480
"""Minutes of one phase, as `clinic.toml` allows."""
MOST_CHAIRS = 100
MOST_OF_ONE = 100
"""Pieces of one equipment, as `clinic.toml` allows."""


class SetupRow(Dialog[Any]):
    """Fields of one row; `made` turns their values into the row's answer, or raises Refused."""

    ACCEPT_WORDS: ClassVar[str] = "take it"
    WIDTH: ClassVar[int] = 78

    def __init__(
        self, title: str, fields: Sequence[Field[Any]], made: Callable[[dict[str, Any]], Any], hint: str = ""
    ) -> None:
        """`hint` stands above the fields."""
        super().__init__(title)
        self._fields, self._made, self._hint = fields, made, hint

    def body(self) -> Iterator[Widget]:
        """The hint and the fields."""
        if self._hint:
            yield Note(self._hint, "dim")
        yield from self._fields

    def key_line(self) -> tuple[tuple[str, str], ...]:
        """Tab goes on."""
        return (*super().key_line(), ("Tab", "next field"))

    def accept(self) -> None:
        """Checks every field, so that all that is wrong is seen at once."""
        values: dict[str, Any] = {}
        wrong: list[Refused] = []
        for field in self._fields:
            try:
                values[field.name or ""] = field.checked()
            except Refused as refused:
                wrong.append(refused)
        try:
            if wrong:
                raise wrong[0]
            answer = self._made(values)
        except Refused as refused:
            self.fail(refused)
            return
        self.done(answer)


def row_form(answers: dict[str, Any], key: RowKey, today: Callable[[], date]) -> SetupRow:
    """The form of a row, filled with what it says now."""
    if key.part == "clinic":
        return _answer(answers, str(key.which))
    if key.part == "hours":
        spans = ", ".join(answers["hours"].get(key.which, []))
        field = Field(DAY_NAMES[str(key.which)], spans, name="spans", check=spans_of, placeholder="closed")
        return SetupRow("Open on", [field], lambda values: values["spans"], "09:00-13:00, 14:00-18:00; empty: closed")
    if key.part == "thresholds":
        return _threshold(answers, str(key.which))
    before = answers[key.part][key.which] if isinstance(key.which, int) else {}
    forms = {"rooms": _room, "equipment": _equipment, "practitioners": _practitioner, "services": _service}
    return forms[key.part](before) if key.part in forms else _closure(before, today)


def _answer(answers: dict[str, Any], which: str) -> SetupRow:
    label = dict(HEAD)[which]
    value = str(answers["clinic"].get(which, ""))
    field: Field[Any]
    if which == "slot_minutes":
        field = NumberField(label, value, name=which, low=1, high=60)
    elif which == "keep_years":
        field = NumberField(label, value, name=which, low=1, high=MOST_YEARS)
    elif which == "late_cancel_hours":
        field = NumberField(label, value, name=which, low=1, high=MOST_LATE_CANCEL_HOURS)
    else:
        field = Field(label, value, name=which, check=needed, limit=NAME_LIMIT)
    hints = {
        "timezone": "As the world's zones are named: America/Toronto, Europe/Berlin, Asia/Tokyo",
        "phone_region": "The two letters of the country, CA or DE: how phone numbers without a country are read",
        "keep_years": "From the last visit on; only then can a file be erased. What the law asks for differs",
        "late_cancel_hours": "Hours before a visit from which a patient calls it off late; past ones count by it too",
        "slot_minutes": "Bookings begin on multiples of this many minutes",
    }
    return SetupRow("The clinic", [field], lambda values: values[which], hints.get(which, ""))


def _threshold(answers: dict[str, Any], which: str) -> SetupRow:
    notice, urgent = answers["thresholds"][which]
    fields: list[Field[Any]] = [
        NumberField("Shows from", str(notice), name="notice", low=1, high=LONGEST_THRESHOLD),
        NumberField("Urgent from", str(urgent), name="urgent", low=1, high=LONGEST_THRESHOLD),
    ]
    hints = {
        "waiting": "Minutes a patient waits before it shows as !, and then as !!",
        "late": "Minutes somebody is late before it shows as !, and then as !!",
    }

    def made(values: dict[str, Any]) -> list[int]:
        if values["notice"] > values["urgent"]:
            raise Refused(f"it shows from {values['notice']} only, after it is urgent from {values['urgent']}")
        return [values["notice"], values["urgent"]]

    return SetupRow(dict(THRESHOLDS)[which], fields, made, hints[which])


def _room(before: dict[str, Any]) -> SetupRow:
    fields: list[Field[Any]] = [
        Field("Name", before.get("name", ""), name="name", check=needed, limit=NAME_LIMIT),
        NumberField("Chairs", str(before.get("chairs", 1)), name="chairs", low=1, high=MOST_CHAIRS),
        Field("Kind", before.get("kind", ""), name="kind", limit=NAME_LIMIT, placeholder="table, recliner, bed"),
    ]

    def made(values: dict[str, Any]) -> dict[str, Any]:
        usual = {"chairs": 1, "kind": ""}
        return {key: value for key, value in values.items() if value != usual.get(key)}

    return SetupRow("Room", fields, made, "With several chairs it becomes as many places, each with its own timer")


def _equipment(before: dict[str, Any]) -> SetupRow:
    fields: list[Field[Any]] = [
        Field("Name", before.get("name", ""), name="name", check=needed, limit=NAME_LIMIT),
        NumberField("How many", str(before.get("count", 1)), name="count", low=1, high=MOST_OF_ONE),
    ]
    return SetupRow("Equipment", fields, dict, "Services name it; no more visits have it at once than there are")


def _practitioner(before: dict[str, Any]) -> SetupRow:
    hours = before.get("hours") or {}
    fields: list[Field[Any]] = [Field("Name", before.get("name", ""), name="name", check=needed, limit=NAME_LIMIT)]
    fields += [
        Field(DAY_NAMES[day], ", ".join(hours.get(day, [])), name=day, check=spans_of, placeholder="off")
        for day in WEEKDAYS
    ]
    fields.append(_last_start(before))

    def made(values: dict[str, Any]) -> dict[str, Any]:
        own = {day: values[day] for day in WEEKDAYS if values[day]}
        return _said({"name": values["name"], "hours": own, "last_start": values["last_start"]})

    return SetupRow("Practitioner", fields, made, "No hours at all: the clinic's own")


def _service(before: dict[str, Any]) -> SetupRow:
    earliest, latest = before.get("retention", (20, 30))
    planned = str(before["planned_retention"]) if "planned_retention" in before else ""
    lengths = (
        ("consultation", "Consultation", 10),
        ("insertion", "Needles in", 5),
        ("removal", "Needles out", 5),
        ("turnover", "Turnover", 5),
    )
    minutes = {
        name: NumberField(words, str(before.get(name, usual)), name=name, high=LONGEST)
        for name, words, usual in lengths
    }
    fields: list[Field[Any]] = [
        Field("Name", before.get("name", ""), name="name", check=needed, limit=NAME_LIMIT),
        minutes["consultation"],
        minutes["insertion"],
        NumberField("Rest, earliest", str(earliest), name="earliest", high=LONGEST),
        NumberField("Rest, latest", str(latest), name="latest", high=LONGEST),
        Field("Rest, planned", planned, name="planned", check=_planned, placeholder="the middle"),
        minutes["removal"],
        minutes["turnover"],
        Field("In rooms of kind", ", ".join(before.get("rooms", [])), name="rooms", check=_listed, placeholder="any"),
        Field("Takes", ", ".join(before.get("equipment", [])), name="equipment", check=_listed, placeholder="nothing"),
        _last_start(before),
    ]

    def made(values: dict[str, Any]) -> dict[str, Any]:
        first, last = values.pop("earliest"), values.pop("latest")
        if first > last:
            raise Refused(f"the earliest, {first}, comes after the latest, {last}")
        chosen = values.pop("planned")
        chosen = middle_retention(first, last) if chosen is None else chosen
        if not first <= chosen <= last:
            raise Refused(f"planned {chosen} is outside {first} to {last}")
        needs = {name: values.pop(name) for name in ("rooms", "equipment", "last_start")}
        return {**values, "retention": [first, last], "planned_retention": chosen, **_said(needs)}

    return SetupRow("Service", fields, made, "Lengths in minutes; several kinds or things with commas between")


def _closure(before: dict[str, Any], today: Callable[[], date]) -> SetupRow:
    def day(typed: str) -> str:
        return day_asked(typed, today()).isoformat()

    fields: list[Field[Any]] = [
        Field("First closed day", before.get("from", ""), name="from", check=day, placeholder="24 dec"),
        Field(
            "Last closed day",
            before.get("until", ""),
            name="until",
            check=lambda typed: day(typed) if typed else "",
            placeholder="the same day",
        ),
        Field("Reason", before.get("reason", ""), name="reason", placeholder="Holidays"),
    ]

    def made(values: dict[str, Any]) -> dict[str, Any]:
        until = values["until"] or values["from"]
        if until < values["from"]:
            raise Refused("the last closed day comes before the first")
        return {**values, "until": until}

    return SetupRow("Closed days", fields, made)


def _last_start(before: dict[str, Any]) -> Field[Any]:
    """The time of day after which nothing of it starts."""

    def clock(typed: str) -> str:
        return clock_text(parse_time(typed)) if typed else ""

    return Field(
        "Last start", before.get("last_start", ""), name="last_start", check=clock, placeholder="while it is open"
    )


def _listed(typed: str) -> list[str]:
    return [part.strip() for part in typed.split(",") if part.strip()]


def _said(values: dict[str, Any]) -> dict[str, Any]:
    """The answers without those that say nothing."""
    return {key: value for key, value in values.items() if value}


def _planned(typed: str) -> int | None:
    if typed and not (typed.isascii() and typed.isdecimal()):
        raise Refused("minutes, or nothing")
    return int(typed) if typed else None
