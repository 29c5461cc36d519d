"""What every test stands on: no screen needed, one language, one clock, one look."""

from __future__ import annotations

import gc
import os
import shutil
import sys
import tempfile
from pathlib import Path

# Many tests start the program anew. Where Python is told to keep nothing compiled, each of them
# would compile several hundred modules first, a fifth of the whole run.
os.environ.pop("PYTHONDONTWRITEBYTECODE", None)
os.environ["QT_QPA_PLATFORM"] = "offscreen"
os.environ.pop("QT_SCALE_FACTOR", None)
if sys.platform == "win32":
    # Without a screen Qt asks Windows for no font, and complains where it finds none of its own.
    os.environ["QT_QPA_FONTDIR"] = str(Path(__file__).parents[1] / "resources" / "fonts")

import pytest

from installer.compile_translations import compile_all
from tests.zone import be_in_jakarta

sys.dont_write_bytecode = False
compile_all()
be_in_jakarta()


def pytest_configure(config):
    """Test files live in memory where there is room; workers are told by their controller."""
    from tests.libraries import memory, share_what_is_compiled

    share_what_is_compiled()
    config.own_base = None
    if config.option.basetemp is None and not hasattr(config, "workerinput") and memory():
        config.own_base = config.option.basetemp = tempfile.mkdtemp(
            prefix="selasar-tests-", dir=memory()
        )


def pytest_collection_finish():
    """What is there now stays to the end: looked through for what nobody needs with every test, it
    would take a twentieth of the whole run."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(20_000, 20, 20)


def pytest_unconfigure(config):
    """Leave no memory taken."""
    if getattr(config, "own_base", None):
        shutil.rmtree(config.own_base, ignore_errors=True)


from tests.libraries import *  # noqa: E402, F403 - fixtures are found by name
from tests.servers import *  # noqa: E402, F403 - fixtures are found by name


@pytest.fixture(scope="session", autouse=True)
def _no_printers():
    """A test never prints on the printer of the PC it runs on."""
    from PySide6.QtPrintSupport import QPrinterInfo

    with pytest.MonkeyPatch.context() as hidden:
        hidden.setattr(QPrinterInfo, "availablePrinterNames", staticmethod(list))
        hidden.setattr(QPrinterInfo, "defaultPrinterName", staticmethod(str))
        hidden.setattr(QPrinterInfo, "printerInfo", staticmethod(lambda _name: QPrinterInfo()))
        yield


@pytest.fixture(scope="session", autouse=True)
def _indonesian_region():
    """A list of columns is written as on a PC of the region the program is for."""
    from database.exchange import sheet

    with pytest.MonkeyPatch.context() as region:
        region.setattr(sheet, "signs_here", lambda: sheet.INDONESIAN)
        yield


@pytest.fixture(scope="session", autouse=True)
def _quick_secrets():
    """The same Argon2 with little work: a library of five accounts would take half a second."""
    from argon2 import PasswordHasher

    from database.accounts import secrets

    with pytest.MonkeyPatch.context() as quick:
        hasher = PasswordHasher(time_cost=1, memory_cost=64, parallelism=1)
        quick.setattr(secrets, "_HASHER", hasher)
        yield


@pytest.fixture(autouse=True)
def _indonesian():
    """Every test begins in the language the program begins in."""
    from desktop.words import language

    language.use("id")
