"""Privacy mode: whether people are named in full now, or so that whoever looks over a shoulder learns nothing.

Asked for by the few properties that say how a person is called and what of their file is shown (`Patient.name`,
`Patient.shown` and their like) instead of being handed through every layout and sentence: what names somebody goes by
those, so no screen written later can forget it. What is stored and logged goes by `Patient.details`, which never hides.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar

from msgspec import Struct, field

HIDDEN = "…"
"""What stands for words that were made while names were shown."""


class Curtain(Struct):
    """One program's privacy mode; whoever has it under their eyes sees every turn of it."""

    drawn: bool = False


_curtain: ContextVar[Curtain] = ContextVar("curtain")


def hang(curtain: Curtain) -> None:
    """What is done from here on, and in tasks begun from here on, goes by this curtain."""
    _curtain.set(curtain)


@contextmanager
def behind(curtain: Curtain) -> Iterator[None]:
    """What is done inside goes by this curtain: for threads and for drawing, whoever asks for it."""
    token = _curtain.set(curtain)
    try:
        yield
    finally:
        _curtain.reset(token)


def is_private() -> bool:
    """Whether nobody may be named now; never where no curtain hangs, as on the command line."""
    curtain = _curtain.get(None)
    return curtain is not None and curtain.drawn


class Words(Struct, frozen=True):
    """Words that may name somebody, kept to be shown later: those made openly are hidden in privacy mode."""

    text: str = ""
    private: bool = field(default_factory=is_private)

    @property
    def may_show(self) -> bool:
        """Whether they may stand on the screen now."""
        return self.private or not is_private()

    @property
    def shown(self) -> str:
        """The words, or a sign that there are some."""
        return self.text if self.may_show or not self.text else HIDDEN
