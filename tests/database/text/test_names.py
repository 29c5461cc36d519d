"""Names as they stand on title pages, and the headings a librarian files them under."""

from __future__ import annotations

import pytest

from database.text import names
from database.text.names import Why

NAMES = [
    ("Siti Setiati", "Setiati, Siti", Why.LAST),
    ("Sarwono Prawirohardjo", "Prawirohardjo, Sarwono", Why.LAST),
    ("Andrea Hirata", "Hirata, Andrea", Why.LAST),
    ("Sulistia Gan Gunawan", "Gunawan, Sulistia Gan", Why.LAST),
    ("Suzanne C. Smeltzer", "Smeltzer, Suzanne C.", Why.LAST),
    ("M. Quraish Shihab", "Shihab, M. Quraish", Why.LAST),
    ("  Siti   Setiati ", "Setiati, Siti", Why.LAST),
    # titles before and after, with and without commas
    ("Prof. Dr. dr. Siti Setiati, Sp.PD, K-Ger, M.Epid, FINASIM", "Setiati, Siti", Why.LAST),
    ("Prof.Dr.dr. Siti Setiati", "Setiati, Siti", Why.LAST),
    ("dr. Bagus Santoso, Sp.A(K)", "Santoso, Bagus", Why.LAST),
    ("dr. Ari Fahrial Syam Sp.PD-KGEH", "Syam, Ari Fahrial", Why.LAST),
    ("drg. Rina Melati", "Melati, Rina", Why.LAST),
    ("Ns. Rina Wati, S.Kep., M.Kep.", "Wati, Rina", Why.LAST),
    ("Rina Wati S.Kep. Ns.", "Wati, Rina", Why.LAST),
    ("Rina Wati, S. Kep., Ns.", "Wati, Rina", Why.LAST),
    ("apt. Dewi Lestari, S.Farm., M.Farm.Klin.", "Lestari, Dewi", Why.LAST),
    ("Dewi Lestari Handayani, A.Md.Keb.", "Handayani, Dewi Lestari", Why.LAST),
    ("Ir. H. Joko Susilo, M.T.", "Susilo, Joko", Why.LAST),
    ("Hj. Sri Mulyani, SKM, M.Kes", "Mulyani, Sri", Why.LAST),
    ("H. Nabiel Ridha", "Ridha, Nabiel", Why.LAST),
    ("Jack Ma", "Ma, Jack", Why.LAST),
    ("Rina Wati MARS", "Wati, Rina", Why.LAST),
    ("Tim Johnson", "Johnson, Tim", Why.LAST),
    ("Drs. Agus Salim, MM", "Salim, Agus", Why.LAST),
    ("Dra. Endang Rahayu", "Rahayu, Endang", Why.LAST),
    ("Budi Anna Keliat, SKp, MAppSc", "Keliat, Budi Anna", Why.FAMILY),
    # one word
    ("Nursalam", "Nursalam", Why.SINGLE),
    ("Soekarno", "Soekarno", Why.SINGLE),
    ("Dr. Nursalam, M.Nurs. (Hons)", "Nursalam", Why.SINGLE),
    ("dr. Soetjiningsih, Sp.A(K), IBCLC", "Soetjiningsih", Why.SINGLE),
    ("Hamka", "Hamka", Why.SINGLE),
    # marga and fam
    ("Tahi Bonar Simatupang", "Simatupang, Tahi Bonar", Why.FAMILY),
    ("Abdul Haris Nasution", "Nasution, Abdul Haris", Why.FAMILY),
    ("Todung Mulya Lubis", "Lubis, Todung Mulya", Why.FAMILY),
    ("dr. Ferdinand Lumban Tobing", "Lumban Tobing, Ferdinand", Why.FAMILY),
    ("Masri Singarimbun", "Singarimbun, Masri", Why.FAMILY),
    ("G. A. Siwabessy", "Siwabessy, G. A.", Why.FAMILY),
    ("Johannes Leimena", "Leimena, Johannes", Why.FAMILY),
    ("R. D. Kandou", "Kandou, R. D.", Why.FAMILY),
    ("Yohana Yembise", "Yembise, Yohana", Why.FAMILY),
    ("Budi Anna Keliat", "Keliat, Budi Anna", Why.FAMILY),
    ("Yasonna Hamonangan Laoly Zebua", "Zebua, Yasonna Hamonangan Laoly", Why.FAMILY),
    # a last initial
    ("Abdul R.", "Abdul R.", Why.INITIAL),
    ("Sri Hartati S.", "Hartati S., Sri", Why.INITIAL),
    ("Wahyudi A. S.", "Wahyudi A. S.", Why.INITIAL),
    ("Nur Hidayat M", "Hidayat M, Nur", Why.INITIAL),
    # bin and binti
    ("Ahmad bin Hanbal", "Ahmad bin Hanbal", Why.PATRONYMIC),
    ("Siti Nurhaliza binti Tarudin", "Siti Nurhaliza binti Tarudin", Why.PATRONYMIC),
    # Bali
    ("I Wayan Sudana", "Sudana, I Wayan", Why.BALINESE),
    ("I Gusti Ngurah Oka", "Oka, I Gusti Ngurah", Why.BALINESE),
    ("Ni Made Ayu Lestari", "Lestari, Ni Made Ayu", Why.BALINESE),
    ("Putu Wijaya", "Wijaya, Putu", Why.BALINESE),
    ("Ida Bagus Mantra", "Mantra, Ida Bagus", Why.BALINESE),
    ("Anak Agung Gede Putra", "Putra, Anak Agung Gede", Why.BALINESE),
    ("dr. Ketut Suastika, Sp.PD-KEMD", "Suastika, Ketut", Why.BALINESE),
    ("Ni Luh Ketut", "Ni Luh Ketut", Why.BALINESE),
    ("Komang Sri Wahyuni", "Wahyuni, Komang Sri", Why.BALINESE),
    # Chinese names
    ("Kwik Kian Gie", "Kwik Kian Gie", Why.CHINESE),
    ("Tan Malaka", "Tan Malaka", Why.CHINESE),
    ("Yap Thiam Hien", "Yap Thiam Hien", Why.CHINESE),
    ("dr. Oen Boen Ing", "Oen Boen Ing", Why.CHINESE),
    ("Lie Agustinus Dharmawan Siahaan", "Siahaan, Lie Agustinus Dharmawan", Why.FAMILY),
    # nobility
    ("Raden Mas Suryaningrat", "Suryaningrat, Raden Mas", Why.NOBILITY),
    ("R.A. Kartini", "Kartini, R.A.", Why.NOBILITY),
    ("Raden Ajeng Kartini", "Kartini, Raden Ajeng", Why.NOBILITY),
    ("R. Sjamsuhidajat", "Sjamsuhidajat, R.", Why.NOBILITY),
    ("Teuku Jacob", "Jacob, Teuku", Why.NOBILITY),
    ("Cut Nyak Meutia", "Meutia, Cut Nyak", Why.NOBILITY),
    ("Andi Hakim Nasoetion", "Nasoetion, Andi Hakim", Why.NOBILITY),
    ("Tengku Amir Hamzah", "Hamzah, Tengku Amir", Why.NOBILITY),
    # Arabic
    ("Yusuf al-Qardhawi", "al-Qardhawi, Yusuf", Why.ARABIC),
    ("Imam Al-Ghazali", "Al-Ghazali, Imam", Why.ARABIC),
    ("Muhammad Abdul Aziz", "Abdul Aziz, Muhammad", Why.ARABIC),
    ("Abdul Rahman", "Abdul Rahman", Why.ARABIC),
    # Western
    ("Jan van der Berg", "Berg, Jan van der", Why.PARTICLE),
    ("Ludwig van Beethoven", "Beethoven, Ludwig van", Why.PARTICLE),
    ("Johann Wolfgang von Goethe", "Goethe, Johann Wolfgang von", Why.PARTICLE),
    ("Simone de Beauvoir", "Beauvoir, Simone de", Why.PARTICLE),
    ("Jean de La Fontaine", "La Fontaine, Jean de", Why.PARTICLE),
    ("Lorenzo Da Ponte", "Da Ponte, Lorenzo", Why.PARTICLE),
    ("Martin Luther King Jr.", "King, Martin Luther, Jr.", Why.LAST),
    ("W. A. Newman Dorland", "Dorland, W. A. Newman", Why.LAST),
    # grown together, and initials that are no titles
    ("Drs.C.S.T Kansil", "Kansil, C.S.T.", Why.LAST),
    ("C.S.T.Kansil", "Kansil, C.S.T.", Why.LAST),
    ("Prof.Dr.Prayitno", "Prayitno", Why.SINGLE),
    ("Dr.D Hidayat", "Hidayat, D.", Why.LAST),
    ("D. Hidayat", "Hidayat, D.", Why.LAST),
    ("DR Ahmad Tohari", "Tohari, Ahmad", Why.LAST),
    ("M Quraish Shihab", "Shihab, M. Quraish", Why.LAST),
    ("Prof.Dr.dr.H.Agus Salim,Sp.PD", "Salim, Agus", Why.LAST),
    ("Drs H Abdullah Syafi'i", "Syafi'i, Abdullah", Why.LAST),
    ("Hj.Siti Aminah", "Aminah, Siti", Why.LAST),
    ("Ir.H.Joko Susilo", "Susilo, Joko", Why.LAST),
    ("Ns.Rina Wati,S.Kep.,Ns.,M.Kes", "Wati, Rina", Why.LAST),
    ("Rina Wati S.Kep.Ns.M.Kep", "Wati, Rina", Why.LAST),
    ("drg.Rina Melati", "Melati, Rina", Why.LAST),
    ("Apt.Dewi Lestari,S.Farm", "Lestari, Dewi", Why.LAST),
    ("Bagus Santoso dr.", "Santoso, Bagus", Why.LAST),
    ("H.M.Arifin", "Arifin, H.M.", Why.LAST),
    ("H. M. Rasjidi", "Rasjidi, H. M.", Why.LAST),
    ("H.B. Jassin", "Jassin, H.B.", Why.LAST),
    ("K.H.Ahmad Dahlan", "Dahlan, Ahmad", Why.LAST),
    ("R.A.Kartini", "Kartini, R.A.", Why.NOBILITY),
    ("Prof. Dr. R.M. Soedarsono", "Soedarsono, R.M.", Why.NOBILITY),
    ("Tgk.Muhammad Hasbi", "Hasbi, Tgk. Muhammad", Why.NOBILITY),
    ("W.J.S.Poerwadarminta", "Poerwadarminta, W.J.S.", Why.LAST),
    ("S.Takdir Alisjahbana", "Alisjahbana, S. Takdir", Why.LAST),
    ("Ignatius Suharto S.J.", "Suharto, Ignatius", Why.LAST),
    ("Jose de la Cruz", "Cruz, Jose de la", Why.PARTICLE),
    ("María de los Ángeles", "Ángeles, María de los", Why.PARTICLE),
    ("Juan del Rio", "Rio, Juan del", Why.PARTICLE),
    # bodies
    *(
        (name, name, Why.BODY)
        for name in (
            "Tim Abdi Guru",
            "Tim Penyusun Pedoman Gizi",
            "Departemen Kesehatan",
            "Depkes RI",
            "Departemen Pendidikan dan Kebudayaan",
            "Universitas Gadjah Mada",
            "PT Gramedia",
            "PT. Gramedia Pustaka Utama",
            "World Health Organization",
            "WHO",
            "RSUD Dr. Soetomo",
            "Universitas Indonesia, Fakultas Kedokteran",
            "Joint Commission International",
            "Harvard University Press",
            "American Heart Association",
            "Ministry of Health",
            "Persatuan Perawat Nasional Indonesia",
            "Kelompok Studi Wanita",
            "Tim PPI RSUD Bina Sehat",
        )
    ),
    ("The Liang Gie", "The Liang Gie", Why.CHINESE),
    ("C.V. Raman", "Raman, C.V.", Why.LAST),
    ("Tim Berners-Lee", "Berners-Lee, Tim", Why.LAST),
    # never turned round
    ("Setiati, Siti", "Setiati, Siti", Why.INVERTED),
    ("Ridha, H. Nabiel", "Ridha, H. Nabiel", Why.INVERTED),
    ("Suryaningrat, Raden Mas", "Suryaningrat, Raden Mas", Why.INVERTED),
    ("Siti Setiati dan Idrus Alwi", "Siti Setiati dan Idrus Alwi", Why.SEVERAL),
    ("Kementerian Kesehatan RI", "Kementerian Kesehatan RI", Why.BODY),
    ("Ikatan Dokter Anak Indonesia", "Ikatan Dokter Anak Indonesia", Why.BODY),
]


