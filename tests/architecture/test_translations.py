"""English and Urdu ship together: the catalogue has every text, with its placeholders."""

import re
import shutil
import subprocess
import sys

import pytest
from babel.messages.pofile import read_po
from django.conf import settings

CATALOGUE = settings.BASE_DIR / "locale" / "ur" / "LC_MESSAGES" / "django.po"
PLACEHOLDER = re.compile(r"%\(\w+\)[sd]|%[sd]|\{\w+\}")


def messages(path=CATALOGUE):
    with path.open("rb") as file:
        return [message for message in read_po(file, locale="ur") if message.id]


def forms(value):
    return value if isinstance(value, tuple) else (value,)


def test_every_text_of_the_catalogue_is_translated():
    assert [each.id for each in messages() if not all(forms(each.string))] == []


def test_no_translation_is_a_guess():
    assert [each.id for each in messages() if each.fuzzy] == []


def test_every_translation_has_the_placeholders_of_its_text():
    wrong = [
        each.id
        for each in messages()
        for form in forms(each.string)
        if set(PLACEHOLDER.findall(form)) - set(PLACEHOLDER.findall(" ".join(forms(each.id))))
        or set(PLACEHOLDER.findall(forms(each.id)[-1])) - set(PLACEHOLDER.findall(form))
    ]
    assert wrong == []


@pytest.mark.skipif(shutil.which("xgettext") is None, reason="GNU gettext is not installed")
def test_every_text_of_the_program_is_in_the_catalogue(tmp_path):
    """Texts are collected anew from a copy of the program."""
    ignored = shutil.ignore_patterns(".venv", "var", ".git", "__pycache__", "tests", "bench", ".*")
    copy = tmp_path / "gawah"
    shutil.copytree(settings.BASE_DIR, copy, ignore=ignored)
    subprocess.run(
        [sys.executable, "-m", "django", "makemessages", "--locale=ur", "--no-location"],
        cwd=copy,
        check=True,
        capture_output=True,
        env={"PATH": "/usr/local/bin:/usr/bin:/bin", "LC_ALL": "C.UTF-8"},
    )
    collected = messages(copy / "locale" / "ur" / "LC_MESSAGES" / "django.po")
    known = {(each.context, each.id) for each in messages()}
    assert [each.id for each in collected if (each.context, each.id) not in known] == []


def test_texts_are_marked_by_names_that_are_collected():
    """Under any other name a text would be translated nowhere, and no other test would see it."""
    renamed = re.compile(r"\b(?:n?p?gettext\w*) as (?!_\b)\w+")
    found = [
        f"{path.relative_to(settings.BASE_DIR)}: {match[0]}"
        for app in ("api", "config", "incidents", "record", "reference", "website")
        for path in sorted((settings.BASE_DIR / app).rglob("*.py"))
        for match in renamed.finditer(path.read_text(encoding="utf-8"))
    ]
    assert found == []
