"""What the verbs with several actions do, in words, and the choices some of them have."""

from __future__ import annotations

VISIT_ACTIONS: dict[str, str] = {
    "confirm": "the patient said yes",
    "arrive": "the patient is here",
    "room": "taken to a room",
    "begin": "the practitioner is in",
    "needles-in": "count needles in and start the retention (again: correct the count)",
    "recount": "a needle was added or taken, or the count in was wrong",
    "check": "looked in on the patient",
    "retention": "plan another retention, before the needles are in",
    "extend": "move the planned end, later or (negative) sooner",
    "patient-decides": "no target: the needles come out when the patient says so, at the latest minute",
    "timer": "time a heat lamp, e-stim, cups or a check",
    "timer-off": "it is off, or was done",
    "silence": "hush the alarm's sound for 3 minutes, on every screen",
    "needles-out": "count needles out, or settle a count that is owed",
    "kept-out": "needles that were kept by plan have come out",
    "ready": "the room is turned over",
    "checkout": "the patient leaves",
    "cancel": "give the place back",
    "reinstate": "put back what was cancelled or a no-show, if its place is still free",
    "no-show": "the patient did not come",
    "left": "left before or during care",
    "error": "should never have been entered",
    "move": "to another time, room or practitioner",
    "hand-over": "a colleague takes the patient in the room over",
    "undo": "take the last step back",
}
"""The steps of `frontdesk visit`, in words."""


PLAN_ACTIONS: dict[str, str] = {
    "show": "the plans, and what a new one would begin with",
    "start": "start a plan; what is not said is as suggested by the intake",
    "change": "change what is said, leave the rest",
    "pause": "let it rest",
    "resume": "let it run again",
    "end": "end it with what came of it",
    "undo": "take the last of these back",
}
"""What `frontdesk plan` does, in words."""


PACKAGE_ACTIONS: dict[str, str] = {
    "show": "the packages and what is left of each",
    "sell": "write down that one was bought today",
    "change": "other visits, or another last day",
    "take-back": "take one back of which nothing was used",
}
"""What `frontdesk package` does, in words."""


OUTCOMES = ("resolved", "better", "same", "worse", "referred", "stopped")
"""What may come of a plan."""


RECALL_ACTIONS = {
    "no-answer": "nobody answered: tried again tomorrow, then after three days, then a week",
    "wait": "they want to be asked again on a day",
    "not-now": "at the check-out: nothing is booked now",
    "stop": "they do not come any more",
    "undo": "takes back what was written down of a call",
}
"""What comes of a call, in words."""


KINDS = ("check", "e-stim", "lamp", "cups")
"""What can be timed beside the needles."""
