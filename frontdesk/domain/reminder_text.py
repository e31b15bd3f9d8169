"""The words of a reminder, per language: nothing of anybody's health, and no name of a service, can be in them."""

from __future__ import annotations

import string
import unicodedata
from collections.abc import Mapping
from typing import Any

from msgspec import Struct
from pendulum import DateTime

PLACEHOLDERS: Mapping[str, str] = {
    "clinic": "the clinic's name",
    "name": "what the patient is called",
    "day": "the day, in the text's language",
    "date": "the day, like 2026-11-24",
    "time": "the time, like 10:20",
    "practitioner": "who expects them",
}
"""What may stand in braces in a text, with what it becomes."""
_HEALTH = frozenset({"service", "complaint", "reason", "flags", "symptoms", "notes", "plan", "room", "treatment"})
"""What people may ask for and what a text that others may read must not tell."""
TEXT_LIMIT = 600
"""Characters of a text: four short messages."""

USUAL_LANGUAGE = "en"
USUAL_TEXTS: Mapping[str, str] = {
    "en": "{clinic}: we expect you on {day} at {time} with {practitioner}. Please tell us if you can't come.",
    "fr": "{clinic} : nous vous attendons {day} à {time} avec {practitioner}."
    " Merci de nous prévenir si vous ne pouvez pas venir.",
    "es": "{clinic}: le esperamos el {day} a las {time} con {practitioner}. Por favor, avísenos si no puede venir.",
    "de": "{clinic}: Wir erwarten Sie am {day} um {time} Uhr bei {practitioner}."
    " Bitte sagen Sie uns Bescheid, wenn Sie nicht kommen können.",
    "it": "{clinic}: la aspettiamo {day} alle {time} con {practitioner}. La preghiamo di avvisarci se non può venire.",
    "pt": "{clinic}: esperamos por si {day} às {time} com {practitioner}. Por favor, avise-nos se não puder vir.",
    "zh": "{clinic}：请于{day} {time} 前来，由 {practitioner} 接待。如不能前来，请告诉我们。",
}
"""Texts to begin with; a clinic's own take their place, and add languages."""
_CALLED: Mapping[str, tuple[str, ...]] = {
    "en": ("english", "anglais", "englisch", "ingles", "inglese", "eng"),
    "fr": ("french", "francais", "franzosisch", "frances", "francese", "fra", "fre"),
    "es": ("spanish", "espanol", "castellano", "espagnol", "spanisch", "spa"),
    "de": ("german", "deutsch", "allemand", "aleman", "tedesco", "deu", "ger"),
    "it": ("italian", "italiano", "italien", "italienisch", "ita"),
    "pt": ("portuguese", "portugues", "portugais", "portugiesisch", "por"),
    "zh": ("chinese", "mandarin", "cantonese", "chinois", "chinesisch", "chino", "zho", "中文", "普通话", "國語"),
    "vi": ("vietnamese", "tieng viet", "vie"),
    "ja": ("japanese", "日本語", "jpn"),
    "ko": ("korean", "한국어", "kor"),
    "pl": ("polish", "polski", "pol"),
    "nl": ("dutch", "nederlands", "nld", "dut"),
    "ru": ("russian", "русскии", "rus"),
}
"""What people write for a language, folded: ISO 639-1 code first, the names it has in the languages around."""
_DAYS: Mapping[str, tuple[str, str]] = {
    "en": ("en", "dddd D MMMM"),
    "fr": ("fr", "dddd D MMMM"),
    "es": ("es", "dddd D [de] MMMM"),
    "de": ("de", "dddd, [dem] D. MMMM"),
    "it": ("it", "dddd D MMMM"),
    "pt": ("pt_br", "dddd, D [de] MMMM"),
    "zh": ("zh", "M[月]D[日] dddd"),
    "ja": ("ja", "M[月]D[日] dddd"),
    "ko": ("ko", "M[월] D[일] dddd"),
    "pl": ("pl", "dddd D MMMM"),
    "nl": ("nl", "dddd D MMMM"),
    "ru": ("ru", "dddd D MMMM"),
}
"""How a day is written: the calendar words' locale, and the order of the parts."""


