"""The command line: every verb with its options; nothing here does anything."""

from __future__ import annotations

import argparse
from collections.abc import Callable, Iterable, Sequence

from frontdesk import __version__
from frontdesk.cli.arguments import Parser, Verb, Wider, common_options, json_option, limit_of, positive, whole


def parse(arguments: Sequence[str]) -> argparse.Namespace:
    """What a command line says; exits as argparse does where it says nothing, or asks for help.

    Only the verbs that are named in it are made: all of them take longer than to read a day.
    """
    if not {"-h", "--help"}.intersection(arguments):
        try:
            return _parser([verbs for verbs in _VERBS if set(verbs).intersection(arguments)], whole=False).parse_args(
                arguments
            )
        except Wider:
            pass  # said once more by the whole, which knows all there is to choose from
    return build_parser().parse_args(arguments)


def build_parser() -> argparse.ArgumentParser:
    """The whole command line."""
    return _parser(_VERBS, whole=True)


def _parser(groups: Iterable[tuple[str, ...]], *, whole: bool) -> argparse.ArgumentParser:
    parser = Parser(prog="frontdesk", description="The front desk of an acupuncture clinic, in a terminal.")
    parser.is_whole = whole
    parser.add_argument("--version", action="version", version=f"frontdesk {__version__}")
    common_options(parser)
    verbs = parser.add_subparsers(dest="verb", metavar="VERB", parser_class=Parser)

    def verb(name: str, words: str) -> argparse.ArgumentParser:
        made: argparse.ArgumentParser = verbs.add_parser(name, help=words, description=words[:1].upper() + words[1:])
        common_options(made)
        return made

    for group in groups:
        _VERBS[group](verb)
    return parser


def _course(verb: Verb) -> None:
    from frontdesk.cli.course_verbs import package_verb, plan_verb

    plan_verb(verb)
    package_verb(verb)


def _waiting(verb: Verb) -> None:
    from frontdesk.cli.course_verbs import waiting_verb

    waiting_verb(verb)


def _reminding(verb: Verb) -> None:
    from frontdesk.cli.course_verbs import reminding_verbs

    reminding_verbs(verb)


def _screens(verb: Verb) -> None:
    demo = verb("demo", "the dashboard on a made-up clinic in the middle of a working day")
    demo.add_argument("--seed", type=whole, default=1, metavar="N", help="another made-up clinic")
    demo.add_argument("--patients", type=positive, default=400, metavar="N", help="how many patients (400)")
    demo.add_argument("--at", metavar="TIME", help='the clinic\'s time, like "2026-11-23 10:40"')
    shown = demo.add_mutually_exclusive_group()
    shown.add_argument("--no-open", action="store_true", help="only make the database, and print where it is")
    shown.add_argument("--tour", action="store_true", help="a guided tour of five minutes: says what to press next")
    board = verb("board", "the wall board: every room's timer, readable from across the room")
    board.add_argument("--urgent-first", action="store_true", help="the most urgent room first, not the clinic's order")
    board.add_argument("--practitioner", metavar="NAME", help="the rooms with this practitioner's patients")
    board.add_argument(
        "--rooms", metavar="A,B", help="these rooms, or groups of chairs; what is overdue is on each board"
    )
    keys = verb("keys", "every action of the dashboard with its keys on this workstation")
    keys.add_argument("--template", action="store_true", help="print it as a file of keys, to be changed and kept")
    json_option(keys)
    setup = verb("setup", "creates or updates the clinic from a file")
    given = setup.add_mutually_exclusive_group(required=True)
    given.add_argument("file", nargs="?", metavar="FILE.toml")
    given.add_argument("--show", action="store_true", help="print the present set-up as such a file, to be edited")


def _reading(verb: Verb) -> None:
    agenda = verb("agenda", "the day's appointments, in order")
    agenda.add_argument("day", nargs="*", metavar="DAY", help="2026-11-24, tomorrow, tue, +7, 24 nov, next week")
    json_option(agenda)
    rooms = verb("rooms", "every room and its timer, now")
    json_option(rooms)
    find = verb("find", "patient lookup, best match first")
    find.add_argument("text", nargs="+", metavar="TEXT")
    find.add_argument("--limit", type=limit_of, default=20, metavar="N")
    json_option(find)
    patient = verb("patient", "a patient's file: who, flags, intakes, scores, visits; that it was opened is in the log")
    patient.add_argument("patient", type=positive, metavar="ID", help="the number that find gives")
    json_option(patient)
    kept = verb("kept", "needles that patients were let go with on purpose, and the day they come out")
    json_option(kept)
    _one_person(verb)
    log = verb("log", "the audit trail, newest first")
    log.add_argument("--limit", type=limit_of, default=50, metavar="N")
    json_option(log)


