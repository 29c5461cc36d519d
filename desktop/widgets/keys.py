"""A key and what it does: one value feeds the shortcut, the button's hint, F1 and Ctrl+K."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from desktop import keys


@dataclass(frozen=True)
class Key:
    """One thing a person can do here. `name` is its meaning in `desktop.keys`, "" for what has
    no key; `at` is the key of a place, which the sidebar gives. `needs` names a right: who has it
    not, and could do it nowhere, is not offered it; "" is for everybody here, if only by the PIN
    of another."""

    name: str
    label: str
    slot: Callable[[], object]
    at: str = ""
    needs: str = ""

    @property
    def sequence(self) -> str:
        """The key, "" for none."""
        return self.at or keys.sequence(self.name)

    @property
    def shown(self) -> str:
        """The key as keyboards in Indonesia have it printed: Ctrl+S, F2, Esc."""
        return keys.printed(self.sequence)
