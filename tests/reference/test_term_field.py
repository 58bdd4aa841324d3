"""Links to the terms of a vocabulary."""

import pytest
from django import forms
from django.apps import apps
from django.core.exceptions import ValidationError
from django.db import models

from reference.fields import TermField, TermsField
from reference.models import Term
from tests.reference.dated.tables import dated_tables
from tests.reference.vocabulary_factory import make_term

pytestmark = pytest.mark.django_db


@pytest.fixture(scope="module", autouse=True)
def tables(django_db_setup, django_db_blocker):
    with django_db_blocker.unblock(), dated_tables():
        yield


@pytest.fixture
def notes():
    """The model; it can only be imported while its app is installed."""
    return apps.get_model("dated", "Note")


@pytest.fixture
def unknown():
    return make_term("unknown", "note-kind")


@pytest.mark.parametrize(
    ("field", "arguments", "options"),
    [
        (TermField("method"), ["method"], {}),
        (TermField("method", null=True), ["method"], {"null": True}),
        (TermField("method", default_code="unknown"), ["method"], {}),
        (TermsField("method"), ["method"], {}),
        (TermsField("method", blank=True), ["method"], {"blank": True}),
    ],
)
def test_a_migration_names_the_vocabulary_and_what_is_special(field, arguments, options):
    assert field.deconstruct()[2:] == (arguments, options)


@pytest.mark.parametrize(
    "field",
    [
        TermField("method"),
        TermField("method", on_delete=models.CASCADE, null=True, related_name="uses"),
        TermsField("method", blank=True, related_name="uses"),
    ],
)
def test_a_field_rebuilt_from_its_description_is_the_same(field):
    _, _, arguments, options = field.deconstruct()
    for copied in (type(field)(*arguments, **options), field.clone()):
        assert copied.deconstruct() == field.deconstruct()


def test_a_term_in_use_cannot_be_deleted(notes, unknown):
    notes.objects.create(kind=unknown)
    with pytest.raises(models.ProtectedError):
        unknown.delete()


def test_a_term_has_no_name_for_what_uses_it(notes):
    assert not [relation for relation in Term._meta.related_objects if relation.model is notes]


def test_a_term_of_another_vocabulary_is_refused(notes, unknown):
    with pytest.raises(ValidationError) as refusal:
        notes(kind=make_term("calm", "note-tone")).full_clean()
    assert list(refusal.value.message_dict) == ["kind"]


def test_a_form_offers_the_terms_of_the_vocabulary_alone(notes, unknown):
    make_term("calm", "note-tone")
    war = make_term("war", "note-subject")
    form = forms.modelform_factory(notes, fields=["kind", "subjects"])()
    assert list(form.fields["kind"].queryset) == [unknown]
    assert list(form.fields["subjects"].queryset) == [war]


def test_what_was_not_said_is_the_default_term(notes, unknown):
    assert notes().kind == unknown
    assert notes().tone is None


def test_a_given_term_asks_for_no_default(notes, unknown, django_assert_num_queries):
    with django_assert_num_queries(0):
        notes(kind=unknown)


def test_a_new_form_starts_with_the_default_term_chosen(notes, unknown):
    form = forms.modelform_factory(notes, fields=["kind"])()
    assert f'<option value="{unknown.pk}" selected>' in str(form["kind"])
    assert "hidden" not in str(form["kind"])


def test_a_form_left_at_the_default_has_not_changed(notes, unknown):
    form_class = forms.modelform_factory(notes, fields=["kind"])
    assert not form_class({"kind": str(unknown.pk)}).has_changed()
    assert form_class({"kind": str(make_term("rumour", "note-kind").pk)}).has_changed()


def test_history_keeps_the_term(notes, unknown):
    if not apps.is_installed("pghistory"):
        pytest.skip("history is not installed on this side")
    note = notes.objects.create(kind=unknown)
    event = apps.get_model("dated", "NoteEvent").objects.get(pgh_obj=note)
    assert (event.kind, event.tone) == (unknown, None)
