"""Boxes, labels and fieldsets are written as Django's own templates write them, but for space."""

import re
from pathlib import Path

import pytest
from django import forms
from django.contrib import admin
from django.contrib.admin.helpers import AdminForm
from django.contrib.admin.widgets import AdminTextInputWidget
from django.core.exceptions import ValidationError
from django.forms.renderers import DjangoTemplates
from django.template import Context, Engine
from django.utils.translation import gettext_lazy

from incidents.admin.fieldset_html import fieldset_html
from incidents.admin.form_html import WrittenForms

BAD = "<b>\"x\"</b> & 'y'"


class Everything(forms.Form):
    title = forms.CharField(label=BAD, help_text="Write <em>it</em>.", widget=AdminTextInputWidget)
    text = forms.CharField(required=False, widget=forms.Textarea(attrs={"rows": 2, "title": BAD}))
    number = forms.IntegerField(required=False, label=gettext_lazy("Number?"))
    low = forms.IntegerField(required=False)
    at = forms.DateField(required=False)
    address = forms.URLField(required=False, assume_scheme="https")
    post = forms.EmailField(required=False, disabled=True)
    ticked = forms.BooleanField(required=False, help_text="Tick it.")
    one = forms.ChoiceField(choices=[("", "---"), ("a", BAD), (BAD, "B"), ("G", [("c", "C")])])
    key = forms.CharField(widget=forms.HiddenInput, required=False)
    several = forms.MultipleChoiceField(choices=[("a", "A")], widget=forms.CheckboxSelectMultiple)

    def clean_low(self):
        raise ValidationError(BAD)


VALUES = {"title": BAD, "text": f"\n{BAD}", "number": 0, "ticked": True, "one": BAD, "key": "k"}

STATES = {
    "empty": {},
    "filled": {"initial": VALUES},
    "refused": {"data": {**VALUES, "title": "", "low": "x", "at": BAD}},
    "of a row": {"prefix": "rows-0", "initial": VALUES},
}

LINES = ("title", ("text", "number"), "low", ("at", "ticked"), "ticked", "one", "key", "several")


def told(html):
    """HTML without the space on either side of its tags: boxes stand in flex containers."""
    return re.sub(r"\s*(<[^>]*>)\s*", r"\1", str(html))


@pytest.mark.parametrize("state", STATES)
@pytest.mark.parametrize("name", Everything.base_fields)
def test_a_box_its_label_and_its_refusals_are_those_of_the_templates(state, name):
    ours = Everything(**STATES[state], renderer=WrittenForms())[name]
    theirs = Everything(**STATES[state], renderer=DjangoTemplates())[name]
    assert told(ours) == told(theirs)
    assert ours.label_tag() == theirs.label_tag()
    assert told(ours.errors) == told(theirs.errors)


@pytest.mark.parametrize("state", STATES)
@pytest.mark.parametrize(
    "options",
    [
        {},
        {"classes": ("collapse",), "description": "What <em>it</em> is."},
        {"classes": ("wide",), "readonly_fields": ("shown",), "fields": ("shown", *LINES)},
        {"readonly_fields": ("shown", "number"), "fields": (("shown", "title"), "number")},
    ],
)
@pytest.mark.parametrize("title", [None, BAD])
def test_a_fieldset_is_that_of_the_template(state, options, title):
    options = {"fields": LINES, **options}
    readonly = options.pop("readonly_fields", ())
    shown = [
        AdminForm(
            _form(state), [(title, options)], {}, readonly_fields=readonly, model_admin=_Section()
        )
        for _either in range(2)
    ]
    [ours], [theirs] = shown
    template = Engine(dirs=[str(Path(admin.__file__).parent / "templates")]).get_template(
        "admin/includes/fieldset.html"
    )
    words = {"heading_level": 4, "prefix": "rows", "id_prefix": 1, "id_suffix": 2}
    expected = template.render(Context({"fieldset": theirs, **words}))
    assert told(fieldset_html(ours, level=4, prefix="rows", number="1-2")) == told(expected)


def _form(state):
    form = Everything(**STATES[state], renderer=WrittenForms())
    form._meta = _Words()
    form.instance = None
    return form


class _Words:
    """What a form of a model says of columns that are only shown."""

    labels = {"shown": BAD, "number": "N"}
    help_texts = {"shown": "Told", "number": ""}
    model = None


class _Section:
    """Shows a column of no model."""

    def get_empty_value_display(self):
        return BAD
