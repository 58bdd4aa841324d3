"""Charts and maps as geometry: scales, an unbroken axis of time, names that do not touch."""

import struct
from itertools import pairwise

import pytest

from website.drawing import picture as drawing_picture
from website.drawing.district_map import EmptyDistrict, PlacedCount, district_map
from website.drawing.lengths import length, percent, scale_steps
from website.drawing.map_extent import WIDTH, Point, extent_of
from website.drawing.map_labels import NARROW_LETTER, Spot, place_labels
from website.drawing.picture import DOTS, can_draw, picture
from website.drawing.time_bars import time_chart
from website.presentation.counted import Counted


def counted(code, count, certain=None):
    certain = count if certain is None else certain
    return Counted(
        label=code,
        code=code,
        unknown=code == "unknown",
        count=count,
        certain=certain,
        address=f"?{code}",
        certain_width="",
        possible_width="",
    )


def chart(by, *, right_to_left=False, **counts):
    rows = [counted(code.strip("_").replace("_", "-"), count) for code, count in counts.items()]
    return time_chart(rows, by, right_to_left=right_to_left)


@pytest.mark.parametrize(
    ("most", "steps"),
    [
        (0, [1]),
        (1, [1]),
        (3, [1, 2, 3]),
        (4, [1, 2, 3, 4]),
        (7, [2, 4, 6, 8]),
        (19, [5, 10, 15, 20]),
        (100, [50, 100]),
        (74, [20, 40, 60, 80]),
    ],
)
def test_a_scale_has_few_round_numbers_and_reaches_the_largest(most, steps):
    assert scale_steps(most) == steps


@pytest.mark.parametrize("most", [1, 9, 10, 11, 99, 1234, 999_999])
def test_every_scale_reaches_its_largest_count(most):
    steps = scale_steps(most)
    assert steps[-1] >= most
    assert len(steps) <= 6


def test_lengths_have_a_point_and_no_needless_digits():
    assert [length(value) for value in (0, 40, 12.5, 1 / 3, 1e6)] == [
        "0",
        "40",
        "12.5",
        "0.33",
        "1000000",
    ]
    assert percent(12.5) == "12.5%"


def x_of(drawn):
    return {bar.counted.code: float(bar.x.rstrip("%")) for bar in drawn.bars}


def test_years_without_a_record_keep_their_place_on_the_axis():
    at = x_of(chart("year", _2010=1, _2012=1, _2013=1, unknown=0))
    assert at["2012"] - at["2010"] == pytest.approx(2 * (at["2013"] - at["2012"]), abs=0.03)


def test_what_is_known_to_the_year_stands_after_its_twelve_months():
    at = x_of(chart("month", _2010_12=1, _2010_XX=1, _2011_01=1, unknown=0))
    assert at["2010-12"] < at["2010-XX"] < at["2011-01"]


def test_the_unknown_and_the_spanning_stand_apart_at_the_end():
    drawn = chart("year", _2010=1, _2011=1, spanning=3, unknown=2)
    at = x_of(drawn)
    assert at["2011"] < float(drawn.first_end.rstrip("%")) < at["spanning"] < at["unknown"]
    assert {bar.counted.code: bar.sort for bar in drawn.bars}["spanning"] == "spanning"


def test_time_runs_from_right_to_left_where_the_page_does():
    forward = x_of(chart("year", _2010=1, _2020=1, unknown=1))
    back = x_of(chart("year", _2010=1, _2020=1, unknown=1, right_to_left=True))
    assert forward["2010"] < forward["2020"] < forward["unknown"]
    assert back["2010"] > back["2020"] > back["unknown"]


@pytest.mark.parametrize("years", [1, 2, 17, 60, 74])
@pytest.mark.parametrize("by", ["year", "month"])
def test_every_bar_stays_on_the_sheet(by, years):
    ending = "" if by == "year" else "_06"
    counts = {f"_{1950 + year}{ending}": 1 for year in range(years)}
    drawn = chart(by, **counts, spanning=1, unknown=1)
    for bar in drawn.bars:
        x, width = float(bar.x.rstrip("%")), float(bar.width.rstrip("%"))
        assert x >= -0.01
        assert x + width <= 100.01


