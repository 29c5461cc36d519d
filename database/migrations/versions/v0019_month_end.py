"""Words and open checks of a month's end, an accreditation's answers, evidence, timers, lists."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0019"
down_revision = "0018"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Both engines, in the migration's transaction."""
    for name in ("problems", "plans"):
        op.add_column(
            "period_report", sa.Column(name, sa.Text(), nullable=False, server_default="")
        )
    op.add_column(
        "period_report", sa.Column("annex", sa.Text(), nullable=False, server_default="{}")
    )
    _make_month_end()
    _make_questions()
    _make_evidence()


def _make_month_end() -> None:
    op.create_table(
        "period_text",
        sa.Column("period", sa.String(), nullable=False),
        sa.Column("part", sa.String(), nullable=False),
        sa.Column("words", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("period", "part", name="pk_period_text"),
    )
    op.create_table(
        "check_skip",
        sa.Column("id", sa.Integer(), nullable=False),
        *(sa.Column(name, sa.String(), nullable=False) for name in ("period", "code", "reason")),
        sa.Column("skipped_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("cancelled_at", sa.DateTime(timezone=True), nullable=True),
        sa.PrimaryKeyConstraint("id", name="pk_check_skip"),
    )
    op.create_index("ix_check_skip_period", "check_skip", ["period"])


def _make_questions() -> None:
    op.create_table(
        "assessment_question",
        sa.Column("instrument", sa.String(), nullable=False),
        sa.Column("component", sa.String(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("words", sa.Text(), nullable=False),
        sa.Column("answers", sa.Text(), nullable=False),
        sa.Column("score", sa.Integer(), nullable=True),
        sa.Column("note", sa.String(), nullable=False),
        sa.CheckConstraint("score BETWEEN 1 AND 5", name=op.f("ck_assessment_question_score")),
        sa.PrimaryKeyConstraint("instrument", "component", "number", name="pk_assessment_question"),
    )
    op.create_table(
        "saved_question",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("asked", sa.Text(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("cancelled_at", sa.DateTime(timezone=True), nullable=True),
        sa.PrimaryKeyConstraint("id", name="pk_saved_question"),
    )


def _make_evidence() -> None:
    words = ("owner", "owner_key", "name", "url", "sha256", "media_type")
    op.create_table(
        "evidence",
        sa.Column("id", sa.Integer(), nullable=False),
        *(sa.Column(name, sa.String(), nullable=False) for name in words),
        sa.Column("size", sa.Integer(), nullable=False),
        sa.Column("note", sa.String(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("cancelled_at", sa.DateTime(timezone=True), nullable=True),
        sa.PrimaryKeyConstraint("id", name="pk_evidence"),
    )
    op.create_index("ix_evidence_owner", "evidence", ["owner", "owner_key"])
    op.create_table(
        "work_timer",
        sa.Column("entry_id", sa.Integer(), nullable=False),
        sa.Column("started_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["entry_id"], ["register_entry.id"], name="fk_work_timer_entry_id_register_entry"
        ),
        sa.PrimaryKeyConstraint("entry_id", name="pk_work_timer"),
    )
