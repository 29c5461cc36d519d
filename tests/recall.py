"""How much of what a hospital librarian looks for is found: `python -m tests.recall`.

A written set: titles as they stand in such a library (Indonesian, English, with MeSH or with
none), questions as they are typed, and the titles each should bring. Recall is the share of
these that is among the first fifty; beside it, what the typed words alone would find.
"""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from database.catalogue import titles
from database.description import marc, marc_form
from database.library import Library
from database.policy.house import ProfileFacts
from database.search import asking, search, tiers
from tests.libraries import NOW

# code: title | main author | subjects
BOOKS = {
    "mid": "Myles textbook for midwives | Marshall, Jayne | Midwifery",
    "obs": "Williams obstetrics | Cunningham, F. Gary | Obstetrics",
    "bid": "Ilmu kebidanan | Prawirohardjo, Sarwono | Kebidanan",
    "asbid": "Asuhan persalinan normal bagi bidan | Sari, Dewi | Persalinan",
    "nurs": "Fundamentals of nursing | Potter, Patricia | Nursing Care",
    "kep": "Keperawatan medikal-bedah | Smeltzer, Suzanne C. | Keperawatan",
    "rawat": "Merawat lansia di rumah | Hadi, Joko | Lanjut usia",
    "perawat": "Menjadi perawat profesional | Ayu, Ratna | Profesi",
    "psynurs": "Psychiatric mental health nursing | Videbeck, Sheila | Psychiatric Nursing",
    "jiwa": "Asuhan pada gangguan jiwa | Yusuf, Ahmad | Skizofrenia",
    "htn": "Clinical hypertension | Kaplan, Norman | Hypertension",
    "darting": "Mengatasi tekanan darah tinggi | Slamet, Tri | Gaya hidup",
    "hiper": "Tata laksana hipertensi pada lansia | Budi, Eko | Hipertensi",
    "dm": "Textbook of diabetes | Holt, Richard | Diabetes Mellitus",
    "kencing": "Hidup dengan kencing manis | Nur, Indah | Gizi",
    "foot": "The diabetic foot | Bowker, John | Diabetic Foot",
    "ulkus": "Penatalaksanaan ulkus kaki | Putri, Rina | Luka",
    "stroke": "Stroke rehabilitation | Gillen, Glen | Stroke",
    "tb": "Tuberculosis control in hospitals | Reid, Alan | Tuberculosis, Pulmonary",
    "tbc": "Pengobatan TBC anak | Yusuf, Fikri | Tuberkulosis",
    "hiv": "HIV dan TBC pada ibu hamil | Prawirohardjo, Sarwono | Infeksi HIV",
    "aids": "Living with AIDS | Smith, Ann | HIV Infections",
    "preg": "Nutrition in pregnancy | Brown, Judith | Pregnancy",
    "hamil": "Gizi ibu hamil | Lestari, Made | Kehamilan",
    "neo": "Manual of neonatal care | Cloherty, John | Infant, Newborn",
    "bbl": "Perawatan bayi baru lahir | Wahyu, Dewi | Neonatus",
    "bf": "Breastfeeding and human lactation | Wambach, Karen | Breast Feeding",
    "asi": "ASI eksklusif untuk pemula | Dewi, Siti | Menyusui",
    "child": "Nelson textbook of pediatrics | Kliegman, Robert | Pediatrics",
    "anak": "Ilmu kesehatan anak | Soetomo, Budi | Anak",
    "heart": "Braunwald's heart disease | Libby, Peter | Heart Diseases",
    "jantung": "Penyakit jantung koroner | Agus, Hadi | Jantung",
    "ecg": "The ECG made easy | Hampton, John | Electrocardiography",
    "ekg": "Membaca rekam jantung | Tri, Nur | EKG",
    "renal": "Handbook of dialysis | Daugirdas, John | Renal Dialysis",
    "cuci": "Hidup dengan cuci darah | Rina, Ayu | Ginjal",
    "cancer": "Cancer nursing | Yarbro, Connie | Neoplasms",
    "kanker": "Deteksi dini kanker payudara | Indah, Ratna | Kanker",
    "pharm": "Basic and clinical pharmacology | Katzung, Bertram | Pharmacology",
    "farma": "Farmakologi dan terapi | Gunawan, Sulistia Gan | Obat",
    "obat": "Interaksi obat di bangsal | Eko, Budi | Farmasi",
    "herbal": "Tanaman obat keluarga | Joko, Slamet | Jamu",
    "cpr": "Basic life support for providers | Heart, American | Cardiopulmonary Resuscitation",
    "bhd": "Bantuan hidup dasar | Hadi, Yusuf | RJP",
    "emerg": "Emergency medicine secrets | Markovchick, Vincent | Emergencies",
    "igd": "Kegawatdaruratan di IGD | Fikri, Agus | Gawat darurat",
    "icu": "Critical care handbook | Marino, Paul | Intensive Care Units",
    "surg": "Schwartz's principles of surgery | Brunicardi, Charles | Surgical Procedures, Operative",
    "bedah": "Buku ajar ilmu bedah | Sjamsuhidajat, R. | Bedah",
    "wound": "Wound management | Sussman, Carrie | Wound Healing",
    "luka": "Perawatan luka modern | Arisanty, Irma | Luka",
    "pain": "Pain management nursing | Lewis, Sharon | Pain Management",
    "nyeri": "Manajemen nyeri persalinan | Made, Putri | Nyeri",
    "diet": "Krause's food and the nutrition care process | Mahan, Kathleen | Diet Therapy",
    "gizi": "Penuntun diet | Almatsier, Sunita | Gizi",
    "safety": "Patient safety and quality | Hughes, Ronda | Patient Safety",
    "kesel": "Keselamatan pasien rumah sakit | Lestari, Tri | Mutu",
    "hosp": "Hospital administration and management | Joshi, D. C. | Hospital Administration",
    "manrs": "Manajemen rumah sakit | Sabarguna, Boy | Rumah sakit",
    "rm": "Medical records manual | WHO | Medical Records",
    "rekmed": "Rekam medis elektronik | Wahyu, Eko | Rekam medis",
    "ipc": "Hand hygiene in health care | WHO | Infection Control",
    "ppi": "Pencegahan dan pengendalian infeksi | Kemenkes | PPI",
    "dengue": "Dengue guidelines | WHO | Dengue",
    "dbd": "Demam berdarah pada anak | Hadinegoro, Sri | DBD",
    "worm": "Control of soil-transmitted helminths | WHO | Helminthiasis",
    "elder": "Gerontologic nursing | Meiner, Sue | Geriatric Nursing",
    "dem": "Dementia care at home | Mace, Nancy | Dementia",
    "mh": "Mental health at work | Gabriel, Phyllis | Mental Health",
    "cemas": "Mengurangi kecemasan pasien praoperasi | Ratna, Siti | Ansietas",
    "sleep": "Sleep disorders medicine | Chokroverty, Sudhansu | Sleep Wake Disorders",
    "forens": "Forensic medicine | Saukko, Pekka | Forensic Medicine",
    "stat": "Biostatistics | Daniel, Wayne | Biostatistics",
    "riset": "Metodologi penelitian kesehatan | Notoatmodjo, Soekidjo | Penelitian",
    "ethics": "Principles of biomedical ethics | Beauchamp, Tom | Ethics, Medical",
    "etika": "Etika keperawatan | Nur, Ayu | Etika",
    "dorland": "Kamus kedokteran Dorland | Dorland, W. A. Newman | Kamus",
    "laskar": "Laskar Pelangi | Hirata, Andrea | Novel",
    "dongeng": "Kumpulan dongeng anak nusantara | Dewi, Lestari | Cerita anak",
    "vent": "Mechanical ventilation | Pilbeam, Susan | Respiration, Artificial",
    "asthma": "Global strategy for asthma | GINA | Asthma",
    "sesak": "Terapi oksigen pada sesak napas | Slamet, Ayu | Pernapasan",
    "growth": "Childhood stunting | WHO | Growth Disorders",
    "tengkes": "Mencegah tengkes sejak dini | Indah, Dewi | Balita",
}
# What is typed, and the codes of the titles it should bring.
QUERIES = {
    "kebidanan": "bid mid asbid", "midwifery": "mid bid", "bidan": "bid asbid mid",
    "obstetri": "obs bid", "perawat": "perawat kep nurs rawat", "perawatan": "kep nurs bbl luka",
    "keperawatan": "kep nurs etika", "nursing": "nurs kep perawat", "keperawatan jiwa": "psynurs",
    "gangguan jiwa": "jiwa", "psikiatri": "psynurs jiwa", "skizofrenia": "jiwa",
    "hipertensi": "hiper htn darting", "darah tinggi": "darting htn hiper",
    "hypertension": "htn hiper darting", "tekanan darah tinggi": "darting hiper htn",
    "diabetes": "dm kencing foot", "kencing manis": "kencing dm", "kaki diabetik": "foot ulkus",
    "stroke": "stroke", "tbc": "tbc tb hiv", "tuberkulosis paru": "tb", "tuberculosis": "tb tbc",
    "hiv": "hiv aids", "aids": "aids hiv", "ibu hamil": "hamil hiv preg", "kehamilan": "hamil preg hiv",
    "pregnancy": "preg hamil", "bayi baru lahir": "bbl neo", "neonatus": "bbl neo",
    "menyusui": "asi bf", "air susu ibu": "asi bf", "pediatri": "child anak",
    "kesehatan anak": "anak child", "penyakit jantung": "jantung heart", "kardiologi": "heart jantung",
    "rekam jantung": "ekg ecg", "elektrokardiografi": "ecg ekg", "cuci darah": "cuci renal",
    "hemodialisis": "renal cuci", "kanker": "kanker cancer", "onkologi": "cancer kanker",
    "farmakologi": "farma pharm", "obat tradisional": "herbal", "resusitasi jantung paru": "cpr bhd",
    "gawat darurat": "igd emerg", "perawatan intensif": "icu", "pembedahan": "bedah surg",
    "perawatan luka": "luka wound", "nyeri": "nyeri pain", "diet": "gizi diet", "nutrisi": "gizi diet hamil preg",
    "keselamatan pasien": "kesel safety", "manajemen rumah sakit": "manrs hosp",
    "rekam medis": "rekmed rm", "cuci tangan": "ipc", "demam berdarah": "dbd dengue",
    "cacingan": "worm", "keperwatan": "kep nurs", "farmakolgi": "farma pharm",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Answer:
    """One question: what it should bring, what it brings, what the words alone bring."""

    query: str
    wanted: frozenset[str]
    found: frozenset[str]
    plainly: frozenset[str]


def fill(library: Library) -> dict[int, str]:
    """Catalogue the set; the code of each title's id."""
    codes = {}
    with library.transaction() as session:
        for code, line in BOOKS.items():
            title, author, subject = (part.strip() for part in line.split("|"))
            values = {"title": title, "main_author": author, "subjects": subject}
            record = marc_form.apply(marc.Record(), values)
            codes[titles.add_biblio(session, record, NOW)] = code
    return codes


def answers(library: Library, codes: dict[int, str]) -> Iterator[Answer]:
    """Ask every question."""
    with library.reading() as session:
        for query, wanted in QUERIES.items():
            rows = search.search(session, query, 50).rows
            plain = tiers.anywhere(session, asking.understand(query), 50)
            yield Answer(
                query,
                frozenset(wanted.split()),
                frozenset(codes[row.id] for row in rows),
                frozenset(codes[one] for one in plain),
            )


def recall(given: list[Answer], *, plainly: bool = False) -> float:
    """The share of wanted titles that are found, over all questions."""
    hits = sum(len(one.wanted & (one.plainly if plainly else one.found)) for one in given)
    return hits / sum(len(one.wanted) for one in given)


def precision(given: list[Answer]) -> float:
    """The share of found titles that were wanted, over all questions."""
    return sum(len(one.wanted & one.found) for one in given) / sum(len(one.found) for one in given)


def main() -> None:
    """Print the table."""
    with tempfile.TemporaryDirectory() as folder:
        library = Library.create(Path(folder) / "recall.db", ProfileFacts(), NOW)
        given = list(answers(library, fill(library)))
        library.close()
    print("| typed | wanted | found | by the words alone | missing |\n|---|---|---|---|---|")
    for one in given:
        hits, plain = len(one.wanted & one.found), len(one.wanted & one.plainly)
        missing = " ".join(sorted(one.wanted - one.found))
        print(f"| {one.query} | {len(one.wanted)} | {hits} | {plain} | {missing} |")
    print(
        f"\nrecall {recall(given):.2f}, by the words alone {recall(given, plainly=True):.2f};"
        f" precision {precision(given):.2f}; {len(given)} questions over {len(BOOKS)} titles"
    )


if __name__ == "__main__":
    main()
