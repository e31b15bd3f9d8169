"""How long a file is kept, and when it may be erased.

Laws and colleges ask for years after the last visit, and count them for children from the day they come of age: the
College of Traditional Chinese Medicine Practitioners and Acupuncturists of Ontario, for one, for ten years of either.
A clinic says how many it keeps to; nothing is erased by itself.
"""

from __future__ import annotations

from datetime import date

KEEP_YEARS = 10
"""Years, unless the clinic says otherwise."""
MOST_YEARS = 99
OF_AGE = 18
"""Years of age from which the time of keeping runs."""


def kept_until(last_visit: date | None, birth_date: date | None, years: int) -> date | None:
    """The first day on which a file may be erased; None where there never was a visit, and nothing must be kept.

    Of a birth date that is not known, nobody is taken for a child.
    """
    if last_visit is None:
        return None
    runs_from = last_visit if birth_date is None else max(last_visit, later_by(birth_date, OF_AGE))
    return later_by(runs_from, years)


def later_by(day: date, years: int) -> date:
    """The same day some years later; 29 February becomes 1 March, so that nothing ends a day too soon."""
    year = min(day.year + years, date.max.year)
    try:
        return day.replace(year=year)
    except ValueError:
        return date(year, 3, 1)
