"""What a start makes once and then leaves alone: secret key, catalogues, static files."""

import gettext
import os
import stat

import pytest
from django.core.management import call_command

from config import install, secret
from config.messages import compile_messages
from config.static_files import collect

CATALOGUE = """
msgid ""
msgstr "Content-Type: text/plain; charset=utf-8\\n"

msgid "witness"
msgstr "گواہ"

#, fuzzy
msgid "unchecked"
msgstr "غیر"
"""


@pytest.fixture
def no_key(monkeypatch, tmp_path):
    monkeypatch.setenv("GAWAH_STATE", str(tmp_path / "state"))
    monkeypatch.setenv(secret.VARIABLE, "")
    return tmp_path / "state" / "secret_key"


def test_a_secret_key_is_made_once(no_key, monkeypatch):
    secret.ensure_secret_key()
    first = os.environ[secret.VARIABLE]
    monkeypatch.setenv(secret.VARIABLE, "")
    secret.ensure_secret_key()
    assert os.environ[secret.VARIABLE] == first
    assert len(first) > 50


def test_only_its_owner_reads_the_secret_key(no_key):
    secret.ensure_secret_key()
    assert stat.S_IMODE(no_key.stat().st_mode) == 0o600


def test_a_key_of_the_environment_is_kept_and_not_written_down(no_key, monkeypatch):
    monkeypatch.setenv(secret.VARIABLE, "ours")
    secret.ensure_secret_key()
    assert os.environ[secret.VARIABLE] == "ours"
    assert not no_key.exists()


@pytest.fixture
def locale(tmp_path):
    source = tmp_path / "ur" / "LC_MESSAGES" / "django.po"
    source.parent.mkdir(parents=True)
    source.write_text(CATALOGUE, encoding="utf-8")
    return tmp_path


def test_a_catalogue_is_compiled(locale):
    compile_messages(locale)
    assert gettext.translation("django", locale, ["ur"]).gettext("witness") == "گواہ"


def test_a_translation_nobody_has_checked_is_left_out(locale):
    compile_messages(locale)
    assert gettext.translation("django", locale, ["ur"]).gettext("unchecked") == "unchecked"


def test_a_catalogue_is_compiled_again_only_when_it_changed(locale):
    source = locale / "ur" / "LC_MESSAGES" / "django.po"
    assert compile_messages(locale) == [source.with_suffix(".mo")]
    assert compile_messages(locale) == []
    later = source.stat().st_mtime + 5
    os.utime(source, (later, later))
    assert compile_messages(locale) == [source.with_suffix(".mo")]


def test_static_files_are_collected_again_only_when_they_changed(settings, tmp_path):
    source = tmp_path / "static"
    source.mkdir()
    (source / "site.css").write_text("body {}")
    settings.STATICFILES_DIRS = [source]
    settings.STATIC_ROOT = tmp_path / "collected"
    assert collect() is True
    assert collect() is False
    (source / "site.css").write_text("body { color: black }")
    os.utime(source / "site.css", (2_000_000_000, 2_000_000_000))
    assert collect() is True
    assert "black" in (tmp_path / "collected" / "site.css").read_text()


def test_every_static_file_that_one_refers_to_exists(settings, tmp_path):
    settings.STORAGES = {
        **settings.STORAGES,
        "staticfiles": {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"},
    }
    settings.STATIC_ROOT = tmp_path
    call_command("collectstatic", interactive=False, verbosity=0)
    assert (tmp_path / "staticfiles.json").exists()


@pytest.fixture
def checkout(monkeypatch, tmp_path):
    """An empty checkout for the installer, and the calls of pip in it."""
    for name in ("requirements.txt", "requirements-dev.txt"):
        (tmp_path / name).write_text("")
    environment = tmp_path / ".venv"
    environment.mkdir()
    monkeypatch.setattr(install, "PROJECT", str(tmp_path))
    monkeypatch.setattr(install, "STAMP", str(environment / "installed"))
    monkeypatch.setattr(install, "works", lambda: True)
    calls = []

    def pip(command, **options):
        calls.append(command[-1])
        return 0

    monkeypatch.setattr(install.subprocess, "call", pip)
    return tmp_path, calls


def test_requirements_are_installed_again_only_when_they_changed(checkout):
    folder, calls = checkout
    install.main("requirements.txt")
    install.main("requirements.txt")
    assert calls == ["requirements.txt"]
    (folder / "requirements.txt").write_text("# changed")
    install.main("requirements.txt")
    assert calls == ["requirements.txt"] * 2


def test_those_of_development_include_the_others(checkout):
    _, calls = checkout
    install.main("requirements-dev.txt")
    install.main("requirements.txt")
    assert calls == ["requirements-dev.txt"]


def test_a_failed_installation_is_tried_again(checkout, monkeypatch):
    _, calls = checkout
    with monkeypatch.context() as broken:
        broken.setattr(install.subprocess, "call", lambda *command, **options: 1)
        with pytest.raises(SystemExit):
            install.main("requirements.txt")
    install.main("requirements.txt")
    assert calls == ["requirements.txt"]
