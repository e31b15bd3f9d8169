"""What dialogs leave behind is collected in a pause, and not before there is one."""

from __future__ import annotations

import gc
from collections.abc import Callable, Iterator
from weakref import ref

import pytest

from frontdesk.ui.environment import started
from frontdesk.ui.sweeping import OFTEN, PAUSE_S, Sweeping


class Web:
    """Something that holds itself, as a dialog and its widgets do."""

    def __init__(self) -> None:
        self.itself = self


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
    asked: list[tuple[float, Callable[[], None]]] = []
    sweeping = Sweeping(
        lambda after, look: asked.append((after, look)),
        lambda: True,
        lambda: now[0],
        give_back=lambda: given.append(now[0]),
    )
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
    sweeping.tick()
    ((after, look),) = asked
    assert after == pytest.approx(PAUSE_S / 2), "the pause is waited for, once"
    now[0] += after / 2
    sweeping.touched()
    now[0] += after / 2
    look()
    assert left() is not None, "a key came"
    now[0] += PAUSE_S
    sweeping.tick()
    assert left() is None
    assert given == now


@pytest.mark.parametrize("younger", [0, 1])
def test_who_presses_two_keys_a_second_pauses_too(younger: int) -> None:
    gc.enable()
    gc.set_threshold(*OFTEN)
    now, asked = [0.0], []
    sweeping = Sweeping(
        lambda after, look: asked.append((after, look)), lambda: True, lambda: now[0], give_back=lambda: None
    )
    old = Web()
    left = ref(old)
    gc.collect(younger)  # as after a thousand objects, or five thousand
    del old
    now[0] = 10.0
    sweeping.touched()
    now[0] += PAUSE_S / 8
    sweeping.tick()
    now[0] += asked[0][0]
    asked[0][1]()
    assert left() is None


def test_a_verbs_rare_collections_end_with_the_first_frame() -> None:
    gc.disable()
    gc.set_threshold(1_000_000, 1_000, 1_000)
    started()
    assert gc.isenabled()
    assert gc.get_threshold() == OFTEN


def test_what_is_open_while_it_is_swept_is_looked_through_again() -> None:
    gc.enable()
    gc.set_threshold(*OFTEN)
    now, bare = [0.0], [False]
    sweeping = Sweeping(lambda after, look: None, lambda: bare[0], lambda: now[0], give_back=lambda: None)
    dialog = Web()
    left = ref(dialog)
    gc.collect(1)
    now[0] += 10.0
    sweeping.tick()
    bare[0] = True
    del dialog
    gc.collect(1)
    now[0] += 10.0
    sweeping.tick()
    assert left() is None
