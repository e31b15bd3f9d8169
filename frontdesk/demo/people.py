"""Made-up patients: the cast of the demo's morning, and as many more as are wanted."""

from __future__ import annotations

import unicodedata
from datetime import date, timedelta
from random import Random

from msgspec.structs import replace

from frontdesk.demo.names import PEOPLES, Names
from frontdesk.domain.patient import Flag, FlagKind, PatientDetails, Sex

_AREAS = ("416", "647", "437", "905", "289", "365", "519", "613", "705", "807", "226", "343")
_FLAGGED = 0.22
"""How many patients carry a safety fact."""
_FAMILY = 0.12
"""How many share the surname and the telephone of the one before them."""
_FLAGS: tuple[tuple[int, Flag], ...] = (
    (24, Flag(FlagKind.REDUCED_SENSATION)),
    (4, Flag(FlagKind.REDUCED_SENSATION, "both feet")),
    (18, Flag(FlagKind.ANTICOAGULANT)),
    (4, Flag(FlagKind.ANTICOAGULANT, "warfarin")),
    (10, Flag(FlagKind.PACEMAKER)),
    (5, Flag(FlagKind.EPILEPSY)),
    (6, Flag(FlagKind.PREGNANCY)),
    (8, Flag(FlagKind.FAINTS)),
    (8, Flag(FlagKind.NEEDLE_SHY)),
    (6, Flag(FlagKind.ALLERGY, "latex")),
    (4, Flag(FlagKind.METAL_IMPLANT, "left hip")),
    (3, Flag(FlagKind.OTHER, "hard of hearing: speak to the right side")),
)
_NOTES = (
    "Prefers mornings.",
    "Comes with her daughter, who translates.",
    "Comes by bus: may be five minutes late.",
    "Receipts by e-mail, please.",
    "Likes Room 2, by the window.",
    "Call, don't write.",
)
_STREETS = ("Willow Street", "Queen Street West", "Bathurst Street", "Rue Saint-Denis", "Danforth Avenue", "Elm Road")


def _one(given: str, family: str, born: date, phone: str, *flags: Flag, known_as: str = "") -> PatientDetails:
    return PatientDetails(given, family, known_as, birth_date=born, phones=(phone,), flags=flags)


CAST: dict[str, PatientDetails] = {
    "resting too long": _one(
        "Maria",
        "Garcia",
        date(1961, 3, 14),
        "(416) 555-0134",
        Flag(FlagKind.REDUCED_SENSATION),
        Flag(FlagKind.ANTICOAGULANT),
    ),
    "squeezed in": _one("Jürgen", "Weiß", date(1974, 9, 2), "(647) 555-0178", Flag(FlagKind.NEEDLE_SHY)),
    "next": _one("Thị Hương", "Nguyễn", date(1988, 1, 30), "(416) 555-0119"),
    "cancelled": _one("Céline", "L'Écuyer", date(1969, 7, 7), "+33 1 99 00 27 11"),
    "due": _one("伟", "李", date(1957, 11, 5), "(416) 555-0146", Flag(FlagKind.PACEMAKER), known_as="Kevin"),
    "resting": _one("Ольга", "Кузнецова", date(1980, 5, 19), "(437) 555-0155"),
    "in the room": _one("محمد", "حداد", date(1966, 2, 24), "(905) 555-0161", Flag(FlagKind.ANTICOAGULANT, "warfarin")),
    "waiting": _one(
        "Ελένη", "Παπαδοπούλου", date(1949, 12, 11), "(416) 555-0102", Flag(FlagKind.METAL_IMPLANT, "left hip")
    ),
    "did not come": _one("Ngawang", "", date(1993, 6, 1), "(647) 555-0190"),
    "needles out": _one("שרה", "כהן", date(1985, 8, 16), "(416) 555-0187"),
    "turned over": _one("Chukwuemeka", "Nwachukwu", date(1971, 4, 3), "(289) 555-0123"),
    "leaving soon": _one("प्रिया", "शर्मा", date(1990, 10, 9), "(905) 555-0112", Flag(FlagKind.PREGNANCY)),
    "fainted": _one("Patricia", "O'Neill", date(1999, 3, 27), "(416) 555-0171", Flag(FlagKind.FAINTS)),
    "late": _one("สมชาย", "วงศ์สวัสดิ์", date(1978, 1, 12), "(437) 555-0166"),
    "left early": _one("지우", "김", date(1996, 9, 23), "(647) 555-0105", known_as="Jenny"),
    "written twice": _one(
        "María de los Ángeles del Carmen",
        "Fernández de Córdoba y Álvarez de Toledo",
        date(1953, 5, 31),
        "(416) 555-0199",
    ),
}
"""Who is seen on the first screen, by the part they play."""
BEGINNING = ("due", "resting", "in the room", "waiting", "needles out")
"""Parts of those who begin a treatment plan today, where they do not have one."""


