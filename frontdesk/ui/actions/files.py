"""A patient's file: its sections, and what is written into them."""

from __future__ import annotations

from frontdesk.ui.actions.action import DAY, FILE, PATIENTS, RECALLS, REMINDERS, ROOMS, Action

FILES: tuple[Action, ...] = (
    Action(
        "patient.file",
        ("F",),
        "file",
        "The patient's file: contacts, flags, intake, scores, every visit",
        (DAY, PATIENTS, ROOMS, RECALLS, REMINDERS),
        ("record", "chart", "history", "patient file", "open the file"),
    ),
    Action(
        "visit.scores",
        ("S",),
        "scores",
        "Pain, numbness, sleep, mood at this visit, each from 0 to 10",
        (DAY, PATIENTS, ROOMS),
        ("score", "pain", "how are you", "rating"),
    ),
    Action(
        "patient.plan",
        ("P",),
        "plan",
        "The patient's treatment plan: start, change, pause, end it",
        (DAY, PATIENTS, ROOMS, FILE, RECALLS),
        ("treatment plan", "course", "how many visits", "progress", "cadence", "pause", "end the plan"),
        12,
    ),
    Action(
        "patient.package",
        ("K",),
        "packages",
        "Prepaid visits: how many are left and until when; a new package",
        (PATIENTS, FILE),
        ("package", "prepaid", "ten visits", "voucher", "how many left", "sell"),
        13,
    ),
    Action("file.person", ("p",), "person", "To who they are and how to reach them", (FILE,), ("contact", "phone"), 4),
    Action("file.intake", ("i",), "intake", "To the intake: complaint, symptoms, causes", (FILE,), ("symptoms",), 4),
    Action("file.scores", ("s",), "scores", "To the scores and their course", (FILE,), ("pain", "course"), 4),
    Action("file.visits", ("v",), "visits", "To the visits, coming and past", (FILE,), ("history", "appointments"), 4),
    Action("file.flags", ("f",), "flags", "To the flags, those that are over too", (FILE,), ("warnings", "allergy"), 4),
    Action("file.edit", ("e",), "change", "Change what is marked", (FILE,), ("edit", "correct", "details")),
    Action(
        "file.new",
        ("n",),
        "new",
        "One more of this section: an intake, scores, a flag; a booking among the visits",
        (FILE,),
        ("add", "new intake", "new flag", "take scores"),
        3,
    ),
    Action(
        "file.remove",
        ("d",),
        "take out",
        "The marked flag holds no longer; the marked intake or scores were a mistake",
        (FILE,),
        ("delete", "remove", "end the flag", "no longer"),
        6,
    ),
)
