"""Write the three short tones in resources/sounds; the same bytes every time.

Run by hand when a tone shall sound otherwise: `python -m installer.make_sounds`.
"""

from __future__ import annotations

import math
import struct
import wave
from pathlib import Path

RATE = 22_050
TARGET = Path(__file__).resolve().parent.parent / "resources" / "sounds"

# Each tone is a row of (hertz, seconds): up is good, level asks, down refuses.
TONES = {
    "done": ((659.3, 0.06), (880.0, 0.10)),
    "look": ((587.3, 0.07), (0.0, 0.03), (587.3, 0.08)),
    "refused": ((329.6, 0.08), (246.9, 0.12)),
}


def samples(hertz: float, seconds: float) -> list[int]:
    """A soft sine that swells in and dies away, so that it never clicks."""
    count = int(RATE * seconds)
    return [
        int(9_000 * math.sin(math.pi * i / count) * math.sin(2 * math.pi * hertz * i / RATE))
        for i in range(count)
    ]


def write(name: str, parts: tuple[tuple[float, float], ...]) -> None:
    """One mono 16-bit file."""
    sound = [value for part in parts for value in samples(*part)]
    with wave.open(str(TARGET / f"{name}.wav"), "wb") as out:
        out.setnchannels(1)
        out.setsampwidth(2)
        out.setframerate(RATE)
        out.writeframes(struct.pack(f"<{len(sound)}h", *sound))


if __name__ == "__main__":
    TARGET.mkdir(parents=True, exist_ok=True)
    for tone, parts in TONES.items():
        write(tone, parts)
