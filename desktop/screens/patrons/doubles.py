"""Whether the one being enrolled is a member already: said above the form, with a way on."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from PySide6.QtCore import QObject, QTimer

from database.patrons.likeness import Alike, Likeness
from database.patrons.membership import PatronFacts
from desktop.widgets.buttons import Button
from desktop.widgets.card import Band
from desktop.widgets.form import Form
from desktop.words.language import N_, _

PAUSE_MS = 250
_WATCHED = frozenset({"name", "phone", "staff_number", "unit", "institution"})
_WHY = {
    Alike.STAFF_NUMBER: N_("the same staff or student number"),
    Alike.NAME_AND_PHONE: N_("the same name and telephone number"),
    Alike.NAME_AND_PLACE: N_("the same name in the same unit or institution"),
}


class Doubles(QObject):
    """Looks while something is typed. `must_ask()` is true once for each person found."""

    def __init__(
        self,
        form: Form,
        find: Callable[[], list[Likeness]],
        open_one: Callable[[int], object],
        enrol_anyway: Callable[[], object],
    ) -> None:
        super().__init__(form)
        self._form, self._find = form, find
        self._open, self._enrol = open_one, enrol_anyway
        self.open_button = Button(_("Open that one"), self.open_found, small=True)
        self.enrol_button = Button(_("Enrol anyway"), self.allow, small=True)
        self.band = Band("", "warn", self.open_button, self.enrol_button, narrow=True)
        self._asked: int | None = None
        self.found: Likeness | None = None
        self._timer = QTimer(self, singleShot=True, interval=PAUSE_MS)
        self._timer.timeout.connect(self.look)
        form.changed.connect(lambda key: self._timer.start() if key in _WATCHED else None)
        form.left.connect(lambda key: self.look() if key in _WATCHED else None)

    def look(self) -> None:
        """Look now, and say what was found."""
        self._timer.stop()
        found = self._find() if self._form.value("name") else []
        self.found = found[0] if found else None
        if self.found is None:
            self.band.set("")
        else:
            self.band.set(said(self.found), "warn", _(_WHY[self.found.why]))

    def open_found(self) -> None:
        """It is the same person."""
        if self.found is not None:
            self._open(self.found.id)

    def must_ask(self) -> bool:
        """Whether to ask before enrolling; asked once, the answer was to go on."""
        self.look()
        if self.found is None or self._asked == self.found.id:
            return False
        self._asked = self.found.id
        return True

    def allow(self) -> None:
        """It is another person: enrol."""
        self._asked = self.found.id if self.found else None
        self._enrol()

    def forget(self) -> None:
        """Another form begins."""
        self._timer.stop()
        self._asked, self.found = None, None
        self.band.set("")


def said(found: Likeness) -> str:
    """Who it may be."""
    text = _("A member already? {name}, {number}, {kind}")
    return text.format(name=found.name, number=found.number, kind=found.category_name)


def facts_to_compare(form: Form) -> PatronFacts:
    """What is typed so far."""
    values = form.values()
    texts: dict[str, Any] = {key: str(values.get(key) or "") for key in _WATCHED}
    return PatronFacts(category=str(values.get("category") or ""), **texts)