def _one_person(verb: Verb) -> None:
    twice = verb("duplicates", "files that are likely one person's, with the reasons")
    twice.add_argument("--limit", type=limit_of, default=50, metavar="N")
    twice.add_argument(
        "--apart", nargs=2, type=whole, metavar=("ID", "ID"), help="these two are two people: list them no more"
    )
    json_option(twice)
    merge = verb("merge", "makes two files of one person one; everything of both is kept")
    merge.add_argument("patient", type=whole, metavar="ID", help="the file that stays")
    merge.add_argument("other", type=whole, metavar="OTHER", help="the file that becomes part of it")
    merge.add_argument("--take", metavar="FIELDS", help="in these the other file is right: given,birth_date")
    json_option(merge)
    record = verb("record", "everything that is kept of a patient, in a JSON file")
    record.add_argument("patient", type=whole, metavar="ID")
    record.add_argument("--to", required=True, metavar="FILE")
    erase = verb("erase", "erases a file that need be kept no longer; visits stay, without a name")
    erase.add_argument("patient", type=whole, metavar="ID")
    erase.add_argument("--name", metavar="NAME", help="the patient's whole name, to say it is meant")
    part = verb("part", "takes the last merge into a file back")
    part.add_argument("patient", type=whole, metavar="ID")
    json_option(part)


def _booking(verb: Verb) -> None:
    slots = verb("slots", "the next free places")
    slots.add_argument("--service", required=True, metavar="S")
    slots.add_argument("--with", dest="practitioner", metavar="PRACTITIONER")
    slots.add_argument("--from", dest="first_day", metavar="DAY")
    slots.add_argument("--days", type=positive, default=14, metavar="N")
    slots.add_argument("--limit", type=limit_of, default=20, metavar="N")
    slots.add_argument("--best", action="store_true", help="of each day first what leaves most room for others")
    slots.add_argument("--leave-by", metavar="HH:MM", help="the patient must have left by then")
    json_option(slots)
    say = verb("say", "books what one line says, like: garcia follow-up lin thu 10:20")
    say.add_argument("line", nargs="+", metavar="LINE")
    say.add_argument("--dry-run", action="store_true", help="show what was understood and whether it fits")
    say.add_argument("--comes-again", action="store_true", help="also where the patient's file is retired")
    json_option(say)
    book = verb("book", "books an appointment")
    book.add_argument("--patient", required=True, type=whole, metavar="ID")
    book.add_argument("--service", required=True, metavar="S")
    book.add_argument("--with", dest="practitioner", required=True, metavar="PRACTITIONER")
    book.add_argument("--at", required=True, metavar="TIME", help='like "2026-11-24 10:00"')
    book.add_argument("--room", metavar="R")
    book.add_argument("--squeeze", action="store_true", help="over the practitioner's time, on purpose")
    book.add_argument("--comes-again", action="store_true", help="also where the patient's file is retired")
    book.add_argument("--retention", type=whole, metavar="M", help="planned retention, as `slots` offers it")
    book.add_argument("--leave-by", metavar="HH:MM", help="the patient must have left by then")
    json_option(book)


def _series(verb: Verb) -> None:
    series = verb("series", "books a course of visits: the same time every week or two")
    series.add_argument("--patient", required=True, type=whole, metavar="ID")
    series.add_argument("--service", required=True, metavar="S")
    given = series.add_mutually_exclusive_group(required=True)
    given.add_argument("--with", dest="practitioner", metavar="PRACTITIONER")
    given.add_argument("--anybody", action="store_true", help="whoever is free at the time")
    series.add_argument("--at", required=True, metavar="TIME", help='the first one, like "2026-11-24 10:00"')
    series.add_argument("--every", required=True, choices=("twice", "week", "2weeks", "month"))
    series.add_argument("--times", required=True, type=positive, metavar="N", help="how many visits in all")
    series.add_argument("--within", type=whole, default=60, metavar="M", help="minutes a visit may be moved by (60)")
    series.add_argument("--room", metavar="R", help="the room that is taken where it is free")
    series.add_argument("--comes-again", action="store_true", help="also where the patient's file is retired")
    series.add_argument("--leave-out", action="store_true", help="leave out the dates where nothing fits")
    series.add_argument("--dry-run", action="store_true", help="show the dates and book nothing")
    json_option(series)


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
    repeated.add_argument("--weeks", type=positive, default=1, metavar="N", help="the same on so many weeks in a row")
    repeated.add_argument("--repeat-until", metavar="DAY", help="the same on every week until this day")
    json_option(block)


