"""What whoever sits down is told and asked first: keys that do not hold, forms that were left half typed."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from frontdesk.ui.app import FrontdeskApp

UNSEEN = "What was typed before this was asked did nothing."


def ask_at_first(app: FrontdeskApp, complaints: tuple[str, ...]) -> None:
    """Opens what is to be read or answered, each over the one before; `complaints` are about the file of keys."""
    left = app.drafts.opened()
    if (complaints or left) and app.router.keys_wait:
        # Meant for the screen beneath, by somebody who had not seen the question.
        app.router.rest()
        app.hint(UNSEEN)
    if complaints:
        from frontdesk.ui.dialogs.key_trouble import KeyTrouble

        app.push_screen(KeyTrouble(complaints))
    if left:
        from frontdesk.ui.dialogs.unfinished import offer

        offer(app, left)