def make_people(rng: Random, count: int, today: date) -> list[PatientDetails]:
    """The cast first, then made-up patients up to `count`; the same for the same `rng`."""
    people = list(CAST.values())[:count]
    weights = [names.weight for names in PEOPLES]
    for number in range(len(people), count):
        names = rng.choices(PEOPLES, weights)[0]
        made = _person(rng, names, number, today)
        if number > len(CAST) and rng.random() < _FAMILY:
            made = _of_the_family(made, people[-1], names)
        people.append(made)
    return people


def _person(rng: Random, names: Names, number: int, today: date) -> PatientDetails:
    woman = rng.random() < 0.64
    given = rng.choice(names.women if woman else names.men)
    place = rng.randrange(len(names.families))
    family = names.women_s_families[place] if woman and names.women_s_families else names.families[place]
    return PatientDetails(
        given=unicodedata.normalize("NFC", given),
        family=unicodedata.normalize("NFC", family),
        known_as=rng.choice(names.known_as) if names.known_as and rng.random() < 0.4 else "",
        birth_date=today - timedelta(days=int(rng.triangular(6, 94, 52) * 365.25)),
        sex=None if rng.random() < 0.05 else Sex.FEMALE if woman else Sex.MALE,
        phones=tuple(_phone(rng) for _ in range(rng.choices((0, 1, 2), (3, 80, 17))[0])),
        email=_email(given, family, number) if rng.random() < 0.7 else "",
        address=f"{rng.randint(1, 990)} {rng.choice(_STREETS)}" if rng.random() < 0.6 else "",
        notes=rng.choice(_NOTES) if rng.random() < 0.1 else "",
        flags=_flags(rng) if rng.random() < _FLAGGED else (),
    )


def _of_the_family(made: PatientDetails, before: PatientDetails, names: Names) -> PatientDetails:
    """A family at one telephone, where the names go together."""
    if before.family in names.families and before.phones:
        return replace(made, family=before.family, phones=before.phones[:1], address=before.address)
    return made


def _phone(rng: Random) -> str:
    """Numbers of regions that are kept free for stories, and 555 ones of Ontario."""
    abroad = rng.random()
    if abroad > 0.05:
        return f"({rng.choice(_AREAS)}) 555-{rng.randrange(10_000):04}"
    if abroad > 0.035:
        return f"(212) 555-01{rng.randrange(100):02}"
    if abroad > 0.02:
        return f"+44 20 7946 0{rng.randrange(1000):03}"
    return f"+33 1 99 00 {rng.randrange(100):02} {rng.randrange(100):02}"


def _email(given: str, family: str, number: int) -> str:
    plain = unicodedata.normalize("NFKD", f"{given}.{family}".lower()).encode("ascii", "ignore").decode()
    local = "".join(letter for letter in plain if letter.isalnum() or letter == ".").strip(".")
    return f"{local if len(local) > 3 else 'patient'}{number}@example.{('org', 'com', 'net')[number % 3]}"


def _flags(rng: Random) -> tuple[Flag, ...]:
    weights, flags = zip(*_FLAGS, strict=True)
    chosen = rng.choices(flags, weights, k=rng.choices((1, 2), (85, 15))[0])
    return tuple({flag.kind: flag for flag in chosen}.values())
