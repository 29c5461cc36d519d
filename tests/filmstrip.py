"""A day by scanner only, in pictures: `python -m tests.filmstrip --out DIR`.

Every scan is typed with real key events into whatever has the focus, as a scanner does it, on
each screen and into each thing that could swallow it. A person looks at the pictures.
"""

from __future__ import annotations

import argparse
from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from database.circulation import identify
from database.holdings import item_list
from database.patrons import finding
from database.patrons.finding import PatronFilter
from desktop import background, theme
from desktop.forms.payment import PaymentDialog
from desktop.window import MainWindow
from desktop.words import language
from installer.compile_translations import compile_all
from tests import gallery  # first: it chooses the platform and the time zone
from tests.desktop.scenes import ward_scenes

DELAY_MS = 5
WARD = "W-MAWAR"


def scan(code: str, end: Qt.Key | None = Qt.Key.Key_Return) -> None:
    """Type it as a scanner, wherever the focus is."""
    where = QApplication.activeModalWidget() or QApplication.focusWidget()
    where = QApplication.focusWidget() or where
    QTest.keyClicks(where, code, delay=DELAY_MS)
    if end is not None:
        QTest.keyClick(where, end, delay=DELAY_MS)
    else:
        QTest.qWait(200)
    settle()


def settle() -> None:
    """Until all that was asked for is there and painted."""
    background.wait()
    gallery.settle()


class Strip:
    """The pictures of a day, in their order."""

    def __init__(self, window: MainWindow, out: Path) -> None:
        self.window, self.out, self.count = window, out, 0
        program = ward_scenes.program(gallery.NOW)
        with program.library.reading() as session:
            rows = item_list.items_to_label(session, only_new=False)
            at_desk = [identify.find_item(session, row.barcode) for row in rows[:400]]
            self.isbn = _isbn(session, [row.biblio_id for row in rows[:400]])
            nurses = finding.search(session, PatronFilter(category="nurse"))[1]
        self.cards = [row.number for row in nurses if not row.open_loans][:2]
        self.free = [one.barcode for one in at_desk if one and not one.loan_id]
        self.lent = [one.barcode for one in at_desk if one and one.loan_id]
        self.program = program

    def shoot(self, name: str) -> None:
        """One picture of what is in front."""
        settle()
        self.count += 1
        path = self.out / f"{self.count:02d}-{name}.png"
        (QApplication.activeModalWidget() or self.window).grab().save(str(path))

    def go(self, place: str, what: object = None) -> None:
        """To a screen by hand."""
        self.window.activateWindow()
        settle()
        self.window.go(place, what)
        settle()

    def copy(self) -> str:
        """The next copy that stands on the shelf."""
        return self.free.pop(0)


def _isbn(session: object, titles: list[int]) -> str:
    from sqlalchemy import select

    from database.schema import BiblioIdentifier

    wanted = select(BiblioIdentifier.value).where(
        BiblioIdentifier.kind == "isbn", BiblioIdentifier.biblio_id.in_(titles)
    )
    return str(session.execute(wanted.limit(1)).scalar())  # type: ignore[attr-defined]


def at_the_desk(strip: Strip) -> None:
    """Cards, copies, an ISBN, and whatever the scanner is set to."""
    strip.go("desk")
    scan(strip.lent.pop())
    strip.shoot("desk-return")
    scan(strip.cards[0])
    scan(strip.copy())
    strip.shoot("desk-lend")
    scan("]C1" + strip.copy().lower(), Qt.Key.Key_Tab)
    strip.shoot("desk-prefix-caps-tab")
    scan(strip.copy(), None)
    strip.shoot("desk-no-suffix")
    scan(strip.isbn + "51250")
    strip.shoot("desk-isbn-with-price-code")
    QTest.keyClick(QApplication.focusWidget(), Qt.Key.Key_F4)
    strip.shoot("desk-isbn-taken")
    if QApplication.activeModalWidget() is not None:
        QTest.keyClick(QApplication.focusWidget(), Qt.Key.Key_Return)
    scan(strip.copy() + strip.copy())
    strip.shoot("desk-two-codes-in-one")
    strip.go("desk")
    strip.window.current().finish()  # type: ignore[attr-defined]
    scan(strip.isbn)
    strip.shoot("desk-isbn-without-patron")


def from_elsewhere(strip: Strip) -> None:
    """A card on every screen opens the desk and says so."""
    for place in ("home", "catalogue", "patrons", "wards", "services", "reports", "settings"):
        strip.go(place)
        scan(strip.cards[strip.count % 2])
        strip.shoot(f"from-{place}")
    strip.go("reports")
    scan("8991234567891")
    strip.shoot("foreign-code-on-reports")


def into_fields(strip: Strip) -> None:
    """What is being typed stays as it is."""
    strip.go("patrons", "new")
    screen = strip.window.current()
    screen.new()  # type: ignore[attr-defined]
    name = screen.card.form.input("name")  # type: ignore[attr-defined]
    name.setFocus()
    name.setText("Ns. Rina")
    scan(strip.cards[1])
    strip.shoot("from-patron-form")
    strip.go("patrons")
    strip.shoot("patron-form-as-before")
    strip.go("catalogue", "new")
    strip.window.current().form.form.focus("title")  # type: ignore[attr-defined]
    scan("9786022322122")
    strip.shoot("isbn-into-title-form")
    scan(strip.isbn)
    strip.shoot("isbn-known-into-title-form")
    desk = strip.window.screen_of("desk")
    box = PaymentDialog(strip.program, desk, "Ns. Rina", [])
    box.open()
    scan(strip.copy())
    strip.shoot("payment-open")
    box.reject()


def where_the_screen_wants_it(strip: Strip) -> None:
    """The queue, a round on the wards, holds, a stocktake."""
    strip.go("printing")
    scan(strip.copy())
    strip.shoot("print-queue")
    strip.go("tasks", "holds")
    scan(strip.copy())
    strip.shoot("holds")
    strip.go("wards")
    strip.shoot("wards")
    scan(WARD)
    strip.shoot("ward-card-on-wards")
    strip.go("settings", "scanner")
    scan("Selasar-QaWzYm/0123456789")
    QTest.qWait(700)
    strip.shoot("scanner-page")


def main() -> None:
    """The whole day."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--out", type=Path, default=Path("tests/filmstrip"))
    options = parser.parse_args()
    options.out.mkdir(parents=True, exist_ok=True)
    compile_all()
    app = QApplication.instance() or QApplication([])
    language.use("id")
    theme.apply(app, "light")
    window = ward_scenes.window(gallery.NOW)
    window.resize(1366, 768)
    window.show()
    window.activateWindow()
    settle()
    strip = Strip(window, options.out)
    steps: tuple[Callable[[Strip], None], ...] = (
        at_the_desk,
        from_elsewhere,
        into_fields,
        where_the_screen_wants_it,
    )
    for step in steps:
        step(strip)
    window.close()


if __name__ == "__main__":
    main()
