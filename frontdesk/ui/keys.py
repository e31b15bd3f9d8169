"""Every action of the dashboard, once: its keys, its words, and where it works.

Bindings, the key line, the help screen, the palette and the README's table are all made from `ACTIONS`. Keys are
bound by character; none needs Alt, a function key, Ctrl+S, Ctrl+Z or Ctrl+C, which some terminal or office keeps.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from textual.binding import Binding

from frontdesk.ui.key_names import key_words as key_words

DAY, PATIENTS, ROOMS, CLOSE = "day", "patients", "rooms", "close"
BOARD, SETUP, DIALOG = "board", "setup", "dialog"
SCREENS = (DAY, PATIENTS, ROOMS)
PLACES = {
    DAY: "Day",
    PATIENTS: "Patients",
    ROOMS: "Rooms",
    CLOSE: "Close",
    BOARD: "Board",
    SETUP: "Set-up",
    DIALOG: "Dialogs",
}
"""Where keys work, with the words a person reads."""


@dataclass(frozen=True, slots=True)
class Action:
    """One thing that can be done. `id` names the method (`visit.next` is `action_visit_next`) and the keymap entry."""

    id: str
    keys: tuple[str, ...]
    words: str
    help: str
    places: tuple[str, ...]
    say: tuple[str, ...] = ()
    """What a receptionist may call it, for the palette."""
    line: int = 0
    """Its rank in the key line; 0 keeps it out."""

    @property
    def method(self) -> str:
        """The name of the method that does it."""
        return "action_" + self.id.replace(".", "_")

    @property
    def key_words(self) -> str:
        """The first key as printed in the key line."""
        return key_words(self.keys[0]) if self.keys else ""


ACTIONS: tuple[Action, ...] = (
    Action(
        "visit.next",
        ("space",),
        "next step",
        "The next step of the visit: arrived, in the room, needles in, out, left",
        (*SCREENS, CLOSE),
        ("check in", "arrived", "came in", "is here", "in the room", "needles", "check out", "leaving"),
        1,
    ),
    Action(
        "book.new",
        ("n",),
        "new booking",
        "Book at the cursor: patient, service, time; shows whether it fits",
        (DAY,),
        ("book", "make an appointment", "new appointment", "schedule"),
        4,
    ),
    Action(
        "book.line",
        ("N",),
        "book in one line",
        "Book by a line as it is said: garcia follow-up lin thu 10:20",
        SCREENS,
        ("quick booking", "one line", "type a booking", "next free place"),
    ),
    Action(
        "book.move",
        ("m",),
        "move",
        "Move to another time: walk there, or take an offered place by its digit, then Enter",
        (DAY,),
        ("reschedule", "change the time", "postpone", "move appointment"),
        5,
    ),
    Action(
        "book.cancel",
        ("x",),
        "cancel",
        "Cancel the appointment: who and why, a letter each; of a course all later ones too; or remove a block",
        (DAY, PATIENTS),
        ("cancel appointment", "called off", "can't come"),
        6,
    ),
    Action(
        "book.reinstate",
        ("R",),
        "put back",
        "Put back what was cancelled, or a no-show, if its place is still free",
        (DAY, PATIENTS),
        ("reinstate", "not cancelled after all", "comes after all", "restore appointment"),
        3,
    ),
    Action(
        "book.repeat",
        ("r",),
        "repeat",
        "Repeat it weekly: a course of visits as a list of dates, booked in one go",
        (DAY, PATIENTS),
        ("series", "course", "weekly", "every week", "fortnightly", "book several"),
        12,
    ),
    Action(
        "book.squeeze",
        ("s",),
        "squeeze in",
        "While moving: put it here over the practitioner's time, on purpose",
        (DAY,),
        ("overbook", "double book", "fit in"),
    ),
    Action(
        "book.longer",
        ("plus", "equals_sign"),
        "longer",
        "5 minutes more: the planned retention, the needles in, or a block",
        (DAY,),
        ("lengthen", "more time", "extend"),
        12,
    ),
    Action(
        "book.shorter",
        ("minus",),
        "shorter",
        "5 minutes less: the planned retention, the needles in, or a block",
        (DAY,),
        ("shorten", "less time"),
        13,
    ),
    Action(
        "block.new",
        ("a",),
        "block time",
        "Block time: lunch, a meeting, time off; names whom it runs into",
        (DAY,),
        ("lunch", "break", "meeting", "time off", "holiday", "absence", "not available"),
        14,
    ),
    Action(
        "book.no_show",
        ("X",),
        "no-show",
        "Mark that the patient did not come",
        (DAY, CLOSE),
        ("did not come", "missed appointment", "no show"),
        10,
    ),
    Action(
        "visit.left",
        ("L",),
        "left early",
        "Mark that the patient left before or during care",
        (DAY, ROOMS, CLOSE),
        ("walked out", "left before", "gave up waiting"),
    ),
    Action(
        "visit.confirm",
        ("c",),
        "confirm",
        "Mark that the patient said they will come",
        (DAY,),
        ("confirmed", "will come", "called back", "reminder answered"),
        9,
    ),
    Action(
        "day.open",
        ("enter",),
        "open",
        "The patient's card; a booking where it is free; puts down what is being moved",
        (DAY,),
        ("card", "details", "patient file", "put down"),
    ),
    Action(
        "day.go",
        ("g",),
        "go to day",
        "Go to a day you type: tomorrow, tue, +2w, 24 nov",
        (DAY, CLOSE),
        ("another day", "date", "next week", "calendar"),
        8,
    ),
    Action("day.today", ("t",), "today", "Back to today and now", (DAY, CLOSE), ("now", "back to today")),
    Action(
        "day.back",
        ("left_square_bracket", "pageup"),
        "day before",
        "The day before",
        (DAY,),
        ("yesterday", "previous day"),
    ),
    Action(
        "day.on", ("right_square_bracket", "pagedown"), "day after", "The day after", (DAY,), ("tomorrow", "next day")
    ),
    Action(
        "day.week_back",
        ("less_than_sign",),
        "week before",
        "The same weekday a week before",
        (DAY,),
        ("last week", "previous week"),
    ),
    Action(
        "day.week_on",
        ("greater_than_sign",),
        "week after",
        "The same weekday a week later; what is being moved keeps its time",
        (DAY,),
        ("next week", "following week"),
    ),
    Action(
        "day.view",
        ("v",),
        "view",
        "Turn the view: practitioners, rooms, plain list",
        (DAY,),
        ("columns", "rooms view", "list view", "by practitioner"),
        11,
    ),
    Action(
        "patient.new", ("n",), "new patient", "Write down a new patient", (PATIENTS,), ("register", "add patient"), 2
    ),
    Action(
        "patient.edit",
        ("e",),
        "edit",
        "Change the patient's details",
        (PATIENTS,),
        ("correct", "phone number", "change name", "details", "flags"),
        3,
    ),
    Action(
        "patient.book", ("b",), "book", "Book for this patient", (PATIENTS,), ("make an appointment", "schedule"), 4
    ),
    Action(
        "needles.in",
        ("i",),
        "needles in",
        "Needles are in: asks how many and starts the timer",
        (DAY, ROOMS),
        ("start the timer", "insert", "placed"),
    ),
    Action(
        "needles.out",
        ("o",),
        "needles out",
        "Needles are out: asks the count",
        (DAY, ROOMS, CLOSE),
        ("stop the timer", "remove", "removal", "count"),
    ),
    Action(
        "needles.faint",
        ("f", "exclamation_mark"),
        "faint: out now",
        "Needles out at once, the count given later",
        (DAY, ROOMS, CLOSE),
        ("faint", "emergency", "unwell", "count later"),
        3,
    ),
    Action(
        "needles.extend",
        ("e",),
        "extend",
        "Leave the needles in longer, or shorter",
        (ROOMS,),
        ("more time", "five more minutes", "longer"),
        4,
    ),
    Action(
        "needles.check", ("c",), "checked", "Somebody looked in on the patient", (ROOMS,), ("looked in", "check on")
    ),
    Action(
        "visit.timer",
        ("T",),
        "timers",
        "Heat lamp, e-stim, cups, a check: a letter starts it, or ends it",
        (DAY, ROOMS),
        ("lamp", "heat", "e-stim", "electro", "stim", "cups", "cupping", "timer"),
        8,
    ),
    Action(
        "needles.more",
        ("a",),
        "needle added",
        "The practitioner added a needle: one more is in",
        (ROOMS,),
        ("one more", "another needle"),
        8,
    ),
    Action(
        "needles.fewer",
        ("d",),
        "needle taken",
        "The practitioner took a needle out, the others stay: one fewer is in",
        (ROOMS,),
        ("one fewer", "one less", "removed one"),
    ),
    Action(
        "needles.decides",
        ("p",),
        "patient decides",
        "No target: the needles come out when the patient says so, at the latest minute",
        (ROOMS,),
        ("no target", "as long as they like", "open end"),
    ),
    Action(
        "needles.silence",
        ("full_stop",),
        "silence",
        "Hush this alarm's sound for 3 minutes, on every screen",
        (DAY, ROOMS),
        ("quiet", "mute", "hush", "stop the sound"),
        2,
    ),
    Action(
        "visit.hand_over",
        ("H",),
        "hand over",
        "A colleague takes this patient over",
        (DAY, ROOMS),
        ("takes over", "other practitioner", "shift change", "nobody's"),
    ),
    Action(
        "off.go",
        ("O",),
        "goes off",
        "A practitioner goes off, and each of their patients in a room to a colleague; or is back",
        (DAY, ROOMS),
        ("shift ends", "lunch", "leaves for the day", "practitioner goes home", "back from lunch"),
    ),
    Action(
        "room.ready",
        ("r",),
        "room ready",
        "The room is turned over",
        (ROOMS,),
        ("clean", "turned over", "free the room"),
    ),
    Action(
        "rooms.order",
        ("v",),
        "order",
        "Turn the order: by place, or the most urgent first",
        (ROOMS, BOARD),
        ("urgent first", "sort", "by place"),
        8,
    ),
    Action("board.names", ("n",), "names", "Short names instead of initials, and back", (BOARD,), ("initials",), 2),
    Action(
        "find",
        ("slash",),
        "find",
        "Find a patient: name parts in any order, phone, birth date",
        SCREENS,
        ("search", "look up", "patient"),
        7,
    ),
    Action(
        "undo",
        ("u",),
        "undo",
        "Undo the last thing done here; says what it undid",
        (*SCREENS, CLOSE),
        ("take back", "mistake", "wrong"),
    ),
    Action(
        "screen.day", ("1",), "Day", "The day's calendar", (*SCREENS, CLOSE), ("calendar", "appointments", "schedule")
    ),
    Action("screen.patients", ("2",), "Patients", "The patients", (*SCREENS, CLOSE), ("people", "files", "card")),
    Action(
        "screen.rooms", ("3",), "Rooms", "The rooms and their timers", (*SCREENS, CLOSE), ("timers", "beds", "chairs")
    ),
    Action(
        "screen.board",
        ("b",),
        "board",
        "The wall board: the timers full screen; Esc comes back",
        (DAY, ROOMS),
        ("wall", "big digits"),
    ),
    Action(
        "screen.close",
        ("C",),
        "close of day",
        "The close of the day: everyone who is left, who never came, who comes next",
        SCREENS,
        ("close the day", "end of the day", "closing time", "lock up", "go home", "kept needles"),
    ),
    Action("close.day", ("c",), "close the day", "Close the day, when nobody is left", (CLOSE,), ("finish",), 2),
    Action(
        "screen.setup",
        (),
        "set-up",
        "The clinic's set-up: hours, rooms, practitioners, services, closures",
        SCREENS,
        ("settings", "configure", "opening hours", "holidays", "closed", "add a room", "add a practitioner"),
    ),
    Action("setup.add", ("a", "n"), "add", "Add one more of what is marked", (SETUP,), ("new room", "new service"), 2),
    Action("setup.remove", ("x",), "remove", "Take out what is marked; what was used is retired", (SETUP,), (), 3),
    Action("setup.save", ("s",), "save", "Save the whole set-up", (SETUP,), ("done", "finish"), 1),
    Action(
        "palette",
        ("ctrl+p", "colon"),
        "all actions",
        "Find any action by your own words",
        (*SCREENS, CLOSE, BOARD, SETUP),
        ("commands", "menu"),
    ),
    Action(
        "help",
        ("question_mark",),
        "help",
        "Every key that works here",
        (*SCREENS, CLOSE, BOARD, SETUP),
        ("keys", "what can I press"),
        9,
    ),
    Action("back", ("escape", "ctrl+g"), "back", "One step back", (*SCREENS, CLOSE, BOARD, SETUP), ()),
    Action(
        "theme",
        (),
        "light or dark",
        "Change between the dark and the light look",
        SCREENS,
        ("colours", "colors", "bright", "night"),
    ),
    Action(
        "sound",
        (),
        "sound off or on",
        "Alarms heard on this workstation or not; seen they always are",
        (*SCREENS, CLOSE, BOARD),
        ("mute", "bell", "noise", "quiet"),
    ),
    Action(
        "sound.kind",
        (),
        "bell or desktop notification",
        "Alarms by the terminal's bell, or as notifications of the desktop, on this workstation",
        (*SCREENS, BOARD),
        ("notify", "popup", "toast", "sound", "beep"),
    ),
    Action(
        "clock.seen",
        (),
        "clock change seen",
        "Take the notice that this PC's clock was set off this screen",
        (*SCREENS, CLOSE, BOARD),
        ("time", "clock", "notice"),
    ),
    Action(
        "quit",
        ("q",),
        "quit",
        "Close the dashboard here; visits and timers go on",
        (*SCREENS, CLOSE, BOARD, SETUP),
        ("exit", "close", "go home", "log off"),
    ),
    Action("dialog.cancel", ("escape", "ctrl+g"), "back", "Close without saving", (DIALOG,)),
    Action("dialog.accept", ("enter",), "accept", "Accept", (DIALOG,)),
    Action(
        "offer.take",
        tuple("123456789"),
        "place",
        "Booking or moving: take the place of that number; Enter then books it",
        (DIALOG,),
    ),
    Action("offer.squeeze", ("s",), "squeeze in", "Booking: over the practitioner's time, on purpose", (DIALOG,)),
)

_BY_ID = {action.id: action for action in ACTIONS}


def action(action_id: str) -> Action:
    """The action of that id; KeyError for one that is not in the table."""
    return _BY_ID[action_id]


def actions_for(place: str) -> tuple[Action, ...]:
    """The actions that work in a place, in the table's order."""
    return tuple(one for one in ACTIONS if place in one.places)


