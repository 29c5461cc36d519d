"""Pictures of the program for people to look at: `python -m tests.gallery --out DIR`.

Nothing is compared here; a person opens the pictures and judges.
"""

from __future__ import annotations

import argparse
import os
from collections.abc import Callable, Iterator
from datetime import datetime, timedelta, timezone
from functools import partial
from pathlib import Path
from typing import Any

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from PIL import Image
from PySide6.QtCore import QCoreApplication, QEvent
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QApplication, QWidget

from desktop import background, manual, theme
from desktop.window import MainWindow
from desktop.words import language
from installer.compile_translations import compile_all
from tests.desktop.scenes import (
    catalogue_scenes,
    desk_scenes,
    kiosk_scenes,
    kit_pages,
    money_scenes,
    moving_scenes,
    office_scenes,
    partner_scenes,
    printing_scenes,
    task_scenes,
    ward_scenes,
    web_pages,
)
from tests.zone import be_in_jakarta

Scene = Callable[[MainWindow], None]
Build = Callable[[datetime], Any]
Look = Callable[[str, QWidget], object]
Stage = partial[object]
"""Called with a width, a height and what looks; its first argument is the name of the scene."""
NOW = datetime(2026, 11, 23, 9, 42, tzinfo=timezone(timedelta(hours=7)))


def main() -> None:
    """Every page in both languages and both dresses."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--out", type=Path, default=Path("tests/gallery"))
    parser.add_argument("--size", default="1366x768")
    parser.add_argument("--only", default="", help="scenes with this in their name")
    parser.add_argument(
        "--help-pictures", action="store_true", help="make the pictures of the help anew"
    )
    options = parser.parse_args()
    be_in_jakarta()
    options.out.mkdir(parents=True, exist_ok=True)
    background.PATIENCE_S = 60
    compile_all()
    app = QApplication.instance() or QApplication([])
    if options.help_pictures:
        help_pictures(app)
        return
    width, height = (int(side) for side in options.size.split("x"))
    for spoken in language.LANGUAGES:
        for scheme in ("light", "dark"):
            language.use(spoken)
            theme.apply(app, scheme)
            ending = f"{spoken}-{scheme}-{width}"
            save = partial(_save, folder=options.out, ending=ending)
            for scene in scenes(options.only):
                scene(width, height, save)
    for path in web_pages.pictures(options.out, options.only):
        print(path)


def help_pictures(app: QApplication) -> None:
    """The picture of each page of the help, in both languages, small enough to ship."""
    manual.PICTURES.mkdir(exist_ok=True)
    theme.apply(app, "light")
    for spoken in language.LANGUAGES:
        language.use(spoken)
        for page, name in HELP.items():
            path = manual.PICTURES / f"{page}-{spoken}.png"
            for scene in scenes(name):
                if scene.args[0] == name:
                    scene(1366, 768, lambda _name, seen, path=path: _shrunk(seen, path))
                    print(path)


def _shrunk(seen: QWidget, path: Path) -> None:
    """Half as large again as it is shown, in few colours."""
    shot = seen.grab().toImage().convertToFormat(QImage.Format.Format_RGB888)
    whole = Image.frombytes(
        "RGB", (shot.width(), shot.height()), bytes(shot.constBits()), "raw", "RGB",
        shot.bytesPerLine(), 1,
    )  # fmt: skip
    whole.thumbnail((960, 960), Image.Resampling.LANCZOS)
    whole.quantize(64, dither=Image.Dither.NONE).save(path, optimize=True)


def _save(name: str, seen: QWidget, folder: Path, ending: str) -> None:
    path = folder / f"{name}-{ending}.png"
    seen.grab().save(str(path))
    print(path)


def scenes(only: str = "") -> Iterator[Stage]:
    """Every scene with `only` in its name; each is called with a width, a height and what looks."""
    for build, made in SETS:
        for name, scene in made.items():
            if only in name:
                yield partial(_stage, name, build, scene)
    for name, scene in kiosk_scenes.SCENES.items():
        if only in name:
            yield partial(_stage, name, kiosk_scenes.window, scene)
    for name in catalogue_scenes.SCENES:
        if only in name:
            yield partial(_stage_catalogue, name)


def _stage(
    name: str, build: Build, scene: Callable[[Any], object], width: int, height: int, look: Look
) -> None:
    """Build a window, set the scene, let it be looked at, and be rid of it."""
    _show(name, build(NOW), scene, width, height, look)


def _stage_catalogue(name: str, width: int, height: int, look: Look) -> None:
    """The catalogue on a library of its own."""
    scene, is_empty = catalogue_scenes.SCENES[name]
    given = catalogue_scenes.program(NOW, empty=is_empty)

    def set_scene(window: MainWindow) -> None:
        scene(window.current(), given)
        catalogue_scenes.settle()

    _show(name, catalogue_scenes.window(given), set_scene, width, height, look)
    given.library.close()


def _show(
    name: str,
    window: Any,
    set_scene: Callable[[Any], object],
    width: int,
    height: int,
    look: Look,
) -> None:
    window.resize(width, height)
    window.show()
    settle()
    set_scene(window)
    settle()
    look(name, QApplication.activeModalWidget() or window)
    background.wait()
    settle()
    if getattr(window, "changes", None) is not None:
        window.changes.stop()
    window.close()
    window.deleteLater()
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)


def settle() -> None:
    """Let everything lay itself out and paint."""
    for _round in range(4):
        QApplication.processEvents()


SCENES: dict[str, Scene] = {
    "kit-desk": kit_pages.desk_scene,
    "kit-list": kit_pages.list_scene,
    "kit-form": kit_pages.form_scene,
    "kit-import": kit_pages.import_scene,
    "kit-empty": lambda window: window.go("empty"),
    "kit-keys": lambda window: window.show_help().keys_button.setChecked(True),
    "kit-help": lambda window: window.show_help(),
    "kit-palette": lambda window: window.open_palette(),
    "kit-notices": kit_pages.notices_scene,
    "kit-curtain": lambda window: window.curtain.draw(),
}
SETS: list[tuple[Build, dict[str, Scene]]] = [
    (kit_pages.window, SCENES),
    (desk_scenes.window, desk_scenes.SCENES),
    (money_scenes.window, money_scenes.SCENES),
    (office_scenes.window, office_scenes.SCENES),
    (office_scenes.new_window, moving_scenes.SCENES),
    (office_scenes.window, partner_scenes.OFFICE),
    (ward_scenes.window, ward_scenes.SCENES),
    (task_scenes.window, task_scenes.SCENES),
    (printing_scenes.window, printing_scenes.SCENES),
    (office_scenes.new_window, office_scenes.NEW_SCENES),
]
HELP = {
    "10-pinjam-kembali": "desk-lending",
    "11-uang-hilang-rusak": "money-page",
    "12-beranda": "home",
    "20-judul-baru": "catalogue-form",
    "21-mencari": "catalogue-results",
    "22-stok-opname": "stock-shelf",
    "23-titipan": "deposits-batch",
    "30-anggota-baru": "patron-nurse",
    "40-keliling-bangsal": "wards",
    "50-layanan": "services",
    "60-laporan-bulanan": "reports-0",
    "70-tugas-harian": "tasks-reminders",
    "75-mencetak": "printing-queue",
    "80-pengaturan": "settings-rules",
    "85-pindah-data": "moving-contents",
    "90-tombol": "kit-keys",
}
"""The scene that stands beside each page of the help."""


if __name__ == "__main__":
    main()
