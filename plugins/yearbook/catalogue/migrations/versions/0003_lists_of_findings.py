"""Findings in order of weight, the record of every check, and what their lists are searched by"""

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None

PARTITION = ["programme", "dataset", "year", "rule"]
COUNTED = ["critical", "warning", "info", "waived", "new", "gone"]
SEARCHED = ["programme", "place", "year", "dataset", "rule", "severity", "state", "is_new", "effect", "identity"]


def upgrade() -> None:
    with op.batch_alter_table("finding", schema=None) as batch_op:
        batch_op.add_column(sa.Column("place", sa.Float(), server_default="0", nullable=False))
        batch_op.drop_index("finding_by_partition")
        batch_op.create_index("finding_by_partition", [*PARTITION, "severity", "state", "is_new"], unique=False)
        batch_op.create_index("finding_by_record", ["programme", "record_hash"], unique=False)
        batch_op.create_index("finding_by_place", SEARCHED, unique=False)

    op.create_table(
        "finding_run",
        sa.Column("programme", sa.String(length=100), nullable=False),
        sa.Column("dataset", sa.String(length=100), nullable=False),
        sa.Column("year", sa.Integer(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        *(sa.Column(name, sa.BigInteger(), nullable=False) for name in COUNTED),
        sa.PrimaryKeyConstraint("programme", "dataset", "year", "at"),
    )


def downgrade() -> None:
    op.drop_table("finding_run")
    with op.batch_alter_table("finding", schema=None) as batch_op:
        for index in ("finding_by_place", "finding_by_record", "finding_by_partition"):
            batch_op.drop_index(index)
        batch_op.create_index("finding_by_partition", PARTITION, unique=False)
        batch_op.drop_column("place")
