"""What glibc is asked, and what comes of it."""

from __future__ import annotations

import os
import platform
import subprocess
import sys
from pathlib import Path

import pytest

from frontdesk.ui.c_memory import give_back

pytestmark = pytest.mark.skipif(platform.libc_ver()[0] != "glibc", reason="glibc alone is asked")

THREADED = """
import ctypes, sys, threading
from frontdesk.ui.environment import prepare

if sys.argv[1] == "prepared":
    prepare()
together = threading.Barrier(4)

def work():
    kept = [bytes(1_000) for _ in range(1_000)]
    together.wait()

threads = [threading.Thread(target=work) for _ in range(4)]
for one in threads:
    one.start()
for one in threads:
    one.join()
libc = ctypes.CDLL(None)
libc.fopen.restype = ctypes.c_void_p
libc.malloc_info.argtypes = ctypes.c_int, ctypes.c_void_p
libc.fclose.argtypes = (ctypes.c_void_p,)
told = libc.fopen(sys.argv[2].encode(), b"w")
libc.malloc_info(0, told)
libc.fclose(told)
"""


def resident() -> int:
    """Bytes of memory that this process has."""
    return int(Path("/proc/self/statm").read_text().split()[1]) * os.sysconf("SC_PAGESIZE")


def test_what_is_free_between_what_is_in_use_goes_back_to_the_system() -> None:
    many: list[bytes | None] = [bytes(3_000) for _ in range(20_000)]
    full = resident()
    for place in range(len(many)):
        if place % 100:
            many[place] = None
    give_back()
    assert full - resident() > 0.8 * 20_000 * 3_000


@pytest.mark.parametrize(("how", "is_shared"), [("prepared", True), ("as it is", False)])
def test_the_dashboards_threads_share_one_arena(how: str, is_shared: bool, tmp_path: Path) -> None:
    told = tmp_path / "told.xml"
    subprocess.run([sys.executable, "-c", THREADED, how, str(told)], check=True)
    assert (told.read_text().count("<heap nr=") == 1) is is_shared
