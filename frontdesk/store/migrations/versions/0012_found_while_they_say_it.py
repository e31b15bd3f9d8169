"""What the lookup needs: mistyped words, parts of numbers, and what each patient is found as.

Columns and tables are added and nothing is rebuilt. What is found under nothing yet is made findable after the last
migration (`store.words`).
"""

import sqlalchemy as sa
from alembic import op

revision = "0012"
down_revision = "0011"
branch_labels = None
depends_on = None

NUMBER = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
PLAIN = sa.Text().with_variant(sa.Text(collation="C"), "postgresql")
PATIENT = (
    "CASE WHEN found_as <> given || '|' || family || '|' || known_as || '|' || former_name || '|' || original_name"
    " || '|' || email THEN 1 END = 1"
)
PHONE = "CASE WHEN found_as <> text THEN 1 END = 1"


def upgrade() -> None:
    op.add_column("patient", sa.Column("found_as", sa.Text(), server_default="", nullable=False))
    op.add_column("phone", sa.Column("found_as", sa.Text(), server_default="", nullable=False))
    for name, table, column, where in (
        ("ix_patient_found_otherwise", "patient", "id", PATIENT),
        ("ix_phone_found_otherwise", "phone", "patient_id", PHONE),
    ):
        op.create_index(
            name, table, [column], unique=False, sqlite_where=sa.text(where), postgresql_where=sa.text(where)
        )
    op.create_table(
        "phone_part",
        sa.Column("digits", PLAIN, nullable=False),
        sa.Column("patient_id", NUMBER, nullable=False),
        sa.ForeignKeyConstraint(
            ["patient_id"], ["patient.id"], name=op.f("fk_phone_part_patient_id_patient"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("digits", "patient_id", name=op.f("pk_phone_part")),
        sqlite_with_rowid=False,
    )
    op.create_index("ix_phone_part_patient_id", "phone_part", ["patient_id"], unique=False)
    op.create_table(
        "word_near",
        sa.Column("variant", PLAIN, nullable=False),
        sa.Column("word", PLAIN, nullable=False),
        sa.PrimaryKeyConstraint("variant", "word", name=op.f("pk_word_near")),
        sqlite_with_rowid=False,
    )
