"""The command line: its words, options and help, in the language spoken."""

from __future__ import annotations

import argparse
from datetime import date
from pathlib import Path
from typing import Any, NoReturn

from database.exchange import found
from desktop import __version__
from desktop.commands import outside
from desktop.words import language
from desktop.words.language import N_, _

NOT_DONE = 2
OF_ARGPARSE = (
    N_("usage: "),
    N_("positional arguments"),
    N_("options"),
    N_("show this help message and exit"),
    N_("the following arguments are required: %s"),
    N_("one of the arguments %s is required"),
    N_("not allowed with argument %s"),
    N_("unrecognized arguments: %s"),
    N_("argument %(argument_name)s: %(message)s"),
    N_("invalid choice: %(value)r (choose from %(choices)s)"),
    N_("invalid %(type)s value: %(value)r"),
    N_("expected one argument"),
    N_("expected at least one argument"),
)
"""What argparse says by itself, which it translates by the catalogue of the process: said here,
so that the catalogue keeps it."""


class _Parser(argparse.ArgumentParser):
    """Errors in one line."""

    def error(self, message: str) -> NoReturn:
        self.exit(NOT_DONE, f"selasar: {' '.join(message.split())}\n")


def parser() -> argparse.ArgumentParser:
    """The command line; `subcommands.act_of` says what carries out the one chosen."""
    main = _Parser(
        prog="selasar",
        description=_("Selasar, the library program. Without a subcommand it opens its window."),
        epilog=_(
            "Nothing is done later than the clock says. For practice and scripts SELASAR_NOW, such "
            "as 2027-01-11T09:10, is the clock; without it a library in which nobody borrowed "
            "before today may be run ahead, by days that follow each other."
        ),
    )
    about = f"Selasar {__version__}"
    words = _("show program's version number")
    main.add_argument("--version", action="version", version=about, help=words)
    main.add_argument("--demo", action="store_true", help=_("open a throw-away demo library"))
    main.add_argument(
        "--practice", action="store_true", help=_("open the practice library of this PC")
    )
    readers = main.add_mutually_exclusive_group()
    readers.add_argument("--kiosk", action="store_true", help=_("lending by readers themselves"))
    readers.add_argument("--catalogue", action="store_true", help=_("only the search, for readers"))
    _common(main, library_required=False)
    subs = main.add_subparsers(metavar=_("SUBCOMMAND"))

    for group in (
        _titles,
        _labels,
        _papers,
        _desk_verbs,
        _people,
        _report,
        _standards,
        _calendar,
        _keeping,
    ):
        group(subs)
    outside.options(subs, _sub)
    return main


def _titles(subs: Any) -> None:
    one = _sub(subs, "import", _("bring in files or folders: records, lists, databases"))
    _bringing(one)
    one.add_argument(
        "--category", default="", metavar="CODE", help=_("the kind of people whose line names none")
    )
    one.add_argument("--items", action="store_true", help=_("take copies from the records too"))
    one.add_argument(
        "--matched",
        choices=("add", "overlay", "skip"),
        default="add",
        help=_("titles that stand already: add copies, describe anew, or leave"),
    )

    one = _sub(subs, "undo-import", _("take the last import back, whole"))
    one.add_argument("--act", type=int, metavar="N", help=_("another than the last"))

    one = _sub(subs, "export", _("write records into a file, or everything into a folder"))
    one.add_argument("--search", metavar=_("WORDS"), help=_("only the titles these words find"))
    one.add_argument(
        "--format",
        choices=tuple(found.forms()),
        default="mrc",
        help=_("ISO 2709, MARCXML or JSON"),
    )
    one.add_argument(
        "--encoding",
        choices=("utf-8", "marc-8"),
        default="utf-8",
        help=_("of ISO 2709; what MARC-8 lacks stays in UTF-8"),
    )
    which = one.add_mutually_exclusive_group(required=True)
    which.add_argument("--out", type=Path, metavar="FILE")
    which.add_argument(
        "--all", type=Path, metavar="DIR", help=_("everything, also patrons, in open formats")
    )

    one = _sub(subs, "search", _("find titles"))
    one.add_argument("words", metavar=_("WORDS"))
    one.add_argument("--limit", type=int, default=50, metavar="N")


