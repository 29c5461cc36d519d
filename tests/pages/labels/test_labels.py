from __future__ import annotations

import io
from dataclasses import replace

import pypdf
import pypdfium2
import pytest
import zxingcpp
from hypothesis import given, settings
from hypothesis import strategies as st

from desktop.pages.drawing import faces, fonts
from desktop.pages.drawing.bars import POINTS_PER_MM as MM
from desktop.pages.drawing.call_lines import LEAST_SIZE, part_lines
from desktop.pages.labels.labels import LabelStyle, calibration_page, label_text, write_labels
from desktop.pages.labels.layout import NUMBER_SIZE, arrange, usable
from desktop.pages.labels.sheets import all_sheets
from desktop.words import language
from tests.pages.examples import labels

SHEETS = all_sheets()
PRINTED = (
    "a4-3x7",
    "a4-3x8",
    "a4-3x8-margin",
    "a4-5x13",
    "tj-103",
    "tj-107",
    "tj-121",
    "roll-58",
    "roll-50x30",
)
EANS = ["9786020331584", "9780702052309", "4006381333931"]
FORMATS = zxingcpp.BarcodeFormat
READ = {"code39": FORMATS.Code39, "ean13": FORMATS.EAN13, "qr": FORMATS.QRCode}
LONG = "Penatalaksanaan keperawatan & <b>kebidanan</b> " * 7


@pytest.fixture(autouse=True)
def _inter():
    language.use("en")
    faces.register()


def decoded(pdf: bytes, dpi: int, formats=zxingcpp.BarcodeFormat.Code128) -> list[str]:
    """Codes read from the pages as a printer would put them down: dots, no grey."""
    found = []
    for page in pypdfium2.PdfDocument(pdf):
        image = page.render(scale=dpi / 72, no_smoothpath=True, grayscale=True).to_pil()
        codes = zxingcpp.read_barcodes(image, formats=formats)
        found += [code.text for code in codes]
    return found


def printed(texts, sheet, **options) -> tuple[bytes, object]:
    target = io.BytesIO()
    result = write_labels(target, texts, sheet, **options)
    return target.getvalue(), result


@pytest.mark.parametrize("dpi", [203, 300, 600])
@pytest.mark.parametrize("name", PRINTED)
def test_every_label_is_read_back(name, dpi):
    sheet = SHEETS[name]
    start = min(5, sheet.count)
    texts = labels(min(sheet.count, 40))
    pdf, result = printed(texts, sheet, start=start, offset_x_mm=1, offset_y_mm=1)
    assert result.warnings == ()
    assert sorted(decoded(pdf, dpi)) == sorted(text.barcode for text in texts)


def test_narrow_thermal_labels_are_read_back_at_their_own_resolution():
    texts = labels(6)
    pdf, _ = printed(texts, SHEETS["roll-33x15x3"])
    assert sorted(decoded(pdf, 203)) == sorted(text.barcode for text in texts)


@pytest.mark.parametrize("form", ["RS-{:07d}", "{:06d}", "B{:05d}", "rsud.{:04d}", "{:07d}A"])
def test_other_forms_of_codes_are_read_back(form):
    texts = labels(12, form=form)
    pdf, _ = printed(texts, SHEETS["a4-3x7"])
    assert sorted(decoded(pdf, 300)) == sorted(text.barcode for text in texts)


def test_start_cell_leaves_the_used_labels_empty():
    sheet = SHEETS["a4-3x7"]
    pdf, result = printed(labels(18), sheet, start=5)
    assert (result.pages, result.drawn) == (2, 18)
    pages = pypdf.PdfReader(io.BytesIO(pdf)).pages
    counts = [page.extract_text().count("RS0000") for page in pages]
    assert counts == [17, 1]
    with pytest.raises(ValueError, match="1 to 21"):
        printed(labels(1), sheet, start=22)


def test_offsets_move_the_print_by_exactly_so_much():
    def first_text(**options):
        pdf, _ = printed(labels(1), SHEETS["a4-3x7"], **options)
        seen = []
        pypdf.PdfReader(io.BytesIO(pdf)).pages[0].extract_text(
            visitor_text=lambda text, cm, tm, font, size: seen.append((text, tm[4], tm[5]))
        )
        return next((x, y) for text, x, y in seen if "RS0000" in text)

    x, y = first_text()
    moved_x, moved_y = first_text(offset_x_mm=2, offset_y_mm=-1.5)
    assert moved_x - x == pytest.approx(2 * MM, abs=0.01)
    assert moved_y - y == pytest.approx(1.5 * MM, abs=0.01)


