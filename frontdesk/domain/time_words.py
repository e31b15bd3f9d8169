"""The words that days and times are said with: weekdays, months, numbers in letters.

One table for all who read phrases, so that what one of them knows the others do not take for a name.
"""

from __future__ import annotations

from collections.abc import Iterable

WEEKDAYS = {
    name: index
    for index, names in enumerate(
        (
            ("mon", "monday"),
            ("tue", "tues", "tuesday"),
            ("wed", "weds", "wednesday"),
            ("thu", "thur", "thurs", "thursday"),
            ("fri", "friday"),
            ("sat", "saturday"),
            ("sun", "sunday"),
        )
    )
    for name in names
}
MONTH_NAMES = (
    "january february march april may june july august september october november december".split()  # noqa: SIM905
)
MONTHS = {
    **{name: number for number, name in enumerate(MONTH_NAMES, 1)},
    **{name[:3]: number for number, name in enumerate(MONTH_NAMES, 1)},
    "sept": 9,
}

_ONES = "one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen eighteen nineteen".split()  # noqa: SIM905, E501
_TENS = {"twenty": 20, "thirty": 30, "forty": 40, "fifty": 50}
_FIRSTS = "first second third fourth fifth sixth seventh eighth ninth tenth eleventh twelfth thirteenth fourteenth fifteenth sixteenth seventeenth eighteenth nineteenth twentieth".split()  # noqa: SIM905, E501

CARDINALS = (
    {name: number for number, name in enumerate(_ONES, 1)}
    | _TENS
    | {
        f"{tens}{sep}{one}": ten + number
        for tens, ten in _TENS.items()
        for number, one in enumerate(_ONES[:9], 1)
        for sep in (" ", "-")
    }
)
"""Numbers in letters, up to `fifty-nine`."""
ORDINALS = (
    {name: number for number, name in enumerate(_FIRSTS, 1)}
    | {f"twenty{sep}{name}": 20 + number for number, name in enumerate(_FIRSTS[:9], 1) for sep in (" ", "-")}
    | {"thirtieth": 30}
    | {f"thirty{sep}first": 31 for sep in (" ", "-")}
)
"""Days of a month in letters, up to `thirty-first`."""
COUNTS = CARDINALS | {"a": 1, "an": 1}
"""How many weeks, days, hours."""


def any_of(words: Iterable[str]) -> str:
    """A pattern for one of the words, the longest first."""
    return "|".join(sorted(words, key=len, reverse=True))


def count_of(text: str) -> int:
    """The number that digits or letters say."""
    return COUNTS[text] if text in COUNTS else int(text)


WEEKDAY = rf"(?P<weekday>{any_of(WEEKDAYS)})\.?"
WEEKDAYS_MANY = rf"(?P<weekday>{any_of(WEEKDAYS)})s?"
MONTH = rf"(?P<month>{any_of(MONTHS)})\.?"
COUNT = rf"(?P<count>\d{{1,4}}|{any_of(COUNTS)})"

_OTHERS = """
    a a.m a.m. aft after afternoon afternoons ago all almost am am. an and any anytime appointment approx
    approximately around as asap at available away back before beginning between bst business by cdt cet
    christmas circa clock coming couple cst current d daily day day's days during earliest early easter edt end
    eod est evening evenings ever every exactly few first following for fortnight fortnightly fortnights free
    from gmt gone h half hence holidays hour hours hr hrs in instant ish ist last late later latest leave leaves
    less lunch lunchtime m mid midday middle midnight min mins minute minutes moment month months more morning
    mornings must next night nights noon now o o'clock oclock of on once or other out p p.m p.m. past pdt pm pm.
    possible previous prior pst quarter quarters right second seconds sharp since soon sooner soonest start
    starting the thing this through thru til till time times tmr tmrw to today today's tommorow tommorrow tomorow
    tomorrow
    tomorrow's tomorrows tonight tonite twice until untill upcoming utc w week week's weekday weekend weekends
    weekly weeks whenever within wk wks x year year's years yesterday
""".split()  # noqa: SIM905
VOCABULARY = frozenset(
    word
    for phrase in (*WEEKDAYS, *MONTHS, *COUNTS, *ORDINALS, *(f"{day}s" for day in WEEKDAYS), *_OTHERS)
    for word in phrase.split()
)
"""Every word a day or a time may be said with; numbers in digits aside."""


def is_timely(word: str) -> bool:
    """Whether a word may be a part of a day or time: one of the vocabulary, or something with a digit in it."""
    plain = word.casefold().strip(".,-–@~()")
    return plain in VOCABULARY or not plain or any(one.isdigit() for one in plain)
