"""Which part of a file a Range header asks for (RFC 9110, 14.1 to 14.4)."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from website.byte_ranges import Part, Unsatisfiable, asked_part, range_applies

SIZE = 1_000

WHOLE = None
NOTHING = "nothing"


@pytest.mark.parametrize(
    ("header", "part"),
    [
        ("bytes=0-499", (0, 499)),
        ("bytes=500-999", (500, 999)),
        ("bytes=0-0", (0, 0)),
        ("bytes=-1", (999, 999)),
        ("bytes=-500", (500, 999)),
        ("bytes=9-", (9, 999)),
        ("bytes=0-", (0, 999)),
        ("BYTES=0-9", (0, 9)),
        ("bytes= 0-9 ", (0, 9)),
        ("bytes=500-5000", (500, 999)),
        ("bytes=-5000", (0, 999)),
        ("bytes=0-99999999999999999999999999", (0, 999)),
        ("bytes=1000-", NOTHING),
        ("bytes=1000-2000", NOTHING),
        ("bytes=-0", NOTHING),
        ("bytes=99999999999999999999999999-", NOTHING),
        ("", WHOLE),
        ("bytes=", WHOLE),
        ("bytes=-", WHOLE),
        ("bytes=5-4", WHOLE),
        ("bytes=a-b", WHOLE),
        ("bytes=0-1,5-6", WHOLE),
        ("bytes=+1-2", WHOLE),
        ("bytes=٠-٩", WHOLE),
        ("items=0-1", WHOLE),
        ("bytes 0-1", WHOLE),
        ("bytes=0-1\n", WHOLE),
    ],
)
def test_a_range_asks_for(header, part):
    if part == NOTHING:
        with pytest.raises(Unsatisfiable):
            asked_part(header, SIZE)
    else:
        found = asked_part(header, SIZE)
        assert (found and (found.first, found.last)) == part


@pytest.mark.parametrize("header", ["bytes=0-", "bytes=-1", "bytes=0-0"])
def test_an_empty_file_has_no_part(header):
    with pytest.raises(Unsatisfiable):
        asked_part(header, 0)


@given(st.integers(1, 10_000), st.data())
def test_parts_asked_for_one_after_the_other_make_the_whole_file(size, data):
    cut = data.draw(st.integers(0, size - 1))
    first, rest = asked_part(f"bytes=0-{cut}", size), asked_part(f"bytes={cut + 1}-", size + 1)
    assert first.length + rest.length == size + 1
    assert first.last + 1 == rest.first


def test_a_part_says_where_it_stands_in_the_file():
    assert Part(0, 499).content_range(1_000) == "bytes 0-499/1000"


@pytest.mark.parametrize(
    ("condition", "applies"),
    [
        ("", True),
        ('"abc"', True),
        ("Thu, 15 Jan 2026 09:00:00 GMT", True),
        ('W/"abc"', False),
        ('"other"', False),
        ("Thu, 15 Jan 2026 09:00:01 GMT", False),
    ],
)
def test_a_part_is_sent_only_of_the_file_the_client_has(condition, applies):
    assert range_applies(condition, '"abc"', "Thu, 15 Jan 2026 09:00:00 GMT") is applies
