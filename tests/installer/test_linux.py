"""The .deb and the tarball, made of a small stand-in for the frozen program."""

from __future__ import annotations

import configparser
import shutil
import subprocess
import sys
import tarfile
from xml.etree import ElementTree

import pytest

from desktop import __version__
from installer import build, mark
from installer.linux import packages


@pytest.fixture
def frozen(tmp_path):
    folder = tmp_path / "selasar"
    (folder / "_internal").mkdir(parents=True)
    (folder / "selasar").write_text("#!/bin/sh\n", encoding="utf-8")
    (folder / "selasar").chmod(0o755)
    (folder / "_internal" / "data").write_text("x", encoding="utf-8")
    return folder


@pytest.mark.skipif(not shutil.which("dpkg-deb"), reason="dpkg-deb is Debian's")
def test_the_package_is_one_that_dpkg_reads(qapp, frozen, tmp_path):
    made = packages.make_deb(frozen, tmp_path)
    read = subprocess.run(["dpkg-deb", "-f", made], capture_output=True, text=True, check=True)
    fields = dict(line.split(": ", 1) for line in read.stdout.splitlines() if ": " in line)
    assert (fields["Package"], fields["Version"]) == ("selasar", __version__)
    assert "libc6 (>= " in fields["Depends"]
    listed = subprocess.run(["dpkg-deb", "-c", made], capture_output=True, text=True, check=True)
    lines = {line.split()[5]: line for line in listed.stdout.splitlines()}
    assert lines["./usr/bin/selasar"].endswith("-> ../lib/selasar/selasar")
    assert lines["./usr/lib/selasar/selasar"].startswith("-rwxr-xr-x root/root")
    assert lines["./usr/lib/selasar/_internal/data"].startswith("-rw-r--r--")
    for side in mark.SIZES:
        assert f"./usr/share/icons/hicolor/{side}x{side}/apps/selasar.png" in lines
    assert "./usr/share/mime/packages/selasar.xml" in lines


@pytest.mark.skipif(sys.platform == "win32", reason="a link in a tarball is made on Linux alone")
def test_the_tarball_holds_the_same_and_says_where_it_goes(qapp, frozen, tmp_path):
    made = packages.make_tarball(frozen, tmp_path)
    with tarfile.open(made) as packed:
        names = packed.getnames()
        top = names[0]
        assert __version__ in top
        link = packed.getmember(f"{top}/bin/selasar")
        assert (link.issym(), link.linkname) == (True, "../lib/selasar/selasar")
        assert f"{top}/READ-ME.txt" in names
    sums = build.write_sums([made]).read_text(encoding="utf-8")
    assert sums.endswith(f"  {made.name}\n")


@pytest.mark.parametrize("name", ["selasar", "selasar-open"])
def test_the_entries_say_what_a_desktop_asks(name):
    entry = configparser.ConfigParser(interpolation=None)
    entry.optionxform = str
    entry.read(packages.HERE / f"{name}.desktop", encoding="utf-8")
    told = entry["Desktop Entry"]
    assert {told["Type"], told["Icon"], told["TryExec"]} == {"Application", "selasar"}
    # A menu gives no file, and "--library" would then lack its word.
    assert ("%f" in told["Exec"]) == ("MimeType" in told)


def test_the_type_of_a_library_is_the_one_the_entry_opens():
    space = "{http://www.freedesktop.org/standards/shared-mime-info}"
    root = ElementTree.parse(packages.HERE / "selasar.xml").getroot()
    kind = root.find(f"{space}mime-type")
    opens = (packages.HERE / "selasar-open.desktop").read_text(encoding="utf-8")
    assert f"MimeType={kind.get('type')};" in opens
    assert kind.find(f"{space}glob").get("pattern") == "*.selasar"
