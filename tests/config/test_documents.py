"""What the documents say about the program is true, and complete."""

import re

import pytest

from config import checks
from config.embedded.places import PROJECT

VARIABLE = re.compile(r"\b(?:GAWAH_[A-Z_]+[A-Z]|APP_PG_BIN|DATABASE_URL|PORT)\b")
OPERATIONS = (PROJECT / "docs" / "operations.md").read_text(encoding="utf-8")


def names(*patterns):
    files = [path for pattern in patterns for path in PROJECT.glob(pattern)]
    assert files
    return {name for path in files for name in VARIABLE.findall(path.read_text(encoding="utf-8"))}


def test_every_setting_of_the_environment_is_documented():
    settings_of_django = {"GAWAH_ORGANISATION", "GAWAH_LICENCE", "GAWAH_CONTACT"}
    read = names("config/*.py", "config/settings/*.py", "config/embedded/*.py")
    assert settings_of_django <= read
    assert read - set(VARIABLE.findall(OPERATIONS)) == set()


def test_every_documented_setting_exists():
    anywhere = names("config/**/*.py", "docker-compose.yml", "Dockerfile", "docker/*")
    assert set(VARIABLE.findall(OPERATIONS)) - anywhere == set()


def test_the_example_environment_has_what_the_containers_need():
    needed = set(
        re.findall(r"\$\{(GAWAH_[A-Z_]+)", (PROJECT / "docker-compose.yml").read_text("utf-8"))
    )
    offered = set(re.findall(r"(?m)^(GAWAH_[A-Z_]+)=", (PROJECT / ".env.example").read_text()))
    assert offered == needed


def test_no_secret_has_a_default_in_the_containers():
    text = (PROJECT / "docker-compose.yml").read_text(encoding="utf-8")
    assert re.findall(r"\$\{(GAWAH_\w*(?:PASSWORD|KEY)):-", text) == []


def test_every_refusal_is_explained():
    ids = set(re.findall(r'id="(gawah\.\w+)"', (PROJECT / "config" / "checks.py").read_text()))
    assert ids == set(re.findall(r"`(gawah\.\w\d+)` \|", OPERATIONS))
    assert checks.TAG in ids.pop()


def test_every_target_of_the_makefile_says_what_it_does():
    text = (PROJECT / "Makefile").read_text(encoding="utf-8")
    phony = re.search(r"\.PHONY: (.*)", text)[1].split()
    assert phony == re.findall(r"(?m)^([a-z]+):.*## \S", text)


@pytest.mark.parametrize("name", ["requirements.txt", "requirements-dev.txt"])
def test_requirements_are_pinned_with_hashes_and_name_no_index(name):
    text = (PROJECT / name).read_text(encoding="utf-8")
    pins = re.findall(r"(?m)^[a-z]\S*==\S+ \\$", text)
    assert len(pins) == len(re.findall(r"(?m)^[a-z]", text))
    assert not re.search(r"://|^-", text, re.MULTILINE)


def test_every_direct_requirement_is_explained():
    text = (PROJECT / "docs" / "dependencies.md").read_text(encoding="utf-8").lower()
    wanted = re.findall(r"(?m)^([A-Za-z0-9-]+)==", (PROJECT / "requirements.in").read_text())
    assert [name for name in wanted if name.lower() not in text] == []


@pytest.mark.parametrize(
    "name", ["README.md", "LICENSE", "CONTRIBUTING.md", "SECURITY.md", "CHANGELOG.md"]
)
def test_the_repository_has_what_people_expect(name):
    assert (PROJECT / name).stat().st_size > 300


def test_links_between_documents_lead_somewhere():
    broken = []
    for path in [*PROJECT.glob("*.md"), *PROJECT.glob("docs/*.md")]:
        for target in re.findall(r"\]\(([^)#:]+)(?:#[^)]*)?\)", path.read_text(encoding="utf-8")):
            if not (path.parent / target).exists():
                broken.append(f"{path.name}: {target}")
    assert broken == []
