"""E-mails that the program sends by itself wait in the library until they are sent."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0026"
down_revision = "0025"
branch_labels = None
depends_on = None

_MOMENT = sa.DateTime(timezone=True)


def upgrade() -> None:
    """Both engines, in the migration's transaction."""
    op.create_table(
        "mail",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("patron_id", sa.Integer(), nullable=False),
        sa.Column("reminder_id", sa.Integer(), nullable=False),
        sa.Column("address", sa.String(), nullable=False),
        sa.Column("subject", sa.String(), nullable=False),
        sa.Column("body", sa.String(), nullable=False),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("tries", sa.Integer(), nullable=False),
        sa.Column("error", sa.String(), nullable=False),
        sa.Column("queued_at", _MOMENT, nullable=False),
        sa.Column("next_at", _MOMENT, nullable=False),
        sa.Column("claimed_at", _MOMENT, nullable=True),
        sa.Column("sent_at", _MOMENT, nullable=True),
        sa.CheckConstraint(
            "state IN ('queued', 'sending', 'sent', 'failed')", name=op.f("ck_mail_state")
        ),
        sa.CheckConstraint(
            "(state = 'sent') = (sent_at IS NOT NULL)", name=op.f("ck_mail_sent_whole")
        ),
        sa.CheckConstraint("state <> 'sent' OR body = ''", name=op.f("ck_mail_body_gone")),
        sa.ForeignKeyConstraint(["patron_id"], ["patron.id"], name="fk_mail_patron_id_patron"),
        sa.ForeignKeyConstraint(
            ["reminder_id"], ["reminder.id"], name="fk_mail_reminder_id_reminder"
        ),
        sa.PrimaryKeyConstraint("id", name="pk_mail"),
        sa.UniqueConstraint("reminder_id", name="uq_mail_reminder_id"),
    )
    op.create_index("ix_mail_patron_id", "mail", ["patron_id"])
    op.create_index("ix_mail_state", "mail", ["state", "next_at"])
