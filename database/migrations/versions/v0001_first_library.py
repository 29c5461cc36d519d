"""The first library: records, constraints, journal and the search index of both engines."""

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None


def upgrade() -> None:
    _records()
    if op.get_bind().dialect.name == "postgresql":
        _search_on_postgresql()
    else:
        _search_on_sqlite()


def _search_on_sqlite() -> None:
    # The words come folded from database.text.words; FTS5 only has to split at blanks.
    op.execute(
        "CREATE VIRTUAL TABLE biblio_words USING fts5("
        "title, rest, detail=column, prefix='2 3 4',"
        " tokenize='unicode61 remove_diacritics 0')"
    )
    op.execute("PRAGMA application_id = 1397050433")


def _search_on_postgresql() -> None:
    op.execute(
        "CREATE TABLE biblio_words (biblio_id integer PRIMARY KEY REFERENCES biblio (id),"
        " title tsvector NOT NULL, words tsvector NOT NULL)"
    )
    op.execute("CREATE INDEX ix_biblio_words_title ON biblio_words USING gin (title)")
    op.execute("CREATE INDEX ix_biblio_words_words ON biblio_words USING gin (words)")


def _records() -> None:
    op.create_table(
        "closed_day",
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("open", sa.Boolean(), nullable=False),
        sa.PrimaryKeyConstraint("day", name=op.f("pk_closed_day")),
    )
    op.create_table(
        "counter",
        sa.Column("series", sa.String(), nullable=False),
        sa.Column("value", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("series", name=op.f("pk_counter")),
    )
    op.create_table(
        "heading",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("scheme", sa.String(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column(
            "key", sa.String().with_variant(sa.String(collation="C"), "postgresql"), nullable=False
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_heading")),
        sa.UniqueConstraint("key", "kind", "scheme", name=op.f("uq_heading_key")),
    )
    op.create_table(
        "journal",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("actor", sa.String(), nullable=False),
        sa.Column("action", sa.String(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("record_id", sa.Integer(), nullable=True),
        sa.Column("facts", sa.Text(), nullable=False),
        sa.Column("undoes_id", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(
            ["undoes_id"], ["journal.id"], name=op.f("fk_journal_undoes_id_journal")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_journal")),
        sa.UniqueConstraint("undoes_id", name=op.f("uq_journal_undoes_id")),
    )
    op.create_index(op.f("ix_journal_at"), "journal", ["at"], unique=False)
    op.create_index("ix_journal_record", "journal", ["kind", "record_id"], unique=False)
    op.create_table(
        "opening_hours",
        sa.Column("weekday", sa.Integer(), nullable=False),
        sa.Column("opens", sa.Time(), nullable=False),
        sa.Column("closes", sa.Time(), nullable=False),
        sa.CheckConstraint("weekday BETWEEN 0 AND 6", name=op.f("ck_opening_hours_weekday")),
        sa.PrimaryKeyConstraint("weekday", name=op.f("pk_opening_hours")),
    )
    op.create_table(
        "patron_category",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("code", sa.String(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("audience", sa.String(), nullable=False),
        sa.Column("validity_days", sa.Integer(), nullable=True),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("active", sa.Boolean(), nullable=False),
        sa.CheckConstraint("kind IN ('person', 'place')", name=op.f("ck_patron_category_kind")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_patron_category")),
        sa.UniqueConstraint("code", name=op.f("uq_patron_category_code")),
    )
    op.create_table(
        "picture",
        sa.Column("place", sa.String(), nullable=False),
        sa.Column("media_type", sa.String(), nullable=False),
        sa.Column("content", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("place", name=op.f("pk_picture")),
    )
    op.create_table(
        "profile",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("short_name", sa.String(), nullable=False),
        sa.Column("hospital", sa.String(), nullable=False),
        sa.Column("government", sa.String(), nullable=False),
        sa.Column("city", sa.String(), nullable=False),
        sa.Column("address", sa.String(), nullable=False),
        sa.Column("phone", sa.String(), nullable=False),
        sa.Column("email", sa.String(), nullable=False),
        sa.Column("dinas", sa.String(), nullable=False),
        sa.Column("demo", sa.Boolean(), nullable=False),
        sa.CheckConstraint("id = 1", name=op.f("ck_profile_only_one")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_profile")),
    )
    op.create_table(
        "setting",
        sa.Column("key", sa.String(), nullable=False),
        sa.Column("value", sa.String(), nullable=False),
        sa.PrimaryKeyConstraint("key", name=op.f("pk_setting")),
    )
    op.create_table(
        "signatory",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("role", sa.String(), nullable=False),
        sa.Column("position", sa.String(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("nip", sa.String(), nullable=False),
        sa.Column("valid_from", sa.Date(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_signatory")),
    )
    op.create_table(
        "visit",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("visited_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("visited_on", sa.Date(), nullable=False),
        sa.Column("category", sa.String(), nullable=False),
        sa.Column("purpose", sa.String(), nullable=False),
        sa.Column("people", sa.Integer(), nullable=False),
        sa.Column("cancelled_at", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint("people > 0", name=op.f("ck_visit_people")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_visit")),
    )
    op.create_index("ix_visit_visited_on", "visit", ["visited_on", "category"], unique=False)
    op.create_table(
        "biblio",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("marc", sa.Text(), nullable=False),
        sa.Column("title", sa.String(), nullable=False),
        sa.Column(
            "title_key",
            sa.String().with_variant(sa.String(collation="C"), "postgresql"),
            nullable=False,
        ),
        sa.Column("match_key", sa.String(), nullable=False),
        sa.Column("contributors", sa.String(), nullable=False),
        sa.Column("edition", sa.String(), nullable=False),
        sa.Column("place", sa.String(), nullable=False),
        sa.Column("publisher", sa.String(), nullable=False),
        sa.Column("year", sa.Integer(), nullable=True),
        sa.Column("extent", sa.String(), nullable=False),
        sa.Column("series", sa.String(), nullable=False),
        sa.Column("isbn", sa.String(), nullable=False),
        sa.Column("issn", sa.String(), nullable=False),
        sa.Column("classification", sa.String(), nullable=False),
        sa.Column("nlm", sa.String(), nullable=False),
        sa.Column("call_number", sa.String(), nullable=False),
        sa.Column("language", sa.String(), nullable=False),
        sa.Column("material", sa.String(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("created_on", sa.Date(), nullable=False),
        sa.Column("updated_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("batch_id", sa.Integer(), nullable=True),
        sa.Column("cancelled_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(
            ["batch_id"], ["journal.id"], name=op.f("fk_biblio_batch_id_journal")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_biblio")),
    )
    op.create_index(op.f("ix_biblio_batch_id"), "biblio", ["batch_id"], unique=False)
    op.create_index("ix_biblio_created_on", "biblio", ["created_on", "cancelled_at"], unique=False)
    op.create_index(op.f("ix_biblio_match_key"), "biblio", ["match_key"], unique=False)
    op.create_index(op.f("ix_biblio_title_key"), "biblio", ["title_key"], unique=False)
    op.create_table(
        "loan_rule",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("category_id", sa.Integer(), nullable=True),
        sa.Column("item_type", sa.String(), nullable=True),
        sa.Column("loan_limit", sa.Integer(), nullable=False),
        sa.Column("days", sa.Integer(), nullable=False),
        sa.Column("renewals", sa.Integer(), nullable=False),
        sa.Column("lendable", sa.Boolean(), nullable=False),
        sa.CheckConstraint(
            "loan_limit >= 0 AND days >= 0 AND renewals >= 0",
            name=op.f("ck_loan_rule_not_negative"),
        ),
        sa.ForeignKeyConstraint(
            ["category_id"],
            ["patron_category.id"],
            name=op.f("fk_loan_rule_category_id_patron_category"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_loan_rule")),
    )
    op.create_table(
        "patron",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("number", sa.String(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("category_id", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column(
            "name_key",
            sa.String().with_variant(sa.String(collation="C"), "postgresql"),
            nullable=False,
        ),
        sa.Column("search_key", sa.String(), nullable=False),
        sa.Column("sex", sa.String(), nullable=False),
        sa.Column("unit", sa.String(), nullable=False),
        sa.Column("institution", sa.String(), nullable=False),
        sa.Column("staff_number", sa.String(), nullable=True),
        sa.Column("phone", sa.String(), nullable=False),
        sa.Column("note", sa.String(), nullable=False),
        sa.Column("joined_on", sa.Date(), nullable=False),
        sa.Column("valid_until", sa.Date(), nullable=True),
        sa.Column("ended_on", sa.Date(), nullable=True),
        sa.Column("blocked_reason", sa.String(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("forgotten_at", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint("kind IN ('person', 'place')", name=op.f("ck_patron_kind")),
        sa.CheckConstraint(
            "number = upper(number) AND number <> ''", name=op.f("ck_patron_number_upper")
        ),
        sa.CheckConstraint("sex IN ('', 'f', 'm')", name=op.f("ck_patron_sex")),
        sa.ForeignKeyConstraint(
            ["category_id"],
            ["patron_category.id"],
            name=op.f("fk_patron_category_id_patron_category"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_patron")),
        sa.UniqueConstraint("number", name=op.f("uq_patron_number")),
        sa.UniqueConstraint("staff_number", name=op.f("uq_patron_staff_number")),
    )
    op.create_index(op.f("ix_patron_category_id"), "patron", ["category_id"], unique=False)
    op.create_index(op.f("ix_patron_name_key"), "patron", ["name_key"], unique=False)
    op.create_table(
        "biblio_heading",
        sa.Column("biblio_id", sa.Integer(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("heading_id", sa.Integer(), nullable=False),
        sa.Column("role", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(
            ["biblio_id"], ["biblio.id"], name=op.f("fk_biblio_heading_biblio_id_biblio")
        ),
        sa.ForeignKeyConstraint(
            ["heading_id"], ["heading.id"], name=op.f("fk_biblio_heading_heading_id_heading")
        ),
        sa.PrimaryKeyConstraint("biblio_id", "position", name=op.f("pk_biblio_heading")),
    )
    op.create_index("ix_biblio_heading_heading_id", "biblio_heading", ["heading_id"], unique=False)
    op.create_table(
        "biblio_identifier",
        sa.Column("biblio_id", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("value", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(
            ["biblio_id"], ["biblio.id"], name=op.f("fk_biblio_identifier_biblio_id_biblio")
        ),
        sa.PrimaryKeyConstraint("biblio_id", "kind", "value", name=op.f("pk_biblio_identifier")),
    )
    op.create_index(
        "ix_biblio_identifier_value", "biblio_identifier", ["value", "kind"], unique=False
    )
    op.create_table(
        "item",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("biblio_id", sa.Integer(), nullable=False),
        sa.Column("barcode", sa.String(), nullable=False),
        sa.Column("accession_number", sa.String(), nullable=True),
        sa.Column("call_number", sa.String(), nullable=False),
        sa.Column("volume", sa.String(), nullable=False),
        sa.Column("copy_number", sa.Integer(), nullable=False),
        sa.Column("item_type", sa.String(), nullable=False),
        sa.Column("class_group", sa.String(), nullable=False),
        sa.Column("location", sa.String(), nullable=False),
        sa.Column("ownership", sa.String(), nullable=False),
        sa.Column("source", sa.String(), nullable=False),
        sa.Column("supplier", sa.String(), nullable=False),
        sa.Column("price", sa.Integer(), nullable=True),
        sa.Column("accessioned_on", sa.Date(), nullable=False),
        sa.Column("status", sa.String(), nullable=False),
        sa.Column("status_until", sa.DateTime(timezone=True), nullable=True),
        sa.Column("left_on", sa.Date(), nullable=True),
        sa.Column("note", sa.String(), nullable=False),
        sa.Column("labelled_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("batch_id", sa.Integer(), nullable=True),
        sa.Column("cancelled_at", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint(
            "barcode = upper(barcode) AND barcode <> ''", name=op.f("ck_item_barcode_upper")
        ),
        sa.CheckConstraint(
            "ownership IN ('hospital', 'deposit', 'gift')", name=op.f("ck_item_ownership")
        ),
        sa.CheckConstraint(
            "source IN ('purchase', 'gift', 'exchange', 'deposit', 'own')",
            name=op.f("ck_item_source"),
        ),
        sa.CheckConstraint(
            "status IN ('in_service', 'reference', 'quarantine', 'repair', 'missing', 'lost', 'withdrawn', 'returned_to_owner')",
            name=op.f("ck_item_status"),
        ),
        sa.CheckConstraint("price IS NULL OR price >= 0", name=op.f("ck_item_price")),
        sa.ForeignKeyConstraint(
            ["batch_id"], ["journal.id"], name=op.f("fk_item_batch_id_journal")
        ),
        sa.ForeignKeyConstraint(
            ["biblio_id"], ["biblio.id"], name=op.f("fk_item_biblio_id_biblio")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_item")),
        sa.UniqueConstraint("accession_number", name=op.f("uq_item_accession_number")),
        sa.UniqueConstraint("barcode", name=op.f("uq_item_barcode")),
    )
    op.create_index(op.f("ix_item_batch_id"), "item", ["batch_id"], unique=False)
    op.create_index(
        "ix_item_stock",
        "item",
        [
            "biblio_id",
            "class_group",
            "item_type",
            "ownership",
            "accessioned_on",
            "left_on",
            "cancelled_at",
            "source",
            "status",
        ],
        unique=False,
    )
    op.create_index(
        "ix_item_unlabelled",
        "item",
        ["id"],
        unique=False,
        sqlite_where=sa.text("labelled_at IS NULL"),
        postgresql_where=sa.text("labelled_at IS NULL"),
    )
    op.create_table(
        "in_house_use",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("item_id", sa.Integer(), nullable=False),
        sa.Column("used_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("used_on", sa.Date(), nullable=False),
        sa.Column("category", sa.String(), nullable=False),
        sa.Column("class_group", sa.String(), nullable=False),
        sa.Column("cancelled_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(
            ["item_id"], ["item.id"], name=op.f("fk_in_house_use_item_id_item")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_in_house_use")),
    )
    op.create_index(op.f("ix_in_house_use_item_id"), "in_house_use", ["item_id"], unique=False)
    op.create_index("ix_in_house_use_used_on", "in_house_use", ["used_on"], unique=False)
    op.create_table(
        "loan",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("item_id", sa.Integer(), nullable=False),
        sa.Column("patron_id", sa.Integer(), nullable=True),
        sa.Column("lent_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("lent_on", sa.Date(), nullable=False),
        sa.Column("due_on", sa.Date(), nullable=False),
        sa.Column("returned_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("returned_on", sa.Date(), nullable=True),
        sa.Column("renewals", sa.Integer(), nullable=False),
        sa.Column("category", sa.String(), nullable=False),
        sa.Column("unit", sa.String(), nullable=False),
        sa.Column("item_type", sa.String(), nullable=False),
        sa.Column("class_group", sa.String(), nullable=False),
        sa.Column("cancelled_at", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint(
            "(returned_at IS NULL) = (returned_on IS NULL)", name=op.f("ck_loan_returned_whole")
        ),
        sa.CheckConstraint("due_on >= lent_on", name=op.f("ck_loan_due_after_lent")),
        sa.ForeignKeyConstraint(["item_id"], ["item.id"], name=op.f("fk_loan_item_id_item")),
        sa.ForeignKeyConstraint(
            ["patron_id"], ["patron.id"], name=op.f("fk_loan_patron_id_patron")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_loan")),
    )
    op.create_index("ix_loan_item_id", "loan", ["item_id"], unique=False)
    op.create_index(
        "ix_loan_lent_on",
        "loan",
        ["lent_on", "category", "class_group", "cancelled_at"],
        unique=False,
    )
    op.create_index(
        "ix_loan_open_due",
        "loan",
        ["due_on"],
        unique=False,
        sqlite_where=sa.text("returned_at IS NULL AND cancelled_at IS NULL"),
        postgresql_where=sa.text("returned_at IS NULL AND cancelled_at IS NULL"),
    )
    op.create_index(
        "ix_loan_open_patron",
        "loan",
        ["patron_id"],
        unique=False,
        sqlite_where=sa.text("returned_at IS NULL AND cancelled_at IS NULL"),
        postgresql_where=sa.text("returned_at IS NULL AND cancelled_at IS NULL"),
    )
    op.create_index("ix_loan_patron_id", "loan", ["patron_id"], unique=False)
    op.create_index(
        "ix_loan_returned_on",
        "loan",
        ["returned_on", "category", "due_on", "cancelled_at"],
        unique=False,
    )
    op.create_index(
        "uq_loan_open_item",
        "loan",
        ["item_id"],
        unique=True,
        sqlite_where=sa.text("returned_at IS NULL AND cancelled_at IS NULL"),
        postgresql_where=sa.text("returned_at IS NULL AND cancelled_at IS NULL"),
    )
    op.create_table(
        "renewal",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("loan_id", sa.Integer(), nullable=False),
        sa.Column("renewed_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("renewed_on", sa.Date(), nullable=False),
        sa.Column("due_before", sa.Date(), nullable=False),
        sa.Column("due_after", sa.Date(), nullable=False),
        sa.Column("category", sa.String(), nullable=False),
        sa.Column("cancelled_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(["loan_id"], ["loan.id"], name=op.f("fk_renewal_loan_id_loan")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_renewal")),
    )
    op.create_index(op.f("ix_renewal_loan_id"), "renewal", ["loan_id"], unique=False)
    op.create_index("ix_renewal_renewed_on", "renewal", ["renewed_on"], unique=False)
    op.create_index(
        "uq_loan_rule_pair",
        "loan_rule",
        [sa.text("coalesce(category_id, 0)"), sa.text("coalesce(item_type, '')")],
        unique=True,
    )
