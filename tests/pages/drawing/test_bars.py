from __future__ import annotations

import pytest

from desktop.pages.drawing import bars
from desktop.pages.drawing.bars import POINTS_PER_MM as MM


def test_two_letters_and_eight_digits_are_112_modules():
    assert bars.encode("RS00004011").modules == 112
    assert bars.encode("RS00004011").modules_with_quiet == 132


@pytest.mark.parametrize("code", ["", "Ω", "RS–1", "日本"])
def test_what_code_128_cannot_carry_is_refused(code):
    with pytest.raises(ValueError, match="Code 128"):
        bars.encode(code)


@pytest.mark.parametrize("dpi", [203, 300, 600])
def test_a_module_is_a_whole_number_of_dots(dpi):
    module = bars.module_width(bars.encode("RS00004011"), 40 * MM, dpi)
    assert module / bars.dot(dpi) == pytest.approx(round(module / bars.dot(dpi)))
    assert module * 132 <= 40 * MM


def test_the_module_shrinks_to_the_least_a_scanner_reads_and_no_further():
    code = bars.encode("RS00004011")
    assert bars.module_width(code, 23 * MM, 600) == pytest.approx(0.1693 * MM, rel=0.001)
    assert bars.module_width(code, 22 * MM, 600) is None
    assert bars.module_width(code, 17 * MM, 203) == pytest.approx(0.125 * MM)
    assert bars.module_width(code, 16 * MM, 203) is None


def test_only_a_qr_code_is_square():
    assert bars.encode("B000001", "qr").square
    assert not any(bars.encode("B000001", kind).square for kind in ("code128", "code39"))