def _inside(sheet, label, parts):
    box = usable(sheet)
    done = arrange(label, box, LabelStyle(parts=parts), sheet.dpi)
    for piece in done.pieces:
        assert piece.x >= box.x - 0.02
        assert piece.x + fonts.width(piece.text, piece.font, piece.size) <= box.x + box.w + 0.02
        assert piece.y - 0.22 * piece.size >= box.y - 0.1
        assert piece.y + 0.75 * piece.size <= box.y + box.h + 0.1
    if done.bars:
        encoded, x, y, module, height = done.bars
        quiet = 10 * module
        assert x - quiet >= box.x - 0.02
        assert x + encoded.modules * module + quiet <= box.x + box.w + 0.02
        assert y + height <= box.y + box.h + 0.02
    return done


@pytest.mark.parametrize("parts", ["both", "spine", "barcode"])
@pytest.mark.parametrize("name", SHEETS)
def test_nothing_leaves_its_label(name, parts):
    hard = [
        *labels(6),
        replace(labels(1)[0], title=LONG, library=LONG, classification="616.994490083092"),
        replace(labels(1)[0], letters="WONOSUBROTO", prefix="KOLEKSI ANAK", volume="jilid ke-12"),
        replace(labels(1)[0], classification=LONG, letters=LONG, barcode="A" * 40, copy=LONG),
    ]
    for label in hard:
        _inside(SHEETS[name], label, parts)


@pytest.mark.parametrize("name", PRINTED)
def test_call_number_and_code_are_large_enough_to_read(name):
    for label in labels(6):
        done = _inside(SHEETS[name], label, "both")
        sizes = {piece.text: piece.size for piece in done.pieces}
        assert sizes[label.barcode] >= 7
        assert all(size >= LEAST_SIZE for text, size in sizes.items() if label.letters in text)
        assert NUMBER_SIZE >= 7


def test_a_wide_label_has_every_line_of_the_call_number():
    label = replace(labels(1)[0], classification="616.12")
    texts = [piece.text for piece in _inside(SHEETS["a4-3x8"], label, "both").pieces]
    for wanted in ("R", "616.12", "WON", "b", "v.1   c.1", "RS00004011"):
        assert wanted in texts


def test_a_long_class_breaks_between_its_threes_and_never_at_its_point():
    assert part_lines("616.12", faces.BOLD, 11, 66) == ["616.12"]
    assert part_lines("616.994 490 083", faces.BOLD, 11, 66) == ["616.994", "490 083"]
    assert part_lines("WY 159.5", faces.BOLD, 11, 30) == ["WY", "159.5"]
    for room in range(12, 80):
        pieces = part_lines("616.994490083092345678", faces.BOLD, 8, room)
        assert "".join(pieces) == "616.994490083092345678"
        assert not any(one.startswith(".") or one.endswith(".") for one in pieces)


ODD = (
    "410 ANW B35", "WY 100 POT 2005", "616.1 SET i c.2", "658.4/PEA/C", "650.HIL.G2-2",
    "621 TIP Ffc14-20", "001.6'4'04 LEV i", "652,8 BOU P2", "TA/SKIPSI DID R1", "R004.03 ENT b",
    "005.I SUA A", "001.64 FIN d000 00012", "616.994 490 083 092 WONOSUBROTO b j.12 c.3",
    "KOLEKSI ANAK 899.221 3 HIR l jil. 2", "633.18-155 / BAD / p", "rak bawah",
)  # fmt: skip


def _bare(text):
    return "".join(text.split())


def _said(done, label):
    """All that is written on a label but the library, the code and the title, in order."""
    left_out = {label.barcode, label.title, label.library}
    return _bare("".join(p.text for p in done.pieces if p.text not in left_out))


def _prints_whole(number, name, parts):
    label = label_text("", number, "", 1, "B000001", "")
    done = _inside(SHEETS[name], label, parts)
    assert _said(done, label) == _bare(number), (number, name, parts)


