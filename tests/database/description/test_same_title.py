"""What may be one book under one ISBN, and what plainly is not."""

from __future__ import annotations

import csv
import random

import pytest

from database.description.same_title import may_be_same

SAME = [
    ("Ilmu penyakit dalam", "Ilmu Penyakit Dalam"),
    ("Keperawatan anak : untuk perawat", "Keperawatan anak"),
    ("Keperawatan anak untuk perawat", "Keperawatan anak : untuk perawat"),
    ("The hunger games", "Hunger games"),
    ("Gizi & diet", "Gizi dan diet"),
    ("Gizi and diet", "Gizi dan diet"),
    ("Buku ajar ilmu bedah Edisi 3", "Buku ajar ilmu bedah"),
    ("Buku ajar ilmu bedah, ed. 2", "Buku ajar ilmu bedah"),
    ("Fundamentals of nursing 9th ed.", "Fundamentals of nursing"),
    ("Metodologi Penelitian Kesehatan Edisi Terbaru", "Metodologi penelitian kesehatan"),
    ("Metodologi penelitian (Edisi Revisi)", "Metodologi penelitian"),
    ("COVID-19 : panduan", "Covid 19"),
    ("Anatomi manusia", "Anatomy manusia"),
    ("Asuhan kebidanan", "Asuhan kebidaan"),
    ("Harry Potter and the Sorcerer's Stone (Harry Potter, #1)",
     "Harry Potter and the Sorcerer's Stone"),
    ("Qur'an dan sains", "Quran & Sains"),
    ("Anatomi", "Anatomi : dasar-dasar"),
    ("Farmakologi. Jilid 1", "Farmakologi Jilid I"),
    ("Manajemen rumah sakit - teori dan praktik", "Manajemen rumah sakit"),
    ("Buku saku hitung obat", "Hitung obat"),
]  # fmt: skip
OTHER = [
    ("Keperawatan anak", "Anatomi manusia untuk perawat"),
    ("Matematika SMP/MTs Kelas IX Semester 1", "Matematika SMP/MTs Kelas IX Semester 2"),
    ("Farmakologi Jilid 1", "Farmakologi Jilid 2"),
    ("Farmakologi Jilid I", "Farmakologi Jilid II"),
    ("Farmakologi", "Farmakologi Jilid 2"),
    ("Matematika 1", "Matematika 2"),
    ("Asuhan keperawatan pada anak", "Asuhan keperawatan pada ibu"),
    ("Ekonomi mikro", "Ekonomi makro"),
    ("Keperawatan : anak", "Keperawatan : jiwa"),
    ("Keperawatan", "Keperawatan anak"),
    ("Hipertensi", "Hipotensi"),
    ("Buku guru semester ganjil", "Buku guru semester genap"),
    ("The Hunger Games (The Hunger Games, #1)", "Catching Fire (The Hunger Games, #2)"),
    ("Ilmu bedah", "Ilmu gizi"),
    ("Kamus A", "Kamus B"),
]


@pytest.mark.parametrize(("one", "other"), SAME)
def test_may_be_the_same(one, other):
    assert may_be_same(one, other)
    assert may_be_same(other, one)


@pytest.mark.parametrize(("one", "other"), OTHER)
def test_are_plainly_different(one, other):
    assert not may_be_same(one, other)
    assert not may_be_same(other, one)


def titles(shared_data):
    found = []
    for name in ("indonesia_gramedia_isbn_title_author.csv", "goodbooks_sample.csv"):
        with (shared_data / "isbn" / name).open(encoding="utf-8", newline="") as stream:
            rows = csv.DictReader(stream)
            found.append([row["title"].strip() for row in rows if row["title"].strip()])
    return found


def test_real_titles_are_themselves_in_other_habits(shared_data):
    """Every real title as others would write it."""
    habits = (
        str.upper,
        str.lower,
        lambda title: title.replace(":", " : ").replace("&", "dan"),
        lambda title: title + " Edisi 2",
        lambda title: title + " / oleh Siapa" if ":" in title else title + " : sebuah pengantar",
        lambda title: title.split(" : ")[0] if len(title.split(" : ")[0].split()) > 1 else title,
        lambda title: title.replace("-", " ").replace(",", ""),
        lambda title: f"The {title}",
    )
    every = [title for listed in titles(shared_data) for title in listed]
    wrong = [
        (title, habit(title))
        for title in every
        for habit in habits
        if not may_be_same(title, habit(title))
    ]
    assert len(wrong) < len(every) * len(habits) * 0.01, wrong[:20]


def test_real_titles_of_other_books_are_other_books(shared_data):
    chance = random.Random(7)
    for every in titles(shared_data):
        pairs = [chance.sample(every, 2) for _ in range(20_000)]
        wrong = [pair for pair in pairs if pair[0] != pair[1] and may_be_same(*pair)]
        assert len(wrong) < 10, wrong[:20]
        neighbours = list(zip(sorted(every), sorted(every)[1:], strict=False))
        numbered = [pair for pair in neighbours if pair[0] != pair[1] and may_be_same(*pair)]
        assert len(numbered) < 0.05 * len(neighbours), numbered[:30]