def _labels(subs: Any) -> None:
    one = _sub(subs, "labels", _("make a PDF of spine and barcode labels"))
    which = one.add_mutually_exclusive_group(required=True)
    which.add_argument("--all", action="store_true", help=_("all copies"))
    which.add_argument("--barcodes", metavar="A,B", help=_("these copies"))
    which.add_argument("--new", action="store_true", help=_("copies without a label yet"))
    one.add_argument("--sheet", default="a4-3x7", metavar="ID")
    one.add_argument("--start", type=int, default=1, metavar="N", help=_("first label used"))
    one.add_argument("--offset-x", type=float, default=0.0, metavar="MM")
    one.add_argument("--offset-y", type=float, default=0.0, metavar="MM")
    one.add_argument("--parts", choices=("both", "spine", "barcode"), default="both")
    one.add_argument(
        "--code",
        choices=("code128", "code39", "ean13", "qr"),
        default="code128",
        help=_("which bars"),
    )
    one.add_argument(
        "--dpi", type=int, choices=(203, 300, 600), help=_("the printer's dots an inch")
    )
    one.add_argument("--band", action="store_true", help=_("a band in the colour of the class"))
    one.add_argument("--marks", action="store_true", help=_("marks to cut along"))
    one.add_argument("--pdf", type=Path, required=True, metavar="FILE")


def _report(subs: Any) -> None:
    text = _("the figures of a month, quarter or year, and their PDF")
    one = _sub(subs, "report", text)
    one.add_argument("month", metavar="YYYY-MM|YYYY-Qn|YYYY")
    one.add_argument("--pdf", type=Path, metavar="FILE")
    one.add_argument("--xlsx", type=Path, metavar="FILE", help=_("the tables as a spreadsheet"))
    one.add_argument("--csv", type=Path, metavar="DIR", help=_("the tables as CSV files"))
    one.add_argument("--paper", choices=("a4", "f4"), default="a4", help=_("size of the paper"))


def _desk_verbs(subs: Any) -> None:
    """What the desk does, one act a call, or a whole day from a file."""
    verbs = (
        ("checkout", _("lend a copy"), ("patron", "item")),
        ("return", _("take a copy back"), ("item",)),
        ("renew", _("make a loan longer"), ("item",)),
        ("hold", _("hold a title for a patron"), ("patron", "title")),
    )
    for verb, text, names in verbs:
        one = _sub(subs, verb, text)
        for name in names:
            one.add_argument(name, metavar=name.upper())
        _at(one)
        if verb != "hold":
            one.add_argument(
                "--reason",
                action="append",
                metavar=_("WORDS"),
                help=_("why one rule is passed; again for the next one"),
            )
    _at(_sub(subs, "overdue", _("what is out past its due day")))
    one = _sub(subs, "replay", _("carry out the acts of a file of JSON lines"))
    one.add_argument("file", type=Path, metavar="FILE")


def _papers(subs: Any) -> None:
    text = _("write papers of the library as PDF, in the --language given")
    one = _sub(subs, "papers", text, listing=True)
    one.add_argument("name", nargs="?", metavar="NAME", help=_("one of those that --list names"))
    one.add_argument("--list", action="store_true", help=_("name every paper"))
    one.add_argument("--all", action="store_true", help=_("write every paper"))
    one.add_argument("--out", type=Path, metavar="DIR")
    one.add_argument("--paper", choices=("a4", "f4"), default="a4", help=_("size of the paper"))


def _bringing(one: Any) -> None:
    """What every way of bringing in takes."""
    one.add_argument("files", nargs="+", type=Path, metavar="FILE", help=_("or a folder"))
    one.add_argument(
        "--map",
        action="append",
        metavar="COLUMN=FIELD",
        help=_('what a column means, by its heading or number: --map "Nama Pegawai=name"'),
    )
    one.add_argument("--dry-run", action="store_true", help=_("say what would happen, do nothing"))
    one.add_argument(
        "--rejected", type=Path, metavar="FILE.xlsx", help=_("write the rows that were not taken")
    )


def _people(subs: Any) -> None:
    _sub(subs, "patrons", _("list the patrons"))
    one = _sub(subs, "import-patrons", _("enrol people from a list"))
    _bringing(one)
    one.add_argument(
        "--category", default="", metavar="CODE", help=_("the kind of those whose line names none")
    )


