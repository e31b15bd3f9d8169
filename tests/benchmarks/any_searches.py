"""A million search strings, random and hostile, asked of a small clinic: none may be an error.

    .venv/bin/python tests/benchmarks/any_searches.py 1000000 [--server] [--seed N]

Signs that a database or a terminal reads as something else, characters of every plane of Unicode (lone surrogates and
those of no meaning too), digits of all scripts, dates and numbers of all forms and of none, names of the clinic with
slips in them, very long texts, and every line of the files in FRONTDESK_CORPUS/badinput/text. Some of the patients are
called so as well. Says how many of each kind were asked and who was found; an error is printed with its text, and the
exit code is 1.
"""

from __future__ import annotations

import argparse
import json
import os
import random
import sys
import tempfile
import time
import traceback
import unicodedata
from collections import Counter
from collections.abc import Callable, Iterator
from pathlib import Path

from frontdesk.clock import ManualClock
from frontdesk.demo import build_demo, demo_moment
from frontdesk.desk.context import Context
from frontdesk.desk.lookup import Lookup
from frontdesk.domain.patient import PatientDetails
from frontdesk.store import patient_writes
from frontdesk.store.engine import Store

AT = demo_moment("2026-11-23 10:40")
SIGNS = (
    *"\"'`*%_\\;:,.!?#@&|<>()[]{}/+-=~^$\0\t\n\r\x1b\x7f\x9b\u200b\u200d\u202e\ufeff\u2028",
    *("NEAR(", "OR", "AND", "NOT", "--", "/*", "*/", "''", '"a"*', "%s", "%(v0)s", ":v0", "{}", "{0}", "[red]", "[/]"),
    *("\\x00", "\\u0000", "$1", "?1", "LIKE '%'", "ESCAPE", "COLLATE", "\U0010ffff", "\ud800", "\udfff", "\x1b[31m"),
)
DIGITS = tuple(character for character in map(chr, range(0x110000)) if unicodedata.decimal(character, None) is not None)
MONTHS = ("jan", "feb", "märz", "mars", "april", "may", "juni", "août", "sept", "okt", "nov", "dezember", "mayo")
PLANES = (
    *((0x20, 0x7F), (0x80, 0x24F), (0x250, 0x1FFF), (0x2000, 0x33FF), (0x3400, 0xD7FF), (0xD800, 0xF8FF)),
    *((0xF900, 0xFFFF), (0x10000, 0x1FFFF), (0x20000, 0x3FFFF), (0xE0000, 0xE0FFF), (0x100000, 0x10FFFF)),
)
LONGEST = 20_000
A_ROUND = 20_000
"""Searches between two words on how far it is."""


def corpus() -> list[str]:
    folder = Path(os.environ.get("FRONTDESK_CORPUS", "")) / "badinput" / "text"
    found: list[str] = []
    for path in sorted(folder.glob("*")) if "FRONTDESK_CORPUS" in os.environ else ():
        text = path.read_bytes().decode("utf-8", "surrogateescape")
        if path.suffix == ".json":
            found += [one for one in strings(json.loads(text)) if one]
        else:
            found += [one for one in text.splitlines() if one]
    return found


def strings(value: object) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        for key, one in value.items():
            yield key
            yield from strings(one)
    elif isinstance(value, list):
        for one in value:
            yield from strings(one)


