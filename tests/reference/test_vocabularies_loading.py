"""Loading vocabularies: repeatable, never destructive, and respectful of what staff wrote."""

from io import StringIO

import pytest
from django.core.management import call_command
from django.db import connection

from reference.models import Area, Term
from reference.vocabularies import VocabularyFileError, load_vocabularies
from tests.reference.vocabulary_factory import make_term, term_text, write_vocabulary

pytestmark = pytest.mark.django_db


def fruit(code="apple"):
    return Term.objects.get(vocabulary="fruit", code=code)


def rows():
    """Every column of every row, and the row version that any write would change."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT xmin::text, ctid::text, * FROM reference_term ORDER BY id")
        return cursor.fetchall()


def test_the_shipped_vocabularies_load():
    report = load_vocabularies()
    assert report.created == Term.objects.count() > 900


def test_loading_twice_changes_nothing():
    load_vocabularies()
    before = rows()
    report = load_vocabularies()
    assert (report.created, report.changed, report.unchanged) == (0, 0, len(before))
    assert rows() == before


def test_the_number_of_queries_does_not_grow_with_the_terms(
    tmp_path, django_assert_max_num_queries
):
    terms = [term_text(f"a{'b' * length}") for length in range(40)]
    with django_assert_max_num_queries(12):
        load_vocabularies(write_vocabulary(tmp_path, *terms))


def test_a_subtree_search_works_on_what_was_loaded():
    load_vocabularies()
    life = Term.objects.get(vocabulary="violation-type", code="life")
    found = set(Term.objects.within(life).values_list("code", flat=True))
    assert {"life", "extrajudicial-killing", "staged-encounter"} <= found
    assert "torture" not in found


def test_what_the_file_changes_is_changed(tmp_path):
    load_vocabularies(write_vocabulary(tmp_path, term_text("apple"), term_text("pear")))
    identifier = fruit("pear").pk
    write_vocabulary(
        tmp_path,
        term_text("apple"),
        term_text(
            "pear",
            parent="apple",
            label='{ en = "Quince", ur = "بہی" }',
            huridocs='"4:01"',
            note='"A source."',
            hidden="true",
        ),
    )
    report = load_vocabularies(tmp_path)
    pear = fruit("pear")
    assert (report.created, report.changed, report.unchanged) == (0, 1, 2)
    assert pear.pk == identifier
    assert (pear.label, pear.huridocs, pear.note) == ("Quince", "4:01", "A source.")
    assert pear.path == [fruit().pk, identifier]
    assert pear.hidden


def test_a_term_that_leaves_the_file_stays(tmp_path):
    load_vocabularies(write_vocabulary(tmp_path, term_text("apple"), term_text("pear")))
    load_vocabularies(write_vocabulary(tmp_path, term_text("apple")))
    assert not fruit("pear").hidden


def test_a_term_added_by_staff_is_left_alone(tmp_path):
    load_vocabularies(write_vocabulary(tmp_path, term_text("apple")))
    make_term("cox", parent=fruit())
    load_vocabularies(tmp_path)
    assert fruit("cox").path == [fruit().pk, fruit("cox").pk]


def test_words_edited_by_staff_are_kept_and_counted(tmp_path):
    load_vocabularies(write_vocabulary(tmp_path, term_text("apple")))
    apple = fruit()
    apple.labels = {"en": "Golden apple", "ur": "سنہرا سیب"}
    apple.save()
    write_vocabulary(tmp_path, term_text("apple", huridocs='"4:02"', note='"New."'))
    report = load_vocabularies(tmp_path)
    apple = fruit()
    assert (apple.label, apple.note) == ("Golden apple", "")
    assert apple.huridocs == "4:02", "what the program owns still follows the file"
    assert (report.changed, report.kept) == (1, 1)


def test_staff_can_hide_a_term_for_good(tmp_path):
    load_vocabularies(write_vocabulary(tmp_path, term_text("apple")))
    apple = fruit()
    apple.hidden = True
    apple.save()
    load_vocabularies(tmp_path)
    assert fruit().hidden


def test_a_retirement_in_the_file_reaches_edited_terms(tmp_path):
    load_vocabularies(write_vocabulary(tmp_path, term_text("apple")))
    fruit().save()
    load_vocabularies(write_vocabulary(tmp_path, term_text("apple", hidden="true")))
    assert fruit().hidden


def test_a_faulty_file_loads_nothing_at_all(tmp_path):
    write_vocabulary(tmp_path, term_text("apple"), term_text("Pear"))
    with pytest.raises(VocabularyFileError):
        load_vocabularies(tmp_path)
    assert not Term.objects.exists()


def test_the_command_loads_terms_and_areas_and_says_so():
    output = StringIO()
    call_command("load_reference", stdout=output)
    assert f"{Term.objects.count()} terms created, 0 changed, 0 unchanged" in output.getvalue()
    assert f"{Area.objects.count()} areas created" in output.getvalue()


def test_the_command_is_silent_when_asked():
    output = StringIO()
    call_command("load_reference", verbosity=0, stdout=output)
    assert output.getvalue() == ""
