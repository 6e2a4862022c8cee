"""Comparators, and the words and forms of the report, under signatures"""

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None


def upgrade() -> None:
    with op.batch_alter_table("signature", schema=None) as batch_op:
        for name in ("comparators_sha256", "forms_sha256"):
            batch_op.add_column(sa.Column(name, sa.String(length=64), server_default="", nullable=False))
        batch_op.add_column(sa.Column("forms", sa.JSON(), server_default="{}", nullable=False))


def downgrade() -> None:
    with op.batch_alter_table("signature", schema=None) as batch_op:
        for name in ("forms", "forms_sha256", "comparators_sha256"):
            batch_op.drop_column(name)
