"""Verbs that open screens: the dashboard, the demo clinic, the wall board."""

from __future__ import annotations

import os
import subprocess
import sys
from argparse import Namespace
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from frontdesk.cli.common import named_database, settings_of
from frontdesk.cli.output import out
from frontdesk.config import (
    BadSetting,
    Workstation,
    drafts_folder,
    keep_workstation,
    key_file,
    look_of_this_run,
    read_workstation,
    workstation_file,
)
from frontdesk.domain.errors import Refused

if TYPE_CHECKING:
    from collections.abc import Callable

    from frontdesk.desk.open import Desk
    from frontdesk.domain.wall import Wall


def open_dashboard(options: Namespace) -> int:
    """The dashboard on the clinic's database."""
    return _open(options, "day")


def board(options: Namespace) -> int:
    """The wall board."""
    part = options.practitioner is not None or options.rooms is not None or options.urgent_first
    chosen = partial(_wall, options.practitioner, options.rooms, options.urgent_first)
    return _open(options, "board", chosen if part else None)


def _wall(practitioner: str | None, rooms: str | None, urgent_first: bool, desk: Desk) -> Wall:
    from frontdesk.desk.walls import wall_of

    return wall_of(desk.clinic.get(), practitioner, rooms, urgent_first=urgent_first)


def _open(options: Namespace, start: str, wall: Callable[[Desk], Wall] | None = None) -> int:
    from frontdesk.ui.run import open_dashboard, terminal_trouble

    trouble = terminal_trouble()
    if trouble:
        raise Refused(trouble)
    chosen = settings_of(options)
    workstation, keep, look = _workstation()
    return open_dashboard(
        partial(_desk, chosen.database, chosen.actor),
        start,
        wall,
        workstation,
        keep,
        drafts_folder(),
        partial(write_paper, chosen.database, chosen.actor),
        None if start == "board" else partial(_demo_instead, options),
        key_file(),
        look=look,
    )


def _demo_instead(options: Namespace) -> int:
    """The demo clinic as `frontdesk demo` opens it, in a database of its own that is gone afterwards."""
    from frontdesk.cli.parser import parse

    chosen = parse(["demo"])
    chosen.actor = getattr(options, "actor", None)
    return demo(chosen)


def _workstation() -> tuple[Workstation, Callable[[Workstation], None], str]:
    """The settings of this PC, what keeps them, and the look that this one run has instead of theirs."""
    path = workstation_file()
    try:
        return read_workstation(path), partial(keep_workstation, path), look_of_this_run()
    except BadSetting as error:
        raise Refused(str(error)) from None


def write_paper(database: str, actor: str, minutes: int) -> subprocess.Popen[str]:
    """Starts `frontdesk print day --beside`; a URL may hold a password, so it is in no command line."""
    return subprocess.Popen(
        [sys.executable, "-P", "-m", "frontdesk", "print", "day", "--beside", "--if-older", f"{minutes}"],
        env={**os.environ, "FRONTDESK_DB": database, "FRONTDESK_USER": actor},
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.PIPE,
        text=True,
    )


def _desk(database: str, actor: str) -> Desk:
    # Imported when called, in a thread after the first paint: it takes longer to load than the frame to draw.
    from frontdesk.desk.open import open_desk

    return open_desk(database, actor)


def _desk_of_the_tour(database: str, actor: str) -> Desk:
    from frontdesk.clock import HurriedClock, SystemClock
    from frontdesk.desk.open import open_desk

    return open_desk(database, actor, clock=lambda offset_ms: HurriedClock(SystemClock(offset_ms)))


def demo(options: Namespace) -> int:
    """Makes a clinic in the middle of a working day and opens it, or with `--no-open` says where it is."""
    import shutil
    import tempfile

    from frontdesk.cli.progress import working
    from frontdesk.demo import build_demo, demo_moment
    from frontdesk.ui.run import open_dashboard, terminal_trouble

    if not options.no_open and (trouble := terminal_trouble()):
        raise Refused(trouble)
    habits = None if options.no_open else _workstation()
    moment = demo_moment(options.at)
    named = named_database(options)
    folder = tempfile.mkdtemp(prefix="frontdesk-demo-") if named is None else None
    where = str(named) if folder is None else str(Path(folder) / "demo.db")
    try:
        with working("the demo clinic is being made"):
            build_demo(where, seed=options.seed, patients=options.patients, at=moment, quiet=options.tour)
        if habits is None:
            out(where)
            folder = None  # it is there to be used
            return 0
        workstation, keep, look = habits
        actor = settings_of(options).actor
        opener = _desk_of_the_tour if options.tour else _desk
        return open_dashboard(
            partial(opener, where, actor),
            workstation=workstation,
            keep=keep,
            look=look,
            paper=partial(write_paper, where, actor),
            key_file=key_file(),
            tour=options.tour,
        )
    finally:
        if folder:
            shutil.rmtree(folder, ignore_errors=True)
