"""selasar-cli.exe: lets selasar.exe carry out a subcommand, and hands on what it says.

Windows decides by the file whether a program has a console. Two whole programs would be 15 MB
twice; this one holds nothing but the way to the other. What is said is UTF-8, and Python writes
it to a console of any code page as what it is. The other has no console of its own that could
tell it of Ctrl+C or of its closing: it ends with this one, whoever ends this one and how.
"""

from __future__ import annotations

import codecs
import ctypes
import subprocess
import sys
import threading
from contextlib import suppress
from pathlib import Path
from typing import IO, TextIO

STOPPED = 130
QUIET_S = 1.0
LOOK_S = 0.2
"""Windows tells Python of Ctrl+C only between two waits."""


class Limits(ctypes.Structure):
    """JOBOBJECT_EXTENDED_LIMIT_INFORMATION, of which only the flags are set."""

    _fields_ = [
        ("times", ctypes.c_int64 * 2),
        ("flags", ctypes.c_uint32),
        ("sizes", ctypes.c_size_t * 2),
        ("processes", ctypes.c_uint32),
        ("affinity", ctypes.c_size_t),
        ("classes", ctypes.c_uint32 * 2),
        ("counters", ctypes.c_uint64 * 6),
        ("memory", ctypes.c_size_t * 4),
    ]


EXTENDED, KILL_ON_CLOSE, OTHERS_BREAK_AWAY = 9, 0x2000, 0x1000


def bind(child: subprocess.Popen[bytes]) -> None:
    """Let Windows end `child` as soon as this process is gone, by a job whose only handle is left
    to be closed then. What `child` opens, a viewer of PDFs, does not belong to the job. Elsewhere
    nothing: there the program has its console itself.
    """
    if sys.platform != "win32":
        return
    kernel = ctypes.WinDLL("kernel32")
    kernel.CreateJobObjectW.restype = ctypes.c_void_p
    job = ctypes.c_void_p(kernel.CreateJobObjectW(None, None))
    limits = Limits(flags=KILL_ON_CLOSE | OTHERS_BREAK_AWAY)
    kernel.SetInformationJobObject(job, EXTENDED, ctypes.byref(limits), ctypes.sizeof(limits))
    kernel.AssignProcessToJobObject(job, ctypes.c_void_p(int(child._handle)))


class Hand(threading.Thread):
    """Hands on piece by piece as it comes, so that progress is seen; no letter is cut in two."""

    def __init__(self, said: IO[bytes], to: TextIO) -> None:
        super().__init__(daemon=True)
        self._said, self._to = said, to
        self.pieces = 0

    def run(self) -> None:
        """Until nobody can say more."""
        decode = codecs.getincrementaldecoder("utf-8")("replace").decode
        while piece := self._said.read1(65536):  # type: ignore[attr-defined]
            self._to.write(decode(piece))
            self._to.flush()
            self.pieces += 1

    def finish(self) -> None:
        """All that was said is handed on. The end of the pipe is not waited for: whatever the
        program left running, a viewer of PDFs, may hold it open for hours."""
        before = -1
        while self.is_alive() and before != self.pieces:
            before = self.pieces
            self.join(QUIET_S)


def main(program: Path, arguments: list[str]) -> int:
    """Run it to its end; its exit code."""
    for stream in (sys.stdout, sys.stderr):
        # The other one has ended its lines as Windows does already.
        stream.reconfigure(encoding="utf-8", errors="replace", newline="")  # type: ignore[union-attr]
    child = subprocess.Popen(
        [str(program), *arguments],
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
    )
    assert child.stdout is not None
    assert child.stderr is not None
    bind(child)
    hands = [Hand(child.stdout, sys.stdout), Hand(child.stderr, sys.stderr)]
    try:
        for hand in hands:
            hand.start()
        code = ended(child)
    except KeyboardInterrupt:
        # What was not committed is not in the library.
        child.terminate()
        return STOPPED
    for hand in hands:
        hand.finish()
    return code


def ended(child: subprocess.Popen[bytes]) -> int:
    """Wait for it; its exit code. Raises KeyboardInterrupt when Ctrl+C is pressed meanwhile."""
    while True:
        with suppress(subprocess.TimeoutExpired):
            return child.wait(LOOK_S)


if __name__ == "__main__":
    sys.exit(main(Path(sys.executable).with_name("selasar.exe"), sys.argv[1:]))
