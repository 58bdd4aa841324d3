"""The templates and the style sheet themselves: nothing inline, nothing foreign, one direction."""

import re
from pathlib import Path

import pytest
from django.conf import settings

ROOT = Path(settings.BASE_DIR)
TEMPLATES = sorted(
    [*(ROOT / "templates").glob("*.html"), *(ROOT / "templates" / "website").rglob("*.html")]
)
STYLE = (ROOT / "static" / "website" / "gawah.css").read_text()
RULES = re.sub(r"/\*.*?\*/", "", STYLE, flags=re.DOTALL)


def test_there_are_templates_to_look_at():
    assert len(TEMPLATES) > 20


@pytest.mark.parametrize(
    "forbidden",
    [
        r"<script(?! src=\"{% static )",
        r"<style",
        r"\sstyle=",
        r"\son\w+=",
        r"javascript:",
        r"\|safe",
        r"autoescape off",
        r"""(href|src|action)=["'](https?:)?//""",
    ],
)
def test_no_template_holds_script_or_style_lets_markup_through_or_names_a_host(forbidden):
    found = [path.name for path in TEMPLATES if re.search(forbidden, path.read_text(), re.I)]
    assert found == []


def test_no_code_marks_text_as_safe():
    for path in (ROOT / "website").rglob("*.py"):
        assert "mark_safe" not in path.read_text(), path


def test_the_style_sheet_fetches_nothing():
    assert not re.search(r"url\(|@import", RULES)
    faces = re.findall(r"src:\s*([^;]*);", RULES)
    assert all(re.fullmatch(r'(local\("[\w -]+"\)[,\s]*)+', face) for face in faces), faces


def test_the_style_sheet_knows_start_and_end_and_not_left_and_right():
    physical = re.findall(
        r"(?:margin|padding|border)-(?:left|right|top|bottom)\b|(?<![\w-])(?:left|right)\s*:"
        r"|float\s*:|(?<!-)\b(?:width|height)\s*:",
        RULES,
    )
    assert physical == []


def test_urdu_is_never_left_to_the_generic_family():
    for name in ("nastaliq", "naskh"):
        faces = re.search(rf"--{name}:([^;]*);", STYLE)[1]
        assert faces.count('"') > 6


def luminance(colour):
    parts = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    linear = [
        part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts
    ]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(first, second):
    """The contrast ratio of WCAG 2.2 between two colours written as #rrggbb."""
    bright, dark = sorted((luminance(first), luminance(second)), reverse=True)
    return (bright + 0.05) / (dark + 0.05)


def palettes():
    """The colours of the light and of the dark scheme by name."""
    light, dark = (
        dict(re.findall(r"--(\w+): (#[0-9a-f]{6});", block))
        for block in re.findall(r":root \{(.*?)\}", STYLE, flags=re.DOTALL)[:2]
    )
    return {"light": light, "dark": dark}


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("ground", ["paper", "panel"])
@pytest.mark.parametrize("colour", ["ink", "soft", "link", "visited", "mark"])
def test_text_has_the_contrast_that_wcag_asks_for(scheme, ground, colour):
    colours = palettes()[scheme]
    assert contrast(colours[colour], colours[ground]) >= 4.5


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("colour", ["edge", "focus", "data"])
def test_the_edges_of_fields_the_focus_and_the_bars_can_be_seen(scheme, colour):
    colours = palettes()[scheme]
    assert contrast(colours[colour], colours["paper"]) >= 3
