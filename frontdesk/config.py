"""Where the data is, who acts, and how this workstation sounds and looks.

Options first, then the environment, then what the platform says. What belongs to the workstation and not to the clinic
is kept between runs in `workstation.toml` in the platform's configuration folder.
"""

from __future__ import annotations

import os
import re
from collections.abc import Mapping
from pathlib import Path

from msgspec import Struct

from frontdesk.folders import data_folder, settings_folder, state_folder
from frontdesk.patterns import late

_PASSWORD = late(r"^[^:/?#]+://[^:/]*:[^@]+@|[?&](?:\w*password|passwd|passphrase)=[^&]", re.IGNORECASE)


class Settings(Struct, frozen=True):
    """What one run goes by."""

    database: str
    """A file path (SQLite) or a SQLAlchemy URL."""
    actor: str
    """In whose name changes are logged."""


def settings(database: str | None = None, actor: str | None = None) -> Settings:
    """Reads `--db`/`FRONTDESK_DB` and `--as`/`FRONTDESK_USER`; without them the platform's data folder and user.

    An empty `--db` stays empty, to be refused: a script whose variable is unset must not write to the real clinic.
    """
    where = database if database is not None else os.environ.get("FRONTDESK_DB") or str(default_database())
    named = _one_line(actor or "") or _one_line(os.environ.get("FRONTDESK_USER", "")) or _one_line(_user())
    return Settings(where, named or "unknown")


def default_database() -> Path:
    """`clinic.db` in the platform's user data directory."""
    return data_folder() / "clinic.db"


def holds_password(where: str) -> bool:
    """Whether the URL of a database has a password in it, before the `@` or among its options."""
    # A plain path, which has neither, needs no pattern.
    return ("://" in where or "=" in where) and bool(_PASSWORD.search(where))


class BadSetting(ValueError):
    """A line of the workstation's file that says nothing; the words name the file, the key and what it may be."""


LONGEST_LOCK_MINUTES = 120
_CHOICES: Mapping[str, tuple[str | bool, ...]] = {
    "sound": ("bell", "notification", "off"),
    "notification": ("auto", "osc9", "osc777", "notify-send"),
    "theme": ("dark", "light", "contrast", "contrast-light"),
    "privacy": (False, True),
    "paper": (True, False),
}
_PATHS = ("paper_folder", "paper_font")


class Workstation(Struct, frozen=True):
    """How alarms are heard at this workstation, and how its screens look."""

    sound: str = "bell"
    """The terminal's bell, a desktop notification, or neither."""
    notification: str = "auto"
    """How it is sent: by an escape sequence of the terminal (OSC 9 or 777) or by the program notify-send."""
    theme: str = "dark"
    """Which look: dark, light, or either with high contrast."""
    privacy: bool = False
    """Whether its screens hide names and files."""
    lock_minutes: int = 0
    """Minutes without a key after which it locks by itself; 0 never."""
    passphrase: str = ""
    """The seal of what opens the lock; without one, Enter does."""
    paper: bool = True
    """Whether the day sheet is written by itself while a dashboard is open here."""
    paper_folder: str = ""
    """Where to; empty: beside the database."""
    paper_font: str = ""
    """A font file for names that the program's own font has no letters for."""


def workstation_file() -> Path:
    """`workstation.toml` in the platform's user configuration directory."""
    return settings_folder() / "workstation.toml"


def key_file() -> Path:
    """`keys.toml` beside it: keys of one's own."""
    return workstation_file().with_name("keys.toml")


def drafts_folder() -> Path:
    """Where the platform keeps the state of programs: for forms that are half typed."""
    return state_folder() / "drafts"


def read_workstation(path: Path) -> Workstation:
    """What the file says, the rest by default; raises `BadSetting` for what it should not say."""
    try:
        data = path.read_bytes()
    except OSError:
        return Workstation()  # none there, or none that may be read: no reason to keep the timers from being shown
    import tomllib  # many workstations have no such file

    try:
        found = tomllib.loads(data.decode("utf-8"))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise BadSetting(f"{path} is no TOML: {error}") from None
    for key, value in found.items():
        if key == "lock_minutes" and (type(value) is not int or not 0 <= value <= LONGEST_LOCK_MINUTES):
            raise BadSetting(
                f"{path}: lock_minutes is a number from 0 (never) to {LONGEST_LOCK_MINUTES}, not {value!r}"
            )
        if key == "passphrase" and (not isinstance(value, str) or (value and not _is_seal(value))):
            raise BadSetting(
                f"{path}: passphrase is no seal that Ctrl+P, lock passphrase wrote; without the line, Enter unlocks"
            )
        if key in _PATHS and (not isinstance(value, str) or (value and not Path(value).expanduser().is_absolute())):
            raise BadSetting(f"{path}: {key} is a whole path, from / or ~ on, not {value!r}")
        if key in ("lock_minutes", "passphrase", *_PATHS):
            continue
        if key not in _CHOICES:
            from difflib import get_close_matches

            near = get_close_matches(key, Workstation.__struct_fields__, 1, 0)
            raise BadSetting(f'{path}: there is no setting "{key}"; did you mean "{near[0]}"?')
        if value not in _CHOICES[key]:
            may = ", ".join(_toml(one) for one in _CHOICES[key])
            raise BadSetting(f"{path}: {key} is one of {may}, not {value!r}")
    return Workstation(**found)


def _is_seal(value: str) -> bool:
    from frontdesk.passphrase import is_seal

    return is_seal(value)


def look_of_this_run(*, environment: Mapping[str, str] | None = None) -> str:
    """The look that `FRONTDESK_THEME` asks for, "" for the workstation's own; raises `BadSetting` for none there is."""
    named = (os.environ if environment is None else environment).get("FRONTDESK_THEME", "")
    if named and named not in _CHOICES["theme"]:
        may = ", ".join(str(one) for one in _CHOICES["theme"])
        raise BadSetting(f"FRONTDESK_THEME is one of {may}, not {named[:40]!r}")
    return named


def keep_workstation(path: Path, settings: Workstation) -> None:
    """Writes the file, whole or not at all; raises OSError where that can't be done."""
    path.parent.mkdir(parents=True, exist_ok=True)
    text = "".join(f"{name} = {_toml(getattr(settings, name))}\n" for name in settings.__struct_fields__)
    scratch = path.with_name(f".{path.name}.{os.getpid()}")
    try:
        # The seal of a passphrase is nobody else's business.
        with os.fdopen(os.open(scratch, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "w", encoding="utf-8") as file:
            file.write(text)
        scratch.replace(path)
    finally:
        scratch.unlink(missing_ok=True)


def _toml(value: str | bool | int) -> str:
    # A string of JSON is one of TOML too.
    import json

    return str(value).lower() if isinstance(value, int) else json.dumps(value, ensure_ascii=False)


def _one_line(name: str) -> str:
    return " ".join(name.split())


def _user() -> str:
    import getpass

    try:
        return getpass.getuser()
    except (KeyError, OSError):
        return "unknown"
