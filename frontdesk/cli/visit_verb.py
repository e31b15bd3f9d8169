"""The steps of a visit on the command line, and what each may be given."""

from __future__ import annotations

from argparse import ArgumentParser
from collections.abc import Callable

from frontdesk.cli.actions import KINDS, VISIT_ACTIONS
from frontdesk.cli.arguments import Parser, Verb, common_options, json_option, positive, whole


def visit_verb(verb: Verb) -> None:
    """`frontdesk visit`: every step is a verb of its own beneath it."""
    visit = verb("visit", "one step of a visit")
    actions = visit.add_subparsers(dest="action", metavar="ACTION", required=True, parser_class=Parser)
    for name, words in VISIT_ACTIONS.items():
        step = actions.add_parser(name, help=words, description=words)
        common_options(step)
        step.add_argument("appointment", type=whole, metavar="APPOINTMENT")
        json_option(step)
        for options in _OPTIONS_OF.get(name, ()):
            options(step)


def _room(step: ArgumentParser) -> None:
    step.add_argument("--room", metavar="R")


def _leave_by(step: ArgumentParser) -> None:
    step.add_argument("--leave-by", metavar="HH:MM", help="the patient must have left by then")


def _reason(step: ArgumentParser) -> None:
    step.add_argument("--reason", default="", metavar="TEXT")


def _cancel(step: ArgumentParser) -> None:
    step.add_argument("--by", default="", choices=("patient", "clinic"), help="who called it off")


def _minutes(step: ArgumentParser) -> None:
    step.add_argument("--minutes", type=whole, required=True, metavar="M")


def _kind(step: ArgumentParser) -> None:
    step.add_argument("--kind", required=True, choices=KINDS)


def _timer(step: ArgumentParser) -> None:
    step.add_argument("--minutes", type=whole, metavar="M", help="how long, unless as usual")
    step.add_argument("--confirm", action="store_true", help="it is meant, in spite of the patient's flag")


def _hand_over(step: ArgumentParser) -> None:
    step.add_argument("--to", required=True, metavar="NAME", help="the practitioner who takes over")


def _move(step: ArgumentParser) -> None:
    step.add_argument("--at", metavar="TIME")
    step.add_argument("--with", dest="practitioner", metavar="P")
    step.add_argument("--squeeze", action="store_true")


def _needles_in(step: ArgumentParser) -> None:
    step.add_argument("--areas", metavar="TEXT", help="by area of the body, like: head 2, ears 4, feet 6")
    step.add_argument("--count", type=whole, metavar="N", required=True, help="of all areas together")
    length = step.add_mutually_exclusive_group()
    length.add_argument("--minutes", type=whole, metavar="M", help="planned retention")
    length.add_argument("--patient-decides", action="store_true", help="no target, the latest minute holds")


def _recount(step: ArgumentParser) -> None:
    given = step.add_mutually_exclusive_group(required=True)
    given.add_argument("--count", type=whole, metavar="N", help="how many went in")
    given.add_argument("--add", type=positive, metavar="N", help="so many more")
    given.add_argument("--take", type=positive, metavar="N", help="so many fewer")
    step.add_argument("--areas", metavar="TEXT", help="the count by area, like: head 2, ears 4, feet 6")
    step.add_argument("--area", metavar="AREA", help="where it was added or taken, if counted by area")


def _needles_out(step: ArgumentParser) -> None:
    given = step.add_mutually_exclusive_group(required=True)
    given.add_argument("--count", type=whole, metavar="N")
    given.add_argument("--count-later", action="store_true", help="a faint: out now, the count is owed")
    step.add_argument("--areas", metavar="TEXT", help="the count by area, like: head 2, ears 4, feet 6")
    step.add_argument("--went-in", type=whole, metavar="N", help="raises a count in that was too low")
    step.add_argument("--kept", type=whole, default=0, metavar="N", help="left in by plan")
    step.add_argument("--remove-on", metavar="DAY", help="when the ones left in come out (in 3 days)")
    step.add_argument("--told", action="store_true", help="the patient knows about the needles kept")
    step.add_argument("--missing", default="", metavar="TEXT", help="why needles are not accounted for")
    step.add_argument("--by", default="", metavar="NAME", help="the second person who looked")


_OPTIONS_OF: dict[str, tuple[Callable[[ArgumentParser], None], ...]] = {
    "room": (_room,),
    "begin": (_room,),
    "needles-in": (_room, _needles_in, _leave_by),
    "recount": (_recount,),
    "timer": (_kind, _timer),
    "timer-off": (_kind,),
    "extend": (_minutes,),
    "retention": (_minutes,),
    "needles-out": (_needles_out,),
    "cancel": (_reason, _cancel),
    "left": (_reason,),
    "error": (_reason,),
    "hand-over": (_hand_over,),
    "move": (_room, _move, _leave_by),
}
"""What each step of a visit may be given besides the number of its appointment."""
