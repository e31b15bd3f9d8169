"""A terminal gets everything in its order, whether it reads or not; one that is gone is no trouble to anybody."""

from __future__ import annotations

import os
import pty
import threading
import tty
from collections.abc import Iterator
from contextlib import suppress
from types import TracebackType
from typing import IO

import pytest

from frontdesk.ui.writer import Writer

FRAME = "é" + "─" * 30_000 + "\n"
"""More than a terminal takes that nobody reads."""


@pytest.fixture
def terminal() -> Iterator[tuple[int, IO[str]]]:
    """Where what is written can be read, and where it is written."""
    inside, outside = pty.openpty()
    tty.setraw(outside)
    with suppress(OSError), open(outside, "w", encoding="utf-8") as file:
        yield inside, file
    with suppress(OSError):
        os.close(inside)


def read(inside: int, count: int) -> str:
    data = b""
    while len(data) < count and (piece := os.read(inside, 65_536)):
        data += piece
    return data.decode()


def test_what_has_room_is_there_at_once(terminal: tuple[int, IO[str]]) -> None:
    inside, file = terminal
    writer = Writer(file)
    # Its thread was not even started.
    writer.write("\x1b[1mday")
    assert read(inside, 7) == "\x1b[1mday"


@pytest.mark.parametrize("thread_alone", [False, True])
def test_one_that_does_not_read_gets_all_of_it_later(
    terminal: tuple[int, IO[str]], monkeypatch: pytest.MonkeyPatch, thread_alone: bool
) -> None:
    inside, file = terminal
    if thread_alone:
        monkeypatch.setattr(os, "ttyname", lambda _: "/nowhere")
    writer = Writer(file)
    writer.start()
    sent = ["first ", *(f"{number} {FRAME}" for number in range(9)), "last"]
    for text in sent:
        writer.write(text)
    expected = "".join(sent)
    assert read(inside, len(expected.encode())) == expected
    writer.write(" and on")
    assert read(inside, 7) == " and on"
    writer.stop()


def test_one_that_another_program_left_unblocked_gets_all_of_it_too(terminal: tuple[int, IO[str]]) -> None:
    inside, file = terminal
    os.set_blocking(file.fileno(), False)
    writer = Writer(file)
    writer.start()
    sent = [f"{number} {FRAME}" for number in range(9)]
    for text in sent:
        writer.write(text)
    expected = "".join(sent)
    assert read(inside, len(expected.encode())) == expected
    writer.stop()


class Door:
    """A lock that says when somebody comes to it."""

    def __init__(self, came: threading.Event) -> None:
        self._came, self._lock = came, threading.Lock()

    def __enter__(self) -> None:
        if self._lock.locked():
            self._came.set()
        self._lock.acquire()

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        self._lock.release()


def test_an_answer_of_the_thread_that_reads_is_in_no_frame(
    terminal: tuple[int, IO[str]], monkeypatch: pytest.MonkeyPatch
) -> None:
    inside, file = terminal
    writer = Writer(file)
    came, written = threading.Event(), os.write
    monkeypatch.setattr(writer, "_one_by_one", Door(came), raising=False)

    def answer() -> None:
        writer.write("|answer|")
        came.set()

    def half(terminal: int, data: bytes) -> int:
        """Has no room for all, and is then held up until the other thread has written or waits."""
        monkeypatch.setattr(os, "write", written)
        count = written(terminal, data[: len(data) // 2])
        answering.start()
        came.wait()
        return count

    answering = threading.Thread(target=answer)
    monkeypatch.setattr(os, "write", half)
    writer.write("a whole frame")
    writer.start()
    answering.join()
    writer.stop()
    assert read(inside, 21) == "a whole frame|answer|"


def test_a_doubtful_letter_keeps_its_place(terminal: tuple[int, IO[str]]) -> None:
    inside, file = terminal
    writer = Writer(file)
    writer.write("🧑\ud83d|")
    assert read(inside, 15).endswith("\\ud83d|")


def test_one_that_is_gone_is_no_trouble(terminal: tuple[int, IO[str]]) -> None:
    inside, file = terminal
    writer = Writer(file)
    writer.start()
    os.close(inside)
    for _ in range(60):
        writer.write(FRAME)
    writer.stop()
    # What Python still writes of it at the end goes nowhere.
    assert os.path.samestat(os.fstat(file.fileno()), os.stat(os.devnull))
