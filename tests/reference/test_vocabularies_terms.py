"""Terms: constraints, tree, language and what a person's edit does."""

import pytest
from django.core.exceptions import ValidationError
from django.db import DataError, IntegrityError, connection, transaction
from django.utils import translation

from reference.models import Term
from tests.reference.vocabulary_factory import make_term

pytestmark = pytest.mark.django_db


def insert(**replaced):
    """Write a row behind the model's back."""
    row = {
        "vocabulary": "fruit",
        "code": "pear",
        "parent_id": None,
        "order": 1,
        "labels": '{"en": "Pear"}',
        "definitions": "{}",
        "huridocs": "",
        "attributes": "{}",
        "note": "",
        "hidden": False,
        "edited": False,
        "path": [],
        "updated_at": "2026-01-01T00:00:00Z",
        **replaced,
    }
    columns = ", ".join(f'"{column}"' for column in row)
    marks = ", ".join("%s" for _column in row)
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(
            f"INSERT INTO reference_term ({columns}) VALUES ({marks})",
            list(row.values()),
        )


def test_a_plain_row_is_accepted():
    insert()
    assert Term.objects.get(vocabulary="fruit", code="pear").label == "Pear"


@pytest.mark.parametrize(
    ("constraint", "replaced"),
    [
        ("reference_term_code_format", {"code": "Red Pear"}),
        ("reference_term_code_format", {"code": "pear-"}),
        ("reference_term_code_format", {"code": "birne_ü"}),
        ("reference_term_code_format", {"vocabulary": "Fruit"}),
        ("reference_term_label_in_english", {"labels": '{"ur": "ناشپاتی"}'}),
        ("reference_term_label_in_english", {"labels": '{"en": ""}'}),
        ("reference_term_label_in_english", {"labels": "{}"}),
        ("reference_term_depth", {"path": [1, 2, 3, 4]}),
        ("reference_term_not_its_own_parent", {"id": 7, "parent_id": 7}),
    ],
)
def test_the_database_refuses(constraint, replaced):
    with pytest.raises(IntegrityError, match=constraint):
        insert(**replaced)


def test_a_code_is_unique_in_its_vocabulary_only():
    insert()
    insert(vocabulary="tree")
    with pytest.raises(IntegrityError, match="reference_term_code_unique"):
        insert()


def test_a_code_that_is_too_long_is_refused():
    with pytest.raises(DataError):
        insert(code="p" * 61)


def test_a_term_in_use_as_a_parent_cannot_be_deleted():
    apple = make_term()
    make_term("cox", parent=apple)
    with pytest.raises(IntegrityError):
        apple.delete()


@pytest.mark.parametrize(
    ("language", "label", "definition"),
    [
        ("en", "Pear", "A fruit."),
        ("ur", "ناشپاتی", "ایک پھل۔"),
        ("en-gb", "Pear", "A fruit."),
        ("fr", "Pear", "A fruit."),
    ],
)
def test_a_term_speaks_the_active_language_and_else_english(language, label, definition):
    pear = Term(
        labels={"en": "Pear", "ur": "ناشپاتی"},
        definitions={"en": "A fruit.", "ur": "ایک پھل۔"},
    )
    with translation.override(language):
        assert (pear.label, pear.definition, str(pear)) == (label, definition, label)
    assert (pear.label_in(language), pear.definition_in(language)) == (label, definition)


def test_a_term_speaks_english_when_no_language_is_active():
    with translation.override(None):
        assert str(Term(labels={"en": "Pear", "ur": "ناشپاتی"})) == "Pear"


def test_a_path_leads_from_the_top_to_the_term():
    apple = make_term()
    cox = make_term("cox", parent=apple)
    orange = make_term("cox-orange", parent=cox)
    assert apple.path == [apple.pk]
    assert orange.path == [apple.pk, cox.pk, orange.pk]


def test_moving_a_term_moves_all_below_it():
    apple, pear = make_term(), make_term("pear")
    cox = make_term("cox", parent=apple)
    orange = make_term("cox-orange", parent=cox)
    cox.parent = pear
    cox.save()
    orange.refresh_from_db()
    assert orange.path == [pear.pk, cox.pk, orange.pk]


