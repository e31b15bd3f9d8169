"""A clinic.toml that is right, to be made wrong in one place."""

from __future__ import annotations

import pytest

from frontdesk.domain.errors import Invalid
from frontdesk.exchange.clinic_toml import parse_clinic

GOOD = """\
[clinic]
name = "Willow Street Acupuncture"
timezone = "Europe/Berlin"
phone_region = "DE"
slot_minutes = 10

[hours]
mon = ["08:00-12:00", "13:00-17:30"]
sat = ["00:00-24:00"]

[[rooms]]
name = "Room 1"

[[rooms]]
name = "Hall"
chairs = 3

[[practitioners]]
name = "Dr Öz"

[[practitioners]]
name = "Mai Trần"
hours = { mon = ["09:00-11:00"] }

[[services]]
name = "First"
consultation = 20
insertion = 5
retention = [20, 30]
removal = 5
turnover = 0

[[closures]]
from = 2026-12-24
until = "2026-12-26"
reason = "Holidays"

[[closures]]
from = "2027-01-01"
"""


def problems_of(text: str) -> list[tuple[str, str]]:
    with pytest.raises(Invalid) as caught:
        parse_clinic(text.encode())
    return [(problem.where, problem.reason) for problem in caught.value.problems]


def edited(old: str, new: str) -> str:
    assert GOOD.count(old) == 1, old
    return GOOD.replace(old, new)
