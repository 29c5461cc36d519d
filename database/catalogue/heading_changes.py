"""Changing headings: every title that uses one follows in the same act.

An act is one journal line. It keeps each pair of fields, old and new, once, and which titles
have them where; that is enough to take the act back, and small for thousands of titles.
Call numbers stay: they stand on the spines.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import delete, exists, or_, select
from sqlalchemy.orm import Session

from database import journal
from database.catalogue import heading_fields, heading_list, heading_relations
from database.catalogue import heading_rewriting as titles
from database.catalogue import titles as catalogue
from database.catalogue.heading_fields import Target
from database.catalogue.heading_rewriting import Report, quiet
from database.description.headings import clean
from database.engine import pausing
from database.refusal import Reason, Refusal
from database.schema import (
    BiblioHeading,
    Heading,
    HeadingReference,
    HeadingRelation,
    ReferenceOrigin,
)
from database.text.words import key


def rename(
    session: Session,
    heading_id: int,
    name: str,
    now: datetime,
    *,
    refer: bool = False,
    report: Report = quiet,
) -> int:
    """Write a heading otherwise, in every title that uses it; returns the journal line.

    With `refer` the old form leads to the new. Raises Refusal RECORD_GONE, NAME_MISSING,
    HEADING_STANDS (another heading is called so: merge them).
    """
    before = heading_list.row(session, heading_id)
    new = _neat(name)
    _must_be_free(session, before, key(new))
    target = Target(before.kind, before.scheme, new)
    titles.put_name(session, heading_id, new)
    referred = refer and key(new) != before.key and titles.refer(session, heading_id, before.name)
    facts: dict[str, Any] = {"name": new, "before": before.name, "referred": bool(referred)}
    act = _Act(session, "heading.renamed", heading_id, now, facts)

    def then(ids: Sequence[int]) -> None:
        titles.reindex(session, ids)
        act.pause()

    titles.rewrite(session, before, target, now, report, act.changes, then)
    heading_relations.reindex_below(session, [heading_id])
    return act.end()


def merge(
    session: Session,
    heading_id: int,
    into_id: int,
    now: datetime,
    *,
    refer: bool = False,
    report: Report = quiet,
) -> int:
    """Let every title of one heading use another, and the first be gone; the journal line.

    With `refer` its form leads to the other; forms that led to it do so in any case.
    Raises Refusal RECORD_GONE, HEADINGS_DIFFER (a person is no body).
    """
    lost, kept = _alike(session, heading_id, into_id)
    target = Target(kept.kind, kept.scheme, kept.name, _pattern(session, kept))
    forms, given = _hand_on(session, heading_id, into_id)
    had, handed = heading_relations.hand_on(session, heading_id, into_id)
    referred = refer and key(lost.name) != kept.key and titles.refer(session, into_id, lost.name)
    facts: dict[str, Any] = {"name": lost.name, "kind_of": lost.kind, "scheme": lost.scheme}
    facts |= {"forms": forms, "given": given, "referred": bool(referred), "had": had}
    facts |= {"handed": handed, "was": heading_id}
    act = _Act(session, "heading.merged", into_id, now, facts)

    def then(ids: Sequence[int]) -> None:
        titles.relink(session, ids)
        titles.reindex(session, ids)
        act.pause()

    before: list[int] = []  # whoever took the heading in a pause follows in the next look
    while (using := heading_list.titles_of(session, heading_id)) and using != before:
        before = list(using)
        titles.rewrite(session, lost, target, now, report, act.changes, then)
    titles.drop(session, heading_id)
    if had:
        heading_relations.reindex_below(session, [into_id], itself=True)
    if given or referred:
        # A form that leads to the kept one from now on is a word of all its titles.
        titles.reindex(session, heading_list.titles_of(session, into_id), act.pause)
    return act.end()


class _Act:
    """The one journal line of an act, written before its titles follow, and what it changed."""

    def __init__(
        self, session: Session, action: str, heading_id: int, now: datetime, facts: dict[str, Any]
    ) -> None:
        self.changes = titles.Changes()
        self._session, self._facts, self._heading = session, {**facts, "whole": False}, heading_id
        self._line = journal.write(session, action, "Heading", heading_id, now, **self._told())

    def _told(self) -> dict[str, Any]:
        return {**self._facts, "pairs": self.changes.pairs, "titles": self.changes.titles}

    def _keep(self) -> None:
        journal.complete(self._session, self._line, self._heading, **self._told())

    def pause(self) -> None:
        """Let others go on, with what is changed by now in the line."""
        pausing.pause(self._session, self._keep)

    def end(self) -> int:
        """All titles followed; the line."""
        self._facts["whole"] = True
        self._keep()
        return self._line


def _hand_on(session: Session, one: int, into: int) -> tuple[list[Any], list[Any]]:
    """All forms that lead to a heading, and those that lead to the other from now on."""
    forms = titles.forms_of(session, one)
    return list(forms), [form for form in forms if titles.refer(session, into, *form)]


def _alike(session: Session, one: int, other: int) -> tuple[heading_list.Row, heading_list.Row]:
    """Two headings of one kind. Raises Refusal HEADINGS_DIFFER."""
    lost, kept = heading_list.row(session, one), heading_list.row(session, other)
    if lost.kind != kept.kind or lost.id == kept.id:
        raise Refusal(Reason.HEADINGS_DIFFER, name=lost.name, other=kept.name)
    return lost, kept


def add_reference(session: Session, heading_id: int, name: str, now: datetime) -> int:
    """Let a form that is not used lead to a heading; returns the journal line.

    Raises Refusal RECORD_GONE, NAME_MISSING, HEADING_STANDS.
    """
    heading = heading_list.row(session, heading_id)
    form = _neat(name)
    _must_be_free(session, heading, key(form), itself=True)
    if not titles.refer(session, heading_id, form):
        raise Refusal(Reason.REFERENCE_STANDS, name=form, other=heading.name)
    titles.reindex(session, heading_list.titles_of(session, heading_id))
    return journal.write(
        session, "heading.referred", "Heading", heading_id, now, name=heading.name, form=form
    )


def drop_reference(session: Session, reference_id: int, now: datetime) -> int:
    """Let a form lead nowhere; returns the journal line. Raises Refusal RECORD_GONE."""
    gone = session.execute(
        delete(HeadingReference)
        .where(HeadingReference.id == reference_id)
        .returning(HeadingReference.heading_id, HeadingReference.name)
    ).one_or_none()
    if gone is None:
        raise Refusal(Reason.RECORD_GONE)
    titles.reindex(session, heading_list.titles_of(session, gone.heading_id))
    name = heading_list.row(session, gone.heading_id).name
    return journal.write(
        session, "heading.unreferred", "Heading", gone.heading_id, now, name=name, form=gone.name
    )


def remove(session: Session, heading_id: int, now: datetime) -> int:
    """Take away a heading no title uses. Raises Refusal RECORD_GONE, HEADING_IN_USE,
    HEADING_RELATED."""
    heading = heading_list.row(session, heading_id)
    if heading.titles:
        raise Refusal(Reason.HEADING_IN_USE, titles=heading.titles, name=heading.name)
    heading_relations.must_stand_alone(session, heading)
    gone = [[heading.kind, heading.scheme, heading.name, titles.forms_of(session, heading_id)]]
    titles.drop(session, heading_id)
    return journal.write(
        session, "heading.removed", "Heading", heading_id, now, name=heading.name, gone=gone
    )


def sweep(session: Session, now: datetime) -> tuple[int, int | None]:
    """Take away every heading that no title uses, no form was referred to and that stands in no
    relation: how many, and the journal line, None where there was nothing to do."""
    rows = session.execute(
        select(Heading.id, Heading.kind, Heading.scheme, Heading.name).where(
            ~exists().where(BiblioHeading.heading_id == Heading.id),
            ~exists().where(
                HeadingReference.heading_id == Heading.id,
                HeadingReference.origin == ReferenceOrigin.SEE,
            ),
            ~exists().where(
                or_(
                    HeadingRelation.heading_id == Heading.id,
                    HeadingRelation.other_id == Heading.id,
                )
            ),
        )
    ).all()
    if not rows:
        return 0, None
    forms = titles.all_forms(session, [one.id for one in rows])
    titles.drop(session, *(one.id for one in rows))
    gone = [[one.kind, one.scheme, one.name, forms.get(one.id, [])] for one in rows]
    line = journal.write(session, "heading.swept", "Heading", None, now, name="", gone=gone)
    return len(rows), line


# --- what the acts are made of ----------------------------------------------------


def _neat(name: str) -> str:
    text = clean(name)
    if not key(text):
        raise Refusal(Reason.NAME_MISSING)
    return text


def _must_be_free(
    session: Session, heading: heading_list.Row, folded: str, *, itself: bool = False
) -> None:
    """No other heading of this kind and list is called so."""
    other = session.execute(
        select(Heading.id, Heading.name).where(
            Heading.key == folded, Heading.kind == heading.kind, Heading.scheme == heading.scheme
        )
    ).one_or_none()
    if other is not None and (itself or other.id != heading.id):
        raise Refusal(Reason.HEADING_STANDS, name=other.name, heading_id=other.id)


def _pattern(session: Session, kept: heading_list.Row) -> tuple[tuple[str, str], ...]:
    """The subfields of a heading as one of its titles has them."""
    for biblio_id in heading_list.titles_of(session, kept.id, 1):
        record, _shelf = catalogue.record_of(session, biblio_id)
        for one in record.fields:
            if heading_fields.uses(one, kept.kind, kept.scheme, kept.key):
                return heading_fields.pattern_of(one)
    return ()
