"""The clinic: what it has, who works there, what is done and when."""

from __future__ import annotations

from sqlalchemy import (
    JSON,
    Boolean,
    CheckConstraint,
    Column,
    Date,
    Integer,
    String,
    Table,
    Text,
    false,
    text,
)

from frontdesk.domain.keeping import KEEP_YEARS
from frontdesk.domain.visit import LATE_CANCEL_HOURS
from frontdesk.store.schema.base import metadata, number
from frontdesk.store.shared import EAST_LEAST, EAST_MOST
from frontdesk.store.types import Instant

clinic = Table(
    "clinic",
    metadata,
    number(),
    Column("name", Text, nullable=False),
    Column("timezone", String(60), nullable=False),
    Column("phone_region", String(2), nullable=False),
    Column("slot_minutes", Integer, nullable=False),
    Column("hours", JSON, nullable=False),
    CheckConstraint("id = 1", name="only_one"),
    Column("waiting_minutes", Integer, nullable=False, server_default=text("10")),
    Column("late_minutes", Integer, nullable=False, server_default=text("5")),
    Column("waiting_urgent", Integer, nullable=False, server_default=text("20")),
    Column("late_urgent", Integer, nullable=False, server_default=text("15")),
    Column("east_least", Integer, nullable=False, server_default=text(str(EAST_LEAST))),
    Column("east_most", Integer, nullable=False, server_default=text(str(EAST_MOST))),
    Column("keep_years", Integer, nullable=False, server_default=text(str(KEEP_YEARS))),
    Column("reminders", JSON(none_as_null=True)),
    Column("recalls", JSON(none_as_null=True)),
    Column("late_cancel_hours", Integer, nullable=False, server_default=text(str(LATE_CANCEL_HOURS))),
    CheckConstraint("slot_minutes BETWEEN 1 AND 60", name="slot_minutes"),
)

room = Table(
    "room",
    metadata,
    number(),
    Column("name", Text, nullable=False, unique=True),
    Column("room_group", Text, nullable=False, server_default=""),
    Column("position", Integer, nullable=False),
    Column("retired", Boolean, nullable=False, server_default=false()),
    Column("kind", Text, nullable=False, server_default=""),
)

equipment = Table(
    "equipment",
    metadata,
    number(),
    Column("name", Text, nullable=False, unique=True),
    Column("count", Integer, nullable=False),
    Column("position", Integer, nullable=False),
    Column("retired", Boolean, nullable=False, server_default=false()),
    CheckConstraint("count > 0", name="count"),
)
"""What visits take besides a room, and how many of it there are."""

practitioner = Table(
    "practitioner",
    metadata,
    number(),
    Column("name", Text, nullable=False, unique=True),
    Column("hours", JSON(none_as_null=True)),
    Column("position", Integer, nullable=False),
    Column("retired", Boolean, nullable=False, server_default=false()),
    Column("last_start", Integer),
    Column("off_at", Instant),
)

service = Table(
    "service",
    metadata,
    number(),
    Column("name", Text, nullable=False, unique=True),
    Column("consultation", Integer, nullable=False),
    Column("insertion", Integer, nullable=False),
    Column("retention_earliest", Integer, nullable=False),
    Column("retention_latest", Integer, nullable=False),
    Column("planned_retention", Integer, nullable=False),
    Column("removal", Integer, nullable=False),
    Column("turnover", Integer, nullable=False),
    Column("position", Integer, nullable=False),
    Column("retired", Boolean, nullable=False, server_default=false()),
    Column("room_kinds", JSON, nullable=False, server_default="[]"),
    Column("equipment", JSON, nullable=False, server_default="[]"),
    Column("last_start", Integer),
    CheckConstraint("consultation >= 0 AND insertion >= 0 AND removal >= 0 AND turnover >= 0", name="lengths"),
    CheckConstraint(
        "0 <= retention_earliest AND retention_earliest <= planned_retention AND planned_retention <= retention_latest",
        name="retention_window",
    ),
)

closure = Table(
    "closure",
    metadata,
    number(),
    Column("first_day", Date, nullable=False),
    Column("last_day", Date, nullable=False),
    Column("reason", Text, nullable=False, server_default=""),
    CheckConstraint("first_day <= last_day", name="order"),
)
