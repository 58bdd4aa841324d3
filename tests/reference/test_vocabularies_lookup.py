"""Terms by code: what is found, and when a change is seen."""

import threading

import pytest
from django.db import connection, transaction
from django.utils import translation

from reference import vocabularies
from reference.models import Term
from reference.vocabularies import (
    UnknownTerm,
    clear_cache,
    codes_where,
    definition,
    inverse,
    label,
    lineage,
    load_vocabularies,
    subtree,
    term,
    terms,
    version,
)
from tests.reference.vocabulary_factory import make_term, term_text, write_vocabulary


@pytest.fixture
def shipped(db):
    load_vocabularies()


@pytest.fixture
def no_check(monkeypatch):
    """Long enough that only what must be seen at once is seen."""
    monkeypatch.setattr(vocabularies, "CHECK_EVERY", 1e9)


def test_a_label_is_found_in_the_active_or_the_asked_language(shipped):
    assert label("violation-type", "enforced-disappearance") == "Enforced disappearance"
    assert label("violation-type", "enforced-disappearance", "ur") == "جبری گمشدگی"
    with translation.override("ur"):
        assert label("violation-type", "enforced-disappearance") == "جبری گمشدگی"
        assert definition("grade", "alleged", "en").startswith("One source says so")


def test_look_ups_after_the_first_cost_no_query(shipped, django_assert_num_queries):
    term("grade", "confirmed")
    with django_assert_num_queries(0):
        label("violation-type", "torture")
        terms("sex")
        subtree("violation-type", "life")
        assert term("violation-type", "torture").parent.code == "integrity"


def test_a_mistyped_code_names_the_near_ones(shipped):
    with pytest.raises(UnknownTerm) as unknown:
        term("violation-type", "enforced-dissapearance")
    assert unknown.value.suggestions[0] == "enforced-disappearance"


def test_a_mistyped_vocabulary_names_the_near_ones(shipped):
    with pytest.raises(UnknownTerm) as unknown:
        terms("violation-types")
    assert (unknown.value.vocabulary, unknown.value.suggestions[0]) == (
        "vocabulary",
        "violation-type",
    )


@pytest.mark.parametrize("lookup", [label, definition, lineage, subtree, inverse])
def test_every_look_up_refuses_an_unknown_code(shipped, lookup):
    with pytest.raises(Term.DoesNotExist):
        lookup("incident-link", "nothing")


def test_lineage_and_subtree_are_two_sides_of_one_tree(shipped):
    codes = [each.code for each in terms("violation-type")]
    for upper in codes:
        for lower in codes:
            assert (upper in lineage("violation-type", lower)) == (
                lower in subtree("violation-type", upper)
            )


def test_lineage_leads_from_the_top_to_the_term(shipped):
    assert lineage("violation-type", "staged-encounter") == (
        "life",
        "extrajudicial-killing",
        "staged-encounter",
    )


def test_terms_come_in_tree_order(shipped):
    codes = [each.code for each in terms("violation-type")]
    start = codes.index("enforced-disappearance")
    assert codes[start : start + 3] == [
        "enforced-disappearance",
        "short-term-disappearance",
        "child-taken",
    ]


def test_codes_are_found_by_attribute(shipped):
    assert codes_where("grade", verified=True) == {"confirmed"}
    with pytest.raises(KeyError):
        codes_where("grade", verfied=True)


def test_a_link_is_read_from_its_other_end(shipped):
    assert inverse("incident-link", "causes") == "consequence-of"
    assert inverse("incident-link", "parallel-to") == "parallel-to"


@pytest.mark.django_db
def test_a_hidden_term_is_listed_only_when_asked_for_but_always_readable():
    make_term()
    make_term("pear", hidden=True)
    assert [each.code for each in terms("fruit")] == ["apple"]
    assert [each.code for each in terms("fruit", hidden=True)] == ["apple", "pear"]
    assert label("fruit", "pear") == "pear in English"


@pytest.mark.django_db
def test_an_edit_is_seen_at_once(no_check):
    apple = make_term()
    assert label("fruit", "apple") == "apple in English"
    apple.labels = {"en": "Golden apple"}
    apple.save()
    assert label("fruit", "apple") == "Golden apple"


@pytest.mark.django_db
def test_a_load_is_seen_at_once(no_check, tmp_path):
    make_term()
    assert label("fruit", "apple") == "apple in English"
    Term.objects.update(edited=False)
    load_vocabularies(write_vocabulary(tmp_path, term_text("apple")))
    assert label("fruit", "apple") == "apple"


@pytest.mark.django_db
def test_an_edit_that_is_rolled_back_was_never_seen(no_check):
    with transaction.atomic():
        make_term()
        assert label("fruit", "apple") == "apple in English"
        transaction.set_rollback(True)
    with pytest.raises(UnknownTerm):
        label("fruit", "apple")


@pytest.mark.django_db
def test_a_change_behind_our_back_is_seen_at_the_next_check(monkeypatch):
    make_term()
    assert label("fruit", "apple") == "apple in English"
    take_as_committed()
    Term.objects.update(labels={"en": "Golden apple"})
    monkeypatch.setattr(vocabularies, "CHECK_EVERY", 1e9)
    assert label("fruit", "apple") == "apple in English"
    monkeypatch.setattr(vocabularies, "CHECK_EVERY", 0)
    assert label("fruit", "apple") == "Golden apple"


def take_as_committed():
    """Take what was read so far as committed, as it would be outside a test."""
    connection.run_on_commit.clear()
    vocabularies._kept.forget_shared()
    term("fruit", "apple")


@pytest.mark.django_db
def test_the_version_changes_with_any_change():
    apple = make_term()
    before = version()
    assert version() == before
    apple.save()
    assert version() != before


@pytest.mark.django_db(transaction=True)
def test_another_thread_sees_an_edit_only_when_it_is_committed(no_check):
    make_term()
    assert in_another_thread() == "apple in English"
    with transaction.atomic():
        apple = Term.objects.get(code="apple")
        apple.labels = {"en": "Golden apple"}
        apple.save()
        assert label("fruit", "apple") == "Golden apple"
        assert in_another_thread() == "apple in English"
    assert in_another_thread() == "Golden apple"


def in_another_thread():
    found = []

    def look_up():
        found.append(label("fruit", "apple"))
        connection.close()

    thread = threading.Thread(target=look_up)
    thread.start()
    thread.join()
    return found[0]


@pytest.mark.django_db
def test_clearing_the_cache_reads_anew(no_check):
    make_term()
    label("fruit", "apple")
    Term.objects.update(labels={"en": "Golden apple"})
    clear_cache()
    assert label("fruit", "apple") == "Golden apple"
