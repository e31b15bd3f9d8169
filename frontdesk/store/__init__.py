"""The database: SQL in, domain values out; nothing above this package sees a row."""

from frontdesk.modules import put_off

# SQLAlchemy would ask it which databases others have written dialects for; it brings zipfile and the whole of email.
put_off("importlib.metadata")