def test_within_finds_the_terms_and_all_below_them():
    apple, pear = make_term(), make_term("pear")
    make_term("cox-orange", parent=make_term("cox", parent=apple))
    make_term("conference", parent=pear)
    make_term("plum")
    assert codes(Term.objects.within(apple)) == {"apple", "cox", "cox-orange"}
    assert len(Term.objects.within(apple, pear)) == 5
    assert not Term.objects.within()


def codes(found):
    return {term.code for term in found}


def test_a_hidden_term_is_readable_but_not_offered():
    make_term()
    make_term("pear", hidden=True)
    assert codes(Term.objects.of("fruit").offered()) == {"apple"}
    assert Term.objects.get(vocabulary="fruit", code="pear").label == "pear in English"


def test_a_fourth_level_is_refused():
    variety = make_term("cox-orange", parent=make_term("cox", parent=make_term()))
    with pytest.raises(ValidationError, match="at most 3 levels"):
        make_term("red-cox-orange", parent=variety)


def test_moving_a_branch_that_becomes_too_deep_is_refused():
    apple, pear = make_term(), make_term("pear")
    make_term("cox-orange", parent=make_term("cox", parent=apple))
    apple.parent = pear
    with pytest.raises(ValidationError, match="at most 3 levels"):
        apple.save()


def test_a_term_cannot_stand_below_itself():
    apple = make_term()
    cox = make_term("cox", parent=apple)
    apple.parent = cox
    with pytest.raises(ValidationError, match="below itself"):
        apple.save()


def test_a_parent_of_another_vocabulary_is_refused():
    with pytest.raises(ValidationError, match="another vocabulary"):
        make_term("cox", parent=make_term(vocabulary="tree"))


@pytest.mark.parametrize("change", [{"code": "pear"}, {"vocabulary": "tree"}])
def test_code_and_vocabulary_are_permanent(change):
    apple = make_term()
    for name, value in change.items():
        setattr(apple, name, value)
    with pytest.raises(ValidationError, match="permanent"):
        apple.save()


def test_a_term_added_by_staff_has_the_attributes_of_its_parent():
    apple = make_term(attributes={"edible": True})
    assert make_term("cox", parent=apple).attributes == {"edible": True}
    assert make_term("crab", parent=apple, attributes={"edible": False}).attributes == {
        "edible": False
    }


def test_a_term_added_by_staff_comes_after_its_siblings():
    apple = make_term(order=10)
    make_term("cox", parent=apple, order=20)
    make_term("pear", order=30)
    make_term("crab", parent=apple)
    make_term("plum")
    listed = Term.objects.of("fruit").values_list("code", flat=True)
    assert list(listed) == ["apple", "cox", "crab", "pear", "plum"]


def test_saving_marks_a_term_as_edited_also_with_update_fields():
    apple = make_term()
    Term.objects.update(edited=False)
    apple.labels = {"en": "Golden apple"}
    apple.save(update_fields=["labels"])
    apple.refresh_from_db()
    assert (apple.edited, apple.label) == (True, "Golden apple")


@pytest.mark.parametrize(
    ("field", "value", "message"),
    [
        ("labels", {"ur": "سیب"}, "English is required"),
        ("labels", {"en": "Apple", "xx": "?"}, "Unknown language: xx"),
        ("labels", {"en": " "}, "empty"),
        ("labels", {"en": 5}, "empty"),
        ("labels", ["Apple"], "object of language code"),
        ("labels", {}, "cannot be blank"),
        ("definitions", {}, "cannot be blank"),
        ("code", "Red Apple", "lower-case letters"),
        ("vocabulary", "gemstone", "no such vocabulary"),
    ],
)
def test_a_form_is_told_what_is_wrong(field, value, message):
    make_term("fruit", vocabulary="vocabulary")
    values = {
        "vocabulary": "fruit",
        "code": "apple",
        "labels": {"en": "Apple"},
        "definitions": {"en": "A fruit."},
        "order": 1,
        field: value,
    }
    with pytest.raises(ValidationError, match=message):
        Term(**values).full_clean()