def bindings_for(place: str) -> list[Binding]:
    """The bindings of a place's screen: each runs `action_do` with the action's id, which says why when it can't."""
    return [
        Binding(",".join(one.keys), f"do({one.id!r})", one.words, id=one.id, show=bool(one.line))
        for one in actions_for(place)
        if one.keys
    ]


def key_line_for(place: str) -> tuple[Action, ...]:
    """What the key line of a place may show, most wanted first."""
    return tuple(sorted((one for one in actions_for(place) if one.line), key=lambda one: one.line))


def clashes(actions: Iterable[Action] = ACTIONS) -> list[str]:
    """What is wrong with a table: a key that means two things in one place, an id or a place used wrongly."""
    wrong: list[str] = []
    ids: set[str] = set()
    taken: dict[tuple[str, str], str] = {}
    for one in actions:
        if one.id in ids:
            wrong.append(f"{one.id} is there twice")
        ids.add(one.id)
        for place in one.places:
            if place not in PLACES:
                wrong.append(f"{one.id}: no place {place}")
            for key in one.keys:
                other = taken.setdefault((place, key), one.id)
                if other != one.id:
                    wrong.append(f"{place}: {key} means {other} and {one.id}")
    return wrong


def key_table() -> str:
    """The README's table of keys, as Markdown."""
    rows = ["| keys | where | what |", "| --- | --- | --- |"]
    rows.append("| arrows, `h` `j` `k` `l`, Home, End, PgUp, PgDn | everywhere | move |")
    rows.append("| Tab, Shift+Tab | everywhere | the next pane or field |")
    rows.append("| Enter | everywhere | open, or save |")
    for one in ACTIONS:
        if one.keys:
            keys = ", ".join(f"`{key_words(key)}`" for key in one.keys)
            if one.keys == tuple("123456789"):
                keys = "`1` to `9`"
            where = ", ".join(PLACES[place] for place in one.places)
            rows.append(f"| {keys} | {where} | {one.help} |")
    return "\n".join(rows) + "\n"
