"""What a VEVENT says in words: title, place, people, status. Cleaned once here, whatever the file holds."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING
from urllib.parse import unquote

from msgspec import Struct

from frontdesk.exchange.ics_lines import PATIENT_NUMBER, said
from frontdesk.text import LINE_LIMIT, NOTES_LIMIT, clean

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from frontdesk.exchange.ics_lines import Property

PEOPLE_LIMIT = 200
"""Attendees kept of one event; a visit has two."""
CATEGORIES_LIMIT = 50
"""Categories kept of one event."""


_ESCAPE = re.compile(r"\\(.)", re.DOTALL)


class Words(Struct, frozen=True):
    """The text of an event, clean; people as (name, e-mail address), either of them possibly empty."""

    title: str = ""
    location: str = ""
    description: str = ""
    categories: tuple[str, ...] = ()
    organizer: tuple[str, str] | None = None
    attendees: tuple[tuple[str, str], ...] = ()
    cancelled: bool = False
    tentative: bool = False
    transparent: bool = False
    patient_number: str = ""
    """The patient's, with the database it is of: `12@5f3f…`, as the frontdesk says it that wrote the event."""


def read_words(found: Mapping[str, Sequence[Property]], method: str) -> Words:
    """The words among an event's properties.

    `method` is its calendar's: an iTIP CANCEL (RFC 5546 3.2.5) cancels what is in it, said once more or not.
    """
    status = said(found, "STATUS").upper()
    busy = said(found, "X-MICROSOFT-CDO-BUSYSTATUS").upper()
    organizer = found.get("ORGANIZER")
    return Words(
        title=plain(said(found, "SUMMARY")),
        location=plain(said(found, "LOCATION")),
        description=plain(said(found, "DESCRIPTION"), limit=NOTES_LIMIT, lines=True),
        categories=_categories(found.get("CATEGORIES", ())),
        organizer=_person(organizer[0]) if organizer else None,
        attendees=tuple(_person(prop) for prop in found.get("ATTENDEE", ())[:PEOPLE_LIMIT]),
        cancelled=status in ("CANCELLED", "CANCELED") or method == "CANCEL",
        tentative=status == "TENTATIVE",
        patient_number=plain(said(found, PATIENT_NUMBER), limit=80),
        # Outlook says "free" in a property of its own and may leave TRANSP out.
        transparent=(said(found, "TRANSP").upper() or ("TRANSPARENT" if busy == "FREE" else "")) == "TRANSPARENT",
    )


def plain(value: str, *, limit: int = LINE_LIMIT, lines: bool = False) -> str:
    """The text behind a TEXT value (3.3.11), clean. Cut before it is unescaped: it may be megabytes long."""
    value = value[: 2 * limit + 2]
    return clean(_ESCAPE.sub(_unescape, value) if "\\" in value else value, limit=limit, lines=lines)


def _unescape(escape: re.Match[str]) -> str:
    character = escape.group(1)
    return "\n" if character in "nN" else character


def _categories(props: Sequence[Property]) -> tuple[str, ...]:
    """Each category once. A comma separates them unless it is escaped."""
    words: dict[str, None] = {}
    for prop in props:
        for part in prop.value[: CATEGORIES_LIMIT * LINE_LIMIT].replace("\\,", "\x1f").split(","):
            word = plain(part.replace("\x1f", ","))
            if word and len(words) < CATEGORIES_LIMIT:
                words[word] = None
    return tuple(words)


def _person(prop: Property) -> tuple[str, str]:
    """Name and e-mail address; an address that is not a mail address (a URN, a directory) is left out."""
    value = prop.value.strip()
    scheme, _, rest = value.partition(":")
    address = rest if scheme.lower() == "mailto" else value
    address = unquote(address.partition("?")[0]).strip()
    email = clean(address) if "@" in address and not any(c.isspace() for c in address) else ""
    name = clean(prop.params.get("CN", "").replace("\\", "").strip("'"))
    return name, email