@pytest.mark.parametrize("parts", ["both", "spine"])
@pytest.mark.parametrize("name", SHEETS)
def test_every_sign_of_a_call_number_is_printed(name, parts):
    for number in ODD:
        _prints_whole(number, name, parts)


@pytest.mark.parametrize("name", ["a4-3x8", "a4-5x13", "tj-121", "roll-50x30"])
def test_every_real_call_number_prints_whole(shared_data, name):
    listed = shared_data / "moving-in" / "call_numbers.txt"
    for number in listed.read_text(encoding="utf-8").splitlines():
        _prints_whole(number, name, "both")


@pytest.mark.parametrize("parts", ["both", "spine"])
@given(number=st.text("0123456789ABCXYZabc./-', ", min_size=1, max_size=60))
@settings(max_examples=60, deadline=None)
def test_no_sign_of_any_call_number_is_lost(number, parts):
    language.use("en")
    faces.register()
    for name in ("a4-3x7", "a4-5x13"):
        _prints_whole(number, name, parts)


@pytest.mark.parametrize(
    ("number", "lines"),
    [
        ("410 ANW B35", ["410", "ANW", "B35"]),
        ("WY 100 POT 2005", ["WY 100", "POT", "2005"]),
        ("616.1 SET i c.2", ["616.1", "SET", "i", "c.2"]),
        ("658.4/PEA/C", ["658.4", "/PEA", "/C"]),
        ("650.HIL.G2-2", ["650", ".HIL", ".G2-2"]),
    ],
)
def test_each_part_has_its_line(number, lines):
    label = label_text("", number, "", 1, "B000001", "")
    done = _inside(SHEETS["a4-3x8"], label, "spine")
    assert [piece.text for piece in done.pieces] == lines


def test_what_the_call_number_says_itself_is_not_said_twice():
    label = label_text("", "616.1 SET i j.2 c.3", "2", 3, "B000001", "")
    assert (label.more, label.volume, label.copy) == ("j.2 c.3", "", "")
    other = label_text("", "616.1 SET i c.2", "2", 3, "B000001", "")
    assert (other.more, other.volume, other.copy) == ("c.2", "2", "c.3")


def test_a_call_number_too_long_to_be_read_is_printed_whole_and_told():
    label = label_text("", "616.1 " + "WONOSUBROTO " * 40, "", 1, "B000001", "")
    done = _inside(SHEETS["a4-5x13"], label, "both")
    assert _said(done, label) == "616.1" + "WONOSUBROTO" * 40
    assert "too long for this label" in done.warnings[0]


@pytest.mark.parametrize("code", ["RS-00040110000000000000", "RS–0004011", ""])
def test_a_code_that_cannot_be_bars_is_text_and_said(code):
    label = replace(labels(1)[0], barcode=code)
    pdf, result = printed([label], SHEETS["a4-5x13"])
    assert decoded(pdf, 300) == []
    assert len(result.warnings) == (1 if code else 0)
    assert all(code in sentence for sentence in result.warnings)


def test_no_labels_no_file(tmp_path):
    target = tmp_path / "labels.pdf"
    assert write_labels(target, [], SHEETS["a4-3x7"]).pages == 0
    assert not target.exists()


def test_progress_counts_pages_and_can_cancel(tmp_path):
    told = []
    target = tmp_path / "labels.pdf"
    write_labels(target, iter(labels(50)), SHEETS["a4-3x7"], progress=told.append)
    assert told == [21, 42, 50]
    target.unlink()

    def cancel(_done):
        raise InterruptedError

    with pytest.raises(InterruptedError):
        write_labels(target, labels(50), SHEETS["a4-3x7"], progress=cancel)
    assert not target.exists()


def test_fonts_are_embedded_and_the_scale_is_asked_for(tmp_path):
    target = tmp_path / "labels.pdf"
    write_labels(target, labels(2), SHEETS["a4-3x7"], style=LabelStyle(outlines=True))
    reader = pypdf.PdfReader(target)
    assert reader.trailer["/Root"]["/ViewerPreferences"]["/PrintScaling"] == "/None"
    used = reader.pages[0]["/Resources"]["/Font"]
    assert used
    assert all("/FontFile2" in font["/FontDescriptor"] for font in used.values())


