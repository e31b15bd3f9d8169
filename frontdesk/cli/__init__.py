"""The command `frontdesk`: verbs, exit codes, JSON.

Exit codes: 0 done; 1 refused, with the reason in one line on standard error; 2 wrong usage. Never a traceback.
"""

from __future__ import annotations

import gc
import sys
from collections.abc import Callable, Sequence
from contextlib import suppress
from importlib import import_module

from frontdesk.cli.output import finish, prepare_streams
from frontdesk.cli.parser import parse
from frontdesk.domain.errors import Invalid, Refused
from frontdesk.text import visible

REFUSED = 1
INTERRUPTED = 130
ENDED_BY_SIGNAL = 128
"""Exit codes from here on: a signal, or a terminal that is gone; nobody reads what is left to say."""

_RARELY = (20_000, 20, 20)
"""Objects made, and collections of the younger ones, between two collections of garbage."""
_VERBS = {
    None: "dashboard:open_dashboard",
    "demo": "dashboard:demo",
    "board": "dashboard:board",
    "keys": "keys:keys",
    "setup": "clinic:setup",
    "backup": "clinic:backup",
    "restore": "clinic:restore",
    "check": "clinic:check",
    "copy": "clinic:copy",
    "agenda": "day:agenda",
    "rooms": "day:rooms",
    "kept": "reading:kept",
    "find": "finding:find",
    "patient": "patient:patient",
    "log": "reading:log",
    "duplicates": "duplicates:duplicates",
    "merge": "duplicates:merge",
    "part": "duplicates:part",
    "record": "records:record",
    "erase": "records:erase",
    "slots": "booking:slots",
    "book": "booking:book",
    "say": "booking:say",
    "series": "series:series",
    "plan": "plan:plan",
    "package": "package:package",
    "block": "block:block",
    "waiting": "waiting:waiting",
    "walk-in": "walk_in:walk_in",
    "visit": "visit:visit",
    "recalls": "recalls:recalls",
    "reminders": "reminders:reminders",
    "calendar": "reminders:calendar",
    "off": "closing:off",
    "close": "closing:close",
    "import": "importing:import_files",
    "export": "exporting:export",
    "print": "printing:print_sheet",
    "report": "report:report",
}
"""Where each verb lives: loaded when it is used, so that none pays for the others."""


def main(arguments: Sequence[str] | None = None) -> int:
    """Runs one verb and returns the exit code."""
    prepare_streams()
    # Loading a library makes no garbage, and looking for some each 700 objects is a seventh of a short verb's time.
    gc.set_threshold(*_RARELY)
    try:
        options = parse(sys.argv[1:] if arguments is None else arguments)
        module, _, function = _VERBS[options.verb].partition(":")
        run: Callable[[object], int | None] = getattr(import_module(f"frontdesk.cli.{module}"), function)
        code = run(options) or 0
        if code < ENDED_BY_SIGNAL:
            finish()
        return code
    except Invalid as error:
        for problem in error.problems:
            _complain(str(problem))
        return REFUSED
    except Refused as error:
        _complain(error.line)
        return REFUSED
    except KeyboardInterrupt:
        _complain("interrupted; nothing half-done was kept")
        return INTERRUPTED
    except BrokenPipeError:
        return 0  # the reader (`head`, a closed pager) has seen enough
    except Exception as error:
        from frontdesk import crash

        print(crash.record(error), file=sys.stderr)
        return REFUSED


def _complain(reason: str) -> None:
    with suppress(OSError):  # the terminal is gone; the exit code still says it
        print(f"frontdesk: {visible(reason)}", file=sys.stderr)
