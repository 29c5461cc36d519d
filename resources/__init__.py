"""What is data, not code: fonts, icons, sounds, translations, label sheets."""

from pathlib import Path

FOLDER = Path(__file__).parent
