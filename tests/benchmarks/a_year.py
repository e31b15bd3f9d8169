"""A made-up year of a clinic through the program's own use cases, and that nobody drops out of it unseen.

    python -m tests.benchmarks.a_year [--days 365] [--seed 1] [--profile FILE]

People call, come, cancel, forget, walk in, want to come earlier and drop out, by a seed and on a made-up clock. At the
end of each day everybody whose plan says come is booked, on the recall list, or ended with a reason; otherwise it
fails. Played twice, with the waiting list and without: what share of the places that became free somebody else got.
"""

from __future__ import annotations

import argparse
import cProfile
import tempfile
import time
from datetime import timedelta
from pathlib import Path

from tests.benchmarks.year_counted import FIRST, Tally
from tests.benchmarks.year_lived import AYear


def play(days: int, seed: int, *, waiting_list: bool = True) -> Tally:
    """A clinic's first `days` days; raises where somebody is lost."""
    memory = Path("/dev/shm")
    with tempfile.TemporaryDirectory(dir=memory if memory.is_dir() else None) as folder:
        year = AYear(Path(folder), seed, waiting_list=waiting_list)
        begun = time.perf_counter()
        try:
            for ahead in range(days):
                day = FIRST + timedelta(days=ahead)
                if day.weekday() < 5 and year.clinic.closure_on(day) is None:
                    year.live(day)
            assert year.desk.upkeep.check() == ()
        finally:
            year.close()
        year.tally.seconds = time.perf_counter() - begun
        return year.tally


def main() -> None:
    """Plays the year twice and says what came of it."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--days", type=int, default=365)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--profile", metavar="FILE")
    options = parser.parse_args()
    profile = cProfile.Profile() if options.profile else None
    for waiting_list in (True, False):
        if profile is not None and waiting_list:
            profile.enable()
        tally = play(options.days, options.seed, waiting_list=waiting_list)
        if profile is not None and waiting_list:
            profile.disable()
            profile.dump_stats(options.profile)
        print(f"{'with' if waiting_list else 'without'} the waiting list: refilled {tally.share()}")
        print(f"  {tally.use_cases} use cases in {tally.seconds:.0f} s, {tally.use_cases / tally.seconds:.0f} a second")
        print(f"  {', '.join(f'{name} {count}' for name, count in tally.done.most_common())}")
        print(f"  patients at the days' ends: {dict(tally.standing)}")


if __name__ == "__main__":
    main()
