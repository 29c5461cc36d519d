"""Moving in without a window: files of any kind, lists of people, and taking an import back."""

from __future__ import annotations

import argparse
from collections.abc import Sequence
from datetime import datetime
from pathlib import Path
from typing import Any

from database import undo
from database.exchange import sheet
from database.imports.plan import Matched
from database.imports.planned import name_of
from database.library import Library
from database.moving import ahead, bringing, rejected
from database.moving.ahead import Ahead, Wanted
from database.moving.bringing import Brought
from database.patrons import membership, rotation
from database.patrons.rotation import Common, Outcome
from database.policy.house import ProfileFacts
from database.refusal import Reason, Refusal
from database.reports import acts
from database.sources import looking
from database.sources.looking import Looked, Part
from desktop.commands import leaving, lists
from desktop.commands.opening import opened, sign_in
from desktop.commands.telling import DONE, NOT_DONE, PARTLY, give, progress, say
from desktop.words import files as words
from desktop.words.codes import not_brought
from desktop.words.language import _
from desktop.words.sentences import refusal


def _import(chosen: argparse.Namespace, now: datetime) -> int:
    if leaving.is_whole(chosen):
        return leaving.read_all(chosen, now, _open_or_create, _take_away)
    looked = [looking.look(path) for path in looking.files_in(chosen.files)]
    library, new = _open_or_create(chosen.library, now)
    taken = False
    try:
        sign_in(library, chosen.account)
        parts = lists.parts(looked, chosen, library)
        value = _bring(library, looked, parts, chosen, now)
        taken = bool(value["added"] or value["matched"] or value["items"])
    finally:
        library.close()
        if new and not taken and library.is_file:
            _take_away(chosen.library)
    return _told(chosen, value, taken)


def _bring(
    library: Library,
    looked: Sequence[Looked],
    parts: Sequence[Part],
    chosen: argparse.Namespace,
    now: datetime,
) -> dict[str, Any]:
    category = getattr(chosen, "category", "")
    if category:
        with library.reading() as session:
            membership.category_of(session, category)
    wanted = Wanted(
        items=getattr(chosen, "items", False),
        matched=Matched(getattr(chosen, "matched", "add")),
        common=Common(category),
        kinds=_every_kind(library, parts, category),
    )
    unread = _unread(looked, lists.untold(parts))
    parts = [part for part in parts if part.what]
    if chosen.dry_run:
        with library.reading() as session:
            return _ahead(looked, unread, ahead.look_ahead(session, parts, wanted))
    shown = progress(_("Importing"))
    done = undo.in_pieces(
        library,
        lambda session: bringing.bring(
            session, parts, wanted, now, lambda _step, at, total: shown(at, total)
        ),
        now,
    )
    if chosen.rejected is not None:
        found = rejected.sheets(done, parts, _("Reason"), not_brought)
        sheet.write_xlsx(chosen.rejected, found or [(_("Nothing"), (_("Reason"),), [])])
    return _brought(looked, unread, done)


def _every_kind(library: Library, parts: Sequence[Part], category: str) -> dict[str, str]:
    """Kinds that the library has not count as the one that was named, where one was."""
    if not category:
        return {}
    with library.reading() as session:
        others = [one for one in parts if not one.holds_titles]
        told = ahead.look_ahead(session, others, Wanted())
    return {kind: category for one in told.people for kind in one.kinds}


def _open_or_create(where: str, now: datetime) -> tuple[Library, bool]:
    """The library, and whether it was made for this."""
    try:
        return Library.open(where), False
    except Refusal as told:
        if told.reason is not Reason.LIBRARY_MISSING:
            raise
        return Library.create(where, ProfileFacts(), now), True


def _take_away(where: str) -> None:
    """A library made for files of which nothing could be taken: a slip leaves nothing behind."""
    for ending in ("", "-wal", "-shm"):
        Path(where + ending).unlink(missing_ok=True)


# --- what is told


def _files(looked: Sequence[Looked]) -> list[dict[str, Any]]:
    return [
        {
            "file": one.path.name,
            "format": one.format,
            "kind": [part.shape if part.shape != "table" else part.what for part in one.parts],
            "told": refusal(one.refusal) if one.refusal else words.shown(one),
            "left_out": [
                column.heading
                for part in one.parts
                for column in (part.table.left_out if part.table else ())
            ],
        }
        for one in looked
    ]


def _unread(looked: Sequence[Looked], untold: Sequence[Part]) -> list[dict[str, Any]]:
    """Files that could not be read, and lists of which nobody knows what they hold."""
    files = [
        {"file": one.path.name, "position": 1, "reason": refusal(one.refusal)}
        for one in looked
        if one.refusal is not None
    ]
    told = [{"file": name_of(one), "position": 1, "reason": lists.unknown(one)} for one in untold]
    return [*files, *told]


