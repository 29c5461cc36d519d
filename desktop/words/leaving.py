"""The words of a whole export: headings of its lists, and the page that explains the folder."""

from __future__ import annotations

from collections.abc import Mapping
from html import escape

from database.storage import export_folder as folders
from database.storage.leaving import Left
from desktop.words import codes
from desktop.words.columns import FIELDS
from desktop.words.language import N_, _, counted, in_language

_HEADINGS: Mapping[str, str] = {
    "language": N_("Language"),
    "kind": N_("Kind of material"),
    "ownership": N_("Owner"),
    "left_on": N_("Left the stock on"),
    "guardian": N_("Guardian"),
    "ended_on": N_("Ended on"),
    "blocked_reason": N_("Why blocked"),
    "placed_on": N_("Asked for on"),
    "ready_until": N_("Ready until"),
    "made_on": N_("Charged on"),
    "amount": N_("Amount"),
    "settled": N_("Settled"),
    "paid_on": N_("Paid on"),
    "receipt": N_("Receipt"),
    "reason": N_("Reason"),
    "visited_on": N_("Day"),
    "purpose": N_("Purpose"),
    "people": N_("People"),
}
_CODES: Mapping[str, Mapping[str, str]] = {
    "status": codes.STATUSES,
    "source": codes.SOURCES,
    "ownership": codes.OWNERSHIPS,
    "collection": codes.ITEM_TYPES,
    "kind": codes.MATERIALS,
    "sex": {"f": N_("Female"), "m": N_("Male")},
}
_LISTS: Mapping[str, str] = {
    folders.TITLES: N_(
        "All titles with their copies (field 952) as MARCXML, for other library programs"
    ),
    "judul.csv": N_("Titles"),
    "eksemplar.csv": N_("Copies"),
    "anggota.csv": N_("Patrons"),
    "pinjaman.csv": N_("Loans, also those of the past"),
    "reservasi.csv": N_("Holds"),
    "denda.csv": N_("Fines and other charges"),
    "pembayaran.csv": N_("Payments"),
    "kunjungan.csv": N_("Visits"),
}
_TITLE = N_("All that the library holds")
_PRIVATE = N_(
    "This folder holds everything, also the personal data of patrons and what they borrowed. Keep "
    "it locked away, give it to nobody who may not see them, and delete it when it is no longer "
    "needed (UU 27/2022)."
)
_PEOPLE = N_(
    "For people: open the lists with Excel or LibreOffice (columns are separated by a semicolon, "
    "the text is UTF-8). What was struck out and who was forgotten is not in them."
)
_WHOLE = N_(
    "For another Selasar library: {tables} holds every row of every table, one JSON object a line, "
    "and {contents} their numbers and checksums. {files} holds the library's files, named after "
    "their checksum."
)
_BACK = N_(
    "To bring it back, make a new library and type: selasar import FOLDER --library NEW.db. Do not "
    "change anything in {tables} and {files}; a changed folder is refused."
)
_GONE = N_("These files of the library were not there any more: {names}.")
_FILE, _HOLDS, _ROWS = N_("File"), N_("What it holds"), N_("Rows")
_STYLE = (
    "body{font:16px/1.5 sans-serif;max-width:46em;margin:2em auto;padding:0 1em}"
    "table{border-collapse:collapse}td,th{border:1px solid #bbb;padding:.3em .6em;text-align:left}"
    ".warn{border-left:4px solid #b45309;padding-left:1em}"
)


class Texts:
    """What `Library.leave` asks for, in the language now spoken; the page in both."""

    def heading(self, column: str) -> str:
        """What the column of a list is called."""
        return _(_HEADINGS.get(column) or FIELDS.get(column, column))

    def said(self, column: str, code: str) -> str:
        """What a value of a column is called."""
        return _(_CODES.get(column, {}).get(code, "")) or code

    def page(self, left: Left) -> str:
        """The page that explains the folder: Indonesian, then English."""
        parts = "".join(_part(left, language) for language in ("id", "en"))
        return (
            '<!DOCTYPE html>\n<html lang="id"><head><meta charset="utf-8">'
            f"<title>Selasar</title><style>{_STYLE}</style></head><body>\n{parts}</body></html>\n"
        )


def _part(left: Left, language: str) -> str:
    def said(text: str, **facts: str) -> str:
        return escape(in_language(text, language).format(**facts))

    names = {"tables": f"{folders.TABLES}/", "files": f"{folders.FILES}/"}
    rows = "".join(
        f"<tr><td>{escape(file)}</td><td>{said(_LISTS[file])}</td><td>{count}</td></tr>\n"
        for file, count in left.lists.items()
    )
    head = "".join(f"<th>{said(one)}</th>" for one in (_FILE, _HOLDS, _ROWS))
    gone = said(_GONE, names=", ".join(left.missing)) if left.missing else ""
    paragraphs = (
        said(_PEOPLE),
        said(_WHOLE, contents=folders.CONTENTS, **names),
        said(_BACK, **names),
        gone,
    )
    return (
        f'<section lang="{language}">\n<h1>{said(_TITLE)}</h1>\n'
        f'<p class="warn">{said(_PRIVATE)}</p>\n'
        f"<table>\n<tr>{head}</tr>\n{rows}</table>\n"
        + "".join(f"<p>{one}</p>\n" for one in paragraphs if one)
        + "</section>\n"
    )


def before() -> str:
    """What to know before everything is written."""
    return _(_PRIVATE)


def written(left: Left, where: str) -> str:
    """What was written, in a sentence."""
    titles = left.lists[folders.TITLES]
    text = _("{titles}, {copies}, {patrons}, {loans} and {files} written to {where}.").format(
        titles=counted("titles", titles),
        copies=counted("copies", left.lists["eksemplar.csv"]),
        patrons=counted("patrons", left.lists["anggota.csv"]),
        loans=counted("loans", left.lists["pinjaman.csv"]),
        files=counted("files", left.files),
        where=where,
    )
    if left.missing:
        text += " " + _(_GONE).format(names=", ".join(left.missing))
    return text
