"""The command line: every verb with its options; nothing here does anything."""

from __future__ import annotations

import argparse
import re
from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from frontdesk import __version__
from frontdesk.text import visible_lines

if TYPE_CHECKING:
    from _typeshed import SupportsWrite

MOST_LINES = 1_000_000
"""A `--limit` beyond is as good as this one: nobody has more patients or changes to list."""

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


class Parser(argparse.ArgumentParser):
    """argparse, with abbreviations off: a script must not break when an option is added.

    What it quotes of the command line is shown without anything that a terminal would obey.
    """

    def __init__(self, **options: Any) -> None:
        super().__init__(**{"allow_abbrev": False, **options})

    def _print_message(self, message: str, file: SupportsWrite[str] | None = None) -> None:
        super()._print_message(visible_lines(message), file)


def _common(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "--db", metavar="DB", default=argparse.SUPPRESS, help="database: a file or a SQLAlchemy URL (or FRONTDESK_DB)"
    )
    parser.add_argument(
        "--as",
        dest="actor",
        metavar="NAME",
        default=argparse.SUPPRESS,
        help="who acts, for the log (or FRONTDESK_USER)",
    )


def build_parser() -> argparse.ArgumentParser:
    """The whole command line."""
    parser = Parser(prog="frontdesk", description="The front desk of an acupuncture clinic, in a terminal.")
    parser.add_argument("--version", action="version", version=f"frontdesk {__version__}")
    _common(parser)
    verbs = parser.add_subparsers(dest="verb", metavar="VERB", parser_class=Parser)

    def verb(name: str, words: str) -> argparse.ArgumentParser:
        made: argparse.ArgumentParser = verbs.add_parser(name, help=words, description=words[:1].upper() + words[1:])
        _common(made)
        return made

    _screens(verb)
    _reading(verb)
    _booking(verb)
    _series(verb)
    _plan(verb)
    _package(verb)
    _block(verb)
    _waiting(verb)
    _visit(verb)
    _reminding(verb)
    _closing(verb)
    _files(verb)
    _paper(verb)
    _report(verb)
    return parser


Verb = Callable[[str, str], argparse.ArgumentParser]