@pytest.mark.parametrize("name", SHEETS)
def test_the_test_page_says_the_scale_and_stays_one_page(name):
    target = io.BytesIO()
    calibration_page(target, SHEETS[name])
    reader = pypdf.PdfReader(target)
    assert len(reader.pages) == 1
    assert "100 %" in reader.pages[0].extract_text()


@pytest.mark.parametrize("code", ["code39", "ean13", "qr"])
@pytest.mark.parametrize("dpi", [203, 300, 600])
def test_other_codes_are_read_back(code, dpi):
    sheet = SHEETS["a4-3x8"]
    numbers = EANS if code == "ean13" else ["B000101", "B000102", "B000103"]
    texts = [replace(text, barcode=one) for text, one in zip(labels(3), numbers, strict=True)]
    style = LabelStyle(code=code, dpi=dpi, band=True)
    pdf, result = printed(texts, sheet, offset_x_mm=1, offset_y_mm=1, style=style)
    assert result.warnings == ()
    assert sorted(decoded(pdf, dpi, READ[code])) == sorted(numbers)


def test_a_code_that_would_not_scan_is_text_with_a_warning():
    style = LabelStyle(code="code39", dpi=203)
    text = replace(labels(1)[0], barcode="RS-2026-0000001")
    pdf, result = printed([text], SHEETS["a4-5x13"], style=style)
    assert "does not fit" in result.warnings[0]
    assert decoded(pdf, 600, READ["code39"]) == []
    assert "RS-2026-0000001" in pypdf.PdfReader(io.BytesIO(pdf)).pages[0].extract_text()


@pytest.mark.parametrize("code", ["B0001", "9786020331585"])
def test_what_is_no_ean_is_text_with_a_warning(code):
    text = replace(labels(1)[0], barcode=code)
    _pdf, result = printed([text], SHEETS["a4-3x8"], style=LabelStyle(code="ean13"))
    assert code in result.warnings[0]


@pytest.mark.parametrize("name", SHEETS)
def test_outlines_lie_where_the_sheet_says_to_a_tenth_of_a_millimetre(name):
    """Measured in the finished page: the dark frame of the first and of the last label."""
    sheet = SHEETS[name]
    pdf, _result = printed(labels(sheet.count), sheet, style=LabelStyle(outlines=True))
    frames = _frames(pdf)
    for n in (1, sheet.count):
        left, top = sheet.cell(n)
        foot = sheet.paper_height - top - sheet.label_height
        wanted = (left, foot, sheet.label_width, sheet.label_height)
        assert any(
            all(abs(a - b) < 0.1 for a, b in zip(frame, wanted, strict=True)) for frame in frames
        )


def _frames(pdf):
    """Rectangles drawn in the page's own units, as millimetres: left, foot, width, height."""
    found = []
    for operands, operator in pypdf.PdfReader(io.BytesIO(pdf)).pages[0].get_contents().operations:
        if operator == b"re":
            found.append(tuple(float(one) / MM for one in operands))
    return found


def test_cut_marks_lie_outside_the_labels():
    sheet = SHEETS["a4-3x7"]
    pdf, _result = printed(labels(21), sheet, style=LabelStyle(marks=True))
    bare, _result = printed(labels(21), sheet)
    width = sheet.paper_width * MM
    marked = pypdf.PdfReader(io.BytesIO(pdf)).pages[0].get_contents().operations
    usual = pypdf.PdfReader(io.BytesIO(bare)).pages[0].get_contents().operations
    assert len([1 for _o, op in marked if op == b"S"]) > len([1 for _o, op in usual if op == b"S"])
    ends = [operands for operands, op in marked if op == b"m"]
    assert all(-1 <= float(x) <= width + 1 for x, _y in ends)


def test_the_band_has_the_colour_of_the_class():
    text = replace(labels(1)[0], classification="297.1")
    pdf, _result = printed([text], SHEETS["a4-3x8"], style=LabelStyle(band=True))
    page = pypdf.PdfReader(io.BytesIO(pdf)).pages[0].get_contents().operations
    fills = [[round(float(one) * 255) for one in operands] for operands, op in page if op == b"rg"]
    assert [0xC9, 0xA2, 0x27] in fills
    plain = replace(text, classification="")
    pdf, _result = printed([plain], SHEETS["a4-3x8"], style=LabelStyle(band=True))
    assert b"0.788" not in pypdf.PdfReader(io.BytesIO(pdf)).pages[0].get_contents().get_data()