class MailServer(Struct, frozen=True):
    """The mail server that a clinic names; the password is kept elsewhere, never in the database."""

    server: str
    sender: str
    port: int = 587
    security: str = "starttls"
    """`starttls`, `tls` from the first byte, or `none`, which only a server on this computer may have."""
    user: str = ""
    """Empty where the server asks for none."""


class ReminderSettings(Struct, frozen=True):
    """How a clinic reminds: the language of whoever has none on file, its own texts, its mail server."""

    language: str = USUAL_LANGUAGE
    texts: tuple[tuple[str, str], ...] = ()
    """Language and text, in the order they were written."""
    mail: MailServer | None = None

    @property
    def names(self) -> Mapping[str, str]:
        """Every language there is a text for, by its key."""
        return {**USUAL_TEXTS, **{language_key(one): text for one, text in self.texts}}

    def text_for(self, language: str) -> tuple[str, str]:
        """The language's key and text for what a file says, else the clinic's usual one."""
        names, key = self.names, language_key(language)
        if key not in names:
            key = language_key(self.language)
        return key, names[key]


def language_key(language: str) -> str:
    """What a language is known by, however it was written: `Français`, `french`, `FR-ca` are all `fr`."""
    folded = unicodedata.normalize("NFKD", language.strip().casefold())
    plain = "".join(letter for letter in folded if not unicodedata.combining(letter))
    plain = " ".join(unicodedata.normalize("NFC", plain).split())
    first = plain.replace("_", "-").partition("-")[0]
    if first in _CALLED or first in USUAL_TEXTS:
        return first
    for code, names in _CALLED.items():
        if any(plain.startswith(name) for name in names if len(name) > 3 or not name.isascii()) or plain in names:
            return code
    return plain


USUAL = ReminderSettings()
"""How a clinic reminds that says nothing of it."""


def wrong_with_text(text: str) -> str | None:
    """Why a text can't be used, in words that say what may stand there; None when it can."""
    try:
        parts = list(string.Formatter().parse(text))
    except ValueError:
        return "has a { or } that belongs to no placeholder; write {{ or }} for the sign itself"
    for _, name, spec, conversion in parts:
        if name is None:
            continue
        if name in _HEALTH:
            return f"{{{name}}} is no placeholder: others may read a reminder, so it tells nothing of the treatment"
        if name in PLACEHOLDERS and (spec or conversion):
            return f"{{{name}}} stands alone: nothing may follow the word inside the braces"
        if name not in PLACEHOLDERS:
            from difflib import get_close_matches  # for who writes a text, not for who reads a day

            near = get_close_matches(name.lower(), PLACEHOLDERS, 1)
            known = ", ".join(f"{{{one}}}" for one in PLACEHOLDERS)
            hint = f"did you mean {{{near[0]}}}?" if near else f"what may stand here: {known}"
            return f"{{{name[:40]}}} is no placeholder; {hint}"
    return None


def fill(text: str, values: Mapping[str, str]) -> str:
    """A text that nothing is wrong with, with each placeholder's value in its place, as it is."""
    parts = string.Formatter().parse(text)
    return "".join(said + (values[name] if name else "") for said, name, _, _ in parts)


def day_words(local: DateTime, key: str) -> str:
    """`Tuesday 24 November` in a language; in one whose calendar words are not known, `2026-11-24`."""
    locale, order = _DAYS.get(key, ("en", "YYYY-MM-DD"))
    return local.format(order, locale=locale)


def reminders_document(settings: ReminderSettings) -> dict[str, Any]:
    """How a clinic reminds, in the shape of `[reminders]`."""
    written: dict[str, Any] = {"language": settings.language}
    if settings.texts:
        written["texts"] = dict(settings.texts)
    mail = settings.mail
    if mail is not None:
        written["mail"] = {
            "server": mail.server,
            "port": mail.port,
            "security": mail.security,
            "sender": mail.sender,
            **({"user": mail.user} if mail.user else {}),
        }
    return written


def reminders_of(written: Mapping[str, Any] | None) -> ReminderSettings:
    """What `reminders_document` wrote; the usual settings where nothing was."""
    if written is None:
        return USUAL
    mail = written.get("mail")
    return ReminderSettings(
        written["language"], tuple(written.get("texts", {}).items()), MailServer(**mail) if mail else None
    )
