"""What was paid for ahead, in visits."""

from __future__ import annotations

from sqlalchemy import CheckConstraint, Column, Date, ForeignKey, Integer, Table, Text, text

from frontdesk.store.schema.base import metadata, number
from frontdesk.store.types import Instant

package = Table(
    "package",
    metadata,
    number(),
    Column("patient_id", ForeignKey("patient.id", ondelete="CASCADE"), nullable=False, index=True),
    Column("version", Integer, nullable=False, server_default=text("1")),
    Column("visits", Integer, nullable=False),
    Column("service_id", ForeignKey("service.id")),
    Column("bought_on", Date, nullable=False),
    Column("expires_on", Date),
    Column("sold_by", Text, nullable=False),
    CheckConstraint("visits BETWEEN 1 AND 200", name="visits"),
    CheckConstraint("expires_on >= bought_on", name="expires_on"),
)
"""So many visits of a service (None: of any), until a day (None: whenever)."""

package_use = Table(
    "package_use",
    metadata,
    Column("appointment_id", ForeignKey("appointment.id", ondelete="CASCADE"), primary_key=True, autoincrement=False),
    Column("package_id", ForeignKey("package.id", ondelete="CASCADE"), nullable=False, index=True),
    Column("at", Instant, nullable=False),
)
"""A visit that was taken from a package: each once, and never more than were bought (a guard)."""
