"""Faults of vocabulary files are named with file, code and reason."""

import pytest

from reference.vocabulary_files import VocabularyFileError, read_vocabularies
from tests.reference.vocabulary_factory import FILE, term_text, write_vocabulary


def read(directory):
    return read_vocabularies(directory, ["en", "ur"])


def test_terms_are_read_in_order_with_their_ancestors(tmp_path):
    write_vocabulary(
        tmp_path,
        term_text("apple"),
        term_text("cox", parent="apple"),
        term_text("cox-orange", parent="cox"),
        term_text("pear"),
    )
    found = [(entry.code, entry.ancestors) for entry in read(tmp_path)]
    assert found == [
        ("fruit", ()),
        ("apple", ()),
        ("cox", ("apple",)),
        ("cox-orange", ("apple", "cox")),
        ("pear", ()),
    ]


def test_a_vocabulary_is_a_term_of_the_vocabulary_of_vocabularies(tmp_path):
    header = read(write_vocabulary(tmp_path, term_text("apple")))[0]
    assert (header.vocabulary, header.code) == ("vocabulary", "fruit")
    assert header.labels == {"en": "Fruit", "ur": "پھل"}
    assert header.attributes == {"version": "2026-01-01"}
    assert header.note == "Own list."


def test_attributes_are_inherited_and_can_be_replaced(tmp_path):
    header = FILE.replace('"fruit"', '"grade"')
    write_vocabulary(
        tmp_path,
        term_text("apple", attributes="{ verified = true }"),
        term_text("cox", parent="apple"),
        term_text("crab", parent="apple", attributes="{ verified = false }"),
        header=header,
        name="grade.toml",
    )
    attributes = {entry.code: entry.attributes for entry in read(tmp_path)[1:]}
    assert attributes == {
        "apple": {"verified": True},
        "cox": {"verified": True},
        "crab": {"verified": False},
    }


FAULTS = {
    "not TOML": (["[[term"], "fruit.toml: not valid TOML"),
    "no terms": ([], "fruit.toml: [[term]]: the vocabulary has no terms"),
    "bad code": ([term_text("Apple")], "fruit.toml: term 1: 'Apple' is not lower-case"),
    "no code": ([term_text("apple", code=None)], "fruit.toml: term 1: None is not"),
    "duplicate code": ([term_text("apple")] * 2, "fruit.toml: apple: duplicate code"),
    "unknown parent": (
        [term_text("cox", parent="apple")],
        "fruit.toml: cox: unknown parent 'apple'",
    ),
    "parent after child": (
        [term_text("cox", parent="apple"), term_text("apple")],
        "fruit.toml: cox: unknown parent 'apple'",
    ),
    "own parent": (
        [term_text("cox", parent="cox")],
        "fruit.toml: cox: unknown parent 'cox'",
    ),
    "apart from its parent": (
        [term_text("apple"), term_text("pear"), term_text("cox", parent="apple")],
        "fruit.toml: cox: must follow its parent 'apple'",
    ),
    "too deep": (
        [
            term_text("a"),
            term_text("b", parent="a"),
            term_text("c", parent="b"),
            term_text("d", parent="c"),
        ],
        "fruit.toml: d: stands deeper than 3 levels",
    ),
    "no Urdu label": (
        [term_text("apple", label='{ en = "Apple" }')],
        "fruit.toml: apple: missing label in 'ur'",
    ),
    "empty Urdu label": (
        [term_text("apple", label='{ en = "Apple", ur = " " }')],
        "fruit.toml: apple: missing label in 'ur'",
    ),
    "Urdu in Latin script": (
        [term_text("apple", label='{ en = "Apple", ur = "seb" }')],
        "fruit.toml: apple: the label in 'ur' is not in Arabic script",
    ),
    "no definition": (
        [term_text("apple", definition=None)],
        "fruit.toml: apple: missing definition",
    ),
    "label is text": ([term_text("apple", label='"Apple"')], "fruit.toml: apple: missing label"),
    "same label twice": (
        [term_text("apple"), term_text("pear", label='{ en = "apple", ur = "ناشپاتی" }')],
        "fruit.toml: pear: has the label of 'apple' in 'en'",
    ),
    "misspelt key": (
        [term_text("apple", defintion='"x"')],
        "fruit.toml: apple: unknown key 'defintion'",
    ),
    "unknown attribute": (
        [term_text("apple", attributes="{ verified = true }")],
        "fruit.toml: apple: unknown attribute 'verified'",
    ),
    "attributes are text": (
        [term_text("apple", attributes='"red"')],
        "fruit.toml: apple: attributes must be a table",
    ),
    "hidden is text": (
        [term_text("apple", hidden='"yes"')],
        "fruit.toml: apple: hidden must be true or false",
    ),
    "note is a number": ([term_text("apple", note="5")], "fruit.toml: apple: note must be text"),
}


