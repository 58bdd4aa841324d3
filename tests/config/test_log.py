"""What the log says, and what it must not say."""

import logging
import sys

import pytest

from config.log import DiscreetFormatter


def line(message, *arguments, error=None):
    record = logging.LogRecord(
        "django.request", logging.ERROR, __file__, 1, message, arguments, error
    )
    return DiscreetFormatter().format(record)


@pytest.mark.parametrize(
    ("message", "arguments"),
    [
        ("Not Found: %s", ("/incidents/?name=Balach&q=%D8%A8",)),
        ('"GET /api/v1/victims/?name=Balach HTTP/1.1" 200', ()),
        ("Redirect to https://record.example/?name=Balach", ()),
    ],
)
def test_a_query_string_is_cut(message, arguments):
    said = line(message, *arguments)
    assert "Balach" not in said
    assert "?" in said


def test_the_path_stays():
    assert "/incidents/?" in line("Not Found: %s", "/incidents/?name=Balach")


@pytest.fixture
def failure():
    detail = f"Key (name)=({'Balach'}) already exists"
    try:
        raise ValueError(detail)
    except ValueError:
        return sys.exc_info()


def test_an_exception_shows_kind_and_place_without_its_words(failure):
    said = line("Internal Server Error: /", error=failure)
    assert "builtins.ValueError" in said
    assert "test_log.py" in said
    assert "(Balach)" not in said


def test_a_developer_sees_the_words(failure, settings):
    settings.DEBUG = True
    assert "ValueError: Key (name)=(Balach)" in line("Internal Server Error: /", error=failure)
