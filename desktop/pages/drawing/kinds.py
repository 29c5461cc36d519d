"""The kinds of paper that may each have a printer of their own."""

from __future__ import annotations

from typing import Literal

Kind = Literal["paper", "label", "card", "slip"]