@pytest.mark.parametrize("years", [8, 17, 40, 300])
def test_the_words_below_the_axis_are_few(years):
    drawn = chart("year", **{f"_{1700 + year}": 1 for year in range(years)}, unknown=0)
    assert len(drawn.ticks) <= 20
    assert len([tick for tick in drawn.ticks if not tick.wide]) <= 9


def test_the_months_of_one_year_are_named():
    drawn = chart("month", _2023_01=1, _2023_06=2, unknown=0)
    assert [tick.words for tick in drawn.ticks] == ["1", "2", "3", "4", "5", "6", "?"]


@pytest.mark.parametrize("last", [10, 11, 12])
def test_a_few_months_have_room_for_their_names_on_a_telephone(last):
    counts = {f"_2023_{month:02d}": 1 for month in range(9, last + 1)}
    drawn = chart("month", **counts, unknown=0)
    assert [tick.words for tick in drawn.ticks][:2] == ["September", "October"]
    at = [float(tick.x.rstrip("%")) for tick in drawn.ticks]
    assert min(after - before for before, after in pairwise(at)) > 12
    months = at[:-1]
    assert min(after - before for before, after in pairwise(months)) >= 19


def test_a_single_undated_bucket_makes_no_axis():
    assert chart("year", unknown=4) is None


def test_centuries_of_months_are_left_to_the_table():
    assert chart("month", _1500_01=1, _2020_01=1, unknown=0) is None


def test_the_certain_part_stands_below_the_possible_one():
    rows = [counted("2020", 4, certain=1), counted("unknown", 0)]
    bar = time_chart(rows, "year", right_to_left=False).bars[0]
    assert float(bar.possible_height) == pytest.approx(3 * float(bar.certain_height))
    assert float(bar.y) + float(bar.possible_height) == pytest.approx(float(bar.certain_y))


KECH, QUETTA = Point(26.0, 63.05), Point(30.19, 67.0)


@pytest.mark.parametrize(
    "points",
    [
        [KECH],
        [KECH, QUETTA],
        [KECH, KECH],
        [Point(-17.8, 178.4), Point(-16.5, -179.9)],
        [Point(80, 10), Point(-80, 10)],
        [Point(0, -70), Point(0, 70)],
    ],
)
def test_every_point_lies_inside_the_frame_with_room_around_it(points):
    extent = extent_of(points)
    for point in points:
        assert extent.holds(*extent.place(point), within=40)
    assert 0.5 * WIDTH <= extent.height <= 1.1 * WIDTH


def test_north_is_up_and_east_is_right():
    extent = extent_of([KECH, QUETTA])
    (west, south), (east, north) = extent.place(KECH), extent.place(QUETTA)
    assert west < east
    assert north < south


def test_a_single_point_is_shown_with_its_neighbourhood():
    extent = extent_of([KECH])
    assert 100 < WIDTH / extent.units_per_km < 1000


def test_no_name_on_a_map_covers_another_or_leaves_the_frame():
    points = [Point(25 + n * 37 % 60 / 10, 62 + n * 23 % 61 / 8) for n in range(60)]
    extent = extent_of(points)
    spots = [Spot(*extent.place(point), 8, f"Place {n}") for n, point in enumerate(points)]
    labels = [label for label in place_labels(spots, extent) if label]
    assert len(labels) > 15
    narrow = [label for label in labels if not label.wide]
    assert narrow
    lines = sorted((label.y, *edges(label)) for label in narrow)
    for (y, left, right), (below, other_left, other_right) in pairwise(lines):
        if below - y < NARROW_LETTER * 0.8:
            assert right <= other_left or other_right <= left
    for label in narrow:
        left, right = edges(label)
        assert left >= 0
        assert right <= WIDTH


