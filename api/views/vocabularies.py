"""Vocabularies: the codes of the record, with labels and definitions in every language."""

import json
from typing import Any

from django.http import HttpResponseBase
from django.urls import reverse
from rest_framework.request import Request

from api.envelope import write_envelope
from api.errors import NOT_FOUND, Problem
from api.meta import reference_meta
from api.views.base import (
    ReadView,
    entity_tag,
    is_conditional,
    json_response,
    refuse_parameters,
)
from record.public_vocabularies import PUBLIC_VOCABULARIES
from reference.models import Term
from reference.vocabularies import UnknownTerm, terms, version, vocabularies


class VocabularyView(ReadView):
    """What both addresses have in common: whole, small, and the same until a term changes."""

    def answer(
        self, request: Request, unit: str, documents: list[dict[str, Any]], **head: object
    ) -> HttpResponseBase:
        """The envelope, or 304."""
        etag = entity_tag(request, version())
        same = self.held_already(request, etag) if is_conditional(request) else None
        if same is not None:
            return same
        lines = [json.dumps(each, ensure_ascii=False) for each in documents]
        head = {"count": len(lines), **head}
        response = json_response(write_envelope(head, lines, reference_meta(unit)))
        response.headers["ETag"] = etag
        return response


class VocabularyListView(VocabularyView):
    """The vocabularies whose codes stand in public documents."""

    def get(self, request: Request) -> HttpResponseBase:
        """All of them, with what each is for."""
        refuse_parameters(request)
        found = [
            _index_entry(request, each)
            for each in vocabularies()
            if each.code in PUBLIC_VOCABULARIES
        ]
        return self.answer(request, "vocabularies", found)


class VocabularyDetailView(VocabularyView):
    """The terms of one vocabulary."""

    def get(self, request: Request, slug: str) -> HttpResponseBase:
        """Every term in the order of the tree, those out of use included."""
        refuse_parameters(request)
        try:
            found = terms(slug, hidden=True) if slug in PUBLIC_VOCABULARIES else None
        except UnknownTerm:
            found = None
        if found is None:
            index = reverse("api:vocabularies")
            raise Problem(NOT_FOUND, f"There is no such vocabulary; {index} lists those there are.")
        return self.answer(request, "terms", [_term(each) for each in found], vocabulary=slug)


def _index_entry(request: Request, vocabulary: Term) -> dict[str, Any]:
    address = reverse("api:vocabulary", args=[vocabulary.code])
    return {
        "code": vocabulary.code,
        "labels": vocabulary.labels,
        "definitions": vocabulary.definitions,
        "url": request.build_absolute_uri(address),
    }


def _term(term: Term) -> dict[str, Any]:
    """What is said of a term. ``offered`` is false for one that is out of use."""
    return {
        "code": term.code,
        "parent": term.parent.code if term.parent else None,
        "labels": term.labels,
        "definitions": term.definitions,
        "huridocs": term.huridocs,
        "offered": not term.hidden,
    }
