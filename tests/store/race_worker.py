"""One of several processes that work on one database: does what each line on standard input says, then answers.

Run by `crew.Crew`. It imports everything first, so that the processes begin together.
"""

from __future__ import annotations

import json
import os
import random
import sys
from collections import Counter
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pendulum

sys.path.insert(0, str(Path(__file__).parents[2]))

from sqlalchemy import insert, select, update

from frontdesk.domain.errors import Refused
from frontdesk.domain.visit import Status
from frontdesk.store import appointment_writes, schema
from frontdesk.store.engine import Store
from tests.foreign import FORBIDDEN, Foreign

NOW = pendulum.datetime(2026, 11, 23, 10, 42, tz="UTC")


def say(answer: Any) -> None:
    os.write(1, (json.dumps(answer) + "\n").encode())


def start(where: str) -> dict[str, Any]:
    """Opens what may not exist yet."""
    store = Store.open(where, now=NOW)
    store.close()
    return {"created": store.created, "id": store.database_id}


def count(where: str, times: int) -> int:
    """Reads a number and writes the next one, many times."""
    store = Store.open(where, now=NOW)
    value = schema.meta.c.value
    for _ in range(times):
        with store.write(who="x", at=NOW) as work:
            (now,) = work.connection.execute(select(value).where(schema.meta.c.key == "count")).one()
            work.connection.execute(
                update(schema.meta).where(schema.meta.c.key == "count").values(value=str(int(now) + 1))
            )
            work.log("counted", "")
    store.close()
    return times


def visit(rng: random.Random) -> dict[str, Any]:
    """A random visit of the morning."""
    return {
        "patient_id": rng.randrange(1, 9),
        "practitioner_id": rng.randrange(1, 3),
        "service_id": 1,
        "room_id": rng.randrange(1, 3),
        "starts": NOW.add(minutes=5 * rng.randrange(96)),
        "retention_minutes": 25,
        "squeezed": False,
        "status": Status.BOOKED,
    }


def book(where: str, times: int, seed: int) -> dict[str, Any]:
    """Writes appointments at random times without looking first; says how many, and why not the others."""
    store = Store.open(where, now=NOW)
    rng = random.Random(seed)
    refused: Counter[str] = Counter()
    for _ in range(times):
        try:
            with store.write(who="x", at=NOW) as work:
                appointment_writes.insert(work.connection, **visit(rng), at=NOW)
                work.log("booked", "")
        except Refused as refusal:
            refused[refusal.reason] += 1
    store.close()
    return {"taken": times - refused.total(), "refused": refused}


def book_by_sql(where: str, times: int, seed: int) -> dict[str, Any]:
    """The same without a line of frontdesk's: another program's INSERT."""
    rng = random.Random(seed)
    refused: Counter[str] = Counter()
    with Foreign(where) as other:
        for _ in range(times):
            one = visit(rng)
            values = one | {"starts": one["starts"].int_timestamp * 1000, "status": one["status"].value}
            try:
                other.execute(
                    f"INSERT INTO appointment ({', '.join(values)}, created_at)"
                    f" VALUES ({', '.join(f':{name}' for name in values)}, 0)",
                    values,
                )
            except FORBIDDEN as error:
                refused[str(error).splitlines()[0].removeprefix("frontdesk: ")] += 1
    return {"taken": times - refused.total(), "refused": refused}


def mortal(where: str, first: int) -> None:
    """Forks a child that saves one room after another, each with its log entry, and says so, until it is killed."""
    child = os.fork()
    if child:
        os.waitpid(child, 0)
        say("dead")
        return
    say({"child": os.getpid()})
    store = Store.open(where, now=NOW)
    for number in range(first, first + 10_000):
        with store.write(who="x", at=NOW) as work:
            work.connection.execute(insert(schema.room).values(name=f"Room {number}", position=number))
            work.log("room made", f"room:{number}")
        say({"saved": number})
    os._exit(0)


WORK: dict[str, Callable[..., Any]] = {
    "start": start,
    "count": count,
    "book": book,
    "book_by_sql": book_by_sql,
    "mortal": mortal,
}


if __name__ == "__main__":
    say("ready")
    for line in sys.stdin:
        request = json.loads(line)
        answer = WORK[request.pop("do")](**request)
        if answer is not None:
            say(answer)
