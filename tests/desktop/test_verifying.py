"""A report's code, its QR and its field for a signature: genuine, changed, revised, unknown."""

from __future__ import annotations

import json
from datetime import UTC, datetime, timedelta
from io import BytesIO

import pypdf
import pypdfium2
import pytest
import zxingcpp
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import rsa
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
from pyhanko.pdf_utils.reader import PdfFileReader
from pyhanko.sign import fields, signers
from pyhanko.sign.validation import validate_pdf_signature
from pyhanko_certvalidator import ValidationContext
from pypdf.generic import NameObject, StreamObject

from database.circulation import visits
from database.reports import periods
from desktop.commands import run
from desktop.pages.report.enclosed import NAME, Enclosed, enclose
from desktop.pages.report.month import write_month
from desktop.recap.reading import read
from tests.libraries import NOW, WIB

FEBRUARY = datetime(2027, 2, 3, 9, 0, tzinfo=WIB)


def report_of(library, path, *, close=True, reason=""):
    """Close January (or revise it), and write its paper."""
    with library.reading() as session:
        counted = periods.counted(session, "2027-01", FEBRUARY)
    with library.transaction() as session:
        if reason:
            periods.revise(session, counted, reason, "1.0", FEBRUARY)
        elif close:
            periods.close(session, counted, "1.0", FEBRUARY)
    with library.reading() as session:
        month, closed = periods.month_of(session, "2027-01", FEBRUARY.date())
        write_month(path, session, month, FEBRUARY.date(), closed)
    return closed


@pytest.fixture
def closed(library, tmp_path):
    path = tmp_path / "laporan.pdf"
    with library.transaction() as session:
        visits.count_visit(session, "nurse", NOW, 7)
    return path, report_of(library, path).digest[:12]


def asked(capsys, what, library=None):
    arguments = ["verify", str(what), "--json"]
    code = run([*arguments, "--library", library.where] if library else arguments)
    return code, json.loads(capsys.readouterr().out)


def test_a_report_is_genuine_by_its_file_and_by_its_code(library, closed, capsys):
    path, code = closed
    for what in (path, code, code.upper(), f"selasar verify {code}"):
        done, told = asked(capsys, what, library)
        assert (done, told["state"]) == (0, "valid"), told
    # Without a library a file is found whole; a code says nothing.
    assert asked(capsys, path)[1]["state"] == "sound"
    assert asked(capsys, code) == (1, {**asked(capsys, code)[1], "state": "unknown"})
    for wrong in ("ffffffffffff", code[:6], "bukan kode", "%%%%%%%%"):
        assert asked(capsys, wrong, library)[1]["state"] == "unknown"


def test_the_paper_bears_the_code_as_qr_and_in_words(closed):
    path, code = closed
    document = pypdfium2.PdfDocument(path)
    page = document[len(document) - 1]
    picture = page.render(scale=3).to_pil()
    (found,) = zxingcpp.read_barcodes(picture, formats=zxingcpp.BarcodeFormat.QRCode)
    document.close()
    assert found.text == f"selasar verify {code}"
    text = " ".join(pypdf.PdfReader(path).pages[-1].extract_text().split())
    assert f"Kode verifikasi {code}" in text