@pytest.mark.parametrize("fault", FAULTS)
def test_a_fault_is_named_with_file_code_and_reason(tmp_path, fault):
    terms, message = FAULTS[fault]
    with pytest.raises(VocabularyFileError) as refusal:
        read(write_vocabulary(tmp_path, *terms))
    assert any(problem.startswith(message) for problem in refusal.value.problems)


@pytest.mark.parametrize(
    ("header", "message"),
    [
        (FILE.replace('slug = "fruit"', 'slug = "veg"'), "the slug must be the file's name"),
        (FILE.replace("version", "edition"), "version is missing"),
        (FILE.replace("version", "edition"), "unknown key 'edition'"),
        (FILE.replace("note", "remark"), "note is missing"),
        (FILE.replace("definition", "meaning"), "missing definition"),
        ("", "missing label"),
    ],
)
def test_a_fault_of_the_header_is_named(tmp_path, header, message):
    with pytest.raises(VocabularyFileError, match=rf"fruit.toml: \[vocabulary\]: {message}"):
        read(write_vocabulary(tmp_path, term_text("apple"), header=header))


@pytest.mark.parametrize(
    ("value", "accepted"),
    [("1", True), ("true", False), ('"1"', False), ("1.0", False)],
)
def test_an_attribute_must_have_its_type(tmp_path, value, accepted):
    header = FILE.replace('"fruit"', '"place-precision"')
    term = term_text("exact", attributes=f"{{ ucdp = {value} }}")
    write_vocabulary(tmp_path, term, header=header, name="place-precision.toml")
    if accepted:
        assert read(tmp_path)[1].attributes == {"ucdp": 1}
    else:
        with pytest.raises(VocabularyFileError, match="exact: attribute 'ucdp' cannot be"):
            read(tmp_path)


def test_an_attribute_with_choices_takes_no_other_value(tmp_path):
    header = FILE.replace('"fruit"', '"agency-type"')
    term = term_text("army", attributes='{ sdg = "X" }')
    write_vocabulary(tmp_path, term, header=header, name="agency-type.toml")
    with pytest.raises(VocabularyFileError, match="army: attribute 'sdg' cannot be 'X'"):
        read(tmp_path)


@pytest.mark.parametrize("inverse", ["nobody", "follows"])
def test_an_inverse_must_point_back(tmp_path, inverse):
    header = FILE.replace('"fruit"', '"incident-link"')
    write_vocabulary(
        tmp_path,
        term_text("precedes", attributes=f'{{ inverse = "{inverse}" }}'),
        term_text("follows", attributes='{ inverse = "follows" }'),
        header=header,
        name="incident-link.toml",
    )
    with pytest.raises(VocabularyFileError, match=r"precedes: the inverse .* does not point back"):
        read(tmp_path)


def test_all_faults_of_all_files_are_reported_at_once(tmp_path):
    write_vocabulary(tmp_path, term_text("Apple"), term_text("pear", definition=None))
    tree = FILE.replace('"fruit"', '"tree"')
    write_vocabulary(tmp_path, term_text("oak"), term_text("oak"), header=tree, name="tree.toml")
    with pytest.raises(VocabularyFileError) as refusal:
        read(tmp_path)
    assert [problem.split(":")[:2] for problem in refusal.value.problems] == [
        ["fruit.toml", " term 1"],
        ["fruit.toml", " pear"],
        ["tree.toml", " oak"],
    ]


def test_a_directory_without_files_is_refused(tmp_path):
    with pytest.raises(VocabularyFileError, match="no vocabulary files"):
        read(tmp_path)
