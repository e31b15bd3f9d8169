"""Prepaid packages, and the visits that were taken from them."""

import sqlalchemy as sa
from alembic import op

revision = "0018"
down_revision = "0017"
branch_labels = None
depends_on = None

NUMBER = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    op.create_table(
        "package",
        sa.Column("id", NUMBER, nullable=False),
        sa.Column("patient_id", NUMBER, nullable=False),
        sa.Column("version", sa.Integer(), server_default=sa.text("1"), nullable=False),
        sa.Column("visits", sa.Integer(), nullable=False),
        sa.Column("service_id", NUMBER, nullable=True),
        sa.Column("bought_on", sa.Date(), nullable=False),
        sa.Column("expires_on", sa.Date(), nullable=True),
        sa.Column("sold_by", sa.Text(), nullable=False),
        sa.CheckConstraint("visits BETWEEN 1 AND 200", name=op.f("ck_package_visits")),
        sa.CheckConstraint("expires_on >= bought_on", name=op.f("ck_package_expires_on")),
        sa.ForeignKeyConstraint(
            ["patient_id"], ["patient.id"], name=op.f("fk_package_patient_id_patient"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(["service_id"], ["service.id"], name=op.f("fk_package_service_id_service")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_package")),
    )
    op.create_index(op.f("ix_package_patient_id"), "package", ["patient_id"], unique=False)
    op.create_table(
        "package_use",
        sa.Column("appointment_id", NUMBER, autoincrement=False, nullable=False),
        sa.Column("package_id", NUMBER, nullable=False),
        sa.Column("at", sa.BigInteger(), nullable=False),
        sa.ForeignKeyConstraint(
            ["appointment_id"],
            ["appointment.id"],
            name=op.f("fk_package_use_appointment_id_appointment"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["package_id"], ["package.id"], name=op.f("fk_package_use_package_id_package"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("appointment_id", name=op.f("pk_package_use")),
    )
    op.create_index(op.f("ix_package_use_package_id"), "package_use", ["package_id"], unique=False)
