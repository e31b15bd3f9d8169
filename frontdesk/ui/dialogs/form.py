"""What the forms of a patient's file have in common: nothing half typed is lost, whatever happens around them.

A field nobody touched keeps what is stored to the letter and takes what others saved meanwhile. What was typed is kept
on this workstation once a second (`frontdesk.drafts`) until it is saved or left, and stands in the form again when it
is opened the next time.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from enum import Enum
from typing import Any, ClassVar, Generic, TypeVar

from textual.widgets import Input

from frontdesk.domain.days import parse_day
from frontdesk.domain.errors import Invalid, Refused, Stale
from frontdesk.domain.privacy import HIDDEN, is_private
from frontdesk.drafts import Draft
from frontdesk.text import LINE_LIMIT, visible
from frontdesk.ui.dialogs.base import Dialog, Said
from frontdesk.ui.widgets.choice_field import ChoiceField
from frontdesk.ui.widgets.field import Field
from frontdesk.ui.widgets.long_field import LongField
from frontdesk.ui.widgets.tick_list import TickList

T = TypeVar("T")
KEEP_S = 1.0
"""Seconds of typing that a power cut may cost."""


class Form(Dialog[T], Generic[T]):
    """A dialog whose fields are told by name: give the four dictionaries, `body` and whatever raises here."""

    ACCEPT_WORDS: ClassVar[str] = "save"
    fields: Mapping[str, Field[Any]]
    choices: Mapping[str, ChoiceField[Any]]
    ticks: Mapping[str, TickList[Any]]
    longs: Mapping[str, LongField]

    def __init__(self, title: Said) -> None:
        super().__init__(title)
        self._chosen: dict[str, Any] = {}
        self._last_kept: Draft | None = None
        self._is_kept = False

    @property
    def draft_key(self) -> str:
        """Which form of what this is."""
        raise NotImplementedError

    def on_mount(self) -> None:
        """Begins as it was left, if it was not saved then."""
        self._chosen = {name: choice.value for name, choice in self.choices.items()}
        draft = self.desk_app.drafts.found(self.draft_key)
        if draft is not None:
            self._is_kept = True
            self._last_kept = draft
            self.restore(draft)
        self.set_interval(KEEP_S, self.keep_draft, name="drafts")

    def key_line(self) -> tuple[tuple[str, str], ...]:
        """What the field under the cursor does besides."""
        here = self.focused
        more: tuple[tuple[str, str], ...] = ()
        if isinstance(here, ChoiceField):
            more = (("← →", "choose"),)
        elif isinstance(here, TickList):
            more = (("Space", "tick"), ("← → ↑ ↓", "move"))
        elif isinstance(here, LongField):
            more = (("↓", "new line"),)
        return (*super().key_line(), *more, ("Tab", "next field"))

    def is_changed(self) -> bool:
        """Whether Esc would lose anything."""
        return bool(self.changed_names())

    def changed_names(self) -> set[str]:
        """The fields that differ from what they began with."""
        found = {name for name, one in self.fields.items() if one.is_changed}
        found |= {name for name, one in self.longs.items() if one.is_changed}
        found |= {name for name, one in self.ticks.items() if one.is_changed}
        return found | {name for name, one in self.choices.items() if one.value != self._chosen.get(name, one.value)}

    def known_names(self) -> set[str]:
        """Every field."""
        return {*self.fields, *self.longs, *self.ticks, *self.choices}

    def changed_values(self) -> dict[str, Any]:
        """What is to be saved of the fields that were touched; raises `Refused` after marking every one it can't be."""
        values: dict[str, Any] = {}
        wrong: list[Refused] = []
        for name in sorted(self.changed_names()):
            try:
                values[name] = self._value(name)
            except Refused as refused:
                wrong.append(refused)
        if wrong:
            raise wrong[0]
        return values

    def accept(self) -> None:
        """Saves; everything that is wrong is said beside its field at once."""
        try:
            values = self.changed_values()
        except Refused as refused:
            self.fail(refused)
            self.to_what_is_wrong()
            return
        self.save_values(values)

    def to_what_is_wrong(self) -> None:
        """The cursor to the first field that is refused, unless it is in one."""
        refused = [one for one in self.fields.values() if one.failed]
        if refused and not any(one.has_focus for one in refused):
            refused[0].focus()

    def save_values(self, values: dict[str, Any]) -> None:
        """Saves what was touched, by the names of the fields."""
        raise NotImplementedError

    def merge(self, before: Mapping[str, Any], theirs: Mapping[str, Any]) -> None:
        """Somebody else saved: theirs goes where nothing was typed, and is shown beside what was where it differs."""
        changed = self.changed_names()
        for name, value in theirs.items():
            if name not in changed:
                self._begin(name, value)
            elif value != before.get(name):
                self._show_theirs(name, value)

    def overtaken(self, refused: Refused) -> None:
        """What a refusal of a change says; where somebody else saved first, what they wrote is read."""
        self.fail(refused)
        if isinstance(refused, Stale):
            self.read_theirs()

    def read_theirs(self) -> None:
        """Asks for what is stored now, and gives it to `merge`."""
        raise NotImplementedError

    def day(self, typed: str) -> date | None:
        """A day as people type it; none for nothing."""
        return parse_day(typed, self.desk_app.local_day()) if typed else None

    def fail(self, reason: str | Refused) -> None:
        """As in every dialog, and beside each of the fields it concerns."""
        super().fail(reason.problems[0].reason if isinstance(reason, Invalid) else reason)
        if isinstance(reason, Invalid):
            for problem in reason.problems:
                field = next((one for one in self.fields.values() if one.name == problem.where), None)
                if field is not None:
                    field.fail(problem.reason)
                elif problem.where in self.longs:
                    self.longs[problem.where].fail(problem.reason)
            self.to_what_is_wrong()

    def on_input_changed(self, event: Input.Changed) -> None:
        """What was said of the text before is over."""
        del event
        self.tell("")

    def on_descendant_focus(self) -> None:
        """Other fields have other keys."""
        self.refresh_frame()

    def on_choice_field_not_there(self, event: ChoiceField.NotThere) -> None:
        """A word typed where it is no answer."""
        self.tell(f'no answer begins with "{visible(event.typed)[:20]}"; ← → choose', "warn")

    def on_long_input_submitted(self) -> None:
        """Enter in a field of several lines saves too."""
        self.action_dialog_accept()

    def draft(self) -> Draft:
        """What is half typed."""
        names = self.changed_names()
        return Draft(
            self.draft_key,
            self.draft_title,
            {name: _plain(self._typed(name)) for name in names},
            {name: _plain(self._begun(name)) for name in names},
        )

    def keep_draft(self) -> None:
        """Writes down what is half typed, if it is another thing than the last time."""
        if self._ended:
            return
        drafts, draft = self.desk_app.drafts, self.draft()
        if draft == self._last_kept or (not draft.typed and not self._is_kept):
            return
        self._last_kept = draft
        if draft.typed:
            self._is_kept = True
            drafts.keep(draft)
        else:
            self._is_kept = False
            drafts.drop(draft.key)

    @property
    def draft_title(self) -> str:
        """What the form is called where it is offered again."""
        raise NotImplementedError

    def privacy_turned(self) -> None:
        """Covers what comes from the file, or shows it."""
        super().privacy_turned()
        for one in self.longs.values():
            one.cover()

    def restore(self, draft: Draft) -> None:
        """Puts a draft into the fields; where the stored value is another one by now, that is shown beside it."""
        for name, value in draft.typed.items():
            if name not in self.known_names():
                continue
            self._put(name, value)
            if _plain(self._begun(name)) != draft.was.get(name):
                self._show_theirs(name, self._begun(name))
        self.tell("This was typed and not saved; Enter saves it, Esc leaves it.", "warn")

    def done(self, answer: T | None) -> None:
        """Ends the form; what was saved, or left on purpose, is kept no longer."""
        if not self._ended and self.is_current:
            self.desk_app.drafts.drop(self.draft_key)
        super().done(answer)

    def saved(self, answer: T) -> None:
        """What `save` calls when it is."""
        self.done(answer)

    def _value(self, name: str) -> Any:
        if name in self.fields:
            return self.fields[name].checked()
        if name in self.longs:
            return self.longs[name].checked()
        return self.ticks[name].ticked if name in self.ticks else self.choices[name].value

    def _typed(self, name: str) -> Any:
        if name in self.fields:
            return self.fields[name].value
        if name in self.longs:
            return self.longs[name].typed
        return self.ticks[name].ticked if name in self.ticks else self.choices[name].value

    def _begun(self, name: str) -> Any:
        if name in self.fields:
            return self.fields[name].begun_with
        if name in self.longs:
            return self.longs[name].begun_with
        return self.ticks[name].begun_with if name in self.ticks else self._chosen.get(name)

    def _begin(self, name: str, value: Any) -> None:
        if name in self.fields:
            self.fields[name].begin(value)
        elif name in self.longs:
            self.longs[name].begin(value)
        elif name in self.ticks:
            self.ticks[name].begin(value)
        elif name in self.choices:
            self._chosen[name] = value
            self.choices[name].begin(value)

    def _put(self, name: str, value: Any) -> None:
        if name in self.fields:
            self.fields[name].put(str(value))
        elif name in self.longs:
            self.longs[name].typed = str(value)
        elif name in self.ticks:
            wanted = set(value) if isinstance(value, list) else set()
            self.ticks[name].ticked = tuple(key for key in self.ticks[name].all_keys if _plain(key) in wanted)
        else:
            choice = self.choices[name]
            choice.begin(next((one for one in choice.values if _plain(one) == value), choice.value))

    def _show_theirs(self, name: str, value: Any) -> None:
        if name in self.fields:
            self.fields[name].fail(f"theirs: {value or 'empty'}", of_file=True)
            return
        words = ", ".join(map(str, value)) if isinstance(value, tuple) else visible(str(value or ""))
        if name in self.longs:
            self.longs[name].fail("theirs is another text")
        self.tell(lambda: f"{name}: theirs is {HIDDEN if is_private() else words or 'empty'}"[:LINE_LIMIT], "warn")


def _plain(value: Any) -> Any:
    """A value as JSON holds it."""
    if isinstance(value, Enum):
        return value.value
    return [_plain(one) for one in value] if isinstance(value, tuple | list | set) else value
