"""Servers to ask for data: YAZ's own, and ones that give a fixed answer."""

from __future__ import annotations

import http.server
import shutil
import socket
import subprocess
import threading
import time

import pytest

DUBLIN = b"""<?xml version="1.0"?><searchRetrieveResponse xmlns="http://www.loc.gov/zing/srw/">
<records><record><recordData><dc xmlns="http://purl.org/dc/elements/1.1/">
<title>Ilmu kebidanan</title><creator>Prawirohardjo, Sarwono</creator><creator>Lain, Orang</creator>
<publisher>Bina Pustaka</publisher><date>2016</date><subject>Kebidanan</subject>
<identifier>URN:ISBN:9786020000015</identifier></dc></recordData></record></records>
</searchRetrieveResponse>"""


def free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


@pytest.fixture(scope="session")
def ztest():
    """The address of YAZ's own test server, which speaks SRU."""
    program = shutil.which("yaz-ztest")
    if program is None:
        pytest.skip("yaz-ztest is not installed (Debian: yaz)")
    port = free_port()
    process = subprocess.Popen([program, f"tcp:127.0.0.1:{port}"], stderr=subprocess.DEVNULL)
    deadline = time.monotonic() + 20
    while time.monotonic() < deadline:
        with socket.socket() as probe:
            if probe.connect_ex(("127.0.0.1", port)) == 0:
                break
    yield f"http://127.0.0.1:{port}/Default"
    process.terminate()
    process.wait()


@pytest.fixture
def serving():
    """Starts a server that gives one fixed answer."""
    started = []

    def start(body: bytes, status: int = 200):
        class Handler(http.server.BaseHTTPRequestHandler):
            def do_GET(self):
                self.send_response(status)
                self.end_headers()
                self.wfile.write(body)

            def log_message(self, *_anything):
                pass

        server = http.server.HTTPServer(("127.0.0.1", 0), Handler)
        threading.Thread(target=server.serve_forever, daemon=True).start()
        started.append(server)
        return f"http://127.0.0.1:{server.server_port}/"

    yield start
    for server in started:
        server.shutdown()
        server.server_close()