def _standards(subs: Any) -> None:
    _sub(subs, "standards", _("the library against the national standards"))
    one = _sub(subs, "iplm", _("the 28 figures of the literacy index, with lists"))
    one.add_argument("year", type=int, metavar="YYYY")
    one.add_argument("--out", type=Path, required=True, metavar="DIR")
    one = _sub(subs, "recap", _("put reports of many libraries together"), library=False)
    one.add_argument("files", nargs="*", type=Path, metavar="FILE.pdf", help=_("or a folder"))
    text = _("write a blank sheet for libraries that have another program")
    one.add_argument("--blank", type=Path, metavar="FILE.xlsx", help=text)
    one.add_argument("--xlsx", type=Path, metavar="FILE.xlsx")
    one.add_argument("--pdf", type=Path, metavar="FILE.pdf")
    text = _("a letter to each library that has not sent; --library gives its head and number")
    one.add_argument("--letters", type=Path, metavar="DIR", help=text)
    text = _("say whether a report is genuine, changed, or revised later")
    one = _sub(subs, "verify", text, listing=True)
    one.add_argument("what", metavar="FILE.pdf|CODE", help=_("a file, or the code on its paper"))
    one = _sub(subs, "month", _("close a month, or revise a closed one"))
    one.add_argument("verb", choices=("close", "revise"))
    one.add_argument("month", metavar="YYYY-MM|YYYY-Qn|YYYY")
    one.add_argument("--reason", default="", metavar=_("WORDS"), help=_("why it is revised"))


def _calendar(subs: Any) -> None:
    one = _sub(subs, "closed", _("the closed days of a year; close days, confirm its holidays"))
    one.add_argument("year", type=int, metavar="YYYY")
    one.add_argument(
        "--add", metavar="DAY[..DAY]", help=_("close a day or a range, 2027-03-08..2027-03-12")
    )
    one.add_argument("--name", default="", metavar=_("WORDS"), help=_("what the day is called"))
    one.add_argument("--yearly", action="store_true", help=_("every year from now on"))
    one.add_argument(
        "--confirm", action="store_true", help=_("close the national holidays of the year")
    )


def _keeping(subs: Any) -> None:
    one = _sub(subs, "forget", _("forget loans and persons whose time is over"))
    one.add_argument(
        "--on", type=_day, metavar="DATE", help=_("what is due by this day, 2026-10-31")
    )
    one.add_argument(
        "--backup", type=Path, metavar="FILE", help=_("where the copy made before goes")
    )

    one = _sub(subs, "check", _("check that the library is sound"))
    one.add_argument(
        "--journal", metavar="MARK", help=_("the mark of the journal off a closed report")
    )
    one = _sub(subs, "backup", _("copy the library into one file, verified"))
    one.add_argument("to", type=Path, metavar="TO")
    one = _sub(subs, "restore", _("make a library out of a backup"), library=False)
    one.add_argument("source", type=Path, metavar="FROM")
    one.add_argument("target", metavar="TO")
    _sub(subs, "demo", _("write the demo library"))


def _at(one: argparse.ArgumentParser) -> None:
    one.add_argument(
        "--at",
        metavar=_("TIME"),
        help=_("when it was done, 2026-11-27T09:10; nothing later than now"),
    )


def _day(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError as error:
        wrong = _("“{day}” is not a day; write it like 2027-01-31.").format(day=text)
        raise argparse.ArgumentTypeError(wrong) from error


def _common(one: argparse.ArgumentParser, *, library_required: bool) -> None:
    one.add_argument(
        "--library",
        required=library_required,
        metavar="WHERE",
        default=None,
        help=_("a file, or the URL of a PostgreSQL database"),
    )
    one.add_argument(
        "--as",
        dest="account",
        metavar="NAME",
        default=None,
        help=_("who does this, where the library asks; the PIN is asked, or in SELASAR_PIN"),
    )
    one.add_argument(
        "--language",
        choices=tuple(language.LANGUAGES),
        default="id",
        help=_("the language of messages"),
    )


def _sub(
    subs: Any, name: str, text: str, *, library: bool = True, listing: bool = False
) -> argparse.ArgumentParser:
    one: argparse.ArgumentParser = subs.add_parser(name, help=text, description=text)
    if library:
        _common(one, library_required=not listing)
    else:
        one.add_argument("--language", choices=tuple(language.LANGUAGES), default="id")
        one.add_argument("--library", help=argparse.SUPPRESS)
    one.add_argument("--json", action="store_true", help=_("one JSON object on standard output"))
    one.set_defaults(subcommand=name)
    return one
