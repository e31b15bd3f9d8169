"""Textual calls the handler of a message in every class of a widget, the class's own first."""

from __future__ import annotations

import ast
from pathlib import Path

import frontdesk.ui

UI = Path(frontdesk.ui.__file__).parent
NO_HANDLERS = {
    "on_event",  # which dispatches, and is dispatched to by nobody
    "_on_timer_update",  # which a timer calls
}


def test_no_handler_calls_the_one_above_it_which_is_called_anyway() -> None:
    """Else that ran twice: a form began two timers, each dialog looked for its first field once more."""
    twice = [
        f"{path.relative_to(UI)}:{call.lineno}: {call.func.attr}"
        for path in sorted(UI.rglob("*.py"))
        for call in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(call, ast.Call)
        and isinstance(call.func, ast.Attribute)
        and call.func.attr.startswith(("on_", "_on_"))
        and call.func.attr not in NO_HANDLERS
        and isinstance(call.func.value, ast.Call)
        and isinstance(call.func.value.func, ast.Name)
        and call.func.value.func.id == "super"
    ]
    assert twice == []
