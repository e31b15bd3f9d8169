"""The waiting list, and who comes without an appointment."""

from __future__ import annotations

from frontdesk.ui.actions.action import DAY, FILE, LISTS, PATIENTS, SCREENS, WAITING, Action

WAITING_LIST: tuple[Action, ...] = (
    Action(
        "screen.waiting",
        ("5",),
        "Waiting",
        "The waiting list: places that became free with who fits them, and everybody who waits",
        (*SCREENS, *LISTS),
        ("waiting list", "wait list", "waitlist", "who wants to come earlier", "fill a gap", "freed places"),
    ),
    Action(
        "waiting.put",
        ("W",),
        "waiting list",
        "Put the patient on the waiting list: mon thu before 12 lin; or change what they wait for",
        (DAY, PATIENTS, FILE),
        ("wants to come earlier", "wants earlier", "any gap", "wait list", "waitlist", "standby"),
    ),
    Action(
        "walk_in.new",
        ("w",),
        "walk-in",
        "Somebody is here without an appointment: how long they would wait, and their place in the queue",
        (DAY, PATIENTS),
        ("walk in", "without an appointment", "came by", "drop in", "how long is the wait"),
    ),
    Action(
        "waiting.add",
        ("n", "W"),
        "put on the list",
        "Put somebody on the waiting list",
        (WAITING,),
        ("new", "add", "wants earlier"),
        3,
    ),
    Action("waiting.change", ("e",), "change", "Change what they wait for", (WAITING,), ("edit", "other times"), 4),
    Action(
        "waiting.end",
        ("x",),
        "take off",
        "Take them off the list: why, a letter",
        (WAITING,),
        ("remove", "withdraw", "no longer wants it", "delete"),
        5,
    ),
    Action(
        "waiting.places",
        ("p",),
        "other places",
        "Each place they would take, by digit; in the coming days",
        (WAITING,),
        ("choose another place", "where do they fit", "offer"),
        2,
    ),
    Action(
        "waiting.file",
        ("F",),
        "file",
        "The file of who is marked",
        (WAITING,),
        ("record", "patient file"),
    ),
)