def _ahead(looked: Sequence[Looked], unread: list[dict[str, Any]], told: Ahead) -> dict[str, Any]:
    lines = [line for one in told.people for line in one.lines]
    refused = [
        {"file": row.file, "position": row.position, "reason": not_brought(row)}
        for row in told.titles.rows
        if row.outcome == "refused"
    ]
    return {
        "dry_run": True,
        "read": told.titles.read + len(lines) + len(unread),
        "added": told.titles.new + sum(one.outcome is Outcome.NEW for one in lines),
        "matched": told.titles.matched + sum(one.outcome in _MATCHED for one in lines),
        "refused": [*unread, *refused, *_people_refused(told.people)],
        "items": told.titles.copies,
        "patrons": sum(one.outcome is Outcome.NEW for one in lines),
        "files": _files(looked),
    }


_MATCHED = (Outcome.STANDS, Outcome.RENEWED, Outcome.CHANGED)


def _people_refused(told: Sequence[Any]) -> list[dict[str, Any]]:
    return [
        {"file": name_of(one.part), "position": line.position, "reason": not_brought(line)}
        for one in told
        for line in one.lines
        if line.outcome not in rotation.TAKEN and line.outcome is not Outcome.STANDS
    ]


def _brought(
    looked: Sequence[Looked], unread: list[dict[str, Any]], done: Brought
) -> dict[str, Any]:
    titles, lines = done.titles, [line for one in done.people for line in one.lines]
    people = {kind: sum(one.outcome is kind for one in lines) for kind in Outcome}
    refused = [_not_taken(one) for one in titles.refused] if titles else []
    value: dict[str, Any] = {
        "read": (titles.read if titles else 0) + len(lines) + len(unread),
        "added": (titles.added if titles else 0) + people[Outcome.NEW],
        "matched": (titles.matched if titles else 0) + sum(people[one] for one in _MATCHED),
        "refused": [*unread, *refused, *_people_refused(done.people)],
        "titles": titles.added if titles else 0,
        "items": titles.items if titles else 0,
        "patrons": people[Outcome.NEW],
        "renewed": people[Outcome.RENEWED],
        **{of: getattr(done.desk, of) for of in ("loans", "history", "charges", "holds", "visits")},
        "next": dict(done.following),
        "files": _files(looked),
    }
    if titles is not None:
        value["items_refused"] = [_not_taken(one) for one in titles.items_refused]
        value["items_completed"] = titles.items_completed
        value["doubtful"] = [_not_taken(one) for one in titles.doubtful]
        if titles.mended:
            value["mended"] = [_not_taken(one) for one in titles.mended]
    doubts = [
        {"file": name_of(one.part), "position": at, "reason": not_brought(doubt)}
        for one in done.people
        for at, told in one.doubts.items()
        for doubt in told
    ]
    value["doubtful"] = [*value.get("doubtful", []), *doubts]
    value["desk_refused"] = [
        {"what": one.what, "position": one.position, "reason": not_brought(one)}
        for one in done.desk.refused or ()
    ]
    return value


def _not_taken(one: Any) -> dict[str, Any]:
    return {"file": one.file, "position": one.position, "reason": not_brought(one)}


def _told(chosen: argparse.Namespace, value: dict[str, Any], taken: bool) -> int:
    for kind in ("refused", "items_refused", "mended"):
        for one in value.get(kind, []):
            say(f"{one['file']}:{one['position']}: {one['reason']}")
    for one in value["files"]:
        say(f"{one['file']} → {one['told']}")
        if one["left_out"]:
            say(_("Not stored, because it is nobody's business here: {columns}").format(
                columns=", ".join(one["left_out"])))  # fmt: skip
    text = _("Read {read}, added {added}, matched {matched}, refused {refused}.")
    give(chosen, value, [text.format(**{**value, "refused": len(value["refused"])})])
    refused = value["refused"] or value.get("items_refused")
    if taken:
        return PARTLY if refused else DONE
    return NOT_DONE if value["refused"] else DONE


# --- people alone, and taking back


def _import_patrons(chosen: argparse.Namespace, now: datetime) -> int:
    looked = [looking.look(path) for path in looking.files_in(chosen.files)]
    unread = next((one.refusal for one in looked if one.refusal is not None), None)
    if unread is not None:
        raise unread
    library = opened(chosen)
    try:
        parts = lists.people(lists.parts(looked, chosen, library))
        value = _bring(library, looked, parts, chosen, now)
    finally:
        library.close()
    taken = bool(value["added"] or value["matched"])
    # Here those whose membership is longer now are told apart from those who only stand.
    value["matched"] -= value.get("renewed", 0)
    return _told(chosen, value, taken)


def _undo_import(chosen: argparse.Namespace, now: datetime) -> int:
    library = opened(chosen)
    try:
        with library.reading() as session:
            act = chosen.act or acts.last_import(session)
        if act is None:
            raise Refusal(Reason.NOTHING_TO_UNDO)
        with library.transaction(long=True) as session:
            done = undo.undo_act(session, act, now)
    finally:
        library.close()
    give(chosen, {"act": act, "lines": list(done.lines)}, [_("The import has been taken back.")])
    return DONE


ACTS = {
    "import": _import,
    "import-patrons": _import_patrons,
    "undo-import": _undo_import,
}