class Strings:
    """What is typed, by chance, one kind after another."""

    def __init__(self, luck: random.Random, people: list[PatientDetails], hostile: list[str]) -> None:
        self._luck, self._people, self._hostile = luck, people, hostile
        self._kinds: list[Callable[[], str]] = [
            *(self.signs, self.signs, self.planes, self.planes, self.planes, self.digits, self.digits),
            *(self.dates, self.dates, self.numbers, self.numbers, self.slips, self.slips, self.mixed),
        ]
        if hostile:
            self._kinds += [self.listed, self.listed]

    def next(self) -> tuple[str, str]:
        """A kind and a text of it; huge ones come now and then only, since they take their time."""
        kind = self._luck.choice(self._kinds) if self._luck.random() < 0.995 else self.huge
        return kind.__name__, kind()

    def signs(self) -> str:
        return "".join(self._luck.choices(SIGNS, k=self._luck.randint(1, 8)))

    def planes(self) -> str:
        first, last = self._luck.choice(PLANES)
        count = self._luck.randint(1, 8)
        glue = self._luck.choice(("", "", " "))
        return glue.join(chr(self._luck.randint(first, last)) for _ in range(count))

    def digits(self) -> str:
        return "".join(self._luck.choices((*DIGITS, " ", "-", "/", "+", "."), k=self._luck.randint(1, 18)))

    def dates(self) -> str:
        luck = self._luck
        day, month = luck.randint(0, 33), luck.randint(0, 14)
        year = luck.choice((0, 3, 61, 196, 1961, 2061, 9999, 10**6))
        if luck.random() < 0.4:
            named = luck.choice(MONTHS)[: luck.randint(1, 9)]
            shape = luck.choice(("{0} {1} {2}", "{1} {0}, {2}", "{0}. {1} {2}", "{0}th {1}", "{1}{0}{2}"))
            return shape.format(day, named, year)
        shapes = ("{0}{3}{1}{3}{2}", "{2}{3}{1}{3}{0}", "{0}{3}{1}{3}", "{0}{3}{1}", "{2:04}{1:02}{0:02}", "{2}")
        return luck.choice(shapes).format(day, month, year, luck.choice("./- –\u2212"))

    def numbers(self) -> str:
        luck = self._luck
        phones = [phone for one in luck.sample(self._people, 3) for phone in one.phones] or ["0"]
        other = str(luck.randint(0, 10 ** luck.randint(1, 30)))
        text = luck.choice((luck.choice(phones), other, f"#{luck.randint(0, 10**18)}"))
        return self._slipped(text[luck.randrange(len(text)) :])

    def slips(self) -> str:
        one = self._luck.choice(self._people)
        text = self._luck.choice((one.name, f"{one.family}, {one.given}", one.email, one.given, one.family[:4])) or "a"
        return self._slipped(text)

    def mixed(self) -> str:
        kinds = (self.signs, self.planes, self.digits, self.dates, self.numbers, self.slips)
        return self._luck.choice((" ", " ", "", "\n")).join(
            self._luck.choice(kinds)() for _ in range(self._luck.randint(2, 4))
        )

    def huge(self) -> str:
        return self._luck.choice((self.signs, self.planes, self.digits, self.slips, self.dates))() * self._luck.choice(
            (50, 500, LONGEST // 10)
        )

    def listed(self) -> str:
        text = self._luck.choice(self._hostile)
        return text if self._luck.random() < 0.5 else self._slipped(text)

    def _slipped(self, text: str) -> str:
        letters = list(text)
        for _ in range(self._luck.randint(0, 3)):
            at = self._luck.randrange(len(letters) + 1)
            how = self._luck.randrange(4)
            if how == 0:
                letters.insert(at, self._luck.choice(("a", "e", "1", "9", " ", "'", "%", "ß", "王")))
            elif letters:
                at %= len(letters)
                if how == 1:
                    del letters[at]
                elif how == 2:
                    letters[at : at + 2] = letters[at : at + 2][::-1]
                else:
                    del letters[at:]
        return "".join(letters)


def called_so(hostile: list[str]) -> list[PatientDetails]:
    """Patients with such names, as far as a file may hold them."""
    texts = [text.encode("utf-8", "ignore").decode().replace("\0", "")[:200] for text in (*hostile[::5], *SIGNS)]
    return [
        PatientDetails(given=text, family=text[::-1], email=text.replace(" ", "")) for text in texts if text.strip()
    ]


def search(where: str, count: int, seed: int) -> bool:
    """Asks so many; whether none was an error."""
    luck, hostile = random.Random(seed), corpus()
    build_demo(where, at=AT)
    store = Store.open(where, now=AT)
    with store.write(who="bench", at=AT) as writing:
        writing.log("bench", "bench")
        patient_writes.insert_many(writing.connection, called_so(hostile), AT)
    desk = Lookup(Context(store, ManualClock(AT), "bench"))
    known = [found.patient.details for text in "aeiousm" for found in desk.find(text, 200)]
    texts = Strings(luck, known, hostile)
    asked: Counter[str] = Counter()
    found = failed = 0
    began = time.perf_counter()
    for number in range(1, count + 1):
        kind, text = texts.next()
        asked[kind] += 1
        try:
            found += bool(desk.find(text, luck.choice((1, 5, 51))))
        except Exception:
            failed += 1
            print(f"{kind}: {text[:300]!r}\n{traceback.format_exc()}", flush=True)
        if number % A_ROUND == 0:
            print(f"{number:,} searches, {failed} errors, {time.perf_counter() - began:.0f} s", flush=True)
    store.close()
    kinds = ", ".join(f"{kind} {many:,}" for kind, many in asked.most_common())
    print(f"{sum(asked.values()):,} searches, {failed} errors; {found:,} found somebody ({kinds})")
    return not failed


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("count", nargs="?", type=int, default=10_000)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--server", action="store_true", help="on a PostgreSQL server that is started for it")
    options = parser.parse_args()
    if not options.server:
        with tempfile.TemporaryDirectory() as folder:
            sys.exit(not search(str(Path(folder) / "clinic.db"), options.count, options.seed))
    from tests.server import Server, binaries

    programs = binaries()
    if programs is None:
        sys.exit("no PostgreSQL server is installed here")
    server = Server(programs)
    try:
        good = search(server.url(server.create()), options.count, options.seed)
    finally:
        server.remove()
    sys.exit(not good)


if __name__ == "__main__":
    main()
