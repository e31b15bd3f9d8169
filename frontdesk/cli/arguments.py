"""What verbs are made of: the parser that quotes safely, the options of all, and kinds of numbers."""

from __future__ import annotations

import argparse
import re
from collections.abc import Callable
from typing import TYPE_CHECKING, Any, NoReturn

from frontdesk.text import visible_lines

if TYPE_CHECKING:
    from _typeshed import SupportsWrite

MOST_LINES = 1_000_000
"""A `--limit` beyond is as good as this one: nobody has more patients or changes to list."""


Verb = Callable[[str, str], argparse.ArgumentParser]
"""Makes a verb of a name and of what it does in words."""


def json_option(parser: argparse.ArgumentParser) -> None:
    """`--json`."""
    parser.add_argument("--json", action="store_true", help="one JSON document on standard output and nothing else")


def whole(text: str) -> int:
    """A whole number, of as many digits as anybody means."""
    if not re.fullmatch(r"[+-]?[0-9]{1,40}", text.strip(), re.ASCII):
        raise argparse.ArgumentTypeError("must be a whole number")
    return int(text)


def positive(text: str) -> int:
    """One from 1 on."""
    number = whole(text)
    if number < 1:
        raise argparse.ArgumentTypeError("must be 1 or more")
    return number


def limit_of(text: str) -> int:
    """How many lines, however large a number says it."""
    return min(positive(text), MOST_LINES)


class Wider(Exception):
    """What was said can only be answered by the whole command line, not by the part of it that was made."""


class Parser(argparse.ArgumentParser):
    """argparse, with abbreviations off: a script must not break when an option is added.

    With `mixes` words may stand before, between and after the options. One that is not whole has not all verbs.
    What it quotes of the command line is shown without anything that a terminal would obey.
    """

    def __init__(self, **options: Any) -> None:
        super().__init__(**{"allow_abbrev": False, **options})
        self.mixes = False
        self.is_whole = True
        self._is_mixing = False

    def parse_known_args(self, args: Any = None, namespace: Any = None) -> Any:
        """As argparse does; a list of words is not cut short by an option that stands before it."""
        if not self.mixes or self._is_mixing:
            return super().parse_known_args(args, namespace)
        self._is_mixing = True  # what follows comes back here
        try:
            return self.parse_known_intermixed_args(args, namespace)
        finally:
            self._is_mixing = False

    def error(self, message: str) -> NoReturn:
        """Ends the program with what is wrong; of a part raises `Wider` instead."""
        if not self.is_whole:
            raise Wider
        super().error(message)

    def _print_message(self, message: str, file: SupportsWrite[str] | None = None) -> None:
        super()._print_message(visible_lines(message), file)


def common_options(parser: argparse.ArgumentParser) -> None:
    """Those of every verb: which database, and who acts."""
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
