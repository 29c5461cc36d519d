"""Who the library is: names and address for letterheads, and the two logos."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, fields, replace
from functools import partial
from pathlib import Path
from typing import Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QPixmap
from PySide6.QtWidgets import QFileDialog, QHBoxLayout, QLabel, QVBoxLayout, QWidget

from database.library import Session
from database.policy import house
from database.policy.house import ProfileFacts
from database.refusal import Fault, Refusal, Trouble
from desktop.forms.part import Part
from desktop.program import Program
from desktop.widgets.buttons import Button
from desktop.widgets.form import Field, Form
from desktop.widgets.text import label
from desktop.words.language import _

_ALL = (
    ("name", "short_name"),
    ("hospital", "city"),
    ("government", "dinas"),
    ("address",),
    ("phone", "email"),
    ("npp", "kind", "subkind"),
    ("founded", "decree"),
    ("province", "accreditation"),
    ("contact", "contact_phone"),
    ("vision",),
)
_SHORT = (("name", "short_name"), ("hospital", "city"), ("dinas",), ("address",), ("npp",))
LOGO_SIDE = 64


def _rows() -> list[Field | list[Field]]:
    """All that is asked of a library, row by row."""
    return [
        [
            Field("name", _("Library's name"), required=True, width=2),
            Field("short_name", _("Short name"), placeholder=_("for numbers, such as RSUD-BS")),
        ],
        [Field("hospital", _("Hospital's name"), width=2), Field("city", _("City"))],
        [
            Field("government", _("Regional government")),
            Field("dinas", _("Reports are sent to")),
        ],
        Field("address", _("Address")),
        [Field("phone", _("Phone")), Field("email", _("E-mail"))],
        [
            Field("npp", _("NPP (national library number)")),
            Field("kind", _("Kind of library"), placeholder="Perpustakaan khusus"),
            Field("subkind", _("Sub-kind"), placeholder="Instansi pemerintah daerah"),
        ],
        [
            Field("founded", _("Founded in")),
            Field("decree", _("Founding decree, number and day"), width=2),
        ],
        [
            Field("province", _("Province")),
            Field("accreditation", _("Accreditation"), placeholder="B, sampai 2029"),
        ],
        [
            Field("contact", _("Whom offices ask")),
            Field("contact_phone", _("Their phone (WhatsApp)")),
        ],
        Field("vision", _("Vision")),
    ]


class ProfilePart(Part):
    """The profile; `short` asks only what the first papers need."""

    def __init__(self, program: Program, short: bool = False) -> None:
        super().__init__(program)
        self._short = short
        self.form = Form(_rows())
        self.form.show_rows(_SHORT if short else _ALL)
        self.form.changed.connect(self.changed)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self.form)

    def load(self) -> None:
        """Show the profile; in the guide the name a new library was born with is no answer yet."""
        values = asdict(self.program.read(house.profile))
        if self._short and values["name"] == _("Library"):
            values["name"] = ""
        self.form.set_values(values)

    def check(self) -> bool:
        """A library has a name."""
        return self.form.validate()

    def save(self, session: Session) -> None:
        """Change the profile; what is not asked stays as it is."""
        known = house.profile(session)
        values = self.form.values()
        typed: dict[str, Any] = {
            f.name: values[f.name] or "" for f in fields(ProfileFacts) if f.name in values
        }
        house.save_profile(session, replace(known, **typed), self.program.now())

    def draft(self) -> dict[str, Any]:
        """What was typed."""
        return self.form.draft()

    def restore(self, draft: Mapping[str, Any]) -> None:
        """Put it back."""
        self.form.restore(draft)

    def focus_first(self) -> None:
        """The name."""
        self.form.focus("name")


class Logos(QWidget):
    """The logos at the left and right of the letterhead; choosing one keeps it at once.

    `kept(sentence)` and `failed(refusal)` say how it went.
    """

    kept = Signal(str)
    failed = Signal(object)

    def __init__(self, program: Program) -> None:
        super().__init__()
        self.program = program
        self._pictures: dict[str, QLabel] = {}
        self._clear: dict[str, Button] = {}
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(24)
        row.addLayout(self._logo("government", _("Logo of the regional government")), 1)
        row.addLayout(self._logo("hospital", _("Logo of the hospital")), 1)

    def _logo(self, place: str, words: str) -> QVBoxLayout:
        picture = self._pictures[place] = label("", "small")
        picture.setFixedSize(LOGO_SIDE, LOGO_SIDE)
        picture.setAlignment(Qt.AlignmentFlag.AlignCenter)
        choose = Button(_("Choose…"), partial(self.choose, place), icon="image", small=True)
        clear = self._clear[place] = Button(
            _("Take away"), partial(self.keep, place, None), kind="quiet", small=True
        )
        row = QHBoxLayout()
        row.setSpacing(8)
        for widget in (picture, choose, clear):
            row.addWidget(widget)
        row.addStretch(1)
        column = QVBoxLayout()
        column.addWidget(label(words, "label"))
        column.addLayout(row)
        return column

    def load(self) -> None:
        """Show the logos kept."""
        for place, shown in self._pictures.items():
            content = self.program.read(partial(house.picture, place=place))
            picture = QPixmap()
            if content:
                picture.loadFromData(content)
            size = shown.size()
            shown.setText("" if content else _("none"))
            shown.setToolTip("" if content else _("none"))
            if content:
                keep = Qt.AspectRatioMode.KeepAspectRatio
                smooth = Qt.TransformationMode.SmoothTransformation
                shown.setPixmap(picture.scaled(size, keep, smooth))
            self._clear[place].setVisible(bool(content))

    def choose(self, place: str) -> None:
        """Ask for a file."""
        chosen, _kind = QFileDialog.getOpenFileName(
            self, _("Choose a logo"), "", "PNG, JPEG (*.png *.jpg *.jpeg)"
        )
        if chosen:
            self.keep(place, Path(chosen))

    def keep(self, place: str, path: Path | None) -> None:
        """Keep the picture in a file, or none."""
        try:
            content = path.read_bytes() if path else None
            self.program.write(lambda s: house.save_picture(s, place, content, self.program.now()))
        except OSError:
            self.failed.emit(Fault(Trouble.FILE_UNREADABLE, where=str(path)))
        except (Refusal, Fault) as told:
            self.failed.emit(told)
        else:
            self.kept.emit(_("Logo kept") if path else _("Logo taken away"))
        self.load()
