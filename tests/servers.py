"""Servers to ask for data: YAZ's own, and ones that give a fixed answer."""

from __future__ import annotations

import contextlib
import http.server
import shutil
import socket
import socketserver
import subprocess
import threading
import time
from urllib.parse import parse_qsl, urlsplit

import pytest

DUBLIN = b"""<?xml version="1.0"?><searchRetrieveResponse xmlns="http://www.loc.gov/zing/srw/">
<records><record><recordData><dc xmlns="http://purl.org/dc/elements/1.1/">
<title>Ilmu kebidanan</title><creator>Prawirohardjo, Sarwono</creator><creator>Lain, Orang</creator>
<publisher>Bina Pustaka</publisher><date>2016</date><subject>Kebidanan</subject>
<identifier>URN:ISBN:9786020000015</identifier></dc></recordData></record></records>
</searchRetrieveResponse>"""


POLL = 0.01
"""Seconds in which a server hears that its test is over; of its own accord it takes half a one."""


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
def scripted():
    """Starts servers that answer `said(arguments)`: bytes, or status, headers and bytes."""
    started = []

    def start(said):
        class Handler(http.server.BaseHTTPRequestHandler):
            def do_GET(self):
                answer = said(dict(parse_qsl(urlsplit(self.path).query)))
                status, headers, body = (200, {}, answer) if isinstance(answer, bytes) else answer
                self.send_response(status)
                for name, value in headers.items():
                    self.send_header(name, value)
                self.end_headers()
                self.wfile.write(body)

            def log_message(self, *_anything):
                pass

        server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        threading.Thread(target=server.serve_forever, args=(POLL,), daemon=True).start()
        started.append(server)
        return f"http://127.0.0.1:{server.server_port}/"

    yield start
    for server in started:
        server.shutdown()
        server.server_close()


@pytest.fixture
def serving(scripted):
    """Starts a server that gives one fixed answer."""
    return lambda body, status=200: scripted(lambda _asked: (status, {}, body))


class Post(socketserver.ThreadingTCPServer):
    """A post that speaks SMTP (RFC 5321) with AUTH PLAIN; what it takes stands in `taken`.

    `answers` replace the usual answer to a command ("RCPT", "TEXT" for the end of the text); ""
    hangs up instead. `offers` are the extensions it tells of."""

    allow_reuse_address = True
    daemon_threads = True

    def __init__(self):
        super().__init__(("127.0.0.1", 0), _Letters)
        self.taken, self.heard, self.answers = [], [], {}
        self.offers = ["AUTH PLAIN", "8BITMIME"]
        self.port = self.server_address[1]
        threading.Thread(target=self.serve_forever, args=(POLL,), daemon=True).start()

    def close(self):
        self.shutdown()
        self.server_close()


class _Letters(socketserver.StreamRequestHandler):
    def handle(self):
        self.say("220 post.test")
        for raw in self.rfile:
            line = raw.decode(errors="replace").rstrip("\r\n")
            self.server.heard.append(line)
            word = line.partition(" ")[0].upper()
            answer = self.server.answers.get(word, self.usual(word))
            if not answer:
                return
            self.say(answer)
            if answer.startswith("354") and not self.text():
                return
            if word == "QUIT":
                return

    def usual(self, word):
        lines = ["post.test", *self.server.offers]
        told = [f"250{' ' if at == len(lines) - 1 else '-'}{one}" for at, one in enumerate(lines)]
        known = {"EHLO": "\r\n".join(told), "AUTH": "235 welcome", "QUIT": "221 bye"}
        return {**known, "DATA": "354 go on", "STARTTLS": "502 no"}.get(word, "250 ok")

    def text(self):
        lines = []
        for raw in self.rfile:
            if raw == b".\r\n":
                break
            lines.append(raw.removeprefix(b"."))
        answer = self.server.answers.get("TEXT", "250 taken")
        if answer[:1] in ("", "2"):
            self.server.taken.append(b"".join(lines))
        if answer:
            self.say(answer)
        return bool(answer)

    def say(self, text):
        with contextlib.suppress(ConnectionError):  # whoever it is said to may have gone
            self.wfile.write(f"{text}\r\n".encode())


@pytest.fixture
def post():
    """A real server that takes e-mails."""
    made = Post()
    yield made
    made.close()


@pytest.fixture
def dripping():
    """Makes servers that say `first` and then one sign every tenth of a second, for ever."""
    stop, made = threading.Event(), []

    def serve(listening: socket.socket, first: bytes) -> None:
        with listening:
            try:
                spoken, _whose = listening.accept()
            except OSError:
                return
        with spoken:
            try:
                spoken.sendall(first)
                while not stop.wait(0.1):
                    spoken.sendall(b"x")
            except OSError:
                return

    def make(first: bytes) -> str:
        listening = socket.create_server(("127.0.0.1", 0))
        thread = threading.Thread(target=serve, args=(listening, first), daemon=True)
        thread.start()
        made.append((listening, thread))
        return f"http://127.0.0.1:{listening.getsockname()[1]}/sru"

    yield make
    stop.set()
    for listening, thread in made:
        listening.close()
        thread.join(5)
