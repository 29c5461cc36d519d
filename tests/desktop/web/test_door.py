"""The switch in the settings: off until switched on, served beside the window, with papers."""

from __future__ import annotations

import socket
from io import BytesIO
from urllib.error import URLError
from urllib.request import urlopen

import pytest
import zxingcpp
from pypdf import PdfReader

from database.policy import settings
from desktop import pc
from desktop.pages.letters import network_papers
from desktop.web.door import Door, own_address
from tests.libraries import NOW


def free_port():
    with socket.socket() as one:
        one.bind(("127.0.0.1", 0))
        return one.getsockname()[1]


@pytest.fixture
def section(program, window, qtbot):
    program.pc.put(pc.WEB_PORT, free_port())
    program.pc.put(pc.WEB_ADDRESS, "127.0.0.1")
    program.door = Door(program)
    window.go("settings", "network")
    yield window.current().sections["network"]
    program.door.stop()


def kept(program, choice):
    return program.read(lambda session: settings.get(session, choice))


def test_it_is_off_until_somebody_switches_it_on(program, section, qtbot):
    assert section.told.text() == "Tertutup: katalog tidak dapat dibuka lewat jaringan."
    assert program.door.address == ""
    section.form.input("on").setChecked(True)
    qtbot.waitUntil(lambda: section.told.text().startswith("Terbuka"), timeout=20_000)
    address = program.door.address
    assert section.shown.text() == address == f"http://127.0.0.1:{program.pc.get(pc.WEB_PORT)}"
    assert kept(program, settings.WEB_ADDRESS) == address
    with urlopen(address) as answer:
        assert answer.status == 200
    section.show_state()
    assert section.told.text() == "Terbuka; 1 orang sedang melihat."
    section.form.input("on").setChecked(False)
    qtbot.waitUntil(lambda: section.told.text().startswith("Tertutup"), timeout=20_000)
    with pytest.raises(URLError):
        urlopen(address)


def test_a_port_that_is_taken_is_told(program, section, qtbot):
    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        other.listen()
        program.pc.put(pc.WEB_PORT, other.getsockname()[1])
        section.form.input("on").setChecked(True)
        qtbot.waitUntil(lambda: "tidak dapat dipakai" in section.told.text(), timeout=20_000)
    assert program.door.address == ""


def test_wards_and_readers_are_let_in_one_by_one(program, section, qtbot):
    section.form.input("wards").setChecked(True)
    section.form.input("readers").setChecked(True)
    assert (kept(program, settings.WARDS_ASK), kept(program, settings.READERS_ANSWER)) == (
        True,
        True,
    )
    section.form.input("wards").setChecked(False)
    assert kept(program, settings.WARDS_ASK) is False


def test_a_visit_to_the_pages_shows_in_the_window_that_serves_them(program, section, qtbot):
    from database.wards import asking, wishes

    with program.library.transaction() as session:
        asking.let(session, True, NOW)
    section.form.input("on").setChecked(True)
    qtbot.waitUntil(lambda: section.told.text().startswith("Terbuka"), timeout=20_000)
    from database.public import house

    ward = program.read(house.wards)[0]
    pin = program.read(lambda session: asking.pin(session, ward.id))
    body = f"pin={pin}&jenis=wish&pesan=Novel".encode()
    heard = []
    program.library.changed.append(heard.append)
    with urlopen(f"{program.door.address}/bangsal/{ward.number}", body) as answer:
        assert answer.status == 200
    assert [one.wish for one in program.read(wishes.wishes)] == ["Novel"]
    assert heard


def test_the_posters_lead_to_the_pages_and_bear_the_pins(program):
    from database.public import house
    from database.wards import asking

    address = "http://10.0.0.5:8080"
    with program.library.transaction() as session:
        settings.change(session, settings.WEB_ADDRESS, address, NOW)
        settings.change(session, settings.READERS_ANSWER, True, NOW)
        asking.let(session, True, NOW)
    poster, cards = BytesIO(), BytesIO()
    with program.library.reading() as session:
        network_papers.write_poster(poster, session, address, NOW)
        network_papers.write_cards(cards, session, address, NOW)
        wards = house.wards(session)
        pins = [asking.pin(session, one.id) for one in wards]
    read = codes(poster)
    assert read == {address, f"{address}/tamu", f"{address}/survei"}
    text = "".join(page.extract_text() for page in PdfReader(cards).pages)
    assert all(f"PIN: {pin}" in text for pin in pins)
    assert codes(cards) == {f"{address}/bangsal/{one.number}" for one in wards}


def codes(pdf):
    import pypdfium2

    pdf.seek(0)
    found = set()
    for page in pypdfium2.PdfDocument(pdf.read()):
        picture = page.render(scale=3).to_pil()
        found |= {one.text for one in zxingcpp.read_barcodes(picture)}
    return found


def test_this_pc_has_an_address():
    assert own_address().count(".") == 3