def _json(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--json", action="store_true", help="one JSON document on standard output and nothing else")


def _screens(verb: Verb) -> None:
    demo = verb("demo", "the dashboard on a made-up clinic in the middle of a working day")
    demo.add_argument("--seed", type=_whole, default=1, metavar="N", help="another made-up clinic")
    demo.add_argument("--patients", type=_positive, default=400, metavar="N", help="how many patients (400)")
    demo.add_argument("--at", metavar="TIME", help='the clinic\'s time, like "2026-11-23 10:40"')
    demo.add_argument("--no-open", action="store_true", help="only make the database, and print where it is")
    board = verb("board", "the wall board: every room's timer, readable from across the room")
    board.add_argument("--urgent-first", action="store_true", help="the most urgent room first, not the clinic's order")
    board.add_argument("--practitioner", metavar="NAME", help="the rooms with this practitioner's patients")
    board.add_argument(
        "--rooms", metavar="A,B", help="these rooms, or groups of chairs; what is overdue is on each board"
    )
    setup = verb("setup", "creates or updates the clinic from a file")
    given = setup.add_mutually_exclusive_group(required=True)
    given.add_argument("file", nargs="?", metavar="FILE.toml")
    given.add_argument("--show", action="store_true", help="print the present set-up as such a file, to be edited")


def _reading(verb: Verb) -> None:
    agenda = verb("agenda", "the day's appointments, in order")
    agenda.add_argument("day", nargs="*", metavar="DAY", help="2026-11-24, today, tomorrow, tue, +2w, 24 nov")
    _json(agenda)
    rooms = verb("rooms", "every room and its timer, now")
    _json(rooms)
    find = verb("find", "patient lookup, best match first")
    find.add_argument("text", nargs="+", metavar="TEXT")
    find.add_argument("--limit", type=_limit, default=20, metavar="N")
    _json(find)
    patient = verb("patient", "a patient's file: who, flags, intakes, scores, visits; that it was opened is in the log")
    patient.add_argument("patient", type=_positive, metavar="ID", help="the number that find gives")
    _json(patient)
    kept = verb("kept", "needles that patients were let go with on purpose, and the day they come out")
    _json(kept)
    _one_person(verb)
    log = verb("log", "the audit trail, newest first")
    log.add_argument("--limit", type=_limit, default=50, metavar="N")
    _json(log)


def _one_person(verb: Verb) -> None:
    twice = verb("duplicates", "files that are likely one person's, with the reasons")
    twice.add_argument("--limit", type=_limit, default=50, metavar="N")
    twice.add_argument(
        "--apart", nargs=2, type=_whole, metavar=("ID", "ID"), help="these two are two people: list them no more"
    )
    _json(twice)
    merge = verb("merge", "makes two files of one person one; everything of both is kept")
    merge.add_argument("patient", type=_whole, metavar="ID", help="the file that stays")
    merge.add_argument("other", type=_whole, metavar="OTHER", help="the file that becomes part of it")
    merge.add_argument("--take", metavar="FIELDS", help="in these the other file is right: given,birth_date")
    _json(merge)
    record = verb("record", "everything that is kept of a patient, in a JSON file")
    record.add_argument("patient", type=_whole, metavar="ID")
    record.add_argument("--to", required=True, metavar="FILE")
    erase = verb("erase", "erases a file that need be kept no longer; visits stay, without a name")
    erase.add_argument("patient", type=_whole, metavar="ID")
    erase.add_argument("--name", metavar="NAME", help="the patient's whole name, to say it is meant")
    part = verb("part", "takes the last merge into a file back")
    part.add_argument("patient", type=_whole, metavar="ID")
    _json(part)


def _booking(verb: Verb) -> None:
    slots = verb("slots", "the next free places")
    slots.add_argument("--service", required=True, metavar="S")
    slots.add_argument("--with", dest="practitioner", metavar="PRACTITIONER")
    slots.add_argument("--from", dest="first_day", metavar="DAY")
    slots.add_argument("--days", type=_positive, default=14, metavar="N")
    slots.add_argument("--limit", type=_limit, default=20, metavar="N")
    slots.add_argument("--best", action="store_true", help="of each day first what leaves most room for others")
    slots.add_argument("--leave-by", metavar="HH:MM", help="the patient must have left by then")
    _json(slots)
    say = verb("say", "books what one line says, like: garcia follow-up lin thu 10:20")
    say.add_argument("line", nargs="+", metavar="LINE")
    say.add_argument("--dry-run", action="store_true", help="show what was understood and whether it fits")
    say.add_argument("--comes-again", action="store_true", help="also where the patient's file is retired")
    _json(say)
    book = verb("book", "books an appointment")
    book.add_argument("--patient", required=True, type=_whole, metavar="ID")
    book.add_argument("--service", required=True, metavar="S")
    book.add_argument("--with", dest="practitioner", required=True, metavar="PRACTITIONER")
    book.add_argument("--at", required=True, metavar="TIME", help='like "2026-11-24 10:00"')
    book.add_argument("--room", metavar="R")
    book.add_argument("--squeeze", action="store_true", help="over the practitioner's time, on purpose")
    book.add_argument("--comes-again", action="store_true", help="also where the patient's file is retired")
    book.add_argument("--retention", type=_whole, metavar="M", help="planned retention, as `slots` offers it")
    book.add_argument("--leave-by", metavar="HH:MM", help="the patient must have left by then")
    _json(book)


def _series(verb: Verb) -> None:
    series = verb("series", "books a course of visits: the same time every week or two")
    series.add_argument("--patient", required=True, type=_whole, metavar="ID")
    series.add_argument("--service", required=True, metavar="S")
    given = series.add_mutually_exclusive_group(required=True)
    given.add_argument("--with", dest="practitioner", metavar="PRACTITIONER")
    given.add_argument("--anybody", action="store_true", help="whoever is free at the time")
    series.add_argument("--at", required=True, metavar="TIME", help='the first one, like "2026-11-24 10:00"')
    series.add_argument("--every", required=True, choices=("twice", "week", "2weeks", "month"))
    series.add_argument("--times", required=True, type=_positive, metavar="N", help="how many visits in all")
    series.add_argument("--within", type=_whole, default=60, metavar="M", help="minutes a visit may be moved by (60)")
    series.add_argument("--room", metavar="R", help="the room that is taken where it is free")
    series.add_argument("--comes-again", action="store_true", help="also where the patient's file is retired")
    series.add_argument("--leave-out", action="store_true", help="leave out the dates where nothing fits")
    series.add_argument("--dry-run", action="store_true", help="show the dates and book nothing")
    _json(series)


def _package(verb: Verb) -> None:
    package = verb("package", "a patient's prepaid visits: how many are left, and until when")
    actions = package.add_subparsers(dest="action", metavar="ACTION", required=True, parser_class=Parser)
    for name, words in PACKAGE_ACTIONS.items():
        step = actions.add_parser(name, help=words, description=words[:1].upper() + words[1:])
        _common(step)
        step.add_argument("patient", type=_positive, metavar="ID", help="the number that find gives")
        _json(step)
        if name == "sell":
            step.add_argument("--visits", required=True, type=_positive, metavar="N")
            step.add_argument("--service", metavar="S", help="for this one alone; else for any")
        if name in ("change", "take-back"):
            step.add_argument("--package", type=_positive, metavar="N", help="which; else the one bought last")
        if name == "change":
            step.add_argument("--visits", type=_positive, metavar="N")
        if name in ("sell", "change"):
            step.add_argument("--expires", metavar="DAY", help="the last day it may be used on; never")


def _plan(verb: Verb) -> None:
    plan = verb("plan", "a patient's treatment plan: how often, how many times, how far it has gone")
    actions = plan.add_subparsers(dest="action", metavar="ACTION", required=True, parser_class=Parser)
    for name, words in PLAN_ACTIONS.items():
        step = actions.add_parser(name, help=words, description=words[:1].upper() + words[1:])
        _common(step)
        step.add_argument("patient", type=_positive, metavar="ID", help="the number that find gives")
        _json(step)
        if name in ("start", "change"):
            step.add_argument("--complaint", metavar="TEXT", help="what it is for")
            step.add_argument("--every", choices=("twice", "week", "2weeks", "month"), help="twice: twice a week")
            step.add_argument("--visits", type=_positive, metavar="N", help="how many are planned")
            step.add_argument("--reassess-at", type=_whole, metavar="N", help="look again at visit N; 0: at none")
            step.add_argument("--service", metavar="S")
            given = step.add_mutually_exclusive_group()
            given.add_argument("--with", dest="practitioner", metavar="PRACTITIONER")
            given.add_argument("--anybody", action="store_true", help="with whoever is free")
            step.add_argument("--days", metavar="DAYS", help='when they like to come, like "tue fri"; any: any day')
            step.add_argument("--between", metavar="TIMES", help='like "16:00-18:00"; any: at any time')
            step.add_argument("--from", dest="first_day", metavar="DAY", help="the day from which visits count")
        elif name == "pause":
            step.add_argument("--until", metavar="DAY", help="it runs again from this day on; else until resumed")
        elif name == "end":
            step.add_argument("--outcome", required=True, choices=OUTCOMES)
            step.add_argument("--note", default="", metavar="TEXT")


def _waiting(verb: Verb) -> None:
    walk_in = verb("walk-in", "somebody is here without an appointment: the wait, and their place in the queue")
    walk_in.add_argument("patient", type=_whole, metavar="PATIENT")
    walk_in.add_argument("--service", required=True, metavar="S")
    walk_in.add_argument("--with", dest="practitioner", metavar="PRACTITIONER")
    walk_in.add_argument("--dry-run", action="store_true", help="only say how long they would wait")
    _json(walk_in)
    waiting = verb("waiting", "the waiting list: what became free and who fits it, and everybody who waits")
    _json(waiting)
    actions = waiting.add_subparsers(dest="action", metavar="ACTION", parser_class=Parser)

    def action(name: str, words: str) -> argparse.ArgumentParser:
        made: argparse.ArgumentParser = actions.add_parser(name, help=words, description=words)
        _common(made)
        _json(made)
        return made

    add = action("add", "puts somebody on the list")
    add.add_argument("patient", type=_whole, metavar="PATIENT")
    add.add_argument("line", nargs="*", metavar="LINE", help="when: mon thu before 12 lin until fri urgent; a note")
    add.add_argument("--service", metavar="S", help="what they want one visit more of")
    add.add_argument("--earlier-than", type=_whole, metavar="APPOINTMENT", help="the visit they want earlier")
    change = action("change", "another wish in its place")
    change.add_argument("entry", type=_whole, metavar="ENTRY")
    change.add_argument("line", nargs="*", metavar="LINE")
    remove = action("remove", "takes somebody off the list")
    remove.add_argument("entry", type=_whole, metavar="ENTRY")
    remove.add_argument("--reason", required=True, metavar="TEXT")
    places = action("places", "the places they would take, in the coming days")
    places.add_argument("entry", type=_whole, metavar="ENTRY")
    book = action("book", "gives them a place: moves their later visit, or books one")
    book.add_argument("entry", type=_whole, metavar="ENTRY")
    book.add_argument("--place", type=_whole, default=1, metavar="N", help="as `waiting places` numbers them (1)")


def _block(verb: Verb) -> None:
    block = verb("block", "lunch, meetings, time off: blocks time, or with `remove ID` frees it again")
    block.add_argument("remove", nargs="*", metavar="remove ID", help="take out a block of `agenda` (b12)")
    whose = block.add_mutually_exclusive_group()
    whose.add_argument("--with", dest="practitioner", action="append", metavar="P", help="may be given several times")
    whose.add_argument("--room", metavar="R")
    whose.add_argument("--everyone", action="store_true", help="every practitioner")
    block.add_argument("--from", dest="starts", metavar="TIME", help='like "2026-11-24 12:00"; a day is from midnight')
    block.add_argument("--until", dest="ends", metavar="TIME", help="a time, or the last whole day")
    block.add_argument("--title", default="", metavar="TEXT")
    block.add_argument("--kind", choices=("lunch", "meeting", "time-off"))
    repeated = block.add_mutually_exclusive_group()
    repeated.add_argument("--weeks", type=_positive, default=1, metavar="N", help="the same on so many weeks in a row")
    repeated.add_argument("--repeat-until", metavar="DAY", help="the same on every week until this day")
    _json(block)


def _visit(verb: Verb) -> None:
    visit = verb("visit", "one step of a visit")
    actions = visit.add_subparsers(dest="action", metavar="ACTION", required=True, parser_class=Parser)
    for name, words in VISIT_ACTIONS.items():
        step = actions.add_parser(name, help=words, description=words)
        _common(step)
        step.add_argument("appointment", type=_whole, metavar="APPOINTMENT")
        _json(step)
        if name in ("room", "begin", "needles-in", "move"):
            step.add_argument("--room", metavar="R")
        if name == "needles-in":
            step.add_argument("--areas", metavar="TEXT", help="by area of the body, like: head 2, ears 4, feet 6")
            step.add_argument("--count", type=_whole, metavar="N", required=True, help="of all areas together")
            length = step.add_mutually_exclusive_group()
            length.add_argument("--minutes", type=_whole, metavar="M", help="planned retention")
            length.add_argument("--patient-decides", action="store_true", help="no target, the latest minute holds")
            step.add_argument("--leave-by", metavar="HH:MM", help="the patient must have left by then")
        elif name == "recount":
            given = step.add_mutually_exclusive_group(required=True)
            given.add_argument("--count", type=_whole, metavar="N", help="how many went in")
            given.add_argument("--add", type=_positive, metavar="N", help="so many more")
            given.add_argument("--take", type=_positive, metavar="N", help="so many fewer")
            step.add_argument("--areas", metavar="TEXT", help="the count by area, like: head 2, ears 4, feet 6")
            step.add_argument("--area", metavar="AREA", help="where it was added or taken, if counted by area")
        elif name in ("timer", "timer-off"):
            step.add_argument("--kind", required=True, choices=KINDS)
            if name == "timer":
                step.add_argument("--minutes", type=_whole, metavar="M", help="how long, unless as usual")
                step.add_argument("--confirm", action="store_true", help="it is meant, in spite of the patient's flag")
        elif name in ("extend", "retention"):
            step.add_argument("--minutes", type=_whole, required=True, metavar="M")
        elif name == "needles-out":
            given = step.add_mutually_exclusive_group(required=True)
            given.add_argument("--count", type=_whole, metavar="N")
            given.add_argument("--count-later", action="store_true", help="a faint: out now, the count is owed")
            step.add_argument("--areas", metavar="TEXT", help="the count by area, like: head 2, ears 4, feet 6")
            step.add_argument("--went-in", type=_whole, metavar="N", help="raises a count in that was too low")
            step.add_argument("--kept", type=_whole, default=0, metavar="N", help="left in by plan")
            step.add_argument("--remove-on", metavar="DAY", help="when the ones left in come out (in 3 days)")
            step.add_argument("--told", action="store_true", help="the patient knows about the needles kept")
            step.add_argument("--missing", default="", metavar="TEXT", help="why needles are not accounted for")
            step.add_argument("--by", default="", metavar="NAME", help="the second person who looked")
        elif name in ("cancel", "left", "error"):
            step.add_argument("--reason", default="", metavar="TEXT")
            if name == "cancel":
                step.add_argument("--by", default="", choices=("patient", "clinic"), help="who called it off")
        elif name == "hand-over":
            step.add_argument("--to", required=True, metavar="NAME", help="the practitioner who takes over")
        elif name == "move":
            step.add_argument("--at", metavar="TIME")
            step.add_argument("--with", dest="practitioner", metavar="P")
            step.add_argument("--squeeze", action="store_true")
            step.add_argument("--leave-by", metavar="HH:MM", help="the patient must have left by then")


def _reminding(verb: Verb) -> None:
    recalls = verb("recalls", "whom to call about coming again, why, and what came of calling")
    _json(recalls)
    recalls.add_argument("--limit", type=_limit, default=100, metavar="N")
    actions = recalls.add_subparsers(dest="action", metavar="ACTION", parser_class=Parser)
    for name, words in RECALL_ACTIONS.items():
        action = actions.add_parser(name, help=words, description=words)
        _common(action)
        _json(action)
        action.add_argument("patient", type=_whole, metavar="PATIENT")
        if name == "wait":
            action.add_argument("--until", required=True, metavar="DAY", help="asked again from this day on")
        if name in ("wait", "stop", "not-now"):
            action.add_argument("--reason", default="", required=name != "wait", metavar="TEXT")
        if name == "undo":
            action.add_argument("--contact", type=_whole, required=True, metavar="N", help="as --json numbers them")
    remind = verb("reminders", "whom to remind of their visit, and where that stands; sends nothing without --send")
    remind.add_argument("day", nargs="*", metavar="DAY", help="the day of the visits (the next with anybody booked)")
    done = remind.add_mutually_exclusive_group()
    done.add_argument("--send", action="store_true", help="send the mails; none goes out twice")
    done.add_argument("--to", metavar="FILE", help="write the list with the texts into a CSV file")
    done.add_argument("--message", type=_whole, metavar="APPOINTMENT", help="a message was left")
    done.add_argument("--no-answer", type=_whole, metavar="APPOINTMENT", help="nobody answered")
    done.add_argument(
        "--not-sent", type=_whole, metavar="APPOINTMENT", help="a mail that may have gone did not: one may be sent"
    )
    _json(remind)
    calendar = verb("calendar", "one appointment as an iCalendar file, for the patient's own calendar")
    calendar.add_argument("appointment", type=_whole, metavar="APPOINTMENT")
    calendar.add_argument("--to", required=True, metavar="FILE")


def _closing(verb: Verb) -> None:
    off = verb("off", "a practitioner goes off; whoever is in a room with them goes to a colleague")
    off.add_argument("practitioner", metavar="PRACTITIONER")
    given = off.add_mutually_exclusive_group()
    given.add_argument("--to", metavar="NAME", help="who takes their patients over; nobody: the rooms raise an alarm")
    given.add_argument("--back", action="store_true", help="they are here again")
    close = verb(
        "close", "closes the day; refused with the list while anyone is in a room, has needles in, owes a count"
    )
    close.add_argument("day", nargs="*", metavar="DAY", help="2026-11-24, today, yesterday, tue, 24 nov")
    close.add_argument("--no-shows", action="store_true", help="mark everybody who never came as a no-show")
    close.add_argument("--dry-run", action="store_true", help="show the list and close nothing")
    _json(close)


def _files(verb: Verb) -> None:
    bring = verb("import", "patients (CSV) or appointments (iCalendar); the kind is recognised from the content")
    bring.add_argument("files", nargs="+", metavar="FILE")
    bring.add_argument("--from", dest="first_day", metavar="DAY", help="calendars: first day of the window (today)")
    bring.add_argument("--until", dest="last_day", metavar="DAY", help="calendars: its last day (a year on)")
    bring.add_argument("--dry-run", action="store_true", help="say what would happen, change nothing")
    bring.add_argument("--with", dest="practitioner", metavar="P", help="calendars: whose events these are")
    bring.add_argument("--service", metavar="S", help="calendars: what an event that names no service becomes")
    bring.add_argument("--room", metavar="R", help="calendars: the room of events that name none")
    bring.add_argument(
        "--column", action="append", default=[], metavar="FIELD=HEADER", help="tables: this column holds that field"
    )
    bring.add_argument("--day-first", action="store_true", default=None, help="tables: 03/04/1961 is 3 April")
    _json(bring)
    backup = verb("backup", "a consistent copy of the database, while others write")
    backup.add_argument("file", nargs="?", metavar="FILE")
    restore = verb("restore", "puts a backup back; the present database is kept beside it")
    restore.add_argument("file", metavar="FILE")
    copy = verb("copy", "a whole clinic into a new database, of the same kind or the other, and verified there")
    copy.add_argument("source", metavar="FROM", help="a file or a SQLAlchemy URL, as --db takes it")
    copy.add_argument("target", metavar="TO", help="a file that is not there yet, or an empty database")
    check = verb("check", "verifies the database and the clinic's invariants")
    _json(check)


def _report(verb: Verb) -> None:
    report = verb("report", "a week or a month in numbers: visits, rooms by hour, waiting, no-shows, courses")
    report.add_argument("what", nargs="*", metavar="[week|month] [DAY]", help="this week, unless said otherwise")
    report.add_argument("--csv", metavar="FILE", help="write it as a table into a new file")
    _json(report)


def _paper(verb: Verb) -> None:
    sheets = verb("print", "the day sheet for when the PC does not work, as text or PDF")
    what = sheets.add_subparsers(dest="sheet", metavar="SHEET", required=True, parser_class=Parser)
    for name, words in (
        ("day", "the day sheet: each practitioner's list, each room's, with lines to write in"),
        ("close", "the close of a day: who was seen, every needle, what is left to do, who comes next"),
    ):
        sheet = what.add_parser(name, help=words, description=words)
        _common(sheet)
        sheet.add_argument("day", nargs="*", metavar="DAY", help="2026-11-24, today, tomorrow, tue, +2w, 24 nov")
        sheet.add_argument("--to", metavar="FILE", help="a new file; without it, text is printed here")
        sheet.add_argument("--format", choices=("text", "pdf"), help="text, unless FILE ends in .pdf")
        sheet.add_argument("--columns", type=int, choices=(80, 100), default=80, help="of text: letters in a line (80)")
        _json(sheet)
        if name == "day":
            sheet.add_argument(
                "--beside", action="store_true", help="today's and the next day's, both ways, beside the database"
            )
            sheet.add_argument(
                "--if-older", type=_whole, default=0, metavar="M", help="only if the last are M minutes old"
            )


def _whole(text: str) -> int:
    if not re.fullmatch(r"[+-]?[0-9]{1,40}", text.strip(), re.ASCII):
        raise argparse.ArgumentTypeError("must be a whole number")
    return int(text)


def _positive(text: str) -> int:
    number = _whole(text)
    if number < 1:
        raise argparse.ArgumentTypeError("must be 1 or more")
    return number


def _limit(text: str) -> int:
    return min(_positive(text), MOST_LINES)
