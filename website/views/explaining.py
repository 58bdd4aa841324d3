"""The pages that explain the record: how it is made, what its words mean, what it cannot say."""

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import get_language

from record.kinds import kind_of
from record.public_vocabularies import PUBLIC_VOCABULARIES
from reference.publisher import publisher
from reference.vocabularies import UnknownTerm, terms
from website.caching import public_page
from website.coverage import coverage
from website.definitions import (
    terms_explained,
    vocabularies_explained,
    vocabulary_explained,
)
from website.machine_words import dataset_words


@public_page
def about(request: HttpRequest) -> HttpResponse:
    """Who publishes the record, and how to reach them."""
    return _page(request, "about")


@public_page
def methodology(request: HttpRequest) -> HttpResponse:
    """How cases are recorded, graded, dated, placed, counted and published."""
    grades = terms_explained("grade", _reader())
    return _page(request, "methodology", {"grades": grades})


@public_page
def privacy(request: HttpRequest) -> HttpResponse:
    """What is kept of readers, and how the people in the record are protected."""
    return _page(request, "privacy")


@public_page
def corrections(request: HttpRequest) -> HttpResponse:
    """How to say that something is wrong or should not be here, and what happens then.

    ``record`` names the record that somebody came from, so that they need not copy its reference;
    whether there is such a record is not said here.
    """
    record = request.GET.get("record", "")
    about = record if kind_of(record) else ""
    return _page(request, "corrections", {"reasons": terms("withdrawal-reason"), "about": about})


@public_page
def coverage_page(request: HttpRequest) -> HttpResponse:
    """What the record holds and where it holds nothing."""
    found = coverage()
    data = dataset_words(request, found.state)
    return _page(request, "coverage", {"coverage": found, "machine_data": data})


@public_page
def definitions(request: HttpRequest) -> HttpResponse:
    """The vocabularies."""
    return _page(request, "definitions", {"vocabularies": vocabularies_explained()})


@public_page
def vocabulary(request: HttpRequest, slug: str) -> HttpResponse:
    """The terms of one vocabulary, each with an address of its own."""
    if slug not in PUBLIC_VOCABULARIES:
        raise Http404("No such vocabulary.")
    try:
        named = vocabulary_explained(slug)
    except UnknownTerm:
        raise Http404("No such vocabulary.") from None
    context = {"vocabulary": named, "terms": terms_explained(slug, _reader())}
    return _page(request, "vocabulary", context)


def _page(request: HttpRequest, name: str, context: dict[str, Any] | None = None) -> HttpResponse:
    common = {
        "canonical": request.build_absolute_uri(request.path),
        "robots": "index, follow",
        "explaining": name,
        "own_words": publisher().words_on(name),
    }
    return render(request, f"website/{name}.html", {**common, **(context or {})})


def _reader() -> str:
    return get_language() or "en"
