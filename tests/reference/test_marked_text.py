"""Texts with a few marks: what becomes of them, and what never comes through."""

import re
from itertools import pairwise

import pytest
from django.core.exceptions import ValidationError
from hypothesis import given
from hypothesis import strategies as st

from reference.marked_text import MAX_LENGTH, as_html, check_marked_text


@pytest.mark.parametrize(
    ("text", "html"),
    [
        ("One.\n\nTwo.", "<p>One.</p>\n<p>Two.</p>\n"),
        ("- a\n- b", "<ul>\n<li>a</li>\n<li>b</li>\n</ul>\n"),
        ("1. a\n2. b", "<ol>\n<li>a</li>\n<li>b</li>\n</ol>\n"),
        ("**strong**", "<p><strong>strong</strong></p>\n"),
        ("[us](https://example.org)", '<p><a href="https://example.org">us</a></p>\n'),
        ("<https://example.org>", '<p><a href="https://example.org">https://example.org</a></p>\n'),
        ("[write](mailto:a@example.org)", '<p><a href="mailto:a@example.org">write</a></p>\n'),
        ("# A", "<h3>A</h3>\n"),
        ("## A\n\n#### B\n\n## C", "<h3>A</h3>\n<h4>B</h4>\n<h3>C</h3>\n"),
        ("اردو **متن**", "<p>اردو <strong>متن</strong></p>\n"),
    ],
)
def test_a_mark_becomes_its_element(text, html):
    assert as_html(text) == html


HOSTILE = [
    "<script>alert(1)</script>",
    "<img src=x onerror=alert(1)>",
    "![face](https://example.org/face.jpg)",
    "[go](javascript:alert(1))",
    "[go](JavaScript&colon;alert(1))",
    "[go](data:text/html;base64,PHNjcmlwdD4=)",
    "[go](//example.org)",
    "[[go](//example.org)",
    "[" * 9_000 + "](" * 5_000 + "[go](//example.org)",
    "<b>loud</b>",
    "<!-- hidden -->",
]


@pytest.mark.parametrize("text", HOSTILE)
def test_what_is_not_known_is_refused_with_a_reason(text):
    with pytest.raises(ValidationError):
        check_marked_text(text)


@pytest.mark.parametrize("text", HOSTILE)
def test_what_is_not_known_would_be_shown_as_it_was_typed(text):
    assert not re.search(r"<(script|img|b|!--)|href=\"(?!https?://|mailto:)", as_html(text))


def test_a_text_too_long_is_refused():
    check_marked_text("a" * MAX_LENGTH)
    with pytest.raises(ValidationError, match="too long"):
        check_marked_text("a" * (MAX_LENGTH + 1))


@pytest.mark.parametrize("text", ["5 < 6 and 7 > 3", "a [note] (aside)", "x_y_z", "`code`"])
def test_ordinary_writing_is_not_taken_for_a_mistake(text):
    check_marked_text(text)


@given(st.text(alphabet=st.sampled_from("ab<>[]()!#-*&;:/\"' \n`_\\jsh"), max_size=60))
def test_only_known_elements_come_out_whatever_is_typed(text):
    for tag in re.findall(r"<[^>]*>", as_html(text)):
        assert re.fullmatch(
            r"</?(p|h[3-6]|ul|ol|li|strong|em|br|a)"
            r"( (start=\"\d+\"|href=\"(https?://|mailto:)[^\"<>]*\"))?( ?/)?>",
            tag,
            re.IGNORECASE,
        ), tag


@given(st.lists(st.integers(1, 6), min_size=1, max_size=8))
def test_headings_never_leave_out_a_level(levels):
    html = as_html("\n\n".join(f"{'#' * level} words" for level in levels))
    found = [int(level) for level in re.findall(r"<h(\d)", html)]
    assert found[0] == 3
    assert all(3 <= later <= earlier + 1 for earlier, later in pairwise(found))