def _visit(verb: Verb) -> None:
    from frontdesk.cli.visit_verb import visit_verb

    visit_verb(verb)


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
    json_option(close)


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
    json_option(bring)
    _export(verb)
    backup = verb("backup", "a consistent copy of the database, while others write")
    backup.add_argument("file", nargs="?", metavar="FILE")
    restore = verb("restore", "puts a backup back; the present database is kept beside it")
    restore.add_argument("file", metavar="FILE")
    copy = verb("copy", "a whole clinic into a new database, of the same kind or the other, and verified there")
    copy.add_argument("source", metavar="FROM", help="a file or a SQLAlchemy URL, as --db takes it")
    copy.add_argument("target", metavar="TO", help="a file that is not there yet, or an empty database")
    check = verb("check", "verifies the database and the clinic's invariants")
    json_option(check)


def _export(verb: Verb) -> None:
    export = verb("export", "all patients (CSV; or JSON, HL7 FHIR R4) or the calendar (iCalendar), into a new file")
    what = export.add_subparsers(dest="what", metavar="WHAT", required=True, parser_class=Parser)
    for name, words in (
        ("patients.csv", "everybody on file as a table, with all that `frontdesk import` reads"),
        ("patients.json", "everybody on file as a Bundle of Patient resources (HL7 FHIR R4)"),
        ("calendar.ics", "appointments and blocks (RFC 5545), from today for a year unless said otherwise"),
    ):
        made = what.add_parser(name, help=words, description=words)
        common_options(made)
        made.add_argument("--to", required=True, metavar="FILE", help="a new file")
        if name == "calendar.ics":
            made.add_argument("--from", dest="first_day", metavar="DAY", help="first day (today)")
            made.add_argument("--until", dest="last_day", metavar="DAY", help="last day (a year on)")
        json_option(made)


def _report(verb: Verb) -> None:
    report = verb("report", "a week or a month in numbers: visits, rooms by hour, waiting, no-shows, courses")
    report.add_argument("what", nargs="*", metavar="[week|month] [DAY]", help="this week, unless said otherwise")
    report.add_argument("--csv", metavar="FILE", help="write it as a table into a new file")
    json_option(report)


def _paper(verb: Verb) -> None:
    sheets = verb("print", "the day sheet for when the PC does not work, as text or PDF")
    what = sheets.add_subparsers(dest="sheet", metavar="SHEET", required=True, parser_class=Parser)
    for name, words in (
        ("day", "the day sheet: each practitioner's list, each room's, with lines to write in"),
        ("close", "the close of a day: who was seen, every needle, what is left to do, who comes next"),
    ):
        sheet = what.add_parser(name, help=words, description=words)
        common_options(sheet)
        sheet.add_argument("day", nargs="*", metavar="DAY", help="2026-11-24, today, tomorrow, tue, +7, 24 nov")
        sheet.add_argument("--to", metavar="FILE", help="a new file; without it, text is printed here")
        sheet.add_argument("--format", choices=("text", "pdf"), help="text, unless FILE ends in .pdf")
        sheet.add_argument("--columns", type=int, choices=(80, 100), default=80, help="of text: letters in a line (80)")
        json_option(sheet)
        if name == "day":
            sheet.add_argument(
                "--beside", action="store_true", help="today's and the next day's, both ways, beside the database"
            )
            sheet.add_argument(
                "--if-older", type=whole, default=0, metavar="M", help="only if the last are M minutes old"
            )


_VERBS: dict[tuple[str, ...], Callable[[Verb], None]] = {
    ("demo", "board", "keys", "setup"): _screens,
    ("agenda", "rooms", "find", "patient", "kept", "duplicates", "merge", "record", "erase", "part", "log"): _reading,
    ("slots", "say", "book"): _booking,
    ("series",): _series,
    ("plan", "package"): _course,
    ("block",): _block,
    ("walk-in", "waiting"): _waiting,
    ("visit",): _visit,
    ("recalls", "reminders", "calendar"): _reminding,
    ("off", "close"): _closing,
    ("import", "export", "backup", "restore", "copy", "check"): _files,
    ("print",): _paper,
    ("report",): _report,
}
"""What makes which verbs, in the order of the help."""