@pytest.mark.parametrize(("written", "heading", "why"), NAMES)
def test_a_name_is_filed(written, heading, why):
    found = names.suggest(written)
    assert (found.form, found.why) == (heading, why)


def test_english_names_keep_their_particle_in_front():
    assert names.suggest("Martin Van Buren", "eng").form == "Van Buren, Martin"
    assert names.suggest("Jan van der Berg", "eng").form == "van der Berg, Jan"


def test_the_french_article_is_kept_in_front():
    assert names.suggest("Jean de la Fontaine", "fre").form == "la Fontaine, Jean de"
    assert names.suggest("Jean de La Fontaine").form == "La Fontaine, Jean de"
    assert names.suggest("Ovidio da Silva", "por").form == "Silva, Ovidio da"


def test_the_heading_says_whether_it_is_a_body():
    assert names.heading("Prof.Dr.Prayitno") == ("Prayitno", False)
    assert names.heading("Tim Abdi Guru") == ("Tim Abdi Guru", True)
    assert names.is_body("Kementerian Kesehatan RI")
    assert not any(map(names.is_body, ("", ",", "Badan, Andi", "Siti Setiati", "Tim Johnson")))


def test_what_the_reason_speaks_of():
    assert names.suggest("dr. Siti Setiati, Sp.PD").facts == {
        "word": "Setiati",
        "dropped": "dr. Sp.PD",
    }
    assert names.suggest("Raden Mas Suryaningrat").facts["rank"] == "Raden Mas"
    assert names.suggest("Jan van der Berg").facts["word"] == "van der"


@pytest.mark.parametrize("text", ["", " ", ",", "dr.", ".", "Prof. Dr.", "S.", "A B", "-", "I"])
def test_scraps_break_nothing(text):
    assert names.suggest(text).form.strip(" ,") in {text.strip(" ,"), "B, A", "Dr.", "Prof. Dr."}


def test_the_name_alone():
    assert names.without_titles("Prof. dr. Siti Setiati, Sp.PD") == "Siti Setiati"
    assert names.without_titles("Setiati, Siti, dr.") == "Setiati, Siti"
