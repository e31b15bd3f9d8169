"""Every key after which something is typed, and letters in the same write: they stand in what it opened, all of them.

None is lost and none acts as a key of the screen that was there before. FRONTDESK_RUSHES says how often each is tried.
"""

from __future__ import annotations

import os
import string
from collections.abc import Iterator

import pytest

from tests.foreign import Foreign
from tests.program.pty import PATIENTLY, Program
from tests.thorough import thorough

pytestmark = [pytest.mark.pty, thorough]

TRIES = int(os.environ.get("FRONTDESK_RUSHES", "1"))
HOT = {
    "1": ["/", "ctrl+p", ":", "g", "N", "w", "W", "L", "E", "O"],
    "2": ["/", "ctrl+p", ":", "N", "W"],
    "3": ["/", "ctrl+p", ":", "N", "H", "E", "O"],
    "4": ["/", "ctrl+p", ":", "w"],
    "5": ["/", "ctrl+p", ":", "n", "N", "W", "e", "E"],
    "6": ["/", "ctrl+p", ":", "g", "e", "E"],
    "7": ["/", "ctrl+p", ":", "g", "e"],
    "C": ["/", "ctrl+p", ":", "g", "p"],
}
"""What opens a place to type in, by the key of the screen it is pressed on."""
CHANGES = "SELECT count(*) FROM audit WHERE what NOT LIKE 'alarm.%' AND what <> 'patient.open'"


@pytest.fixture(params=["legacy", "kitty"])
def program(request: pytest.FixtureRequest, demo_where: str) -> Iterator[Program]:
    with Program("-c", PATIENTLY, "--db", demo_where, size=(120, 40), kitty=request.param == "kitty") as program:
        program.wait_for("Dr Lin")
        yield program


def words() -> Iterator[str]:
    """Of letters that are keys on every screen, never twice the same."""
    while True:
        for one in string.ascii_lowercase:
            for other in string.ascii_lowercase:
                yield f"qxz{one}{other}"


def test_letters_after_a_hot_key_stand_in_what_it_opened(program: Program, demo_where: str) -> None:
    fresh = words()
    with Foreign(demo_where) as other:
        before = other.execute(CHANGES)
        for place, hot_keys in HOT.items():
            for hot in hot_keys:
                for _ in range(TRIES):
                    word = next(fresh)
                    program.rush(place)
                    program.rush(hot, *word)
                    program.wait_for(rf"{word}\b")
                    # Out of a dialog, or out of the list of what is found, out of the field, and back.
                    for _ in range(3):
                        program.rush("ctrl+g")
                    program.rush("1")
                    program.wait_for(rf"\A(?s:(?!.*{word}).*Dr Lin)")
        assert other.execute(CHANGES) == before
