"""Lists that are worked through by telephone."""

from __future__ import annotations

from frontdesk.ui.actions.action import REMINDERS, Action

CALLING: tuple[Action, ...] = (
    Action(
        "reminder.message",
        ("m",),
        "message left",
        "A message was left, or a text sent: they are reminded; on to the next",
        (REMINDERS,),
        ("answering machine", "voicemail", "told somebody", "texted"),
        2,
    ),
    Action(
        "reminder.no_answer",
        ("n",),
        "no answer",
        "Nobody answered; on to the next, and back to them later",
        (REMINDERS,),
        ("not there", "busy", "engaged"),
        3,
    ),
    Action(
        "reminder.copy",
        ("y",),
        "copy text",
        "The text in their language, onto the clipboard",
        (REMINDERS,),
        ("clipboard", "whatsapp", "text message"),
        4,
    ),
    Action(
        "reminder.send",
        ("s",),
        "send mails",
        "Mails to everybody who wants to be reached so; asks first, and sends none twice",
        (REMINDERS,),
        ("e-mail", "email", "mail"),
        5,
    ),
    Action(
        "reminder.export",
        ("e",),
        "export",
        "The list with its texts, into a CSV file",
        (REMINDERS,),
        ("csv", "spreadsheet", "table"),
        6,
    ),
    Action(
        "reminder.not_sent",
        ("r",),
        "was not sent",
        "A mail of which nobody knows whether it went did not: one may be sent again",
        (REMINDERS,),
        ("send again", "unsure"),
        1,
    ),
)
