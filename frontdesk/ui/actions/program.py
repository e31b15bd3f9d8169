"""The program itself: undo, help, the look, the sound, leaving; and what dialogs have."""

from __future__ import annotations

from frontdesk.ui.actions.action import BOARD, CLOSE, DIALOG, SCREENS, SETUP, Action

PROGRAM: tuple[Action, ...] = (
    Action(
        "undo",
        ("u",),
        "undo",
        "Undo the last thing done here; says what it undid",
        (*SCREENS, CLOSE),
        ("take back", "mistake", "wrong"),
    ),
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
        "privacy",
        ("ctrl+t",),
        "hide names",
        "Privacy mode: initials and numbers, no files, wherever somebody is named; again: names",
        (*SCREENS, CLOSE, BOARD, SETUP, DIALOG),
        ("privacy", "initials", "somebody looks over", "waiting room", "show names", "anonymous"),
    ),
    Action(
        "look",
        ("ctrl+r",),
        "look",
        "In privacy mode: names and files for 10 seconds, or until the next key that is no arrow",
        (*SCREENS, CLOSE, BOARD, SETUP, DIALOG),
        ("reveal", "peek", "who is it", "show for a moment"),
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
)
