"""The patient's file, intakes and scores; former and original names, who is retired; since and until of flags.

Columns and tables are added and nothing is rebuilt, so that a large database is upgraded at once.
"""

import sqlalchemy as sa
from alembic import op

revision = "0009"
down_revision = "0008"
branch_labels = None
depends_on = None

NUMBER = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
SCORES = ("pain", "numbness", "sleep", "mood")
SCALE = "0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10"


def upgrade() -> None:
    op.add_column("patient", sa.Column("former_name", sa.Text(), server_default="", nullable=False))
    op.add_column("patient", sa.Column("original_name", sa.Text(), server_default="", nullable=False))
    op.add_column("patient", sa.Column("retired", sa.Boolean(), server_default=sa.false(), nullable=False))
    op.add_column("flag", sa.Column("since", sa.Date(), nullable=True))
    # SQLite adds no constraint to a table, but to a column that it adds; both databases read it so.
    op.execute("ALTER TABLE flag ADD COLUMN until DATE CONSTRAINT ck_flag_order CHECK (until >= since)")
    op.add_column("flag", sa.Column("set_by", sa.Text(), server_default="", nullable=False))
    op.create_table(
        "patient_file",
        sa.Column("patient_id", NUMBER, nullable=False),
        *(
            sa.Column(name, sa.Text(), server_default="", nullable=False)
            for name in (
                "pronunciation",
                "pronouns",
                "emergency_name",
                "emergency_relation",
                "emergency_phone",
                "guardian_name",
                "guardian_phone",
                "referred_by",
                "referral",
            )
        ),
        sa.Column("consent_treatment", sa.Date(), nullable=True),
        sa.Column("consent_data", sa.Date(), nullable=True),
        sa.Column("preferred_contact", sa.String(length=10), server_default="", nullable=False),
        sa.Column("language", sa.Text(), server_default="", nullable=False),
        sa.CheckConstraint(
            "preferred_contact IN ('', 'phone', 'message', 'email', 'post')",
            name=op.f("ck_patient_file_preferred_contact"),
        ),
        sa.ForeignKeyConstraint(
            ["patient_id"], ["patient.id"], name=op.f("fk_patient_file_patient_id_patient"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("patient_id", name=op.f("pk_patient_file")),
    )
    op.create_table(
        "intake",
        sa.Column("id", NUMBER, nullable=False),
        sa.Column("patient_id", NUMBER, nullable=False),
        sa.Column("version", sa.Integer(), server_default=sa.text("1"), nullable=False),
        sa.Column("taken_on", sa.Date(), nullable=False),
        sa.Column("taken_by", sa.Text(), nullable=False),
        sa.Column("complaint", sa.Text(), server_default="", nullable=False),
        sa.Column("severity", sa.String(length=10), server_default="", nullable=False),
        sa.Column("symptoms", sa.JSON(), server_default="[]", nullable=False),
        sa.Column("places", sa.Text(), server_default="", nullable=False),
        sa.Column("causes", sa.JSON(), server_default="[]", nullable=False),
        sa.Column("history", sa.Text(), server_default="", nullable=False),
        sa.Column("lifestyle", sa.Text(), server_default="", nullable=False),
        sa.CheckConstraint("severity IN ('', 'mild', 'moderate', 'severe')", name=op.f("ck_intake_severity")),
        sa.ForeignKeyConstraint(
            ["patient_id"], ["patient.id"], name=op.f("fk_intake_patient_id_patient"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_intake")),
    )
    op.create_index("ix_intake_patient_id", "intake", ["patient_id"], unique=False)
    op.create_table(
        "score",
        sa.Column("id", NUMBER, nullable=False),
        sa.Column("patient_id", NUMBER, nullable=False),
        sa.Column("appointment_id", NUMBER, nullable=True),
        sa.Column("at", sa.BigInteger(), nullable=False),
        sa.Column("taken_by", sa.Text(), nullable=False),
        *(sa.Column(name, sa.Integer(), nullable=True) for name in SCORES),
        *(sa.CheckConstraint(f"{name} IN ({SCALE})", name=op.f(f"ck_score_{name}")) for name in SCORES),
        sa.CheckConstraint(" OR ".join(f"{name} IS NOT NULL" for name in SCORES), name=op.f("ck_score_some")),
        sa.ForeignKeyConstraint(
            ["appointment_id"],
            ["appointment.id"],
            name=op.f("fk_score_appointment_id_appointment"),
            ondelete="SET NULL",
        ),
        sa.ForeignKeyConstraint(
            ["patient_id"], ["patient.id"], name=op.f("fk_score_patient_id_patient"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_score")),
    )
    op.create_index("ix_score_patient_id_at", "score", ["patient_id", "at"], unique=False)
    op.create_index(
        "uq_score_one_a_visit",
        "score",
        ["appointment_id"],
        unique=True,
        sqlite_where=sa.text("appointment_id IS NOT NULL"),
        postgresql_where=sa.text("appointment_id IS NOT NULL"),
    )
