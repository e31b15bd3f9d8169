"""The plan's next visit offered, at check-out and on the telephone: a place, the rest of the course, or the form."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from frontdesk.ui.screens.base import DeskScreen

if TYPE_CHECKING:
    from frontdesk.desk.next_visits import NextVisit
    from frontdesk.desk.outcome import Outcome
    from frontdesk.ui.dialogs.next_visit import NextAnswer
    from frontdesk.ui.dialogs.wish import Wish


def offer_next(
    screen: DeskScreen,
    found: NextVisit,
    *,
    booked: Callable[[Outcome], object],
    wish: Callable[[], Wish | None],
    again: Callable[[], object],
    not_now: Callable[[str], object],
) -> None:
    """Asks which place it is to be.

    `wish` is what the form begins with where another time is wanted; `again` offers the places as they are by now, one
    step back from the form or the rest of the course; `not_now` is told why nothing is booked.
    """
    from frontdesk.ui.dialogs.book import Book
    from frontdesk.ui.dialogs.next_visit import NextVisitDialog
    from frontdesk.ui.dialogs.series import Repeat

    def gone_on(outcome: Outcome | None) -> None:
        if outcome is None:
            again()
        else:
            booked(outcome)

    def answered(answer: NextAnswer | None) -> None:
        if answer is None:
            return
        begun = wish() if answer.otherwise else None
        if answer.booked is not None:
            booked(answer.booked)
        elif answer.rest is not None:
            screen.app.push_screen(Repeat(found.visit, screen.zone, answer.rest), gone_on)
        elif begun is not None:
            screen.app.push_screen(Book(begun), gone_on)
        elif answer.not_now:
            not_now(answer.not_now)

    screen.app.push_screen(NextVisitDialog(found, screen.zone, screen.desk_app.local_day()), answered)
