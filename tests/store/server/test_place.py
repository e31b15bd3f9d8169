"""Where a PostgreSQL database is: read from its URL, shown without its secret, TLS asked for beyond this machine."""

from __future__ import annotations

import pytest

from frontdesk.domain.errors import Unavailable
from frontdesk.store.postgres.place import is_local, place_of


@pytest.mark.parametrize("scheme", ["postgresql+psycopg", "postgresql", "postgres"])
def test_a_url_is_read(scheme: str) -> None:
    place = place_of(f"{scheme}://lin@db.example:5433/clinic", {})
    given = {name: place.parameters[name] for name in ("user", "host", "port", "dbname")}
    assert given == {"user": "lin", "host": "db.example", "port": "5433", "dbname": "clinic"}
    assert place.shown == "postgresql://lin@db.example:5433/clinic"


@pytest.mark.parametrize(
    "where",
    [
        "postgresql://lin:hunter2@db/clinic",
        "postgresql://lin@db/clinic?password=hunter2",
        "postgresql://lin:hunter2%40%2F@db/clinic?sslmode=disable",
        "postgresql://lin:hunter2@[::1]:5433/clinic",
        "postgresql://lin:hunter2@/clinic?host=/run/postgresql",
    ],
)
def test_a_password_is_kept_out_of_sight(where: str) -> None:
    place = place_of(where, {})
    assert place.parameters["password"].startswith("hunter2")
    assert "hunter2" not in place.shown + repr(place) + str(place) + place.database + place.host


@pytest.mark.parametrize(
    ("host", "local"),
    [
        ("", True),
        ("localhost", True),
        ("127.0.0.1", True),
        ("127.8.9.10", True),
        ("::1", True),
        ("/run/postgresql", True),
        ("db.example", False),
        ("192.168.1.10", False),
        ("localhost.evil.example", False),
        ("127.0.0.1,db.example", False),
        ("fe80::1", False),
    ],
)
def test_tls_is_asked_for_beyond_this_machine(host: str, local: bool) -> None:
    assert is_local(host) is local
    place = place_of(f"postgresql:///clinic?host={host}" if host else "postgresql:///clinic", {})
    assert place.parameters.get("sslmode") == (None if local else "require")


def test_tls_is_what_the_url_or_the_environment_says() -> None:
    far = "postgresql://lin@db.example/clinic"
    assert place_of(f"{far}?sslmode=verify-full", {}).parameters["sslmode"] == "verify-full"
    assert place_of(f"{far}?sslmode=disable", {}).parameters["sslmode"] == "disable"
    assert "sslmode" not in place_of(far, {"PGSSLMODE": "disable"}).parameters  # libpq reads that itself
    assert place_of("postgresql:///clinic", {"PGHOST": "db.example"}).parameters["sslmode"] == "require"
    assert "sslmode" not in place_of("postgresql://?service=clinic", {}).parameters  # the service file's to say


@pytest.mark.parametrize(
    ("where", "words"),
    [
        ("postgresql://", "names no database"),
        ("postgresql://lin@db", "names no database"),
        ("postgresql://db:port/clinic", "no URL"),
        ("postgresql://db/clinic?sslmod=require", "sslmod is no option"),
        ("postgresql://db/clinic?user=lin", "user is no option"),
        ("postgresql://db/clin%0Aic", "can't be meant"),
        ("postgresql://d\x1b[2Jb/clinic", "can't be meant"),
    ],
)
def test_what_can_not_be_meant_is_refused_in_one_clean_line(where: str, words: str) -> None:
    with pytest.raises(Unavailable, match=words) as refused:
        place_of(where, {})
    assert refused.value.reason.isprintable()