def test_changed_figures_are_told_one_by_one(library, closed, capsys):
    path, _code = closed
    told = json.loads(pypdf.PdfReader(path).attachments[NAME][0])
    told["figures"]["visits"]["now"] = 700
    from database.reports.kept_figures import digest

    plain = json.dumps(told["figures"], ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    told["digest"] = digest(plain)
    bare = pypdf.PdfWriter()
    for page in pypdf.PdfReader(path).pages:
        bare.add_page(page)
    made = BytesIO()
    bare.write(made)
    forged = Enclosed(NAME, "application/json", json.dumps(told).encode(), "Data")
    path.write_bytes(enclose(made.getvalue(), [forged]))
    done, said = asked(capsys, path, library)
    assert (done, said["state"]) == (1, "changed")
    assert said["differs"] == ["visits.now: 7 -> 700"]


def test_changed_pages_are_told(closed, capsys):
    path, _code = closed
    writer = pypdf.PdfWriter(clone_from=path)
    drawn = StreamObject()
    drawn.set_data(writer.pages[1].get_contents().get_data() + b"\nBT ET")
    writer.pages[1][NameObject("/Contents")] = writer._add_object(drawn)
    writer.write(path)
    done, told = asked(capsys, path)
    assert (done, told["state"]) == (1, "changed")


def test_a_later_revision_is_told(library, closed, tmp_path, capsys):
    path, code = closed
    with library.transaction() as session:
        visits.count_visit(session, "nurse", NOW, 2)
    newer = report_of(library, tmp_path / "revisi.pdf", reason="lupa dua orang")
    for what in (path, code):
        done, told = asked(capsys, what, library)
        assert (done, told["state"]) == (1, "revised")
        assert "lupa dua orang" in told["message"]
    assert asked(capsys, newer.digest[:12], library)[1]["state"] == "valid"


def test_what_is_no_report_is_told(tmp_path, capsys):
    for name, content in (("a.pdf", b"%PDF-1.4 broken"), ("b.pdf", b"")):
        (tmp_path / name).write_bytes(content)
        assert run(["verify", str(tmp_path / name)]) == 2
        assert capsys.readouterr().err.startswith("selasar: ")


def test_only_a_closed_report_has_fields_to_sign(library, tmp_path, closed):
    path, _code = closed
    named = {
        one: (found["/FT"], found.get("/V"))
        for one, found in pypdf.PdfReader(path).get_fields().items()
    }
    assert len(named) == 3
    assert set(named.values()) == {("/Sig", None)}
    with library.reading() as session:
        month, none = periods.month_of(session, "2026-12", FEBRUARY.date())
        write_month(tmp_path / "konsep.pdf", session, month, FEBRUARY.date(), none)
    assert not pypdf.PdfReader(tmp_path / "konsep.pdf").get_fields()


def test_a_signature_is_put_in_and_the_figures_still_read(library, closed, capsys):
    path, code = closed
    signer, root = _signer()
    data = IncrementalPdfFileWriter(BytesIO(path.read_bytes()))
    found = list(fields.enumerate_sig_fields(data))
    assert [value for _name, value, _field in found] == [None, None, None]
    out = signers.sign_pdf(
        data, signers.PdfSignatureMetadata(field_name=found[0][0]), signer=signer
    )
    path.write_bytes(out.getvalue())
    (signed,) = PdfFileReader(BytesIO(path.read_bytes())).embedded_signatures
    status = validate_pdf_signature(signed, ValidationContext(trust_roots=[root]))
    assert status.bottom_line, status.pretty_print_details()
    assert status.intact
    assert status.valid
    (one,) = read(path)
    assert one.heads["visits"] == 7
    assert asked(capsys, path, library)[1]["state"] == "valid"
    assert code in pypdf.PdfReader(path).pages[-1].extract_text()


def _signer():
    """A signer whose certificate is its own root, as pyHanko takes it, and that root."""
    from asn1crypto import keys
    from asn1crypto import x509 as certificates
    from pyhanko_certvalidator.registry import SimpleCertificateStore

    key = rsa.generate_private_key(public_exponent=65537, key_size=2048)
    name = x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, "dr. Ratna, uji")])
    now = datetime.now(UTC)
    usage = x509.KeyUsage(True, True, False, False, False, True, False, False, False)
    made = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - timedelta(days=1))
        .not_valid_after(now + timedelta(days=3650))
        .add_extension(x509.BasicConstraints(True, None), critical=True)
        .add_extension(usage, critical=True)
        .sign(key, hashes.SHA256())
    )
    root = certificates.Certificate.load(made.public_bytes(serialization.Encoding.DER))
    private = key.private_bytes(
        serialization.Encoding.DER,
        serialization.PrivateFormat.PKCS8,
        serialization.NoEncryption(),
    )
    signer = signers.SimpleSigner(
        signing_cert=root,
        signing_key=keys.PrivateKeyInfo.load(private),
        cert_registry=SimpleCertificateStore(),
    )
    return signer, root
