"""An update is what its publisher signed, whole, and newer; anything else is told and left."""

from __future__ import annotations

import base64
import json
import sys
import threading
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from database.refusal import Fault, Trouble
from desktop.background import Cancelled
from desktop.running import updates
from installer import release
from tests.servers import POLL


@pytest.fixture
def key(tmp_path, monkeypatch):
    """A publisher whose key the program has."""
    file = tmp_path / "secret"
    public = release.new_key(file)
    monkeypatch.setattr(updates, "KEYS", tmp_path / "keys.txt")
    updates.KEYS.write_text(f"# ours\n{public}\n", encoding="utf-8")
    return Ed25519PrivateKey.from_private_bytes(base64.b64decode(file.read_bytes()))


@pytest.fixture
def announced(tmp_path, key):
    """A folder with a setup and what announces it."""
    folder = tmp_path / "dinas"
    folder.mkdir()
    setup = folder / "Selasar-setup.exe"
    setup.write_bytes(b"MZ" + bytes(300_000))
    release.announce(setup, key)
    return folder


def resigned(folder, key, **changed):
    """Another announcement, rightly signed."""
    told = json.loads((folder / updates.ANNOUNCEMENT).read_bytes()) | changed
    text = json.dumps(told).encode()
    (folder / updates.ANNOUNCEMENT).write_bytes(text)
    (folder / updates.SIGNATURE).write_bytes(base64.b64encode(key.sign(text)))


def trouble(act, *given):
    with pytest.raises(Fault) as told:
        act(*given)
    return told.value.trouble


def fetch(found, folder, cancelled=lambda: False):
    seen = []
    made = updates.fetch(found, folder, lambda done, total: seen.append((done, total)), cancelled)
    return made, seen


def test_a_signed_setup_is_fetched_and_proved(announced, tmp_path):
    found = updates.look(str(announced))
    assert (found.version, found.is_newer) == (release.__version__, False)
    assert found.news["id"][0].startswith("Versi pertama")
    made, seen = fetch(found, tmp_path / "mine" / "Updates")
    assert made.read_bytes() == (announced / "Selasar-setup.exe").read_bytes()
    assert seen[-1] == (300_002, 300_002)
    # A setup on a stick stands for what lies beside it.
    assert updates.look(str(announced / "Selasar-setup.exe")).sha256 == found.sha256


def test_the_same_from_a_page(announced, tmp_path):
    server = ThreadingHTTPServer(
        ("127.0.0.1", 0), partial(SimpleHTTPRequestHandler, directory=str(announced))
    )
    threading.Thread(target=server.serve_forever, args=(POLL,), daemon=True).start()
    address = f"http://127.0.0.1:{server.server_port}"
    try:
        made, _seen = fetch(updates.look(f"{address}/"), tmp_path / "mine")
        assert made.stat().st_size == 300_002
        assert trouble(updates.look, f"{address}/none") is Trouble.NO_UPDATE
    finally:
        server.shutdown()
        server.server_close()
    assert trouble(updates.look, address) is Trouble.NO_ANSWER


def test_what_nobody_signed_is_left(announced, key):
    file = announced / updates.ANNOUNCEMENT
    file.write_bytes(file.read_bytes().replace(b"Versi", b"Versl"))
    assert trouble(updates.look, str(announced)) is Trouble.NOT_SIGNED
    resigned(announced, Ed25519PrivateKey.generate())
    assert trouble(updates.look, str(announced)) is Trouble.NOT_SIGNED
    resigned(announced, key)
    assert updates.look(str(announced)).size == 300_002
    for nonsense in (b"", b"=", b"\xff" * 64, base64.b64encode(b"short")):
        (announced / updates.SIGNATURE).write_bytes(nonsense)
        assert trouble(updates.look, str(announced)) is Trouble.NOT_SIGNED


def test_nothing_announced_and_no_publisher(tmp_path, key):
    assert trouble(updates.look, str(tmp_path)) is Trouble.NO_UPDATE
    updates.KEYS.write_text("# none yet\n", encoding="utf-8")
    assert trouble(updates.look, str(tmp_path)) is Trouble.NO_PUBLISHER


@pytest.mark.parametrize(
    "changed",
    [
        {"file": "../../evil.exe"}, {"file": "C:\\evil.exe"}, {"file": ""}, {"version": "1.x"},
        {"size": "many"}, {"news": []}, {"sha256": None, "version": None},
    ],
)  # fmt: skip
def test_even_the_signed_is_read_as_from_a_stranger(announced, key, changed):
    resigned(announced, key, **changed)
    assert trouble(updates.look, str(announced)) is Trouble.NOT_AS_TOLD


@pytest.mark.parametrize("change", [lambda old: old[:-1], lambda old: old + b"x",
                                    lambda old: b"PK" + old[2:]])  # fmt: skip
def test_a_setup_that_is_not_the_one_announced_is_thrown_away(announced, tmp_path, change):
    setup = announced / "Selasar-setup.exe"
    setup.write_bytes(change(setup.read_bytes()))
    found = updates.look(str(announced))
    assert trouble(fetch, found, tmp_path / "mine") is Trouble.NOT_AS_TOLD
    assert list((tmp_path / "mine").iterdir()) == []


def test_fetching_stops_when_asked(announced, tmp_path):
    with pytest.raises(Cancelled):
        fetch(updates.look(str(announced)), tmp_path / "mine", cancelled=lambda: True)
    assert list((tmp_path / "mine").iterdir()) == []


def test_a_later_version_is_newer(announced, key):
    for version, newer in (("0.0.9", False), ("0.1.0", False), ("0.1.1", True), ("0.10.0", True)):
        resigned(announced, key, version=version)
        assert updates.look(str(announced)).is_newer is newer


def test_what_is_announced_is_said_in_both_languages():
    said = release.news(
        "2.0", "## 2.0 — x\n### Indonesia\n- a\n  b\n- c\n### English\n- d\n## 1.0\n"
    )
    assert said == {"id": ["a b", "c"], "en": ["d"]}
    with pytest.raises(ValueError, match="no part for 3"):
        release.news("3.0", "## 2.0\n")
    with pytest.raises(ValueError, match="nothing in"):
        release.news("2.0", "## 2.0\n### Indonesia\n- a\n")
    assert release.news(release.__version__, release.CHANGES.read_text(encoding="utf-8"))


def test_a_key_is_never_written_over(tmp_path):
    release.new_key(tmp_path / "secret")
    if sys.platform != "win32":  # there a folder says who may read, not a file
        assert (tmp_path / "secret").stat().st_mode & 0o077 == 0
    with pytest.raises(FileExistsError):
        release.new_key(tmp_path / "secret")


@pytest.mark.parametrize("first", [b"HTTP/1.1 200 OK\r\nX-Long: ", b"HTTP/1.1 200 OK\r\n\r\n{"])
def test_a_page_that_drips_its_announcement_is_not_waited_for(key, dripping, monkeypatch, first):
    monkeypatch.setattr(updates, "_PATIENCE_S", 0.5)
    monkeypatch.setattr(updates, "_SLOWEST", 1e9)
    assert trouble(updates.look, dripping(first)) is Trouble.NO_ANSWER
