"""The settings' place: sections down the left, one of them at the right."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from PySide6.QtCore import QTimer, Signal
from PySide6.QtWidgets import (
    QHBoxLayout,
    QVBoxLayout,
    QWidget,
)

from database.policy import house
from database.policy.house import Signer
from desktop.forms.call_numbers import CallNumbersPart
from desktop.forms.care import CarePart
from desktop.forms.hours import HoursPart
from desktop.forms.mail import MailPart
from desktop.forms.numbers import NumbersPart
from desktop.forms.privacy import PrivacyPart
from desktop.forms.profile import Logos, ProfilePart
from desktop.forms.rules import RulesPart
from desktop.forms.signers import SignersPart
from desktop.forms.sources import SourcesPart
from desktop.program import Program
from desktop.screen import Key, Screen
from desktop.screens.settings.about import AboutSection
from desktop.screens.settings.activity import ActivitySection
from desktop.screens.settings.backups import BackupsSection
from desktop.screens.settings.closed import ClosedSection
from desktop.screens.settings.kinds import KindsSection, UnitsSection
from desktop.screens.settings.matrix import MatrixSection
from desktop.screens.settings.neighbours.section import NeighboursSection
from desktop.screens.settings.network.section import NetworkSection
from desktop.screens.settings.own.section import OwnFieldsSection
from desktop.screens.settings.personal import PersonalDataRules
from desktop.screens.settings.quarantine import QuarantineSection
from desktop.screens.settings.scanner import ScannerSection
from desktop.screens.settings.section import FormSection, Section
from desktop.screens.settings.server.section import ServerSection
from desktop.screens.settings.signing import SigningSection
from desktop.screens.settings.staff import StaffSection
from desktop.screens.settings.this_pc import ThisPcSection
from desktop.widgets import finding
from desktop.widgets.card import Card, heading
from desktop.widgets.lazy_parts import LazyParts
from desktop.widgets.one_bar import OneBar
from desktop.widgets.search_box import SearchBox
from desktop.widgets.side_list import SideList
from desktop.widgets.table import Column, Table
from desktop.words.codes import SECTIONS
from desktop.words.language import N_, _, date_plain
from desktop.words.letters import role_name
from desktop.words.sentences import refusal

LIST_PX = 224
OF_THIS_PC = frozenset({"network", "backups", "server", "scanner", "pc", "about"})
"""All other sections hold for the library, on every PC that opens it."""


class SettingsScreen(Screen):
    """`arrive(section)` opens one of `SECTIONS`."""

    title = N_("Settings")
    shows = frozenset({
        "Profile", "Calendar", "Setting", "LoanRule", "PatronCategory", "Unit", "OwnField",
        "Privacy", "QuarantineRule", "Account", "Neighbour",
    })  # fmt: skip

    language_changed = Signal()
    pc_changed = Signal()

    def __init__(self, program: Program) -> None:
        super().__init__()
        self.program = program
        self._names = [_(name) for name in SECTIONS.values()]
        self.list = SideList(_("Settings"))
        self._at = 0
        # No stack: a stack is as high as its highest page, seen or not.
        self._pages = QVBoxLayout()
        self.search = SearchBox(_("Find a setting"))
        self._arrange()
        # Each is built when it is first shown: all of them together take seconds.
        self.sections: LazyParts[Section] = LazyParts(self._makers(), self._made)
        self.list.addItems(self._names)
        self.list.currentRowChanged.connect(self._show)
        self.list.setCurrentRow(0)
        self._show(0)
        self.search.searched.connect(self._look_for)
        self.search.line.returnPressed.connect(self._into)
        self.search.down.connect(self.list.setFocus)

    def _arrange(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(20, 16, 20, 8)
        column.setSpacing(12)
        column.addLayout(heading(_("Settings")))
        side = Card(flush=True)
        side.be_side(LIST_PX)
        side.body.setContentsMargins(6, 6, 6, 6)
        side.body.addWidget(self.search)
        side.body.addWidget(self.list)
        row = QHBoxLayout()
        row.setSpacing(12)
        row.addWidget(side)
        inside = QWidget()
        inside.setObjectName("scrolled")
        self._pages.setContentsMargins(0, 0, 0, 0)
        inside.setLayout(self._pages)
        # The list and the section scroll each by themselves, never one inside the other.
        row.addWidget(OneBar(inside), 1)
        column.addLayout(row, 1)

    def _makers(self) -> dict[str, Callable[[], Section]]:
        """What builds each, in the order of the list."""
        program = self.program
        own: dict[str, Callable[[], Section]] = {
            "library": self._library,
            "signers": self._signers,
            "signing": lambda: SigningSection(self, program),
            "staff": lambda: StaffSection(self, program),
            "hours": self._hours,
            "closed": lambda: ClosedSection(self, program),
            "numbers": self._numbers,
            "call_numbers": self._call_numbers,
            "sources": self._sources,
            "neighbours": lambda: NeighboursSection(self, program),
            "rules": self._rules,
            "matrix": lambda: MatrixSection(self, program),
            "kinds": lambda: KindsSection(self, program),
            "units": lambda: UnitsSection(self, program),
            "own_fields": lambda: OwnFieldsSection(self, program),
            "holds": self._holds,
            "mail": self._mail,
            "quarantine": lambda: QuarantineSection(self, program),
            "personal": self._personal,
            "network": lambda: NetworkSection(self, program),
            "backups": lambda: BackupsSection(self, program),
            "server": lambda: ServerSection(self, program),
            "activity": lambda: ActivitySection(self, program),
            "scanner": self._scanner,
            "pc": self._this_pc,
            "about": lambda: AboutSection(self, program),
        }
        return {key: own[key] for key in SECTIONS}

    def _made(self, key: str, section: Section) -> None:
        section.hide()
        self._pages.addWidget(section)
        section.dirty_changed.connect(self._mark)
        section.say_where(_("on this PC alone") if key in OF_THIS_PC else "")
        self._load(key, section)

    def _load(self, key: str, section: Section) -> None:
        section.load()
        if key == "library":
            self.logos.load()
        elif key == "personal":
            self.personal.load()
        elif key == "signers":
            found = self.program.read(house.signers)
            self.signers.set_rows([_signer_row(at, one) for at, one in enumerate(found)])

    def _scanner(self) -> Section:
        made = ScannerSection(self, self.program)
        made.pc_changed.connect(self.pc_changed)
        return made

    def _this_pc(self) -> Section:
        made = ThisPcSection(self, self.program)
        made.language_changed.connect(self.language_changed)
        made.pc_changed.connect(self.pc_changed)
        return made

    def _form(self, key: str, hint: str, part: Any, *more: QWidget) -> FormSection:
        return FormSection(self, self.program, key, _(SECTIONS[key]), hint, part, *more)

    def _library(self) -> FormSection:
        self.logos = Logos(self.program)
        self.logos.kept.connect(lambda text: self.notice.done(text))
        self.logos.failed.connect(lambda told: self.notice.refused(refusal(told)))
        hint = _("Stands on letterheads, cards and labels.")
        part = ProfilePart(self.program)
        return self._form("library", hint, part, self.logos)

    def _sources(self) -> FormSection:
        hint = _("Asked for the data of an ISBN with Ctrl+I, from the top; none is ever needed.")
        return self._form("sources", hint, SourcesPart(self.program))

    def _signers(self) -> FormSection:
        self.signers = Table(
            [
                Column(_("Signs from"), lambda row: date_plain(row["from"]), width=120),
                Column(_("As"), "role"),
                Column(_("Name"), "name", stretch=True),
                Column(_("Position under the signature"), "position", optional=True),
                Column(_("Until"), "until", width=110, optional=True),
            ],
            empty=_("Nobody signs yet."),
            name=_("Signatories"),
            whole=True,
        )
        hint = _(
            "A new name with a later day takes over from that day; older papers keep the old name."
        )
        return self._form("signers", hint, SignersPart(self.program), self.signers)

    def _hours(self) -> FormSection:
        hint = _("A due date that falls on a closed day moves to the next open day.")
        return self._form("hours", hint, HoursPart(self.program))

    def _numbers(self) -> FormSection:
        hint = _("New patterns number what comes from now on; old numbers stay.")
        return self._form("numbers", hint, NumbersPart(self.program))

    def _call_numbers(self) -> FormSection:
        hint = _("Holds for titles from now on; what stands on a label stays as it is.")
        part = CallNumbersPart(self.program)
        return self._form("call_numbers", hint, part)

    def _rules(self) -> FormSection:
        hint = _("Holds for loans from now on; loans already made keep their due dates.")
        return self._form("rules", hint, RulesPart(self.program))

    def _holds(self) -> FormSection:
        hint = _("Who waits for what, when people are written to, and who counts as a visitor.")
        return self._form("holds", hint, CarePart(self.program))

    def _mail(self) -> FormSection:
        hint = _(
            "Off, e-mails open in the mail program of this PC. On, they go out by themselves; "
            "the password stays in the keyring of this PC and is typed on each that sends."
        )
        part = MailPart(self.program)
        part.tested.connect(
            lambda text, went: self.notice.done(text) if went else self.notice.refused(text)
        )

        def saved() -> None:
            if part.only_now:
                self.notice.look(
                    _(
                        "Saved. This PC has no keyring: the password is known until the program "
                        "closes."
                    )
                )

        return FormSection(self, self.program, "mail", _("E-mail"), hint, part, saved=saved)

    def _personal(self) -> FormSection:
        self.personal = PersonalDataRules(self, self.program)
        hint = _("What is kept of patrons, and for how long (UU 27/2022).")
        part = PrivacyPart(self.program)
        return self._form("personal", hint, part, self.personal)

    def keys(self) -> list[Key]:
        """What can be done here."""
        return [
            Key("save", _("Save this section"), lambda: self.section().save()),
            Key("find", _("Find a setting"), self.search.setFocus),
            Key("back", _("Back to the list of sections"), self.list.setFocus),
            Key("", _("About Selasar"), lambda: self.arrive("about")),
        ]

    def section(self) -> Section:
        """The one in sight."""
        return self.sections[list(self.sections)[self._at]]

    def arrive(self, what: Any) -> None:
        """Open a section by its name; ("holidays", year) asks for those of a year, ("find", words)
        for the setting in which they stand."""
        if isinstance(what, tuple) and what[0] == "find":
            self.search.set_text(what[1])
            self.search.setFocus()
            self._look_for(what[1])
        elif isinstance(what, tuple):
            self.arrive("closed")
            closed = self.sections["closed"]
            assert isinstance(closed, ClosedSection)
            closed.propose(what[1])
        elif what in self.sections:
            self.list.setCurrentRow(list(self.sections).index(what))
            self.section().focus_first()

    def focus_first(self) -> None:
        """The list of sections."""
        self.list.setFocus()

    def may_leave(self) -> bool:
        """Closing loses nothing: drafts are kept."""
        for section in self.sections.there().values():
            section.keep()
        return True

    def reload(self) -> None:
        """Read every section anew; what is being typed stays."""
        for key, section in self.sections.there().items():
            self._load(key, section)

    def _look_for(self, text: str) -> None:
        """Show the sections in which these words stand, and open the first of them. One that was
        never built is built for it, one at a turn, so that typing goes on meanwhile."""
        if text and (missing := self.sections.missing()):
            self.sections.get(missing[0])
            QTimer.singleShot(0, self, lambda: self._look_for(self.search.text()))
        there = self.sections.there()
        called = [bool(text) and finding.called(name, text) for name in self._names]
        found = [
            not text or at_name or (key in there and finding.tells(there[key], name, text))
            for key, name, at_name in zip(self.sections, self._names, called, strict=True)
        ]
        for place, tells in enumerate(found):
            self.list.item(place).setHidden(not tells)
        if text and any(found):
            # One that is called so before one in which the words stand.
            self.list.setCurrentRow((called if any(called) else found).index(True))
        elif text and not self.sections.missing():
            self.notice.look(_("No setting is called so."))

    def _into(self) -> None:
        """Enter or Down: to the field that was found, else to the list."""
        if not finding.go_to(self.section(), self.search.text()):
            self.list.setFocus()

    def _show(self, place: int) -> None:
        self._at = place
        shown = self.section()
        for section in self.sections.there().values():
            section.setVisible(section is shown)

    def _mark(self) -> None:
        """A section with something unsaved says so in the list."""
        places = list(self.sections)
        for key, section in self.sections.there().items():
            place = places.index(key)
            unsaved = _("{section} · not saved").format(section=self._names[place])
            self.list.item(place).setText(unsaved if section.is_dirty() else self._names[place])


def _signer_row(place: int, signer: Signer) -> dict[str, Any]:
    return {
        "id": place,
        "from": signer.valid_from,
        "until": date_plain(signer.valid_until) if signer.valid_until else "",
        "role": role_name(signer.role),
        "name": signer.name,
        "position": signer.position,
    }
