"""The compact text of an outline: SVG path data that can be read back."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reference.outlines import UNITS, read_outline, write_outline
from tests.reference.boundary_factory import square

places = st.tuples(st.integers(-180_000, 180_000), st.integers(-90_000, 90_000))
rings = st.lists(places, min_size=3, max_size=6, unique=True).map(
    lambda ring: [(x / UNITS, y / UNITS) for x, y in [*ring, ring[0]]]
)
outlines = st.lists(st.lists(rings, min_size=1, max_size=2), min_size=1, max_size=2)


@given(outlines)
def test_what_is_written_is_read_back(polygons):
    assert read_outline(write_outline(polygons)) == polygons


@given(outlines)
def test_it_is_path_data_of_svg(polygons):
    step = r"-?\d+(?: |(?=-))-?\d+"
    ring = rf"M{step}l{step}(?:(?: |(?=-)){step})*z"
    assert re.fullmatch(rf"(?:{ring})+(?:\n(?:{ring})+)*", write_outline(polygons))


@pytest.mark.parametrize(
    "ring",
    [
        square(63, 26, 0.0004),
        [(63, 26), (64, 26), (63, 26), (63, 26)],
        [(63, 26), (63, 26), (63, 26), (63, 26)],
    ],
)
def test_what_shrinks_to_a_line_or_a_point_is_left_out(ring):
    assert write_outline([[ring]]) == ""
    assert write_outline([[ring], [square(60, 20)]]) == write_outline([[square(60, 20)]])
    assert write_outline([[square(60, 20), ring]]) == write_outline([[square(60, 20)]])
