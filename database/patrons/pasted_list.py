"""Lists of people as a school or an office hands them over: which column is what."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import date

from database.text import dates, phones
from database.text.words import key

_HEADS = {
    "name": "nama, nama lengkap, nama mahasiswa, nama peserta, nama anggota, member name, name, "
    "full name",
    "staff_number": "nim, npm, nrp, nip, nomor, nomor induk, no induk, no mahasiswa, "
    "nomor pegawai, no pegawai, nomor mahasiswa, student number, staff number, nim nip, nim npm",
    "number": "nomor anggota, no anggota, id anggota, member id, number, membership number",
    "institution": "institusi, asal institusi, asal, instansi, kampus, universitas, "
    "perguruan tinggi, sekolah, institution, home institution, university, school, inst name",
    "phone": "telepon, no telepon, nomor telepon, telp, no telp, hp, no hp, nomor hp, handphone, "
    "wa, no wa, nomor wa, whatsapp, phone, mobile, member phone, telephone",
    "email": "email, e mail, surel, alamat email, alamat surel, member email",
    "sex": "jenis kelamin, kelamin, jk, l p, p l, lp, sex, gender",
    "joined_on": "dari, mulai, tanggal mulai, tgl mulai, dari tanggal, sejak, from, start, since, "
    "tanggal masuk, member since date, periode mulai",
    "valid_until": "sampai, sampai dengan, s d, sd, selesai, tanggal selesai, tgl selesai, "
    "sampai tanggal, berakhir, berlaku sampai, until, to, end, valid until, expire date, akhir",
    "unit": "unit, bagian, ruang, ruangan, stase, bangsal, ward, department, unit kerja, poli",
    "category": "jenis, jenis anggota, kategori, tipe anggota, kind, category, member type name",
    "guarantor": "penjamin, pembimbing, penanggung jawab, guarantor, supervisor",
    "note": "catatan, keterangan, ket, note, notes, remarks",
}
_COLUMN = {words: name for name, listed in _HEADS.items() for words in listed.split(", ")}
_SEXES = {
    **dict.fromkeys(("p", "pr", "perempuan", "wanita", "f", "female", "0"), "f"),
    **dict.fromkeys(("l", "lk", "laki", "laki laki", "pria", "m", "male", "1"), "m"),
}
# One word of at least four signs, two of them figures: H1A020045, 20.1234, 19870412.
_NUMBER = re.compile(r"(?=(?:\D*\d){2})[\w./-]{4,25}")
_BY_HAND = ("institution", "unit", "note")


@dataclass(frozen=True, slots=True)
class Row:
    """One line of a list as read; `wrong_date` is a cell that should be a date and is none."""

    position: int
    cells: tuple[str, ...]
    values: dict[str, str] = field(default_factory=dict)
    days: dict[str, date] = field(default_factory=dict)
    wrong_date: str = ""

    def text(self, column: str) -> str:
        """A cell, "" where the list has no such column."""
        return self.values.get(column, "")


def read(table: Sequence[Sequence[str]]) -> tuple[list[str], list[Row]]:
    """The columns found ("" for one nobody knows) and every line that says something.

    A first line of headings names the columns, else what stands in them tells. A column of
    identity numbers (NIK) or patients' numbers is never taken.
    """
    filled = [(at, list(row)) for at, row in enumerate(table, start=1) if any(map(str.strip, row))]
    if not filled:
        return [], []
    columns = _named(filled[0][1])
    if columns:
        filled = filled[1:]
    else:
        columns = _guessed([row for _at, row in filled])
    _drop_running_number(columns, [row for _at, row in filled])
    return columns, [_row(at, row, columns) for at, row in filled]


def _named(first: Sequence[str]) -> list[str]:
    """The columns a line of headings names; none if it is no such line."""
    known = [_COLUMN.get(key(cell), "") for cell in first]
    if "name" not in known:
        return []
    return ["" if one in known[:at] else one for at, one in enumerate(known)]


def _guessed(rows: Sequence[Sequence[str]]) -> list[str]:
    """By what stands in them; the first of letters is the name."""
    columns: list[str] = []
    for at in range(max(len(row) for row in rows)):
        cells = [row[at].strip() for row in rows if at < len(row) and row[at].strip()]
        wanted = next((one for one in _may_be(cells) if one not in columns), "")
        columns.append(wanted)
    if "valid_until" not in columns:
        # Of one date alone the end is meant.
        columns = ["valid_until" if one == "joined_on" else one for one in columns]
    return columns


def _may_be(cells: Sequence[str]) -> Sequence[str]:
    def most(test: Callable[[str], bool]) -> bool:
        return 2 * sum(test(one) for one in cells) > len(cells)

    if most(lambda one: dates.parse(one) is not None):
        return ("joined_on", "valid_until")
    if most(lambda one: key(one) in _SEXES and not one.isdigit()):
        return ("sex",)
    if most(_looks_like_phone):
        return ("phone",)
    if most(lambda one: _NUMBER.fullmatch(one) is not None):
        return ("staff_number",)
    if most(str.isdigit) or not cells:
        return ()
    return ("name", *_BY_HAND)


def _looks_like_phone(text: str) -> bool:
    return bool(re.match(r"[(]?(?:\+|0|62|8)", text)) and phones.is_number(text)


def _drop_running_number(columns: list[str], rows: Sequence[Sequence[str]]) -> None:
    """1, 2, 3 … under "Nomor" counts the lines; it is nobody's number."""
    for at, column in enumerate(columns):
        if column in ("staff_number", "number"):
            cells = [row[at].strip(" .") for row in rows if at < len(row)]
            if cells == [str(number) for number in range(1, len(cells) + 1)]:
                columns[at] = ""


def _row(position: int, row: Sequence[str], columns: Sequence[str]) -> Row:
    values = {
        name: " ".join(cell.split())
        for name, cell in zip(columns, row, strict=False)
        if name and cell.strip()
    }
    if "sex" in values:
        values["sex"] = _SEXES.get(key(values["sex"]), "")
    days, wrong = {}, ""
    for name in ("joined_on", "valid_until"):
        typed = values.pop(name, "")
        day = dates.parse(typed) if typed else None
        if day:
            days[name] = day
        elif typed:
            wrong = wrong or typed
    return Row(position, tuple(row), values, days, wrong)
