"""What stays out of the frozen program, each with its reason; the tests go through the list.

A PC of a hospital is slow and its disk is small: less to copy is a setup that fits a slow line
and a start from a cold disk that reads less.
"""

from __future__ import annotations

import importlib.util
import pkgutil
from fnmatch import fnmatchcase
from pathlib import Path

MODULES: dict[str, tuple[str, ...]] = {
    "for those who build and test it": (
        "tests", "installer", "pip", "setuptools", "pkg_resources", "_pytest", "pytest",
        "hypothesis", "IPython", "numpy", "babel",
    ),
    "for a person at Python's prompt, and for its tests": (
        "bdb", "cmd", "code", "codeop", "doctest", "pdb", "pydoc_data", "rlcompleter", "unittest",
        "xmlrpc",
    ),
    "another toolkit for windows": (
        "tkinter", "PIL.ImageTk", "PIL._imagingtk", "PIL.ImageQt", "PIL.ImageShow",
        "PIL.ImageDraw2",
    ),
    "Python's stand-ins for what is there compiled": (
        "_pydatetime", "_pydecimal", "psycopg.pq.pq_ctypes", "psycopg.pq._pq_ctypes",
    ),
    "ways between processes: the reader of an import and the second start need a pipe alone": (
        "multiprocessing.dummy", "multiprocessing.heap", "multiprocessing.managers",
        "multiprocessing.pool", "multiprocessing.shared_memory", "multiprocessing.sharedctypes",
        "concurrent.futures.process",
    ),
    "asynchronous ways into a library: ours is asked by threads": (
        "sqlalchemy.ext.asyncio", "sqlalchemy.ext.baked",
    ),
    "other loops and protocols of a server: pages are served by h11": (
        "anyio._backends._trio", "uvicorn.protocols.websockets", "uvicorn.workers",
        "uvicorn.protocols.http.httptools_impl", "uvicorn.protocols.http.zttp_impl",
        "uvicorn.protocols.http.zttp_h2_impl", "uvicorn.protocols.http.auto_zttp_impl",
    ),
    "names of hosts in other letters, which no server in a library's network has": ("idna",),
    "days that repeat and zones of its own: holidays asks dateutil for Easter alone": (
        "dateutil.rrule", "dateutil.zoneinfo",
    ),
    # SQLAlchemy asks for the machine when it is imported; Python >= 3.12 would ask WMI, which
    # takes ten seconds or hangs on some PCs (cpython issues 112278, 125315).
    "hangs on some PCs": ("_wmi",),
    "pictures that no cover or logo is kept in": (
        "PIL.AvifImagePlugin", "PIL._avif", "PIL._imagingcms", "PIL.ImageCms",
        "PIL.WebPImagePlugin", "PIL._webp",  # Qt reads them, and keeps a cover as PNG or JPEG
        *(
            f"PIL.{name}ImagePlugin"
            for name in (
                "Blp", "Bufr", "Cur", "Dcx", "Dds", "Eps", "Fits", "Fli", "Fpx", "Ftex", "Gbr",
                "Grib", "Hdf5", "Icns", "Ico", "Im", "Imt", "Iptc", "Jpeg2K", "McIdas", "Mic",
                "Mpeg", "Mpo", "Msp", "Palm", "Pcd", "Pcx", "Pdf", "Pixar", "Psd", "Qoi", "Sgi",
                "Spider", "Sun", "Tga", "Wal", "Wmf", "Xbm", "Xpm", "XVThumb",
            )
        ),
    ),
    "fonts drawn into pictures: papers hold theirs as fonts": ("PIL._imagingft",),
    "where a number is from, and who sells it: the program only checks and writes numbers": (
        "phonenumbers.geodata", "phonenumbers.geocoder", "phonenumbers.carrierdata",
        "phonenumbers.carrier", "phonenumbers.tzdata", "phonenumbers.timezone",
    ),
    "databases that no library of ours lies in": (
        "sqlalchemy.dialects.mssql", "sqlalchemy.dialects.mysql", "sqlalchemy.dialects.oracle",
        "MySQLdb", "pysqlite2", "aiosqlite", "asyncpg", "psycopg2",
    ),
    "compiles C, which cryptography has done already": ("cffi", "pycparser"),
    "guesses an encoding where ReportLab reads XML of others": ("charset_normalizer", "chardet"),
    "days when an exchange is closed": ("holidays.financial",),
    "charts, where our own are drawn": (
        "reportlab.graphics.charts", "reportlab.graphics.samples", "reportlab.graphics.widgets",
        "reportlab.graphics.testshapes", "reportlab.lib.corp",
    ),
    "papers as something else than PDF": (
        "reportlab.graphics.renderPM", "reportlab.graphics.renderPS",
        "reportlab.graphics.renderSVG",
    ),
    "proves SQLAlchemy's and Alembic's own dialects": ("sqlalchemy.testing", "alembic.testing"),
    "parts of Qt that no screen uses": tuple(
        f"PySide6.Qt{name}"
        for name in (
            "Concurrent", "DBus", "Designer", "Help", "Network", "OpenGL", "OpenGLWidgets",
            "Qml", "Quick", "QuickControls2", "QuickTest", "QuickWidgets", "Sql", "SvgWidgets",
            "Test", "UiTools", "Xml",
        )
    ),
}  # fmt: skip

