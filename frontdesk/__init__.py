"""The front desk of an acupuncture clinic, in a terminal."""

import sys

from frontdesk.modules import in_place_of, put_off, when_called

__version__ = "0.1.0"

for _name in (
    # What the standard library imports for Internet addresses in brackets, and for packing archives.
    "ipaddress",
    "bz2",
    "lzma",
    # For the source of a program, which it reads where it tells of an error in one.
    "tokenize",
    # msgspec, for a description of what a file may hold.
    "textwrap",
    "msgspec.inspect",
    # Textual, for what a browser would be told of a picture of the screen.
    "mimetypes",
    # SQLAlchemy, which would ask it for the dialects that others have installed; it brings zipfile and all of email.
    "importlib.metadata",
):
    put_off(_name)

if sys.platform == "linux":
    # The uuid of Python 3.11, which msgspec imports, loads the whole of it to learn this.
    with in_place_of({"platform": when_called("platform", system=lambda: "Linux")}):
        import uuid

        del uuid
