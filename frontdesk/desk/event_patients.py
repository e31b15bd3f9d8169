"""Which patient an event names: the only one with exactly that name, or with an attendee's e-mail address.

Of namesakes that came from another frontdesk it is the one whose number there the event bears.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from typing import TYPE_CHECKING

from frontdesk.domain.traits import plain_words
from frontdesk.exchange.patients_csv import frontdesk_namespace, key_of
from frontdesk.store import patients

if TYPE_CHECKING:
    from frontdesk.store.engine import Askable


class PatientNames:
    """Every patient by full name, in any order and without accents, and by e-mail address; read once a file."""

    def __init__(self, connection: Askable) -> None:
        self._connection = connection
        self._by_name: dict[frozenset[str], set[int]] = defaultdict(set)
        self._by_email: dict[str, set[int]] = defaultdict(set)
        for key, given, family, known_as, email in patients.names(connection):
            for name in {(given, family), (known_as, family)}:
                if all(name):
                    self._by_name[plain_words(" ".join(name))].add(key)
            if email:
                self._by_email[email.casefold()].add(key)

    def named(self, title: str, emails: Iterable[str], number: str = "") -> int | None:
        """The patient that a title is the name of, or that has one of the addresses; None unless it is only one."""
        found = self._by_name.get(plain_words(title), set())
        if len(found) == 1:
            return next(iter(found))
        by_email = {one for email in emails for one in self._by_email.get(email.casefold(), set())}
        if len(by_email) == 1 and (not found or by_email & found):
            return next(iter(by_email))
        return self._numbered(number, title) if number else None

    def _numbered(self, number: str, title: str) -> int | None:
        """Who bore a number in the register that was taken in before, and bears the name still."""
        theirs, _, database_id = number.partition("@")
        try:
            namespace = frontdesk_namespace(database_id)
        except ValueError:
            return None
        patient = patients.from_source(self._connection, namespace, key_of(theirs))
        if patient is None:
            return None
        details = patient.details
        return patient.id if plain_words(f"{details.given} {details.family}") == plain_words(title) else None