FILES: dict[str, tuple[str, ...]] = {
    "Qt's own words for dialogs that the program words itself": ("*/translations/qt*",),
    "Qt without widgets, and what it draws with": (
        "*qt6qml*", "*qt6quick*", "*qt6opengl.dll", "*qt6pdf*", "*qt6virtualkeyboard*",
        "*platforminputcontexts/*", "*vectorimageformats/*",
    ),
    "a second renderer for screens without a driver; Qt's raster engine needs none": (
        "*opengl32sw.dll", "*d3dcompiler_*.dll",
    ),
    "Qt's way into the internet: Python's is enough": (
        "*networkinformation/*", "*/tls/*", "*qt6network*",
    ),
    "screens that no office PC has": (
        "*platforms/*qeglfs*", "*platforms/*qlinuxfb*", "*platforms/*qminimal*",
        "*platforms/*qvkkhrdisplay*", "*platforms/*qvnc*", "*platforms/*qdirect2d*",
        "*egldeviceintegrations/*", "*qt6eglfs*", "*plugins/generic/*",
    ),
    "pictures that no cover or logo is kept in": (
        "*imageformats/*qicns*", "*imageformats/*qtga*", "*imageformats/*qtiff*",
        "*imageformats/*qwbmp*", "*imageformats/*qpdf*",
    ),
    "GTK's theme works only with the GTK of the machine; ours beside it would clash": (
        "*platformthemes/libqgtk3*", "*libatk-*", "*libatspi*", "*libcairo*", "*libdatrie*",
        "*libepoxy*", "*libfribidi*", "*libgdk*", "*libgio-*", "*libgmodule-*", "*libgraphite2*",
        "*libgtk-*", "*libharfbuzz.so*", "*libmount*", "*libpango*", "*libpixman*", "*libthai*",
    ),
    "holidays of other countries": ("holidays/locale/*", "holidays/countries/*"),
    "other time zones: the server's own is told to psycopg in a library of Indonesia": (
        "tzdata/zoneinfo/*", "dateutil/zoneinfo/*.gz",
    ),
    "a catalogue before it was compiled": ("*.po", "*.pot"),
    "Windows 11's own look: the program has its own, of Fusion": ("*/plugins/styles/*",),
    "what a package manager checks an installation by": (
        "*.dist-info/record", "*.dist-info/sboms/*", "*.dist-info/installer",
    ),
    "fonts of ReportLab's: papers are set in ours": ("reportlab/fonts/*",),
    "numbers that no library checks": ("stdnum/*.dat",),
    "tests and types of others": (
        "*/tests/*", "*/test/*", "*.pyi", "*/py.typed", "*/include/*", "*.h", "*.pxd",
    ),
}  # fmt: skip

KEPT: dict[str, tuple[str, ...]] = {
    "what a pattern above would take and the program needs": (
        "holidays/locale/id/lc_messages/id.mo",
        "tzdata/zoneinfo/asia/jakarta", "tzdata/zoneinfo/asia/makassar",
        "tzdata/zoneinfo/asia/jayapura", "tzdata/zoneinfo/asia/pontianak",
        "tzdata/zoneinfo/utc", "tzdata/zoneinfo/etc/utc", "*__init__.py",
        "stdnum/isbn.dat",
    ),
}  # fmt: skip


CONSOLE = (
    "email", "tarfile", "statistics", "argparse", "logging", "pprint", "tracemalloc", "ast",
    "csv", "gettext", "decimal", "_decimal", "dis", "fractions", "random", "tempfile",
    "json", "_ssl", "_hashlib", "hashlib", "gzip", "importlib.metadata",
    "importlib.resources", "inspect", "ipaddress", "urllib", "zipfile",
)  # fmt: skip
"""What the small program for the console does not need of Python."""


READING = ("cql", "database", "desktop", "resources")
"""Those whose words on themselves go in: a parser that reads its rules from them, and our own,
whose assertions hold there as in the tests. Of all others they are for a programmer."""


def bare(module: str) -> bool:
    """Whether a module of Python's goes in without its docstrings."""
    return module.partition(".")[0] not in READING


ALONE: dict[str, tuple[str, ...]] = {
    "holidays.countries": ("indonesia",),
    "num2words": ("base", "compat", "currency", "lang_EN", "lang_EU", "lang_ID"),
    "snowballstemmer": ("among", "basestemmer", "indonesian_stemmer"),
}
"""What goes in of packages with a module for each country or language; at_start.py sees to it that
nothing asks for the others."""


def modules() -> list[str]:
    """What PyInstaller shall not follow."""
    return [name for names in MODULES.values() for name in names] + _others()


def _others() -> list[str]:
    """Of other countries and languages."""
    found = []
    for package, kept in ALONE.items():
        top, *rest = package.split(".")
        where = importlib.util.find_spec(top)
        folders = where.submodule_search_locations if where else None
        places = [str(Path(folder, *rest)) for folder in folders or []]
        names = [one.name for one in pkgutil.iter_modules(places) if one.name not in kept]
        found += [f"{package}.{name}" for name in names]
    return found


def wanted(name: str) -> bool:
    """Whether a file that PyInstaller found, by its place in the program, goes in."""
    place = name.replace("\\", "/").lower()
    if _matches(place, KEPT):
        return True
    return not _matches(place, FILES)


def _matches(place: str, table: dict[str, tuple[str, ...]]) -> bool:
    return any(fnmatchcase(place, one) for patterns in table.values() for one in patterns)
