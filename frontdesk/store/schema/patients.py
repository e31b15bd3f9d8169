"""Patients, and by what they are found."""

from __future__ import annotations

from sqlalchemy import (
    JSON,
    Boolean,
    CheckConstraint,
    Column,
    Date,
    ForeignKey,
    Index,
    Integer,
    String,
    Table,
    Text,
    false,
    text,
)

from frontdesk.store.findable import FOUND_OTHERWISE, PHONE_FOUND_OTHERWISE
from frontdesk.store.schema.base import PLAIN, metadata, number, only_where
from frontdesk.store.types import Instant

patient = Table(
    "patient",
    metadata,
    number(),
    Column("version", Integer, nullable=False, server_default=text("1")),
    Column("given", PLAIN, nullable=False, server_default=""),
    Column("family", PLAIN, nullable=False, server_default=""),
    Column("known_as", Text, nullable=False, server_default=""),
    Column("birth_date", Date),
    Column("sex", String(10)),
    Column("email", Text, nullable=False, server_default=""),
    Column("address", Text, nullable=False, server_default=""),
    Column("notes", Text, nullable=False, server_default=""),
    Column("deceased_on", Date),
    Column("last_seen_at", Instant),
    Column("created_at", Instant, nullable=False),
    Column("former_name", Text, nullable=False, server_default=""),
    Column("original_name", Text, nullable=False, server_default=""),
    Column("retired", Boolean, nullable=False, server_default=false()),
    Column("found_as", Text, nullable=False, server_default=""),
    CheckConstraint("given <> '' OR family <> ''", name="named"),
    Index("ix_patient_birth_date", "birth_date"),
    Index("ix_patient_last_seen_at", "last_seen_at"),
    Index(
        "ix_patient_found_otherwise",
        "id",
        **only_where(FOUND_OTHERWISE),
    ),
)
"""`found_as` is what the lookup's words of a patient were made of; whoever writes a name without it is noticed."""

phone = Table(
    "phone",
    metadata,
    Column("patient_id", ForeignKey("patient.id", ondelete="CASCADE"), primary_key=True),
    Column("position", Integer, primary_key=True),
    Column("text", Text, nullable=False),
    Column("digits_reversed", PLAIN, nullable=False),
    Column("found_as", Text, nullable=False, server_default=""),
    Index("ix_phone_digits_reversed", "digits_reversed"),
    Index(
        "ix_phone_found_otherwise",
        "patient_id",
        **only_where(PHONE_FOUND_OTHERWISE),
    ),
)
"""`found_as` is the text that `digits_reversed` and the rows of `phone_part` were made of."""

phone_part = Table(
    "phone_part",
    metadata,
    Column("digits", PLAIN, primary_key=True),
    Column("patient_id", ForeignKey("patient.id", ondelete="CASCADE"), primary_key=True, index=True),
    sqlite_with_rowid=False,
)
"""The ends of each telephone number, of every length: any part of a number is the beginning of one of them."""

flag = Table(
    "flag",
    metadata,
    number(),
    Column("patient_id", ForeignKey("patient.id", ondelete="CASCADE"), nullable=False, index=True),
    Column("kind", String(20), nullable=False),
    Column("note", Text, nullable=False, server_default=""),
    Column("since", Date),
    Column("until", Date),
    Column("set_by", Text, nullable=False, server_default=""),
    CheckConstraint("until >= since", name="order"),
)

patient_token = Table(
    "patient_token",
    metadata,
    Column("token", PLAIN, primary_key=True),
    Column("patient_id", ForeignKey("patient.id", ondelete="CASCADE"), primary_key=True),
    Index("ix_patient_token_patient_id_token", "patient_id", "token"),
    sqlite_with_rowid=False,
)
"""Folded words of each patient's names and e-mail: the lookup searches them by prefix."""

word_near = Table(
    "word_near",
    metadata,
    Column("variant", PLAIN, primary_key=True),
    Column("word", PLAIN, primary_key=True),
    sqlite_with_rowid=False,
)
"""Every word of a name, under each way to leave out a letter or two of its beginning: how mistyped ones are found."""

patient_source = Table(
    "patient_source",
    metadata,
    Column("namespace", String(64), primary_key=True),
    Column("key", PLAIN, primary_key=True),
    Column("patient_id", ForeignKey("patient.id", ondelete="CASCADE"), nullable=False, index=True),
    Column("fields", JSON, nullable=False),
)
"""Which patient a row of an imported file became, and what the row said, so that a second import changes nothing."""
