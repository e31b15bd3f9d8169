"""What may stand in the fields of a file, checked alike whatever file it is."""

from __future__ import annotations

from collections.abc import Iterable

from frontdesk.domain.errors import Problem
from frontdesk.text import objection


def one_line(text: str) -> str:
    """Trimmed, with single blanks between its words."""
    return " ".join(text.split())


def text_problems(texts: Iterable[tuple[str, str, int, bool]]) -> list[Problem]:
    """What can't be kept of each field's text: its name, the text, how long it may be, whether it may have lines."""
    problems = []
    for field, text, limit, lines in texts:
        reason = objection(text, limit=limit, lines=lines)
        if reason:
            problems.append(Problem(field, reason))
    return problems
