"""What dialogs leave behind is collected in a pause, and not before there is one."""

from __future__ import annotations

import gc
import os
import platform
from collections.abc import Iterator
from pathlib import Path
from weakref import ref

import pytest

from frontdesk.ui.environment import started
from frontdesk.ui.sweeping import OFTEN, PAUSE_S, Sweeping, give_back


class Web:
    """Something that holds itself, as a dialog and its widgets do."""

    def __init__(self) -> None:
        self.itself = self


def resident() -> int:
    """Bytes of memory that this process has."""
    return int(Path("/proc/self/statm").read_text().split()[1]) * os.sysconf("SC_PAGESIZE")


@pytest.fixture(autouse=True)
def as_it_was() -> Iterator[None]:
    before, on = gc.get_threshold(), gc.isenabled()
    yield
    gc.set_threshold(*before)
    if on:
        gc.enable()
    else:
        gc.disable()


def test_swept_in_a_pause() -> None:
    gc.enable()
    gc.set_threshold(*OFTEN)
    now = [0.0]
    given: list[float] = []
    sweeping = Sweeping(lambda: now[0], give_back=lambda: given.append(now[0]))
    old = Web()
    left = ref(old)
    gc.collect(1)  # it is among the old ones now, which only a whole collection looks at
    del old
    now[0] = 10.0
    sweeping.touched()
    now[0] += PAUSE_S / 2
    sweeping.tick()
    assert left() is not None
    assert not given
    now[0] += PAUSE_S
    sweeping.tick()
    assert left() is None
    assert given == now


@pytest.mark.skipif(not platform.libc_ver()[0], reason="glibc alone gives back what lies between")
def test_what_is_free_between_what_is_in_use_goes_back_to_the_system() -> None:
    many: list[bytes | None] = [bytes(3_000) for _ in range(20_000)]
    full = resident()
    for place in range(len(many)):
        if place % 100:
            many[place] = None
    give_back()
    assert full - resident() > 0.8 * 20_000 * 3_000


def test_a_verbs_rare_collections_end_with_the_first_frame() -> None:
    gc.disable()
    gc.set_threshold(1_000_000, 1_000, 1_000)
    started()
    assert gc.isenabled()
    assert gc.get_threshold() == OFTEN
