"""The verb that shows every action with its keys on this workstation, and a file to change them by."""

from __future__ import annotations

import sys
from argparse import Namespace

from frontdesk.cli.output import document, out, table
from frontdesk.config import key_file
from frontdesk.ui.actions.action import PLACES
from frontdesk.ui.key_names import key_words
from frontdesk.ui.keymap import read_key_file, template


def keys(options: Namespace) -> int:
    """Prints the table, or the template; what is wrong with the file goes to standard error, and the status is 1."""
    found = read_key_file(key_file())
    if options.template:
        for row in template(found.actions).splitlines():
            out(row)
    elif options.json:
        rows = [
            {
                "action": one.id,
                "keys": [key_words(key) for key in one.keys],
                "where": list(one.places),
                "what": one.help,
            }
            for one in found.actions
        ]
        document(rows)
    else:
        out(f"Keys of your own are read from {found.path}; `frontdesk keys --template` writes one to begin with.")
        out("")
        table(
            [
                [
                    one.id,
                    " ".join(key_words(key) for key in one.keys) or "–",
                    ", ".join(PLACES[at] for at in one.places),
                ]
                for one in found.actions
            ]
        )
    for line in found.complaints:
        print(f"frontdesk: {line}", file=sys.stderr)
    return 1 if found.wrong else 0
