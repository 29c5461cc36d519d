"""The mark: one drawing, in every size that a system asks for."""

from __future__ import annotations

from io import BytesIO

import pytest
from PIL import Image

from desktop import theme
from installer import mark

BRAND = (0x0F, 0x76, 0x6E)


def near(pixel, colour, by=40):
    return all(abs(a - b) <= by for a, b in zip(pixel[:3], colour, strict=True))


@pytest.mark.parametrize("side", mark.SIZES)
def test_each_size_is_the_roofed_walkway(qapp, side):
    image = Image.open(BytesIO(mark.png(side))).convert("RGBA")
    assert image.size == (side, side)
    assert image.getpixel((0, 0))[3] < 255, "the corner is round"
    at = {"ground": (0.5, 0.05), "roof": (0.5, 0.4), "post": (0.2, 0.7), "way": (0.5, 0.8)}
    seen = {name: image.getpixel((int(side * x), int(side * y))) for name, (x, y) in at.items()}
    assert near(seen["ground"], BRAND)
    assert near(seen["roof"], (255, 255, 255))
    assert near(seen["post"], (255, 255, 255))
    assert near(seen["way"], (0x7F, 0xE3, 0xCF))


def test_small_sizes_have_a_drawing_of_their_own(qapp):
    """What would be a blur at 16 pixels is left out there."""
    small, large = (Image.open(BytesIO(mark.png(side))) for side in (24, 32))
    scaled = large.resize((24, 24))
    assert small.tobytes() != scaled.tobytes()
    assert theme.MARK_SMALL_PX == 24


def test_the_icon_file_holds_every_size(qapp, tmp_path):
    where = mark.write_ico(tmp_path / "selasar.ico")
    with Image.open(where) as icon:
        assert icon.info["sizes"] == {(side, side) for side in mark.SIZES}


def test_the_setup_has_its_pictures(qapp, tmp_path):
    mark.write_all(tmp_path)
    for name, size in (("header", mark.HEADER), ("side", mark.SIDE)):
        with Image.open(tmp_path / f"{name}.bmp") as picture:
            assert (picture.size, picture.mode) == (size, "RGB")


def test_the_window_bears_it(qapp):
    assert {size.width() for size in theme.mark().availableSizes()} == set(mark.SIZES)
    assert theme.mark().pixmap(256).toImage().pixelColor(128, 12).name() == "#0f766e"
