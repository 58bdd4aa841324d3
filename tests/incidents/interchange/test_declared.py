"""Nothing of the case file travels, or stays, without somebody having said so."""

import pytest
from django.apps import apps

from incidents.interchange.declared import KIND_OF, KINDS
from incidents.interchange.left_out import MODELS_LEFT_OUT, left_out
from reference.fields import TermField, TermsField

MODELS = [
    model
    for model in apps.get_app_config("incidents").get_models()
    if not model._meta.proxy and not hasattr(model, "pgh_tracked_model")
]


@pytest.mark.parametrize("model", MODELS, ids=lambda model: model.__name__)
def test_every_model_travels_or_is_left_out_for_a_reason(model):
    assert (model in KIND_OF) is not bool(MODELS_LEFT_OUT.get(model.__name__))


@pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.name)
def test_every_column_travels_or_is_left_out_for_a_reason(kind):
    fields = (*kind.model._meta.concrete_fields, *kind.model._meta.local_many_to_many)
    for field in fields:
        assert (field.name in kind.fields) is not bool(left_out(kind, field)), field.name
    assert set(kind.fields) <= {field.name for field in fields}


def test_nothing_is_left_out_that_is_not_there():
    assert set(MODELS_LEFT_OUT) <= {model.__name__ for model in MODELS}


def test_every_link_leads_to_a_kind_that_travels():
    for kind in KINDS:
        for field in (*kind.links, *kind.link_sets):
            assert field.related_model in KIND_OF, (kind.name, field.name)


def test_every_term_is_called_by_a_code_of_its_own_vocabulary():
    for kind in KINDS:
        for field in (*kind.terms, *kind.term_sets):
            assert isinstance(field, TermField | TermsField)
            assert field.vocabulary
