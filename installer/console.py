"""selasar-cli.exe: lets selasar.exe carry out a subcommand, and hands on what it says.

Windows decides by the file whether a program has a console. Two whole programs would be 15 MB
twice; this one holds nothing but the way to the other. What is said is UTF-8, and Python writes
it to a console of any code page as what it is.
"""

from __future__ import annotations

import codecs
import subprocess
import sys
import threading
from pathlib import Path
from typing import IO, TextIO

STOPPED = 130
QUIET_S = 1.0


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
    hands = [Hand(child.stdout, sys.stdout), Hand(child.stderr, sys.stderr)]
    for hand in hands:
        hand.start()
    try:
        code = child.wait()
    except KeyboardInterrupt:
        # It has no console that would tell it; what was not committed is not in the library.
        child.terminate()
        return STOPPED
    for hand in hands:
        hand.finish()
    return code


if __name__ == "__main__":
    sys.exit(main(Path(sys.executable).with_name("selasar.exe"), sys.argv[1:]))
