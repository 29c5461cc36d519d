"""Which roles sign which paper, in which order, and who gets a copy of it."""

from __future__ import annotations

from functools import partial
from typing import Any

from PySide6.QtWidgets import QHBoxLayout

from database.library import Session
from database.policy import signing
from desktop.forms.act_dialog import ActDialog
from desktop.program import Program
from desktop.screen import Screen
from desktop.screens.settings.section import Section
from desktop.widgets.buttons import Button
from desktop.widgets.form import Choice, Field, Form, TextArea
from desktop.widgets.table import Column, Table
from desktop.words.language import _
from desktop.words.letters import paper_name, role_name

_PLACES = ("first", "second", "third", "fourth", "fifth", "sixth")


class SigningSection(Section):
    """A line a paper; each change is kept at once, with Undo."""

    def __init__(self, screen: Screen, program: Program) -> None:
        hint = _(
            "Roles sign from the left; of three and more the last one acknowledges in the middle "
            "below. Who fills a role, and from when, stands under Signatories."
        )
        super().__init__(screen, _("Signatures on papers"), hint)
        self.program = program
        self.table = Table(
            [
                Column(_("Paper"), "name", width=260),
                Column(_("Who signs"), "roles", stretch=True),
                Column(_("Copies to"), "copies", width=260, optional=True),
            ],
            on_open=lambda _row: self.save(),
            name=_("Signatures on papers"),
        )
        row = QHBoxLayout()
        row.addWidget(Button(_("Add a role…"), self.add_role))
        row.addStretch(1)
        row.addWidget(Button(_("Change…"), self.save, key="save", kind="primary"))
        self.body.addWidget(self.table, 1)
        self.body.addLayout(row)

    def load(self) -> None:
        """Read how each paper is signed."""
        self.table.set_rows(self.program.read(_rows))

    def save(self) -> None:
        """Ctrl+S or Enter changes the paper chosen."""
        row = self.table.current()
        if row is None:
            self.owner.notice.look(_("Choose one in the list first."))
        else:
            _PaperDialog(self, row).open()

    def add_role(self) -> None:
        """One more role, such as the head of a department."""
        _RoleDialog(self).open()

    def done(self, line: int | None, said: str) -> None:
        """Say what was done, with Undo, and show it."""
        self.load()
        if line is not None:
            self.owner.notice.done(said, lambda: self._undo(line))

    def _undo(self, line: int) -> None:
        self.program.undo(self.owner, line)
        self.load()

    def focus_first(self) -> None:
        """The list."""
        if self.table.current() is None:
            self.table.select_first()
        self.table.setFocus()


def _rows(session: Session) -> list[dict[str, Any]]:
    found = [(paper, signing.of(session, paper)) for paper in signing.USUAL]
    return [
        {
            "id": paper,
            "name": paper_name(paper),
            "roles": ", ".join(map(role_name, how.roles)),
            "copies": "; ".join(how.copies_to),
            "how": how,
        }
        for paper, how in found
    ]


class _PaperDialog(ActDialog):
    """Up to six who sign, in their order, and who gets a copy."""

    def __init__(self, section: SigningSection, row: dict[str, Any]) -> None:
        super().__init__(section.program, section.owner, row["name"], _("Save"), width=620)
        self._section, self._paper = section, row["id"]
        known = section.program.read(signing.roles)
        some: list[tuple[object, str]] = [(None, "–")]
        options = [*some, *((role, role_name(role)) for role in known)]
        names = (
            _("Signs first"), _("Second"), _("Third"), _("Fourth"), _("Fifth"), _("Sixth")
        )  # fmt: skip
        fields = [
            Choice(key, name, required=not at, options=options)
            for at, (key, name) in enumerate(zip(_PLACES, names, strict=True))
        ]
        copies = TextArea("copies", _("Copies to, a line each"), lines=3)
        self.build(Form([fields[:3], fields[3:], copies]))
        how = row["how"]
        chosen = dict(zip(_PLACES, [*how.roles, *[None] * len(_PLACES)], strict=False))
        self.form.set_values({**chosen, "copies": "\n".join(how.copies_to)})
        self.form.focus("first")

    def act(self) -> None:
        """Keep it."""
        values, now = self.form.values(), self.program.now()
        chosen = [values[key] for key in _PLACES if values[key]]
        copies = (values["copies"] or "").splitlines()
        put = partial(signing.put, paper=self._paper, signed=chosen, copies_to=copies, now=now)
        line = self.program.write(put)
        self._section.done(line, _("Saved: {name}").format(name=paper_name(self._paper)))


class _RoleDialog(ActDialog):
    """What a further role is called."""

    def __init__(self, section: SigningSection) -> None:
        super().__init__(section.program, section.owner, _("A further role"), _("Add"), width=520)
        self._section = section
        hint = _("Then name who fills it under Signatories, and let it sign a paper here.")
        example = "Kepala Bidang Diklat"
        self.build(Form([Field("name", _("Name"), required=True, placeholder=example)]), hint)
        self.form.focus("name")

    def act(self) -> None:
        """Add it."""
        name, now = self.form.value("name"), self.program.now()
        line = self.program.write(lambda session: signing.add_role(session, name, now))
        self._section.done(line, _("Saved: {name}").format(name=name))