def edges(label):
    """Where a name of the narrow screen begins and ends."""
    breadth = len(label.name) * NARROW_LETTER * 0.5
    start = {"start": 0, "end": breadth, "middle": breadth / 2}[label.anchor]
    return label.x - start, label.x - start + breadth


def placed(point, count, name="Somewhere"):
    return PlacedCount(point, counted(name, count), name)


def test_the_area_of_a_circle_is_its_count():
    drawn = district_map([placed(KECH, 25), placed(QUETTA, 100)], [], right_to_left=False)
    large, small = (float(circle.radius) for circle in drawn.circles)
    assert large**2 / small**2 == pytest.approx(4, rel=0.01)


def test_the_largest_circles_lie_below_the_smaller_ones():
    drawn = district_map([placed(KECH, 1), placed(QUETTA, 9)], [], right_to_left=False)
    assert [circle.counted.count for circle in drawn.circles] == [9, 1]


def test_the_key_shows_the_largest_circle_at_its_size():
    drawn = district_map([placed(KECH, 40)], [], right_to_left=False)
    assert drawn.key[-1].words == "40"
    assert drawn.key[-1].radius == drawn.circles[0].radius


def test_districts_far_outside_the_frame_are_left_out():
    near, far = EmptyDistrict(Point(26.2, 63.4), "Near"), EmptyDistrict(Point(36, 74), "Far")
    drawn = district_map([placed(KECH, 1)], [near, far], right_to_left=False)
    assert len(drawn.dots) == 1


def test_a_name_keeps_to_its_side_of_the_circle_in_both_directions():
    forward = district_map([placed(KECH, 1)], [], right_to_left=False).labels[0]
    back = district_map([placed(KECH, 1)], [], right_to_left=True).labels[0]
    assert forward.x == back.x
    assert (forward.anchor, back.anchor) == ("start", "end")


def test_without_points_there_is_no_map():
    assert district_map([], [], right_to_left=False) is None


needs_fonts = pytest.mark.skipif(not can_draw(), reason="this machine has not the fonts")


def dots_of(picture):
    """Width and height that a PNG says it has."""
    assert picture.startswith(b"\x89PNG\r\n\x1a\n")
    return struct.unpack(">II", picture[16:24])


@needs_fonts
@pytest.mark.parametrize("prefix", ["", "/ur"])
@pytest.mark.parametrize(
    "address", ["/statistics/chart.png?group_by=type", "/violations/map.png?area=PK211"]
)
def test_a_drawing_can_be_kept_as_a_picture(client, turbat, prefix, address):
    response = client.get(f"{prefix}{address}")
    assert response.headers["Content-Type"] == "image/png"
    assert dots_of(response.content)[0] == 1600


@needs_fonts
def test_a_picture_of_a_long_drawing_stays_within_bounds():
    sheet = '<svg xmlns="http://www.w3.org/2000/svg" width="800" height="40000"></svg>'
    width, height = dots_of(picture(sheet))
    assert width * height <= DOTS


@needs_fonts
def test_a_picture_shows_urdu_joined_and_hung_up_by_its_right_end():
    def drawn(direction, words):
        head = f'<svg xmlns="http://www.w3.org/2000/svg" width="300" height="60" {direction}>'
        return picture(f'{head}<text x="280" y="40" font-size="30">{words}</text></svg>')

    joined = drawn('direction="rtl"', "گواہ")
    apart = drawn('direction="rtl"', "\u200c".join("گواہ"))
    blank = drawn('direction="rtl"', "")
    assert len({joined, apart, blank}) == 3


def test_a_machine_without_the_fonts_offers_no_picture(client, turbat, monkeypatch):
    monkeypatch.setattr(drawing_picture, "FOLDERS", ())
    drawing_picture._fonts.cache_clear()
    can_draw.cache_clear()
    try:
        page = client.get("/statistics/").content.decode()
        answer = client.get("/statistics/chart.png")
    finally:
        drawing_picture._fonts.cache_clear()
        can_draw.cache_clear()
    assert "chart.png" not in page
    assert answer.status_code == 404
    assert "SVG" in answer.content.decode()
