"""A verb that takes long says what it does on a terminal, and nothing where nobody looks."""

from __future__ import annotations

import io
import sys

import pytest

from frontdesk.cli.progress import working


class Terminal(io.StringIO):
    """Standard error as a terminal has it."""

    def isatty(self) -> bool:
        """Somebody looks."""
        return True


def test_what_takes_long_is_said_and_taken_away(monkeypatch: pytest.MonkeyPatch) -> None:
    screen = Terminal()
    monkeypatch.setattr(sys, "stderr", screen)
    with pytest.raises(ValueError, match="in vain"), working("copying\x1b[2J", after_s=0.0):
        while "…" not in screen.getvalue():
            pass
        raise ValueError("in vain")
    assert screen.getvalue() == "copying[2J …\r\x1b[K"


def test_what_is_quick_says_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    screen = Terminal()
    monkeypatch.setattr(sys, "stderr", screen)
    with working("copying", after_s=3600):
        pass
    assert screen.getvalue() == "\r\x1b[K"


def test_nothing_reaches_a_file(capsys: pytest.CaptureFixture[str]) -> None:
    with working("copying", after_s=0.0):
        pass
    assert capsys.readouterr() == ("", "")
