"""Fields as values: what a form asks, in the order of the paper it stands for."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget

from desktop.widgets import inputs
from desktop.widgets.dates import parse_date
from desktop.widgets.pairs import PairsInput
from desktop.words import language
from desktop.words.language import _

Check = Callable[[Any], str | None]
ANY_CODE = "copy patron isbn ours foreign"
"""What `Field.takes` says where every code a scanner may send is wanted."""


class UnreadableError(ValueError):
    """What was typed cannot be read as this kind of value; the text says why."""


@dataclass(frozen=True)
class Field:
    """One line of text. `check(value)` returns what is wrong, or None.

    `width` is the field's share of its row. A `hinted` field keeps a quiet line beneath it.
    `help` shows over the input, `hover` over the label. `takes` names the kinds of code ("copy",
    "patron", "isbn", "ours", "foreign") that are scanned into it while it has the focus.
    """

    key: str
    label: str
    required: bool = False
    placeholder: str = ""
    check: Check | None = None
    width: int = 1
    read_only: bool = False
    help: str = ""
    hinted: bool = False
    hover: str = ""
    takes: str = ""

    def build(self) -> QWidget:
        """The input of this field."""
        made = inputs.LineInput(self.placeholder)
        made.setReadOnly(self.read_only)
        return made

    def read(self, raw: Any) -> Any:
        """What the input holds, as a value; raises UnreadableError."""
        return raw.strip()

    def write(self, value: Any) -> Any:
        """A value, as the input holds it."""
        return "" if value is None else str(value)

    def problem(self, raw: Any) -> str | None:
        """What is wrong with what the input holds, or None."""
        try:
            value = self.read(raw)
        except UnreadableError as unreadable:
            return str(unreadable)
        if value in (None, "", []):
            return _("must be filled in") if self.required else None
        return self.check(value) if self.check else None


@dataclass(frozen=True)
class NumberField(Field):
    """A whole number, or one with `decimals`; empty is None."""

    decimals: int = 0

    def build(self) -> QWidget:
        """Figures stand right."""
        made = super().build()
        assert isinstance(made, inputs.LineInput)
        made.setAlignment(Qt.AlignmentFlag.AlignRight)
        return made

    def read(self, raw: Any) -> float | int | None:
        """1.284 and 37,5 in Indonesian, 1,284 and 37.5 in English."""
        text = raw.strip().replace(" ", "")
        if not text:
            return None
        group, point = (".", ",") if language.current() == "id" else (",", ".")
        plain = text.replace(group, "").replace(point, ".").replace("−", "-")
        try:
            return round(float(plain), self.decimals) if self.decimals else int(plain)
        except ValueError:
            raise UnreadableError(_("must be a number")) from None

    def write(self, value: Any) -> str:
        """With the points that make it easy to read."""
        return "" if value is None else language.number(value, self.decimals)


@dataclass(frozen=True)
class MoneyField(NumberField):
    """Whole rupiah; empty is None."""

    def read(self, raw: Any) -> float | int | None:
        """In every habit: "Rp 75.000,-", "75000.00", "75,000"; see `amounts`."""
        if not raw.strip():
            return None
        found = language.money_typed(raw)
        if found is None:
            raise UnreadableError(_("must be a number"))
        return found

    def write(self, value: Any) -> str:
        """Rp 1.500"""
        return "" if value is None else language.money(value)


@dataclass(frozen=True)
class DateField(Field):
    """A date typed in any of the usual ways; empty is None. Up and Down go by days."""

    def build(self) -> QWidget:
        """A line that knows the arrow keys."""
        made = inputs.DateInput(self.placeholder or _("dd-mm-yyyy"))
        made.setReadOnly(self.read_only)
        return made

    def read(self, raw: Any) -> date | None:
        """See `parse_date`."""
        if not raw.strip():
            return None
        found = parse_date(raw)
        if found is None:
            raise UnreadableError(_("not a date; write it like 07-12-2026"))
        return found

    def write(self, value: Any) -> str:
        """7 Des 2026"""
        return "" if value is None else language.date_plain(value)


@dataclass(frozen=True)
class Choice(Field):
    """One of `options`, (value, label) pairs; `find` lets people type to find one."""

    options: Sequence[tuple[Any, str]] = field(default_factory=tuple)
    find: bool = False

    def build(self) -> QWidget:
        """A drop-down list."""
        return inputs.ChoiceInput(self.options, self.placeholder, self.find)

    def read(self, raw: Any) -> Any:
        """The value chosen, None if none."""
        return raw

    def write(self, value: Any) -> Any:
        """The value to choose."""
        return value


@dataclass(frozen=True)
class SecretField(Field):
    """One line that nobody reads over a shoulder."""

    def build(self) -> QWidget:
        """A line of dots."""
        made = inputs.LineInput(self.placeholder)
        made.setEchoMode(made.EchoMode.Password)
        return made


@dataclass(frozen=True)
class TextArea(Field):
    """Several lines of text; Enter makes a new line, Tab goes on."""

    lines: int = 3

    def build(self) -> QWidget:
        """A field as high as `lines`."""
        made = inputs.AreaInput(self.placeholder, self.lines)
        made.setReadOnly(self.read_only)
        return made


@dataclass(frozen=True)
class CheckBox(Field):
    """Yes or no; its label stands beside the box."""

    def build(self) -> QWidget:
        """A box to tick."""
        return inputs.CheckInput(self.label)

    def read(self, raw: Any) -> bool:
        """Ticked or not."""
        return bool(raw)

    def write(self, value: Any) -> bool:
        """Tick it or not."""
        return bool(value)


@dataclass(frozen=True)
class TagsField(Field):
    """Several words as chips; `suggest(text)` offers known ones while typing."""

    suggest: Callable[[str], list[str]] | None = None

    def build(self) -> QWidget:
        """Chips, and a line for one more."""
        return inputs.TagsInput(self.placeholder, self.suggest)

    def read(self, raw: Any) -> list[str]:
        """The words, in their order."""
        return list(raw)

    def write(self, value: Any) -> list[str]:
        """The words to show."""
        return list(value or [])


@dataclass(frozen=True)
class PairsField(Field):
    """Several lines, each with a second word beside it (a name and a role), as strings
    "first" or "first<tab>second"; `seconds` are offered, others may be typed."""

    second: str = ""
    seconds: Sequence[str] = field(default_factory=tuple)
    suggest: Callable[[str], list[str]] | None = None

    def build(self) -> QWidget:
        """Rows that grow by themselves."""
        return PairsInput(self.placeholder, self.label, self.second, self.seconds, self.suggest)

    def read(self, raw: Any) -> list[str]:
        """The lines, in their order."""
        return list(raw)

    def write(self, value: Any) -> list[str]:
        """The lines to show."""
        return list(value or [])


@dataclass(frozen=True)
class OpenChoice(Field):
    """One line of text with words to choose from; any other may be typed."""

    options: Sequence[str] = field(default_factory=tuple)

    def build(self) -> QWidget:
        """A drop-down list one may type into."""
        return inputs.OpenInput(self.options, self.placeholder)
