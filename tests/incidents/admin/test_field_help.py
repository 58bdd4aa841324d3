"""Every box of the case file says what belongs into it, in English and in Urdu."""

import pytest
from django import forms
from django.test import RequestFactory
from django.utils import translation

from incidents.admin.site import site
from incidents.models import StaffMember
from incidents.roles import CASE_MODELS
from reference.forms import UncertainDateFormField

pytestmark = pytest.mark.django_db

SECTIONS = sorted(
    (model for model in site._registry if model._meta.model_name in CASE_MODELS),
    key=lambda model: model._meta.model_name,
)
WITH_A_FORM = (forms.DateField, forms.DateTimeField, forms.DecimalField, forms.IntegerField)
ALSO_BOOLEAN = (forms.BooleanField, forms.NullBooleanField)


@pytest.fixture
def request_of_superuser(db):
    request = RequestFactory().get("/admin/")
    request.user = StaffMember.objects.create_superuser("helped", password="correct horse battery")
    return request


def boxes(model, request):
    """(where, field) of every box that the page of a new record and its rows shows."""
    section = site._registry[model]
    form = section.get_form(request)
    found = [(model._meta.model_name, form)]
    for formset, inline in section.get_formsets_with_inlines(request):
        found.append((f"{model._meta.model_name}/{inline.model._meta.model_name}", formset.form))
    for where, kind in found:
        for name, field in kind.base_fields.items():
            if not field.widget.is_hidden:
                yield f"{where}.{name}", field


@pytest.mark.parametrize("language", ["en", "ur"])
@pytest.mark.parametrize("model", SECTIONS, ids=lambda model: model._meta.model_name)
def test_every_box_is_explained(model, language, request_of_superuser):
    with translation.override(language):
        dumb = [
            where
            for where, field in boxes(model, request_of_superuser)
            if not str(field.help_text).strip() and not isinstance(field, ALSO_BOOLEAN)
        ]
    assert dumb == []


@pytest.mark.parametrize("model", SECTIONS, ids=lambda model: model._meta.model_name)
def test_every_explanation_is_in_urdu_too(model, request_of_superuser):
    told = {}
    for language in ("en", "ur"):
        with translation.override(language):
            for where, field in boxes(model, request_of_superuser):
                told.setdefault(where, []).append(str(field.help_text).strip())
    assert [where for where, (english, urdu) in told.items() if english and english == urdu] == []


@pytest.mark.parametrize("model", SECTIONS, ids=lambda model: model._meta.model_name)
def test_a_box_that_expects_a_form_of_writing_shows_one(model, request_of_superuser):
    bare = [
        where
        for where, field in boxes(model, request_of_superuser)
        if (isinstance(field, WITH_A_FORM) and not any(c.isdigit() for c in str(field.help_text)))
        or (isinstance(field, UncertainDateFormField) and not field.widget.attrs["placeholder"])
    ]
    assert bare == []
