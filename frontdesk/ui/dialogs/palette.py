"""Help and palette: the live actions of the screen beneath, to read, to find by words, and to run."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, ClassVar

from textual.widget import Widget

from frontdesk.ui import keys
from frontdesk.ui.dialogs.narrowing import Narrowing
from frontdesk.ui.layout.cells import Span, pad, width
from frontdesk.ui.layout.palette import NOT_FOUND, clause, find_among, said_of_none
from frontdesk.ui.widgets.pick_list import Item, PickList

if TYPE_CHECKING:
    from frontdesk.ui.screens.base import DeskScreen

_KEYS = 13
"""Cells for the keys of an action in the help."""
_NOT_LISTED = ("palette", "back")
_REACHED = (keys.DAY, keys.PATIENTS, keys.ROOMS, *keys.LISTS, keys.WAITING)
"""Screens to which the palette takes whoever looks for what works there alone."""


async def _go_and_say(screen: DeskScreen, place: str, action: keys.Action) -> None:
    """To the screen on which an action works, and by which key: it is for what is chosen there."""
    await screen.desk_app.show(place)
    key = action.key_words or screen.desk_app.keymap.action("palette").key_words
    screen.desk_app.hint(f"{key}: {action.help}", tone="dim")


class Palette(Narrowing[str, str]):
    """Every action that works on the screen beneath, found by a receptionist's words; Enter runs it."""

    TITLE_WORDS = "All actions"
    ACCEPT_WORDS: ClassVar[str] = "do it"
    WIDTH: ClassVar[int] = 116

    def __init__(self, screen: DeskScreen) -> None:
        """`screen` is the one whose actions are shown and run."""
        super().__init__(PickList(empty=NOT_FOUND), "what do you want to do?  check in, reschedule, phone …")
        self._of = screen
        self._shown_in = 0
        """The room that rows were made for last."""

    def on_pick_list_moved(self) -> None:
        """Says the selected action's explanation whole, which its row may have to cut."""
        key = self._found.key
        elsewhere = None if key is None else self._elsewhere(key)
        if elsewhere is not None:
            self.tell(f"Enter goes to {keys.PLACES[elsewhere]}, where it works.")
        else:
            self.tell("" if key is None else self._of.why_not(key) or keys.action(key).help)

    def accept(self) -> None:
        """Runs the selected action on the screen beneath, or says why it can't be done."""
        item = self._found.selected
        elsewhere = None if item is None else self._elsewhere(item.key)
        if item is not None and elsewhere is not None:
            screen, action = self._of, self.desk_app.keymap.action(item.key)
            self.done(item.key)
            screen.call_next(_go_and_say, screen, elsewhere, action)
        elif item is None:
            self.fail("No action is called that.")
        elif item.why_not:
            self.tell(item.why_not, "warn")
        else:
            screen, action_id = self._of, item.key
            self.done(action_id)
            # After this dialog is gone, since the action may open one of its own.
            screen.call_next(screen.action_do, action_id)

    def show_found(self) -> None:
        """What works here by that name, then what works elsewhere."""
        self._shown_in = self._room
        typed = self._typed.value
        actions = [one for one in self.desk_app.keymap.actions if one.id not in _NOT_LISTED]
        here = [one for one in actions if self._of.PLACE in one.places]
        others = [one for one in actions if typed.strip() and self._elsewhere(one.id) is not None]
        rows = [self._item(one) for one in find_among(here, others, typed)]
        self._found.set_items(rows, empty=said_of_none(typed))

    def on_resize(self) -> None:
        """Explanations take the room there is."""
        if self._shown_in != self._room:
            self.show_found()

    @property
    def _room(self) -> int:
        """The cells of a row without its mark and the frame."""
        return min(self.WIDTH, self.app.size.width) - 6

    @property
    def _label(self) -> int:
        """How many cells the words of an action have; the longest take 28."""
        return 20 if self.app.size.width < 100 else 29

    def _explained(self, words: str, beside: int) -> str:
        """An explanation in the room that is left beside so many cells."""
        return clause(words, self._room - beside - self._label - 1)

    def _elsewhere(self, action_id: str) -> str | None:
        """The screen on which an action works that does not work on the one beneath."""
        places = self.desk_app.keymap.action(action_id).places
        return None if self._of.PLACE in places else next((one for one in places if one in _REACHED), None)

    def _item(self, action: keys.Action) -> Item[str]:
        elsewhere = self._elsewhere(action.id)
        if elsewhere is not None:
            place = f" on {keys.PLACES[elsewhere]}: "
            told = self._explained(action.help, width(place) + width(action.key_words) + 2)
            line = (Span(pad(action.words, self._label), "dim"), Span(place + told, "dim"))
            return Item(action.id, line, (Span(f" {action.key_words} ", "dim"),))
        why_not = self._of.why_not(action.id) or ""
        told = self._explained(why_not or action.help, width(action.key_words) + 2)
        line = (Span(pad(action.words, self._label)), Span(f" {told}", "dim"))
        return Item(action.id, line, (Span(f" {action.key_words} ", "key"),), why_not)


class Help(Palette):
    """Every key that works on the screen beneath; Enter runs the selected one."""

    TITLE_WORDS = "Keys that work here"

    def body(self) -> Iterator[Widget]:
        """The actions alone, so that arrows and letters move in them."""
        yield self._found

    def show_found(self) -> None:
        """Every key of the screen."""
        self._shown_in = self._room
        rows = [self._item(one) for one in self.desk_app.keymap.actions_for(self._of.PLACE) if one.keys]
        self._found.set_items(rows)

    @property
    def _label(self) -> int:
        """As wide as the longest of this screen, so that explanations have the rest."""
        here = self.desk_app.keymap.actions_for(self._of.PLACE)
        return max(width(one.words) for one in here if one.keys) + 1

    def _item(self, action: keys.Action) -> Item[str]:
        why_not = self._of.why_not(action.id) or ""
        named = ", ".join(keys.key_words(key) for key in action.keys)
        # What a key is for, also where it can't be used now: why not stands beneath once it is marked.
        told = self._explained(action.help, _KEYS)
        line = (Span(pad(named, _KEYS), "key"), Span(pad(action.words, self._label)), Span(f" {told}", "dim"))
        return Item(action.id, line, (), why_not)
