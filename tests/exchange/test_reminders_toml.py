"""`[reminders]` of a clinic.toml: what is wrong is said in one line each; what is right is written back the same."""

from __future__ import annotations

import pytest

from frontdesk.domain.recall_rules import RecallRules
from frontdesk.domain.reminder_text import MailServer
from frontdesk.exchange.clinic_toml import clinic_toml, parse_clinic
from tests.exchange.a_clinic_toml import GOOD, problems_of

REMINDERS = """
[reminders]
language = "Français"

[reminders.texts]
fr = "{clinic}, {day}, {time}"
"Tiếng Việt" = "{{{name}}}"

[reminders.mail]
server = "smtp.example.org"
user = "desk"
sender = "Elm Street <desk@example.org>"
"""


def test_reminders_are_read_and_written_back() -> None:
    spec = parse_clinic((GOOD + REMINDERS).encode())
    assert spec.reminders.texts == (("fr", "{clinic}, {day}, {time}"), ("Tiếng Việt", "{{{name}}}"))
    assert spec.reminders.mail == MailServer("smtp.example.org", "Elm Street <desk@example.org>", user="desk")
    assert spec.reminders.text_for("")[1] == "{clinic}, {day}, {time}"
    assert parse_clinic(clinic_toml(spec).encode()) == spec
    assert "reminders" not in clinic_toml(parse_clinic(GOOD.encode()))


@pytest.mark.parametrize(
    ("old", "new", "where", "reason"),
    [
        ("{time}", "{tiem}", "reminders.texts.fr", "{tiem} is no placeholder; did you mean {time}?"),
        ("{time}", "{service}", "reminders.texts.fr", "so it tells nothing of the treatment"),
        ("{time}", "{time", "reminders.texts.fr", "has a { or } that belongs to no placeholder"),
        ('"Tiếng Việt"', "French", "reminders.texts.French", 'is the same language as "fr"'),
        ('"Français"', '"Klingon"', "reminders.language", 'there is no text in "Klingon"'),
        ('user = "desk"', 'password = "x"', "reminders.mail.password", "FRONTDESK_MAIL_PASSWORD"),
        ('user = "desk"', 'security = "none"', "reminders.mail.security", "only a server on this computer"),
        ('user = "desk"', 'security = "ssl"', "reminders.mail.security", '"ssl" is none of starttls, tls, none'),
        ('user = "desk"', "port = 0", "reminders.mail.port", "must be from 1 to 65535, not 0"),
        ("<desk@example.org>", "<desk>", "reminders.mail.sender", "is no address"),
        ("smtp.example.org", "smtp example", "reminders.mail.server", "is no name of a server"),
        ('language = "Français"', 'colour = "red"', "reminders.colour", "is not known"),
    ],
)
def test_what_is_wrong_is_said_in_one_line_each(old: str, new: str, where: str, reason: str) -> None:
    assert old in REMINDERS
    ((place, said),) = problems_of(GOOD + REMINDERS.replace(old, new))
    assert place == where
    assert reason in said


RECALLS = "[recalls]\nlapsed_weeks = 8\nuntil_weeks = 26\ntries = 2\n"


def test_whom_to_call_is_read_and_written_back() -> None:
    spec = parse_clinic((GOOD + RECALLS).encode())
    assert spec.recalls == RecallRules(8, 26, 2)
    assert parse_clinic(clinic_toml(spec).encode()) == spec
    assert problems_of(GOOD + RECALLS.replace("26", "8")) == [
        ("recalls.until_weeks", "8 must be more than lapsed_weeks, 8: else nobody is called")
    ]
    assert problems_of(GOOD + RECALLS.replace("tries", "trys")) == [
        ("recalls.trys", 'is not known; did you mean "tries"?')
    ]
