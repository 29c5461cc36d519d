"""What a file is and what to do with one that cannot be read, in words."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from desktop.words.language import N_, _, counted, number

if TYPE_CHECKING:
    from database.sources.looking import Looked, Part

FORMATS: Mapping[str, str] = {
    "mrc": N_("MARC records"),
    "marcxml": N_("MARCXML records"),
    "json": N_("MARC records as JSON"),
    "mods": N_("MODS records"),
    "dc": N_("Dublin Core records"),
    "ris": N_("references (RIS)"),
    "bibtex": N_("references (BibTeX)"),
    "pubmed": N_("articles from PubMed"),
    "nbib": N_("articles from PubMed"),
    "endnote": N_("references (EndNote)"),
    "csv": N_("a text file"),
    "xlsx": N_("a workbook"),
    "html": N_("a web page"),
    "sql": N_("a database dump"),
    "sqlite": N_("a database of another program"),
    "docx": N_("a Word document"),
    "pptx": N_("a presentation"),
    "odt": N_("a text document"),
    "epub": N_("an electronic book"),
    "zip": N_("a packed folder (zip)"),
    "rar": N_("a packed folder"),
    "pdf": N_("a PDF"),
    "rtf": N_("a text document"),
    "access": N_("an Access database"),
    "picture": N_("a picture"),
    "program": N_("a program"),
    "xml": N_("XML of another kind"),
}
"""What a format is called."""
_TO_DO: Mapping[str, str] = {
    "docx": N_("copy its table into Excel and save that as .xlsx."),
    "odt": N_("copy its table into a spreadsheet and save that."),
    "rtf": N_("copy its table into Excel and save that as .xlsx."),
    "pptx": N_("copy its table into Excel and save that as .xlsx."),
    "zip": N_("unpack it first, then choose the files that were in it."),
    "rar": N_("unpack it first, then choose the files that were in it."),
    "pdf": N_("ask for the list as Excel or CSV: a PDF holds no columns."),
    "access": N_("open it in Access and export its tables as .xlsx."),
    "picture": N_("type the list into Excel, or ask for it as a file."),
    "epub": N_("it is a book: add it to a title as a file in the catalogue."),
    "program": N_("it holds no list."),
    "xml": N_("save it as MARCXML, MODS or Dublin Core."),
}
SHAPES: Mapping[str, str] = {
    "slims": N_("a database of SLiMS"),
    "slims_titles": N_("an export of titles from SLiMS"),
    "slims_items": N_("an export of copies from SLiMS"),
    "slims_members": N_("an export of members from SLiMS"),
    "inlislite_titles": N_("a list of titles from INLISLite"),
    "inlislite_members": N_("a list of members from INLISLite"),
    "koha": N_("a database of Koha"),
    "koha_members": N_("a list of members from Koha"),
    "goodreads": N_("a list of books from Goodreads"),
    "biblioteq": N_("a database of BiblioteQ"),
    "biblioteq_titles": N_("a list of books from BiblioteQ"),
    "calibre": N_("a library of calibre"),
    "isbns": N_("a list of ISBNs"),
}
KINDS: Mapping[str, str] = {
    "titles": N_("a list of books"),
    "items": N_("a list of copies"),
    "patrons": N_("a list of people"),
    "loans": N_("a list of loans"),
    "isbns": N_("a list of ISBNs"),
    "": N_("a list whose headings say nothing known"),
}


def kind_of_list(kind: str) -> str:
    """What the rows of a list are."""
    return _(KINDS.get(kind, KINDS[""]))


def unread(kind: str) -> str:
    """What a file is that holds no list, and what to do."""
    if kind not in FORMATS:
        return _("what this file is could not be recognised: save it as .xlsx or .csv.")
    if kind not in _TO_DO:
        return _("this is {what}, which cannot be used here.").format(what=_(FORMATS[kind]))
    return _("this is {what}: {to_do}").format(what=_(FORMATS[kind]), to_do=_(_TO_DO[kind]))


def part(one: Part) -> str:
    """A part of a file: "an export of titles from SLiMS, 490 rows, separator ;"."""
    # The readers of other programs' files are not needed at the start, these words are.
    from database.sources.looking import DATABASE, RECORDS

    if one.what == RECORDS:
        return _(FORMATS.get(one.shape, one.shape))
    named = _(SHAPES[one.shape]) if one.shape in SHAPES else kind_of_list(one.what)
    told = [named, counted("rows", one.rows)]
    about = one.table.about if one.table is not None else {}
    if about.get("separator"):
        signs = {"\t": _("Tab"), ",": ","}
        told.append(
            _("separator {sign}").format(sign=signs.get(about["separator"], about["separator"]))
        )
    if one.what == DATABASE:
        told = [named, counts(one.counts)]
    if one.sheet:
        told.append(_("sheet “{name}”").format(name=one.sheet))
    return ", ".join(text for text in told if text)


_COUNTS = {
    "titles": "titles",
    "copies": "copies",
    "patrons": "members",
    "loans": "loans",
    "history": "history",
    "charges": "charges",
    "holds": "holds",
    "visits": "visits",
    "rules": "rules",
    "closed": "closed",
}
"""What is called how, in the order of a sentence."""


def counts(told: Mapping[str, int]) -> str:
    """ "15 titles, 10 copies, 1 member"."""
    return ", ".join(counted(what, told[name]) for name, what in _COUNTS.items() if told.get(name))


def shown(one: Looked) -> str:
    """A file in a line."""
    return "; ".join(map(part, one.parts))


def limit(told: Mapping[str, Any]) -> str:
    """What was reached: "at most 5,000,000 cells, and one stands at XFD1048576"."""
    most = int(told.get("most", 0))
    if told.get("unit") != "cells":
        return _("at most {most} MB").format(most=number(most >> 20))
    if told.get("far"):
        text = _("at most {most} cells, and something stands at {far}: delete that, save again")
        return text.format(most=number(most), far=told["far"])
    return _("at most {most} cells").format(most=number(most))


_DESK = {
    "loan": N_("Loan"),
    "history": N_("Past loan"),
    "charge": N_("Fine"),
    "hold": N_("Hold"),
    "visit": N_("Visit"),
}


def desk_part(what: str) -> str:
    """What one line of another program's desk is."""
    return _(_DESK[what])
