"""Terms for tests, each with valid defaults."""

from pathlib import Path

from reference.models import Term

FILE = """
[vocabulary]
slug = "fruit"
version = "2026-01-01"
label = { en = "Fruit", ur = "پھل" }
definition = { en = "Kinds of fruit.", ur = "پھلوں کی اقسام۔" }
note = "Own list."
"""


def make_term(code="apple", vocabulary="fruit", parent=None, **values):
    """Save a term as a person would."""
    values = {
        "labels": {"en": f"{code} in English", "ur": "سیب"},
        "definitions": {"en": f"What {code} means.", "ur": "معنی"},
        **values,
    }
    return Term.objects.create(vocabulary=vocabulary, code=code, parent=parent, **values)


def term_text(code, /, *, parent="", **replaced):
    """One ``[[term]]`` of a vocabulary file; a key replaced by None is left out."""
    lines = {
        "code": f'"{code}"',
        "parent": f'"{parent}"' if parent else None,
        "label": f'{{ en = "{code}", ur = "پھل {_in_arabic_script(code)}" }}',
        "definition": f'{{ en = "What {code} means.", ur = "معنی" }}',
        **replaced,
    }
    return "\n[[term]]\n" + "".join(
        f"{key} = {value}\n" for key, value in lines.items() if value is not None
    )


def write_vocabulary(directory: Path, *terms: str, header: str = FILE, name="fruit.toml") -> Path:
    """Write one vocabulary file and return its directory."""
    (directory / name).write_text(header + "".join(terms), encoding="utf-8")
    return directory


def _in_arabic_script(code: str) -> str:
    return "".join(chr(0x0627 + ord(letter) % 20) for letter in code)
