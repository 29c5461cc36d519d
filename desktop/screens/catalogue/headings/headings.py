"""The headings: the list of all, the one chosen, and what can be done to it."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QSplitter, QStackedWidget, QWidget

from database.catalogue import heading_list
from database.catalogue.heading_list import COUNTED, MANY, Filter, Row
from database.refusal import Refusal
from database.rights import Right
from database.text.words import words
from desktop.asking import Asker
from desktop.program import Program
from desktop.screen import Key, Screen
from desktop.screens.catalogue.headings.acts import HeadingActs
from desktop.screens.catalogue.headings.authorities import ask_where, ask_which
from desktop.screens.catalogue.headings.found import kind_pill, named, no_headings
from desktop.screens.catalogue.headings.side import HeadingSide
from desktop.screens.catalogue.page import Page
from desktop.widgets.buttons import Button, FilterButton, MenuButton
from desktop.widgets.card import Card
from desktop.widgets.progress import Progress
from desktop.widgets.search_box import SearchBox
from desktop.widgets.table import Column, Table
from desktop.words import language
from desktop.words.codes import HEADING_KINDS, SCHEMES
from desktop.words.language import _, ngettext


class HeadingsPage(Page):
    """Signal `edit_wanted(title id)`. While an act is under way nothing else is done here."""

    edit_wanted = Signal(int)
    section = "headings"

    def __init__(self, program: Program, host: Screen) -> None:
        super().__init__(program, host)
        self._asker = Asker(program, host, self)
        self._told = False
        self._wanted: int | None = None
        self.progress = Progress()
        self.acts = HeadingActs(program, host, self.progress)
        keys = self._keys()
        self.column.addLayout(self.head(*self._head_buttons(keys)))
        self.column.addLayout(self._question())
        self.column.addWidget(self.progress)
        self._stack = QStackedWidget()
        self._stack.addWidget(self._found(keys))
        self._stack.addWidget(no_headings())
        self.column.addWidget(self._stack, 1)
        self._focus: QWidget = self.table.view
        self.acts.began.connect(self._began)
        self.acts.succeeded.connect(self._succeeded)
        self.acts.ended.connect(self._ended)

    def _head_buttons(self, keys: dict[str, Key]) -> list[Button]:
        rarer = MenuButton.of_keys(_("More"), [keys["send"], keys["sweep"]])
        return [rarer, Button.of(keys["bring"])]

    def _keys(self) -> dict[str, Key]:
        return {
            "rename": Key("change", _("Rename"), self.ask_rename, needs="catalogue"),
            "merge": Key("merge", _("Merge…"), self.ask_merge, needs="catalogue"),
            "relate": Key("", _("Relate…"), self.ask_relate, needs="catalogue"),
            "unrelate": Key(
                "", _("Take the relation away"), lambda: self.side.unrelate(), needs="catalogue"
            ),
            "remove": Key("", _("Remove"), lambda: self.side.remove(), needs="catalogue"),
            "send": Key("", _("Export headings…"), self.send, needs="export"),
            "bring": Key("bring_in", _("Bring in headings…"), self.bring, needs="catalogue"),
            "sweep": Key("", _("Sweep unused headings"), self.acts.sweep, needs="catalogue"),
        }

    def _question(self) -> QHBoxLayout:
        self.search = SearchBox(_("Name, subject, or a form that leads to it"))
        self.search.searched.connect(lambda _text: self._from_the_top())
        self.search.down.connect(self._into_list)
        kinds: list[tuple[Filter, str]] = [(Filter(), _("all"))]
        for kind, word in HEADING_KINDS.items():
            kinds.append((Filter(kind), _(word)))
            if kind == "subject":
                kinds += [
                    (Filter(kind, scheme), _("Subject: {list}").format(list=_(name)))
                    for scheme, name in SCHEMES.items()
                ]
        self.kind = FilterButton(_("Kind"), kinds)
        self.kind.chosen.connect(lambda _filter: self._from_the_top())
        row = QHBoxLayout()
        row.setSpacing(10)
        row.addWidget(self.search, 1)
        row.addWidget(self.kind)
        return row

    def _found(self, keys: dict[str, Key]) -> QSplitter:
        self.table = Table(
            [
                Column(_("Heading"), named, stretch=True),
                Column(_("Kind"), kind_pill, kind="pill"),
                Column(_("Titles"), "titles", kind="number"),
            ],
            on_open=lambda _row: self.side.card.titles.view.setFocus(),
            on_select=self._choose,
            empty=_("No heading has these words. Try fewer, or another spelling."),
            name=_("Headings"),
        )
        self.table.ending.connect(self._more)
        card = Card(flush=True)
        card.body.addWidget(self.table)
        split = QSplitter()
        split.setHandleWidth(12)
        split.setChildrenCollapsible(False)
        split.addWidget(card)
        self.side = HeadingSide(self.program, self.host, self.acts, keys)
        self.side.title_wanted.connect(self.edit_wanted)
        self.side.heading_wanted.connect(self.show_heading)
        self.side.left.connect(self.leave)
        split.addWidget(self.side)
        split.setSizes([640, 470])
        split.setStretchFactor(0, 1)
        split.setStretchFactor(1, 1)
        return split

    def page_keys(self) -> list[Key]:
        """Shown under F1."""
        acts = self._keys()
        return [
            Key("find", _("Search headings"), self.focus_first),
            *acts.values(),
            Key("back", _("Back to the list"), self.leave),
        ]

    def focus_first(self) -> None:
        """Into the search box."""
        self.search.line.setFocus()
        self.search.line.selectAll()

    def leave(self) -> None:
        """Esc: put a question away; then back to the search box."""
        if self.side.put_away():
            self.table.view.setFocus()
        else:
            self.focus_first()

    def _into_list(self) -> None:
        self.table.view.setFocus()
        if self.table.current() is None:
            self.table.select_first()

    # --- the list

    def reload(self) -> None:
        """Read anew; as many rows as were shown, and the heading chosen stays chosen."""
        if not self.acts.busy():
            self._read(max(self.table.count(), heading_list.PAGE))

    def _from_the_top(self) -> None:
        self.side.show_chosen()
        self._read(heading_list.PAGE)

    def _read(self, limit: int) -> None:
        text, wanted = self.search.text(), self.kind.value()
        self._asker.ask(
            lambda session: heading_list.find(session, text, wanted, limit),
            lambda found: self._show(found, text, wanted),
        )

    def _show(self, found: heading_list.Found, text: str, wanted: Filter) -> None:
        kept, self._wanted = self._wanted, None
        more = found.count - len(found.rows) if text else 0
        footer = ngettext(
            "{n} more heading; refine the search", "{n} more headings; refine the search", more
        )
        self._told = False
        self.table.highlight(list(words(text)))
        self.table.set_rows(found.rows, footer.format(n=language.number(more)) if more > 0 else "")
        self._say_count(found.count, bool(text))
        anything = bool(found.rows or text or wanted != Filter())
        self._stack.setCurrentIndex(0 if anything else 1)
        if kept is not None:
            self.table.select_ids([kept])
        if self.table.current() is None:
            self.table.select_first()
        if not self._told:
            self.side.refresh()

    def _say_count(self, found: int, typed: bool) -> None:
        bound = "+" if found >= (COUNTED if typed else MANY) else ""
        count = ngettext("{n} heading", "{n} headings", found)
        self.search.set_side(count.format(n=language.number(found) + bound))

    def _more(self) -> None:
        """The next piece of the alphabet."""
        rows = self.table.rows()
        if self.search.text() or not rows or len(rows) % heading_list.PAGE:
            return
        wanted, last = self.kind.value(), rows[-1]
        found = self.program.read(lambda session: heading_list.page(session, wanted, last))
        self.table.add_rows(found.rows)

    def show_heading(self, heading_id: int) -> None:
        """Select a heading, wherever the list stands."""
        try:
            row = self.program.read(lambda session: heading_list.row(session, heading_id))
        except Refusal:
            return
        self._wanted = heading_id
        if heading_id in {one.id for one in self.table.rows()}:
            self.reload()
        else:
            if self.kind.value().kind not in (None, row.kind) or self.kind.value().scheme:
                self.kind.choose(Filter())
            self._wanted = heading_id
            self.search.set_text(row.name)

    # --- the one chosen

    def _choose(self, row: Row | None) -> None:
        self._told = True
        self.side.choose(row)

    def ask_rename(self) -> None:
        """Ask for another form, in the place of the heading."""
        self.side.ask_rename()

    def ask_merge(self) -> None:
        """Ask into which other heading this one goes."""
        self.side.ask_merge()

    def ask_relate(self) -> None:
        """Ask which other heading is broader, narrower or related."""
        self.side.ask_relate()

    def send(self) -> None:
        """Write all headings as authority records."""
        if self.program.allows(self.host, Right.EXPORT) and (asked := ask_where(self)):
            self.acts.send(*asked)

    def bring(self) -> None:
        """Take in a file of authority records."""
        if path := ask_which(self):
            self.acts.bring(path)

    # --- acts

    def _began(self) -> None:
        line = self.side.card.forms.line
        self._focus = line if line.hasFocus() else self.table.view
        self._stack.setEnabled(False)

    def _succeeded(self, show: int | None) -> None:
        """The heading to show from now on; a question that was asked is answered."""
        self._wanted = show
        if show is not None:
            self.side.put_away()

    def _ended(self) -> None:
        self._stack.setEnabled(True)
        if self._wanted is not None:
            self.show_heading(self._wanted)
        else:
            self.reload()
        if self.isVisible():
            self._focus.setFocus()
