"""The bar beside a count in a table: a small drawing that stands in hundreds of rows."""

from django.utils.html import format_html
from django.utils.safestring import SafeString

from website.presentation.counted import Counted


def bar_markup(row: Counted) -> SafeString:
    """The certain part, and behind it what only possibly lies in the range of dates."""
    possible = certain = SafeString("")
    if row.possible:
        possible = format_html(
            '<rect class="possible" x="{}" width="{}" height="100%" fill="url(#possible)"/>',
            row.certain_width,
            row.possible_width,
        )
    if row.certain:
        form = 'class="dotted" fill="url(#unknown)"' if row.vague else 'class="certain"'
        certain = format_html(f'<rect {form} width="{{}}" height="100%"/>', row.certain_width)
    return format_html(
        '<svg class="bar{}" width="100%" height="13" aria-hidden="true">{}{}</svg>',
        " unknown" if row.vague else "",
        possible,
        certain,
    )
