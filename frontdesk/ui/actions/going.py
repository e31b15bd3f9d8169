"""Getting about: days, screens, patients' files, the close of the day, the set-up."""

from __future__ import annotations

from frontdesk.ui.actions.action import CLOSE, DAY, FILE, PATIENTS, ROOMS, SCREENS, SETUP, Action

GOING: tuple[Action, ...] = (
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
        "patient.book",
        ("b",),
        "book",
        "Book for this patient",
        (PATIENTS, FILE),
        ("make an appointment", "schedule"),
        4,
    ),
    Action(
        "patient.duplicates",
        ("D",),
        "duplicates",
        "Files that are likely one person's: compare, make one, or tell apart",
        (PATIENTS,),
        ("same person twice", "double files", "merge patients", "likely duplicates"),
        14,
    ),
    Action(
        "patient.record",
        (),
        "write record",
        "Everything that is kept of the patient, into a file for them",
        (PATIENTS,),
        ("export record", "data request", "copy of the file", "subject access"),
    ),
    Action(
        "patient.erase",
        (),
        "erase file",
        "Erase a file that need be kept no longer; visits stay, without a name",
        (PATIENTS,),
        ("delete patient", "anonymise", "forget", "right to be forgotten"),
    ),
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
)
