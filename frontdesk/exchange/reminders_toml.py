"""`[reminders]` and `[recalls]` of a `clinic.toml`: texts, the mail server, whom to call; as strict as the rest."""

from __future__ import annotations

import re
from email.headerregistry import Address
from email.utils import parseaddr

from frontdesk.domain.recall_rules import (
    LAPSED_WEEKS,
    MOST_TRIES,
    MOST_WEEKS,
    TRIES,
    UNTIL_WEEKS,
    USUAL_RULES,
    RecallRules,
)
from frontdesk.domain.reminder_text import (
    TEXT_LIMIT,
    USUAL,
    USUAL_LANGUAGE,
    USUAL_TEXTS,
    MailServer,
    ReminderSettings,
    language_key,
    wrong_with_text,
)
from frontdesk.exchange.checked import Table, quoted
from frontdesk.text import visible

SECURITY = ("starttls", "tls", "none")
_HERE = frozenset({"localhost", "127.0.0.1", "::1"})
_HOST = re.compile(r"[A-Za-z0-9.:_-]{1,253}", re.ASCII)
_SECRETS = ("password", "passwd", "pass", "secret", "token")
MOST_LANGUAGES = 40
_LANGUAGE_LIMIT = 40


def reminders_in(root: Table) -> ReminderSettings | None:
    """How the clinic reminds; None where something is wrong, which is then among the problems."""
    table = root.table("reminders", required=False)
    if table is None:
        return USUAL if "reminders" not in root.values else None
    before = len(table.problems)
    table.only(("language", "texts", "mail"))
    texts = _texts(table)
    language = table.text("language", USUAL_LANGUAGE, limit=_LANGUAGE_LIMIT)
    known = {*USUAL_TEXTS, *(language_key(one) for one, _ in texts)}
    if language is not None and language_key(language) not in known:
        table.wrong(
            "language", f"there is no text in {quoted(language)}; write one under [reminders.texts], or choose of these"
            f": {', '.join(sorted(known))}"
        )  # fmt: skip
    mail = _mail(table)
    if len(table.problems) > before or language is None:
        return None
    return ReminderSettings(language, texts, mail)


def recalls_in(root: Table) -> RecallRules | None:
    """Whom the clinic calls, from `[recalls]`; None where something is wrong, which is then among the problems."""
    table = root.table("recalls", required=False)
    if table is None:
        return USUAL_RULES if "recalls" not in root.values else None
    table.only(("lapsed_weeks", "until_weeks", "tries"))
    lapsed = table.number("lapsed_weeks", 1, MOST_WEEKS, default=LAPSED_WEEKS)
    until = table.number("until_weeks", 1, MOST_WEEKS, default=max(UNTIL_WEEKS, (lapsed or 0) + 1))
    tries = table.number("tries", 1, MOST_TRIES, default=TRIES)
    if lapsed is None or until is None or tries is None:
        return None
    if until <= lapsed:
        table.wrong("until_weeks", f"{until} must be more than lapsed_weeks, {lapsed}: else nobody is called")
        return None
    return RecallRules(lapsed, until, tries)


def _texts(table: Table) -> tuple[tuple[str, str], ...]:
    inner = table.table("texts", required=False)
    if inner is None:
        return ()
    if len(inner.values) > MOST_LANGUAGES:
        table.wrong("texts", f"are in {len(inner.values)} languages; at most {MOST_LANGUAGES} may be")
        return ()
    texts: list[tuple[str, str]] = []
    first: dict[str, str] = {}
    for language in inner.values:
        shown = visible(language)[:_LANGUAGE_LIMIT] or '""'
        if not language.strip() or len(language) > _LANGUAGE_LIMIT or shown != language:
            inner.wrong(shown, 'is no language; write it like "en" or "Vietnamese"')
            continue
        text = inner.text(language, limit=TEXT_LIMIT)
        if text is None:
            continue
        problem = wrong_with_text(text)
        other = first.setdefault(language_key(language), language)
        if other != language:
            problem = f"is the same language as {quoted(other)}"
        if problem:
            inner.wrong(language, problem)
        else:
            texts.append((language, text))
    return tuple(texts)


def _mail(table: Table) -> MailServer | None:
    mail = table.table("mail", required=False)
    if mail is None:
        return None
    for key in mail.values:
        if key.casefold() in _SECRETS:
            mail.wrong(
                key,
                "a password does not belong here, where it would end in the database: put it into"
                " FRONTDESK_MAIL_PASSWORD, or into the file that FRONTDESK_MAIL_PASSWORD_FILE names",
            )
    mail.only(("server", "port", "security", "sender", "user", *_SECRETS))
    server = mail.text("server", limit=253)
    security = mail.text("security", "starttls")
    port = mail.number("port", 1, 65_535, default=465 if security == "tls" else 587)
    sender = mail.text("sender")
    user = mail.text("user", "")
    if server is not None and not _HOST.fullmatch(server):
        mail.wrong("server", f'{quoted(server)} is no name of a server; write it like "smtp.example.org"')
    if security is not None and security not in SECURITY:
        mail.wrong("security", f"{quoted(security)} is none of {', '.join(SECURITY)}")
    elif security == "none" and server is not None and server.casefold() not in _HERE:
        mail.wrong("security", "only a server on this computer (localhost) may do without; write starttls or tls")
    if sender is not None and not is_address(parseaddr(sender)[1]):
        mail.wrong("sender", f'{quoted(sender)} is no address; write it like "Elm Street Clinic <desk@example.org>"')
    if None in (server, security, port, sender, user):
        return None
    assert server is not None
    assert security is not None
    assert port is not None
    assert sender is not None
    return MailServer(server, sender, port, security, user or "")


def is_address(text: str) -> bool:
    """Whether a mail can go to it: one address, with a domain, and nothing that would be a second one."""
    try:
        address = Address(addr_spec=text)
    except Exception:  # the parser raises what it happens to: ValueError, IndexError, HeaderParseError
        return False
    return bool(address.username and address.domain) and address.addr_spec == text and not set(text) & set("\r\n,;<>")
