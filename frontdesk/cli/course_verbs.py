"""The verbs of a course of care, with their options: packages, plans, the waiting list, reminders and recalls."""

from __future__ import annotations

from argparse import ArgumentParser
from collections.abc import Iterator, Mapping

from frontdesk.cli.actions import OUTCOMES, PACKAGE_ACTIONS, PLAN_ACTIONS, RECALL_ACTIONS
from frontdesk.cli.arguments import Parser, Verb, common_options, json_option, limit_of, positive, whole


def package_verb(verb: Verb) -> None:
    """Visits that were paid for together."""
    package = verb("package", "a patient's prepaid visits: how many are left, and until when")
    for name, step in _of_a_patient(package, PACKAGE_ACTIONS):
        if name == "sell":
            step.add_argument("--visits", required=True, type=positive, metavar="N")
            step.add_argument("--service", metavar="S", help="for this one alone; else for any")
        if name in ("change", "take-back"):
            step.add_argument("--package", type=positive, metavar="N", help="which; else the one bought last")
        if name == "change":
            step.add_argument("--visits", type=positive, metavar="N")
        if name in ("sell", "change"):
            step.add_argument("--expires", metavar="DAY", help="the last day it may be used on; never")


def plan_verb(verb: Verb) -> None:
    """A patient's plan."""
    plan = verb("plan", "a patient's treatment plan: how often, how many times, how far it has gone")
    for name, step in _of_a_patient(plan, PLAN_ACTIONS):
        if name in ("start", "change"):
            step.add_argument("--complaint", metavar="TEXT", help="what it is for")
            step.add_argument("--every", choices=("twice", "week", "2weeks", "month"), help="twice: twice a week")
            step.add_argument("--visits", type=positive, metavar="N", help="how many are planned")
            step.add_argument("--reassess-at", type=whole, metavar="N", help="look again at visit N; 0: at none")
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


def waiting_verb(verb: Verb) -> None:
    """Who wants to come earlier, or at all."""
    walk_in = verb("walk-in", "somebody is here without an appointment: the wait, and their place in the queue")
    walk_in.add_argument("patient", type=whole, metavar="PATIENT")
    walk_in.add_argument("--service", required=True, metavar="S")
    walk_in.add_argument("--with", dest="practitioner", metavar="PRACTITIONER")
    walk_in.add_argument("--dry-run", action="store_true", help="only say how long they would wait")
    json_option(walk_in)
    waiting = verb("waiting", "the waiting list: what became free and who fits it, and everybody who waits")
    json_option(waiting)
    actions = waiting.add_subparsers(dest="action", metavar="ACTION", parser_class=Parser)

    def action(name: str, words: str) -> Parser:
        made: Parser = actions.add_parser(name, help=words, description=words)
        common_options(made)
        json_option(made)
        return made

    add = action("add", "puts somebody on the list")
    add.mixes = True
    add.add_argument("patient", type=whole, metavar="PATIENT")
    add.add_argument("line", nargs="*", metavar="LINE", help="when: mon thu before 12 lin until fri urgent; a note")
    add.add_argument("--service", metavar="S", help="what they want one visit more of")
    add.add_argument("--earlier-than", type=whole, metavar="APPOINTMENT", help="the visit they want earlier")
    change = action("change", "another wish in its place")
    change.mixes = True
    change.add_argument("entry", type=whole, metavar="ENTRY")
    change.add_argument("line", nargs="*", metavar="LINE")
    remove = action("remove", "takes somebody off the list")
    remove.add_argument("entry", type=whole, metavar="ENTRY")
    remove.add_argument("--reason", required=True, metavar="TEXT")
    places = action("places", "the places they would take, in the coming days")
    places.add_argument("entry", type=whole, metavar="ENTRY")
    book = action("book", "gives them a place: moves their later visit, or books one")
    book.add_argument("entry", type=whole, metavar="ENTRY")
    book.add_argument("--place", type=whole, default=1, metavar="N", help="as `waiting places` numbers them (1)")


def reminding_verbs(verb: Verb) -> None:
    """Who is reminded of tomorrow, and who is called since they stay away."""
    recalls = verb("recalls", "whom to call about coming again, why, and what came of calling")
    json_option(recalls)
    recalls.add_argument("--limit", type=limit_of, default=100, metavar="N")
    actions = recalls.add_subparsers(dest="action", metavar="ACTION", parser_class=Parser)
    for name, words in RECALL_ACTIONS.items():
        action = actions.add_parser(name, help=words, description=words)
        common_options(action)
        json_option(action)
        action.add_argument("patient", type=whole, metavar="PATIENT")
        if name == "wait":
            action.add_argument("--until", required=True, metavar="DAY", help="asked again from this day on")
        if name in ("wait", "stop", "not-now"):
            action.add_argument("--reason", default="", required=name != "wait", metavar="TEXT")
        if name == "undo":
            action.add_argument(
                "--contact", type=whole, metavar="N", help="as --json numbers them; else the last of this patient"
            )
    remind = verb("reminders", "whom to remind of their visit, and where that stands; sends nothing without --send")
    remind.add_argument("day", nargs="*", metavar="DAY", help="the day of the visits (the next with anybody booked)")
    done = remind.add_mutually_exclusive_group()
    done.add_argument("--send", action="store_true", help="send the mails; none goes out twice")
    done.add_argument("--to", metavar="FILE", help="write the list with the texts into a CSV file")
    done.add_argument("--message", type=whole, metavar="APPOINTMENT", help="a message was left")
    done.add_argument("--no-answer", type=whole, metavar="APPOINTMENT", help="nobody answered")
    done.add_argument(
        "--not-sent", type=whole, metavar="APPOINTMENT", help="a mail that may have gone did not: one may be sent"
    )
    json_option(remind)
    calendar = verb("calendar", "one appointment as an iCalendar file, for the patient's own calendar")
    calendar.add_argument("appointment", type=whole, metavar="APPOINTMENT")
    calendar.add_argument("--to", required=True, metavar="FILE", help="a new file")
    json_option(calendar)


def _of_a_patient(verb: ArgumentParser, actions: Mapping[str, str]) -> Iterator[tuple[str, ArgumentParser]]:
    """What can be done, each a verb beneath another and with the patient whose it is."""
    beneath = verb.add_subparsers(dest="action", metavar="ACTION", required=True, parser_class=Parser)
    for name, words in actions.items():
        step = beneath.add_parser(name, help=words, description=words[:1].upper() + words[1:])
        common_options(step)
        step.add_argument("patient", type=positive, metavar="ID", help="the number that find gives")
        json_option(step)
        yield name, step
