"""Opens the dashboard in a terminal: the one function the command line needs of `ui`.

Import this module, not `app`: `open_dashboard` prepares the environment before Textual is imported.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from frontdesk.config import Workstation
from frontdesk.ui.environment import lean, prepare

if TYPE_CHECKING:
    from frontdesk.desk.open import Desk
    from frontdesk.domain.wall import Wall
    from frontdesk.ui.keymap import KeyFile
    from frontdesk.ui.paper_keeper import Start

Keep = Callable[[Workstation], None]


def terminal_trouble() -> str | None:
    """Why a dashboard can't be shown here, in one line that says what to use instead; None when it can.

    Textual draws on standard error and reads standard input.
    """
    inside = sys.__stdin__ is not None and sys.__stdin__.isatty()
    outside = sys.__stderr__ is not None and sys.__stderr__.isatty()
    if not (inside and outside):
        return "the dashboard needs a terminal; without one, use `frontdesk agenda` or `frontdesk rooms`"
    if os.environ.get("TERM") == "dumb":
        return "the terminal calls itself dumb (TERM); use `frontdesk agenda` or `frontdesk rooms`"
    encoding = (getattr(sys.__stderr__, "encoding", "") or "").lower().replace("-", "")
    if encoding != "utf8":
        return f"the terminal's encoding is {encoding or 'unknown'}; set LANG=C.UTF-8, or PYTHONUTF8=1"
    return None


def _own_keys(path: Path) -> KeyFile | None:
    """What the file of keys says; None where there is none."""
    try:
        path.stat()
    except FileNotFoundError:
        return None
    except OSError:
        pass  # it is there and can't be read, which is told as all that is wrong with it
    from frontdesk.ui.keymap import read_key_file

    return read_key_file(path)


def open_dashboard(
    open_desk: Callable[[], Desk],
    start: str = "day",
    wall: Callable[[Desk], Wall] | None = None,
    workstation: Workstation | None = None,
    keep: Keep | None = None,
    drafts: Path | None = None,
    paper: Start | None = None,
    demo: Callable[[], int] | None = None,
    key_file: Path | None = None,
    *,
    look: str = "",
    tour: bool = False,
) -> int:
    """Runs the dashboard until it is closed; returns the exit status.

    `wall` says what a wall board is for, `workstation` how it sounds and looks; `keep` writes down what is changed of
    that; `look` is shown in place of the workstation's own and not kept; `drafts` is the folder for forms that are half
    typed; `paper` starts what writes the day sheet; `demo` opens the demo clinic in place of an empty database, for
    whoever asks for it there; `key_file` has keys of one's own. With `tour` it says what to press next.
    """
    prepare()
    with lean():
        from frontdesk.ui.mended import mend

        mend()
        from frontdesk.ui.app import FrontdeskApp
    from frontdesk import crash
    from frontdesk.ui.leaving import leave_soon
    from frontdesk.ui.screens.all import screens

    crash.install_hooks()
    habits = workstation or Workstation()
    kind = FrontdeskApp
    if tour:
        from frontdesk.ui.tour.app import TourApp

        kind = TourApp
    app = kind(
        open_desk,
        screens(),
        start,
        wall,
        workstation=habits,
        look=look,
        keep=keep,
        drafts=drafts,
        paper=paper,
        can_demo=demo is not None,
        key_file=None if key_file is None else _own_keys(key_file),
    )
    app.run(mouse=False)
    if app.wants_demo and demo is not None:
        return demo()
    status = app.return_code or 0
    leave_soon(status)
    return status
