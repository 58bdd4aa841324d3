"""What became of a person, in order."""

from tests.website.contents import body_event, mention, status
from website.presentation.status_line import status_line

HERE = mention("INC-2026-0001")


def codes(line):
    return [(step.entry.get("status") or step.entry["event"])["code"] for step in line]


def test_statuses_and_what_happened_to_the_body_make_one_line_in_order_of_date():
    line = status_line(
        [
            status("disappeared", "2023-10-29", None, HERE),
            status("dead", "2023-11-22", None, HERE),
        ],
        [body_event("buried", "2023-11-29", HERE), body_event("body-found", "2023-11-22", HERE)],
    )
    assert codes(line) == ["disappeared", "dead", "body-found", "buried"]
    assert [step.is_body_event for step in line] == [False, False, True, True]


def test_what_was_open_to_the_past_comes_before_what_followed():
    line = status_line(
        [
            status("at-liberty", "../2023-10-28", None, HERE),
            status("disappeared", "2023-10-29", None, HERE),
        ]
    )
    assert codes(line) == ["at-liberty", "disappeared"]


def test_an_undated_entry_stays_behind_the_one_it_follows():
    line = status_line(
        [
            status("disappeared", "2023-10-29", None, HERE),
            status("sighted", "", None, HERE),
            status("released", "2024-01-01", None, HERE),
        ]
    )
    assert codes(line) == ["disappeared", "sighted", "released"]
