"""The passphrase of a workstation's lock: what may be one, and the salted hash of it that is kept."""

from __future__ import annotations

import os
import unicodedata

from frontdesk.patterns import late

SHORTEST, LONGEST = 6, 128
"""Characters. It opens a screen, slowed down at each wrong try; whoever has the PC's account has the data anyway."""
_N, _R, _P = 2**14, 8, 1
"""scrypt's costs: 16 MB and some 50 ms a try, once in a while and in a thread."""
_SEALED = late(r"^scrypt\$(\d{1,8})\$(\d{1,3})\$(\d{1,3})\$([A-Za-z0-9+/]{22}==)\$([A-Za-z0-9+/]{43}=)$")
_MOST_MEMORY = 2**27


def objection_to(words: str) -> str | None:
    """Why it can't be a passphrase, in words for who typed it; None when it can."""
    if not SHORTEST <= len(words) <= LONGEST:
        return f"a passphrase has {SHORTEST} to {LONGEST} characters"
    if words.startswith("."):
        return "a passphrase can't begin with a full stop: on the lock it hushes the alarm"
    return None


def seal(words: str) -> str:
    """What is kept of it: the costs, a salt of 128 bits and the hash. Takes some 50 ms."""
    salt = os.urandom(16)
    return f"scrypt${_N}${_R}${_P}${_text(salt)}${_text(_hash(words, salt, _N, _R, _P))}"


def opens(sealed: str, words: str) -> bool:
    """Whether these are the words that were sealed; never for what is no seal. Takes some 50 ms."""
    parts = _SEALED.match(sealed)
    if parts is None or not is_seal(sealed):
        return False
    import base64
    import hmac

    salt, hashed = base64.b64decode(parts[4]), base64.b64decode(parts[5])
    return hmac.compare_digest(_hash(words, salt, int(parts[1]), int(parts[2]), int(parts[3])), hashed)


def is_seal(text: str) -> bool:
    """Whether it is something that `seal` may have made, and that can be tried on this machine."""
    parts = _SEALED.match(text)
    if parts is None:
        return False
    n, r, p = (int(part) for part in parts.group(1, 2, 3))
    return n > 1 and n & (n - 1) == 0 and 0 < r <= 32 and 0 < p <= 8 and 128 * n * r < _MOST_MEMORY


def _hash(words: str, salt: bytes, n: int, r: int, p: int) -> bytes:
    # However the keyboard composes an accent, it is the same passphrase.
    typed = unicodedata.normalize("NFKC", words).encode("utf-8", "surrogatepass")
    # By OpenSSL itself: the dashboard loads `hashlib` without it (`ui.environment.lean`).
    from _hashlib import scrypt

    return scrypt(typed, salt=salt, n=n, r=r, p=p, maxmem=_MOST_MEMORY + 2**20, dklen=32)


def _text(data: bytes) -> str:
    import base64  # few workstations have a passphrase

    return base64.b64encode(data).decode("ascii")
