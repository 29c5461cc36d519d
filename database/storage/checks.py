"""Is the library sound? What the database guarantees is asked of it, the rest is counted."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import Connection, and_, func, or_, select, text
from sqlalchemy.orm import Session

from database.schema import Biblio, Item, ItemStatus, Loan
from database.storage import journal_chain


@dataclass(frozen=True, slots=True)
class Problem:
    """A kind of fault and how often it occurs; `lines` are the first lines of the journal it is
    about."""

    what: str
    count: int
    lines: tuple[int, ...] = ()


WHAT = (
    "damaged_pages", "broken_links", "titles_not_found_by_search", "search_finds_nothing",
    "lent_but_not_in_stock", "copies_that_break_the_balance", "titles_without_title",
    "journal_changed", "journal_missing", "journal_inserted",
)  # fmt: skip
"""Every kind of fault that is looked for."""
_LEFT = (ItemStatus.LOST, ItemStatus.WITHDRAWN, ItemStatus.RETURNED_TO_OWNER, ItemStatus.GIVEN)


def is_damaged(session: Session) -> bool:
    """Whether the file itself is broken, at the first place found; a server looks after its own.

    Raises Fault DAMAGED (in `Library.reading`) where it cannot even be looked through."""
    connection = session.connection()
    if connection.dialect.name == "postgresql":
        return False
    return bool(connection.execute(text("PRAGMA quick_check(1)")).scalar_one() != "ok")


def check(session: Session) -> list[Problem]:
    """Every problem found in one reading; an empty list means sound."""
    connection = session.connection()
    problems = [*_store(connection), *_records(connection), *_journal(connection)]
    return [one for one in problems if one.count]


def _store(connection: Connection) -> list[Problem]:
    """What only SQLite can have wrong: broken pages, rows that point nowhere."""
    if connection.dialect.name == "postgresql":
        return []
    broken = [row[0] for row in connection.execute(text("PRAGMA quick_check(100)"))]
    orphans = connection.execute(text("PRAGMA foreign_key_check")).all()
    return [
        Problem("damaged_pages", 0 if broken == ["ok"] else len(broken)),
        Problem("broken_links", len(orphans)),
    ]


_LINES_TOLD = 20


def _journal(connection: Connection) -> list[Problem]:
    """Lines that are not as they were written."""
    found = journal_chain.broken(connection)
    return [
        Problem(f"journal_{what}", len(lines), tuple(lines[:_LINES_TOLD]))
        for what in ("changed", "missing", "inserted")
        if (lines := [one.line for one in found if one.what == what])
    ]


def _records(connection: Connection) -> list[Problem]:
    key = "biblio_id" if connection.dialect.name == "postgresql" else "rowid"
    standing = "SELECT id FROM biblio WHERE cancelled_at IS NULL"
    not_found = text(f"SELECT count(*) FROM ({standing} EXCEPT SELECT {key} FROM biblio_words) x")  # noqa: S608
    ghosts = text(f"SELECT count(*) FROM (SELECT {key} FROM biblio_words EXCEPT {standing}) x")  # noqa: S608
    gone = or_(Item.cancelled_at.is_not(None), Item.status.in_(_LEFT))
    lent_but_gone = (
        select(func.count())
        .select_from(Loan)
        .join(Item, Item.id == Loan.item_id)
        .where(Loan.returned_at.is_(None), Loan.cancelled_at.is_(None), gone)
    )
    dates = select(func.count()).where(
        Item.cancelled_at.is_(None),
        or_(
            Item.left_on < Item.accessioned_on,
            and_(Item.left_on.is_(None), Item.status.in_(_LEFT)),
        ),
    )
    untitled = select(func.count()).where(Biblio.title == "", Biblio.cancelled_at.is_(None))
    return [
        Problem("titles_not_found_by_search", connection.execute(not_found).scalar_one()),
        Problem("search_finds_nothing", connection.execute(ghosts).scalar_one()),
        Problem("lent_but_not_in_stock", connection.execute(lent_but_gone).scalar_one()),
        Problem("copies_that_break_the_balance", connection.execute(dates).scalar_one()),
        Problem("titles_without_title", connection.execute(untitled).scalar_one()),
    ]
