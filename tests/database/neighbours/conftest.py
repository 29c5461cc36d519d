"""Another library, served as it serves anybody, to be harvested."""

from __future__ import annotations

import http.server
import shutil
import threading
from datetime import timedelta
from urllib.parse import parse_qsl, urlsplit

import pytest

from database.library import Library
from desktop.web.app import application
from desktop.web.guard import Limits
from desktop.web.place import Place
from desktop.web.serving import Serving, bound
from tests.libraries import LIVED
from tests.servers import POLL

_WITHOUT_END = Limits(burst=10**6, a_second=10.0**6, waiting=10**6)


class Partner:
    """The library, open to be changed, and where it answers; its clock goes on by `later`."""

    def __init__(self, where):
        self.where = where
        self.now = LIVED
        self.library = Library.open(where)
        self._looked = Library.open_to_look(where)
        self._place = Place(self._looked, lambda: self.now)
        self._running = Serving(application(self._place, _WITHOUT_END), bound("127.0.0.1", 0))
        self._running.start()
        self.address = f"http://127.0.0.1:{self._running.port}/oai"

    def later(self, **span):
        self.now += timedelta(**span)
        return self.now

    def close(self):
        self._running.stop()
        self._looked.close()
        self.library.close()


@pytest.fixture
def partner(lived_file, tmp_path):
    """Two years of the demo as another library."""
    where = tmp_path / "partner.db"
    shutil.copy(lived_file, where)
    made = Partner(where)
    yield made
    made.close()


@pytest.fixture
def scripted():
    """Makes repositories that answer `said(arguments)`: bytes, or status, headers and bytes."""
    started = []

    def start(said):
        class Handler(http.server.BaseHTTPRequestHandler):
            def do_GET(self):
                asked = dict(parse_qsl(urlsplit(self.path).query))
                answer = said(asked)
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
        return f"http://127.0.0.1:{server.server_port}/oai"

    yield start
    for server in started:
        server.shutdown()
        server.server_close()
