"""One walk through the scenes, in one size, one dress and one length of words."""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import nullcontext

from PySide6.QtWidgets import QApplication, QWidget

from desktop import background, theme
from desktop.words import language
from installer.compile_translations import compile_all
from tests import gallery
from tests.looking import faults as laid_out
from tests.looking import picture
from tests.looking.longer import longer
from tests.zone import be_in_jakarta

SCHEMES = ("light", "dark", "contrast")


def ready() -> QApplication:
    """A program without a screen, in Jakarta, that waits for all that is under way."""
    be_in_jakarta()
    compile_all()
    background.PATIENCE_S = 60
    return QApplication.instance() or QApplication([])


def faults(
    size: str, scheme: str, only: Sequence[str] = ("",), long: bool = False, aloud: bool = True
) -> dict[str, list[str]]:
    """What is wrong in each scene that has anything wrong. `long` draws all words out by 40 %,
    and asks only whether they have room: colours and rings are the same."""
    app = QApplication.instance()
    assert isinstance(app, QApplication)
    width, height = (int(side) for side in size.split("x"))
    language.use("id")
    theme.apply(app, scheme)
    found: dict[str, list[str]] = {}
    tried: set[tuple[object, ...]] = set()

    def look(name: str, seen: QWidget) -> None:
        lines = laid_out.of(seen, hints=not long)
        if not long:
            lines += picture.pale(seen) + picture.ringless(seen, tried)
        if lines:
            found[name] = lines
        for line in lines if aloud else ():
            print(f"{name}: {line}", flush=True)

    with longer() if long else nullcontext():
        for scene in gallery.scenes():
            if scene.args[0].startswith(tuple(only)):
                scene(width, height, look)
    return found
