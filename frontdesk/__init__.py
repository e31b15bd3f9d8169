"""The front desk of an acupuncture clinic, in a terminal."""

from frontdesk.modules import put_off

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
    # Textual, for what a browser would be told of a picture of the screen.
    "mimetypes",
    # SQLAlchemy, which would ask it for the dialects that others have installed; it brings zipfile and all of email.
    "importlib.metadata",
):
    put_off(_name)
