from __future__ import annotations

from itertools import pairwise
from xml.etree import ElementTree

import pytest
from reportlab.graphics.shapes import Line, Rect

from desktop.pages.drawing.charts import _ticks, to_svg, year_chart
from desktop.words import language
from tests.pages.examples import year_points

SVG = "{http://www.w3.org/2000/svg}"


@pytest.fixture(autouse=True)
def _english():
    language.use("en")


def texts(svg: bytes) -> list[str]:
    return [node.text for node in ElementTree.fromstring(svg).iter(f"{SVG}text")]


@pytest.mark.parametrize("colours", ["screen", "grey", "dark"])
def test_months_years_and_legend_are_named(colours):
    words = texts(to_svg(year_chart(year_points(), 500, 180, colours)))
    assert [word for word in words if word in ("Nov", "Jan", "Oct")] == ["Nov", "Jan", "Oct"]
    assert {"2025", "2026", "Visits", "Loans", "0", "1,500"} <= set(words)


def test_month_names_and_figures_follow_the_language():
    language.use("id")
    words = texts(to_svg(year_chart(year_points(), 500, 180)))
    language.use("en")
    assert {"Okt", "Agu", "Mei", "1.500"} <= set(words)


@pytest.mark.parametrize("largest", [1, 3, 7, 19, 20, 21, 99, 100, 412, 999, 1284, 7001, 123456])
def test_the_axis_reaches_the_largest_figure_in_few_round_steps(largest):
    ticks = _ticks(largest)
    assert ticks[0] == 0
    assert ticks[-1] >= largest
    assert 2 <= len(ticks) <= 5
    assert len({b - a for a, b in pairwise(ticks)}) == 1
    assert largest < 4 or ticks[-1] <= 2 * largest


def test_nothing_is_drawn_outside_the_picture():
    chart = year_chart(year_points(), 480, 170, "grey")
    for shape in chart.contents:
        if isinstance(shape, Rect):
            assert 0 <= shape.x <= shape.x + shape.width <= 480
            assert 0 <= shape.y <= shape.y + shape.height <= 170
        if isinstance(shape, Line):
            assert min(shape.x1, shape.x2) >= 0
            assert max(shape.x1, shape.x2) <= 480


def test_without_data_the_chart_says_so():
    points = [point.__class__(point.month, 0, 0) for point in year_points()]
    assert texts(to_svg(year_chart(points, 480, 170))) == ["No data yet."]
    assert texts(to_svg(year_chart([], 480, 170))) == ["No data yet."]


def test_qt_reads_the_svg():
    svg = pytest.importorskip("PySide6.QtSvg")
    renderer = svg.QSvgRenderer(to_svg(year_chart(year_points(), 480, 170, "grey")))
    assert renderer.isValid()
    assert (renderer.defaultSize().width(), renderer.defaultSize().height()) == (480, 170)
