"""What a reminder says: each is addressed once."""

from __future__ import annotations

from datetime import date

import pytest

from database.circulation.reminder_list import Copy, Person
from database.policy.house import ProfileFacts
from desktop.words import reminder_texts

COPY = Copy("", "B000001", "", date(2027, 1, 4), date(2027, 1, 18), 2)
PROFILE = ProfileFacts(name="Perpustakaan RSUD Bhakti Sehat")


def person(name, audience="family"):
    late = (COPY,)
    return Person(
        1, "M4", name, "visitor", audience, "", "overdue", late, COPY.due_on, "", True, None, 0
    )


@pytest.mark.parametrize(
    ("template", "name", "wanted"),
    [
        ("Bapak/Ibu {name}, buku", "Ibu Sumarni", "Ibu Sumarni, buku"),
        ("Bapak/Ibu {name}, buku", "Sumarni", "Bapak/Ibu Sumarni, buku"),
        ("Bapak/Ibu {name}, buku", "IBU SUMARNI", "IBU SUMARNI, buku"),
        ("Bapak/Ibu {name}", "Ny. Sumarni", "Ny. Sumarni"),
        ("Bapak/Ibu {name}", "Ny.Sumarni", "Ny.Sumarni"),
        ("Bapak/Ibu {name}", "Tn. Budi", "Tn. Budi"),
        ("Bapak/Ibu {name}", "Nn Ayu", "Nn Ayu"),
        ("Bapak/Ibu {name}", "By. Ny. Sumarni", "By. Ny. Sumarni"),
        ("Bapak/Ibu {name}", "An. Raka", "An. Raka"),
        ("Bapak/Ibu {name}", "An Raka", "Bapak/Ibu An Raka"),
        ("Bapak/Ibu {name}", "Sumarni, Ny.", "Sumarni, Ny."),
        ("Bapak/Ibu {name}", "H. Nabiel Ridha", "H. Nabiel Ridha"),
        ("Bapak/Ibu {name}", "Hj. Sri Mulyani, SKM", "Hj. Sri Mulyani, SKM"),
        ("Bapak/Ibu {name}", "Ns. Rina Wati, S.Kep.", "Ns. Rina Wati, S.Kep."),
        ("Bapak/Ibu {name}", "drg. Rina Melati", "drg. Rina Melati"),
        ("Bapak/Ibu {name}", "Rina Wati, S.Kep., Ns.", "Bapak/Ibu Rina Wati, S.Kep., Ns."),
        ("Bapak/Ibu {name}", "Ibu", "Bapak/Ibu Ibu"),
        ("Yth. Bapak/Ibu {name},", "dr. Bagus Santoso", "Yth. dr. Bagus Santoso,"),
        ("Yth. {name},", "Ibu Sumarni", "Yth. Ibu Sumarni,"),
        ("Yth. Bapak atau Ibu {name},", "Sdri. Ayu", "Yth. Sdri. Ayu,"),
        ("Yth. Bpk./Sdr. {name},", "Bapak Joko", "Yth. Bapak Joko,"),
        ("Dear Mr/Ms {name},", "Sdr. Joko", "Dear Sdr. Joko,"),
        ("Halo!\nIbu {name}", "Bu Sri", "Halo!\nBu Sri"),
        ("Salam untuk Ibu, {name}", "Pak Joko", "Salam untuk Ibu, Pak Joko"),
    ],
)  # fmt: skip
def test_nobody_is_addressed_twice(template, name, wanted):
    assert reminder_texts.filled(template, person(name), PROFILE, "id") == wanted
