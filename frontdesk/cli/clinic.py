"""Verbs for the clinic's set-up and for its database as a whole."""

from __future__ import annotations

from argparse import Namespace
from pathlib import Path

from frontdesk.cli.common import refuse_password, settings_of, the_desk
from frontdesk.cli.output import document, out
from frontdesk.cli.progress import working
from frontdesk.desk import upkeep
from frontdesk.domain.errors import Refused, Unsound
from frontdesk.exchange.clinic_toml import read_clinic


def setup(options: Namespace) -> None:
    """Creates or updates the clinic from a file, or shows the set-up as such a file."""
    if options.show:
        with the_desk(options) as desk:
            for line in desk.clinic.as_toml().splitlines():
                out(line)
        return
    # Read before the database is opened: a wrong file must not leave one behind that nobody asked for.
    spec = read_clinic(Path(options.file))
    with the_desk(options) as desk:
        result = desk.clinic.setup(spec)
    if not result.changed:
        out("unchanged: the clinic is set up so already")
    for words, names in (
        ("created", result.created),
        ("updated", result.updated),
        ("in use again", result.restored),
        ("retired", result.retired),
        ("removed", result.removed),
    ):
        if names:
            out(f"{words}: {', '.join(names)}")
    for note in result.notes:
        out(f"note: {note}")
    if result.misfits:
        out(f"{len(result.misfits)} booked visits no longer fit; they stay where they are until you move them:")
        for misfit in result.misfits:
            out(f"  {misfit}")


def backup(options: Namespace) -> None:
    """Copies the database while others may write, also one that can't be opened; prints where to."""
    target = Path(options.file) if options.file is not None else None
    try:
        # A copy of what was not there would be false comfort: a scheduled backup may run as another user.
        with the_desk(options, create=False) as desk, working("copying the database"):
            made = desk.upkeep.backup(target)
    except Unsound:
        with working("copying the database as it was found"):
            made = upkeep.backup_as_found(settings_of(options).database, target)
    out(f"backed up to {made}")


def restore(options: Namespace) -> None:
    """Puts a backup back; prints where the database that was replaced is kept."""
    chosen = settings_of(options)
    with working("checking the backup and putting it back"):
        kept = upkeep.restore(Path(options.file), chosen.database, chosen.actor)
    out(f"restored from {options.file}")
    if kept is not None:
        out(f"the database as it was before is kept at {kept}")


def copy(options: Namespace) -> None:
    """Copies a whole clinic into another database."""
    for where in (options.source, options.target):
        refuse_password(where)
    with working("copying the clinic and comparing it"):
        done = upkeep.copy(options.source, options.target, settings_of(options).actor)
    out(f"copied {done.rows} rows from {done.source} to {done.target}; they are the same there")


def check(options: Namespace) -> None:
    """Verifies the database, also one that can't be opened; raises `Refused` when something is wrong with it."""
    advice = "mend what is named, or restore a backup with `frontdesk restore FILE`"
    try:
        with the_desk(options) as desk, working("checking"):
            problems = desk.upkeep.check()
    except Unsound as error:
        problems, advice = upkeep.check_as_found(settings_of(options).database), error.reason
    if options.json:
        document({"ok": not problems, "problems": list(problems)})
    else:
        for problem in problems:
            out(problem)
    if problems:
        raise Refused(f"{'one thing is' if len(problems) == 1 else f'{len(problems)} things are'} wrong: {advice}")
    if not options.json:
        out("everything checked is sound")
